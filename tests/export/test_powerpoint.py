"""The deck, read back with python-pptx and printed by LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Emu
from pypdf import PdfReader

import build
import office
from minsheng.export import json_text, powerpoint
from minsheng.export.powerpoint import charts as deck_charts
from minsheng.export.powerpoint import fitting
from minsheng.labels import RULES
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Filters, Snapshot
from minsheng.model import Light
from minsheng.printed import percent, tenths
from seed import DATASET, SHOT

DECK = powerpoint.build(SHOT)
NOTHING = snapshot.at(DATASET, filters=Filters(categories=("4",), departments=("区教育局",)))
CHOSEN = snapshot.at(DATASET, filters=Filters(categories=("2", "5")))


def opened(shot: Snapshot | None = None) -> Any:
    return Presentation(io.BytesIO(DECK if shot is None else powerpoint.build(shot)))


def measured(*projects: dict[str, Any], **more: Any) -> Snapshot:
    return snapshot.at(build.dataset(*projects, **more))


def charts(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def frames(deck: Any) -> list[Any]:
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    return [shape for shape in shapes if shape.has_chart or shape.has_table]


def series(chart: Any) -> dict[str, list[float | None]]:
    return {each.name: list(each.values) for plot in chart.plots for each in plot.series}


def names(chart: Any) -> list[str]:
    return [str(each) for each in chart.plots[0].categories]


def rows(slide: Any) -> Iterator[list[str]]:
    for shape in slide.shapes:
        if shape.has_table:
            for row in list(shape.table.rows)[1:]:
                yield [cell.text_frame.text for cell in row.cells]


def notes(deck: Any) -> list[str]:
    return [
        line
        for slide in deck.slides
        for line in slide.notes_slide.notes_text_frame.text.split("\n")
    ]


def words(deck: Any) -> str:
    on_slides = [
        text
        for slide in deck.slides
        for shape in slide.shapes
        for text in (
            [shape.text_frame.text]
            if shape.has_text_frame
            else names(shape.chart)
            if shape.has_chart
            else [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
        )
    ]
    return "\n".join([*on_slides, *notes(deck)])


def stored(share: float | None) -> float | None:
    return None if share is None or share != share else tenths(share) / 1000


def test_the_whole_plan_is_a_chart_of_the_three_figures_that_are_printed():
    chart = charts(opened())[0]
    assert names(chart) == ["核算", "自报", "序时进度"]
    assert series(chart) == {"核算完成率": [0.56, 0.635, 0.496]}
    assert chart.plots[0].series[0].data_labels.number_format == "0.0%"


def test_categories_stand_beside_the_elapsed_share_and_only_a_higher_claim_is_marked():
    chart = charts(opened())[1]
    shares = [stored(share) for share in SHOT.categories["completion"]]
    assert series(chart) == {
        "核算": shares,
        "序时进度": [0.496] * 10,
        "自报": [None, 0.7, *[None] * 8],
    }
    assert names(chart)[1] == "学有所教\n4 项\n自报 70.0%"
    assert chart.value_axis.minimum_scale == 0
    assert chart.value_axis.maximum_scale == 1.25


def test_lights_are_counted_with_shape_and_word():
    chart = charts(opened())[2]
    assert dict(zip(names(chart), series(chart)["项数"], strict=True)) == {
        "● 已完成": 6,
        "▲ 超序时": 10,
        "■ 按序时": 2,
        "▼ 滞后": 3,
        "◆ 严重滞后": 8,
    }


def test_the_board_shows_every_department_with_its_figures():
    shown = {
        name: value
        for chart in charts(opened())
        if set(series(chart)) == {"核算", "序时进度"}
        for name, value in zip(names(chart), series(chart)["核算"], strict=True)
    }
    assert shown == {name: stored(x) for name, x in SHOT.departments["completion"].items()}
    listed = [row for slide in opened().slides for row in rows(slide) if len(row) == 8]
    assert listed[0] == ["1", "区卫生健康局", "样本少", "2", "2", "0", "100.0%", "100.0%"]
    assert listed[-4] == ["13（11–13）", "区教育局", "", "5", "0", "4", "61.1%", "17.6%"]


def test_every_indicator_has_its_bar_as_counted_and_what_is_only_said_apart():
    found = {}
    for chart in charts(opened()):
        values = series(chart)
        if "应达" in values:
            said = values.get("未经核算", [None] * len(names(chart)))
            found |= dict(
                zip(
                    names(chart),
                    zip(values["核算"], said, values["应达"], strict=True),
                    strict=True,
                )
            )
    assert len(found) == 35
    assert found["1.1 托位 440 / 400 个"] == (1.1, None, 0.496)
    assert found["3.1 高技能人才 1,532 / 2,600 人"] == (0.589, None, 0.496)
    assert found["5.3 保险 没有写数 / 90,000 人"] == (None, 1.0, 0.496)
    assert found["9.1 农贸市场 6 / 6 家"] == (0.9, None, 0.496)
    # Past 100 % the axis goes past the largest bar.
    assert all(
        chart.value_axis.maximum_scale > max(v for row in series(chart).values() for v in row if v)
        for chart in charts(opened())
    )  # fmt: skip


def test_every_project_and_figure_of_the_json_is_found():
    lines = notes(opened())
    listed = words(opened())
    for each in json_text.as_dict(SHOT)["projects"]:
        heading = f"{each['id']} {each['content']}（{'、'.join(each['leads'])}）"
        facts = lines[lines.index(heading) + 1]
        assert facts == (
            f"核算完成率 {percent(each['completion'])}，短板 {percent(each['weakest'])}，"
            f"自报 {percent(each['claimed'])}，依据 {each['basis']}，交付 {each['delivery']}，"
            f"进度 {each['light']}"
        )
        for indicator in each["indicators"]:
            assert f"{each['id']} {indicator['name']} " in listed
    for each in json_text.as_dict(SHOT)["departments"]:
        line = next(line for line in lines if line.startswith(f"{each['name']}："))
        assert f"核算 {percent(each['completion'])}，自报 {percent(each['claimed'])}" in line
        assert f"已完成 {each['done']}，滞后 {each['behind']}（" in line
        assert f"第 {each['rank']} 名" in line
        assert ("样本少" in line) == each["few"]
    for each in json_text.as_dict(SHOT)["categories"]:
        assert any(
            line.startswith(
                f"{each['name']}：{each['projects']} 项，核算 {percent(each['completion'])}，"
            )
            for line in lines
        )


def test_every_finding_is_found_under_its_rule():
    lines, listed = notes(opened()), words(opened())
    for each in json_text.as_dict(SHOT)["findings"]:
        assert any(line.startswith(each["message"]) for line in lines)
        assert f"{RULES[each['code']].title}（" in listed
    assert listed.count("自报高于核算（严重，4 条）") == 1


def test_the_notes_hold_the_sentences_that_the_figures_came_from():
    lines = notes(opened())
    assert "「老年食堂」完成率：13 ÷ 50 = 26.0% “1 家完成建设”“12 家投入运营”" in lines
    for project in DATASET.projects:
        report = project.reports["2023H1"]
        assert f"进展原文：{report.text}" in lines
        quotes = [quote for reading in report.readings.values() for quote in reading.quotes]
        assert all(any(f"“{quote}”" in line for line in lines) for quote in quotes)


def test_no_light_department_or_figure_of_the_seed_is_cut_short():
    listed = [row for slide in opened().slides for row in rows(slide)]
    board = [row for row in listed if len(row) == 8]
    projects = [row for row in listed if len(row) == 4 and row[3].endswith("%")]
    assert len(board) == 16
    assert len(projects) == 35
    assert not any("…" in cell for row in board for cell in row)
    assert not any("…" in row[at] for row in projects for at in (0, 2, 3))


def test_headings_say_the_finding():
    titles = [slide.shapes.title.text_frame.text for slide in opened().slides]
    assert titles[:4] == [
        "2023 年鹿城区政府民生实项目半年度进展表",
        "能数出来的完成了 56.0%，快于序时进度 6.4 个百分点；11 项滞后，其中 8 项严重滞后。",
        "10 个类别中 2 个低于序时进度，最低的是居有所安（5.0%）",
        "29 个项目中 11 项滞后，其中 8 项严重滞后，6 项已完成",
    ]
    assert "11 项滞后，落后最多的是 2.2 等 7 项（−49.6 个百分点）（1/3）" in titles
    assert "学有所教：4 个项目平均 15.6%，低于序时进度，3 项滞后" in titles
    assert "病有所医：2 个项目全部完成" in titles


def test_the_lagging_list_has_every_late_project_once_in_type_that_is_read_at_four_metres():
    listed = [row for slide in opened().slides for row in rows(slide) if len(row) == 5]
    assert [row[0].split("\n")[0] for row in listed] == SHOT.lagging
    assert listed[0] == [
        "2.2\n◆ 严重滞后",
        "新投用中小学、公办幼儿园 10 所。",
        "区教育局",
        "0.0%\n−49.6 个百分点",
        "投用学校 0 / 10 所；验收 5、竣工待投用 3",
    ]
    sizes = {
        run.font.size.pt
        for slide in opened().slides
        for shape in slide.shapes
        if shape.has_table and len(shape.table.columns) == 5
        for row in list(shape.table.rows)[1:]
        for cell in row.cells
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
    }
    assert min(sizes) >= 16


def test_every_chart_and_table_is_described():
    described = [shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in frames(opened())]
    assert all(described)
    assert "条形图：核算 56.0%，自报 63.5%，序时进度 49.6%。" in described
    assert not any(shape.shape_type == 13 for slide in opened().slides for shape in slide.shapes)


def test_every_slide_carries_cut_off_date_choice_thresholds_fingerprint_and_number():
    for number, slide in enumerate(opened(CHOSEN).slides, start=1):
        placed = {each.placeholder_format.type: each.text_frame.text for each in slide.placeholders}
        foot = next(text for text in placed.values() if "数据截止" in text)
        assert "范围：类别 学有所教、老有所养" in foot
        assert "超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30" in foot
        assert 'type="slidenum"' in slide._element.xml
        assert f"<a:t>{number}</a:t>" in slide._element.xml
    assert f"数据指纹 {SHOT.fingerprint[:12]}" in words(opened())


def test_every_run_names_an_east_asian_face_and_so_does_the_theme():
    deck = opened()
    for slide in deck.slides:
        for owner in (slide._element, slide.notes_slide._element):
            for run in owner.iterfind(".//{*}r"):
                if run.find("{*}t").text:
                    assert run.find("{*}rPr/{*}ea").get("typeface") == "微软雅黑"
    for chart in charts(deck):
        assert chart._chartSpace.find("./{*}txPr//{*}ea").get("typeface") == "微软雅黑"
    part = next(
        r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme")
    )
    assert part.blob.decode().count('<a:ea typeface="微软雅黑"/>') == 2


def test_filters_leave_out_what_was_not_chosen():
    deck = opened(CHOSEN)
    listed = words(deck)
    assert "5.1 新改建老年食堂 50 家。" in listed
    assert "9.1 " not in listed
    assert names(charts(deck)[1])[0].startswith("学有所教")
    assert len(names(charts(deck)[1])) == 2


def test_an_empty_choice_says_so():
    titles = [slide.shapes.title.text_frame.text for slide in opened(NOTHING).slides]
    assert titles == [DATASET.title, "没有符合条件的项目。"]


def test_unknown_is_a_gap_and_a_row_that_says_so_never_a_zero():
    shot = measured(build.project(id="5.1"), build.project(id="5.2", indicators=[]))
    deck = opened(shot)
    chart = next(chart for chart in charts(deck) if "应达" in series(chart))
    assert names(chart) == ["5.1 老年食堂 没有写数 / 50 家", "5.2 没有数字指标"]
    assert series(chart)["核算"] == [None, None]
    listed = [row for slide in deck.slides for row in rows(slide) if len(row) == 4]
    assert [row[3] for row in listed] == ["无数据", "无数据"]
    assert series(charts(deck)[0])["核算完成率"] == [None, None, 0.496]
    assert "2 个项目都没有数据" in words(deck)


def test_a_share_just_short_of_all_is_stored_short_of_all():
    shot = measured(
        build.project(
            indicators=[build.indicator(target=10000)],
            readings={"老年食堂": {"done": 9996, "quotes": ["9996 家"]}},
        )
    )
    chart = next(chart for chart in charts(opened(shot)) if "应达" in series(chart))
    assert series(chart)["核算"] == [0.999]


def test_the_workbook_behind_a_chart_has_the_same_numbers_and_no_formula():
    shot = measured(
        build.project(
            category="=1+1",
            indicators=[build.indicator(name="=cmd()")],
            readings={"=cmd()": {"done": 12, "quotes": ["12 家"]}},
        )
    )
    for chart in charts(opened(shot)):
        sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        column = [sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)]
        assert column == next(iter(series(chart).values()))


def test_hostile_text_is_shown_as_typed():
    bad = "<a:t>&amp;\x0b\x00]]> {0} %s"
    shot = measured(build.project(content=bad * 20, text=bad), title=bad, place=bad)
    assert "<a:t>&amp;]]> {0} %s" in words(opened(shot))


def test_words_that_are_too_long_end_in_dots_and_stay_in_their_box():
    long = "在全区范围内对年久失修的老旧小区实施综合改造提升" * 12
    shot = measured(
        *(
            build.project(
                id=f"5.{at}",
                content=long,
                leads=["区综合行政执法与城市管理和住房保障局" * 3],
                category=long,
                readings={"老年食堂": {"done": 1, "quotes": ["1 家"], "stages": {long: 3}}},
            )
            for at in range(1, 9)
        ),
        title=long,
        place=long,
    )
    deck = opened(shot)
    assert "…" in words(deck)
    assert_inside(deck)


def assert_inside(deck: Any) -> None:
    """Every shape within the slide, and no row lower than the words in it."""
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + Emu(20)
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                assert sum(row.height for row in shape.table.rows) + shape.top <= Emu(914400 * 6.9)
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        if not cell.is_merge_origin and not cell.is_spanned:
                            assert needed(cell, column.width) <= row.height + Emu(2000)


def needed(cell: Any, width: int) -> float:
    room = Emu(width).pt - 2 * 0.08 * 72
    return sum(
        fitting.lines(paragraph.text, paragraph.runs[0].font.size.pt, room)
        * paragraph.runs[0].font.size.pt * 1.3 * 12700
        for paragraph in cell.text_frame.paragraphs
        if paragraph.text
    )  # fmt: skip


@pytest.mark.parametrize("shot", [SHOT, CHOSEN, NOTHING], ids=["seed", "chosen", "nothing"])
def test_nothing_leaves_the_slide_or_its_row(shot):
    assert_inside(opened(shot))


@pytest.mark.parametrize(
    ("largest", "end", "step"),
    [(0.2, 1.25, 0.25), (1.0, 1.25, 0.25), (1.287, 1.5, 0.5), (2.2, 2.5, 0.5), (12, 15, 3)],
)
def test_the_axis_reaches_past_the_largest_value(largest, end, step):
    assert deck_charts.ceiling([largest, None]) == (end, step)


def test_pages_break_between_rows_and_keep_every_row():
    assert list(fitting.pages([2, 2, 2, 9, 1], 5)) == [
        slice(0, 2),
        slice(2, 3),
        slice(3, 4),
        slice(4, 5),
    ]
    assert list(fitting.pages([], 5)) == []


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, []), (12, [(0, 12)]), (14, [(0, 7), (7, 14)]), (25, [(0, 8), (8, 16), (16, 25)])],
)
def test_pages_are_as_full_as_each_other(count, pages):
    assert [(page.start, page.stop) for page in fitting.even(count, 12)] == pages


@pytest.mark.parametrize(
    ("words_", "most", "expected"),
    [
        ("新改建老年食堂", 1, "新改建老年食堂"),
        ("新改建老年食堂 50 家。", 1, "新改建老年食…"),
        ("新改建老年食堂 50 家。", 2, "新改建老年食堂 50 家。"),
        ("AbcdefghijklmnopqrstuvwxyzABCDEFG", 1, "Abcdefghij"),
    ],
)
def test_words_are_cut_where_their_lines_are_used_up(words_, most, expected):
    assert fitting.clipped(words_, 10, 72, most).startswith(expected)
    assert fitting.lines(fitting.clipped(words_, 10, 72, most), 10, 72) <= most


def test_libreoffice_prints_every_slide_with_its_heading_and_nothing_over_the_foot(to_pdf):
    printed = to_pdf(DECK, "pptx")
    titles = [slide.shapes.title.text_frame.text for slide in opened().slides]
    for text, title in zip(office.page_texts(printed), titles, strict=True):
        assert "".join(title.split()) in text
        assert text.count("范围：全部·数据截止") == 1
    for page in PdfReader(io.BytesIO(printed)).pages:
        heights = sorted(baselines(page))
        foot = heights[0]
        # A row that LibreOffice had to make higher pushes the rows below it into the foot.
        assert foot < 40
        assert all(height <= foot + 6 or height >= foot + 14 for height in heights)


def baselines(page: Any) -> list[float]:
    """How high above the page's edge each piece of text stands, in points."""
    found: list[float] = []

    def note(text: str, _matrix: list[float], at: list[float], *_: Any) -> None:
        if text.strip():
            found.append(at[5])

    page.extract_text(visitor_text=note)
    return found


def test_one_light_alone_is_a_deck_too():
    shot = snapshot.at(DATASET, filters=Filters(lights=(Light.DONE,)))
    assert "没有滞后的项目。" in words(opened(shot))


def test_a_figure_keeps_its_unit_however_few_rows_and_large_the_type():
    parts = [build.indicator("高技能人才培训", 1_234_567, "人次（含复训）")]
    reading = {"done": 987_654.5, "quotes": ["987654.5 人次"]}
    shot = measured(build.project(indicators=parts, readings={"高技能人才培训": reading}))
    listed = [row[2] for slide in opened(shot).slides for row in rows(slide) if len(row) == 4]
    assert "987,654.5 / 1,234,567 人次（含复训）" in "".join(listed)
