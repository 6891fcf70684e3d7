from __future__ import annotations

import csv
import errno
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from minsheng.cli import main
from minsheng.dataset import store
from minsheng.export import csv_text
from minsheng.model import Refused

SEED = Path(__file__).parents[2] / "data" / "projects.yaml"


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


def test_every_command_acts_on_the_file_that_the_app_shows_and_names_it(bad, monkeypatch, tmp_path):
    monkeypatch.setenv("MINSHENG_DATA", str(bad))
    named = f"数据文件：{bad}\n"
    for command in (
        ["check"], ["show"], ["export", "--format", "csv", "--out", str(tmp_path)],
        ["new-period", "2023Q3", "--as-of", "2023-09-30", "--who", "张三"],
    ):  # fmt: skip
        code, said = run(*command)
        assert (code, said.startswith(named)) == (1, True)
        assert f"{bad}:207:19: " in said
    assert run("history") == (0, named)
    assert not run("check", str(SEED))[1].startswith("数据文件：")


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


def test_export_writes_the_files_and_says_where_they_are(tmp_path):
    out = tmp_path / "新" / "文件夹"
    code, said = run(
        "export", str(SEED), "--format", "xlsx,csv", "--format", "json", "--out", str(out)
    )
    assert code == 0
    names = [
        f"温州市鹿城区民生实事-2023H1-{name}" for name in ("进展表.xlsx", "明细.csv", "数据.json")
    ]
    assert sorted(each.name for each in out.iterdir()) == sorted(names)
    for name, line in zip(names, said.splitlines(), strict=True):
        assert f"：{out / name}（29 个项目，" in line
    shown = json.loads(run("show", str(SEED), "--format", "json")[1])
    written = json.loads((out / names[2]).read_text("utf-8"))
    assert list(written) == [*shown, "fingerprint", "thresholds", "filters"]
    assert {key: written[key] for key in shown} == shown
    assert len(written["fingerprint"]) == 64
    assert written["thresholds"] == {"ahead": 10, "behind": 10, "far_behind": 30}
    assert written["filters"] == {"categories": [], "departments": [], "lights": []}


def test_export_carries_the_fingerprint_and_the_choice(tmp_path):
    asked = ["--category", "学有所教、5", "--department", "区教育局", "--light", "严重滞后"]
    code, _ = run("export", str(SEED), "--format", "csv", "--out", str(tmp_path), *asked)
    assert code == 0
    (path,) = tmp_path.iterdir()
    assert path.name == "温州市鹿城区民生实事-2023H1-明细-学有所教-老有所养-区教育局-严重滞后.csv"
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [row["编号"] for row in rows] == ["2.2", "2.3", "2.4", "5.2", "5.2"]
    assert {row["数据指纹"] for row in rows} == {hashlib.sha256(SEED.read_bytes()).hexdigest()[:12]}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--format", "docs"], "没有“docs”，可选：xlsx、"),
        (["--format", "csv", "--category", "学有所"], "没有“学有所”，可选：幼有所育、学有所教"),
        (["--format", "csv", "--department", "教育局"], "没有“教育局”，可选：区卫生健康局、"),
        (["--format", "csv", "--light", "红"], "没有“红”，可选：已完成、超序时"),
        (["--format", "csv", "--period", "2024H1"], "没有报告期“2024H1”，可选：2023H1"),
    ],
)
def test_what_export_does_not_know_is_named_with_what_there_is(tmp_path, asked, said):
    code, output = run("export", str(SEED), "--out", str(tmp_path), *asked)
    assert code == 2
    assert said in output
    assert list(tmp_path.iterdir()) == []


def test_export_of_a_bad_file_writes_nothing(bad, tmp_path):
    out = tmp_path / "out"
    code, said = run("export", str(bad), "--format", "csv", "--out", str(out))
    assert (code, said) == (
        1,
        f"{bad}:207:19: 项目 5.1「老年食堂」的 done 应为数字，现在是「十三」。请写 13。\n",
    )
    assert not out.exists()


def test_a_folder_that_cannot_be_written_is_said_and_the_old_file_stays(tmp_path, monkeypatch):
    args = ["export", str(SEED), "--format", "json", "--out", str(tmp_path)]
    assert run(*args)[0] == 0
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    code, said = run(*args)
    assert code == 1
    assert f"写不进 {path}：No space left on device。请检查文件夹权限和磁盘空间" in said
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [before]


def test_a_format_that_cannot_be_made_here_is_said_and_the_others_are_written(
    tmp_path, monkeypatch
):
    def build(_: object) -> bytes:
        raise Refused("没有找到中文字体，请安装 fonts-noto-cjk。")

    monkeypatch.setattr(csv_text, "build", build)
    code, said = run("export", str(SEED), "--format", "csv,json", "--out", str(tmp_path))
    assert code == 1
    assert "CSV 明细没有写出：没有找到中文字体，请安装 fonts-noto-cjk。" in said
    assert [each.name for each in tmp_path.iterdir()] == ["温州市鹿城区民生实事-2023H1-数据.json"]
