"""Where the README's figures come from.

`python -m benchmarks.read` and `python -m benchmarks.server`, or `make bench` for both.
"""
