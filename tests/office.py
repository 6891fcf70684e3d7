"""LibreOffice as the reader of what is exported: it opens the document, or the test says why not."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

CONVERTS_WITHIN = 120

ToPdf = Callable[[bytes, str], bytes]


def soffice() -> str:
    """Debian's LibreOffice. Skips the test where it is missing."""
    found = shutil.which("soffice")
    if found:
        return found
    missing = "LibreOffice is not installed: apt-get install libreoffice-calc-nogui "
    missing += "libreoffice-writer-nogui libreoffice-impress-nogui fonts-noto-cjk"
    pytest.skip(missing)


def to_pdf(data: bytes, ending: str, folder: Path) -> bytes:
    """The document as LibreOffice prints it."""
    return converted(data, ending, "pdf", folder)


def converted(data: bytes, ending: str, to: str, folder: Path) -> bytes:
    """What LibreOffice saves the document as. `folder` is empty and the call's own: the program
    keeps its profile there, so that two of them at once do not wait for each other."""
    source = folder / f"document.{ending}"
    source.write_bytes(data)
    into = folder / "converted"
    _convert([source], to, into, folder)
    made = into / f"document.{to.partition(':')[0]}"
    return made.read_bytes()


def _convert(sources: Sequence[Path], to: str, into: Path, folder: Path) -> None:
    command = [
        soffice(),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(into),
        *map(str, sources),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=CONVERTS_WITHIN)
    assert done.returncode == 0, done.stderr
    made = {path.stem for path in into.glob("*")}
    missing = [path.name for path in sources if path.stem not in made]
    assert not missing, f"LibreOffice could not open {missing}: {done.stdout}{done.stderr}"


def all_converted(
    documents: Mapping[str, bytes], ending: str, to: str, folder: Path
) -> dict[str, bytes]:
    """As `converted`, of many documents in one run of the program."""
    sources = {name: folder / f"{at}.{ending}" for at, name in enumerate(documents)}
    for name, path in sources.items():
        path.write_bytes(documents[name])
    into = folder / "converted"
    _convert(list(sources.values()), to, into, folder)
    return {name: (into / f"{path.stem}.{to}").read_bytes() for name, path in sources.items()}


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page without white space: where lines wrap is the paper's business."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
