"""Kinds of tables beyond the ninety-nine: each as text, Word and Excel, and each the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import make_tables as make
from minsheng import importing
from minsheng.importing import Row

TITLE = "2024年青禾区民生实事项目半年度进展情况表"


def forms(grid, title=TITLE):
    yield "a.txt", make.pasted(grid) if not title else f"{title}\n".encode() + make.pasted(grid)
    yield "a.docx", make.word([grid], before=(title,), after=(), merged=())
    yield "a.xlsx", make.excel([grid], title=title, merged=())


def everywhere(grid, title=TITLE) -> list[Row]:
    """The rows, after it is seen that every form of the table gives them."""
    found = [importing.read(name, data) for name, data in forms(grid, title)]
    told = [[(r.content, r.category, r.leads, r.progress, r.done) for r in s.rows] for s in found]
    assert told[0] == told[1] == told[2]
    return list(found[1].rows)


def figures(row: Row):
    each = importing.proposed(row, 2024)
    return [(p.target, p.unit, p.done, p.claimed) for p in each.proposals], each.flags


def test_the_plan_of_a_half_year_stands_beside_what_was_done_and_counts_for_nothing():
    grid = [
        ["序号", "项目内容", "责任单位", "上半年计划", "上半年完成情况", "完成率"],
        ["1", "新建社区食堂20家", "区民政局", "建成10家", "建成9家", "45%"],
    ]
    (row,) = everywhere(grid)
    assert row.progress == "建成9家"
    assert [(told.when.month, told.text) for told in row.plans] == [(6, "建成10家")]
    assert figures(row) == ([(20, "家", 9, 45)], ())


def test_the_sum_counts_and_the_month_is_this_period():
    grid = [
        [
            "序号",
            "项目名称",
            "计量单位",
            "年度目标",
            "本月完成",
            "累计完成",
            "完成比例(%)",
            "责任单位",
        ],
        ["1", "新增养老床位", "张", "300", "20", "180", "60", "区民政局"],
        ["2", "改造农村公路", "公里", "45", "3", "25.5", "56.7", "区交通局"],
    ]
    beds, roads = everywhere(grid)
    assert (beds.content, beds.this_period) == ("新增养老床位300张", "20")
    assert figures(beds) == ([(300, "张", 180, 60)], ())
    assert figures(roads) == ([(45, "公里", 25.5, 56.7)], ())


def test_the_unit_of_a_heading_is_that_of_its_numbers():
    grid = [
        ["序号", "指标名称", "目标数（家）", "完成数（家）", "责任单位"],
        ["1", "新建社区食堂", "20", "9", "区民政局"],
    ]
    (row,) = everywhere(grid)
    assert figures(row) == ([(20, "家", 9, None)], ())


def test_what_was_done_last_period_or_last_year_is_a_note():
    for old, new in (
        ("上期进展", "本期进展"),
        ("2023年完成情况", "2024年完成情况"),
        ("去年同期完成情况", "完成情况"),
    ):
        grid = [
            ["序号", "项目内容", "牵头单位", old, new],
            ["1", "新建社区食堂20家。", "区民政局", "已建成15家。", "已建成9家。"],
        ]
        (row,) = everywhere(grid)
        assert (row.progress, row.other) == ("已建成9家。", {old: "已建成15家。"})


def test_an_earlier_month_becomes_a_report_of_its_own():
    grid = [
        ["序号", "项目内容", "责任单位", "7月进展", "8月进展"],
        ["1", "新建社区食堂20家", "区民政局", "已建成4家", "已建成9家"],
    ]
    title = "2024年青禾区民生实事项目进展情况"
    everywhere(grid, title)
    source = importing.read("a.docx", make.word([grid], before=(title,)))
    head = importing.head(source)
    made = importing.dataset([importing.proposed(row, 2024) for row in source.rows], head)
    assert [period.id for period in made.periods] == ["2024M07", "2024M08"]
    done = {id_: told.readings["社区食堂"].done for id_, told in made.projects[0].reports.items()}
    assert done == {"2024M07": 4, "2024M08": 9}


def test_money_in_any_unit_is_investment_and_its_share_no_claim():
    grid = [
        [
            "序号",
            "项目内容",
            "责任单位",
            "计划投资（亿元）",
            "累计完成投资（亿元）",
            "资金支付率",
            "进展情况",
        ],
        ["1", "新建学校3所。", "区教育局", "1.2", "0.6", "50%", "已竣工1所。"],
    ]
    (row,) = everywhere(grid)
    assert (row.planned, row.paid, row.other) == (12000, 6000, {"资金支付率": "50%"})
    assert figures(row) == ([(3, "所", 1, None)], ())


def test_sections_sums_examples_and_signatures_are_no_projects():
    grid = [
        ["序号", "项目内容", "牵头单位", "进展情况"],
        ["例", "新建公园10座。", "区某局", "已建成3座。"],
        ["（一）", "养老服务（2项）", "", ""],
        ["1", "新建社区食堂20家。", "区民政局", "已建成9家。"],
        ["2", "新增养老床位300张。", "同上", "已新增180张。"],
        ["（二）", "城市更新", "", ""],
        ["3", "改造老旧小区12个。", "区住建局", "完成4个。"],
        ["小计", "", "", "共3项"],
        ["填表人：张三", "", "审核人：李四", "2024年7月"],
        ["2.以上数据未审计。", "", "", ""],
    ]
    rows = everywhere(grid)
    assert [(row.category, row.content, row.leads) for row in rows] == [
        ("养老服务", "新建社区食堂20家。", ("区民政局",)),
        ("养老服务", "新增养老床位300张。", ("区民政局",)),
        ("城市更新", "改造老旧小区12个。", ("区住建局",)),
    ]
    notes = "\n".join(importing.read("a.xlsx", make.excel([grid], merged=())).notes)
    for text in ("新建公园10座。", "共3项", "审核人：李四", "2.以上数据未审计。"):
        assert text in notes


def test_streets_that_do_not_add_up_are_asked_about_at_their_row_only():
    grid = [
        ["序号", "项目内容", "牵头单位", "合计", "东湖街道", "南湖街道"],
        ["1", "新建社区食堂20家", "区民政局", "9", "3", "5"],
        ["2", "加装电梯60台", "区住建局", "27", "12", "15"],
    ]
    canteens, lifts = everywhere(grid)
    assert (canteens.by_place, figures(canteens)[1]) == (
        {"东湖街道": "3", "南湖街道": "5"},
        ("places_differ",),
    )
    assert figures(lifts) == ([(60, "台", 27, None)], ())


def test_three_times_the_target_is_a_question_and_twice_is_none():
    grid = [
        ["序号", "项目内容", "牵头单位", "完成数"],
        ["1", "新建社区食堂20家", "区民政局", "60"],
        ["2", "加装电梯60台", "区住建局", "120"],
    ]
    far, near = (importing.proposed(row).proposals[0] for row in everywhere(grid))
    assert ("far_above" in far.flags, "far_above" in near.flags) == (True, False)


def test_the_districts_body_leads_before_the_citys_and_the_office_within():
    grid = [
        ["序号", "项目内容", "市级牵头单位", "区牵头单位", "责任科室", "进展情况"],
        ["1", "新建社区食堂20家。", "市民政局", "区民政局", "养老科", "已建成9家。"],
    ]
    (row,) = everywhere(grid)
    assert row.leads == ("区民政局",)
    assert row.other == {"市级牵头单位": "市民政局", "责任科室": "养老科"}


def test_two_levels_of_headings_without_merged_cells_are_two_levels():
    grid = [
        ["序号", "项目内容", "责任单位", "", "进展情况", "", "备注"],
        ["", "", "牵头单位", "配合单位", "本月", "累计", ""],
        ["1", "新建社区食堂20家。", "区民政局", "各街道", "建成1家", "已建成9家。", "省级"],
    ]
    (row,) = everywhere(grid)
    assert (row.leads, row.supports, row.progress) == (("区民政局",), ("各街道",), "已建成9家。")
    assert row.other == {"进展情况 本月": "建成1家", "备注": "省级"}


def test_items_that_are_numbered_within_a_number_are_of_its_section():
    grid = [
        ["序号", "项目内容", "牵头单位", "进展情况"],
        ["1", "养老服务提升", "", ""],
        ["1.1", "新建社区食堂20家。", "区民政局", "已建成9家。"],
        ["2", "城市更新", "", ""],
        ["2.1", "改造老旧小区12个。", "区住建局", "完成4个。"],
    ]
    assert [(row.category, row.content) for row in everywhere(grid)] == [
        ("养老服务提升", "新建社区食堂20家。"),
        ("城市更新", "改造老旧小区12个。"),
    ]


def test_a_line_with_nothing_but_progress_goes_on_with_the_row_above_and_asks():
    grid = [
        ["序号", "类别", "项目内容", "牵头单位", "进展情况"],
        ["1", "老有所养", "新建社区食堂20家。", "区民政局", "已建成9家。"],
        ["", "", "", "", "另有3家装修。"],
        ["2", "住有所居", "加装电梯60台。", "区住建局", "完成27台。"],
    ]
    canteens, lifts = importing.read("a.xlsx", make.excel([grid], merged=())).rows
    assert (canteens.progress, canteens.flags) == ("已建成9家。\n另有3家装修。", ("lines_joined",))
    assert (lifts.leads, lifts.flags) == (("区住建局",), ())


def test_a_name_is_no_category_where_the_promise_beside_it_is_only_a_number():
    grid = [
        ["序号", "项目名称", "年度目标", "责任单位", "完成情况"],
        ["1", "社区食堂", "年内新建社区食堂20家，其中老年食堂5家", "区民政局", "建成9家"],
        ["2", "老旧小区", "改造12个", "区住建局", "完成4个"],
    ]
    canteens, homes = everywhere(grid)
    assert (canteens.category, canteens.other) == ("", {"项目名称": "社区食堂"})
    assert (homes.category, homes.content) == ("", "老旧小区改造12个")


NOUNS = ("食堂", "公园", "学校", "电梯", "床位", "停车位", "公厕", "驿站", "步道", "书房")
BODIES = ("区民政局", "区住建局", "区教育局", "区城管局", "区卫健局")
CATEGORIES = ("老有所养", "住有所居", "行有所畅")
known = st.lists(
    st.tuples(
        st.sampled_from(NOUNS),
        st.integers(5, 900),
        st.sampled_from(BODIES),
        st.sampled_from(CATEGORIES),
    ),
    min_size=2,
    max_size=7,
    unique_by=lambda each: each[0],
)


@settings(max_examples=40, deadline=None)
@given(
    known,
    st.permutations(range(6)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["a.docx", "a.xlsx"]),
)
def test_no_figure_lead_or_category_goes_to_another_row(
    projects, order, sections, merged, blanks, name
):
    """Columns in any order, categories as sections, merged or repeated, a plan and a month beside
    the sum, blank lines and a total: every row is as it was, or asks."""
    projects = sorted(projects, key=lambda each: CATEGORIES.index(each[3]))
    heads = ["类别", "项目内容", "牵头单位", "6月计划", "上期进展情况", "进展情况"]
    lines: list[list[str]] = []
    before = None
    for number, (noun, target, body, category) in enumerate(projects, 1):
        if sections and category != before:
            lines.append([f"{'一二三四五六七'[CATEGORIES.index(category)]}、{category}", *[""] * 6])
        own = "" if (merged and category == before) or sections else category
        before = category
        cells = [
            own,
            f"新建{noun}{target}个。",
            body,
            f"建成{target}个",
            f"已建成{target // 4}个。",
            f"已建成{target // 2}个。",
        ]
        lines.append([str(number), *(cells[at] for at in order)])
        if blanks:
            lines.append([""] * 7)
    lines.append(["合计", *[""] * 5, f"{len(projects)}项"])
    keep = [at for at in order if not (sections and at == 0)]
    header = ["序号", *(heads[at] for at in keep)]
    place = {at: x for x, at in enumerate(order, 1)}
    grid = [header] + [
        [line[0], *(line[place[at]] for at in keep)] if line[0] != "合计" else line[: len(header)]
        for line in lines
    ]
    grid = [row + [""] * (len(header) - len(row)) for row in grid]
    data = (
        make.word([grid], before=(TITLE,), after=(), merged=())
        if name == "a.docx"
        else make.excel([grid], title=TITLE, merged=())
    )
    found = importing.read(name, data).rows
    assert [(row.content, row.leads, row.category, row.progress) for row in found] == [
        (f"新建{noun}{target}个。", (body,), category, f"已建成{target // 2}个。")
        for noun, target, body, category in projects
    ]
    for row, (_, target, _, _) in zip(found, projects, strict=True):
        (only,) = importing.proposed(row).proposals
        assert (only.target, only.done) in ((target, target // 2), (target, None))
        assert only.done is not None or only.flags
