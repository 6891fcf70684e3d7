"""The bulletin as blocks: what it says of the seed, of nothing, of one, of what is not known."""

from __future__ import annotations

import build
from minsheng.export.blocks import Paragraph, Role, Table
from minsheng.export.word import bulletin_text
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Filters
from minsheng.model import Light
from seed import DATASET, SHOT


def said(shot, role=Role.BODY):
    blocks = bulletin_text.blocks(shot)
    return [b.text for b in blocks if isinstance(b, Paragraph) and b.role is role and not b.gap]


def one(done=26, id="5.1", **reading):
    return build.project(id, text=f"{done} 家投入运营。", readings={"老年食堂": {"done": done, "quotes": [f"{done} 家"], **reading}})  # fmt: skip


def of(*projects, filters=None):
    return snapshot.at(build.dataset(*projects), filters=filters or Filters())


def test_the_parts_stand_in_the_order_of_such_bulletins():
    assert said(SHOT, Role.HEADING) == [
        "一、总体情况", "二、滞后项目", "三、牵头单位情况", "四、需要核实的数据", "五、下一步工作",
    ]  # fmt: skip
    assert said(SHOT, Role.ANNEX) == ["附件1", "附件2"]
    assert said(SHOT, Role.TITLE) == [
        "关于温州市鹿城区2023年民生实事项目\n半年度进展情况的通报",
        "2023 年鹿城区政府民生实项目半年度进展表",
        "核算结果表",
    ]


def test_the_seed_in_sentences():
    assert said(SHOT) == [
        "截至2023年6月30日，温州市鹿城区2023年民生实事项目共29项，其中已完成6项、超序时10项、"
        "按序时2项、滞后3项、严重滞后8项（滞后和严重滞后合计11项，占37.9%）；按能够核算的完成数计算，"
        "平均完成率为56.0%，快于序时进度（49.6%）6.4个百分点；按牵头单位自报计算为63.5%，"
        "高于核算7.5个百分点。现将有关情况通报如下。",
        "10个类别中，核算完成率最高的是病有所医（100.0%），最低的是居有所安（5.0%）。"
        "按交付情况分，超额1项、已完成3项、已完成（只报完成）2项、推进中19项、前期4项。"
        "只报完成的2项没有写数量，无法核算，暂按完成计。",
        "自报高于核算的项目有4个：2.1、2.2、2.3、2.4，均由区教育局牵头，以核算为准。",
        "按短板与序时进度比较，滞后11项，占37.9%，其中严重滞后8项，由差距大的到小的列表如下。",
        "29个项目由16个单位牵头。联合牵头的项目每个牵头单位各计一次，共计31项次。"
        "滞后项目涉及8个单位：区教育局4项、区消防救援大队2项、区民政局1项、区综合行政执法局1项、"
        "区水利建设管理中心1项、区委组织部1项、区应急管理局1项、区残联1项。",
        "逐项核对原文，有20条需要核实，涉及17个项目（严重9条、一般10条、提示1条）。"
        "核实以前，有关数据请慎重引用。",
    ]
    assert said(SHOT, Role.ANNEXES) == [
        "附件：1. 2023 年鹿城区政府民生实项目半年度进展表\n　　　　　2. 核算结果表"
    ]


def test_the_lagging_list_says_item_lead_figure_and_reason_furthest_back_first():
    table = next(
        block
        for block in bulletin_text.blocks(SHOT)
        if isinstance(block, Table) and block.columns[-1].head == "原因"
    )
    rows = [[cell.text for cell in row if cell] for row in table.rows]
    assert [row[0] for row in rows] == SHOT.lagging
    assert rows[3] == [
        "5.2",
        "创建提升老年友好社区学校 3 个, 新增老年学位 450 个。",
        "区教育局",
        "25.4%\n短板0.0%",
        "◆ 严重滞后\n−49.6",
        "创建提升社区学校 0\u00a0/\u00a03\u00a0个；推进中 3\u00a0个",
    ]


def test_what_a_department_says_of_problems_and_next_steps_is_quoted():
    report = {
        "text": "1 家。",
        "readings": {"老年食堂": {"done": 1}},
        "problems": "选址难",
        "next_steps": "加快",
    }
    shot = of({**build.project(), "reports": {"2023H1": report}})
    words = [
        cell.text
        for block in bulletin_text.blocks(shot)
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell
    ]
    assert (
        "建成老年食堂 1\u00a0/\u00a050\u00a0家\n单位反映的问题：“选址难”\n单位的下一步打算：“加快”"
        in words
    )


def test_a_choice_is_said_in_the_title_and_in_the_head_sentence():
    shot = snapshot.at(DATASET, filters=Filters(categories=("2",), departments=("区教育局",)))
    assert bulletin_text.title(shot) == (
        "关于温州市鹿城区2023年民生实事项目（学有所教；区教育局牵头）半年度进展情况的通报"
    )
    assert said(shot)[0].startswith(
        "截至2023年6月30日，温州市鹿城区2023年民生实事项目（范围：类别 学有所教；牵头单位 区教育局）共4项，"
    )
    assert "名次是在所选类别和进度的全部牵头单位中的名次。" in "".join(said(shot, Role.NOTE))
    many = Filters(lights=(Light.BEHIND, Light.FAR_BEHIND), categories=tuple("123456"))
    assert "民生实事项目（部分项目）半年度" in bulletin_text.title(
        snapshot.at(DATASET, filters=many)
    )


def test_without_a_project_there_are_no_figures():
    shot = snapshot.at(DATASET, filters=Filters(departments=("没有的局",)))
    assert said(shot)[0] == (
        "截至2023年6月30日，所选范围（牵头单位 没有的局）内没有民生实事项目。现将有关情况通报如下。"
    )
    assert not any("%" in words for words in said(shot))


def test_one_project_is_no_mean_and_no_majority():
    assert said(of(one()))[:2] == [
        "截至2023年6月30日，测试区2023年民生实事项目共1项，进度为按序时；按能够核算的完成数计算，"
        "完成率为52.0%，快于序时进度（49.6%）2.4个百分点；按牵头单位自报计算为52.0%，与核算一致。"
        "现将有关情况通报如下。",
        "按交付情况分，推进中1项。",
    ]
    assert said(of(one()))[3:6] == [
        "没有滞后项目。",
        "1个项目由1个单位牵头。各牵头单位均没有滞后项目。",
        "逐项核对原文，没有发现需要核实的数据。",
    ]


def test_nothing_late_is_said_and_no_empty_table_is_drawn():
    shot = of(one(50), one(50, "6.1"))
    assert "共2项，全部为已完成；" in said(shot)[0]
    assert said(shot)[1].startswith("2个类别的核算完成率相同，均为100.0%。")
    assert "没有滞后项目。" in said(shot)
    assert "滞后项目（差距大的在前）" not in said(shot, Role.CAPTION)


def test_unknown_projects_are_left_out_and_said_to_be():
    shot = of(one(10), build.project("6.1", text="", readings={}))
    assert "其中严重滞后" not in said(shot)[0]
    assert "（1项无数据，未计入）" in said(shot)[0]
    assert "没有数据、无法判断进度的1项：6.1。没有数据不等于没有进展。" in "".join(said(shot))
    assert "类别6没有数据，未列入比较。" in said(shot)[1]
    nothing = of(build.project("6.1", text="", readings={}))
    assert "尚无可以核算的数据，序时进度为49.6%" in said(nothing)[0]
    assert "没有滞后" not in "".join(said(nothing))
    fine = of(one(50), build.project("6.1", text="", readings={}))
    assert "有数据的项目没有滞后。没有数据" in "".join(said(fine))


def test_best_and_worst_name_all_that_print_the_same():
    shot = of(one(50), one(50, "6.1"), one(10, "7.1"))
    assert said(shot)[1].startswith(
        "3个类别中，核算完成率最高的是类别5、类别6（100.0%），最低的是类别7（20.0%）。"
    )


def test_own_milestones_are_named_where_a_project_has_them():
    milestone = {"by": "2023-05-01", "share": 80}
    shot = of({**one(30), "milestones": [milestone]})
    assert "按短板与序时进度（有节点计划的按已到期节点）比较，滞后1项，情况如下。" in "".join(
        said(shot)
    )


def test_who_is_behind_is_said_as_an_official_would():
    far, late, done = one(1, "5.1"), one(18, "5.2"), one(50, "5.3")
    begins = "按短板与序时进度比较，"
    for projects, words in (
        ((far,), "严重滞后1项，情况如下。"),
        ((far, done), "滞后1项，占50.0%，为严重滞后，情况如下。"),
        ((far, late), "2项全部滞后，其中严重滞后1项，由差距大的到小的列表如下。"),
        ((far, one(2, "5.4")), "2项全部滞后，均为严重滞后，由差距大的到小的列表如下。"),
        ((late, done), "滞后1项，占50.0%，情况如下。"),
    ):
        assert begins + words in said(of(*projects))
    assert "其中已完成1项、滞后1项（滞后项目占50.0%）" in said(of(late, done))[0]


def test_a_long_place_has_a_line_of_the_title_for_itself():
    place = "内蒙古自治区呼和浩特市新城区"
    shot = snapshot.at(build.dataset(one(), place=place))
    assert said(shot, Role.TITLE)[0].split("\n") == [
        f"关于{place}",
        "2023年民生实事项目",
        "半年度进展情况的通报",
    ]
