"""Imports point one way, and Streamlit and the disk stay at the edges (design.md section 6)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = [
    {"model"},
    {"printed"},
    {"labels"},
    {"theme", "grammar", "access"},
    {"dataset"},
    {"measuring"},
    {"charts", "agenda", "importing", "lists"},
    {"export"},
    {"server"},
    {"ui", "cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
SOURCES = sorted((ROOT / "minsheng").rglob("*.py"))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def module(path: Path) -> str:
    return path.relative_to(ROOT / "minsheng").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_module_imports_only_from_below_or_beside(path):
    own = module(path)
    if own == "__init__":
        return
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("minsheng.")}
    known = {name for name in ours if name in LEVEL}
    above = {name for name in known - {own} if LEVEL[name] >= LEVEL[own]}
    assert above - ({"labels"} if own == "grammar" else set()) == set()


def test_every_module_has_its_level():
    assert {module(path) for path in SOURCES} - {"__init__"} == set(LEVEL)


def test_streamlit_stays_in_the_pages_in_ui_and_in_the_server():
    users = {
        str(path.relative_to(ROOT))
        for path in [*SOURCES, ROOT / "app.py", *(ROOT / "pages").glob("*.py")]
        if any(name.split(".")[0] == "streamlit" for name in imported(path))
    }
    outside = {name for name in users if not name.startswith(("minsheng/ui/", "minsheng/server/"))}
    pages = {str(path.relative_to(ROOT)) for path in (ROOT / "pages").glob("*.py")}
    assert "app.py" in outside
    assert outside <= {"app.py", *pages}


def test_only_the_store_touches_the_disk_access_for_the_secrets_and_the_server_for_what_it_sends():
    """What belongs to the program itself is read through `importlib.resources.files`."""
    readers = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    touching = {
        module(path)
        for path in SOURCES
        if path.name != "worker.py"  # asks how much memory it has
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in readers
        and "files(" not in ast.unparse(node.func)
    }
    assert touching == {"dataset", "access", "server"}


def test_kept_rows_are_opened_by_the_engines_and_written_where_they_are_kept():
    """Parquet is derived and may be deleted: nothing but counting rests on it."""
    parquet = {"read_table", "read_parquet", "parquet", "ParquetFile", "write_table", "to_parquet"}
    touching = {
        str(path.relative_to(ROOT / "minsheng"))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in parquet
    }
    assert touching == {"lists/engines.py", "lists/kept.py"}


def test_the_core_knows_no_today():
    calls = {"today", "now"}
    asking = {
        module(path)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in calls
    }
    assert asking <= {"cli", "ui"}


@pytest.mark.parametrize("path", [*SOURCES, *(ROOT / "pages").glob("*.py")], ids=str)
def test_chinese_words_live_in_labels(path):
    """Elsewhere Chinese stands only in what is read (the grammar, the words of importing/, a rule's
    pattern), in the schema file's descriptions, in docstrings, and as the joints of a sentence."""
    if (
        path.name == "findings.py"
        or path.parts[-2:] == ("importing", "words.py")
        or (path in SOURCES and module(path) in {"labels", "printed", "model", "grammar"})
    ):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    words = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
        and sum("\u4e00" <= char <= "\u9fff" for char in node.value) > 2
    ]
    assert words == []
