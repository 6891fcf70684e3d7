"""What other programs ask for: is it there, the figures as JSON, the documents of 导出."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from minsheng import labels
from minsheng.dataset.schema import Document
from minsheng.dataset.store import State, Store
from minsheng.export import FORMATS, json_text
from minsheng.labels import lists as list_words
from minsheng.labels import serving as words
from minsheng.measuring import choosing
from minsheng.measuring.choosing import UnknownChoice
from minsheng.measuring.snapshot import Filters
from minsheng.model import Refused
from minsheng.server.bundles import matches
from minsheng.server.documents import Busy, Order, Workshop
from minsheng.server.keeping import rolled as rolled_lists
from minsheng.server.keeping import store, taken

DOCUMENTS = "api/documents"
RETRY_AFTER = 20  # seconds


def routes(workshop: Workshop) -> Sequence[BaseRoute]:
    async def document(request: Request) -> Response:
        return await _document(request, workshop)

    return [
        Route("/api/health", _health),
        Route("/api/snapshot.json", _snapshot),
        Route("/api/missing.xlsx", _missing),
        Route(f"/{DOCUMENTS}/{{name}}", document),
    ]


async def _health(_request: Request) -> Response:
    """Ready as soon as a dataset has been read, whatever became of its file since; of a folder of
    lists the first."""
    try:
        state = await run_in_threadpool(lambda: store().current())
    except Refused as error:
        return _said(str(error), 503)
    ready = state.document is not None
    said = {
        "status": "ready" if ready else "no dataset",
        "fingerprint": state.fingerprint or None,
        "problems": len(state.problems),
    }
    return JSONResponse(said, 200 if ready else 503, {"Cache-Control": "no-store"})


async def _snapshot(request: Request) -> Response:
    """The same text as `python -m minsheng show --format json`."""
    try:
        state = await run_in_threadpool(lambda: _asked(request).current())
    except Refused as error:
        return _said(str(error), 404)
    if state.document is None:
        return _said(words.NO_DATA, 503)
    try:
        period, filters = _chosen(request, state.document)
    except UnknownChoice as error:
        return _said(str(error), 400)
    tag = f'"{state.fingerprint}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    text = await run_in_threadpool(lambda: json_text.dumps(taken(state, period, filters)))
    return Response(f"{text}\n", media_type="application/json", headers=headers)


async def _document(request: Request, workshop: Workshop) -> Response:
    """The same bytes as `python -m minsheng export`; 429 while too many are being made."""
    try:
        state = await run_in_threadpool(lambda: _asked(request).current())
    except Refused as error:
        return _said(str(error), 404)
    if state.document is None:
        return _said(words.NO_DATA, 503)
    kind = FORMATS.get(request.path_params["name"])
    if kind is None:
        return _said(words.NO_FORMAT.format(known=labels.joined(FORMATS)), 404)
    try:
        order = _order(request, kind.name, state, state.document)
    except UnknownChoice as error:
        return _said(str(error), 400)
    tag = f'"{state.fingerprint}"'
    name = kind.file_name(
        state.document.dataset, state.document.dataset.period(order.period), order.filters
    )
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
    }
    if matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    try:
        made = await workshop.get(order)
    except Busy as error:
        return _said(str(error), 429, {"Retry-After": str(RETRY_AFTER)})
    except Refused as error:
        return _said(str(error), 503)
    return Response(made, media_type=kind.media, headers=headers)


async def _missing(request: Request) -> Response:
    """Who has not reported, as `rollup --missing --format xlsx` writes it."""
    level, day = (request.query_params.get(key, "") for key in ("level", "day"))
    try:
        made = await run_in_threadpool(lambda: _made_missing(level, day))
    except Refused as error:
        return _said(str(error), 404)
    name = quote(f"{list_words.MISSING}-{day}.xlsx", safe="")
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
    }
    return Response(made, media_type=FORMATS["xlsx"].media, headers=headers)


def _made_missing(level: str, day: str) -> bytes:
    # Only who watches many lists pays for loading what counts them.
    from minsheng.export import rollup as written
    from minsheng.lists import counting, rollup

    rolled = rolled_lists()
    rows = rolled.rows
    if day not in counting.days(rows, level):
        raise Refused(words.NO_LEVEL_OR_DAY)

    def make() -> bytes:
        asked = rollup.Ask(level, dt.date.fromisoformat(day), unread=rolled.unread)
        ask, answer = rollup.comparable(rows, asked)
        table = rollup.missing(rows, ask)
        return written.build(written.Answer(answer, table, rolled.broken), "xlsx")

    return rolled.counted(("missing.xlsx", level, day), make)


def _asked(request: Request) -> Store:
    """Of a folder of lists that of `?place=330302&year=2023`."""
    return store(request.query_params.get("place", ""), request.query_params.get("year", ""))


def _order(request: Request, name: str, state: State, document: Document) -> Order:
    period, filters = _chosen(request, document)
    return Order(name, period, filters, state.fingerprint, document.text)


def _chosen(request: Request, document: Document) -> tuple[str, Filters]:
    asked = request.query_params
    dataset = document.dataset
    period = choosing.period(dataset, asked.get("period"))
    lists = map(asked.getlist, ("category", "department", "light"))
    return period, choosing.filters(dataset, *lists)


def _said(words: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(words, status, {"Cache-Control": "no-store", **(headers or {})})
