"""What is kept of a version is made once, and nobody waits for what he did not ask for."""

from __future__ import annotations

import datetime as dt
import gc
import itertools
import re
import threading
import weakref
from pathlib import Path

import pytest

import make_lists
from minsheng.dataset.schema import loads
from minsheng.lists import rollup
from minsheng.lists.rollup import Ask
from minsheng.model import Silence
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


@pytest.fixture
def three(tmp_path, monkeypatch):
    """Three counties of a city."""
    for place, text in make_lists.folder(3).items():
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_text(text, "utf-8")
    monkeypatch.setenv("MINSHENG_DATA", str(tmp_path))
    monkeypatch.setattr(keeping, "_rolled", None)
    monkeypatch.setattr(keeping, "_folders", {})
    return tmp_path


def whole(rolled: keeping.Rolled) -> float | None:
    ask = Ask("county", dt.date(2023, 6, 30), unread=rolled.unread)
    return rolled.counted("whole", lambda: rollup.of(rolled.rows, ask).whole.standing.completion)


def test_what_was_counted_of_old_rows_is_never_served_with_new_ones(three):
    old = keeping.rolled()
    path = three / "330302" / "2023.yaml"
    path.write_text(re.sub(r"done: \d+", "done: 0", path.read_text("utf-8")), "utf-8")
    new = keeping.rolled()
    assert new is not old
    before, after = whole(old), whole(new)
    assert after < before
    assert keeping.rolled() is new  # unchanged: measured once


def test_a_place_whose_file_is_broken_is_not_said_to_have_sent_none(three):
    (three / "330304" / "2023.yaml").write_text("version: 1\n", "utf-8")
    rolled = keeping.rolled()
    assert rolled.unread == {"330304"}
    (sentence,) = [each for each in rolled.broken if "330304/2023.yaml" in each]
    assert "。、" not in sentence
    ask = Ask("county", dt.date(2023, 6, 30), unread=rolled.unread)
    silent = {each.code: each.silence for each in rollup.missing(rolled.rows, ask).rows}
    assert "330304" not in silent
    assert silent["330324"] is Silence.NO_LIST  # that one really has none
