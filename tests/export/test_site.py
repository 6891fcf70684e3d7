"""The public's pages: what stands in them, how large they are, and how the folder is kept up."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from click.testing import CliRunner
from lxml import html

import build
import make_lists
from minsheng import cli
from minsheng.dataset import store
from minsheng.export import site
from minsheng.export.site import publishing
from minsheng.labels import page as page_words
from minsheng.labels import publish as say
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Snapshot
from seed import SHOT

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "projects.yaml"
LARGEST = 200_000


def words(data: bytes) -> str:
    """What a reader can see: no script and none of its figures."""
    tree = html.document_fromstring(data.decode())
    for each in tree.xpath("//script"):
        each.drop_tree()
    return " ".join(tree.text_content().split())


def published(data: Path, out: Path, *more: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli.main, ["publish", str(data), "--out", str(out), *more])
    assert done.exit_code == code, done.output
    return done.output


def tree(out: Path) -> dict[str, bytes]:
    return {
        each.relative_to(out).as_posix(): each.read_bytes()
        for each in sorted(out.rglob("*"))
        if each.is_file()
    }


@pytest.fixture
def lists(tmp_path) -> Path:
    folder = tmp_path / "lists"
    for at, place in enumerate(make_lists.places(5)):
        file = folder / place.code / "2023.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(make_lists.text(place, silent=at == 4, projects=6), "utf-8")
    return folder


def large(projects: int) -> Snapshot:
    """A list of very many projects, in 14 categories and with as many leads as a province has."""
    made = [
        build.project(
            id=f"{at % 14 + 1}.{at // 14 + 1}",
            content=f"建设第 {at} 座场馆及其配套设施，方便周边居民使用。",
            leads=[f"第{at % 300}局"],
            text=f"已完成 {at % 7} 座，其余正在施工，" * 6,
            readings={"老年食堂": {"done": at % 7, "claimed": at % 90, "quotes": []}},
        )
        for at in range(projects)
    ]
    made.sort(key=lambda each: [int(part) for part in each["id"].split(".")])
    return snapshot.at(build.dataset(*made))


def test_every_project_stands_there_with_its_words_and_every_link_leads_somewhere():
    pages = site.pages(SHOT, "assets", "../index.html", with_findings=True)
    for each in SHOT.rows.values():
        assert each.content in words(pages["projects.html"])
        assert " ".join(SHOT.report(each.id).text.split()) in words(pages["projects.html"])
    links = Counter()
    for name, data in pages.items():
        made = html.document_fromstring(data.decode())
        chart = made.xpath("//script[@id='charts']")
        inside = json.loads(chart[0].text)["links"].values() if chart else ()
        for href in [*made.xpath("//main//a/@href | //nav//a/@href"), *inside]:
            page, anchor = urldefrag(href)
            target = html.document_fromstring(pages[page or name].decode())
            assert not anchor or target.get_element_by_id(anchor) is not None
            links[page or name] += 1
    assert set(links) == set(pages)


def test_figures_are_those_of_the_program_and_the_rest_is_a_matter_of_choice():
    without = site.pages(SHOT, "assets", "", with_findings=False)
    assert "能数出来的完成了 56.0%" in words(without["index.html"])
    said = " ".join(map(words, without.values()))
    # 63.5 % is what is claimed of the whole plan, 65 of 2.1 and 90 of 2.2; 9.1 rests on its claim.
    shown = {name: words(data) for name, data in without.items()}
    assert "63.5%" not in said
    for key in ("2.1", "2.2", "2.3", "2.4"):
        article = html.document_fromstring(without["projects.html"].decode()).get_element_by_id(
            f"p-{key}"
        )
        article.find(".//blockquote").drop_tree()
        assert "自报" not in article.text_content()
    assert "取低" in shown["projects.html"]
    for each in SHOT.findings:
        assert each.message not in said
    assert {"claims.html", "findings.html"}.isdisjoint(without)
    drawn = json.loads(
        html.document_fromstring(without["category-2.html"].decode())
        .get_element_by_id("charts")
        .text
    )
    assert not re.search(r"自报 \d", json.dumps(drawn, ensure_ascii=False))
    with_ = site.pages(SHOT, "assets", "", with_findings=True)
    assert "63.5%" in words(with_["index.html"])
    assert all(each.message in words(with_["findings.html"]) for each in SHOT.findings)


def test_a_list_without_projects_is_published_too():
    pages = site.pages(snapshot.at(build.dataset()), "assets", "", with_findings=True)
    assert "这个报告期还没有可以核算的数据" in words(pages["index.html"])
    assert set(pages) == {f"{name}.html" for name in page_words.PAGES}


@pytest.mark.parametrize("with_findings", [False, True])
def test_no_page_is_larger_than_a_slow_line_takes(with_findings):
    shot = large(1000)
    pages = site.pages(shot, "../../assets", "../../index.html", with_findings)
    assert max(map(len, pages.values())) <= LARGEST
    every = " ".join(words(data) for name, data in pages.items() if name.startswith("projects"))
    assert all(each.content in every for each in shot.rows.values())


def test_a_list_that_has_not_changed_is_not_written_again(lists, tmp_path):
    out = tmp_path / "site"
    published(lists, out)
    before = {each: each.stat().st_ino for each in out.rglob("*/*/*.html")}
    file = lists / "330302" / "2023.yaml"
    file.write_text(file.read_text("utf-8").replace("进展表", "进展情况表"), "utf-8")
    assert "新生成 1 份" in published(lists, out)
    after = {each: each.stat().st_ino for each in out.rglob("*/*/*.html")}
    changed = {each.relative_to(out).parts[0] for each in before if before[each] != after[each]}
    assert changed == {"330302"}
    assert "未变 5 份" in published(lists, out)
    assert "新生成 5 份" in published(lists, out, "--with-findings")


def test_what_is_gone_goes_and_what_is_not_ours_stays(lists, tmp_path):
    out = tmp_path / "site"
    published(lists, out)
    own = out / "330303" / "2023" / "说明.txt"
    own.write_text("别人的", "utf-8")
    shutil.rmtree(lists / "330302")
    shutil.rmtree(lists / "330303")
    published(lists, out)
    assert not (out / "330302").exists()
    assert [each.name for each in (out / "330303").rglob("*") if each.is_file()] == ["说明.txt"]
    assert "330302" not in (out / "index.html").read_text("utf-8")
    foreign = tmp_path / "documents"
    foreign.mkdir()
    (foreign / "index.html").write_text("别人的", "utf-8")
    assert published(lists, foreign, code=1).strip().endswith(say.not_ours(foreign))
    assert tree(foreign) == {"index.html": "别人的".encode()}


def test_one_file_and_then_a_folder_into_the_same_place(lists, tmp_path):
    out = tmp_path / "site"
    published(SEED, out)
    assert (out / "projects.html").exists()
    published(lists, out)
    assert not (out / "projects.html").exists()
    published(SEED, out)
    assert {each.name for each in out.iterdir()} >= {"index.html", "projects.html", "assets"}
    assert not (out / "330302").exists()


def test_a_broken_list_keeps_its_last_good_pages_and_is_named(lists, tmp_path):
    out = tmp_path / "site"
    published(lists, out)
    before = tree(out / "330304")
    (lists / "330304" / "2023.yaml").write_text("title: [", "utf-8")
    (lists / "331000").mkdir()
    (lists / "331000" / "2023.yaml").write_text("title: [", "utf-8")
    said = published(lists, out, code=1)
    assert "330304/2023.yaml:2:1" in said
    assert "网页仍是上一版" in said
    assert "没有发布" in said
    assert tree(out / "330304") == before
    index = (out / "index.html").read_text("utf-8")
    assert index.count("数据文件有错，没有更新") == 1
    assert "331000" not in index


@pytest.mark.parametrize("killed", [False, True])
def test_a_broken_list_keeps_no_claims_that_are_no_longer_published(tmp_path, killed):
    data, out = tmp_path / "projects.yaml", tmp_path / "site"
    shutil.copy(SEED, data)
    published(data, out, "--with-findings")
    assert (out / "claims.html").exists()
    if killed:
        mark = out / publishing.MARK
        found = json.loads(mark.read_text("utf-8"))
        version = found["version"].replace(" findings", " figures")
        mark.write_text(json.dumps({**found, "fingerprint": "", "version": version}), "utf-8")
    data.write_text("{", "utf-8")
    assert "没有发布" in published(data, out, code=1)
    assert not list(out.glob("*.html"))
    shutil.copy(SEED, data)
    published(data, out)
    assert (out / "index.html").exists()
    assert not (out / "claims.html").exists()


def test_of_very_many_lists_each_province_has_an_index(monkeypatch, lists, tmp_path):
    monkeypatch.setattr(site, "MANY", 4)
    out = tmp_path / "site"
    published(lists, out)
    assert 'href="33/index.html"' in (out / "index.html").read_text("utf-8")
    province = html.document_fromstring((out / "33" / "index.html").read_text("utf-8"))
    links = province.xpath("//tbody//a/@href")
    assert len(links) == 5
    assert all((out / "33" / each).resolve().is_file() for each in links)
    published(lists, out)
    monkeypatch.setattr(site, "MANY", 300)
    published(lists, out)
    assert not (out / "33").exists()


def test_a_hostile_list_is_text_and_a_hostile_mark_reaches_nothing(tmp_path):
    bad = "</script><script>alert(1)</script><img src=x>"
    shot = snapshot.at(build.dataset(build.project(content=bad, text=bad)))
    for data in site.pages(shot, "assets", "", with_findings=True).values():
        assert b"<img" not in data
        assert b"<script>alert" not in data
    out = tmp_path / "site"
    published(SEED, out)
    outside = tmp_path / "outside.html"
    outside.write_text("别人的", "utf-8")
    mark = out / publishing.MARK
    found = json.loads(mark.read_text("utf-8"))
    mark.write_text(json.dumps({**found, "fingerprint": "", "files": ["../outside.html"]}), "utf-8")
    published(SEED, out)
    assert outside.exists()


@pytest.mark.slow
def test_after_a_kill_at_any_moment_the_next_run_ends_right(lists, tmp_path):
    wanted = tmp_path / "wanted"
    published(lists, wanted)
    out = tmp_path / "site"
    command = [sys.executable, "-m", "minsheng", "publish", str(lists), "--out", str(out)]
    for at in range(10):
        running = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(0.8 + at * 0.15)
        running.kill()
        running.wait()
        for page in out.rglob("*.html"):
            assert page.read_bytes().endswith(b"</html>"), "whole or not there"
        if at % 3 == 2:  # every list changes, so that there is something to do again
            for file in lists.rglob("*.yaml"):
                text = file.read_text("utf-8")
                file.write_text(text.replace("区住建局", f"区住建局{at}"), "utf-8")
    published(lists, out)
    shutil.rmtree(wanted)
    published(lists, wanted)
    left = {name: data for name, data in tree(out).items() if not name.endswith(".tmp")}
    assert left == tree(wanted)
    assert store.fingerprint(b"") not in left
