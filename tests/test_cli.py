from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from minsheng.cli import main

SEED = Path(__file__).parent.parent / "data" / "projects.yaml"


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(args))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def bad(tmp_path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text(SEED.read_text(encoding="utf-8").replace("done: 13\n", "done: 十三\n"), "utf-8")
    return path


def test_a_sound_file_ends_with_0():
    assert run("check", str(SEED)) == (0, "数据文件没有错误：29 个项目，20 条核查发现。\n")


def test_a_bad_file_ends_with_1_and_names_every_fault(bad):
    said = f"{bad}:207:19: 项目 5.1「老年食堂」的 done 应为数字，现在是「十三」。请写 13。\n"
    for command in (["check"], ["show"], ["show", "--format", "json"]):
        assert run(*command, str(bad)) == (1, said)


def test_findings_are_listed_with_their_line():
    code, said = run("check", "--findings", str(SEED))
    assert code == 0
    assert (
        f"{SEED}:196: 5.1 各阶段合计超过目标：「老年食堂」各阶段合计 52 家，超过目标 50 家。"
        in said
    )
    assert len(said.splitlines()) == 21


def test_show_prints_the_contracts_keys_in_order():
    code, said = run("show", str(SEED), "--format", "json", "--period", "2023H1")
    shown = json.loads(said)
    assert code == 0
    assert list(shown) == [
        "title", "place", "period", "as_of", "elapsed", "completion", "claimed", "lights",
        "projects", "departments", "categories", "findings",
    ]  # fmt: skip
    assert list(shown["projects"][0]) == [
        "id", "category", "content", "leads", "completion", "weakest", "claimed", "basis",
        "delivery", "light", "findings", "indicators",
    ]  # fmt: skip
    assert list(shown["projects"][0]["indicators"][0]) == [
        "name", "unit", "target", "done", "completion", "basis",
    ]  # fmt: skip
    assert list(shown["departments"][0]) == [
        "name", "projects", "done", "behind", "completion", "claimed", "rank", "rank_range", "few",
    ]  # fmt: skip
    assert list(shown["categories"][0]) == ["name", "projects", "completion"]
    assert list(shown["findings"][0]) == ["code", "severity", "project", "message"]


def test_unknown_is_null_in_json(tmp_path):
    path = tmp_path / "one.yaml"
    text = SEED.read_text(encoding="utf-8")
    path.write_text(
        text.replace("            declared: true\n", "            approx: true\n"), "utf-8"
    )
    shown = json.loads(run("show", str(path), "--format", "json")[1])
    row = next(each for each in shown["projects"] if each["id"] == "8.1")
    assert (row["completion"], row["basis"], row["light"]) == (None, "无数据", "无数据")
    assert row["indicators"][0]["done"] is None


def test_the_table_has_a_line_for_each_project():
    code, said = run("show", str(SEED))
    assert code == 0
    assert said.splitlines()[11].split("\t") == [
        "5.1", "26.0%", "26.0%", "26.0%", "推进中", "▼ 滞后", "区民政局", "新改建老年食堂 50 家。",
    ]  # fmt: skip


def test_an_unknown_period_names_the_known_ones():
    code, said = run("show", str(SEED), "--period", "2024H1")
    assert code == 2
    assert "没有报告期“2024H1”，可选：2023H1" in said


def test_the_schema_command_prints_the_stored_file():
    stored = SEED.with_name("projects.schema.json").read_text(encoding="utf-8")
    assert run("schema") == (0, stored)
