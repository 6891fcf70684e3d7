"""What the store says while the file is edited, replaced, cut, deleted."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from minsheng import labels
from minsheng.dataset import store
from minsheng.dataset.store import Store
from minsheng.labels import faults
from minsheng.model import DatasetError

SEED = (Path(__file__).parents[2] / "data" / "projects.yaml").read_text(encoding="utf-8")
BAD = SEED.replace("target: 50,", "target: 五十,", 1)
OTHER = SEED.replace("done: 13\n", "done: 14\n")


@pytest.fixture
def path(tmp_path) -> Path:
    path = tmp_path / "projects.yaml"
    path.write_text(SEED, encoding="utf-8")
    return path


def write(path: Path, text: str, tick: int = [0]) -> None:
    """A save with a time stamp of its own, as far apart as two saves by hand are."""
    path.write_text(text, encoding="utf-8")
    tick[0] += 1
    os.utime(path, ns=(0, 10**18 + tick[0]))


def done(made: Store) -> float:
    document = made.current().document
    return document.dataset.projects[10].reports["2023H1"].readings["老年食堂"].done


def test_while_nothing_changes_it_is_the_same_object(path):
    made = Store(path)
    assert made.current() is made.current()
    assert made.current().fingerprint == __import__("hashlib").sha256(SEED.encode()).hexdigest()


def test_a_saved_file_is_followed(path):
    made = Store(path)
    assert done(made) == 13
    write(path, OTHER)
    assert done(made) == 14


def test_a_pipe_in_the_files_place_is_named_and_nobody_waits_for_it(path):
    made = Store(path)
    good = made.current()
    path.unlink()
    os.mkfifo(path)
    state = made.current()
    assert state.document is good.document
    assert [p.message for p in state.problems] == [faults.FILE_NOT_REGULAR.format(path=path)]
    path.unlink()
    write(path, OTHER)
    assert done(made) == 14


def test_a_bad_save_keeps_the_last_good_figures_and_names_the_faults(path):
    made = Store(path)
    good = made.current()
    write(path, BAD)
    state = made.current()
    assert (state.document, state.fingerprint) == (good.document, good.fingerprint)
    assert [(p.line, p.column) for p in state.problems] == [(201, 30)]
    assert made.current() is state
    write(path, SEED)
    assert made.current().problems == ()


def test_a_file_replaced_by_rename_is_followed(path, tmp_path):
    made = Store(path)
    assert done(made) == 13
    other = tmp_path / "new"
    other.write_text(OTHER, encoding="utf-8")
    other.replace(path)
    assert done(made) == 14


def test_a_symlink_that_is_swapped_is_followed(path, tmp_path):
    for name, text in (("one", SEED), ("two", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "projects.yaml").write_text(text, encoding="utf-8")
    link = tmp_path / "current"
    link.symlink_to(tmp_path / "one")
    made = Store(link / "projects.yaml")
    assert done(made) == 13
    swapped = tmp_path / "swapped"
    swapped.symlink_to(tmp_path / "two")
    swapped.replace(link)
    assert done(made) == 14


@pytest.mark.parametrize("cut", [0, 1, 500, len(SEED) // 2])
def test_a_file_cut_for_a_moment_loses_nothing(path, cut):
    made = Store(path)
    assert done(made) == 13
    write(path, SEED[:cut])
    state = made.current()
    assert state.document is not None
    assert state.problems or state.vanished
    write(path, SEED)
    assert (made.current().problems, done(made)) == ((), 13)
    assert made.current().vanished == ()


def test_a_file_deleted_for_a_moment_loses_nothing(path):
    made = Store(path)
    assert done(made) == 13
    path.unlink()
    assert done(made) == 13
    assert "找不到文件" in made.current().problems[0].message
    write(path, SEED)
    assert made.current().problems == ()


def test_reports_readings_and_counts_that_vanish_are_named_until_they_are_back(path):
    made = Store(path)
    made.current()
    reading = SEED[SEED.index("          老年食堂:\n") : SEED.index('  - id: "5.2"')]
    write(path, SEED.replace(reading, reading.replace("            done: 13\n", "").replace(
        "            quotes: [1 家完成建设, 12 家投入运营]\n", "")))  # fmt: skip
    assert (made.current().vanished, made.current().lost) == (
        (),
        ("5.1 的 2023H1「老年食堂」完成数",),
    )
    write(path, SEED.replace("        readings:\n" + reading, ""))
    assert made.current().lost == ("5.1 的 2023H1「老年食堂」读数",)
    report = SEED[
        SEED.index("    reports:\n", SEED.index('  - id: "5.1"')) : SEED.index('  - id: "5.2"')
    ]
    write(path, SEED.replace(report, ""))
    assert made.current().lost == ("5.1 的 2023H1 进展情况",)
    assert "少了 1 处进展或读数：5.1 的 2023H1 进展情况。" in labels.vanished(
        (), made.current().lost
    )
    write(path, SEED)
    assert made.current().lost == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("            underway: 4\n", "1.2 的 2023H1「公园」推进中"),
        ("            claimed: 64\n            claimed_of: 第二批\n", "6.1 的 2023H1「单元」自报、6.1 的 2023H1「单元」自报的基数"),
        ("            preparing: true\n", "2.3 的 2023H1「教室」前期工作"),
        ("            stages: {需求入户评估: 100}\n", "8.2 的 2023H1「家庭」“需求入户评估”阶段"),
        ("      - {by: 2023-03-31, share: 20}\n", "1.1 的节点 2023-03-31"),
    ],
)  # fmt: skip
def test_other_figures_that_vanish_are_named_once(path, line, name):
    leads = "    leads: [区卫生健康局]\n"
    steps = "    milestones:\n      - {by: 2023-03-31, share: 20}\n      - {by: 2023-06-30, share: 40}\n"
    seed = SEED.replace(leads, leads + steps, 1)
    write(path, seed)
    made = Store(path)
    made.current()
    write(path, seed.replace(line, "", 1))
    assert "、".join(made.current().lost) == name
    write(path, seed.replace(line, "", 1).replace("done: 13\n", "done: 14\n"))
    assert made.current().lost == ()


def test_an_indicator_that_vanishes_with_its_reading_is_named(path):
    made = Store(path)
    made.current()
    text = SEED.replace(
        "      - {name: 高技能人才, target: 2600, unit: 人, counts: 新增取证}\n", ""
    )
    at = text.index("          高技能人才:\n")
    write(path, text[:at] + text[text.index('  - id: "3.2"') :])
    assert made.current().lost == ("3.1 的指标「高技能人才」", "3.1 的 2023H1「高技能人才」读数")


def test_projects_that_vanish_are_named_until_they_are_back(path):
    made = Store(path)
    made.current()
    at = SEED.index('  - id: "10.4"')
    write(path, SEED[:at])
    assert made.current().vanished == ("10.4 设立电动自行车智能充电桩（柜）1000 个。",)
    write(path, SEED[:at].replace("done: 13\n", "done: 14\n"))
    assert len(made.current().vanished) == 1
    write(path, SEED)
    assert made.current().vanished == ()


def test_an_edit_that_stat_cannot_see_is_found_by_hashing_now_and_then(path):
    now = [0.0]
    made = Store(path, clock=lambda: now[0])
    write(path, SEED)
    assert done(made) == 13
    stamp = path.stat().st_mtime_ns
    with path.open("r+", encoding="utf-8") as file:
        file.write(OTHER)
    os.utime(path, ns=(0, stamp))
    assert done(made) == 13
    now[0] += store.REHASH_EVERY + 1
    assert done(made) == 14


def test_one_reader_parses_while_the_others_go_on(path, monkeypatch):
    made = Store(path)
    made.current()
    entered, leave = threading.Event(), threading.Event()
    real = store.schema.loads

    def slow(data: bytes):
        entered.set()
        assert leave.wait(10)
        return real(data)

    monkeypatch.setattr(store.schema, "loads", slow)
    write(path, OTHER)
    thread = threading.Thread(target=made.current)
    thread.start()
    assert entered.wait(10)
    assert done(made) == 13
    leave.set()
    thread.join()
    assert done(made) == 14


def test_what_cannot_be_read_is_a_sentence(tmp_path):
    with pytest.raises(DatasetError, match="找不到文件"):
        store.read(tmp_path / "none.yaml")
    with pytest.raises(DatasetError, match="是一个文件夹"):
        store.read(tmp_path)
    assert Store(tmp_path / "none.yaml").current().document is None
