"""What is kept of a version is made once, and nobody waits for what he did not ask for."""

from __future__ import annotations

import gc
import itertools
import threading
import weakref
from pathlib import Path

import pytest

from minsheng.dataset.schema import loads
from minsheng.server import keeping
from minsheng.server.keeping import ROOT, Kept

SEED = (ROOT / "data" / "projects.yaml").read_bytes()
WITHIN = 60
HERE = Path("330302.yaml")


def test_a_hundred_who_ask_for_the_same_get_one_and_it_is_made_once():
    kept, made, begun, let = Kept(), [], threading.Event(), threading.Event()

    def make() -> object:
        begun.set()
        assert let.wait(WITHIN)
        made.append(object())
        return made[-1]

    got: list[object] = []
    asking = [threading.Thread(target=lambda: got.append(kept.get(HERE, None, "a", make)))]
    asking[0].start()
    assert begun.wait(WITHIN)
    asking += [
        threading.Thread(target=lambda: got.append(kept.get(HERE, None, "a", make)))
        for _ in range(99)
    ]
    for each in asking[1:]:
        each.start()
    let.set()
    for each in asking:
        each.join(WITHIN)
    assert len(made) == 1
    assert got == made * 100


def test_what_holds_itself_goes_after_so_many_saves_though_it_was_hidden(monkeypatch):
    class Round:
        def __init__(self) -> None:
            self.own = self

    gc.collect()
    frozen = gc.get_freeze_count()
    monkeypatch.setattr(keeping, "_settled", itertools.count(1))
    left = []
    try:
        for _ in range(keeping.LOOKED_THROUGH_EVERY):
            made = Round()
            left.append(weakref.ref(made))
            keeping.settle()  # as after a save: a page's session is alive at that moment
            del made
        assert sum(each() is not None for each in left) <= 1
    finally:
        if not frozen:
            gc.unfreeze()


def test_while_one_thing_is_made_others_go_on():
    kept, begun, let = Kept(), threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert let.wait(WITHIN)
        return "slow"

    slow_one = threading.Thread(target=kept.get, args=(HERE, None, "slow", slow))
    slow_one.start()
    assert begun.wait(WITHIN)
    other = threading.Thread(target=kept.get, args=(HERE, None, "quick", lambda: "quick"))
    other.start()
    other.join(WITHIN)
    assert not other.is_alive()
    assert slow_one.is_alive()
    let.set()
    slow_one.join(WITHIN)


def test_what_could_not_be_made_is_tried_again():
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get(HERE, None, "a", lambda: 1 // 0)
    assert kept.get(HERE, None, "a", lambda: 1) == 1


def test_a_page_that_still_draws_the_version_before_does_not_cost_the_newest_what_is_kept():
    kept, old, new = Kept(), loads(SEED), loads(SEED)
    kept.get(HERE, old, "a", lambda: "old")
    kept.get(HERE, new, "a", lambda: "new")
    assert kept.get(HERE, old, "a", lambda: "made again") == "old"
    assert kept.get(HERE, new, "a", lambda: "made again") == "new"
    kept.get(HERE, None, "a", lambda: "newer still")
    assert kept.get(HERE, old, "a", lambda: "made again") == "made again"


def test_of_many_lists_a_save_of_one_costs_the_others_nothing():
    kept = Kept()
    for at in range(Kept.LISTS):
        kept.get(Path(f"{at}.yaml"), None, "a", lambda at=at: at)
    for _ in range(3):
        kept.get(Path("0.yaml"), loads(SEED), "a", lambda: "saved")
    assert kept.get(Path("1.yaml"), None, "a", lambda: "made again") == 1
    kept.get(Path("new.yaml"), None, "a", lambda: "new")
    assert kept.get(Path("1.yaml"), None, "a", lambda: "made again") == 1
    assert kept.get(Path("2.yaml"), None, "a", lambda: "made again") == "made again"
