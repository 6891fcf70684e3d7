"""Livelihood projects of a district: what was promised, what is done, and the words that say so."""
