"""Files to rows: the same table as text, Word and Excel is the same table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import make_tables as make
from minsheng import importing
from minsheng.dataset import store
from minsheng.importing import Row
from minsheng.model import Refused

DATASET = Path(__file__).parents[2] / "data" / "projects.yaml"
GRID = [list(make.HEADER), *make.seed_rows()]
TWICE = [*GRID[:11], list(make.HEADER), *GRID[11:]]
FORMS = {
    "text.txt": make.seed_text().encode(),
    "bom.txt": b"\xef\xbb\xbf" + make.seed_text().encode(),
    "gb18030.txt": make.seed_text().encode("gb18030"),
    "utf16.txt": make.seed_text().encode("utf-16"),
    "pasted.txt": make.pasted(GRID),
    "markdown.md": make.markdown(GRID),
    "one-table.docx": make.word([TWICE]),
    "four-tables.docx": make.word(make.seed_parts()),
    "one-sheet.xlsx": make.excel([TWICE]),
    "four-sheets.xlsx": make.excel(make.seed_parts()),
}


def read(name: str, data: bytes) -> importing.Source:
    return importing.read(name, data)


def rows(name: str, data: bytes) -> list[Row]:
    """Without the place in the source, which is what differs."""
    return [replace(row, where="") for row in read(name, data).rows]


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


AFTER = "表后说明“填报单位：区政府办公室”不是项目，没有读入。"
NO_CATEGORY = "表里没有类别一栏，各项都写作“未分类”。请在数据文件里补上。"
HEAD = "序号\t项目名称\t项目内容\t牵头单位\t进展情况"


@pytest.mark.parametrize("name", FORMS)
def test_the_seed_reads_word_for_word_from_every_form(name):
    projects = store.read(DATASET).dataset.projects
    assert [(r.category, r.content, r.leads, r.progress) for r in rows(name, FORMS[name])] == [
        (p.category, p.content, p.leads, p.reports["2023H1"].text) for p in projects
    ]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_the_seed_gives_the_same_rows_and_flags(name):
    assert rows(name, FORMS[name]) == rows("", FORMS["text.txt"])


def test_a_row_names_its_place_in_the_file():
    assert read("a.txt", FORMS["text.txt"]).rows[0].where == "第 6 行"
    assert read("a.docx", FORMS["four-tables.docx"]).rows[10].where == "第 2 个表第 2 行"
    assert read("a.xlsx", FORMS["one-sheet.xlsx"]).rows[0].where == "工作表“Sheet1”第 3 行"


def test_the_title_is_found_above_the_table_in_every_form():
    for name in ("text.txt", "one-table.docx", "four-tables.docx", "one-sheet.xlsx"):
        assert read(name, FORMS[name]).above == (make.TITLE,)


def test_a_repeated_heading_is_told_and_is_no_row():
    assert read("a.docx", FORMS["one-table.docx"]).notes == (
        "第 1 个表第 12 行是重复的表头，已略过。",
        AFTER,
    )


def test_a_table_split_without_its_heading_goes_on_under_the_last_one():
    parts = [GRID[:11], GRID[11:]]
    source = read("a.docx", make.word(parts))
    assert len(source.rows) == 29
    assert source.notes == ("第 2 个表没有表头，按上一个表的表头读取。", AFTER)


def test_a_later_sheet_of_the_same_width_without_a_heading_is_no_more_of_the_table():
    other = [["经费", "甲", "乙", "丙", "丁"], ["2022", "建公园 3 座。", "1", "2", "3"]]
    source = read("a.xlsx", make.excel([GRID, other], title="", merged=()))
    assert len(source.rows) == 29
    assert source.notes == (
        "工作表“Sheet2”没有表头，不是进展表，没有读取，内容是：经费 甲 乙 丙 丁 / 2022 建公园 3 座。 1 2 3",
    )


def test_a_later_sheet_with_the_heading_is_more_of_the_table():
    source = read("a.xlsx", make.excel([GRID[:11], [GRID[0], *GRID[11:]]], title="", merged=()))
    assert len(source.rows) == 29


def test_a_lead_merged_over_two_rows_is_the_lead_of_both():
    found = rows("a.docx", FORMS["four-tables.docx"])
    assert found[24].content == "打造数字化“未来农贸”10 家。"
    assert found[24].leads == ("区市场监管局",)
    assert "leads_from_above" in found[24].flags


def test_a_lead_is_freed_of_quotes_and_of_what_cannot_be_seen():
    data = text(HEAD, "1\t甲类\t建公园 3 座。\t“区住建局”、\u200b区教育局\ufeff\t完成 1 座。")
    source = read("", data)
    (row,) = source.rows
    assert row.leads == ("区住建局", "区教育局")
    head = importing.head(source, period="2023H1")
    assert "leads: [区住建局, 区教育局]" in importing.draft([importing.proposed(row)], head, "")


def test_a_blank_lead_in_a_new_category_is_missing_and_not_guessed():
    data = text(
        HEAD,
        "1\t甲类\t建公园 3 座。\t区教育局\t完成 1 座。",
        "2\t乙类\t建学校 2 所。\t\t完成 1 所。",
    )
    assert (rows("", data)[1].leads, rows("", data)[1].flags) == ((), ("leads_missing",))


def test_a_progress_merged_over_two_rows_belongs_to_both_and_is_flagged():
    grid = [
        list(make.HEADER),
        ["1", "甲类", "建公园 3 座。", "区住建局", "都已开工。"],
        ["", "", "建步道 2 条。", "", ""],
    ]
    for name, data in (
        ("a.docx", make.word([grid], merged=(0, 1, 3, 4))),
        ("a.xlsx", make.excel([grid], merged=(0, 1, 3, 4))),
    ):
        first, second = rows(name, data)
        assert (first.progress, second.progress) == ("都已开工。", "都已开工。")
        assert "progress_shared" in second.flags
        assert "progress_shared" not in first.flags
    assert rows("", make.pasted(grid))[1].progress == ""
    assert "progress_missing" in rows("", make.pasted(grid))[1].flags


def test_a_row_without_a_number_is_a_row():
    data = text(HEAD, "1\t甲类\t推进智慧停车。\t区住建局\t有序推进。")
    assert [row.content for row in rows("", data)] == ["推进智慧停车。"]


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("区消防救援大队 区应急管理局", ("区消防救援大队", "区应急管理局")),
        ("区住建局、区国资经营集团", ("区住建局", "区国资经营集团")),
        ("区住建局，区教育局；区民政局;区残联,区总工会", ("区住建局", "区教育局", "区民政局", "区残联", "区总工会")),
        ("区住建局\n区教育局", ("区住建局", "区教育局")),
        ("区城乡改造和\n编研中心", ("区城乡改造和编研中心",)),
        ("区 教 育 局", ("区教育局",)),
        ("区住建局（区人防办、区房管中心）、区教育局", ("区住建局（区人防办、区房管中心）", "区教育局")),
        ("区住建局、区住建局", ("区住建局",)),
        ("牵头单位：区住建局", ("区住建局",)),
        ("China Tower 温州分公司", ("China Tower", "温州分公司")),
        ("区教育局", ("区教育局",)),
        ("—", ()),
    ],
)  # fmt: skip
def test_several_leads_in_a_cell_are_parted(cell, leads):
    grid = [list(make.HEADER), ["1", "甲类", "建公园 3 座。", cell, "完成 1 座。"]]
    row = rows("a.docx", make.word([grid]))[0]
    assert row.leads == leads
    assert ("leads_split" in row.flags) == (len(leads) > 1 or "\n" in cell)


def test_supporting_bodies_named_in_the_lead_cell_go_to_the_supports():
    grid = [
        list(make.HEADER),
        ["1", "甲类", "建公园 3 座。", "牵头：区住建局\n配合：区教育局、区民政局", "完成 1 座。"],
    ]
    row = rows("a.docx", make.word([grid]))[0]
    assert (row.leads, row.supports) == (("区住建局",), ("区教育局", "区民政局"))


SYNONYMS = {
    "category": ["项目名称", "类别", "领域", "民生领域"],
    "content": ["项目内容", "目标任务", "建设内容", "2023年度目标任务", "建设 内容"],
    "leads": ["牵头单位", "责任单位", "主办单位", "牵头（责任）单位"],
    "progress": ["进展情况", "完成情况", "进度", "截至6月底进展情况", "进展情况（含存在问题）", "目标完成情况"],
    "supports": ["配合单位", "协办单位"],
    "leader": ["分管领导", "责任领导"],
    "deadline": ["完成时限", "完成时间"],
    "problems": ["存在问题", "存在问题及下一步打算"],
    "next_steps": ["下一步", "下一步工作任务", "下步打算"],
    "claimed": ["完成率", "形象进度", "完成率（%）", "进度(%)"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "role"), [(each, role) for role, words in SYNONYMS.items() for each in words]
)
def test_a_column_is_found_by_the_usual_headings(heading, role):
    heads = {"content": "项目内容", "leads": "牵头单位", "progress": "进展情况", role: heading}
    cells = {"content": "建公园 3 座。", "leads": "区住建局", "progress": "完成 1 座。"}
    data = text("\t".join(heads.values()), "\t".join(cells.get(each, "某某局") for each in heads))
    roles = {column.heading: column.role for column in read("", data).columns}
    assert roles[" ".join(heading.split())] == role


def test_the_name_of_a_project_is_the_promise_where_nothing_else_is():
    data = text("序号\t项目名称\t责任单位\t完成情况", "1\t新建公园 3 座\t区住建局\t完成 1 座。")
    row = rows("", data)[0]
    assert (row.content, row.category, row.flags) == ("新建公园 3 座", "", ())
    assert read("", data).notes == (NO_CATEGORY,)


def test_a_name_beside_category_and_content_is_kept_as_a_note():
    data = text(
        "类别\t项目名称\t项目内容\t牵头单位\t进展情况",
        "住\t口袋公园\t建公园 3 座\t区住建局\t完成 1 座",
    )
    source = read("", data)
    assert source.rows[0].other == {"项目名称": "口袋公园"}
    assert source.notes == ("“项目名称”没有对应的字段，内容写在各项的备注（notes）里。",)


def test_a_second_column_of_a_role_is_kept_and_named():
    data = text(
        "项目内容\t责任单位\t牵头单位\t进展情况", "建公园 3 座\t区城管局\t区住建局\t完成 1 座"
    )
    source = read("", data)
    assert (source.rows[0].leads, source.rows[0].other) == (("区住建局",), {"责任单位": "区城管局"})
    assert source.notes == (
        "“责任单位”一栏也像牵头单位，以“牵头单位”一栏为准，内容写在各项的备注（notes）里。",
        NO_CATEGORY,
    )


def test_columns_without_a_heading_are_kept_too():
    data = text("项目内容\t牵头单位\t进展情况\t", "建公园 3 座\t区住建局\t完成 1 座\t甲\t乙")
    assert read("", data).rows[0].other == {"第 4 列": "甲", "第 5 列": "乙"}


def test_a_heading_of_two_levels_is_read_by_its_lower_level():
    document = Document()
    table = document.add_table(3, 5)
    make.fill(
        table,
        [
            ["序号", "项目内容", "单位", "", "进展情况"],
            ["", "", "牵头单位", "配合单位", ""],
            ["1", "建公园 3 座。", "区住建局", "区教育局", "完成 1 座。"],
        ],
        merged=(),
    )
    table.cell(0, 2).merge(table.cell(0, 3)).text = "责任单位"
    for x in (0, 1, 4):
        words = table.cell(0, x).text
        table.cell(0, x).merge(table.cell(1, x)).text = words
    row = rows("a.docx", make.saved(document))[0]
    assert (row.content, row.leads, row.supports) == ("建公园 3 座。", ("区住建局",), ("区教育局",))


def test_the_title_of_a_section_becomes_the_category_of_its_rows():
    data = text(
        "项目内容\t牵头单位\t进展情况",
        "一、幼有所育\t\t",
        "新增托位 400 个\t区卫健局\t新增 40 个",
        "二、学有所教\t\t",
        "新开工学校 8 所\t区教育局\t开工 5 所",
    )
    source = read("", data)
    assert [row.category for row in source.rows] == ["幼有所育", "学有所教"]
    assert source.notes[0] == "第 2 行“一、幼有所育”是分类标题，用作下面各行的类别。"


def test_a_section_title_merged_over_the_whole_width_is_no_row():
    grid = [
        ["项目内容", "牵头单位", "进展情况"],
        ["一、幼有所育", "", ""],
        ["新增托位 400 个", "区卫健局", "新增 40 个"],
    ]
    document = Document()
    table = document.add_table(3, 3)
    make.fill(table, grid)
    table.cell(1, 0).merge(table.cell(1, 2))
    assert [(r.category, r.content) for r in rows("a.docx", make.saved(document))] == [
        ("幼有所育", "新增托位 400 个")
    ]


@pytest.mark.parametrize("line", ["合计\t\t3 座\t\t", "备注：本表数据截至 6 月底。\t\t\t\t"])
def test_totals_and_remarks_are_named_and_are_no_rows(line):
    data = text(HEAD, "1\t甲类\t建公园 3 座。\t区住建局\t完成 1 座。", line)
    source = read("", data)
    assert len(source.rows) == 1
    assert source.notes[0].startswith("第 3 行“")


def test_a_row_torn_by_line_breaks_inside_its_cells_is_put_together_and_flagged():
    data = text(
        HEAD,
        "1\t甲类\t建公园 3 座。\t区住建局",
        "区教育局\t完成 1 座。",
        "2 座在建。",
        "\t\t建步道 2 条。\t\t完成。",
    )
    first, second = rows("", data)
    assert (first.leads, first.progress) == (("区住建局", "区教育局"), "完成 1 座。\n2 座在建。")
    assert "lines_joined" in first.flags
    assert (second.content, second.progress) == ("建步道 2 条。", "完成。")
    assert "lines_joined" not in second.flags


def test_a_remark_below_a_text_is_not_joined_to_the_last_row():
    data = text(HEAD, "1\t甲类\t建公园 3 座。\t区住建局\t完成 1 座。", "注：数据截至 6 月底。")
    source = read("", data)
    assert source.rows[0].progress == "完成 1 座。"
    assert source.notes == ("第 3 行“注：数据截至 6 月底。”不是项目，没有读入。",)


def test_bars_without_edges_may_begin_with_an_empty_cell():
    data = text(
        "项目名称|项目内容|牵头单位|进展情况",
        "甲类|建公园 3 座|区住建局|完成 1 座",
        "|建步道 2 条||完成",
    )
    assert [(r.category, r.content) for r in rows("", data)] == [
        ("甲类", "建公园 3 座"),
        ("甲类", "建步道 2 条"),
    ]


def test_a_file_of_commas_is_read_too():
    data = '序号,项目内容,牵头单位,进展情况\n1,"建公园 3 座, 步道 2 条",区住建局,"完成""1""座"\n'.encode(
        "utf-8-sig"
    )
    assert [(r.content, r.progress) for r in rows("a.csv", data)] == [
        ("建公园 3 座, 步道 2 条", '完成"1"座')
    ]


def test_quotation_marks_of_prose_stay():
    data = text(HEAD, '1\t甲类\t"共享社"单元 3 个\t区住建局\t"完成"')
    row = rows("", data)[0]
    assert (row.content, row.progress) == ('"共享社"单元 3 个', '"完成"')


def test_a_progress_table_inside_another_table_is_found():
    document = Document()
    outer = document.add_table(1, 1)
    inner = outer.cell(0, 0).add_table(len(GRID), 5)
    make.fill(inner, GRID, (0, 1, 3))
    source = read("a.docx", make.saved(document))
    assert len(source.rows) == 29
    assert source.rows[0].where == "第 2 个表第 2 行"


def test_a_small_table_inside_a_cell_is_part_of_the_cells_text():
    document = Document()
    table = document.add_table(2, 3)
    make.fill(table, [["项目内容", "牵头单位", "进展情况"], ["建公园 3 座", "区住建局", "其中："]])
    make.fill(table.cell(1, 2).add_table(2, 2), [["东园", "完工"], ["西园", "在建"]])
    assert rows("a.docx", make.saved(document))[0].progress == "其中：\n东园 完工\n西园 在建"


def test_tracked_changes_are_read_as_accepted_and_told():
    grid = [["项目内容", "牵头单位", "进展情况"], ["建公园 3 座", "区住建局", "完成 1 座"]]
    document = Document()
    table = document.add_table(2, 3)
    make.fill(table, grid)
    paragraph = table.cell(1, 2).paragraphs[0]
    old = paragraph.runs[0]._r
    new = paragraph.add_run("完成 2 座")._r
    for tag, run in (("del", old), ("ins", new)):
        wrap = paragraph._p.makeelement(f"{{{paragraph._p.nsmap['w']}}}{tag}", {})
        paragraph._p.replace(run, wrap)
        wrap.append(run)
    source = read("a.docx", make.saved(document))
    assert source.rows[0].progress == "完成 2 座"
    assert source.notes == (NO_CATEGORY, "文档里有修订痕迹，按全部接受读取。")


def test_other_tables_of_the_document_are_named_and_left():
    grid = [["项目内容", "牵头单位", "进展情况"], ["建公园 3 座", "区住建局", "完成 1 座"]]
    data = make.word([[["姓名", "电话"], ["张三", "88"]], grid])
    source = read("a.docx", data)
    assert len(source.rows) == 1
    assert source.notes == (
        NO_CATEGORY,
        "第 1 个表没有表头，不是进展表，没有读取，内容是：姓名 电话 / 张三 88",
        AFTER,
    )


def test_numbers_percents_and_dates_of_excel_are_read_as_shown(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["序号", "项目内容", "牵头单位", "完成率", "完成时限", "进展情况"])
    sheet.write_row(1, 0, [1, "建公园 3 座", "区住建局"])
    sheet.write_number(1, 3, 0.655, book.add_format({"num_format": "0.0%"}))
    sheet.write_datetime(
        1,
        4,
        dt.datetime(2023, 11, 30),
        book.add_format({"num_format": "yyyy-mm-dd"}),
    )
    sheet.write_formula(1, 5, '="完成"&1&"座"', None, "完成1座")
    hidden = book.add_worksheet("旧")
    hidden.write_row(0, 0, ["项目内容", "进展情况"])
    hidden.hide()
    book.close()
    source = read("a.xlsx", path.read_bytes())
    row = source.rows[0]
    assert (row.serial, row.claimed, row.deadline, row.progress) == (
        "1",
        "65.5%",
        "2023-11-30",
        "完成1座",
    )
    assert source.notes == (NO_CATEGORY, "工作表“旧”是隐藏的，没有读取。")


def test_a_formula_without_a_stored_result_is_told(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["项目内容", "牵头单位", "进展情况"])
    book.active.append(["建公园 3 座", "区住建局", '="完成"&1'])
    book.save(tmp_path / "a.xlsx")
    source = read("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert source.rows[0].progress == ""
    assert source.notes == (
        NO_CATEGORY,
        "工作表“Sheet”有 1 个公式没有保存计算结果，读作空白。请在 Excel 里打开、保存后再导入。",
    )


WORDS = st.text(
    st.sampled_from("建公园座完成已区局0123456789 ,，。；\"'|\\<>&%=+-@\n\t#:：“”《》𠀀é"), min_size=1, max_size=30
).map(str.strip).filter(bool)  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.just("1"),
        WORDS.filter(lambda w: "\n" not in w).map("甲{}类".format),
        WORDS.map("新建{}公园。".format),
        st.just("区住建局"),
        WORDS.map("已{}建成。".format),
    ),
    min_size=1,
    max_size=6,
)


def kept(found: list[Row]) -> list[tuple[str, str]]:
    return [(row.content, row.progress) for row in found]


@settings(max_examples=40)
@given(ROWS)
def test_any_grid_reads_the_same_from_every_form_and_no_row_is_lost(grid):
    table = [list(make.HEADER), *[list(row) for row in grid]]
    expected = [(row[2], row[4]) for row in grid]
    assert kept(rows("a.docx", make.word([table], merged=()))) == expected
    assert kept(rows("a.xlsx", make.excel([table], merged=()))) == expected
    assert kept(rows("a.txt", make.pasted(table))) == expected


@settings(max_examples=40)
@given(ROWS.filter(lambda rows: not any("\\" in cell for row in rows for cell in row)))
def test_any_grid_without_backslashes_reads_the_same_from_markdown(grid):
    table = [list(make.HEADER), *[list(row) for row in grid]]
    assert kept(rows("a.md", make.markdown(table))) == [(row[2], row[4]) for row in grid]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_merged_cells_read_as_the_blank_cells_below_them(blank):
    grid = [list(make.HEADER)]
    for at, (serial, lead, category) in enumerate(blank):
        first = at == 0
        grid.append(
            [
                "" if serial and not first else str(at + 1),
                "" if category and not first else f"类别{at}",
                f"建公园 {at + 1} 座。",
                "" if lead and not first else f"区{at}局",
                "完成。",
            ]
        )
    merged = rows("a.docx", make.word([grid]))
    assert merged == rows("a.xlsx", make.excel([grid]))
    assert [row.category for row in merged] == [row.category for row in rows("", make.pasted(grid))]


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_a_sentence(data):
    with pytest.raises(Refused, match=r"。$"):
        read("a.txt", data)
