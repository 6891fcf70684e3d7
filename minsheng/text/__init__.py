"""Quantities in Chinese prose, the grammar that checks and import share; and how texts differ."""

from minsheng.text.comparison import Comparison, Piece, compare, same
from minsheng.text.pieces import quotes
from minsheng.text.proposals import FLAGS, Proposal
from minsheng.text.propose import propose, targets
from minsheng.text.quantities import Ignored, Mention, Scan, fold, numbers, scan
from minsheng.text.roles import roles

__all__ = [
    "FLAGS",
    "Comparison",
    "Ignored",
    "Mention",
    "Piece",
    "Proposal",
    "Scan",
    "compare",
    "fold",
    "numbers",
    "propose",
    "quotes",
    "roles",
    "same",
    "scan",
    "targets",
]
