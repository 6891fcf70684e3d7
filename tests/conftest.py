"""What all tests share."""

import os

import pytest
from hypothesis import settings

import office

# No deadline: the machine that tests is shared, and a slow example is no wrong one. In CI the same
# examples every time: a failure there belongs to the change, and chance looks on developers' machines.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> office.ToPdf:
    """Prints a document with LibreOffice: `to_pdf(data, "xlsx")`; see `office.page_texts`."""
    office.soffice()
    return lambda data, ending: office.to_pdf(data, ending, tmp_path_factory.mktemp("office"))
