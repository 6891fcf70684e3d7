"""CSV read back as a program reads it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import build
from minsheng import export
from minsheng.export import cells, json_text
from minsheng.labels import exports
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.printed import percent
from seed import DATASET, SHOT


def read(shot: Snapshot) -> list[dict[str, str]]:
    data = export.FORMATS["csv"].build(shot)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_chinese_excel_knows_the_encoding_by_the_mark_and_lines_end_with_crlf():
    data = export.FORMATS["csv"].build(SHOT)
    assert data.startswith(b"\xef\xbb\xbf" + "报告期,数据截止,编号".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 36


def test_a_row_has_a_cell_for_every_heading_and_no_heading_is_used_twice():
    table = list(csv.reader(io.StringIO(export.FORMATS["csv"].build(SHOT).decode("utf-8-sig"))))
    assert {len(row) for row in table} == {len(exports.CSV)} == {len(set(exports.CSV.values()))}


@pytest.mark.parametrize(
    "filters",
    [EVERYTHING, Filters(categories=("2",)), Filters(departments=("区民政局",)), Filters(("99",))],
)
def test_every_figure_that_show_prints_is_found_as_printed(filters):
    shot = snapshot.at(DATASET, fingerprint=SHOT.fingerprint, filters=filters)
    shown = json_text.as_dict(shot)
    rows = read(shot)
    expected = [
        {
            "编号": project["id"],
            "类别": project["category"],
            "项目内容": project["content"],
            "牵头单位": "、".join(project["leads"]),
            "进展情况": shot.report(project["id"]).text,
            "项目核算完成率": percent(project["completion"]),
            "短板": percent(project["weakest"]),
            "项目自报": percent(project["claimed"]),
            "交付": project["delivery"],
            "进度评价": project["light"],
            "指标": part["name"],
            "目标": str(part["target"]),
            "完成数": "" if part["done"] is None else str(part["done"]),
            "指标核算完成率": percent(part["completion"]),
        }
        for project in shown["projects"]
        for part in project["indicators"]
    ]
    assert [{key: row[key] for key in want} for row, want in zip(rows, expected, strict=True)] == (
        expected
    )


def test_every_row_says_where_it_comes_from():
    row = read(snapshot.at(DATASET, fingerprint="f" * 64, filters=Filters(("5",))))[0]
    assert row["报告期"] == "半年度"
    assert row["数据截止"] == "2023-06-30"
    assert row["范围"] == "类别 老有所养"
    assert row["数据指纹"] == "f" * 12
    assert row["进度界限"].endswith("超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30")


def test_unknown_is_empty_and_a_project_without_indicators_keeps_its_row():
    rows = read(
        snapshot.at(
            build.dataset(
                build.project("1.1", readings={"老年食堂": {"approx": True}}),
                build.project("1.2", indicators=[]),
            )
        )
    )
    assert [row["编号"] for row in rows] == ["1.1", "1.2"]
    for key in ("完成数", "指标核算完成率", "项目核算完成率", "项目自报", "推进中", "短板"):
        assert [row[key] for row in rows] == ["", ""]
    assert [row["目标"] for row in rows] == ["50", ""]


def test_5_10_is_told_from_5_1_in_a_program_that_makes_numbers_of_ids():
    rows = read(snapshot.at(build.dataset(build.project("5.1"), build.project("5.10"))))
    assert [(row["类别序号"], row["类内序号"]) for row in rows] == [("5", "1"), ("5", "10")]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''+1"]
)
def test_a_cell_that_looks_like_a_formula_is_made_harmless_and_can_be_read_again(text):
    (row,) = read(
        snapshot.at(build.dataset(build.project(text=text, content="-cmd|' /C calc'!A0")))
    )
    assert row["进展情况"] == f"'{text}"
    assert unguarded(row["进展情况"]) == text
    assert row["项目内容"].startswith("'-")


def test_what_only_contains_such_a_sign_stays_as_it_is():
    text = "0-3 岁托位 = 440 个 'A'"
    (row,) = read(snapshot.at(build.dataset(build.project(text=text))))
    assert row["进展情况"] == text


def unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cells.like_formula(cell) else cell


@given(st.text(alphabet="'=+-@\t\r\n＝a1 ", max_size=6))
def test_guarding_is_taken_back_exactly_and_leaves_nothing_to_calculate(text):
    cell = cells.guarded(text)
    assert unguarded(cell) == text
    assert cell[:1] not in {*"=+-@\t\r\n＝"} - {""}
