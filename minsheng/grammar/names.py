"""Names of departments and categories that are probably another one, or two in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_LEVEL = re.compile("^[省市区县]")
# Names that differ in these were numbered or placed: 第一小学 and 第二小学, 城东 and 城西.
_COUNTED = frozenset(
    "0123456789０１２３４５６７８９一二三四五六七八九十甲乙丙丁东西南北中上下前后左右内外新老"
)
# Bureaus of one district that are one character apart, and each is right.
_BUREAUS = frozenset(
    f"{stem}{kind}"
    for stems, kind in (
        (
            "民政 财政 市政 邮政 教育 体育 农业 林业 渔业 水利 水务 商务 税务 公安 公路 交通",
            "局",
        ),
        ("审计 统计 信访 司法 住建 城建 城管 文旅 文体 文广 医保 环保 社保 人社 卫健 卫计", "局"),
        ("经信 经发 工信 科技 民宗 档案 粮食 发改 国资 网信", "局"),
        ("卫健 卫计 经信 经发 发改 国资 政法", "委"),
        ("信访 网信 国资 人防", "办"),
        ("档案 图书 文化 博物", "馆"),
    )
    for stem in stems.split()
)
_LONGEST = 60  # a longer one is a sentence, and no slip of one character

_RUN_TOGETHER = re.compile(r"[/／|｜\\＼]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_UNIT = "(?:[局委办部院站队会联所处室社厅署司团]|中心|公司|集团|政府)"
# 区 that begins another unit, and not 区分局, 市场, 市民中心; nor that of 团区委 and 区委区府办.
_ANEW = "(?:区(?![分支域级块间])|县(?![域级])|市(?![场政容民级区])|省(?!级))"
_TWO_UNITS = re.compile(
    rf"(?:{_UNIT}以?[和与及]|(?![委团社])(?:{_UNIT}(?<!政府)){_ANEW}).*{_UNIT}$|(街道|[镇乡村])以?[和与及].*\1$"
    rf"|[·•・･‧∙⋅&＆+＋：:！？!?]|{_UNIT}[-_.~～‐‑–—－＿．].*{_UNIT}$"
)


def run_together(name: str) -> bool:
    """区民政局/区残联, 区民政局 区残联: two units with what cannot be a part of one's name."""
    return _RUN_TOGETHER.search(name) is not None


def holds_two(name: str) -> bool:
    """区民政局和区残联, 区民政局·区残联, 区民政局区残联; not 区文化和广电旅游体育局."""
    return _TWO_UNITS.search(name) is not None or run_together(name)


def alike(counts: Mapping[str, int]) -> dict[str, str]:
    """Of each two names that are one character apart the rarer (of equals the later), with the
    other. `counts`: how often each name stands, in the order of the table.

    省, 市, 区, 县 in front are put aside. Time is linear in the names' length.
    """
    found: dict[str, str] = {}
    for one, other in _neighbours([name for name in counts if len(name) <= _LONGEST]):
        rarer, known = (one, other) if counts[one] < counts[other] else (other, one)
        found.setdefault(rarer, known)
    return found


def _neighbours(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs, the earlier first. Names with a character in the same place taken away are equal
    where one was put in its stead; equal to the whole of another where one was left out."""
    stems = {name: _LEVEL.sub("", name) for name in names}
    whole: dict[str, list[str]] = {}
    for name, stem in stems.items():
        whole.setdefault(stem, []).append(name)
    gaps: dict[tuple[str, str], list[str]] = {}
    order = {name: at for at, name in enumerate(names)}
    for name, stem in stems.items():
        for at in range(len(stem)):
            rest = stem[:at], stem[at + 1 :]
            others = [*gaps.get(rest, ()), *whole.get("".join(rest), ())]
            for other in others:
                if _is_slip(stem, stems[other]):
                    first, second = sorted((name, other), key=order.__getitem__)
                    yield first, second
            gaps.setdefault(rest, []).append(name)


def _is_slip(one: str, other: str) -> bool:
    if max(len(one), len(other)) < 3 or {one, other} <= _BUREAUS or one == other:
        return False
    differ = {char for pair in zip(one, other, strict=False) for char in pair if pair[0] != pair[1]}
    return len(one) != len(other) or not differ <= _COUNTED
