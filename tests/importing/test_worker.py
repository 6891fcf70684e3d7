"""Reading in a process of its own: the same answer, and a sentence where it cannot be given."""

from __future__ import annotations

import signal
import threading
import time

import pytest

import make_tables as make
from minsheng import importing
from minsheng.importing import worker
from minsheng.model import Refused

TEXT = make.seed_text().encode()
DIED = "读取时程序出了错，没有导入，原有数据没有动。"


def whole(name: str, data: bytes) -> tuple[importing.Source, tuple[importing.Proposed, ...]]:
    source = importing.read(name, data)
    return source, tuple(importing.proposed(row) for row in source.rows)


def spin(*_: object) -> None:
    while True:
        pass


def fill(*_: object) -> None:
    held = []
    while True:
        held.append(bytearray(1024 * 1024))


@pytest.fixture
def alone(monkeypatch):
    """As in the command, whatever threads the test's own tools have."""
    monkeypatch.setattr(worker, "_may_fork", lambda: True)


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", TEXT), ("a.docx", make.word(make.seed_parts()))]
)
def test_what_was_read_comes_back_as_it_was(alone, name, data):
    assert worker.read(name, data) == whole(name, data)


def test_a_program_with_threads_starts_a_process_anew():
    """A fork would inherit locks that other threads hold."""
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert not worker._may_fork()
        assert worker.read("a.txt", TEXT) == whole("a.txt", TEXT)
    finally:
        stop.set()
        other.join()


def test_a_fault_of_the_file_is_the_same_sentence(alone):
    with pytest.raises(Refused) as inside:
        importing.read("a.pdf", b"%PDF-1.7\n")
    with pytest.raises(Refused) as outside:
        worker.read("a.pdf", b"%PDF-1.7\n")
    assert str(outside.value) == str(inside.value)


def test_a_file_that_takes_too_long_is_given_up(alone, monkeypatch):
    monkeypatch.setattr(worker, "SECONDS", 0)
    monkeypatch.setattr(importing, "read", spin)
    with pytest.raises(Refused, match="还没有读完，没有导入"):
        worker.read("a.txt", TEXT)


def test_a_process_that_waits_for_ever_is_ended(alone, monkeypatch):
    monkeypatch.setattr(worker, "WAITING", 0.2)
    monkeypatch.setattr(importing, "read", lambda *_: time.sleep(3600))
    with pytest.raises(Refused, match="还没有读完，没有导入"):
        worker.read("a.txt", TEXT)


def test_a_file_that_would_fill_the_memory_is_given_up(alone, monkeypatch):
    monkeypatch.setattr(importing, "read", fill)
    with pytest.raises(Refused, match="要用的内存太多，没有导入"):
        worker.read("a.txt", TEXT)


@pytest.mark.parametrize("status", [-signal.SIGSEGV, -signal.SIGABRT, 1])
def test_a_process_that_dies_is_said_and_logged(status, monkeypatch, caplog):
    monkeypatch.setattr(worker, "_may_fork", lambda: False)
    monkeypatch.setattr(worker, "_spawned", lambda *_: (status, b""))
    with pytest.raises(Refused, match=DIED):
        worker.read("a.txt", TEXT)
    assert str(status) in caplog.text


def test_a_slip_of_the_program_is_a_sentence_and_a_log_line(alone, monkeypatch, caplog):
    def slip(*_: object) -> None:
        raise KeyError("甲")

    monkeypatch.setattr(importing, "read", slip)
    with pytest.raises(Refused, match=DIED):
        worker.read("a.txt", TEXT)
    assert "KeyError: '甲'" in caplog.text


def test_a_cell_longer_than_excel_allows_is_refused_with_its_place():
    long = f"项目内容\t进展情况\n新建食堂20家。\t{'建' * 20_001}".encode()
    with pytest.raises(Refused, match="第 2 行有一格超过 20000 字"):
        importing.read("a.txt", long)
    assert len(importing.read("a.txt", long[:-3]).rows) == 1
