"""HTML as values: what is not already `Html` is text and is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from minsheng.export.clean import clean
from minsheng.measuring.drawn import Bar

_VOID = {"meta", "input", "br", "col"}


class Html(str):
    """Markup that was made here. Text from the dataset never is."""

    __slots__ = ()


def join(*parts: str, by: str = "") -> Html:
    return Html(
        by.join(part if isinstance(part, Html) else html.escape(clean(part)) for part in parts)
    )


def tag(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """`class_` is class, `data_chart` is data-chart; None and False leave an attribute out."""
    words = "".join(
        f" {key.rstrip('_').replace('_', '-')}"
        + ("" if value is True else f'="{html.escape(clean(str(value)))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{words}>")
    return Html(f"<{name}{words}>{join(*children)}</{name}>")


def raw(name: str, code: str, /, **attributes: str | None) -> Html:
    """A script or style of our own, whose text is not escaped."""
    return Html(f"{tag(name, **attributes)[: -len(name) - 3]}{code}</{name}>")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> Html:
    """A table whose head is repeated on each printed page; `numbers` are columns set to the right.

    A table wider than the screen scrolls by itself.
    """
    align = [" n" if at in numbers else None for at in range(len(heads))]
    return tag(
        "div",
        tag(
            "table",
            tag(
                "thead",
                tag(
                    "tr",
                    *(
                        tag("th", head, scope="col", class_=side)
                        for head, side in zip(heads, align, strict=True)
                    ),
                ),
            ),
            tag(
                "tbody",
                *(
                    tag(
                        "tr",
                        *(
                            tag("td", cell, class_=side)
                            for cell, side in zip(row, align, strict=True)
                        ),
                    )
                    for row in rows
                ),
            ),
        ),
        class_="wide",
        tabindex=0,
    )


WIDE = 1000


def bar_svg(bar: Bar) -> Html:
    """The bar as SVG, drawn here and not by a script: it is as wide on paper as its figure says."""

    def at(share: float) -> str:
        return f"{share * WIDE:.1f}".removesuffix(".0")

    def block(kind: str, start: float, end: float | None, y: int = 3, high: int = 10) -> str:
        if not end:
            return ""
        place = f'x="{at(start)}" y="{y}" width="{at(end - start)}" height="{high}"'
        return f'<rect class="{kind}" {place}/>'

    def line(kind: str, share: float) -> str:
        return f'<path class="{kind}" d="M{at(share)} 0V16"/>'

    parts = [
        block("track", 0, 1),
        block("done", 0, bar.solid),
        block("hatched", 0, bar.hatched),
        *(block("underway", each.start, each.end, 13, 3) for each in bar.strip),
        line("full", 1),
        "" if bar.due is None else line("due", bar.due),
        "" if bar.claim is None else line("claimed", bar.claim),
    ]
    return Html(
        f'<svg class="bar" viewBox="0 0 {WIDE} 16" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )
