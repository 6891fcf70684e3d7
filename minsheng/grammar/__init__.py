"""Quantities in Chinese prose, the grammar that checks and import share."""

from minsheng.grammar.pieces import quotes
from minsheng.grammar.proposals import FLAGS, Proposal
from minsheng.grammar.propose import propose, targets
from minsheng.grammar.quantities import Ignored, Mention, Scan, fold, numbers, scan
from minsheng.grammar.roles import roles

__all__ = [
    "FLAGS",
    "Ignored",
    "Mention",
    "Proposal",
    "Scan",
    "fold",
    "numbers",
    "propose",
    "quotes",
    "roles",
    "scan",
    "targets",
]
