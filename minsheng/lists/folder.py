"""A folder of lists: `<code>/<year>.yaml`, no index; whose list a file is and of which year, its
place says. What does not belong is named with its place and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from minsheng.dataset import store
from minsheng.dataset.schema import Document
from minsheng.labels import lists as say
from minsheng.lists import codes
from minsheng.lists.codes import divisions
from minsheng.model import DatasetError, Problem, Refused

_CODE, _YEAR = re.compile(r"[1-9][0-9]{5}"), re.compile(r"20[0-9]{2}")
_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list by its place in the folder; its file need not be a good one."""

    path: Path
    code: str
    year: int

    @property
    def name(self) -> str:
        """As `codes.name`."""
        return codes.name(self.code)


@dataclass(frozen=True)
class Folder:
    """`strays` are the files that are no list where they are, and why."""

    path: Path
    lists: tuple[Listed, ...]
    strays: Mapping[Path, Problem]

    def one(self, code: str | None = None, year: int | None = None) -> Listed:
        """The list of a place and a year; of one place the newest where no year is named.

        Raises:
            Refused: there is none, or several are meant; the sentence names what is there.
        """
        if not self.lists:
            raise Refused(say.no_lists(self.path))
        mine = [each for each in self.lists if code in (None, each.code)]
        if not mine:
            raise Refused(say.no_place(code or "", self._places()))
        if len({each.code for each in mine}) > 1:
            raise Refused(say.which_place(self.path, self._places()))
        years = sorted({each.year for each in mine})
        if year is not None and year not in years:
            raise Refused(say.no_year(mine[0].name, year, years))
        return next(each for each in mine if each.year == (year or years[-1]))

    def _places(self) -> list[str]:
        return list(dict.fromkeys(f"{each.code} {each.name}" for each in self.lists))


def read(path: Path) -> Folder:
    """What is in the folder, by code and year. No file is opened; what is hidden (`.history`,
    `.amounts`) is passed over."""
    lists: list[Listed] = []
    strays: dict[Path, Problem] = {}
    for each in sorted(path.iterdir()):
        if each.name.startswith("."):
            continue
        if each.is_dir():
            for file in sorted(each.iterdir()):
                if file.suffix in _ENDINGS and not file.name.startswith("."):
                    _place(file, each.name, lists, strays)
        elif each.suffix in _ENDINGS:
            strays[each] = Problem(1, 1, say.STRAY)
    return Folder(path, tuple(lists), strays)


def _place(file: Path, code: str, lists: list[Listed], strays: dict[Path, Problem]) -> None:
    if not _CODE.fullmatch(code):
        strays[file] = Problem(1, 1, say.not_a_code(code))
    elif file.suffix != ".yaml" or not _YEAR.fullmatch(file.stem):
        strays[file] = Problem(1, 1, say.NOT_A_YEAR)
    else:
        lists.append(Listed(file, code, int(file.stem)))


def check(folder: Folder) -> Iterator[tuple[Path, Document | None, tuple[Problem, ...]]]:
    """Every file of the folder with what it holds, or its faults: its own, and those of its place.
    One broken file says nothing of the others."""
    for path, problem in folder.strays.items():
        yield path, None, (problem,)
    # Who stands at his own place is not the second one, whichever is read first.
    owners = {(each.code, each.year): each.path for each in folder.lists}
    items: dict[tuple[str, int], frozenset[str]] = {}
    for each in folder.lists:
        try:
            document = store.read(each.path)
        except DatasetError as error:
            yield each.path, None, error.problems
            continue
        found = (*_misplaced(each, document, owners), *_uppers(each, document, owners, items))
        yield each.path, None if found else document, found


def misplaced(each: Listed, document: Document) -> tuple[Problem, ...]:
    """What is wrong with the place of a good file: its code, its year, what it calls itself."""
    return tuple(_misplaced(each, document, {}))


def _misplaced(
    each: Listed, document: Document, owners: dict[tuple[str, int], Path]
) -> Iterable[Problem]:
    dataset = document.dataset
    code, year = dataset.code or each.code, dataset.plan.start.year
    if dataset.code not in (None, each.code):
        own = say.wrong_folder(dataset.code or "", each.code, each.year)
        yield Problem(document.line("code"), 1, own)
    elif each.code not in divisions() and dataset.parent is None:
        yield Problem(1, 1, say.unknown_code(each.code))
    elif dataset.code is None and (other := _other_place(each.code, dataset.place)):
        yield Problem(document.line("place"), 1, say.other_place(dataset.place, each.name, other))
    if dataset.parent is not None and dataset.parent not in divisions():
        yield Problem(document.line("parent"), 1, say.unknown_parent(dataset.parent))
    if year != each.year:
        yield Problem(document.line("plan"), 1, say.wrong_year(year, each.year))
    if (first := owners.setdefault((code, year), each.path)) != each.path:
        yield Problem(1, 1, say.twice(code, year, first))


@dataclass(frozen=True, slots=True)
class UpperItem:
    """What `upper` names: 330300/2023#5.1."""

    code: str
    year: int
    item: str

    @classmethod
    def of(cls, named: str) -> UpperItem:
        place, _, item = named.partition("#")
        code, _, year = place.partition("/")
        return cls(code, int(year), item)


def _uppers(
    each: Listed,
    document: Document,
    owners: Mapping[tuple[str, int], Path],
    items: dict[tuple[str, int], frozenset[str]],
) -> Iterator[Problem]:
    """Shares of what is no upper place's, and of items that its list, where it is here, has not.
    `items` keeps what was read of other lists."""
    above = codes.above(each.code, document.dataset.parent)
    for at, project in enumerate(document.dataset.projects):
        for named in project.upper:
            upper = UpperItem.of(named)
            line = document.line("projects", at, "upper")
            if above and upper.code not in above:
                yield Problem(line, 1, say.not_above(named, each.name))
                continue
            path = owners.get((upper.code, upper.year))
            if path is None:
                continue
            if (upper.code, upper.year) not in items:
                with suppress(DatasetError):  # its own faults are told where it stands
                    there = frozenset(one.id for one in store.read(path).dataset.projects)
                    items[upper.code, upper.year] = there
            known = items.get((upper.code, upper.year))
            if known is not None and upper.item not in known:
                yield Problem(line, 1, say.no_upper_item(named))


def _other_place(code: str, place: str) -> str:
    """The code of the place above, beside or below that the list calls itself, where it does not
    call itself ours; a place may be written with those above it."""
    own = divisions().get(code)
    if own is None or place.endswith(own.name):
        return ""
    near = {own.parent, own.code}
    others = (
        each for each in divisions().values() if each.parent in near or each.code == own.parent
    )
    return next((each.code for each in others if place.endswith(each.name)), "")
