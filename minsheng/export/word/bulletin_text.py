"""The 通报 as blocks, in the order such bulletins have. Word and PDF draw these and add nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minsheng import labels
from minsheng.export import cover, tables
from minsheng.export.blocks import Block, Landscape, Paragraph, Role, printable
from minsheng.labels import bulletin
from minsheng.labels import rest as rest_words
from minsheng.measuring.snapshot import EVERYTHING, Snapshot
from minsheng.model import Delivery, Light
from minsheng.printed import tenths


def blocks(shot: Snapshot) -> tuple[Block, ...]:
    """The whole bulletin with its two annexes."""
    return (
        *_opening(shot),
        *_overall(shot),
        *_lagging(shot),
        *_leads(shot),
        *_to_verify(shot),
        *_next(shot),
        *_annexes(shot),
    )


def title(shot: Snapshot, between_lines: str = "") -> str:
    filters = shot.filters
    names = shot.dataset.category_names
    lines = bulletin.title(
        shot.dataset.place,
        _years(shot),
        shot.period.label,
        [names.get(each, each) for each in filters.categories],
        filters.departments,
        [labels.LIGHT[each] for each in filters.lights],
    )
    return printable(between_lines.join(lines))


def table_and_results(shot: Snapshot) -> tuple[Block, ...]:
    """The table as it circulates, with what every document carries as a note under it; after it,
    on pages that can be left out, what was measured and found."""
    made = cover.of(shot)
    scope = () if shot.filters == EVERYTHING else (_text(Role.SUBTITLE, made.chosen),)
    return (
        Landscape(),
        _text(Role.TITLE, made.title),
        *scope,
        tables.official(shot),
        note(shot),
        *_rest(shot),
        Landscape(),
        _text(Role.ANNEX, bulletin.INTERNAL),
        _text(Role.NOTE, bulletin.INTERNAL_NOTE),
        *_results(shot),
        _text(Role.CAPTION, bulletin.CATEGORIES_TABLE),
        tables.categories(shot),
        _text(Role.CAPTION, bulletin.LEADS_TABLE),
        tables.departments(shot),
        _text(Role.NOTE, _ranks(shot)),
        _text(Role.CAPTION, bulletin.VERIFY),
        *([tables.findings(shot)] if shot.findings else [_text(Role.NOTE, labels.NO_FINDINGS)]),
        note(shot),
    )


def _rest(shot: Snapshot) -> Iterator[Block]:
    """The keys that have no column, so that the document says all that an import can read."""
    if table := tables.rest(shot):
        yield Landscape()
        yield _text(Role.ANNEX, rest_words.TITLE)
        yield table


def note(shot: Snapshot) -> Paragraph:
    """Title, cut-off date, filters, thresholds and fingerprint, in small print."""
    return _text(Role.NOTE, bulletin.note(cover.of(shot).facts))


def _years(shot: Snapshot) -> tuple[int, int]:
    return shot.dataset.plan.start.year, shot.dataset.plan.end.year


def _opening(shot: Snapshot) -> Iterator[Block]:
    made = cover.of(shot)
    yield _text(Role.TITLE, title(shot, "\n"))
    yield _gap(Role.ADDRESSEE, bulletin.ADDRESSEE)
    if shot.rows:
        head = bulletin.head(
            made.place,
            _years(shot),
            made.as_of,
            None if shot.filters == EVERYTHING else made.scope,
            shot.lights,
            bulletin.figures(
                shot.completion, shot.claimed, shot.elapsed, shot.known, len(shot.rows)
            ),
        )
    else:
        head = bulletin.nothing_chosen(made.as_of, made.scope)
    yield _text(Role.BODY, head + bulletin.READ_ON)


def _overall(shot: Snapshot) -> Iterator[Block]:
    yield _text(Role.HEADING, bulletin.OVERALL)
    if not shot.rows:
        yield _text(Role.BODY, labels.NOTHING_CHOSEN)
        return
    groups = [(row.name, row.completion) for row in shot.categories.values()]
    best = bulletin.extremes(
        [(name, share) for name, share in groups if share is not None],
        [name for name, share in groups if share is None],
    )
    delivery = Counter(row.delivery for row in shot.rows.values())
    yield _text(Role.BODY, best + bulletin.delivery({kind: delivery[kind] for kind in Delivery}))
    yield _text(Role.BODY, _gap_sentence(shot))
    yield _text(Role.CAPTION, bulletin.CATEGORIES_TABLE)
    yield tables.categories(shot)


def _gap_sentence(shot: Snapshot) -> str:
    above = [
        key
        for key, row in shot.rows.items()
        if row.claimed is not None
        and row.completion is not None
        and tenths(row.claimed) > tenths(row.completion)
    ]
    leads = dict.fromkeys(lead for key in above for lead in shot.rows[key].leads)
    return bulletin.gap(above, list(leads))


def _lagging(shot: Snapshot) -> Iterator[Block]:
    yield _text(Role.HEADING, bulletin.LAGGING)
    if not shot.rows:
        yield _text(Role.BODY, labels.NOTHING_CHOSEN)
        return
    rows = shot.rows.values()
    milestones = any(row.expected != shot.elapsed for row in rows)
    late, far = len(shot.lagging), shot.lights[Light.FAR_BEHIND]
    unknown = [key for key, row in shot.rows.items() if row.light == Light.UNKNOWN]
    known = len(shot.rows) - len(unknown)
    words = bulletin.lagging(late, far, len(shot.rows), known, milestones)
    yield _text(Role.BODY, words + (bulletin.unknown(unknown) if unknown else ""))
    if shot.lagging:
        yield _text(Role.CAPTION, bulletin.LAGGING_TABLE)
        yield tables.lagging(shot)


def _leads(shot: Snapshot) -> Iterator[Block]:
    yield _text(Role.HEADING, bulletin.LEADS)
    board = shot.departments
    if not board:
        yield _text(Role.BODY, labels.NOTHING_CHOSEN)
        return
    credits = sum(row.projects for row in board.values())
    late = [(name, row.behind) for name, row in board.items() if row.behind]
    late.sort(key=lambda each: -each[1])
    late_words = bulletin.behind_of(late, all_known=not shot.lights[Light.UNKNOWN])
    said = bulletin.leads(len(shot.rows), len(board), credits) + late_words
    yield _text(Role.BODY, said)
    yield _text(Role.CAPTION, bulletin.LEADS_TABLE)
    yield tables.departments(shot)
    yield _text(Role.NOTE, _ranks(shot))


def _ranks(shot: Snapshot) -> str:
    return bulletin.ranked_among(bool(shot.filters.departments))


def _to_verify(shot: Snapshot) -> Iterator[Block]:
    yield _text(Role.HEADING, bulletin.TO_VERIFY)
    counts = Counter(labels.SEVERITY[each.severity] for each in shot.findings)
    projects = {each.project for each in shot.findings}
    yield _text(Role.BODY, bulletin.to_verify(len(shot.findings), len(projects), counts))
    if shot.findings:
        yield _text(Role.CAPTION, bulletin.VERIFY_TABLE)
        yield tables.findings(shot)


def _next(shot: Snapshot) -> Iterator[Block]:
    yield _text(Role.HEADING, bulletin.NEXT)
    # Annexes and signature never stand alone on a page: some of the text goes with them.
    *before, last = bulletin.NEXT_GAPS
    for words in before:
        yield _gap(Role.BODY, words)
    yield _gap(Role.BODY, last, keep=True)
    annexes = bulletin.annexes((shot.dataset.title, bulletin.MEASURED))
    yield Paragraph(Role.ANNEXES, printable(annexes), keep=True)
    *signed, when = bulletin.SIGNATURES
    for words in signed:
        yield _gap(Role.SIGNATURE, words, keep=True)
    yield _gap(Role.SIGNATURE, when)


def _annexes(shot: Snapshot) -> Iterator[Block]:
    yield Landscape()
    yield _text(Role.ANNEX, bulletin.ANNEX.format(number=1))
    yield _text(Role.TITLE, shot.dataset.title)
    yield tables.official(shot)
    yield note(shot)
    yield Landscape()
    yield _text(Role.ANNEX, bulletin.ANNEX.format(number=2))
    yield from _results(shot)


def _results(shot: Snapshot) -> Iterator[Block]:
    yield _text(Role.TITLE, bulletin.MEASURED)
    yield tables.measured(shot)
    yield _text(Role.NOTE, bulletin.COUNTS_NOTE)
    yield _text(Role.NOTE, f"{bulletin.RULES}：{''.join(labels.RULES_TEXT)}")


def _text(role: Role, words: str) -> Paragraph:
    return Paragraph(role, printable(words))


def _gap(role: Role, words: str, keep: bool = False) -> Paragraph:
    return Paragraph(role, words, gap=True, keep=keep)
