"""Quantities in Chinese prose, the grammar that checks and import share."""

from minsheng.grammar.pieces import quotes
from minsheng.grammar.proposals import FLAGS, Candidate, Proposal, Why
from minsheng.grammar.proposing import answer, propose, targets
from minsheng.grammar.quantities import Ignored, Mention, Scan, fold, numbers, scan

__all__ = [
    "FLAGS",
    "Candidate",
    "Ignored",
    "Mention",
    "Proposal",
    "Scan",
    "Why",
    "answer",
    "fold",
    "numbers",
    "propose",
    "quotes",
    "scan",
    "targets",
]
