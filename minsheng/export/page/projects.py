"""The parts of the one-file page that are text: projects with their evidence, findings, cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minsheng import labels, printed
from minsheng.export.page.markup import Html, join, tag
from minsheng.labels import COLUMN
from minsheng.labels import page as words
from minsheng.measuring import explanation
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, MeasuredIndicator, MeasuredProject
from minsheng.printed import number, percent


def light(value: Light) -> Html:
    """Shape and word; the shape in its colour."""
    shape = tag("i", labels.LIGHT_SHAPE[value], class_=f"shape {value}", aria_hidden="true")
    return join(shape, " ", labels.LIGHT[value])


def lagging(shot: Snapshot) -> Html:
    if not shot.lagging:
        return tag("p", labels.NO_LAGGING)
    return tag("ul", *(_late(shot, key) for key in shot.lagging), class_="cards")


def _late(shot: Snapshot, key: str) -> Html:
    row = shot.rows[key]
    return tag(
        "li",
        tag("p", light(row.light), " ", _link(key, row.content)),
        tag("p", f"{labels.joined(row.leads)} · {printed.points(row.variance)}"),
        tag("p", labels.reason(shot.weakest(key)), class_="small"),
    )


def projects(shot: Snapshot) -> Html:
    """Every project with its text and how its figures came about, and a field to find them by."""
    total = len(shot.rows)
    found: dict[str, list[Finding]] = {}
    for each in shot.findings:
        found.setdefault(each.project, []).append(each)
    return join(
        tag("h2", labels.PAGES["project"]),
        tag(
            "p",
            tag("label", words.SEARCH, for_="search"),
            tag(
                "input",
                id="search",
                type="search",
                placeholder=words.SEARCH_HINT,
                autocomplete="off",
            ),
            tag(
                "span",
                "",
                id="shown",
                class_="small",
                aria_live="polite",
                data_shown=words.SHOWN.replace("{total}", str(total)),
                data_none=words.NONE_FOUND,
            ),
            class_="search",
        ),
        *(_project(shot, key, row, found.get(key, ())) for key, row in shot.rows.items()),
    )


def _project(shot: Snapshot, key: str, row: MeasuredProject, found: Sequence[Finding]) -> Html:
    report = shot.report(key)
    readings = report.readings.values() if report else ()
    quotes = [quote for reading in readings for quote in reading.quotes]
    text = (
        tag("p", labels.NO_REPORT)
        if report is None
        else tag(
            "blockquote",
            *(
                tag("mark", piece) if mark else piece
                for piece, mark in explanation.marked(report.text, quotes)
            ),
        )
    )
    return tag(
        "article",
        tag("h3", f"{key} {row.content}"),
        tag(
            "p",
            light(row.light),
            f" · {labels.DELIVERY[row.delivery]} · {row.category} · {labels.joined(row.leads)}",
        ),
        tag("p", _figures(row)),
        tag(
            "div",
            tag("div", _indicators(shot.parts[key]), text),
            tag(
                "div",
                tag("h4", labels.Q_WHY) if shot.parts[key] else "",
                tag("ul", *map(_step, explanation.explain(shot, key))),
                tag("h4", labels.Q_FINDINGS) if found else "",
                tag("ul", *map(_of_project, found)),
            ),
            class_="pair",
        ),
        class_="project",
        id=f"p-{key}",
    )


def _figures(row: MeasuredProject) -> str:
    values = {
        COLUMN["completion"]: percent(row.completion),
        COLUMN["weakest"]: percent(row.weakest),
        COLUMN["claimed"]: percent(row.claimed),
        COLUMN["basis"]: labels.BASIS[row.basis],
    }
    return " · ".join(f"{name} {value}" for name, value in values.items())


def _indicators(parts: Sequence[MeasuredIndicator]) -> Html:
    if not parts:
        return tag("p", labels.NO_INDICATOR)
    return tag("ul", *map(_indicator, parts))


def _indicator(part: MeasuredIndicator) -> Html:
    done = labels.NOT_STATED if part.done is None else number(part.done)
    figures = f"{part.name} {done} / {number(part.target)} {part.unit}　"
    stages = labels.joined(f"{name} {number(count)}" for name, count in part.stages.items())
    return tag(
        "li",
        figures,
        tag("b", labels.shown(part)),
        f"　{words.STAGES}：{stages}" if stages else "",
    )


def _step(step: explanation.Step) -> Html:
    quotes = labels.quoted(quote for each in step.inputs for quote in each.quotes)
    return tag(
        "li",
        f"{step.name}：{step.formula}",
        tag("span", f"　{words.QUOTED}{quotes}", class_="small") if quotes else "",
    )


def _of_project(found: Finding) -> Html:
    title = labels.RULES[found.code].title
    return tag("li", f"{title}（{labels.SEVERITY[found.severity]}）：{found.message}")


def findings(shot: Snapshot, gaps: Html) -> Html:
    """By rule, with why it matters; `gaps` is the chart of claims against counts."""
    found = shot.findings
    return join(
        tag("h2", words.SECTIONS["findings"]),
        tag("p", labels.found(len(found), len({each.project for each in found}))),
        tag("h3", labels.Q_DUMBBELL),
        gaps,
        *(
            _rule(shot, code, [each for each in found if each.code == code])
            for code in dict.fromkeys(each.code for each in found)
        ),
    )


def _rule(shot: Snapshot, code: str, found: list[Finding]) -> Html:
    rule = labels.RULES[code]
    return join(
        tag("h3", f"{rule.title}（{labels.SEVERITY[found[0].severity]} {len(found)}）"),
        tag("p", rule.why, class_="small lead"),
        tag("ul", *_cards(shot, found), class_="cards"),
    )


def _cards(shot: Snapshot, found: Iterable[Finding]) -> Iterable[Html]:
    for each in found:
        row = shot.rows[each.project]
        yield tag(
            "li",
            tag("p", _link(each.project, row.content)),
            tag("p", f"{labels.joined(row.leads)}：{each.message}"),
            tag("p", labels.quoted(each.quotes), class_="small"),
        )


def _link(key: str, content: str) -> Html:
    return tag("a", tag("b", f"{key} {content}"), href=f"#p-{key}")
