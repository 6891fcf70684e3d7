"""Workbooks, pages and texts as people mangle them."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ugly import (
    BEDS,
    CANTEENS,
    HEADINGS,
    LIFTS,
    TITLE,
    Ugly,
    excel,
    sheet,
    text,
    told,
    write,
)


def _hidden_month(_: Workbook, into: Worksheet) -> None:
    lines = [
        ("序号", "项目内容", "牵头单位", "5月进展", "6月进展"),
        (1, CANTEENS[1], CANTEENS[2], "已建成4家。", CANTEENS[3]),
        (2, BEDS[1], BEDS[2], "已新增90张。", BEDS[3]),
    ]
    write(into, lines)
    into.column_dimensions["D"].hidden = True
    into["E3"].comment = Comment("含试运营", "王")


def _hidden_row(_: Workbook, into: Worksheet) -> None:
    lines = [
        ("序号", "项目内容", "目标数", "牵头单位", "累计完成", "完成率"),
        (1, "新建社区食堂（家）", 20, "区民政局", 9, 0.45),
        (2, "加装电梯（台）", 60, "区住建局", 27, 0.45),
        (3, "改造公厕（座）", 30, "区城管局", 12, 0.4),
    ]
    write(into, lines)
    for at in (3, 4, 5):
        into[f"F{at}"].number_format = "0.0%"
    into.row_dimensions[4].hidden = True
    into["E5"].font = Font(strike=True)


# 13. Several sheets.


def _months(names: Sequence[str], progress: Sequence[str | None], hidden: str = "") -> bytes:
    def fill(book: Workbook, first: Worksheet) -> None:
        book.remove(first)
        for name, done in zip(names, progress, strict=True):
            into = book.create_sheet(name)
            lines = [HEADINGS, (*CANTEENS[:3], done)]
            write(into, lines, "2024年青禾区民生实事项目进展表")
            into.sheet_state = "hidden" if name == hidden else "visible"

    return excel(fill)


_HTML = f"""<html><head><meta charset="gb2312"></head><body><table border=1>
<tr><td colspan=5>{TITLE}</td></tr>
<tr><th>类别</th><th>序号</th><th>项目内容</th><th>责任单位</th><th>进展情况</th></tr>
<tr><td rowspan=2>老有所养</td><td>1</td><td>{CANTEENS[1]}</td><td rowspan="2">区民政局</td>
<td>{CANTEENS[3]}</td></tr>
<tr><td>2</td><td>{BEDS[1]}</td><td>{BEDS[3]}</td></tr>
<tr><td>住有所居</td><td>3</td><td>{LIFTS[1]}</td><td>区住建局</td><td>{LIFTS[3]}</td></tr>
</table></body></html>"""

_SEMICOLONS = "\r\n".join(
    (
        f'"{TITLE}";;;',
        ";".join(HEADINGS),
        ";".join(CANTEENS),
        '2;"新增养老床位300张\n（含护理型）";区卫健局;"已新增180张;其余在建"',
        "",
    )
)

SHEETS = {
    "plan and actual under investment": Ugly(
        2,
        "a.xlsx",
        sheet(
            ("序号", "项目内容", "牵头单位", "投资（万元）", "", "进展情况"),
            ("", "", "", "计划", "实际", ""),
            (1, CANTEENS[1], CANTEENS[2], 1200, 600, CANTEENS[3]),
        ),
        [told(CANTEENS, planned=1200, paid=600, other={}, claimed="")],
    ),
    "plan and actual of two quarters": Ugly(
        2,
        "a.xlsx",
        sheet(
            ("序号", "项目内容", "责任单位", "一季度", "", "二季度", ""),
            ("", "", "", "计划", "实际", "计划", "实际"),
            (*CANTEENS[:3], "建成2家", "已建成2家。", "建成10家", CANTEENS[3]),
            title="2024年青禾区民生实事项目进展情况表",
        ),
        [
            told(
                CANTEENS,
                plans=[(3, "建成2家"), (6, "建成10家")],
                earlier=[(3, "已建成2家。")],
            )
        ],
    ),
    "four quarters of which two are over": Ugly(
        2,
        "a.xlsx",
        sheet(
            (*HEADINGS[:3], *(f"{each}季度完成情况" for each in "一二三四")),
            (*CANTEENS[:3], "已建成2家。", CANTEENS[3], "", ""),
            (*LIFTS[:3], "完成10台。", LIFTS[3], "", ""),
            title="2024年青禾区民生实事项目进展情况表",
        ),
        [told(CANTEENS, earlier=[(3, "已建成2家。")]), told(LIFTS, earlier=[(3, "完成10台。")])],
    ),
    "what is new in the period beside the sum, of nothing named": Ugly(
        2,
        "a.xlsx",
        sheet(
            (*HEADINGS[:3], "本期新增", "累计", "完成率"),
            (*CANTEENS[:3], 2, 9, "45%"),
        ),
        [{"content": CANTEENS[1], "done": "9", "this_period": "2", "claimed": "45%"}],
    ),
    "a heading written over each of its columns": Ugly(
        3,
        "a.xlsx",
        sheet(
            ("序号", "项目内容", "责任单位", "责任单位", "进展情况"),
            ("", "", "牵头", "配合", ""),
            (*CANTEENS[:3], "各街道", CANTEENS[3]),
        ),
        [told(CANTEENS, supports=("各街道",))],
    ),
    "two levels in other words": Ugly(
        3,
        "a.xlsx",
        sheet(
            ("序号", "民生实事项目", "", "责任分工", "", "落实情况", "", "备注"),
            ("", "项目名称", "年度任务", "主办", "协办", "具体进展", "完成比例", ""),
            ("1", "社区食堂", "新建20家", "区民政局", "各街道", "已建成9家。", "45%", "省级"),
        ),
        [
            told(
                CANTEENS,
                content="社区食堂新建20家",
                supports=("各街道",),
                claimed="45%",
                other={"备注": "省级"},
            )
        ],
    ),
    "a share of the year's money": Ugly(
        4,
        "a.xlsx",
        sheet(
            (
                *HEADINGS[:3],
                "总投资（万元）",
                "年度计划投资（万元）",
                "1-6月完成投资（万元）",
                "占年度计划比例",
                "形象进度",
            ),
            (*CANTEENS[:3], 5000, 1200, 600, "50%", CANTEENS[3]),
        ),
        [told(CANTEENS, planned=1200, paid=600, claimed="")],
    ),
    "a remark between the rows": Ugly(
        7,
        "a.txt",
        text(
            "\t".join(HEADINGS),
            "\t".join(CANTEENS),
            "说明：以下项目由市里统筹",
            "\t".join(LIFTS),
        ),
        [told(CANTEENS), told(LIFTS)],
        notes=("以下项目由市里统筹",),
    ),
    "a sum with nothing beside it": Ugly(
        9,
        "a.txt",
        text(
            "\t".join(HEADINGS),
            "一\t老有所养（2项）\t\t",
            "\t".join(CANTEENS),
            "\t".join(BEDS),
            "小计\t\t\t",
            "总计\t3项\t\t",
        ),
        [
            told(CANTEENS, category="老有所养", flags=("category_from_above",)),
            told(BEDS, category="老有所养", flags=("category_from_above",)),
        ],
        notes=("“小计”", "总计 3项"),
    ),
    "a goal without its noun, its unit in a column": Ugly(
        10,
        "a.xlsx",
        sheet(
            ("序号", "项目名称", "单位", "年度目标", "1-6月完成", "完成率（%）", "责任部门"),
            (1, "新建社区食堂", "家", 20, 9, 45, "区民政局"),
        ),
        [{"content": "新建社区食堂20家", "done": "9", "claimed": "45", "leads": ("区民政局",)}],
    ),
    "offices within the district": Ugly(
        11,
        "a.xlsx",
        sheet(
            (
                *("序号", "工作事项", "年度工作目标", "承办科室", "责任领导"),
                *("本月工作进展", "累计工作进展", "是否达到序时进度", "需协调事项"),
            ),
            (
                *(1, "社区食堂", CANTEENS[1], "养老服务科", "张三", "新建1家。", CANTEENS[3]),
                *("是", "用地"),
            ),
        ),
        [
            told(
                CANTEENS,
                leads=("养老服务科",),
                leader="张三",
                verdict="是",
                problems="用地",
                other={"工作事项": "社区食堂", "本月工作进展": "新建1家。"},
            )
        ],
    ),
    "numbers below no heading": Ugly(
        11,
        "a.xlsx",
        sheet(("", *HEADINGS[1:]), CANTEENS, BEDS),
        [told(CANTEENS, printed="1", other={}), told(BEDS, printed="2", other={})],
    ),
    "a hidden month and a comment": Ugly(
        12,
        "a.xlsx",
        excel(_hidden_month),
        [
            told(CANTEENS, other={"“6月进展”上的批注": "含试运营"}, flags=("commented",)),
            told(BEDS, other={}),
        ],
        notes=("已建成4家。 已新增90张。",),
    ),
    "a hidden row and a figure struck out": Ugly(
        12,
        "a.xlsx",
        excel(_hidden_row),
        [
            {"content": "新建社区食堂20家", "done": "9", "claimed": "45.0%"},
            {
                "content": "改造公厕30座",
                "done": "",
                "other": {"“累计完成”中划去的文字": "12"},
                "flags": ("words_left_out",),
            },
        ],
        notes=("加装电梯（台）",),
    ),
    "the sheet of a quarter that is not over": Ugly(
        13,
        "a.xlsx",
        _months(("一季度", "二季度", "三季度"), ("已建成2家。", CANTEENS[3], None)),
        [told(CANTEENS)],
        notes=("已建成2家。",),
    ),
    "a hidden sheet of a later month": Ugly(
        13,
        "a.xlsx",
        _months(("6月", "7月"), (CANTEENS[3], "已建成11家。"), hidden="7月"),
        [told(CANTEENS)],
        notes=("工作表“7月”是隐藏的",),
    ),
    "semicolons in GB18030": Ugly(
        14,
        "a.csv",
        _SEMICOLONS.encode("gb18030"),
        [
            told(CANTEENS),
            told(BEDS, content="新增养老床位300张\n（含护理型）", progress="已新增180张;其余在建"),
        ],
    ),
    "a page with cells over rows named as a workbook": Ugly(
        14,
        "a.xls",
        _HTML.encode("gb18030"),
        [
            told(CANTEENS, category="老有所养"),
            told(
                BEDS,
                category="老有所养",
                leads=("区民政局",),
                flags=("category_from_above", "leads_from_above"),
            ),
            told(LIFTS, category="住有所居"),
        ],
    ),
    "a short rule below a Markdown heading": Ugly(
        14,
        "a.md",
        text("|序号|项目内容|牵头单位|进展情况|", "|--|:--:|--|--|", f"|{'|'.join(CANTEENS)}|"),
        [told(CANTEENS)],
    ),
    "streets with their unit, and the sum": Ugly(
        15,
        "a.xlsx",
        sheet(
            (*HEADINGS[:3], "全区合计", "东湖街道（家）", "南湖街道（家）"),
            (*CANTEENS[:3], 9, 4, 5),
        ),
        [
            {
                "content": CANTEENS[1],
                "done": "9",
                "by_place": {"东湖街道": "4", "南湖街道": "5"},
            }
        ],
    ),
    "a last row that ends with blank cells": Ugly(
        16,
        "a.txt",
        text(
            "\t".join((*HEADINGS, "备注")), "\t".join((*CANTEENS, "省级")), "\t".join(LIFTS) + "\t"
        ),
        [told(CANTEENS, other={"备注": "省级"}), told(LIFTS)],
    ),
    "shares of money that are no share of the promise": Ugly(
        4,
        "a.xlsx",
        sheet(
            (*HEADINGS[:3], "资金到位率", "完成投资占比", "进展情况"),
            (*CANTEENS[:3], "80%", "60%", CANTEENS[3]),
            (*LIFTS[:3], "100%", "95%", LIFTS[3]),
        ),
        [
            told(CANTEENS, claimed="", other={"资金到位率": "80%", "完成投资占比": "60%"}),
            told(LIFTS, claimed="", other={"资金到位率": "100%", "完成投资占比": "95%"}),
        ],
    ),
    "no column of categories": Ugly(
        16,
        "a.xlsx",
        sheet(HEADINGS, CANTEENS, BEDS, LIFTS),
        [told(CANTEENS), told(BEDS), told(LIFTS)],
        notes=("表里没有类别一栏",),  # asked once, and at no row
    ),
}
