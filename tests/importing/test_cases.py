"""Tables as offices write them, each with the answer of a careful reader (tests/data/cases)."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from click.testing import CliRunner

from minsheng import importing
from minsheng.cli import main
from minsheng.importing import worker

CASES = Path(__file__).parents[1] / "data" / "cases"
EXPECTED = json.loads((CASES / "expected.json").read_text("utf-8"))


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_cases", CASES / "check_cases.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_cases"] = module
    spec.loader.exec_module(module)
    return module


def _here(command, **_):
    """The command as the scorer runs it, without a new interpreter for each of 99 files."""
    done = CliRunner().invoke(main, command[3:])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return SimpleNamespace(returncode=done.exit_code, stdout=done.output.encode(), stderr=b"")


def _read(name, data, year=None, wanted=importing.AS_CHOSEN):
    source = importing.read(name, data, wanted)
    year = year or importing.year_of(source)
    return source, tuple(importing.proposed(row, year) for row in source.rows)


@pytest.fixture(scope="module")
def scorer():
    module = _scorer()
    module.subprocess = SimpleNamespace(run=_here, TimeoutExpired=subprocess.TimeoutExpired)
    return module


@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_gives_what_a_careful_reader_reads(scorer, monkeypatch, name):
    monkeypatch.setattr(worker, "read", _read)
    case = scorer.Case(name, EXPECTED[name])
    case.run(CASES, sys.executable, str(CASES))
    assert case.wrong == []
