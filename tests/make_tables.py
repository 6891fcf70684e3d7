"""The seed's table as people send it: a text, a Word file, an Excel file, with merged cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from docx import Document
from docx.table import Table

SEED = Path(__file__).parent / "data" / "lucheng-2023-half-year.txt"
TITLE = "2023 年鹿城区政府民生实项目半年度进展表"
HEADER = ("序号", "项目名称", "项目内容", "牵头单位", "进展情况")

Grid = Sequence[Sequence[str]]


def seed_text() -> str:
    return SEED.read_text(encoding="utf-8")


def seed_rows() -> list[list[str]]:
    """The 29 printed rows, merged cells blank below their first, without headings."""
    rows = [line.split("\t") for line in seed_text().splitlines()]
    return [row for row in rows if len(row) == 5 and row[0] != HEADER[0]]


def seed_parts() -> list[list[list[str]]]:
    """The four tables as printed, each with its heading."""
    parts: list[list[list[str]]] = []
    for block in re.split(r"\n\s*\n", seed_text().strip()):
        lines = [line.split("\t") for line in block.splitlines()]
        rows = [line for line in lines if len(line) == 5 and line[0] != HEADER[0]]
        if rows:
            parts.append([list(HEADER), *rows])
    return parts


def word(
    tables: Sequence[Grid],
    before: Sequence[str] = (TITLE,),
    after: Sequence[str] = ("填报单位：区政府办公室",),
    merged: Sequence[int] = (0, 1, 3),
) -> bytes:
    """Cells of the columns `merged` that are blank are merged with the one above, as printed."""
    document = Document()
    for line in before:
        document.add_paragraph(line)
    for number, grid in enumerate(tables):
        if number:
            document.add_paragraph("")
        fill(document.add_table(len(grid), len(grid[0])), grid, merged)
    for line in after:
        document.add_paragraph(line)
    return saved(document)


def fill(table: Table, grid: Grid, merged: Sequence[int] = ()) -> None:
    for y, row in enumerate(grid):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    for x in (each for each in merged if each < len(grid[0])):
        top = 0
        for y in range(1, len(grid) + 1):
            if y < len(grid) and not grid[y][x]:
                continue
            if y - top > 1:
                table.cell(top, x).merge(table.cell(y - 1, x)).text = grid[top][x]
            top = y


def saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def excel(sheets: Sequence[Grid], title: str = TITLE, merged: Sequence[int] = (0, 1, 3)) -> bytes:
    """A title row over the whole width, then the table; blank cells of `merged` as in `word`."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_numbers": False})
    for grid in sheets:
        sheet = book.add_worksheet()
        if title:
            sheet.merge_range(0, 0, 0, len(grid[0]) - 1, title)
        first = 1 if title else 0
        for y, row in enumerate(grid):
            for x, text in enumerate(row):
                if text:
                    sheet.write_string(y + first, x, text)
        for x in (each for each in merged if each < len(grid[0])):
            top = 0
            for y in range(1, len(grid) + 1):
                if y < len(grid) and not grid[y][x]:
                    continue
                if y - top > 1:
                    sheet.merge_range(top + first, x, y - 1 + first, x, grid[top][x])
                top = y
    book.close()
    return made.getvalue()


def pasted(grid: Grid) -> bytes:
    """As Excel puts cells on the clipboard: tabs, and quotes where a cell needs them."""
    made = io.StringIO()
    csv.writer(made, dialect="excel-tab", lineterminator="\n").writerows(grid)
    return made.getvalue().encode()


def markdown(grid: Grid) -> bytes:
    lines = [[cell.replace("|", "\\|").replace("\n", "<br>") for cell in row] for row in grid]
    lines.insert(1, ["---"] * len(grid[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).encode()
