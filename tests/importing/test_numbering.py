"""Automatic numbers of Word, as they are printed."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import make_tables as make
from minsheng.importing import docx, numbering
from office import converted


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (7, "decimal", "7"),
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (103, "chineseCounting", "一百零三"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "ideographTraditional", "乙"),
        (27, "lowerLetter", "aa"),
        (4, "upperRoman", "IV"),
        (5, "unheardOf", "5"),
        (0, "chineseCounting", "0"),
    ],
)
def test_a_counter_in_its_form(number, form, printed):
    assert numbering.written(number, form) == printed


LEVEL = (
    '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
)
LISTS = (
    '<w:abstractNum {} w:abstractNumId="77">'
    + LEVEL.format(0, 1, "decimal", "%1")
    + "</w:abstractNum>",
    '<w:abstractNum {} w:abstractNumId="78">'
    + LEVEL.format(0, 1, "chineseCounting", "（%1）")
    + LEVEL.format(1, 3, "decimal", "%2.")
    + "</w:abstractNum>",
    '<w:num {} w:numId="77"><w:abstractNumId w:val="77"/></w:num>',
    '<w:num {} w:numId="78"><w:abstractNumId w:val="78"/></w:num>',
)


def numbered() -> bytes:
    """序号 counts by itself, and so do the parts of the progress."""
    made = Document()
    root = made.part.numbering_part.element
    for each in LISTS:
        element = parse_xml(each.format(nsdecls("w")))
        root.append(element) if "w:num " in each else root.insert(0, element)
    grid = [("序号", "项目内容", "进展情况"), ("", "新建食堂20家。", ""), ("", "加装60台。", "")]
    table = made.add_table(3, 3)
    make.fill(table, grid)

    def count(paragraph, list_: int, level: int = 0) -> None:
        marks = (
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'
        )
        paragraph._p.get_or_add_pPr().append(parse_xml(marks))

    for y in (1, 2):
        count(table.cell(y, 0).paragraphs[0], 77)
        cell = table.cell(y, 2)
        cell.paragraphs[0].add_run("东湖街道建成4家。")
        count(cell.paragraphs[0], 78)
        count(cell.add_paragraph("一处在装修。"), 78, 1)
        count(cell.add_paragraph("北山镇建成1家。"), 78)
    return make.saved(made)


PRINTED = [
    ["1", "新建食堂20家。", "（一）东湖街道建成4家。\n3.一处在装修。\n（二）北山镇建成1家。"],
    ["2", "加装60台。", "（三）东湖街道建成4家。\n3.一处在装修。\n（四）北山镇建成1家。"],
]


def test_automatic_numbers_are_read_as_they_are_printed():
    (found,) = docx.read(numbered()).tables
    assert [[cell.text for cell in line] for line in found.lines[1:]] == PRINTED


@pytest.mark.office
def test_automatic_numbers_of_libreoffice_are_the_same(tmp_path):
    (found,) = docx.read(converted(numbered(), "docx", "docx", tmp_path)).tables
    assert [[cell.text for cell in line] for line in found.lines[1:]] == PRINTED


def test_a_bullet_is_no_number_and_a_list_that_is_not_there_counts_nothing():
    made = Document()
    made.add_paragraph("东湖街道", "List Bullet")
    paragraph = made.add_paragraph("北山镇")
    marks = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="4242"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(marks))
    assert docx.read(make.saved(made)).above == ("东湖街道", "北山镇")
