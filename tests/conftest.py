"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import office

HERE = Path(__file__).parent
IN_CI = bool(os.environ.get("CI"))

# No deadline: the machine that tests is shared, and a slow example is no wrong one. In CI the same
# examples every time: a failure there belongs to the change, and chance looks on developers' machines.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("fast", deadline=None, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS") or ("ci" if IN_CI else "here"))


# Whole documents, and files made to be hard to read: what make test-fast leaves out.
DOCUMENTS = (
    "export/",
    "importing/test_malformed.py",
    "server/test_api.py",
    "test_golden.py",
    "test_readme.py",
    "test_surfaces.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(HERE).as_posix().startswith(DOCUMENTS):
            item.add_marker(pytest.mark.documents)
        if {"to_pdf", "saved"} & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.office)
        if item.path.is_relative_to(HERE / "ui") or "shown" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.pages)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """A test that skips for want of a program does so on a developer's machine; in CI it fails."""
    report: pytest.TestReport = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Nothing is skipped in CI: {report.longrepr}"
    return report


@pytest.fixture
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> office.ToPdf:
    """Prints a document with LibreOffice: `to_pdf(data, "xlsx")`; see `office.page_texts`."""
    office.soffice()
    return lambda data, ending: office.to_pdf(data, ending, tmp_path_factory.mktemp("office"))
