"""Who leads and who supports, as offices write it into one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minsheng.importing import words

_BETWEEN = re.compile(r"([、,，;；/+＋\s]+)")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_LAST_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]$")
_JOINT = re.compile(words.JOINT)
_LEAD_MARK = re.compile(words.LEAD_MARK)
_SUPPORT_MARK = re.compile(words.SUPPORT_MARK)
_PERSON_MARK = re.compile(words.PERSON_MARK)
_LEADS_END, _SUPPORTS_END = re.compile(words.LEADS_END), re.compile(words.SUPPORTS_END)
_MARKED, _NUMBERED = re.compile(words.MARKED), re.compile(words.NUMBERED)
_AND_SO_ON = re.compile(words.AND_SO_ON)
_TELEPHONE = re.compile(r"[\d-]{7,}")
_CHINESE = re.compile(r"[\u3400-\u9fff·]{2,4}")
# What stands inside brackets parts nothing.
_MARKS = "、,，;；/ "
_HELD = {ord(mark): 0xE000 + at for at, mark in enumerate(_MARKS)}
_FREED = {held: mark for mark, held in zip(_MARKS, _HELD.values(), strict=True)}
_AROUND = "。.:： -—“”‘’\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class Bodies:
    """`left_out` are words of the cell that name no body: persons, 等 5 个部门. `unsure`: a person
    should look, because a name or a mark was taken apart by its looks."""

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unsure: bool = False


def named_in(text: str, with_persons: bool = False) -> Bodies:
    """区城乡改造和 ⏎ 编研中心 is one, because no body's name ends with 和; 区 教 育 局 is one as
    well. Nothing is parted inside brackets. `with_persons`: the heading names persons too."""
    leads: dict[str, None] = {}
    supports: dict[str, None] = {}
    left_out: list[str] = []
    unsure = led = False
    into = leads
    for name in _names(text):
        if _PERSON_MARK.match(name):
            left_out.append(name.translate(_FREED))
            into = {}
            continue
        if _SUPPORT_MARK.match(name):
            into = supports
        elif _LEAD_MARK.match(name):
            into = leads
        bare = _LEAD_MARK.sub("", _SUPPORT_MARK.sub("", name))
        bare = _MARKED.sub("", _NUMBERED.sub("", _MARKED.sub("", bare)))
        unsure |= bool(_MARKED.match(name))
        place = into
        if ended := _SUPPORTS_END.search(bare):
            bare, place = bare[: ended.start()], supports
        elif ended := _LEADS_END.search(bare):
            bare, place, led = bare[: ended.start()], leads, True
        elif led and into is leads:
            place = supports
        bare, persons = _without_persons(bare)
        if (ended := _AND_SO_ON.search(bare)) and ended.start():
            left_out.append(ended[0])
            unsure, bare = True, bare[: ended.start()]
        bare = bare.translate(_FREED).strip(_AROUND)
        if bare and (leads or supports) and _is_person(bare, with_persons):
            persons, bare = [*persons, bare], ""
            unsure |= not with_persons
        left_out += persons
        if bare:
            place[bare] = None
    for name in leads:
        supports.pop(name, None)
    return Bodies(tuple(leads), tuple(supports), tuple(left_out), unsure)


def _names(text: str) -> list[str]:
    text = _JOINT.sub("、", text)
    whole = _BRACKETS.sub(lambda found: " ".join(found[0].split()).translate(_HELD), text)
    names: list[str] = []
    mark = "、"
    for at, part in enumerate(_BETWEEN.split(whole)):
        if at % 2:
            mark = part
        elif names and mark.isspace() and part and _is_one_name(names[-1], part, mark):
            latin = names[-1][-1].isascii() and part[0].isascii()
            names[-1] += f" {part}" if latin else part
        elif part:
            names.append(part)
    return names


def _is_one_name(before: str, after: str, mark: str) -> bool:
    if before[-1].isascii() and after[0].isascii() and before[-1].isalnum():
        return True
    if len(after) == 1 or len(before) == 1:
        return True
    if re.search(r"[:：]$", before):
        return True
    if before.endswith(words.BODY_ENDS) or _NUMBERED.match(after):
        return False
    if "\n" in mark:
        return True
    begins_anew = after[0] in words.BODY_BEGINS and (len(before) > 2 or _is_person(before, False))
    is_cut = after.endswith(words.BODY_ENDS) and not before[-1].isascii()
    return is_cut and not begins_anew


def _without_persons(name: str) -> tuple[str, list[str]]:
    """区水务局(张某), 区水务局(张某 8812345)."""
    found = _LAST_BRACKET.search(name)
    if found is None or not found.start():
        return name, []
    inside = found[1].translate(_FREED)
    person = _TELEPHONE.sub("", inside)
    if not person.strip() or _is_person(person.strip(), person != inside):
        return name[: found.start()], [inside]
    return name, []


def _is_person(text: str, expected: bool) -> bool:
    plain = text.replace(" ", "")
    if not _CHINESE.fullmatch(plain) or plain.endswith(words.BODY_ENDS):
        return plain.endswith(words.PERSON_TITLES) and len(plain) <= 6
    if plain.endswith(words.PERSON_TITLES) or "某" in plain:
        return True
    return expected or (len(plain) <= 3 and plain[0] in words.SURNAMES)
