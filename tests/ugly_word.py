"""Word tables as people mangle them."""

from __future__ import annotations

from ugly import (
    BEDS,
    CANTEENS,
    HEADINGS,
    LIFTS,
    WIDTHS,
    Ugly,
    plain,
    straight,
    told,
    word,
    words,
)
from word_xml import row, run, table

# 1. Borders that were dragged.

_BOTH_WAYS = table(
    [900, 300, 2600, 500, 1000, 3500],
    row((("序号", 1), ("项目内容", 2), ("牵头单位", 2), ("进展情况", 1))),
    row(((CANTEENS[0], 2), (CANTEENS[1], 1), (CANTEENS[2], 2), (CANTEENS[3], 1))),
    row(((BEDS[0], 1), (BEDS[1], 3), (BEDS[2], 1), (BEDS[3], 1))),
    row(((LIFTS[0], 1), (LIFTS[1], 2), (LIFTS[2], 2), (LIFTS[3], 1))),
)
_MERGED_DOWN = table(
    [800, 2600, 400, 1200, 3500],
    row((("序号", 1), ("项目内容", 2), ("牵头单位", 1), ("进展情况", 1))),
    row(
        (
            (CANTEENS[0], 1),
            (CANTEENS[1], 1),
            (CANTEENS[2], 2, '<w:vMerge w:val="restart"/>'),
            (CANTEENS[3], 1),
        )
    ),
    row(((BEDS[0], 1), (BEDS[1], 2), ("", 1, "<w:vMerge/>"), (BEDS[3], 1))),
    row(((LIFTS[0], 1), (LIFTS[1], 1), (LIFTS[2], 2), (LIFTS[3], 1))),
)
_FAR = table(
    [800, 2600, 1200, 700, 3500],
    row((("序号", 1), ("项目内容", 1), ("牵头单位", 1), ("进展情况", 2))),
    row(((CANTEENS[0], 1), (CANTEENS[1], 1), (CANTEENS[2], 2), (CANTEENS[3], 1))),
)

# 12. Words that are not printed, or stand beside the text.

_DELETED = (
    run("已建成")
    + '<w:del w:id="1" w:author="a"><w:r><w:delText>8</w:delText></w:r></w:del>'
    + '<w:ins w:id="2" w:author="a"><w:r><w:t>9</w:t></w:r></w:ins>'
    + run("家。")
)
_UP = '<w:vertAlign w:val="superscript"/>'
_SQUARE = run("新建公园5000m") + run("2", _UP) + run("。")
_RAISED = run("已建成3000m") + run("2", _UP) + run("。") + run("1", _UP)
_UNSEEN = tuple((run(each, "<w:vanish/>"), 1) for each in ("旧项目3个。", "区某局", "完成3个。"))
_TO_PROGRESS = [*((head, 1) for head in HEADINGS)]

WORD = {
    "borders dragged both ways": Ugly(
        1, "a.docx", word(_BOTH_WAYS), [told(CANTEENS), told(BEDS), told(LIFTS)]
    ),
    "a dragged border beside a lead merged down": Ugly(
        1,
        "a.docx",
        word(_MERGED_DOWN),
        [
            told(CANTEENS),
            told(BEDS, leads=("区民政局",), flags=("leads_from_above",)),
            told(LIFTS),
        ],
    ),
    "a border dragged over half of the next heading": Ugly(
        1, "a.docx", word(_FAR), [told(CANTEENS, flags=("column_unsure",))]
    ),
    "title and cut-off in rows of the table": Ugly(
        5,
        "a.docx",
        word(
            table(
                WIDTHS,
                row((("2024年青禾区民生实事项目7月进展表", 4),)),
                row((("截止时间：2024年7月25日", 4),)),
                plain(HEADINGS),
                plain(CANTEENS),
            ),
            title="",
        ),
        [told(CANTEENS)],
        as_of="2024-07-25",
    ),
    "last year's promises in a quarter of this one": Ugly(
        5,
        "a.docx",
        word(straight(CANTEENS), title="青禾区2023年民生实事项目2024年一季度收尾情况"),
        [told(CANTEENS)],
        as_of="2024-03-31",
    ),
    "the middle of the year": Ugly(
        5,
        "a.docx",
        word(straight(CANTEENS), title="2024年度青禾区政府民生实事项目中期进展"),
        [told(CANTEENS)],
    ),
    "a section between two tables": Ugly(
        7,
        "a.docx",
        word(words("一、老有所养"), straight(CANTEENS), words("二、住有所居"), straight(LIFTS)),
        [
            told(CANTEENS, category="老有所养", flags=("category_from_above",)),
            told(LIFTS, category="住有所居", flags=("category_from_above",)),
        ],
    ),
    "blanks inside a name": Ugly(
        8,
        "a.docx",
        word(
            straight(
                (*CANTEENS[:2], "区民\xa0政局", CANTEENS[3]),
                (*BEDS[:2], "区 卫\u3000健 局", BEDS[3]),
                (*LIFTS[:2], "区住\xa0\xa0建局", LIFTS[3]),
            )
        ),
        [told(CANTEENS), told(BEDS), told(LIFTS)],
    ),
    "names with nothing but a blank or a plus between them": Ugly(
        8,
        "a.docx",
        word(
            straight(
                (*CANTEENS[:2], "区民政局\xa0区财政局", CANTEENS[3]),
                (*BEDS[:2], "区卫健局+区财政局", BEDS[3]),
            )
        ),
        [
            told(CANTEENS, leads=("区民政局", "区财政局"), flags=("leads_split",)),
            told(BEDS, leads=("区卫健局", "区财政局"), flags=("leads_split",)),
        ],
    ),
    "signs for the same as above": Ugly(
        8,
        "a.docx",
        word(
            straight(
                CANTEENS,
                *((*BEDS[:2], sign, BEDS[3]) for sign in ("〃", "（同上）", "同上。", "—〃—")),
                LIFTS,
                (*BEDS[:2], "同第1项", BEDS[3]),
            )
        ),
        [
            told(CANTEENS),
            *[
                told(
                    BEDS,
                    leads=("区民政局",),
                    flags=("leads_from_above", "duplicate_content"),
                )
            ]
            * 4,
            told(LIFTS),
            told(BEDS, leads=("区民政局",), flags=("leads_from_above", "duplicate_content")),
        ],
    ),
    "a person and a telephone behind the name": Ugly(
        8,
        "a.docx",
        word(straight((*CANTEENS[:2], "区民政局（李某某 0577-8812345）", CANTEENS[3]))),
        [
            told(
                CANTEENS,
                other={"牵头单位": "区民政局（李某某 0577-8812345）"},
                flags=(),
            )
        ],
    ),
    "an example in brackets": Ugly(
        9,
        "a.docx",
        word(straight(("1", "（示例）新建公园3座", "区某局", "已建成1座"), CANTEENS)),
        [told(CANTEENS)],
        notes=("（示例）新建公园3座",),
    ),
    "a tracked change inside a figure": Ugly(
        12,
        "a.docx",
        word(table(WIDTHS, plain(HEADINGS), row((*((x, 1) for x in CANTEENS[:3]), (_DELETED, 1))))),
        [
            told(
                CANTEENS,
                other={"“进展情况”中修订删去的文字": "8"},
                flags=("words_left_out",),
            )
        ],
    ),
    "squares and the mark of a footnote": Ugly(
        12,
        "a.docx",
        word(
            table(
                WIDTHS,
                plain(HEADINGS),
                row((("1", 1), (_SQUARE, 1), ("区住建局", 1), (_RAISED, 1))),
            ),
            words("1 不含在建。"),
        ),
        [
            {
                "content": "新建公园5000m²。",
                "progress": "已建成3000m²。",
                "flags": ("words_left_out",),
            }
        ],
        notes=("1 不含在建。",),
    ),
    "a row that is hidden but for its number": Ugly(
        12,
        "a.docx",
        word(table(WIDTHS, plain(HEADINGS), plain(CANTEENS), row((("2", 1), *_UNSEEN)))),
        [told(CANTEENS)],
        notes=("旧项目3个。",),
    ),
    "a table of other works behind": Ugly(
        13,
        "a.docx",
        word(
            straight(CANTEENS),
            words("附件2：2024年青禾区重点工程项目进展情况表"),
            straight(("1", "改造道路6条。", "区交通局", "完成2条。")),
        ),
        [told(CANTEENS)],
        notes=("改造道路6条。",),
    ),
    "the name and its goal apart": Ugly(
        10,
        "a.docx",
        word(
            table(
                (800, 2600, 1200, 1200, 2300),
                plain(("序号", "项目名称", "牵头单位", "年度目标", "完成情况")),
                plain(("1", "社区食堂建设", "区民政局", "20家", "已建成9家。")),
                plain(("2", "住宅加装电梯", "区住建局", "60台", "完成27台。")),
            )
        ),
        [
            {"content": "社区食堂建设20家", "target": "20家", "progress": "已建成9家。"},
            {"content": "住宅加装电梯60台", "target": "60台", "progress": "完成27台。"},
        ],
    ),
    "all that a table says beside the works": Ugly(
        15,
        "a.docx",
        word(
            table(
                (800, 1600, 1200, 1000, 1000, 1000, 1000, 1000, 1600),
                plain(
                    (
                        *HEADINGS[:3],
                        "配合单位",
                        "分管领导",
                        "完成时限",
                        "进度评价",
                        "存在困难",
                        "进展情况",
                    )
                ),
                plain(
                    (*CANTEENS[:3], "各街道", "李副区长", "10月底", "正常", "选址难", CANTEENS[3])
                ),
            )
        ),
        [
            told(
                CANTEENS,
                supports=("各街道",),
                leader="李副区长",
                deadline="10月底",
                verdict="正常",
                problems="选址难",
                flags=("deadline_guessed",),
            )
        ],
    ),
}
