from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

from minsheng.dataset import store
from minsheng.lists import amounts, kept
from minsheng.lists.amounts import Identity
from minsheng.lists.codes import divisions
from minsheng.lists.kept import Source
from minsheng.model import Refused

ROOT = Path(__file__).parents[2]
COUNTIES = [each.code for each in divisions().values() if each.level == "county"]
SEED = (ROOT / "data" / "projects.yaml").read_text("utf-8")
SMALL = """\
version: 1
title: 测试用表
place: {place}
plan: {{start: 2023-01-01, end: 2023-12-31}}
periods:
  - {{id: 2023H1, label: 半年度, as_of: 2023-06-30}}
projects:
  - id: "5.1"
    category: 老有所养
    content: 新改建老年食堂 50 家。
    leads: [区民政局]
    indicators: [{{name: 老年食堂, target: 50, unit: 家, counts: 建成}}]
    reports:
      2023H1:
        text: {done} 家投入运营。
        readings: {{老年食堂: {{done: {done}, quotes: [{done} 家投入运营]}}}}
"""


def put(folder: Path, code: str, done: object = 13) -> Source:
    path = folder / code / "2023.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SMALL.format(place=f"{code}县", done=done), "utf-8")
    return Source(path, 2023, Identity.of(code))


def completions(found: kept.Kept) -> dict[str, list[float]]:
    tables = [pq.read_table(file) for file in found.files]
    return {each["code"][0].as_py(): each["completion"].to_pylist() for each in tables}


@pytest.fixture
def lists(tmp_path) -> list[Source]:
    return [put(tmp_path / "data", code, done) for code, done in (("330302", 10), ("330303", 20))]


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "kept"


def test_what_is_kept_is_what_was_measured(tmp_path, folder):
    path = tmp_path / "330302" / "2023.yaml"
    path.parent.mkdir()
    path.write_text(SEED, "utf-8")
    source = Source(path, 2023, Identity.of("330302"))
    (file,) = kept.keep([source], folder).files
    assert pq.read_table(file).equals(amounts.of(store.read(path).dataset, source.whose))
    assert file.name.startswith("330302-2023.")
    assert amounts.rules() in file.name


def test_only_the_list_that_changed_is_measured_again(lists, folder):
    kept.keep(lists, folder)
    assert kept.stale(lists, folder)[1] == []
    put(lists[0].path.parents[1], "330302", 30)
    done, left = kept.stale(lists, folder)
    assert ([each.source for each in done], left) == ([lists[1]], [lists[0]])
    assert completions(kept.keep(lists, folder)) == {"330302": [0.6], "330303": [0.4]}


def test_other_rules_measure_everything_again(lists, folder, monkeypatch):
    kept.keep(lists, folder)
    monkeypatch.setattr(amounts, "rules", lambda: "another00000")
    assert kept.stale(lists, folder)[1] == lists


def test_whatever_is_deleted_is_made_again(lists, folder):
    for file in kept.keep(lists, folder).files:
        file.unlink()
    assert completions(kept.keep(lists, folder)) == {"330302": [0.2], "330303": [0.4]}


def test_the_version_before_stays_for_whoever_reads_it_and_older_ones_go(lists, folder):
    seen = []
    for done in (1, 2, 3):
        put(lists[0].path.parents[1], "330302", done)
        seen.append(next(f for f in kept.keep(lists, folder).files if f.name.startswith("330302")))
    assert [each.exists() for each in seen] == [False, True, True]


def test_a_broken_list_keeps_its_last_good_rows_and_is_named(lists, folder):
    kept.keep(lists, folder)
    put(lists[0].path.parents[1], "330302", "十三")
    found = kept.keep(lists, folder)
    assert completions(found) == {"330302": [0.2], "330303": [0.4]}
    assert found.outdated == {lists[0].path}
    (problem,) = found.problems[lists[0].path]
    assert "done 应为数字，现在是「十三」。请写 13。" in problem.message


def test_a_list_that_went_back_and_then_broke_keeps_what_it_went_back_to(lists, folder):
    for done in (10, 20, 10):
        put(lists[0].path.parents[1], "330302", done)
        kept.keep(lists, folder)
    put(lists[0].path.parents[1], "330302", "十")
    assert completions(kept.keep(lists, folder))["330302"] == [0.2]


def test_rows_of_an_older_program_with_other_columns_are_not_read(lists, folder):
    old = next(f for f in kept.keep(lists, folder).files if f.name.startswith("330302"))
    pq.write_table(pq.read_table(old).drop_columns(["projects"]), old)
    put(lists[0].path.parents[1], "330302", "十三")
    found = kept.keep(lists, folder)
    assert (completions(found), found.outdated) == ({"330303": [0.4]}, frozenset())


def test_a_list_that_never_was_good_has_no_rows_and_a_missing_one_is_named(lists, folder):
    put(lists[0].path.parents[1], "330302", "十三")
    lists[1].path.unlink()
    found = kept.keep(lists, folder)
    assert (found.files, found.outdated) == ((), frozenset())
    assert set(found.problems) == {each.path for each in lists}


def test_a_list_in_the_wrong_folder_is_named_and_not_counted(lists, folder):
    path = lists[0].path
    path.write_text(path.read_text("utf-8").replace("plan:", 'code: "330304"\nplan:'), "utf-8")
    found = kept.keep(lists, folder)
    assert completions(found) == {"330303": [0.4]}
    assert "330304/2023.yaml" in found.problems[path][0].message


def test_several_processes_measure_what_one_does(tmp_path, folder):
    sources = [put(tmp_path / "data", COUNTIES[i], i) for i in range(6)]
    put(tmp_path / "data", COUNTIES[0], "六")
    found = kept.keep(sources, folder, workers=2)
    assert completions(found) == {COUNTIES[i]: [i / 50] for i in range(1, 6)}
    assert set(found.problems) == {sources[0].path}
    assert kept.stale(sources[1:], folder)[1] == []


def test_a_folder_that_cannot_be_written_is_refused_with_a_cure(lists, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Refused, match="MINSHENG_AMOUNTS"):
        kept.keep(lists, blocked / "kept")


def test_what_a_killed_build_left_half_is_swept_after_an_hour_and_read_by_nobody(lists, folder):
    folder.mkdir()
    old, new = folder / ".330302-2023.x.parquet.1.tmp", folder / ".330303-2023.x.parquet.2.tmp"
    for half, age in ((old, 7200), (new, 60)):
        half.write_bytes(b"PAR1")
        os.utime(half, (time.time() - age,) * 2)
    assert completions(kept.keep(lists, folder)) == {"330302": [0.2], "330303": [0.4]}
    assert (old.exists(), new.exists()) == (False, True)


BUILD = """
import sys
from pathlib import Path
from minsheng.lists import amounts, kept
from minsheng.lists.amounts import Identity
from minsheng.lists.kept import Source
data, folder, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
sources = [Source(path, 2023, Identity.of(path.parent.name)) for path in sorted(data.glob("*/2023.yaml"))]
if __name__ == "__main__":
    amounts.rules()
    print("begun", flush=True)
    kept.keep(sources, folder, workers)
    print("ended", flush=True)
"""


@pytest.mark.slow
def test_after_50_kills_in_the_middle_the_next_build_ends_right(tmp_path, folder):
    script = tmp_path / "build.py"
    script.write_text(BUILD, "utf-8")
    chance = random.Random(13)
    codes = sorted(COUNTIES[:30])
    whole = partly = 0
    for kill in range(50):
        sources = [put(tmp_path / "data", code, (kill + i) % 50) for i, code in enumerate(codes)]
        workers = 2 if kill % 5 == 0 else 1
        builder = subprocess.Popen(
            [sys.executable, script, tmp_path / "data", folder, str(workers)],
            stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        )  # fmt: skip
        assert builder.stdout is not None
        assert builder.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0, 3.0 if workers == 2 else 0.6))
        helpers = psutil.Process(builder.pid).children(recursive=True)
        builder.kill()
        builder.communicate()
        assert psutil.wait_procs(helpers, timeout=60)[1] == []  # nobody waits for work for ever
        done, left = kept.stale(sources, folder)
        whole += not left
        partly += bool(done and left)
        for step in done:  # to be there is to be right
            assert step.file is not None
            table = pq.read_table(step.file)
            assert table.equals(amounts.of(store.read(step.source.path).dataset, step.source.whose))
    assert partly > 5, (
        f"of 50 kills {whole} came after the end and {50 - whole - partly} before a row"
    )
    assert completions(kept.keep(sources, folder)) == {
        code: [(49 + i) % 50 / 50] for i, code in enumerate(codes)
    }
