from __future__ import annotations

import pytest

from minsheng.grammar import scan
from minsheng.grammar.facts import Fact, Promise, facts
from minsheng.grammar.pieces import cut
from minsheng.grammar.verbs import KEEPS, MEANING


def read(text: str, kind: str = "finish", content: str = "") -> tuple[Fact, ...]:
    return facts(cut(text, content), Promise(kind, content=content))


def told(text: str, content: str = "") -> str:
    """said 6 | underway 4: every number with its tier, or with what excludes it."""
    return " | ".join(
        f"{one.reason or one.tier.name.lower()} {one.mention.value}"
        for one in read(text, content=content)
    )


CASES = """
已完成 6 座公园适儿化改造提升，剩余 4 座推进中。  => said 6 | underway 4
剩余 4 座。                                       => remaining 4
已完成 100 户残疾人家庭无障碍改造需求入户评估。   => preparing 100
14 个社区采购运输途中。                           => preparing 14
完成 20 个小区方案设计，已发招标文件。            => preparing 20
10 幢已完成整改，50 幢正在维修中，40 幢处于前期准备筹划阶段。 => said 10 | underway 50 | preparing 40
20 个小区的方案已经通过, 均已进场施工。           => underway 20
已完成 12 个，均在施工。                          => underway 12
预计完成 10 个。                                  => planned 10
按照每个点位至少 5 名救护员标准开展培训           => planned 5
去年完成 8 个，今年完成 3 个。                    => past 8 | said 3
未完成 3 个。                                     => remaining 3
已建设 15 家，托位 440 个。                       => said 15 | said 440
改造 12 个小区。                                  => told 12
已改造 12 个小区。                                => said 12
目标任务 10 个完成 8 个。                         => planned 10 | said 8
全年计划 10 个，完成 8 个。                       => planned 10 | said 8
完成年度计划的 129%。                             => percent 129
已完成 80%（8 个）。                              => percent 80 | said 8
10 个小区已完成 65%。                             => underway 10 | percent 65
3 处绿道完成工程形象进度 75%。                    => underway 3 | percent 75
7 月份建成 60 个。                                => month 60
截至 7 月底建成 60 个。                           => said 60
到 10 月，建成 15 座。                            => planned 15
下一步：建成 15 座。                              => planned 15
9 座建成后将投用。                                => planned 9
已签约 30 台，受理 40 台。                        => asked 30 | asked 40
38 艘渡船中，已更新 25 艘、13 艘正在船厂建造。    => base 38 | said 25 | underway 13
22 座村史馆已改建 14 座，其余明年实施。           => base 22 | said 14
31 条已改造并通过消防验收，16 条待进场。          => said 31 | remaining 16
现有床位 80 张，新增 20 张。                      => stock 80 | told 20
由 100 个提升至 300 个。                          => past 100 | told 300
发现问题 12 个，已整改完成 8 个。                 => aside 12 | said 8
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_the_words_around_a_number_give_its_tier_or_exclude_it(case):
    text, _, wanted = case.partition("=>")
    assert told(text.strip()) == wanted.strip()


@pytest.mark.parametrize(
    ("content", "text", "wanted"),
    [
        ("深翻盐碱地 1.8 万亩。", "已深翻盐碱地 13200 亩。", "said 13200"),
        ("深翻盐碱地 1.8 万亩。", "深翻盐碱地 13200 亩。", "told 13200"),
        ("深翻盐碱地 2.3 万亩。", "已勘界盐碱地 2.3 万亩。", "preparing 23000"),
        ("深翻盐碱地 2.3 万亩。", "已踩点盐碱地 2.3 万亩。", "other 23000"),
        ("建设待产公寓 15 间", "待产公寓已建成 11 间。", "said 11"),
        ("建设待产公寓 20 间", "20 间待产公寓尚待开工。", "remaining 20"),
        ("添置除雪车 22 台", "除雪车已添置 17 台并上路作业。", "said 17"),
        ("新建青年设计工坊 16 间", "16 间工坊设计已完成。", "preparing 16"),
    ],
)
def test_the_promise_is_the_lexicon(content, text, wanted):
    assert told(text, content) == wanted


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("已开工 5 所。", {"start", "raise"}),
        ("已竣工 5 所。", {"finish", "raise", "serve", "gain", "rate"}),
        ("3 所已竣工待投用。", {"finish", "raise", "serve", "gain", "rate"}),
        ("共完成 5 所验收工作。", {"finish", "accept", "raise", "rate"}),
        ("已交付 5 套。", {"finish", "accept", "deliver", "raise", "serve", "gain"}),
        ("已投入使用 5 所。", {"finish", "accept", "use", "raise", "rate", "serve", "gain"}),
        ("已进场 5 个。", {"start", "raise"}),
        ("已导入 5 套。", set()),
        ("已启动 5 个。", {"start", "raise"}),
    ],
)
def test_the_event_that_the_target_names_decides_what_is_done(text, kinds):
    assert {kind for kind in KEEPS if not read(text, kind)[0].reason} == kinds


def test_part_and_batch_are_marked():
    whole, part, other = read("停车位已完成 6100 个，其中专用 5529 个，公共 571 个。")
    assert (whole.part, part.part, other.part) == (False, True, True)
    (one,) = read("第二批重点单元已全部启动创建, 其中已完工59个")
    assert (one.batch, one.part, one.tier.name) == ("第二批", True, "SAID")


def test_every_mention_is_in_exactly_one_tier():
    text = "已完成 6 座（含 A 1 座），剩余 4 座、在建 3 座；完成率 60%。1. 计划 5 座"
    assert [one.mention for one in read(text)] == list(scan(text).mentions)


def test_words_keep_their_place():
    text = "设立充电桩（柜）１２００ 个（其中公共 300 个）。"
    prose = cut(text)
    assert len(prose.words) == len(prose.bare) == len(text)
    assert "柜" not in prose.words
    assert "公共" in prose.words


def test_a_longer_word_hides_the_words_inside_it():
    assert MEANING["待投用"].role == "neutral"
    assert [one.reason for one in read("15 座公厕竣工待投用", "use")] == ["other"]
    assert told("无障碍改造已完成 5 户") == "said 5"
