"""Every command that README.md and the manual show: it exists, and it does what it is shown for.

What belongs to this program runs in a copy of the repository's data, in the order of the page, with
the files that it names. Anything else that a page shows has to be taught here first.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from minsheng import export
from minsheng.cli import main
from minsheng.dataset import history, store
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Snapshot
from sample_secrets import PASSWORD
from seed import DATASET, SHOT

ROOT = Path(__file__).parents[1]
PAGES = [
    name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md") if (ROOT / name).exists()
]
OURS = "python -m minsheng"
SHELLS = ("sh", "bash", "console")
INLINE = re.compile(r"(?<!`)`((?:python -m |make )[^`\n]+)`(?!`)")
# What stands for something in the words of a page.
STAND_INS = {
    "[FILE]": "data/projects.yaml",
    "FILE": "data/projects.yaml",
    "[DIR]": "data/projects.yaml",
    "[NAME]": "王芳",
    "NAME": "王芳",
    "姓名": "王芳",
}


def shown(page: str) -> list[list[str]]:
    """The words of each command of the page, comments and brackets off, in the order of the page."""
    found, fence = [], None
    for line in (ROOT / page).read_text("utf-8").splitlines():
        if line.startswith("```"):
            fence = line[3:] if fence is None else None
        elif fence in SHELLS:
            found.append(line)
        elif fence is None:
            found += INLINE.findall(line)
    commands = (shlex.split(line.replace("\\", "/"), comments=True) for line in found)
    return [[_optional(word) for word in words] for words in commands if words]


def _optional(word: str) -> str:
    return word if word in STAND_INS else word.strip("[]")


def ours(page: str) -> Iterator[list[str]]:
    for words in shown(page):
        if " ".join(words[:3]) == OURS:
            yield words[3:]


def third_quarter() -> Snapshot:
    """The seed's figures under the title and the day of the quarter after it."""
    (period,) = DATASET.periods
    later = period.model_copy(update={"label": "三季度", "as_of": dt.date(2023, 9, 30)})
    title = DATASET.title.replace("半年度", "三季度")
    return snapshot.at(DATASET.model_copy(update={"title": title, "periods": (later,)}))


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """A folder as a user has it: the data, and a table in Word and in Excel."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns(".history"))
    (tmp_path / "半年度.docx").write_bytes(export.FORMATS["docx"].build(SHOT))
    (tmp_path / "三季度.xlsx").write_bytes(export.FORMATS["xlsx"].build(third_quarter()))
    shutil.copy(ROOT / "tests/data/cases/sheet-per-month.xlsx", tmp_path / "每月一张.xlsx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said_by(words: list[str], file: Path) -> tuple[int, str]:
    """Runs a command of ours; what goes to `> file` is written there."""
    target = None
    if ">" in words:
        words, target = words[: words.index(">")], words[words.index(">") + 1]
    filled = [STAND_INS.get(word, word) for word in words]
    if "FINGERPRINT" in filled:
        filled[filled.index("FINGERPRINT")] = history.versions(file)[-1].fingerprint[:12]
    result = CliRunner().invoke(main, filled, input=f"{PASSWORD}\n{PASSWORD}\n")
    if target:
        Path(target).write_text(result.stdout, "utf-8")
    return result.exit_code, result.output


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_shows_runs(copy, page):
    if lacking := export.FORMATS["pdf"].lacking():
        pytest.skip(lacking)
    file = copy / "data" / "projects.yaml"
    for words in ours(page):
        code, said = said_by(words, file)
        assert code == 0, f"{page}: {OURS} {shlex.join(words)}\n{said}"
    assert store.read(file).dataset.projects


def test_the_readme_shows_every_command():
    assert {words[0] for words in ours("README.md")} == set(main.commands)


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_and_file_that_a_page_shows_exists(page):
    targets = {words[1] for words in shown(page) if words[0] == "make"}
    if targets:
        subprocess.run(
            ["make", "--dry-run", *sorted(targets)], cwd=ROOT, check=True, capture_output=True
        )
    for words in shown(page):
        program = words[0].rpartition("/")[2]
        if program == "make" or " ".join(words[:3]) == OURS:
            continue
        if words[:3] == ["python", "-m", "venv"]:
            continue
        if program == "pip" and words[1:3] == ["install", "-r"]:
            assert (ROOT / words[3]).is_file()
        elif program == "streamlit" and words[1] == "run":
            assert (ROOT / words[2]).is_file()
        elif words[:2] == ["python", "-m"]:
            assert (ROOT / f"{words[2].replace('.', '/')}.py").is_file()
        else:
            pytest.fail(f"{page} shows a command that no test knows: {shlex.join(words)}")
