"""The Word documents opened again: the table as it circulates, and the bulletin's own tables."""

from __future__ import annotations

import hashlib
import io
import itertools
import sys
from pathlib import Path

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

import build
import office
import readback
from minsheng import export
from minsheng.dataset import store
from minsheng.export.word import styles
from minsheng.labels import bulletin, fonts
from minsheng.measuring import snapshot
from minsheng.measuring.leaderboard import worst_first
from minsheng.measuring.snapshot import EVERYTHING, Filters
from minsheng.model import Light
from seed import DATASET, FINGERPRINT, SHOT

FOUR = Path(__file__).parents[1] / "data" / "four-periods.yaml"
BOTH = ("docx", "bulletin")
CHOICES = [
    EVERYTHING,
    Filters(categories=("2", "10")),
    Filters(departments=("区民政局",)),
    Filters(lights=(Light.BEHIND,)),
]
HOSTILE = [
    "<w:br/>&amp;<script>alert(1)</script>",
    "\"引号\"与'撇号'，#set $x$ *粗* _斜_ [链](javascript:1) {{7*7}} =cmd()",
    "制表\t符，换\n行，响\x07铃，零\ufeff宽，控\x1b[31m制",
    "长" * 3000,
]


def made(name, shot=SHOT):
    return readback.opened(export.FORMATS[name].build(shot))


@pytest.mark.parametrize("filters", CHOICES, ids=str)
def test_the_five_columns_give_back_every_project_word_for_word(filters):
    shot = snapshot.at(DATASET, filters=filters)
    rows = readback.table(made("docx", shot), "进展情况")
    assert list(rows[0]) == ["序号", "项目名称", "项目内容", "牵头单位", "进展情况"]
    assert [tuple(row.values()) for row in rows] == [
        (
            row.category_number,
            row.category,
            row.content,
            "\n".join(row.leads),
            row.text,
        )
        for row in shot.rows.values()
    ]


def test_lead_cells_are_merged_where_the_seed_prints_them_so():
    """In 学有所教, 劳有所获 and 食有所依 the printed lead cell stands once; 区住建局 stands three
    times in a row in 住有所居."""
    table = made("docx").tables[0]._tbl
    merged = [_merge(row.tc_lst[3]) for row in table.tr_lst[1:]]
    ids = list(SHOT.rows)
    assert [ids[i] for i, how in enumerate(merged) if how == "restart"] == ["2.1", "3.1", "9.1"]
    assert [ids[i] for i, how in enumerate(merged) if how == "continue"] == [
        "2.2", "2.3", "2.4", "3.2", "9.2",
    ]  # fmt: skip


def _merge(cell):
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return None if merge is None else merge.get(qn("w:val"), "continue")


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("filters", CHOICES, ids=str)
def test_every_figure_and_finding_of_the_json_is_printed(name, filters):
    shot = snapshot.at(DATASET, filters=filters)
    document = made(name, shot)
    printed = [tuple(row.values()) for row in readback.table(document, "指标")]
    # Without the share before the cap, and what is added to the basis where the claim is lower.
    found = [(*row[:4], row[5], row[6].removesuffix("取低"), *row[7:]) for row in printed]
    assert found == list(readback.measured(shot))
    rows = readback.table(document, "名次范围")
    assert [tuple(row.values()) for row in rows] == sorted(
        readback.departments(shot),
        key=lambda row: list(worst_first(shot.departments)).index(row[1]),
    )
    rows = readback.table(document, "类别")
    order = [shot.categories[key].name for key in worst_first(shot.categories)]
    assert [(r["类别"], r["项目数"], r["核算完成率"]) for r in rows] == sorted(
        readback.categories(shot), key=lambda row: order.index(row[0])
    )
    if shot.findings:
        rows = readback.table(document, "规则")
        found = [(row["编号"], row["规则"], row["发现"]) for row in rows]
        assert found == list(readback.findings(shot))
        quotes = [quote for finding in shot.findings for quote in finding.quotes]
        assert all(quote in "".join(row["所引原文"] for row in rows) for quote in quotes)


@pytest.mark.parametrize("name", BOTH)
def test_every_document_says_whose_figures_of_which_day_by_which_rules(name):
    words = " ".join(paragraph.text for paragraph in made(name).paragraphs)
    for fact in (
        DATASET.title, "2023 年 6 月 30 日", "范围：全部", "超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30",
        FINGERPRINT[:12],
    ):  # fmt: skip
        assert fact in words
    properties = made(name).core_properties
    assert FINGERPRINT[:12] in properties.comments
    assert properties.created.date() == SHOT.period.as_of
    assert (properties.language, properties.author) == ("zh-CN", "民生实事进展")


def test_unknown_is_a_dash_and_an_empty_cell_and_never_zero():
    shot = snapshot.at(
        build.dataset(build.project(text=""), {**build.project("5.2"), "reports": {}})
    )
    document = made("docx", shot)
    assert [row["进展情况"] for row in readback.table(document, "进展情况")] == ["", ""]
    for row in readback.table(document, "指标"):
        figures = [
            row[head] for head in ("完成数", "完成数÷目标", "计入", "项目完成率", "短板", "自报")
        ]
        assert figures == ["—"] * 6
        assert row["依据"] == "无数据"


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(name, text):
    shot = snapshot.at(
        build.dataset(build.project(text=text, content=text), title=text, place=text)
    )
    row = readback.table(made(name, shot), "进展情况")[0]
    clean = text.replace("\x07", "").replace("\ufeff", "").replace("\x1b", "")
    assert row["进展情况"] == row["项目内容"] == clean


@pytest.mark.parametrize("name", BOTH)
def test_heads_repeat_and_only_short_rows_are_kept_whole(name):
    long = build.project(text="进展" * 400)
    shot = snapshot.at(build.dataset(build.project("4.1"), long))
    document = made(name, shot)
    for table in document.tables:
        head, *rows = table._tbl.tr_lst
        assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert not any(row.findall(f".//{qn('w:tblHeader')}") for row in rows)
    table = next(t for t in document.tables if t.rows[0].cells[4].text == "进展情况")
    whole = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows]
    assert whole == [True, True, False]


@pytest.mark.parametrize("name", BOTH)
def test_every_run_and_style_names_an_east_asian_font(name):
    document = made(name)
    assert readback.east_asian_fonts(document) == {fonts.TITLE, fonts.BODY, fonts.HEADING}
    known = document.styles
    for style, font, points in (
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("公文正文", "仿宋_GB2312", 16),
        ("表格文字", "仿宋_GB2312", 10.5),
    ):
        found = known[style].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert found.get(qn("w:eastAsia")) == font
        assert known[style].font.size.pt == points
    table = next(
        r.target_part.blob.decode() for r in document.part.rels.values() if "fontTable" in r.reltype
    )
    for name in (fonts.TITLE, fonts.BODY, fonts.HEADING):
        assert f'w:name="{name}"><w:altName w:val="' in table


def test_a_template_that_was_restyled_in_word_is_what_documents_look_like(monkeypatch):
    template = styles.opened()
    title = template.document.styles["Title"]
    title.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").set(qn("w:eastAsia"), "华文中宋")
    title.font.size = Pt(26)
    restyled = io.BytesIO()
    template.document.save(restyled)
    monkeypatch.setattr(styles, "_template", restyled.getvalue)
    document = made("bulletin")
    assert document.styles["Title"].font.size.pt == 26
    assert readback.east_asian_fonts(document) == {"华文中宋", fonts.BODY, fonts.HEADING}


def test_paper_and_margins_are_those_of_the_standard():
    """GB/T 9704-2012: A4, 37 mm above and 28 mm left, a type area of 156 mm by 225 mm."""
    first, *annexes = made("bulletin").sections
    assert (first.orientation, *_millimetres(first)) == (
        WD_ORIENT.PORTRAIT,
        210,
        297,
        37,
        28,
        156,
        225,
    )
    assert len(annexes) == 2
    for section in annexes:
        assert section.orientation == WD_ORIENT.LANDSCAPE
        assert _millimetres(section)[:2] == (297, 210)
        assert _millimetres(section)[4:] == (225, 156)
    assert {s.orientation for s in made("docx").sections} == {WD_ORIENT.LANDSCAPE}


def _millimetres(section):
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    each = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        width,
        height,
    )
    return tuple(round(length.mm if hasattr(length, "mm") else length / 36000) for length in each)


@pytest.mark.parametrize("name", BOTH)
def test_pages_are_numbered_on_the_outer_side(name):
    document = made(name)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        assert "".join(t.text for t in paragraph.iter(qn("w:t"))) == "— 1 —"
        assert paragraph.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val")) == side
    assert all(section.footer.is_linked_to_previous for section in list(document.sections)[1:])


def test_what_the_writer_has_to_fill_in_is_highlighted_and_nothing_else_is():
    marked = [
        run.text
        for paragraph in made("bulletin").paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is not None
    ]
    assert marked == [bulletin.ADDRESSEE, *bulletin.NEXT_GAPS, *bulletin.SIGNATURES]


@pytest.mark.parametrize("name", BOTH)
def test_libreoffice_prints_the_document_without_an_empty_page(name, to_pdf):
    pages = office.page_texts(to_pdf(export.FORMATS[name].build(SHOT), "docx"))
    assert all(len(page) > 60 for page in pages)
    assert [f"—{n}—" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    whole = "".join(pages)
    for row in SHOT.rows.values():
        assert readback.squeezed(row.content) in whole


def test_no_page_of_the_bulletin_holds_only_annexes_and_signature(to_pdf):
    """With rows to spare or to want, wherever the last lines of the text come to stand."""
    four = FOUR.read_bytes()
    for period in store.read(FOUR).dataset.periods:
        shot = snapshot.at(store.read(FOUR).dataset, period.id, hashlib.sha256(four).hexdigest())
        pages = office.page_texts(to_pdf(export.FORMATS["bulletin"].build(shot), "docx"))
        (signed,) = [page for page in pages if bulletin.SIGNATURES[-1] in page]
        assert bulletin.NEXT_GAPS[-1] in signed, period.id


def test_the_work_grows_with_the_projects_and_not_with_their_square():
    """Quadratic, as with `table.cell(r, c)`, three times the projects would be nine times the calls."""
    assert _calls(150) < 4 * _calls(50)


def _calls(count):
    """How many functions are called for a document of so many projects."""
    shot = snapshot.at(build.dataset(*(build.project(f"5.{n + 1}") for n in range(count))))
    export.FORMATS["docx"].build(shot)  # what is loaded once is no growth
    called = itertools.count()
    sys.setprofile(lambda *_: next(called) and None)
    try:
        export.FORMATS["docx"].build(shot)
    finally:
        sys.setprofile(None)
    return next(called)
