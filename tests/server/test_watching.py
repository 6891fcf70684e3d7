"""What comes to stay is hidden from Streamlit's collector, whoever made it."""

from __future__ import annotations

import threading
from unittest.mock import Mock

from minsheng.server import keeping, watching

WITHIN = 10


def test_what_a_page_made_is_settled_once_though_no_list_has_changed(monkeypatch):
    settled, grown = threading.Semaphore(0), iter([1, 1, 2, 2, 2, 2])
    looked_again = threading.Event()

    def mark() -> int:
        try:
            return next(grown)
        except StopIteration:
            looked_again.set()
            return 2

    monkeypatch.setattr(watching, "_loop", Mock())
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.001)
    monkeypatch.setattr(watching, "settle", settled.release)
    monkeypatch.setattr(keeping, "grown", mark)
    with watching.watched(list):
        assert settled.acquire(timeout=WITHIN)
        assert looked_again.wait(WITHIN)
    assert not settled.acquire(blocking=False)


def test_a_value_that_is_kept_makes_the_process_grow_and_reading_it_does_not():
    before = keeping.grown()
    key = object()
    for _ in range(2):
        keeping._kept.get(keeping.ROOT, None, key, lambda: "figure")
    assert keeping.grown() != before
    after = keeping.grown()
    keeping._kept.get(keeping.ROOT, None, key, lambda: "figure")
    assert keeping.grown() == after
