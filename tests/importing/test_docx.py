"""Word as people use it: dragged borders, struck and hidden words, comments, words around a table."""

from __future__ import annotations

import pytest
from docx import Document

import make_tables as make
from minsheng.importing import docx
from minsheng.importing.tables import Aside, AsideKind, Cell, Sheets, Table
from minsheng.model import Refused
from word_xml import HEADING, document, row, run, table


def read(*elements: str) -> Sheets:
    return docx.read(document(*elements))


def only(*elements: str) -> Table:
    (found,) = read(*elements).tables
    return found


def texts(found: Table) -> list[list[str]]:
    return [[each.text for each in line if not each.left] for line in found.lines]


def last(runs: str) -> Cell:
    """The progress of one row."""
    found = only(
        table(
            [800, 3000, 300, 1500, 4000],
            row(HEADING),
            row((("1", 1), ("新建社区食堂20家。", 2), ("区民政局", 1), (runs, 1))),
        )
    )
    return found.lines[1][-1]


def test_a_cell_whose_border_was_dragged_belongs_to_the_heading_that_it_overlaps_most():
    found = only(
        table(
            [800, 3000, 300, 1500, 4000],
            row(HEADING),
            row((("1", 1), ("新建社区食堂20家。", 2), ("区民政局", 1), ("已建成9家。", 1))),
            row((("2", 1), ("加装电梯60台。", 1), ("区住建局", 2), ("完成27台。", 1))),
        )
    )
    assert texts(found) == [
        ["序号", "项目内容", "牵头单位", "进展情况"],
        ["1", "新建社区食堂20家。", "区民政局", "已建成9家。"],
        ["2", "加装电梯60台。", "区住建局", "完成27台。"],
    ]
    assert not any(each.unsure for line in found.lines for each in line)


def test_a_merged_cell_beside_a_dragged_border_covers_the_headings_above_it():
    """The lead is merged down, and the content of the second row reaches a little into it."""
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = only(
        table(
            [800, 3000, 300, 1500, 4000],
            row(HEADING),
            row((("1", 1), ("新建食堂20家。", 2), ("区民政局", 1, restart), ("已建成9家。", 1))),
            row((("2", 1), ("新增床位300张。", 1), ("", 2, goes_on), ("已新增180张。", 1))),
        )
    )
    assert found.lines[2] == (
        Cell("2"),
        Cell("新增床位300张。"),
        Cell("区民政局", above=True),
        Cell("已新增180张。"),
    )


def test_a_cell_over_two_headings_says_that_it_reaches_over_from_the_left():
    found = only(
        table(
            [800, 3000, 300, 1500, 4000],
            row(HEADING),
            row((("1", 1), ("新建食堂20家，由区民政局牵头。", 3), ("已建成9家。", 1))),
        )
    )
    assert [(each.text[:4], each.left) for each in found.lines[1]] == [
        ("1", False),
        ("新建食堂", False),
        ("新建食堂", True),
        ("已建成9", False),
    ]


def test_a_cell_that_lies_under_two_headings_nearly_alike_is_unsure():
    """Of 3,000 the border stands 1,400 too far to the left."""
    found = only(
        table(
            [800, 1600, 1400, 1500, 4000],
            row(HEADING),
            row((("1", 1), ("新建食堂20家。", 1), ("区民政局", 2), ("已建成9家。", 1))),
        )
    )
    assert [each.unsure for each in found.lines[1]] == [False, False, True, False]


def test_two_cells_under_one_heading_in_one_row_are_kept_and_unsure():
    found = only(
        table(
            [800, 3000, 300, 1500, 4000],
            row(HEADING),
            row((("1", 1), ("新建食堂20家。", 2), ("区民政局", 1), ("已建成9家。", 1))),
            row((("2", 1), ("加装电梯", 1), ("60台。", 1), ("区住建局", 1), ("完成27台。", 1))),
            row((("3", 1), ("改造小区12个。", 2), ("区住建局", 1), ("完成4个。", 1))),
        )
    )
    assert found.lines[2][1] == Cell("加装电梯\n60台。", unsure=True)


def test_a_heading_that_every_row_divides_is_two_columns():
    heading = (("序号", 1), ("项目内容", 2), ("牵头单位", 1), ("进展情况", 1))
    found = only(
        table(
            [800, 1200, 2100, 1500, 4000],
            row(heading),
            row((("1", 1), ("食堂", 1), ("新建20家。", 1), ("区民政局", 1), ("已建成9家。", 1))),
            row((("2", 1), ("电梯", 1), ("加装60台。", 1), ("区住建局", 1), ("完成27台。", 1))),
        )
    )
    assert [each.text for each in found.lines[0]] == [
        *("序号", "项目内容", "项目内容", "牵头单位", "进展情况")
    ]
    assert [each.text for each in found.lines[1]] == [
        *("1", "食堂", "新建20家。", "区民政局", "已建成9家。")
    ]


def test_struck_hidden_and_deleted_words_stand_beside_the_text():
    found = last(
        run("已建成9家，", "<w:strike/>")
        + run("已建成11家。")
        + run("（内部：实际完成8家）", "<w:vanish/>")
        + '<w:del w:id="1" w:author="a"><w:r><w:delText>另有2家停工。</w:delText></w:r></w:del>'
        + '<w:ins w:id="2" w:author="a"><w:r><w:t>6家装修。</w:t></w:r></w:ins>'
    )
    assert found == Cell(
        "已建成11家。6家装修。",
        asides=(
            Aside(AsideKind.STRUCK, "已建成9家，"),
            Aside(AsideKind.HIDDEN, "（内部：实际完成8家）"),
            Aside(AsideKind.DELETED, "另有2家停工。"),
        ),
    )


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_a_format_that_is_switched_off_strikes_nothing_out(off):
    assert last(run("已建成9家。", f'<w:strike w:val="{off}"/>')) == Cell("已建成9家。")


def test_a_style_strikes_out_as_the_format_does():
    made = Document()
    style = made.styles.add_style("作废", 2)
    style.font.strike = True
    made.styles.add_style("作废二", 2).base_style = style
    grid = made.add_table(2, 3)
    make.fill(grid, [("项目内容", "牵头单位", "进展情况"), ("新建食堂20家。", "区民政局", "")])
    paragraph = grid.cell(1, 2).paragraphs[0]
    paragraph.add_run("已建成9家。", "作废二")
    paragraph.add_run("已建成11家。")
    (found,) = docx.read(make.saved(made)).tables
    assert found.lines[1][2] == Cell(
        "已建成11家。", asides=(Aside(AsideKind.STRUCK, "已建成9家。"),)
    )


def test_a_raised_footnote_mark_is_no_digit_of_the_figure():
    raised = '<w:vertAlign w:val="superscript"/>'
    assert last(run("已建成9家") + run("1", raised) + run("，6家装修。")) == Cell(
        "已建成9家，6家装修。", asides=(Aside(AsideKind.RAISED, "1"),)
    )
    assert last(run("改造管网120m") + run("2", raised) + run("。")).text == "改造管网120m²。"


def test_a_comment_and_a_footnote_stand_beside_the_cell_that_they_are_on():
    made = Document()
    grid = made.add_table(2, 3)
    make.fill(grid, [("项目内容", "牵头单位", "进展情况"), ("改造12个。", "区住建局", "")])
    noted = grid.cell(1, 2).paragraphs[0].add_run("完成4个。")
    made.add_comment(noted, "其中2个未验收", "甲")
    (found,) = docx.read(make.saved(made)).tables
    assert found.lines[1][2] == Cell(
        "完成4个。", asides=(Aside(AsideKind.COMMENT, "其中2个未验收"),)
    )


def test_hidden_and_deleted_rows_are_no_rows_and_are_named():
    body = (("1", 1), ("新建食堂20家。", 2), ("区民政局", 1), ("已建成9家。", 1))
    found = only(
        table(
            [800, 3000, 300, 1500, 4000],
            row(HEADING),
            row(body, "<w:hidden/>"),
            row((("2", 1), *body[1:]), '<w:del w:id="1" w:author="a"/>'),
            row((("3", 1), *body[1:])),
        )
    )
    assert [line[0].text for line in found.lines] == ["序号", "3"]
    assert found.places[1] == "第 1 个表第 4 行"
    said = "新建食堂20家。 区民政局 已建成9家。"
    assert found.asides == (
        Aside(AsideKind.HIDDEN_ROW, f"1 {said}", "第 1 个表第 2 行"),
        Aside(AsideKind.DELETED, f"2 {said}", "第 1 个表第 3 行"),
    )


def test_paragraphs_before_between_and_after_the_tables_are_kept():
    grid = [("项目内容", "进展情况"), ("新建食堂20家。", "已建成9家。")]
    made = Document()
    for words in ("2024年进展表", "一、区民政局", "二、区住建局"):
        made.add_paragraph(words)
        if words != "2024年进展表":
            make.fill(made.add_table(2, 2), grid)
    made.add_paragraph("第5项数据截至5月底，6月数据待核。")
    found = docx.read(make.saved(made))
    assert found.above == ("2024年进展表", "一、区民政局")
    assert [each.above for each in found.tables] == [(), ("二、区住建局",)]
    assert found.below == ("第5项数据截至5月底，6月数据待核。",)


def test_what_nobody_can_see_in_a_cell_is_gone():
    assert last(run("已建成\u200b9\u00ad家\ufeff，⺠政")).text == "已建成9家，民政"


def nested(depth: int) -> str:
    """Text boxes inside text boxes, each with one word."""
    inner = "".join(run(f"第{depth}层"))
    for level in range(depth - 1, 0, -1):
        box = f"<w:txbxContent><w:p>{inner}</w:p></w:txbxContent>"
        inner = f"{run(f'第{level}层')}<w:r><w:pict>{box}</w:pict></w:r>"
    return f"<w:p>{inner}</w:p>"


def test_every_text_box_is_read_once_however_deep_it_stands():
    found = read(nested(30))
    assert found.above == tuple(f"第{level}层" for level in range(1, 31))


IMPOSSIBLE = ["-1", "²", "1e9", ""]
BODY = (("1", 1), ("新建食堂20家。", 2), ("区民政局", 1), ("已建成9家。", 1))


def before(value: str) -> str:
    return row(BODY, f'<w:gridBefore w:val="{value}"/>')


@pytest.mark.parametrize("value", IMPOSSIBLE)
def test_a_grid_number_that_is_none_is_ignored(value):
    found = only(table([800, 3000, 300, 1500, 4000], row(HEADING), before(value)))
    assert texts(found)[1] == ["1", "新建食堂20家。", "区民政局", "已建成9家。"]


def test_a_grid_number_of_five_thousand_digits_is_refused_in_words():
    with pytest.raises(Refused, match="第 1 个表超过 3000 行或 63 列"):
        read(table([800], row(HEADING), before("9" * 5000)))
