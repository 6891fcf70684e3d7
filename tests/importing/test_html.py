"""Web pages and XML that office systems send as .xls or .doc."""

from __future__ import annotations

import pytest

import make_tables as make
from minsheng import importing
from minsheng.importing import html, package, xml2003
from minsheng.importing.tables import Aside, AsideKind, Cell, Table
from minsheng.model import Refused
from office import converted

HEADING = "<tr><th>序号<th>项目内容<th>牵头单位<th>进展情况</tr>"
ROWS = (
    "<tr><td>1<td>新建社区食堂20家。<td rowspan=2>区民政局<td>已建成9家。</tr>"
    "<tr><td>2<td>新增养老床位300张。<td>已新增180张。</tr>"
)
WHERE = "第 1 个表"


def only(page: str) -> Table:
    (found,) = html.read(page.encode()).tables
    return found


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in line] for line in found.lines]


def test_a_cell_over_two_rows_stands_in_both_and_nothing_slides():
    found = only(f"<table>{HEADING}{ROWS}</table>")
    assert found.lines[2] == (
        Cell("2"),
        Cell("新增养老床位300张。"),
        Cell("区民政局", above=True),
        Cell("已新增180张。"),
    )
    assert found.places[2] == "第 1 个表第 3 行"


def test_a_title_over_all_columns_is_one_cell():
    found = only(f"<table><tr><td colspan=4>2024年进展表</tr>{HEADING}{ROWS}</table>")
    assert [cell.text for cell in found.lines[0] if not cell.left] == ["2024年进展表"]
    assert texts(found)[1] == ["序号", "项目内容", "牵头单位", "进展情况"]


def test_words_before_between_and_after_the_tables_are_kept():
    table = f"<table>{HEADING}{ROWS}</table>"
    found = html.read(f"<h1>标题</h1>{table}<p>二、区住建局{table}第5项数据待核<br>完".encode())
    assert found.above == ("标题",)
    assert [each.above for each in found.tables] == [(), ("二、区住建局",)]
    assert found.below == ("第5项数据待核", "完")


def test_a_break_of_the_source_is_no_break_of_the_text():
    page = f"<table>{HEADING}<tr><td>1<td>新建社区\n   食堂20家。<td>区民政局<td>已建成9家，<br>6家 装修。</tr></table>"
    line = only(page).lines[1]
    assert (line[1].text, line[3].text) == ("新建社区食堂20家。", "已建成9家，\n6家 装修。")


def test_struck_hidden_and_raised_words_stand_beside_the_text():
    cell = (
        "<s>已建成9家，</s>已建成11家<sup>1</sup>。<span style='display:none'>内部：8家</span>"
        "<span style='text-decoration: line-through'>作废</span>占地120m<sup>2</sup>"
    )
    found = only(f"<table>{HEADING}<tr><td>1<td>新建20家。<td>区民政局<td>{cell}</table>")
    assert found.lines[1][3] == Cell(
        "已建成11家。占地120m²",
        asides=(
            Aside(AsideKind.STRUCK, "已建成9家，作废"),
            Aside(AsideKind.RAISED, "1"),
            Aside(AsideKind.HIDDEN, "内部：8家"),
        ),
    )


def test_hidden_rows_and_columns_are_named():
    found = only(
        "<table><col><col><col style='display:none'><col>" + HEADING
        + "<tr style='display:none'><td>1<td>新建20家。<td>区民政局<td>完成9家。"
        + "<tr><td>2<td>加装60台。<td>区住建局<td>完成27台。</table>"
    )  # fmt: skip
    assert texts(found) == [["序号", "项目内容", "进展情况"], ["2", "加装60台。", "完成27台。"]]
    assert found.asides == (
        Aside(AsideKind.HIDDEN_COLUMN, "牵头单位", f"{WHERE}第 1 行"),
        Aside(AsideKind.HIDDEN_ROW, "1 新建20家。 区民政局 完成9家。", f"{WHERE}第 2 行"),
        Aside(AsideKind.HIDDEN_COLUMN, "区住建局", f"{WHERE}第 3 行"),
    )


def test_a_progress_table_inside_a_page_that_is_laid_out_by_tables():
    found = html.read(f"<table><tr><td>办公系统<td><table>{HEADING}{ROWS}</table></table>".encode())
    assert [texts(each)[0] for each in found.tables] == [
        ["办公系统", ""],
        ["序号", "项目内容", "牵头单位", "进展情况"],
    ]


def test_a_small_table_in_a_cell_is_words_of_the_cell():
    small = "<table><tr><td>东湖街道<td>3家<tr><td>北山镇<td>1家</table>"
    found = only(
        f"<table>{HEADING}<tr><td>1<td>新建20家。<td>区民政局<td>已建成4家。{small}</table>"
    )
    assert found.lines[1][3].text == "已建成4家。\n东湖街道 3家\n北山镇 1家"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8", "utf-16", "big5-hkscs"])
def test_the_encoding_is_the_one_that_the_page_declares(charset):
    page = f'<meta charset="{charset}"><table>{HEADING}{ROWS}</table>'
    page = page.replace("养", "養") if charset == "big5-hkscs" else page
    page = (
        page.translate(str.maketrans("项进况内单牵头", "項進況內單牽頭"))
        if "big5" in charset
        else page
    )
    found = html.read(page.encode({"gb2312": "gb18030"}.get(charset, charset), "ignore"))
    assert len(found.tables[0].lines) == 3
    assert found.tables[0].lines[1][0].text == "1"


def test_script_and_style_are_no_words():
    page = (
        f"<style>td{{color:red}}</style><script>var a='表';</script><table>{HEADING}{ROWS}</table>"
    )
    assert html.read(page.encode()).above == ()


def test_a_page_saved_as_one_file():
    page = f"<html><body><table>{HEADING}{ROWS}</table></body></html>"
    mail = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{page}\r\n--x--\r\n"
    )
    assert len(importing.read("表.mht", mail.encode()).rows) == 2


def test_spans_beyond_any_table_are_refused_in_words():
    with pytest.raises(Refused, match="超过 3000 行或 200 列"):
        only(f"<table>{HEADING}<tr><td colspan=99999>一</table>")
    found = only(
        f"<table>{HEADING}<tr><td rowspan=999999999>1<td>新建20家。<td>区民政局<td>好</table>"
    )
    assert len(found.lines) == 2


@pytest.mark.parametrize("opened", ["<div>" * 100_000, "<table><tr><td>" * 1000])
def test_a_page_deeper_than_the_parser_goes_is_refused_and_not_cut(opened):
    table = f"<table>{HEADING}{ROWS}</table>"
    with pytest.raises(Refused, match="已损坏"):
        html.read(f"{table}{opened}{table}".encode())


@pytest.mark.parametrize("name", ["表.xls", "表.doc", "表.html", ""])
def test_a_page_is_read_under_any_name(name):
    page = f"<p>2024年进展表<table>{HEADING}{ROWS}</table>"
    assert [row.progress for row in importing.read(name, page.encode()).rows] == [
        *("已建成9家。", "已新增180张。")
    ]


GRID = [list(make.HEADER), *make.seed_rows()]


@pytest.mark.office
@pytest.mark.parametrize(
    ("data", "ending", "to"),
    [
        (make.excel([GRID]), "xlsx", "html"),
        (make.word([GRID]), "docx", "html"),
    ],
    ids=["calc", "writer"],
)
def test_what_libreoffice_saves_as_a_page_holds_the_seed(data, ending, to, tmp_path):
    made = converted(data, ending, to, tmp_path)
    assert package.kind("表.xls", made) == "html"
    rows = importing.read("表.xls", made).rows
    known = importing.read("", make.seed_text().encode()).rows
    assert [("".join(r.content.split()), r.leads) for r in rows] == [
        ("".join(r.content.split()), r.leads) for r in known
    ]
    assert ["".join(r.progress.split()) for r in rows] == [
        "".join(r.progress.split()) for r in known
    ]


XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>
<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="进展"><Table><Column/><Column/><Column ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="4"><Data ss:Type="String">2024年进展表</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">序号</Data></Cell><Cell><Data ss:Type="String">项目内容</Data></Cell>
<Cell><Data ss:Type="String">上期</Data></Cell><Cell><Data ss:Type="String">牵头单位</Data></Cell><Cell><Data ss:Type="String">完成率</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">新建20家。</Data></Cell>
<Cell ss:Index="4" ss:MergeDown="1"><Data ss:Type="String">区民政局</Data><Comment><ss:Data>代管</ss:Data></Comment></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.45</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">2</Data></Cell><Cell ss:StyleID="s"><Data ss:Type="String">作废</Data></Cell><Cell ss:Index="5"><Data ss:Type="String">好</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="Number">3</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_xml_of_2003_says_the_same_as_a_workbook():
    (found,) = xml2003.read(XML.encode()).tables
    assert texts(found)[2:] == [
        ["序号", "项目内容", "牵头单位", "完成率"],
        ["1", "新建20家。", "区民政局", "45%"],
        ["2", "", "区民政局", "好"],
    ]
    assert found.lines[3][2].asides == (Aside(AsideKind.COMMENT, "代管"),)
    assert found.lines[4][1].asides == (Aside(AsideKind.STRUCK, "作废"),)
    assert [(each.kind, each.text) for each in found.asides] == [
        (AsideKind.HIDDEN_COLUMN, "上期"),
        (AsideKind.HIDDEN_ROW, "3"),
    ]


def test_xml_with_definitions_of_its_own_is_refused():
    bomb = XML.replace("?>\n<Workbook", '?>\n<!DOCTYPE a [<!ENTITY b "c">]><Workbook')
    with pytest.raises(Refused, match="DTD"):
        xml2003.read(bomb.encode())
