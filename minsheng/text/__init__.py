"""Quantities in Chinese prose: the grammar that checks and import share."""

from minsheng.text.quantities import Ignored, Mention, Scan, fold, numbers, scan

__all__ = ["Ignored", "Mention", "Scan", "fold", "numbers", "scan"]
