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
import drawn_cases
import office
from minsheng import agenda
from minsheng.export import json_text, powerpoint
from minsheng.export.powerpoint.deck import px
from minsheng.export.powerpoint.template import FILE
from minsheng.labels import room
from minsheng.labels import slides as words_
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Filters, Snapshot
from minsheng.model import Light
from minsheng.printed import percent
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


def plain(text: str) -> str:
    """Without what keeps a number and its unit on one line."""
    return text.replace("\u00a0", " ")


def rows(slide: Any) -> Iterator[list[str]]:
    for shape in slide.shapes:
        if shape.has_table:
            for row in list(shape.table.rows)[1:]:
                yield [plain(cell.text_frame.text) for cell in row.cells]


def notes(deck: Any) -> list[str]:
    return [
        line
        for slide in deck.slides
        for line in plain(slide.notes_slide.notes_text_frame.text).split("\n")
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
            if shape.has_table
            else []
        )
    ]
    return plain("\n".join([*on_slides, *notes(deck)]))


def slide_of(deck: Any, part: str, shot: Snapshot = SHOT) -> list[tuple[Any, agenda.Slide]]:
    each = zip(deck.slides, agenda.whole(shot), strict=True)
    return [(slide, said) for slide, said in each if said.part == part]


def marks(slide: Any) -> list[Any]:
    return [one for shape in slide.shapes if shape.shape_type == 6 for one in shape.shapes]


def titles(deck: Any) -> list[str]:
    return [plain(slide.shapes.title.text_frame.text) for slide in deck.slides]


def test_it_is_the_agenda_slide_by_slide():
    said = [
        f"{each.title}{each.alert}" + (f"　{each.at} / {each.of}" if each.of > 1 else "")
        for each in agenda.whole(SHOT)
    ]
    assert titles(opened()) == said


def test_every_row_of_the_agenda_is_a_row_of_a_table():
    for slide, each in zip(opened().slides, agenda.whole(SHOT), strict=True):
        listed = list(rows(slide))
        if each.table:
            cells = [[cell.text for cell in row.cells] for row in each.table.rows]
            assert [row for row in listed if any(row[1:])] == cells


def test_the_whole_plan_is_a_chart_with_what_is_claimed_beyond_and_what_is_left():
    chart = charts(opened())[0]
    assert series(chart) == {"核算": [0.56], "自报多出": [0.075], "还没有做到": [0.365]}
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (0, 1)


def test_the_strip_the_mark_and_the_diamond_are_shapes_over_the_chart():
    shot = snapshot.at(drawn_cases.DATASET)
    bars = [
        row.cells[2].bar.bar
        for _, said in slide_of(opened(shot), "category", shot)
        for row in said.table.rows
    ]
    wanted = sum(
        len(bar.strip) + (2 if bar.due is not None else 0) + (bar.claim is not None) for bar in bars
    )
    drawn_ = [
        mark for slide, _ in slide_of(opened(shot), "category", shot) for mark in marks(slide)
    ]
    assert len(drawn_) == wanted
    for mark in drawn_:
        assert mark.shadow.inherit is False or mark._element.find("{*}style") is None


def test_every_project_and_figure_of_the_json_is_found():
    lines = notes(opened())
    for each in json_text.as_dict(SHOT)["projects"]:
        heading = f"{each['id']} {each['content']}（{'、'.join(each['leads'])}）"
        facts = lines[lines.index(heading) + 1]
        assert facts == (
            f"核算完成率 {percent(each['completion'])}，短板 {percent(each['weakest'])}，"
            f"自报 {percent(each['claimed'])}，依据 {each['basis']}，交付 {each['delivery']}，"
            f"进度 {each['light']}"
        )
    for each in json_text.as_dict(SHOT)["departments"]:
        line = next(line for line in lines if line.startswith(f"{each['name']}："))
        assert f"核算 {percent(each['completion'])}，自报 {percent(each['claimed'])}" in line
        assert f"已完成 {each['done']}，滞后 {each['behind']}（" in line
        assert f"第 {each['rank']} 名" in line
        assert ("样本少" in line) == each["few"]
    for each in json_text.as_dict(SHOT)["categories"]:
        start = f"{each['name']}：{each['projects']} 项，核算 {percent(each['completion'])}，"
        assert any(line.startswith(start) for line in lines)
    for each in json_text.as_dict(SHOT)["findings"]:
        assert any(each["message"] in line for line in lines)


def test_type_is_that_of_the_agenda_and_never_below_fourteen_points():
    sizes = {
        int(run.get("sz"))
        for slide in opened().slides
        for run in slide._element.iterfind(".//{*}rPr")
        if run.get("sz")
    }
    assert min(sizes) == 1400  # 28 of 1920 pixels
    layout = Presentation(str(FILE)).slide_layouts.get_by_name(words_.LAYOUT_CONTENT)
    title = next(each for each in layout.placeholders if each.placeholder_format.idx == 0)
    assert title._element.find(".//{*}defRPr").get("sz") == "3000"  # 60


def test_a_restyled_template_is_honoured(tmp_path):
    """What a district does in PowerPoint: another face, other colours, a larger title, other places."""
    own = Presentation(str(FILE))
    part = next(
        r.target_part for r in own.slide_master.part.rels.values() if r.reltype.endswith("/theme")
    )
    part._blob = part.blob.replace(b"52667A", b"7A1F1F").replace(
        "微软雅黑".encode(), "方正小标宋".encode()
    )
    layout = own.slide_layouts.get_by_name(words_.LAYOUT_CONTENT)
    for shape in layout.placeholders:
        if shape.placeholder_format.idx == 0:
            shape._element.find(".//{*}defRPr").set("sz", "3600")
        if shape.placeholder_format.idx == 13:
            shape.left, shape.top = Emu(900000), Emu(1200000)
    file = tmp_path / "template.pptx"
    own.save(file)
    deck = Presentation(io.BytesIO(powerpoint.build(SHOT, file)))
    master = next(
        r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme")
    )
    assert b"7A1F1F" in master.blob
    assert "方正小标宋" in master.blob.decode()
    slide, _ = slide_of(deck, "lagging")[0]
    table = next(shape for shape in slide.shapes if shape.has_table)
    assert (table.left, table.top) == (900000, 1200000)
    title = slide.shapes.title._element
    assert title.find(".//{*}r/{*}rPr").get("sz") is None  # the layout's size holds
    for run in slide._element.iterfind(".//{*}tbl//{*}r/{*}rPr"):
        assert run.find("{*}ea").get("typeface") == "+mn-ea"
    bars = charts(deck)[1].plots[0].series[1]._element
    assert bars.find("{*}spPr//{*}schemeClr").get("val") == "accent1"


def test_words_are_in_the_faces_of_the_theme_which_are_as_they_were():
    deck = opened()
    for slide in deck.slides:
        for run in slide._element.iterfind(".//{*}r/{*}rPr/{*}ea"):
            assert run.get("typeface") == "+mn-ea"
    part = next(
        r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme")
    )
    assert part.blob.decode().count('<a:ea typeface="微软雅黑"/>') == 2


def test_every_chart_and_table_is_described_and_marks_are_passed_over():
    described = [shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in frames(opened())]
    assert all(described)
    assert "条形图：核算 56.0%，自报 63.5%，序时进度 49.6%。" in described
    assert any("◆ 2.2 学校 0.0%，自报 90.0%，应达 49.6%" in each for each in described)
    for slide in opened().slides:
        for shape in slide.shapes:
            assert shape.shape_type != 13
            assert shape.shape_type != 6 or "decorative" in shape._element.nvGrpSpPr.xml


def test_every_slide_carries_cut_off_date_choice_and_number():
    for number, slide in enumerate(opened(CHOSEN).slides, start=1):
        placed = {each.placeholder_format.idx: each.text_frame.text for each in slide.placeholders}
        assert placed[11].startswith("截止 2023-06-30 · 类别 学有所教、老有所养")
        assert f"<a:t>{number}</a:t>" in slide._element.xml
    assert f"数据指纹：{SHOT.fingerprint[:12]}" in notes(opened())
    assert any("严重滞后 ≤ −30" in line for line in words(opened()).split("\n"))


def test_filters_leave_out_what_was_not_chosen():
    listed = words(opened(CHOSEN))
    assert "5.1 新改建老年食堂 50 家" in listed
    assert "9.1 " not in listed


def test_an_empty_choice_says_so():
    assert titles(opened(NOTHING)) == [DATASET.title, "没有符合条件的项目。"]


def test_a_share_just_short_of_all_is_stored_short_of_all():
    parts = [build.indicator("甲", 10000), build.indicator("乙", 10000)]
    readings = {"甲": {"done": 9996, "quotes": ["9996 家"]}, "乙": {"done": 0}}
    shot = measured(build.project(indicators=parts, readings=readings))
    found = [value for chart in charts(opened(shot)) for value in series(chart)["核算"]]
    assert 0.999 in found


def test_the_workbook_behind_a_chart_has_the_same_numbers_and_no_formula():
    shot = measured(
        build.project(
            category="=1+1",
            indicators=[build.indicator(name="=cmd()")],
            readings={"=cmd()": {"done": 12, "quotes": ["12 家"]}},
        )
    )
    found = list(charts(opened(shot)))
    assert found
    for chart in found:
        sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        column = [sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)]
        assert column == next(iter(series(chart).values()))


def test_the_notes_hold_the_sentences_that_the_figures_came_from():
    lines = notes(opened())
    assert "「老年食堂」完成率：13 ÷ 50 = 26.0% “1 家完成建设”“12 家投入运营”" in lines
    for project in DATASET.projects:
        report = project.reports["2023H1"]
        assert f"进展原文：{report.text}" in lines
        quotes = [quote for reading in report.readings.values() for quote in reading.quotes]
        assert all(any(f"“{quote}”" in line for line in lines) for quote in quotes)


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
    """Every shape within the slide, no row lower than the words in it, no table over the foot."""
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + Emu(20)
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                bottom = sum(row.height for row in shape.table.rows) + shape.top
                assert bottom <= px(996) + Emu(20)
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        if not cell.is_merge_origin and not cell.is_spanned:
                            assert needed(cell, column.width) <= row.height + Emu(2000)


def needed(cell: Any, width: int) -> float:
    return sum(
        room.lines(paragraph.text, size, Emu(width).pt - 6) * size * agenda.LEADING * 12700
        for paragraph in cell.text_frame.paragraphs
        if paragraph.text
        for size in [paragraph.runs[0].font.size.pt]
    )


@pytest.mark.parametrize("shot", [SHOT, CHOSEN, NOTHING], ids=["seed", "chosen", "nothing"])
def test_nothing_leaves_the_slide_or_its_row(shot):
    assert_inside(opened(shot))


def test_libreoffice_prints_every_slide_with_its_heading_and_nothing_over_the_foot(to_pdf):
    printed = to_pdf(DECK, "pptx")
    for text, title in zip(office.page_texts(printed), titles(opened()), strict=True):
        assert "".join(title.split()) in text
        assert text.count("截止2023-06-30") >= 1
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
    assert "没有滞后项目" in words(opened(shot))
