"""What is installed is what the lock files say, and what is imported is named."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
CURE = "run `make lock` after a change of requirements*.txt"
PINNED = re.compile(
    r"^(?P<line>[A-Za-z0-9][^\s\\]*==[^\\\n]+?) \\\n(?P<hashes>(?:    --hash=sha256:\w{64}(?: \\)?\n)+)",
    re.M,
)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def direct(file: str) -> dict[str, Requirement]:
    """The requirements by name; those of the file it includes too."""
    found: dict[str, Requirement] = {}
    for line in (ROOT / file).read_text("utf-8").splitlines():
        words = line.partition("#")[0].strip()
        if words.startswith("-r "):
            found |= direct(words.removeprefix("-r ").strip())
        elif words:
            each = Requirement(words)
            found[normal(each.name)] = each
    return found


def locked(file: str) -> dict[str, list[Requirement]]:
    """The pins by name: one a name, or one for each kind of machine."""
    found: dict[str, list[Requirement]] = {}
    for each in PINNED.finditer((ROOT / file).read_text("utf-8")):
        pin = Requirement(each["line"])
        found.setdefault(normal(pin.name), []).append(pin)
    return found


def imported(*places: str) -> Iterator[tuple[str, str]]:
    """Every module from outside that a file under the places imports, with a file that does."""
    for place in places:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                names = (
                    [node.module]
                    if isinstance(node, ast.ImportFrom) and node.module and not node.level
                    else []
                )
                names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
                for name in names:
                    yield name.partition(".")[0], str(file.relative_to(ROOT))


def unnamed(places: tuple[str, ...], file: str) -> dict[str, str]:
    """Distributions that the places import and the file does not name, with who imports them."""
    distributions = metadata.packages_distributions()
    named = direct(file)
    own = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    return {
        name: by
        for name, by in imported(*places)
        if name not in sys.stdlib_module_names
        and name in distributions
        and name not in own
        and not {normal(each) for each in distributions[name]} & set(named)
    }


def test_whatever_the_product_imports_is_a_direct_requirement():
    assert unnamed(("app.py", "minsheng", "pages"), "requirements.txt") == {}


def test_whatever_tests_and_benchmarks_import_is_a_direct_requirement():
    assert unnamed(("tests", "benchmarks", "docs"), "requirements-dev.txt") == {}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_direct_requirement_is_exact_and_locked_as_it_is(file):
    pins = locked(file.replace(".txt", ".lock"))
    for name, each in direct(file).items():
        (version,) = each.specifier
        assert version.operator == "==", f"{file}: {each} is not exact"
        assert [p.specifier for p in pins.get(name, [])] == [each.specifier], f"{each}: {CURE}"


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_whatever_a_locked_distribution_needs_is_locked_with_a_hash(file):
    pins, text = locked(file), (ROOT / file).read_text("utf-8")
    assert len(re.findall(r"^\S+==", text, re.M)) == sum(map(len, pins.values())), (
        "a pin without hash"
    )
    for name, each in pins.items():
        if not any(pin.marker is None or pin.marker.evaluate() for pin in each):
            continue
        for need in map(Requirement, metadata.requires(name) or []):
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                assert normal(need.name) in pins, f"{name} needs {need}: {CURE}"


def test_what_runs_the_program_is_the_same_for_its_developers():
    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run, CURE
