"""What every document carries, as plain values: a page torn from its screen still says whose
figures it shows, of which day, and what was left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minsheng import agenda, labels, printed
from minsheng.labels import exports
from minsheng.measuring.snapshot import Snapshot


@dataclass(frozen=True)
class Cover:
    """`title` and `place` are the dataset's, verbatim and never trusted.

    `scope` is 全部 or names the filters; `fingerprint` is as short as the pages print it, and
    empty for a dataset that was not read from a file.
    """

    title: str
    place: str
    period: str
    as_of: dt.date
    scope: str
    elapsed: str
    limits: str
    fingerprint: str

    @property
    def dated(self) -> str:
        """Place, period and cut-off date in one line, as the overview has it."""
        return labels.dated(self.place, self.period, self.as_of)

    @property
    def chosen(self) -> str:
        """「范围：全部」 or the filters."""
        return f"{exports.SCOPE}：{self.scope}"

    @property
    def created(self) -> dt.datetime:
        """The time that document properties carry: the same figures make the same bytes."""
        return dt.datetime.combine(self.as_of, dt.time())

    @property
    def facts(self) -> dict[str, str]:
        """All of it as name → words, for a sheet or a slide of facts."""
        rule, _, limits = self.limits.partition("：")
        values = {
            "title": self.title,
            "place": self.place,
            "period": self.period,
            "as_of": labels.date(self.as_of),
            "scope": self.scope,
            "elapsed": self.elapsed,
            "fingerprint": self.fingerprint,
        }
        facts = {exports.FACTS[key]: words for key, words in values.items()}
        return facts | {rule: limits}


def of(shot: Snapshot) -> Cover:
    return Cover(
        title=shot.dataset.title,
        place=shot.dataset.place,
        period=shot.period.label,
        as_of=shot.period.as_of,
        scope=agenda.scope(shot.dataset, shot.filters),
        elapsed=printed.percent(shot.elapsed),
        limits=labels.limits(shot.dataset.thresholds),
        fingerprint=shot.fingerprint[:12],
    )
