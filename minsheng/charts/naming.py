"""Where names go, so that they have room."""

from __future__ import annotations

from collections.abc import Sequence

from minsheng.model import Period

MOST_NAMED = 6


def named(periods: Sequence[Period]) -> list[Period]:
    """So few, the last one among them, that their names have room beside each other on a phone."""
    step = -(-len(periods) // MOST_NAMED)
    return list(reversed(list(reversed(periods))[::step]))


def spread(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near to the values as may be, in their order, at least `gap` apart and within
    bounds; where they do not all fit, the upper bound gives way."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    blocks: list[
        list[float]
    ] = []  # sum of (value - offset), count: equal blocks settle at the mean
    for rank, at in enumerate(order):
        blocks.append([values[at] - rank * gap, 1.0])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    most = high - (len(values) - 1) * gap
    settled = [
        max(min(total / count, most), low) for total, count in blocks for _ in range(int(count))
    ]
    places = [0.0] * len(values)
    for rank, at in enumerate(order):
        places[at] = settled[rank] + rank * gap
    return places
