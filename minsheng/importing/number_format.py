"""A number or a date as Excel shows it, as far as tables of progress use such formats: digits,
decimals, thousands, percent, scaling, words around it, dates. What is not understood (fractions,
exponents, conditions) is shown plain: the figure is never altered, at worst it is undressed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from minsheng.grammar.numerals import as_number
from minsheng.labels.importing import NUMBER_GENERAL, NUMBER_HALF_DAY, NUMBER_YEAR, WEEK, WEEKDAYS
from minsheng.model import MOST

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]?'
    rf"|(?P<general>{NUMBER_GENERAL})|(?P<ampm>{NUMBER_HALF_DAY})"
    r"|(?P<date>[yYmMdDhHsSeEaA]+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<text>@)|(?P<else>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"^[<>=]")
MOST_FORMAT = 255  # Excel's own limit

Token = tuple[str, str]


def number(value: int | float, form: str) -> str:
    exact = Decimal(f"{value:.15g}")
    tokens = _section(form, exact)
    kinds = {kind for kind, _ in tokens or ()}
    odd = kinds & {"date", "text", "ampm"} or abs(exact) >= MOST
    if tokens is None or odd or "/" in _else(tokens):
        return _undressed(exact, form)
    if "general" in kinds or not kinds & {"digit"}:
        words = [_literal(kind, text, exact) for kind, text in tokens]
        return "".join(words).strip() if tokens else ""
    return _dressed(exact, tokens).strip()


def moment(value: dt.datetime | dt.date | dt.time, form: str) -> str:
    """A date as shown; one whose order of day and month depends on the computer is in ISO order."""
    tokens = list(_tokens(_sections(form)[0]))
    written = "".join(text for kind, text in tokens if kind == "date").lower()
    local = not re.search("[e]|y.*m", written) or NUMBER_YEAR not in form
    if isinstance(value, dt.time) or (local and "y" in written) or not set(written) & set("ymdea"):
        return _iso(value)
    return "".join(_date_word(tokens, at, value) for at in range(len(tokens))).strip()


def read_moment(text: str) -> dt.datetime:
    """Raises ValueError."""
    return dt.datetime.fromisoformat(text)


def plain_number(value: Decimal) -> str:
    """No more digits than Excel keeps."""
    exact = as_number(value)
    return str(exact) if isinstance(exact, int) else f"{exact:.15g}"


def _undressed(exact: Decimal, form: str) -> str:
    return f"{plain_number(exact * 100)}%" if "%" in form else plain_number(exact)


def _iso(value: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return value.isoformat()


def _tokens(section: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(section):
        kind = str(found.lastgroup)
        yield kind, found[kind]


def _sections(form: str) -> list[str]:
    """Parted by semicolons outside quotes and brackets."""
    sections, quoted, start, at = [], False, 0, 0
    form = form[:MOST_FORMAT]
    while at < len(form):
        char = form[at]
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "\\!_*":
            at += 1
        elif not quoted and char == ";":
            sections.append(form[start:at])
            start = at + 1
        at += 1
    return [*sections, form[start:]]


def _section(form: str, value: Decimal) -> list[Token] | None:
    """The tokens for this number with its sign among them; None: not understood. No tokens: the
    format shows nothing."""
    sections = _sections(form)
    parted = [list(_tokens(each)) for each in sections]
    if any(kind == "bracket" and _CONDITION.match(text) for each in parted for kind, text in each):
        return None
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    sign: list[Token] = [("quoted", "-")] if value < 0 and at == 0 else []
    return [*sign, *parted[at]]


def _else(tokens: list[Token]) -> str:
    return "".join(text for kind, text in tokens if kind == "else")


def _literal(kind: str, text: str, exact: Decimal) -> str:
    if kind == "general":
        return plain_number(abs(exact))
    if kind == "bracket":
        return text[1:].partition("-")[0] if text.startswith("$") else ""
    if kind == "blank":
        return " "
    return "" if kind == "fill" else text


def _dressed(exact: Decimal, tokens: list[Token]) -> str:
    last_digit = max(at for at, (kind, _) in enumerate(tokens) if kind == "digit")
    points = [at for at, (kind, _) in enumerate(tokens) if kind == "point"]
    point = points[0] if points else len(tokens)
    commas = [at for at, (kind, _) in enumerate(tokens) if kind == "comma"]
    thousands = any(at < min(last_digit, point) for at in commas)
    scale = sum(1 for at in commas if at > last_digit or last_digit > point > at == point - 1)
    percents = sum(1 for kind, _ in tokens if kind == "percent")
    value = abs(exact).scaleb(2 * percents - 3 * scale)
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    decimals = [at for at in places if at > point]
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    whole = "" if whole == "0" else whole
    shown = {
        **_whole(whole, [at for at in places if at < point], tokens, thousands),
        **_decimals(part, decimals, tokens),
    }
    made = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "digit":
            made.append(shown[at])
        elif kind == "point":
            kept = at != point or any(shown[each] for each in decimals)  # Excel keeps it: "12."
            made.append("." if kept else "")
        elif kind != "comma":
            made.append(_literal(kind, text, exact))
    return "".join(made)


def _whole(digits: str, places: list[int], tokens: list[Token], thousands: bool) -> dict[int, str]:
    """Which digits stand at which placeholder: from the right, all that are left at the first."""
    needed = sum(1 for at in places if tokens[at][1] == "0")
    digits = digits.rjust(needed, "0")
    shown: dict[int, str] = {}
    count = 0
    for number, at in enumerate(reversed(places)):
        is_first = number == len(places) - 1
        taken, digits = (digits, "") if is_first else (digits[-1:], digits[:-1])
        grouped = ""
        for char in reversed(taken):
            grouped = char + ("," if thousands and count and count % 3 == 0 else "") + grouped
            count += 1
        shown[at] = grouped
    return shown


def _decimals(digits: str, places: list[int], tokens: list[Token]) -> dict[int, str]:
    shown = dict(zip(places, digits, strict=False))
    for at in reversed(places):
        if shown[at] != "0" or tokens[at][1] == "0":
            break
        shown[at] = ""
    return shown


def _date_word(tokens: list[Token], at: int, value: dt.datetime | dt.date) -> str:
    kind, text = tokens[at]
    if kind != "date":
        return _literal(kind, text, Decimal())
    char, length = text[0].lower(), len(text)
    if char in "ye":
        return f"{value.year:04d}" if length > 2 or char == "e" else f"{value.year % 100:02d}"
    if char == "a":
        return (WEEK if length > 3 else "") + WEEKDAYS[value.weekday()]
    if char == "d":
        return f"{value.day:02d}" if length == 2 else str(value.day)
    if char == "m" and not _is_minute(tokens, at):
        return f"{value.month:02d}" if length == 2 else str(value.month)
    part = {"h": "hour", "m": "minute", "s": "second"}[char]
    moment = getattr(value, part, 0)
    return f"{moment:02d}" if length == 2 or char != "h" else str(moment)


def _is_minute(tokens: list[Token], at: int) -> bool:
    """m is a month, except behind an hour or before a second."""
    before = [text for kind, text in tokens[:at] if kind == "date"]
    after = [text for kind, text in tokens[at + 1 :] if kind == "date"]
    return "".join(before[-1:])[:1].lower() == "h" or "".join(after[:1])[:1].lower() == "s"
