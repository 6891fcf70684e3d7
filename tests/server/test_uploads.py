"""Files come from who may edit, no more than there is room for, and go when the right goes."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from minsheng.labels import serving as words
from minsheng.server import uploads as module
from minsheng.server.uploads import UploadGuard, Uploads

PLACE = "/_stcore/upload_file/s1/f1"


class Memory:
    """What Streamlit would hold."""

    def __init__(self) -> None:
        self.held: dict[str, int] = {}

    def free(self, session: str) -> None:
        self.held.pop(session, None)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def uploads(memory) -> Uploads:
    return Uploads(lambda: dict(memory.held), memory.free)


@pytest.fixture
def client(uploads, memory) -> TestClient:
    async def take(request: Request) -> Response:
        session, size = request.path_params["session"], len(await request.body())
        memory.held[session] = memory.held.get(session, 0) + size
        return Response(status_code=204)

    place = Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT", "DELETE"])
    return TestClient(
        Starlette(routes=[place], middleware=[Middleware(UploadGuard, uploads=uploads)])
    )


def always(_cookies: dict[str, str]) -> bool:
    return True


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_session_without_the_right_sends_nothing_and_takes_nothing_away(client, memory, method):
    answer = client.request(method, PLACE, content=b"x")
    assert (answer.status_code, answer.text) == (403, words.NO_UPLOAD)
    assert memory.held == {}


def test_the_right_is_asked_for_at_that_moment_and_of_that_browser(client, uploads):
    uploads.permit("s1", lambda cookies: cookies.get("who") == "wang")
    assert client.put(PLACE, content=b"x", headers={"Cookie": "who=wang"}).status_code == 204
    assert client.put(PLACE, content=b"x", headers={"Cookie": "who=li"}).status_code == 403
    assert client.put(PLACE.replace("s1", "s2"), content=b"x").status_code == 403
    uploads.forbid("s1")
    assert client.put(PLACE, content=b"x", headers={"Cookie": "who=wang"}).status_code == 403


def test_what_a_session_sent_goes_with_its_right_and_with_its_end(client, uploads, memory):
    uploads.permit("s1", always)
    uploads.permit("s2", always)
    for session in ("s1", "s2"):
        client.put(PLACE.replace("s1", session), content=b"x" * 10)
    assert memory.held == {"s1": 10, "s2": 10}
    uploads.forbid("s1")
    assert memory.held == {"s2": 10}
    uploads.sweep({"s2"})
    assert memory.held == {"s2": 10}
    uploads.sweep(set())
    assert memory.held == {}
    assert not uploads.may("s2", {})


def test_a_session_and_the_process_hold_only_so_much(client, uploads, memory, monkeypatch):
    monkeypatch.setattr(module, "OF_A_SESSION", 100)
    monkeypatch.setattr(module, "OF_THE_PROCESS", 150)
    for session in ("s1", "s2"):
        uploads.permit(session, always)
    assert client.put(PLACE, content=b"x" * 100).status_code == 204
    refused = client.put(PLACE, content=b"x")
    assert (refused.status_code, refused.text) == (413, words.NO_ROOM)
    other = PLACE.replace("s1", "s2")
    assert client.put(other, content=b"x" * 51).status_code == 413
    assert client.put(other, content=b"x" * 50).status_code == 204
    memory.free("s1")
    assert client.put(other, content=b"x" * 50).status_code == 204


def test_what_is_on_its_way_counts_and_stops_counting(uploads, monkeypatch):
    monkeypatch.setattr(module, "OF_A_SESSION", 100)
    assert uploads.begin("s1", 60)
    assert not uploads.begin("s1", 60)
    uploads.end("s1", 60)
    assert uploads.begin("s1", 60)


def test_without_a_length_nothing_is_taken(client, uploads):
    uploads.permit("s1", always)
    answer = client.put(PLACE, content=iter([b"x"]))
    assert (answer.status_code, answer.text) == (411, words.NO_LENGTH)
