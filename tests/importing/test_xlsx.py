"""Excel as people use it: hidden parts, comments, struck words, numbers as they are shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from minsheng.importing import xlsx
from minsheng.importing.tables import Aside, AsideKind, Cell, Table
from office import converted

GRID = (
    ("序号", "项目内容", "牵头单位", "上期进展情况", "进展情况"),
    ("1", "新建社区食堂20家。", "区民政局", "已建成4家。", "已建成13家。"),
    ("2", "加装电梯60台。", "区住建局", "完成9台。", "完成27台。"),
)
PLACE = "工作表“Sheet1”"


def written(change: Callable[[Any, Any], None]) -> bytes:
    """By XlsxWriter: the grid, then what `change` does to book and sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")
    for y, row in enumerate(GRID):
        for x, text in enumerate(row):
            sheet.write_string(y, x, text)
    change(book, sheet)
    book.close()
    return made.getvalue()


def by_openpyxl(change: Callable[[Any], None]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in GRID:
        sheet.append(row)
    change(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def only(data: bytes) -> Table:
    (found,) = xlsx.read(data).tables
    return found


def test_a_hidden_column_is_no_column_and_is_named_with_its_words():
    for data in (
        written(lambda _, sheet: sheet.set_column(3, 3, None, None, {"hidden": True})),
        by_openpyxl(lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True)),
    ):
        found = only(data)
        assert [cell.text for cell in found.lines[0]] == [*GRID[0][:3], "进展情况"]
        assert found.asides == (
            Aside(AsideKind.HIDDEN_COLUMN, "上期进展情况 已建成4家。 完成9台。", f"{PLACE} D 列"),
        )


def test_a_hidden_row_is_no_row_and_the_others_keep_their_numbers():
    for data in (
        written(lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True})),
        by_openpyxl(lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True)),
    ):
        found = only(data)
        assert [line[0].text for line in found.lines] == ["序号", "2"]
        assert found.places == (f"{PLACE}第 1 行", f"{PLACE}第 3 行")
        said = "1 新建社区食堂20家。 区民政局 已建成4家。 已建成13家。"
        assert found.asides == (Aside(AsideKind.HIDDEN_ROW, said, f"{PLACE}第 2 行"),)


def test_a_sheet_with_nothing_hidden_has_no_asides():
    assert only(written(lambda *_: None)).asides == ()


def test_a_merged_cell_whose_first_row_is_hidden_begins_where_it_is_seen():
    def change(_: Any, sheet: Any) -> None:
        sheet.merge_range(1, 2, 2, 2, "区民政局")
        sheet.set_row(1, None, None, {"hidden": True})

    assert only(written(change)).lines[1][2] == Cell("区民政局")


def test_a_comment_stands_beside_its_cell_and_one_beside_the_table_is_named():
    def change(_: Any, sheet: Any) -> None:
        sheet.write_comment("E2", "其中4家未验收，不算")
        sheet.write_comment("H9", "目标调为50台")

    def change_too(sheet: Any) -> None:
        sheet["E2"].comment = Comment("其中4家未验收，不算", "甲")
        sheet["H9"].comment = Comment("目标调为50台", "甲")

    for data in (written(change), by_openpyxl(change_too)):
        found = only(data)
        assert found.lines[1][4] == Cell(
            "已建成13家。", asides=(Aside(AsideKind.COMMENT, "其中4家未验收，不算"),)
        )
        assert found.asides == (Aside(AsideKind.COMMENT, "目标调为50台", f"{PLACE} H9 格"),)


def test_struck_words_of_a_cell_and_a_struck_cell_are_no_text():
    def change(book: Any, sheet: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        sheet.write_rich_string("E2", struck, "已建成9家，", "已建成13家。")
        sheet.write_string("E3", "完成27台。", struck)

    def change_too(sheet: Any) -> None:
        struck = TextBlock(InlineFont(strike=True), "已建成9家，")
        sheet["E2"] = CellRichText(struck, "已建成13家。")
        sheet["E3"].font = Font(strike=True)

    for data in (written(change), by_openpyxl(change_too)):
        cells = [line[4] for line in only(data).lines[1:]]
        assert cells == [
            Cell("已建成13家。", asides=(Aside(AsideKind.STRUCK, "已建成9家，"),)),
            Cell("", asides=(Aside(AsideKind.STRUCK, "完成27台。"),)),
        ]


def test_a_number_is_read_as_it_is_shown_and_says_its_format():
    def change(book: Any, sheet: Any) -> None:
        sheet.write_number("E2", 13, book.add_format({"num_format": '"已建成"0"家"'}))
        sheet.write_number("E3", 0.4533, book.add_format({"num_format": "0%"}))

    found = only(written(change))
    assert found.lines[1][4] == Cell("已建成13家", form='"已建成"0"家"')
    assert found.lines[2][4] == Cell("45%", form="0%")


def test_a_number_whose_format_shows_nothing_is_hidden():
    def change(book: Any, sheet: Any) -> None:
        sheet.write_number("E2", 13, book.add_format({"num_format": ";;;"}))

    cell = only(written(change)).lines[1][4]
    assert cell == Cell("", asides=(Aside(AsideKind.HIDDEN, "13"),), form=";;;")


def test_a_line_break_that_excel_wrote_as_a_code_is_a_line_break():
    data = by_openpyxl(lambda sheet: sheet.__setitem__("E2", "已建成9家，_x000D_\n6家装修。\u200b"))
    assert only(data).lines[1][4].text == "已建成9家，\n6家装修。"


@pytest.mark.office
def test_a_workbook_that_libreoffice_saved_has_the_same_hidden_parts_and_comments(tmp_path):
    def change(book: Any, sheet: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        sheet.write_rich_string("E2", struck, "已建成9家，", "已建成13家。")
        sheet.write_comment("E3", "其中4台未验收")
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": False})

    found = only(converted(written(change), "xlsx", "xlsx", tmp_path))
    assert [cell.text for cell in found.lines[0]] == [*GRID[0][:3], "进展情况"]
    assert found.lines[1][3] == Cell(
        "已建成13家。", asides=(Aside(AsideKind.STRUCK, "已建成9家，"),)
    )
    assert [each.kind for each in found.lines[2][3].asides] == [AsideKind.COMMENT]
    assert "其中4台未验收" in found.lines[2][3].asides[0].text
    assert found.asides[0].text == "上期进展情况 已建成4家。 完成9台。"
