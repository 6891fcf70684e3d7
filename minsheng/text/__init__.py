"""Quantities in Chinese prose: the grammar that checks and import share."""

from minsheng.text.proposals import FLAGS, Proposal
from minsheng.text.propose import propose, targets
from minsheng.text.quantities import Ignored, Mention, Scan, fold, numbers, scan
from minsheng.text.roles import roles

__all__ = [
    "FLAGS",
    "Ignored",
    "Mention",
    "Proposal",
    "Scan",
    "fold",
    "numbers",
    "propose",
    "roles",
    "scan",
    "targets",
]
