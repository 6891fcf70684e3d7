"""LibreOffice as the reader of what is exported: it opens the document, or the test says why not."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
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
    command = [
        soffice(),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(into),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=CONVERTS_WITHIN)
    made = into / f"document.{to.partition(':')[0]}"
    assert done.returncode == 0, done.stderr
    assert made.exists(), f"LibreOffice could not open the document: {done.stdout}{done.stderr}"
    return made.read_bytes()


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page without white space: where lines wrap is the paper's business."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
