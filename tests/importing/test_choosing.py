"""A file of several tables, a table of several months: what is read, and what a person may choose."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from minsheng import importing
from minsheng.cli import main
from minsheng.dataset import store
from minsheng.importing import Wanted, worker
from minsheng.model import Refused

CASES = Path(__file__).parents[1] / "data" / "cases"
SHEETS, MONTHS = CASES / "sheet-per-month.xlsx", CASES / "two-months-side-by-side.docx"
ANNEXES = CASES / "three-annexes.docx"


def read(path: Path, table: int = 0, month: int = 0) -> importing.Source:
    return importing.read(path.name, path.read_bytes(), Wanted(table, month))


def test_all_tables_are_named_whichever_is_read():
    assert read(SHEETS).tables == read(SHEETS, 1).tables == ("4月", "5月", "6月")
    assert [row.progress for row in read(SHEETS, 1).rows] == ["已建成2家。", "完成9台。"]
    assert read(SHEETS, 1).when.month == 4
    assert "文件里有几张表，按指定读的是“4月”。" in read(SHEETS, 1).notes
    assert sum("没有读入" in note for note in read(SHEETS, 1).notes) == 2


def test_a_table_that_the_program_would_not_take_can_be_taken():
    assert [row.progress for row in read(ANNEXES, 1).rows] == [
        "预计上半年增长5.2%。",
        "预计增长4%。",
    ]


def test_what_is_not_there_is_refused_with_what_is():
    with pytest.raises(Refused, match="没有第 4 张进展表，只有：1 “4月”，2 “5月”，3 “6月”"):
        read(SHEETS, 4)
    with pytest.raises(Refused, match="没有另一栏写 3 月的进展，只有一期"):
        read(SHEETS, month=3)
    with pytest.raises(Refused, match="没有 3 月的进展；除了最近一期，还有 5 月"):
        read(MONTHS, month=3)


def test_an_earlier_month_is_read_without_the_numbers_of_the_newest():
    source = read(MONTHS, month=5)
    assert [row.progress for row in source.rows] == ["已建成4家", "完成2个", "已建成300个"]
    assert {(row.done, row.claimed, row.this_period, row.verdict) for row in source.rows} == {
        ("", "", "", "")
    }
    assert (source.when.month, source.months) == (5, (5,))


@pytest.mark.parametrize("has_threads", [False, True])
def test_the_process_that_reads_is_told_of_the_choice(monkeypatch, has_threads):
    monkeypatch.setattr(worker, "_may_fork", lambda: not has_threads)
    source, rows = worker.read(SHEETS.name, SHEETS.read_bytes(), 2024, Wanted(2))
    assert source == read(SHEETS, 2)
    assert [each.proposals[0].done for each in rows] == [4, 15]


def test_the_command_reads_what_its_options_name_and_does_not_ask_about_the_title(tmp_path):
    out = tmp_path / "draft.yaml"
    into = CASES / "dataset-nine-projects.yaml"

    def run(*more: str):
        return CliRunner().invoke(main, ["import", str(MONTHS), "-o", str(out), *more])

    base = ["--into", str(into), "--period", "2024M05", "--as-of", "2024-05-31"]
    assert "对不上" in run(*base).output
    done = run(*base, "--month", "5")
    assert done.exit_code == 0, done.output
    told = {
        report.text
        for each in store.read(out).dataset.projects
        if (report := each.reports.get("2024M05"))
    }
    assert told == {"已建成4家", "完成2个", "已建成300个"}
    assert run(*base, "--table", "0").exit_code == 2
