"""axe-core on every page: nothing serious that is ours to mend."""

from __future__ import annotations

import pytest

from harness import PHONE, axe, open_page
from test_app import ADDRESSES

# Streamlit's own markup, the same on an empty page: rule → the part of the page it stands in.
STREAMLITS: dict[str, str] = {}


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    ("viewport", "scheme"), [(None, "light"), (None, "dark"), (PHONE, "light")]
)
def test_no_serious_violation_is_ours(axe_core, app, new_page, name, viewport, scheme):
    page = new_page(viewport, scheme) if viewport else new_page(color_scheme=scheme)
    open_page(page, app.at(ADDRESSES[name]))
    found = [
        (violation["id"], node["html"][:150], node["target"])
        for violation in axe(page)
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if STREAMLITS.get(violation["id"], "\0") not in node["html"]
    ]
    assert found == []
