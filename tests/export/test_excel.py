"""The workbook opened again with openpyxl, and printed by LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import build
import office
from minsheng import export, labels
from minsheng.export import json_text
from minsheng.export.excel import sheet as excel_sheet
from minsheng.export.excel.sheet import Column, Table
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.model import Light
from minsheng.printed import percent
from seed import DATASET, SHOT

# openpyxl does not know the extension that makes data bars plain and their ends fixed.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

CHOICES = [
    EVERYTHING,
    Filters(categories=("2", "10")),
    Filters(departments=("区民政局",)),
    Filters(lights=(Light.BEHIND, Light.FAR_BEHIND)),
    Filters(categories=("99",)),
]


def book(shot: Snapshot) -> Workbook:
    return load_workbook(io.BytesIO(export.FORMATS["xlsx"].build(shot)))


def header(sheet: Worksheet) -> int:
    """The row of the heading, which is the one that is repeated on paper."""
    return int(sheet.print_title_rows.split(":")[0].strip("$"))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows under the heading as they are stored, merged cells with what is under them."""
    first = header(sheet)
    heads = [cell.value for cell in sheet[first] if cell.value]
    last = int(re.search(r"\d+$", sheet.auto_filter.ref).group())
    rows = sheet.iter_rows(min_row=first + 1, max_row=last, max_col=len(heads), values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def unmerged(shot: Snapshot, name: str) -> list[dict[str, object]]:
    """As programs read that know nothing of merging: openpyxl's read-only mode is one."""
    found = load_workbook(io.BytesIO(export.FORMATS["xlsx"].build(shot)), read_only=True)
    rows = [list(row) for row in found[name].iter_rows(values_only=True)]
    at = next(place for place, row in enumerate(rows) if row[0] == "序号")
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def shown(share: object) -> str:
    """What Excel shows of a stored share under the format 0.0%."""
    return "—" if share is None else f"{share * 1000 / 10:.1f}%"


def whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


@pytest.mark.parametrize("filters", CHOICES)
def test_every_project_that_show_prints_is_found_as_printed(filters):
    shot = snapshot.at(DATASET, fingerprint=SHOT.fingerprint, filters=filters)
    rows = unmerged(shot, "进展表")
    assert [
        (
            str(row["序号"]),
            row["项目名称"],
            row["项目内容"],
            row["牵头单位"].split("\n"),
            row["进展情况"],
            shown(row["核算"]),
            shown(row["自报"]),
            row["进度评价"].partition(" ")[2],
        )
        for row in rows
    ] == [
        (
            each["id"].partition(".")[0],
            each["category"],
            each["content"],
            each["leads"],
            shot.report(each["id"]).text,
            percent(each["completion"]),
            percent(each["claimed"]),
            each["light"],
        )
        for each in json_text.as_dict(shot)["projects"]
    ]


@pytest.mark.parametrize("filters", CHOICES)
def test_every_indicator_department_category_and_finding_is_found_too(filters):
    shot = snapshot.at(DATASET, fingerprint=SHOT.fingerprint, filters=filters)
    want, found = json_text.as_dict(shot), book(shot)
    assert [
        (row["编号"], row["指标"], row["计量单位"], row["目标"], row["完成数"], row["依据"].partition("（")[0], shown(row["核算完成率"]))
        for row in table(found["指标"])
    ] == [
        (each["id"], part["name"], part["unit"], part["target"], part["done"], part["basis"], percent(part["completion"]))
        for each in want["projects"]
        for part in each["indicators"]
    ]  # fmt: skip
    assert [
        (row["单位"], row["名次"], row["项目数"], row["已完成"], row["滞后"], shown(row["核算完成率"]), shown(row["自报"]))
        for row in table(found["部门"])
    ] == [
        (each["name"], each["rank"], each["projects"], each["done"], each["behind"], percent(each["completion"]), percent(each["claimed"]))
        for each in want["departments"]
    ]  # fmt: skip
    assert [
        (row["类别"], row["项目数"], shown(row["核算完成率"])) for row in table(found["类别"])
    ] == [
        (each["name"], each["projects"], percent(each["completion"])) for each in want["categories"]
    ]
    assert [(row["编号"], row["规则"], row["发现"]) for row in table(found["核查"])] == [
        (each["project"], labels.RULES[each["code"]].title, each["message"])
        for each in want["findings"]
    ]


def test_the_last_sheet_says_what_the_file_is_and_what_the_choice_comes_to():
    shot = snapshot.at(DATASET, fingerprint="f" * 64, filters=Filters(categories=("2",)))
    found = book(shot)
    facts = {row["事项"]: row["内容"] for row in table(found["说明"])}
    assert (
        facts
        | {
            "表题": "2023 年鹿城区政府民生实项目半年度进展表",
            "地区": "温州市鹿城区",
            "数据截止": "2023 年 6 月 30 日",
            "范围": "类别 学有所教",
            "进度界限（百分点，与序时进度之差）": "超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30",
            "数据指纹": "f" * 12,
            "核算完成率": "15.6%",
            "自报": "70.0%",
            "进度评价": "4 个项目：超序时 1，严重滞后 3",
        }
        == facts
    )
    assert found["进展表"]["A2"].value == (
        "温州市鹿城区 · 半年度 · 数据截止 2023 年 6 月 30 日 · 范围：类别 学有所教"
    )
    assert found.properties.created == dt.datetime(2023, 6, 30)
    assert found.properties.title == "2023 年鹿城区政府民生实项目半年度进展表"


def test_cells_are_merged_as_the_table_is_printed():
    merged = {str(each) for each in book(SHOT)["进展表"].merged_cells.ranges}
    assert {"A7:A10", "B7:B10", "D7:D10"} <= merged  # 学有所教: one lead for its four projects
    assert {"A32:A33"} & merged == set()
    assert {"A30:A33", "B30:B33"} <= merged  # 行有所畅
    assert {each for each in merged if each.startswith("D")} == {
        "D7:D10", "D11:D12", "D28:D29",  # not 6.3-6.5: their lead is printed three times
    }  # fmt: skip


def test_neighbours_of_two_categories_are_not_merged_though_their_lead_is_the_same():
    dataset = build.dataset(build.project("1.1"), build.project("2.1"))
    ranges = [str(each) for each in book(snapshot.at(dataset))["进展表"].merged_cells.ranges]
    assert sorted(ranges) == ["A1:H1", "A2:H2", "A3:H3"]


def test_a_sheet_is_ready_to_be_read_and_printed():
    found = book(SHOT)
    assert found.sheetnames == ["进展表", "类别", "部门", "指标", "核查", "说明"]
    for sheet in found:
        at = header(sheet)
        assert sheet.freeze_panes.endswith(str(at + 1))
        assert sheet.auto_filter.ref.startswith(f"A{at}:")
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
        assert sheet.oddFooter.left.text.startswith("数据截止 2023 年 6 月 30 日 · 数据指纹 ")
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
    assert [found[name].page_setup.fitToHeight for name in ("进展表", "指标")] == [0, 0]
    assert found["进展表"].print_area == "'进展表'!$A$1:$H$33"


def test_only_the_first_sheet_has_the_headings_of_a_table_that_is_imported():
    for sheet in book(four_periods("2023Q3")):
        heads = {cell.value for cell in sheet[header(sheet)]}
        first = sheet.title == "进展表"
        assert ("项目内容" in heads) == ("进展情况" in heads) == first
        assert not first or not any("完成率" in head for head in heads if head)
        assert (sheet.max_column == 8) == first


def test_paper_parts_no_category():
    breaks = [each.id for each in book(SHOT)["进展表"].row_breaks.brk]
    rows = unmerged(SHOT, "进展表")
    assert breaks
    for at in breaks:
        assert rows[at - 5]["序号"] != rows[at - 4]["序号"]


def test_data_bars_have_the_same_scale_everywhere():
    bars = [
        [(rule.type, float(rule.val)) for rule in each.dataBar.cfvo]
        for sheet in book(SHOT)
        for area in sheet.conditional_formatting
        for each in area.rules
    ]
    assert bars == [[("num", 0), ("num", 1)]] * 8


def charts(shot: Snapshot) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(export.FORMATS["xlsx"].build(shot)))
    return [
        archive.read(each).decode() for each in sorted(archive.namelist()) if "/charts/" in each
    ]


def test_native_charts_point_at_the_cells_and_start_at_zero():
    categories, departments = charts(SHOT)
    refs = re.findall(r"<c:val><c:numRef><c:f>([^<]*)", categories)
    assert refs == ["类别!$E$4:$E$13", "类别!$F$4:$F$13", "类别!$G$4:$G$13"]
    assert "<c:lineChart>" in categories
    refs = re.findall(r"<c:val><c:numRef><c:f>([^<]*)", departments)
    assert refs == ["部门!$G$5:$G$20", "部门!$H$5:$H$20"]
    for chart in (categories, departments):
        assert re.search(r'<c:max val="1.1"/><c:min val="0"/>', chart)
    assert "<c:v>0.156</c:v>" in categories


def test_an_unknown_category_keeps_its_place_in_the_chart_and_is_not_drawn_as_zero():
    known = build.project("1.1", readings={"老年食堂": {"done": 25}})
    categories, _ = charts(snapshot.at(build.dataset(known, build.project("2.1"))))
    drawn = re.search(r"<c:val><c:numRef>.*?</c:numRef>", categories).group()
    assert '<c:ptCount val="2"/>' in drawn
    assert re.findall(r'<c:pt idx="(\d)"><c:v>([^<]+)', drawn) == [("0", "0.5")]


def test_where_nothing_is_chosen_there_is_nothing_to_draw():
    assert charts(snapshot.at(DATASET, filters=Filters(categories=("99",)))) == []


def test_unknown_is_blank_and_says_so_in_words_and_zero_is_zero():
    dataset = build.dataset(
        build.project("1.1", readings={"老年食堂": {"approx": True}}),
        build.project("1.2", readings={"老年食堂": {"done": 0}}),
        {**build.project("1.3", indicators=[]), "reports": {}},
    )
    found = book(snapshot.at(dataset))
    rows = table(found["进展表"])
    assert [row["核算"] for row in rows] == [None, 0, None]
    assert [row["自报"] for row in rows] == [None, 0, None]
    assert [row["进展情况"] for row in rows][2] is None
    assert [row["进度评价"] for row in rows] == ["○ 无数据", "◆ 严重滞后", "○ 无数据"]
    assert [row["完成数"] for row in table(found["指标"])] == [None, 0]


def test_99_96_percent_is_not_shown_as_100():
    dataset = build.dataset(
        build.project(
            readings={"老年食堂": {"done": 9996}}, indicators=[build.indicator(target=10_000)]
        )
    )
    found = book(snapshot.at(dataset))
    cell = found["进展表"]["F5"]
    assert (cell.value, cell.number_format) == (0.999, "0.0%")
    (part,) = table(found["指标"])
    assert (part["完成数"], part["目标"]) == (9996, 10_000)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://a\")", "{=1}", "http://a.b/c"])  # fmt: skip
def test_text_stays_text_whatever_it_begins_with(text):
    dataset = build.dataset(build.project(text=text, content=text, leads=[text]), title=text)
    shot = snapshot.at(dataset)
    found = book(shot)
    cell = found["进展表"]["E5"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == text
    assert cell.quotePrefix == (text[0] in "=+-@\t\r")
    archive = zipfile.ZipFile(io.BytesIO(export.FORMATS["xlsx"].build(shot)))
    sheets = [
        archive.read(name).decode() for name in archive.namelist() if "/worksheets/sheet" in name
    ]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert not any("external" in name for name in archive.namelist())


def test_what_no_cell_can_hold_is_cut_and_says_so():
    found = book(snapshot.at(build.dataset(build.project(text="完" * 40_000))))
    cell = found["进展表"]["E5"].value
    assert len(cell) == 32_767
    assert cell.endswith("（以下省略：Excel 一格最多 32767 个字，全文见数据文件）")


def test_a_light_has_word_shape_and_colour():
    sheet = book(SHOT)["进展表"]
    colours = {sheet.cell(row, 8).value: sheet.cell(row, 8).font.color.rgb for row in range(5, 34)}
    assert set(colours) == {"● 已完成", "▲ 超序时", "■ 按序时", "▼ 滞后", "◆ 严重滞后"}
    assert len(set(colours.values())) == 5


def four_periods(chosen: str) -> Snapshot:
    ids = ("2023Q1", "2023H1", "2023Q3", "2023Y")
    days = ("2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31")
    reports = {
        each: {"text": f"{done} 家", "readings": {"老年食堂": {"done": done}}}
        for each, done in zip(ids, (0, 10, 40, 50), strict=True)
    }
    del reports["2023H1"]
    dataset = build.dataset(
        {**build.project(), "reports": reports},
        periods=[
            {"id": each, "label": f"第 {at} 期", "as_of": day}
            for at, (each, day) in enumerate(zip(ids, days, strict=True), 1)
        ],
    )
    return snapshot.at(dataset, chosen)


def test_the_history_ends_with_the_period_that_is_exported():
    mean, elapsed, project = table(book(four_periods("2023Q3"))["历期"])
    assert [value for key, value in project.items() if "完成率" in key] == [0, None, 0.8]
    assert project["第 2 期\n进度评价"] == "○ 无数据"
    assert mean["第 3 期\n核算完成率"] == 0.8
    assert elapsed["第 3 期\n核算完成率"] == 0.748
    assert "历期" not in book(four_periods("2023Q1")).sheetnames


def rows_of(*texts: str, width: float = 20, merged: dict[int, list[tuple[int, int]]] | None = None) -> Table:  # fmt: skip
    return Table("甲", "乙", (), [Column("丙", width, "middle")], [[each] for each in texts], merged or {})  # fmt: skip


def test_a_row_is_as_tall_as_its_wrapped_text():
    one, two, three = excel_sheet.heights(rows_of("完" * 9, "完" * 10, "完\n完" + "1" * 19))
    assert one == excel_sheet.LINE + excel_sheet.PADDING
    assert two == one + excel_sheet.LINE
    assert three == one + excel_sheet.LINE * 3


def test_a_merged_cell_that_needs_more_than_its_rows_have_gets_it():
    table_ = rows_of("完" * 45, "完" * 45, merged={0: [(0, 1)]})
    assert sum(excel_sheet.heights(table_)) == excel_sheet.LINE * 5 + excel_sheet.PADDING
    assert max(excel_sheet.heights(rows_of("完" * 9000))) == excel_sheet.TALLEST


@pytest.mark.parametrize("filters", CHOICES)
def test_libreoffice_opens_it_and_prints_every_word(to_pdf, filters):
    shot = snapshot.at(DATASET, fingerprint=SHOT.fingerprint, filters=filters)
    pages = office.page_texts(to_pdf(export.FORMATS["xlsx"].build(shot), "xlsx"))
    said = "".join(pages)
    for project, row in shot.rows.items():
        for words in (row.content, shot.report(project).text, percent(row.completion)):
            assert "".join(words.split()) in said
    for finding in shot.findings:
        assert "".join(finding.message.split()) in said
    assert f"第1页，共{len(pages)}页" in pages[0]
    assert "数据截止2023年6月30日" in pages[-1]


def test_libreoffice_opens_a_dataset_of_one_project_without_a_report(to_pdf):
    dataset = build.dataset({**build.project(), "reports": {}})
    data = export.FORMATS["xlsx"].build(snapshot.at(dataset))
    first = office.page_texts(to_pdf(data, "xlsx"))[0]
    assert "新改建老年食堂50家。" in first
    assert "○无数据" in first
    assert "0.0%" not in first
