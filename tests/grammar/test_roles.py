from __future__ import annotations

import pytest

from minsheng.grammar import roles, scan
from minsheng.grammar.pieces import cut
from minsheng.grammar.roles import Promise
from minsheng.grammar.verbs import KEEPS, MEANING


def told(text: str, kind: str = "finish") -> str:
    """achieved 6 | remaining? 4: every number with its role; "?" where it may yet count."""
    return " | ".join(
        f"{one.role}{'?' * one.doubtful} {one.mention.value}" for one in roles(text, Promise(kind))
    )


CASES = """
已完成 6 座公园适儿化改造提升，剩余 4 座推进中。  => achieved 6 | underway 4
剩余 4 座。                                       => remaining 4
已完成 100 户残疾人家庭无障碍改造需求入户评估。   => preparing 100
14 个社区采购运输途中。                           => preparing 14
完成 20 个小区方案设计，已发招标文件。            => preparing 20
10 幢已完成整改，50 幢正在维修中，40 幢处于前期准备筹划阶段。 => achieved 10 | underway 50 | preparing 40
20 个小区的方案已经通过, 均已进场施工。           => underway 20
已完成 12 个，均在施工。                          => context? 12
预计完成 10 个。                                  => planned 10
按照每个点位至少 5 名救护员标准开展培训           => planned 5
去年完成 8 个，今年完成 3 个。                    => context 8 | achieved 3
未完成 3 个。                                     => remaining 3
已建设 15 家，托位 440 个。                       => achieved 15 | achieved 440
改造 12 个小区。                                  => context? 12
已改造 12 个小区。                                => achieved 12
目标任务 10 个完成 8 个。                         => planned 10 | achieved 8
全年计划 10 个，完成 8 个。                       => planned 10 | achieved 8
完成年度计划的 129%。                             => percent 129
已完成 80%（8 个）。                              => percent 80 | achieved 8
已完成 8 个（A 街道 2 个、B 街道 6 个）小区的方案设计。 => preparing 8 | preparing 2 | preparing 6
10 个小区已完成 65%。                             => context? 10 | percent 65
3 处绿道完成工程形象进度 75%。                    => underway 3 | percent 75
7 月份建成 60 个。                                => context? 60
截至 7 月底建成 60 个。                           => achieved 60
到 10 月，建成 15 座。                            => context? 15
下一步：建成 15 座。                              => context? 15
9 座建成后将投用。                                => planned 9
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_the_words_around_a_number_give_its_role(case):
    text, _, wanted = case.partition("=>")
    assert told(text.strip()) == wanted.strip()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("已开工 5 所。", {"start", "raise"}),
        ("已竣工 5 所。", {"finish", "raise", "serve", "gain", "rate"}),
        ("3 所已竣工待投用。", {"finish", "raise", "serve", "gain", "rate"}),
        ("共完成 5 所验收工作。", {"finish", "accept", "raise", "rate"}),
        ("已交付 5 套。", {"finish", "accept", "deliver", "raise"}),
        ("已投入使用 5 所。", {"finish", "accept", "use", "raise", "rate"}),
        ("已进场 5 个。", {"start", "raise"}),
        ("已导入 5 套。", set()),
        ("已启动 5 个。", {"start", "raise"}),
    ],
)
def test_the_event_that_the_target_names_decides_what_is_achieved(text, kinds):
    found = {
        kind for kind in KEEPS if [one.role for one in roles(text, Promise(kind))] == ["achieved"]
    }
    assert found == kinds


def test_part_and_batch_are_marked():
    whole, part, other = roles("停车位已完成 6100 个，其中专用 5529 个，公共 571 个。")
    assert (whole.part, part.part, other.part) == (False, True, True)
    (one,) = roles("第二批重点单元已全部启动创建, 其中已完工59个")
    assert (one.batch, one.part, one.role) == ("第二批", True, "achieved")


def test_every_mention_has_exactly_one_role():
    text = "已完成 6 座（含 A 1 座），剩余 4 座、在建 3 座；完成率 60%。1. 计划 5 座"
    assert [one.mention for one in roles(text)] == list(scan(text).mentions)


def test_words_keep_their_place():
    text = "设立充电桩（柜）１２００ 个（其中公共 300 个）。"
    reading = cut(text)
    assert len(reading.words) == len(reading.bare) == len(text)
    assert "柜" not in reading.words
    assert "公共" in reading.words


def test_a_longer_word_hides_the_words_inside_it():
    assert MEANING["待投用"].role == "neutral"
    assert told("15 座公厕竣工待投用", "use") == "context 15"
    assert told("无障碍改造已完成 5 户") == "achieved 5"
