"""What a choice of projects is called outside the pages: on the command line and in addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minsheng import labels
from minsheng.labels import exports
from minsheng.measuring.snapshot import Filters
from minsheng.model import Dataset, Light, Refused
from minsheng.printed import shortened


class UnknownChoice(Refused):
    """A value that nothing is called; the message says what there is. `kind` is what it was meant
    to be: `category`, `department`, `light` or `period`."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


def filters(
    dataset: Dataset,
    categories: Iterable[str] = (),
    departments: Iterable[str] = (),
    lights: Iterable[str] = (),
) -> Filters:
    """Categories go by number or name, departments and lights by name; each value may be a list.

    Raises:
        UnknownChoice: nothing is called so.
    """
    names = {each.category: each.category_number for each in dataset.projects}
    numbers = dict.fromkeys(each.category_number for each in dataset.projects)
    leads = dict.fromkeys(
        lead
        for each in dataset.projects
        for leads in (each.leads, *(report.leads for report in each.reports.values()))
        for lead in leads
    )
    words = {labels.LIGHT[light]: light for light in Light}
    return Filters(
        known(categories, names | {each: each for each in numbers}, "category"),
        known(departments, {each: each for each in leads}, "department"),
        tuple(Light(each) for each in known(lights, words, "light")),
    )


def known(wanted: Iterable[str], named: Mapping[str, str], kind: str) -> tuple[str, ...]:
    """What the values mean, each once; they may be given one by one or as a list with commas.

    Raises:
        UnknownChoice: nothing is called so.
    """
    values = [
        each.strip()
        for value in wanted
        for each in ([value] if value in named else exports.COMMA.split(value))
    ]
    for value in filter(None, values):
        if value not in named:
            offered = labels.joined(named)
            raise UnknownChoice(kind, exports.CLI_UNKNOWN.format(value=value[:60], known=offered))
    return tuple(dict.fromkeys(named[value] for value in values if value))


def period(dataset: Dataset, wanted: str | None) -> str:
    """The id of the period of that name; the last one where none is named.

    Raises:
        UnknownChoice: there is none.
    """
    ids = [each.id for each in dataset.periods]
    if wanted and wanted not in ids:
        words = labels.NO_PERIOD.format(period=shortened(wanted), known=labels.joined(ids))
        raise UnknownChoice("period", words)
    return dataset.period(wanted or None).id
