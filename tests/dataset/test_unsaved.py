"""What is staged and not saved outlives the session, for the person who staged it."""

from __future__ import annotations

import datetime as dt
import stat
import sys
from pathlib import Path

import pytest

from build import dataset, project
from minsheng.dataset import drafting, editing, schema, store, unsaved
from minsheng.dataset.editing import AddPeriod, AddProject, SetReport
from minsheng.model import Period, Reading, Refused, Report

WHEN = dt.datetime(2026, 11, 26, 10, 20, tzinfo=dt.UTC)
FOURTEEN = SetReport(
    "5.1",
    "2023H1",
    Report(text="14 家。", readings={"老年食堂": Reading(done=14, quotes=("14 家",))}),
)
Q3 = AddPeriod(Period(id="2023Q3", label="三季度", as_of=dt.date(2023, 9, 30)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "projects.yaml"
    made.write_text(editing.dumps(dataset(project())), encoding="utf-8")
    return made


def staged(path: Path, *edits: object) -> drafting.Draft:
    return drafting.added(drafting.started(*store.opened(path)), edits)


def test_staged_edits_come_back_as_they_were(path):
    new = dataset(project("5.2")).projects[0]
    draft = staged(path, Q3, FOURTEEN, AddProject(new))
    unsaved.keep(path, "王敏", draft, WHEN)
    left = unsaved.kept(path, "王敏")
    assert left.when == WHEN
    assert left.draft.edits == draft.edits
    assert left.draft.document.text == draft.document.text
    assert left.draft.fingerprint == draft.fingerprint


def test_they_can_be_merged_with_what_was_saved_meanwhile(path):
    unsaved.keep(path, "王敏", staged(path, FOURTEEN), WHEN)
    theirs = staged(path, Q3).document.text
    left = unsaved.kept(path, "王敏")
    made = drafting.merged(left.draft, schema.loads(theirs.encode()), "f")
    assert [period.id for period in made.dataset.periods] == ["2023H1", "2023Q3"]
    assert made.dataset.projects[0].reports["2023H1"].text == "14 家。"


def test_nobody_else_gets_them_and_forgotten_is_forgotten(path):
    unsaved.keep(path, "王敏", staged(path, FOURTEEN), WHEN)
    assert unsaved.kept(path, "李强") is None
    unsaved.forget(path, "王敏")
    assert unsaved.kept(path, "王敏") is None


def test_a_draft_without_changes_is_not_kept(path):
    unsaved.keep(path, "王敏", staged(path, FOURTEEN), WHEN)
    unsaved.keep(path, "王敏", drafting.started(*store.opened(path)), WHEN)
    assert unsaved.kept(path, "王敏") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_program_reads_it_whatever_the_name_holds(path):
    unsaved.keep(path, "../../王 敏", staged(path, FOURTEEN), WHEN)
    (file,) = (path.parent / ".history" / "unsaved").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"when": 1}', "null"])
def test_a_damaged_one_is_named_and_stays(path, damage):
    unsaved.keep(path, "王敏", staged(path, FOURTEEN), WHEN)
    (file,) = (path.parent / ".history" / "unsaved").iterdir()
    file.write_text(damage, encoding="utf-8")
    with pytest.raises(Refused, match="读不出来"):
        unsaved.kept(path, "王敏")
    assert file.exists()


def test_a_disk_that_says_no_is_said(path):
    (path.parent / ".history").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="没能在服务器上留底"):
        unsaved.keep(path, "王敏", staged(path, FOURTEEN), WHEN)
