"""The one HTML page is Streamlit's own, in Chinese, and names every script in it."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from streamlit.file_util import get_static_dir

from minsheng import labels
from minsheng.labels import serving as words
from minsheng.server import components, shell

ORIGINAL = (Path(get_static_dir()) / "index.html").read_text("utf-8")
PAGE = shell.page(ORIGINAL)


def test_it_is_chinese_before_any_script_has_run():
    assert '<html lang="zh-CN">' in PAGE.html
    assert f"<title>{labels.APP}</title>" in PAGE.html
    assert f"<noscript><p>{words.NO_SCRIPT}</p></noscript>" in PAGE.html
    for english in ("You need to enable JavaScript", "<title>Streamlit", "_stcore/agent"):
        assert english in ORIGINAL
        assert english not in PAGE.html


def test_everything_that_streamlit_loads_is_still_loaded():
    loaded = re.findall(r"\./static/[^\"]+", ORIGINAL)
    assert loaded
    assert re.findall(r"\./static/[^\"]+", PAGE.html) == loaded


def test_every_script_in_it_is_named_by_its_hash():
    assert len(PAGE.hashes) == PAGE.html.count("<script>") == 2
    assert PAGE.hashes == shell.page(ORIGINAL).hashes
    assert words.SHELL["lost"] in PAGE.html


@pytest.mark.parametrize("name", components.NAMES)
def test_the_scripts_and_styles_of_our_own_elements_come_with_it(name):
    assert f"{name}: (() => {{" in PAGE.html
    style = files("minsheng.server.assets").joinpath(f"{name}.css")
    if style.is_file():
        first = style.read_text("utf-8").partition("\n")[0]
        assert json.dumps(first)[1:-1] in PAGE.html


def test_they_end_no_script_of_the_page():
    assert "</" not in components.script()
    assert "__" not in re.sub(r"__minsheng\w*", "", components.script())
