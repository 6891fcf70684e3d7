"""Word's automatic numbers, as they are printed: 1, （一）, ① before a paragraph that holds none.

In the meeting a project is called by its number; in the file it is only a counter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from minsheng.labels.importing import CHINESE_DIGITS, CHINESE_UNITS, HEAVENLY_STEMS

DEEPEST_LEVEL = 9
HIGHEST = 9999
_VAL = qn("w:val")
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """How one level of a list counts: `text` holds %1, %2 ... where the counters stand."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."


@dataclass
class Numbering:
    """The lists of one document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by list
    counted_as: dict[str, str] = field(default_factory=dict)  # lists that count together
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, properties: Any) -> str:
        """The number printed before a paragraph with these properties; empty for bullets."""
        number, level = _of(properties)
        levels = self.levels.get(number)
        if levels is None:
            return ""
        own = levels.get(level, Level(text=f"%{level + 1}."))
        counts = self.counts.setdefault(
            self.counted_as[number],
            [levels.get(at, Level()).start - 1 for at in range(DEEPEST_LEVEL)],
        )
        counts[level] += 1
        for deeper in range(level + 1, DEEPEST_LEVEL):
            counts[deeper] = levels.get(deeper, Level()).start - 1
        if own.form in ("bullet", "none"):
            return ""

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = own.form if at == level else levels.get(at, Level()).form
            return written(max(counts[at], 1) if at < level else counts[at], form)

        return _PLACE.sub(shown, own.text)


def read(root: Any) -> Numbering:
    """From the part that the document's lists are in; nothing from none."""
    made = Numbering()
    abstract: dict[str, dict[int, Level]] = {}
    for element in root:
        if element.tag == qn("w:abstractNum"):
            id_ = str(element.get(qn("w:abstractNumId")))
            abstract[id_] = _levels(element.findall(qn("w:lvl")))
        elif element.tag == qn("w:num"):
            of = element.find(qn("w:abstractNumId"))
            kind = "" if of is None else str(of.get(_VAL))
            id_ = str(element.get(qn("w:numId")))
            known = abstract.get(kind, {})
            own: dict[int, Level] = {}
            for override in element.findall(qn("w:lvlOverride")):
                at = _int(override.get(qn("w:ilvl")), 0)
                start = override.find(qn("w:startOverride"))
                base = known.get(at, Level())
                own |= _levels(override.findall(qn("w:lvl")))
                if start is not None:
                    own[at] = Level(_int(start.get(_VAL), 1), base.form, base.text)
            made.levels[id_] = known | own
            made.counted_as[id_] = f"list {id_}" if own else kind
    return made


def _levels(elements: Any) -> dict[int, Level]:
    found = {}
    for each in elements:
        start, form, text = (each.find(qn(f"w:{tag}")) for tag in ("start", "numFmt", "lvlText"))
        found[_int(each.get(qn("w:ilvl")), 0)] = Level(
            _int(None if start is None else start.get(_VAL), 1),
            "decimal" if form is None else str(form.get(_VAL)),
            "" if text is None else str(text.get(_VAL) or "")[:50],
        )
    return found


def _of(properties: Any) -> tuple[str, int]:
    """List and level of a paragraph; the list "0" is none."""
    number, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    id_ = "0" if number is None else str(number.get(_VAL))
    return id_, _int(None if level is None else level.get(_VAL), 0) % DEEPEST_LEVEL


def _int(value: object, otherwise: int) -> int:
    text = str(value or "")
    return int(text[:4]) if text.isascii() and text.isdigit() else otherwise


def written(number: int, form: str) -> str:
    """A counter in one of Word's forms; in digits where the form is none of those in use here."""
    return _FORMS.get(form, str)(number) if 0 < number <= HIGHEST else str(number)


def _chinese(number: int) -> str:
    """一, 十, 十二, 一百零三."""
    said, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += (CHINESE_DIGITS[0] if zero and said else "") + CHINESE_DIGITS[digit]
            said += CHINESE_UNITS[place]
            zero = False
        else:
            zero = True
    ten = CHINESE_DIGITS[1] + CHINESE_UNITS[1]
    return said[1:] if said.startswith(ten) and number < 20 else said


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    said = ""
    for value, letters in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
        *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        said += letters * (number // value)
        number %= value
    return said


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographTraditional": lambda number: HEAVENLY_STEMS[(number - 1) % 10],
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}  # fmt: skip
