"""Where the README's figures come from.

`make bench` runs all of them; each runs by itself too, e.g. `python -m benchmarks.read`.
"""
