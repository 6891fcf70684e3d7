"""Which column is what: by its heading, by its neighbours, and by what stands in it.

Several columns of one kind are told apart: plan and actual, month and cumulative, earlier and
latest, money and works. What has no place of its own is kept under its heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from minsheng.importing import words
from minsheng.importing.columns import Header, Heading, squeezed
from minsheng.importing.periods import When, year_in
from minsheng.importing.tables import Cell, Column

MOST = 0.6  # so much of a column's cells says what the column is

_LIST_MARK = re.compile(words.LIST_MARK)
_DIGIT = re.compile(words.DIGIT)
_PERCENT = re.compile(r"[\d.,]+%")
_NUMBER = re.compile(r"-?\d[\d,.]*")
_BARE_GOAL = re.compile(words.BARE_GOAL)
_MONEY_DONE, _MONEY_TOTAL = re.compile(words.MONEY_DONE), re.compile(words.MONEY_TOTAL)
_MONEY_PLANNED = re.compile(words.MONEY_PLANNED)
_PROGRESS_LIKE = re.compile(words.PROGRESS_LIKE)
_COMMON = re.compile(words.COMMON)


@dataclass(frozen=True)
class Layout:
    """The places of each role, and those of columns that there may be several of: `periods` tell of
    an earlier period, `plans` of what was planned for one, `sites` of a part of the district.
    `asks` are flags of every row whose figure rests on them. `when` is the period of the columns
    that were taken as progress, where their heading says one."""

    columns: tuple[Column, ...]
    headings: tuple[Heading, ...]
    places: Mapping[str, tuple[int, ...]]
    periods: tuple[tuple[int, When], ...] = ()
    plans: tuple[tuple[int, When], ...] = ()
    sites: tuple[int, ...] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    asks: frozenset[str] = frozenset()
    when: When | None = None
    joins_goal: bool = False

    def place(self, role: str) -> int | None:
        found = self.places.get(role, ())
        return found[0] if found else None


class _Body:
    """What stands in the columns below a heading, blanks and merged repeats left out."""

    def __init__(self, lines: Sequence[Sequence[Cell]]) -> None:
        self.lines = [line for line in lines if sum(bool(each.text) for each in line) > 2] or lines

    def values(self, at: int) -> list[str]:
        return [
            text
            for line in self.lines
            if at < len(line) and not line[at].left and not line[at].above
            if (text := squeezed(line[at].text)) and text.lower() not in words.NOTHING
        ]

    def share(self, at: int, is_one: Callable[[str], bool]) -> float:
        found = self.values(at)
        return sum(map(is_one, found)) / len(found) if found else 0.0

    def repeats(self, at: int) -> bool:
        """Whether one cell of the column is that of several rows."""
        found = self.values(at)
        merged = any(line[at].above for line in self.lines if at < len(line))
        return merged or len(set(found)) < len(found) or 0 < len(found) < len(self.lines)


def is_percent(text: str) -> bool:
    return bool(_PERCENT.fullmatch(squeezed(text)))


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(squeezed(text)))


def _is_prose(text: str) -> bool:
    return len(text) > 6 or bool(_DIGIT.search(text) and _PROGRESS_LIKE.search(text))


def is_bare_goal(text: str) -> bool:
    return bool(_BARE_GOAL.fullmatch(squeezed(text)))


def is_body(text: str) -> bool:
    return len(text) > 1 and text.split("\n")[0].rstrip("。").endswith(words.BODY_ENDS)


def settle(
    header: Header, lines: Sequence[Sequence[Cell]], title: When | None, level: str
) -> Layout:
    """The columns of a heading with what stands below it. `title` is the period that the title
    names, `level` the last character of the place: 区."""
    return _Settling(header, _Body(lines), title, level).layout()


class _Settling:
    def __init__(self, header: Header, body: _Body, title: When | None, level: str) -> None:
        self.headings = header.headings
        self.body = body
        self.title, self.level = title, level
        self.roles: list[str | None] = [self._by_cells(at) for at in range(len(self.headings))]
        self.places: dict[str, tuple[int, ...]] = {}
        self.periods: list[tuple[int, When]] = []
        self.plans: list[tuple[int, When]] = []
        self.units: dict[int, str] = {}
        self.asks: set[str] = set()
        self.when: When | None = None
        self.sites: tuple[int, ...] = ()
        self.joins_goal = False

    def layout(self) -> Layout:
        self._measured()
        self._sites()
        self._promise()
        self._bodies()
        self._money()
        self._told()
        self._claim()
        for role in ("serial", "leader", "deadline", "problems", "next_steps", "unit", "place"):
            self._take(role, self._of(role)[:1])
        self._take("category", self._of("category")[-1:])
        verdicts = self._of("verdict")
        if verdicts and not self.places.get("progress") and "done" not in self.places:
            self._take("progress", verdicts[:1])
        self._take("verdict", verdicts[:1])
        return Layout(
            tuple(self._columns()),
            self.headings,
            self.places,
            tuple(self.periods),
            tuple(self.plans),
            self.sites,
            self.units,
            frozenset(self.asks),
            self.when,
            self.joins_goal,
        )

    def _columns(self) -> Iterator[Column]:
        taken = {at: role for role, found in self.places.items() for at in found}
        taken |= {at: "plan" for at, _ in self.plans} | {at: "period" for at, _ in self.periods}
        taken |= dict.fromkeys(self.sites, "by_place")
        for at, heading in enumerate(self.headings):
            yield Column(" ".join(heading.printed.split()), taken.get(at))

    def _of(self, role: str) -> list[int]:
        return [at for at, each in enumerate(self.roles) if each == role]

    def _take(self, role: str, found: Sequence[int]) -> None:
        if found:
            self.places[role] = tuple(found)

    def _has(self, at: int, trait: str) -> bool:
        return trait in self.headings[at].traits

    def _span(self, at: int) -> list[int]:
        """The columns that one heading reaches over."""
        name = squeezed(self.headings[at].printed)
        found = [at]
        while found[-1] + 1 < len(self.headings):
            after = self.headings[found[-1] + 1]
            if squeezed(after.printed) != name or not self.body.values(found[-1] + 1):
                break
            found.append(found[-1] + 1)
        return found

    def _rank(self, role: str, at: int) -> int:
        said = squeezed(self.headings[at].printed)
        stems = words.STEMS.get(role, ())
        return next((rank for rank, stem in enumerate(stems) if stem in said), len(stems))

    def _by_cells(self, at: int) -> str | None:
        """The role that the heading gives, corrected by what stands below."""
        heading = self.headings[at]
        role = heading.role
        if at == 0 and not heading.printed.strip() and self.body.share(at, is_number) == 1:
            named = any(each.role == "serial" for each in self.headings)
            return None if named else "serial"
        percents, numbers = self.body.share(at, is_percent), self.body.share(at, is_number)
        if role == "unit_or_body":
            return "leads" if self.body.share(at, is_body) >= MOST else "unit"
        if role in ("progress", "period", "done") and percents >= MOST:
            return "claimed"
        if role in ("progress", "period") and numbers >= MOST:
            return "done"
        if role == "done" and self.body.values(at) and numbers < 1 - MOST:
            return "progress"
        if role == "period":
            return "progress" if self.body.values(at) else None
        if role == "claimed" and self.body.values(at) and percents + numbers < 1 - MOST:
            is_prose = self.body.share(at, _is_prose) >= MOST
            told = "told" in heading.traits and self.body.share(at, is_body) < MOST
            return "progress" if told else "prose" if is_prose else role
        return role

    def _measured(self) -> None:
        """Figures that were computed for an export are no words of a department."""
        said = [squeezed(each.printed) for each in self.headings]
        for at in range(len(said) - len(words.MEASURED) + 1):
            found = range(at, at + len(words.MEASURED))
            if tuple(said[x] for x in found) == words.MEASURED:
                self._take("measured", found)
                for x in found:
                    self.roles[x] = None

    # Parts of the district.

    def _sites(self) -> None:
        sites = [at for at in self._of("site") if self.body.share(at, is_number) >= MOST]
        if len(sites) < 2:
            return
        self.sites = tuple(sites)
        whole = [at for at in self._of("whole") if self.body.share(at, is_number) >= MOST]
        if whole and not self._of("done"):
            self.roles[whole[0]] = "done"

    # The promise.

    def _promise(self) -> None:
        full = [at for at in self._of("content") if not self.headings[at].when]
        for at in self._of("content"):
            time = self.headings[at].when
            if time and (len(full) > 0 or self._of("name")):
                self.plans.append((at, time))
        for at in self._of("target"):
            time = self.headings[at].when
            if time and self.body.share(at, is_number) < MOST:
                self.plans.append((at, time))
        full = full or [at for at in self._of("content") if at not in dict(self.plans)]
        names, goals = self._of("name"), self._of("target")
        bare = [
            at
            for at in full
            if self.body.share(at, lambda text: is_number(text) or is_bare_goal(text)) >= MOST
        ]
        if len(full) > len(bare) or (names and not self._is_of_several(names[0])):
            full = [at for at in full if at not in bare]
            goals = [*bare, *goals]
        goals = [at for at in goals if not self._has(at, "month") and not self.headings[at].when]
        full.sort(key=lambda at: (self._share_of_digits(at) < 1 - MOST, self._rank("content", at)))
        if full:
            content = sorted(self._span(min(full[:1])))
        else:
            content = self._span(names[0]) if names else []
            names = [at for at in names if at not in content]
        self._take("content", content)
        if goals:
            self._take("target", goals[:1])
            first = content[0] if content else goals[0]
            self.joins_goal = self._share_of_digits(content[-1] if content else first) < 1 - MOST
        names = [at for at in names if at not in content]
        if names and not self._of("category"):
            is_category = self.body.repeats(names[0]) or not self._names_it(names[0], content)
            if is_category and not (self.joins_goal and not full):
                self.roles[names[0]] = "category"
            else:
                self._take("name", names[:1])

    def _is_of_several(self, at: int) -> bool:
        """Whether one text of the column stands for several rows, as that of a category does."""
        found = {squeezed(line[at].text) for line in self.body.lines if at < len(line)}
        return 2 * len(found) <= len(self.body.lines)

    def _share_of_digits(self, at: int) -> float:
        return self.body.share(at, lambda text: bool(_DIGIT.search(_LIST_MARK.sub("", text))))

    def _names_it(self, at: int, content: Sequence[int]) -> bool:
        """Whether a column names the promise beside it: they share words."""
        shared = rows = 0
        for line in self.body.lines:
            if at >= len(line) or not content or content[0] >= len(line):
                continue
            name, promise = squeezed(line[at].text), squeezed(line[content[0]].text)
            if name and promise:
                rows += 1
                if is_bare_goal(promise):
                    shared += 1
                    continue
                runs = {name[x : x + 2] for x in range(len(name) - 1)}
                shared += any(run in promise and not _COMMON.fullmatch(run) for run in runs)
        return rows > 0 and shared / rows >= MOST

    # Who.

    def _bodies(self) -> None:
        leads = sorted(self._of("leads"), key=lambda at: (self._rank("leads", at), at))
        own = [at for at in leads if self.level and self.headings[at].level == self.level]
        above = [at for at in leads if self._is_above(at)]
        leads = own + [at for at in leads if at not in own and at not in above] or leads
        if not leads:
            remarks = [at for at in self._of("remark") if self.body.share(at, is_body) >= MOST]
            if remarks:
                leads = remarks
                self.asks.add("leads_from_remarks")
        self._take("leads", leads[:1])
        self._take("supports", self._of("supports")[:1])

    def _is_above(self, at: int) -> bool:
        """省级牵头部门 in a district's table."""
        levels = [each[0] for each in words.LEVELS]
        level = self.headings[at].level
        ranks = [n for n, names in enumerate(words.LEVELS) if self.level in names]
        return bool(ranks) and level in levels and levels.index(level) < ranks[0]

    # Money.

    def _money(self) -> None:
        for at in self._of("money"):
            said = squeezed(self.headings[at].printed)
            if self._has(at, "percent") or self._has(at, "month") or _MONEY_TOTAL.search(said):
                continue
            if self.body.share(at, is_number) < MOST:
                continue
            planned = self._has(at, "plan") and not self.headings[at].when
            if not planned and _MONEY_DONE.search(said) and not self._has(at, "plan"):
                self.places.setdefault("paid", (at,))
            elif planned or _MONEY_PLANNED.search(said):
                self.places.setdefault("planned", (at,))

    def _is_share_of_money(self, at: int) -> bool:
        """Whether the percents of a column are what was paid of what was planned."""
        paid, planned = self.places.get("paid"), self.places.get("planned")
        if not paid or not planned:
            return False
        same = rows = 0
        for line in self.body.lines:
            if max(at, paid[0], planned[0]) < len(line):
                found = [_value(line[x].text) for x in (at, paid[0], planned[0])]
                if None not in found and found[2]:
                    rows += 1
                    same += abs(float(found[0] or 0) - 100 * float(found[1] or 0) / found[2]) < 1
        return rows > 0 and same / rows >= MOST

    # What was done.

    def _told(self) -> None:
        told = [at for at in self._of("progress") if not self._is_plan(at)]
        counts = [at for at in self._of("done") if not self._is_plan(at)]
        told, counts = self._of_this_year(told), self._of_this_year(counts)
        told = self._latest([at for at in told if not self._has(at, "earlier")])
        counts = self._latest_count([at for at in counts if not self._has(at, "earlier")])
        if not told and not counts:
            told = self._of("prose")[:1]
        self._take("progress", told)
        self._take("done", counts[:1])
        times = [time for at in (*told, *counts) if (time := self.headings[at].when)]
        self.when = times[0] if times else None

    def _of_this_year(self, told: list[int]) -> list[int]:
        """2023 年完成情况 beside 2024 年完成情况 is told of another plan."""
        years = {at: year for at in told if (year := year_in(self.headings[at].printed))}
        if len(set(years.values())) < 2:
            return told
        said = self.title.year if self.title else None
        own = said if said in years.values() else max(years.values())
        return [at for at in told if years.get(at, own) == own]

    def _is_plan(self, at: int) -> bool:
        if not self._has(at, "plan"):
            return False
        time = self.headings[at].when
        if time and self.body.share(at, lambda t: is_percent(t) or is_number(t)) < MOST:
            self.plans.append((at, time))
        return True

    def _latest(self, told: list[int]) -> list[int]:
        """The columns of the newest period that says anything, at most the title's; earlier ones
        become reports of their own."""
        if any(self._has(at, "month") for at in told):
            rest = [at for at in told if not self._has(at, "month")]
            if any(self._has(at, "total") for at in rest):
                told = rest
        months = {at: time.month for at in told if (time := self.headings[at].when)}
        if len(set(months.values())) < 2 and len(months) == len(told):
            return told
        filled = {at: month for at, month in months.items() if self.body.values(at)}
        last = self.title.month if self.title else 12
        current = [at for at in told if at not in months]
        before = sorted(month for month in set(filled.values()) if month <= last)
        newest = before[-1] if before and not current else None
        if newest is None and not current and filled:
            newest = min(filled.values())
            self.asks.add("later_than_title")
        if (
            current
            and len(set(months.values())) < 2
            and (not self.title or last in months.values())
        ):
            return told
        for at, month in filled.items():
            time = self.headings[at].when
            if time and month != newest and month < (newest or last):
                self.periods.append((at, time))
        return current or [at for at in told if filled.get(at) == newest]

    def _latest_count(self, counts: list[int]) -> list[int]:
        """The cumulative figure. The numbers of single months beside it, or without it, are not."""
        months = [at for at in counts if self._has(at, "month")]
        rest = [at for at in counts if at not in months]
        total = [at for at in rest if self._has(at, "total")]
        plain = [at for at in rest if at not in total and not self.headings[at].when]
        timed = [at for at in rest if at not in total and at not in plain]
        found = total or plain
        if not found and len(timed) == 1:
            found = timed
        if found:
            last = self.when or self.title
            this = months or [
                at for at in timed if at not in found and last and self._month(at) == last.month
            ]
            self._take("this_period", this[:1])
        elif months or timed:
            self.asks.add("months_only")
        return found

    def _month(self, at: int) -> int | None:
        time = self.headings[at].when
        return time.month if time else None

    def _claim(self) -> None:
        claims = [
            at
            for at in self._of("claimed")
            if not (self._has(at, "plan") and not self._says_done(at))
            and not self._has(at, "money")
            and not self._has(at, "earlier")
            and not self._is_share_of_money(at)
        ]
        if len(claims) > 1:
            claims = [at for at in claims if not self._has(at, "month")] or claims
        claims.sort(key=lambda at: (self._has(at, "image"), self._rank("claimed", at), at))
        timed = [at for at in claims if self.headings[at].when]
        if len(timed) > 1:
            last = self.title.month if self.title else 12
            known = [at for at in timed if (self._month(at) or 0) <= last and self.body.values(at)]
            claims = sorted(known, key=lambda at: self._month(at) or 0)[-1:] or claims
        self._take("claimed", claims[:1])
        if "progress" not in self.places and self._of("prose"):
            self._take("progress", self._of("prose")[:1])

    def _says_done(self, at: int) -> bool:
        return "完成" in squeezed(self.headings[at].printed)


def _value(text: str) -> float | None:
    plain = squeezed(text).rstrip("%").replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return None
