"""The one HTML page is Streamlit's own, in Chinese, and names every script in it."""

from __future__ import annotations

import re
from pathlib import Path

from streamlit.file_util import get_static_dir

from minsheng import labels
from minsheng.labels import serving as words
from minsheng.server import shell

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
