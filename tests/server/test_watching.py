"""What comes to stay is hidden from Streamlit's collector, whoever made it."""

from __future__ import annotations

import gc
import threading
from unittest.mock import Mock

from minsheng.server import keeping, watching

WITHIN = 10


def test_what_has_come_to_stay_is_settled_though_no_list_has_changed(monkeypatch):
    settled, looks = threading.Semaphore(0), iter([False, True])
    looked_again = threading.Event()

    def is_loose() -> bool:
        found = next(looks, None)
        if found is None:
            looked_again.set()
        return bool(found)

    monkeypatch.setattr(watching, "_loop", Mock())
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.001)
    monkeypatch.setattr(watching, "SWEEP_EVERY", 2)
    monkeypatch.setattr(watching, "settle", settled.release)
    monkeypatch.setattr(keeping, "is_loose", is_loose)
    with watching.watched(list):
        assert settled.acquire(timeout=WITHIN)
        assert looked_again.wait(WITHIN)
    assert not settled.acquire(blocking=False)


def test_a_few_thousand_objects_that_stay_are_loose_until_they_are_settled():
    keeping.settle()
    try:
        assert not keeping.is_loose()
        stays = [[] for _ in range(keeping.MOST_LOOSE + 1)]
        assert keeping.is_loose()
        keeping.settle()
        assert not keeping.is_loose()
        assert stays
    finally:
        gc.unfreeze()
