"""What a person has changed and not saved: edits on a version, merged or redone on a newer one."""

from __future__ import annotations

import datetime as dt

import pytest

from minsheng.dataset import drafting, editing, history, schema, store, yaml_core
from minsheng.dataset.drafting import Draft
from minsheng.dataset.editing import AddPeriod, SetReport
from minsheng.dataset.schema import Document
from minsheng.model import Period, Reading, Refused, Report
from seed import PATH
from variants import applied

BASE = schema.loads(PATH.read_bytes())
Q3 = AddPeriod(Period(id="2023Q3", label="三季度", as_of=dt.date(2023, 9, 30)))


def report(words: str = "25 家投入运营。", done: int = 25, quote: str = "25 家投入运营") -> Report:
    return Report(text=words, readings={"老年食堂": Reading(done=done, quotes=(quote,))})


def mine(*edits: editing.Edit) -> Draft:
    return drafting.added(drafting.started(BASE, "f"), edits)


def theirs(*edits: editing.Edit) -> Document:
    return schema.loads(applied(BASE.text, edits).encode())


def test_a_draft_without_edits_changes_nothing():
    assert not drafting.started(BASE, "f").is_changed


def test_of_two_edits_of_one_place_the_latest_counts_once():
    draft = mine(SetReport("5.1", "2023H1", report("2 家。", 2, "2 家")))
    draft = drafting.added(draft, [SetReport("5.1", "2023H1", report())])
    assert draft.edits == (SetReport("5.1", "2023H1", report()),)
    assert draft.document.text == mine(SetReport("5.1", "2023H1", report())).document.text


def test_an_edit_taken_back_is_no_change():
    old = next(each for each in BASE.dataset.projects if each.id == "5.1").reports["2023H1"]
    draft = mine(SetReport("5.1", "2023H1", report()))
    assert not drafting.added(draft, [SetReport("5.1", "2023H1", old)]).is_changed


def test_an_edit_that_makes_the_file_bad_is_refused_and_the_draft_stays():
    draft = mine(SetReport("5.1", "2023H1", report()))
    with pytest.raises(Refused, match="不在原文里"):
        drafting.added(draft, [SetReport("5.1", "2023H1", report(quote="没有这句"))])
    assert len(draft.edits) == 1


def test_staging_reads_no_text_and_saving_reads_it_twice(monkeypatch, tmp_path):
    readings = []
    stream = yaml_core.stream
    monkeypatch.setattr(yaml_core, "stream", lambda text: readings.append(text) or stream(text))
    path = tmp_path / "projects.yaml"
    path.write_bytes(PATH.read_bytes())
    document, expected = store.opened(path)
    assert len(readings) == 1, "the count counts"
    draft = drafting.started(document, expected)
    draft = drafting.added(draft, [SetReport("5.1", "2023H1", report())])
    draft = drafting.added(draft, [SetReport("1.1", "2023H1", Report(text="已建设 16 家。"))])
    assert len(readings) == 1
    when = dt.datetime(2023, 10, 8, tzinfo=dt.UTC)
    history.save(path, draft.document, expected=expected, who="张三", why="更正", when=when)
    assert len(readings) == 3
    assert store.read(path).dataset == draft.dataset


def test_what_is_not_asked_for_costs_no_text(monkeypatch):
    monkeypatch.setattr(yaml_core, "stream", None)
    with pytest.raises(Refused, match=r"项目 5\.1「老年食堂」所引的「没有这句」不在原文里"):
        mine(SetReport("5.1", "2023H1", report(quote="没有这句")))
    assert mine(SetReport("5.1", "2023H1", report())).is_changed


def test_edits_of_different_projects_are_merged_onto_the_newer_version():
    draft = mine(Q3, SetReport("5.1", "2023Q3", report()))
    newer = theirs(Q3, SetReport("1.1", "2023Q3", Report(text="已建设 16 家。")))
    merged = drafting.merged(draft, newer, "g")
    assert (merged.base, merged.fingerprint) == (newer, "g")
    by_id = {each.id: each for each in merged.dataset.projects}
    assert by_id["5.1"].reports["2023Q3"] == report()
    assert by_id["1.1"].reports["2023Q3"].text == "已建设 16 家。"


def test_edits_of_the_same_project_are_not_merged_but_can_be_made_again():
    draft = mine(Q3, SetReport("5.1", "2023Q3", report()))
    newer = theirs(
        Q3,
        SetReport("5.1", "2023Q3", Report(text="24 家投入运营。")),
        SetReport("1.1", "2023Q3", Report(text="已建设 16 家。")),
    )
    with pytest.raises(Refused, match=r"5\.1 新改建老年食堂 50 家。"):
        drafting.merged(draft, newer, "g")
    again = drafting.redone(draft, newer, "g")
    by_id = {each.id: each for each in again.dataset.projects}
    assert by_id["5.1"].reports["2023Q3"] == report()
    assert by_id["1.1"].reports["2023Q3"].text == "已建设 16 家。", "theirs elsewhere stays"
