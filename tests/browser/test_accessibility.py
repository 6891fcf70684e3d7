"""axe-core on every page. What Streamlit 1.67 itself brings is none of it serious either."""

from __future__ import annotations

import pytest

from harness import PHONE, axe, open_page
from test_app import ADDRESSES


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    ("viewport", "scheme"), [(None, "light"), (None, "dark"), (PHONE, "light")]
)
def test_no_violation_is_serious(axe_core, app, new_page, name, viewport, scheme):
    page = new_page(viewport, scheme) if viewport else new_page(color_scheme=scheme)
    open_page(page, app.at(ADDRESSES[name]))
    found = [
        (violation["id"], node["html"][:150], node["target"])
        for violation in axe(page)
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert found == []
