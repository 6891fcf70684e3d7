"""Quantities in Chinese prose, the grammar that checks and import share; and how texts differ."""

from minsheng.text.comparison import Comparison, Piece, compare, same
from minsheng.text.quantities import Ignored, Mention, Scan, fold, numbers, scan

__all__ = [
    "Comparison",
    "Ignored",
    "Mention",
    "Piece",
    "Scan",
    "compare",
    "fold",
    "numbers",
    "same",
    "scan",
]
