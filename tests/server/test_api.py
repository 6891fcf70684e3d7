"""What other programs get: readiness, the figures as `show` prints them, documents a few at a time."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

from minsheng import cli, export
from minsheng.dataset import store
from minsheng.labels import serving as words
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Filters
from minsheng.model import Refused
from minsheng.server import api
from minsheng.server.documents import AT_ONCE, Order, Workshop
from minsheng.server.keeping import ROOT

SEED = ROOT / "data" / "projects.yaml"
WITHIN = 60


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "projects.yaml"
    shutil.copy(SEED, path)
    monkeypatch.setenv("MINSHENG_DATA", str(path))
    return path


@contextlib.contextmanager
def served(workshop: Workshop):
    """One event loop for all requests, as in the server."""
    with (
        contextlib.closing(workshop),
        TestClient(Starlette(routes=[*api.routes(workshop)])) as made,
    ):
        yield made


@pytest.fixture
def client(data):
    with served(Workshop()) as made:
        yield made


def test_health_names_the_version_and_stays_ready_while_the_newest_file_is_bad(client, data):
    fingerprint = store.fingerprint(data.read_bytes())
    ready = {"status": "ready", "fingerprint": fingerprint, "problems": 0}
    assert client.get("/api/health").json() == ready
    data.write_text("not: a dataset\n", "utf-8")
    answer = client.get("/api/health")
    assert answer.status_code == 200
    assert answer.json()["fingerprint"] == fingerprint
    assert answer.json()["problems"] > 0


def test_without_any_dataset_nothing_is_ready(client, data):
    data.write_text("not: a dataset\n", "utf-8")
    assert client.get("/api/health").status_code == 503
    for path in ("/api/snapshot.json", "/api/documents/csv"):
        answer = client.get(path)
        assert (answer.status_code, answer.text) == (503, words.NO_DATA)


def test_the_snapshot_is_what_show_prints_and_its_tag_is_the_fingerprint(client, data):
    shown = CliRunner().invoke(cli.main, ["show", str(data), "--format", "json"])
    answer = client.get("/api/snapshot.json")
    assert answer.text == shown.output
    assert answer.headers["etag"] == f'"{store.fingerprint(data.read_bytes())}"'
    again = client.get("/api/snapshot.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    data.write_text(SEED.read_text("utf-8") + "# saved\n", "utf-8")
    new = client.get("/api/snapshot.json", headers={"If-None-Match": answer.headers["etag"]})
    assert new.status_code == 200


def test_the_snapshot_is_of_the_choice_in_the_address(client):
    chosen = client.get("/api/snapshot.json?period=2023H1&category=2&department=区教育局").json()
    assert [each["id"] for each in chosen["projects"]] == ["2.1", "2.2", "2.3", "2.4"]
    by_name = client.get("/api/snapshot.json?category=学有所教&department=区教育局").json()
    assert by_name == chosen


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=2020", "没有报告期“2020”，可选：2023H1"),
        ("category=天上", "没有“天上”，可选：幼有所育"),
        ("department=nobody", "没有“nobody”，可选：区卫生健康局"),
        ("light=green", "没有“green”，可选：已完成"),
    ],
)
@pytest.mark.parametrize("path", ["snapshot.json", "documents/csv"])
def test_what_nothing_is_called_is_named_with_what_there_is(client, path, query, said):
    answer = client.get(f"/api/{path}?{query}")
    assert answer.status_code == 400
    assert answer.text.startswith(said)


@pytest.mark.parametrize("name", ["csv", "xlsx", "json"])
def test_a_document_from_a_worker_has_the_bytes_of_the_command(client, data, name):
    document, fingerprint = store.opened(data)
    shot = snapshot.at(document.dataset, None, fingerprint, Filters(categories=("2",)))
    answer = client.get(f"/api/documents/{name}?category=2")
    assert answer.status_code == 200
    assert answer.content == export.FORMATS[name].build(shot)
    assert answer.headers["content-type"].startswith(export.FORMATS[name].media)
    written = unquote(answer.headers["content-disposition"])
    expected = export.FORMATS[name].file_name(document.dataset, shot.period, shot.filters)
    assert written == f"attachment; filename*=UTF-8''{expected}"


def test_a_format_that_there_is_not_is_named_with_those_there_are(client):
    answer = client.get("/api/documents/doc")
    assert answer.status_code == 404
    assert answer.text.startswith("没有这种文件。可选：xlsx、docx")


def test_what_the_machine_lacks_is_said(data):
    def lacking(order: Order) -> bytes:
        raise Refused("没有字体")

    with served(Workshop(lacking)) as client:
        answer = client.get("/api/documents/pdf")
    assert (answer.status_code, answer.text) == (503, "没有字体")


class Slow:
    """Makes documents only when it is let."""

    def __init__(self) -> None:
        self.made: list[Order] = []
        self.begun = threading.Semaphore(0)
        self.let = threading.Event()

    def __call__(self, order: Order) -> bytes:
        self.made.append(order)
        self.begun.release()
        assert self.let.wait(WITHIN)
        return order.format.encode()


def test_a_third_document_is_refused_with_a_sentence_and_made_when_there_is_room(data):
    slow, got = Slow(), []
    with served(Workshop(slow)) as client:
        asking = [
            threading.Thread(target=lambda n=n: got.append(client.get(f"/api/documents/{n}")))
            for n in ("pptx", "docx")
        ]
        for each in asking:
            each.start()
        for _ in range(AT_ONCE):
            assert slow.begun.acquire(timeout=WITHIN)
        third = client.get("/api/documents/xlsx")
        assert third.status_code == 429
        assert third.text == words.BUSY.format(count=2)
        assert int(third.headers["retry-after"]) > 0
        assert client.get("/api/health").status_code == 200
        slow.let.set()
        for each in asking:
            each.join(WITHIN)
        assert sorted(each.content for each in got) == [b"docx", b"pptx"]
        assert client.get("/api/documents/xlsx").content == b"xlsx"


def test_the_same_document_is_made_once_until_the_data_change(data):
    slow, got = Slow(), []
    with served(Workshop(slow)) as client:
        asking = [
            threading.Thread(target=lambda: got.append(client.get("/api/documents/pptx")))
            for _ in range(3)
        ]
        for each in asking:
            each.start()
        assert slow.begun.acquire(timeout=WITHIN)
        slow.let.set()
        for each in asking:
            each.join(WITHIN)
        assert [each.status_code for each in got] == [200] * 3
        assert client.get("/api/documents/pptx").content == b"pptx"
        assert len(slow.made) == 1
        data.write_text(SEED.read_text("utf-8") + "# saved\n", "utf-8")
        client.get("/api/documents/pptx")
        assert len(slow.made) == 2


def test_the_choice_of_a_document_reaches_the_worker_whole():
    order = Order("csv", "2023H1", Filters(("2",), ("甲、乙局",)), "abc", "text")
    head, _, text = order.written().partition(b"\n")
    assert json.loads(head) == {
        "format": "csv",
        "period": "2023H1",
        "fingerprint": "abc",
        "categories": ["2"],
        "departments": ["甲、乙局"],
        "lights": [],
    }
    assert text == b"text"


def test_who_is_missing_is_asked_of_a_folder_of_lists_and_of_a_day_that_it_has(
    client, data, tmp_path, monkeypatch
):
    assert client.get("/api/missing.xlsx?level=county&day=2023-06-30").status_code == 404
    lists = tmp_path / "lists"
    (lists / "330302").mkdir(parents=True)
    shutil.copy(SEED, lists / "330302" / "2023.yaml")
    monkeypatch.setenv("MINSHENG_DATA", str(lists))
    for query in ("level=county&day=2023-06-29", "level=city&day=2023-06-30", "level=&day=x", ""):
        answer = client.get(f"/api/missing.xlsx?{query}")
        assert (answer.status_code, answer.text) == (404, words.NO_LEVEL_OR_DAY), query
    good = client.get("/api/missing.xlsx?level=county&day=2023-06-30")
    assert good.status_code == 200
    assert good.content[:2] == b"PK"
