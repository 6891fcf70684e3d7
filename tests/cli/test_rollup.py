from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from minsheng.cli import main
from minsheng.printed import percent
from seed import PATH, SHOT

ROOT = Path(__file__).parents[2]
SEED = PATH.read_text("utf-8")
JUNE = ("--as-of", "2023-06-30")


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["rollup", *args], catch_exceptions=False)
    return result.exit_code, result.stdout


@pytest.fixture
def folder(tmp_path) -> Path:
    """Three counties, one of which has reported in March only, and their city."""
    for code, place in (
        ("330300", "温州市"),
        ("330302", "鹿城区"),
        ("330303", "龙湾区"),
        ("330304", "瓯海区"),
    ):
        text = SEED.replace("温州市鹿城区", place)
        if code == "330304":
            text = text.replace("as_of: 2023-06-30", "as_of: 2023-03-31")
        path = tmp_path / "data" / code / "2023.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return tmp_path / "data"


def test_one_file_rolled_up_is_what_show_says(tmp_path):
    code, said = run(str(PATH), *JUNE, "--by", "lead", "--format", "json")
    rolled = json.loads(said)
    assert code == 0
    assert (rolled["level"], rolled["projects"], rolled["known"]) == ("", 29, 29)
    assert rolled["completion"] == pytest.approx(SHOT.completion, abs=1e-15)
    assert {row["lead"]: percent(row["completion"]) for row in rolled["rows"]} == {
        name: percent(row.completion) for name, row in SHOT.departments.items()
    }
    items = json.loads(run(str(PATH), *JUNE, "--by", "item", "--format", "json")[1])["rows"]
    assert {row["project"]: (row["completion"], row["light"], row["claimed"]) for row in items} == {
        key: (row.completion, row.light, row.claimed) for key, row in SHOT.rows.items()
    }
    assert {row["project"]: row["variance"] for row in items}["5.1"] == -23.6


def test_a_roll_up_says_which_level_it_adds_and_by_which_rule(folder):
    code, said = run(str(folder), *JUNE)
    lines = said.splitlines()
    assert (code, lines[0]) == (0, "只汇总县级名单：3 份，87 个项目；平均核算完成率 56.0%。")
    assert lines[1].startswith("进度界限")
    rows = [line.split("\t")[:6] for line in lines[4:]]
    without = [row for row in rows if row[2] == "无名单"]
    assert ["洞头区", "330305", "无名单", "—", "—", "—"] in without
    assert (len(without), rows[1:10]) == (9, without)
    assert [rows[0], *rows[10:]] == [
        ["瓯海区", "330304", "未报", "半年度", "2023-03-31", "24.7%"],
        ["鹿城区", "330302", "已报", "半年度", "2023-06-30", "49.6%"],
        ["龙湾区", "330303", "已报", "半年度", "2023-06-30", "49.6%"],
    ]
    assert run(str(folder), *JUNE, "--level", "市")[1].startswith("只汇总市级名单：1 份，29 个项目")
    assert run(str(folder), *JUNE, "--level", "省")[0] == 2


def test_a_common_rule_is_said_and_said_to_differ(folder):
    said = run(str(folder), *JUNE, "--limits", "5,5,20", "--format", "json")[1]
    assert (json.loads(said)["common"], json.loads(said)["limits"][0]["far_behind"]) == (True, 20.0)
    assert "与部分名单自己的界限不同" in run(str(folder), *JUNE, "--limits", "5,5,20")[1]
    assert "与部分名单" not in run(str(folder), *JUNE, "--limits", "10,10,30")[1]
    assert run(str(folder), *JUNE, "--limits", "5,5")[0] == 2
    assert run(str(folder), *JUNE, "--limits", "5,五,6")[0] == 2


def test_who_is_missing_is_listed_with_a_text_to_paste(folder):
    code, said = run(str(folder), *JUNE, "--missing")
    assert code == 0
    assert "瓯海区\t330304\t未报\t半年度\t2023-03-31" in said
    assert said.endswith(
        "\n\n瓯海区：截至 2023 年 6 月 30 日，还没有收到你处本期的民生实事进展，"
        "最近一次是半年度（数据截止 2023 年 3 月 31 日），请尽快报送。\n"
    )
    assert "鹿城区" not in said
    assert "鹿城区" in run(str(folder), *JUNE, "--missing", "--since", "2023-07-01")[1]


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # bars in cells
def test_excel_holds_the_table_and_which_lists_it_is_of(folder, tmp_path):
    out = tmp_path / "汇总.xlsx"
    code, said = run(str(folder), *JUNE, "--format", "xlsx", "--out", str(out))
    assert (code, said[: said.index("，")]) == (0, f"按辖区：{out}（12 行")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["按辖区", "说明"]
    rows = [[cell.value for cell in row] for row in book["按辖区"].iter_rows(min_row=4)]
    heads = rows[0]
    first = dict(zip(heads, rows[1], strict=True))
    assert (first["辖区"], first["本期报送"], first["核算完成率"], first["比上期（百分点）"]) == (
        "瓯海区",
        "未报",
        0.56,
        None,
    )
    assert [row[0].value for row in book["说明"].iter_rows(min_row=4)][-3:] == [
        "鹿城区 330302",
        "龙湾区 330303",
        "瓯海区 330304",
    ]
    missing = tmp_path / "未报.xlsx"
    assert run(str(folder), *JUNE, "--missing", "--format", "xlsx", "--out", str(missing))[0] == 0
    assert openpyxl.load_workbook(missing).sheetnames == ["未报清单", "说明"]
    assert run(str(folder), "--format", "xlsx")[0] == 2
    assert run(str(folder), "--format", "csv", "--out", str(out / "甲.csv"))[0] == 1


def test_csv_is_read_by_excel_and_calculates_nothing(folder):
    path = folder / "330302" / "2023.yaml"
    path.write_text(path.read_text("utf-8").replace("鹿城区", "=鹿城区"), "utf-8")
    said = run(str(folder), *JUNE, "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff"))))
    assert said.startswith("\ufeff辖区,代码,")
    has_list = [row for row in rows if row["本期报送"] != "无名单"]
    assert [row["辖区"] for row in has_list] == ["瓯海区", "'=鹿城区", "龙湾区"]
    assert {row["核算完成率"] for row in has_list} == {"56.0%"}
    assert {row["核算完成率"] for row in rows if row not in has_list} == {""}


def test_a_broken_list_is_named_and_keeps_its_last_good_figures(folder):
    run(str(folder), *JUNE)
    path = folder / "330302" / "2023.yaml"
    path.write_text(path.read_text("utf-8").replace("done: 13\n", "done: 十三\n"), "utf-8")
    said = run(str(folder), *JUNE)[1]
    assert "只汇总县级名单：3 份" in said
    assert f"{path}：文件有错，仍用上一版正确的数据。2023.yaml:207:19: " in said
    for kept in (folder / ".amounts").iterdir():
        kept.unlink()
    said = run(str(folder), *JUNE)[1]
    assert "只汇总县级名单：2 份" in said
    assert f"{path}：文件有错，没有可用的数据，未计入。" in said


def test_the_engines_answer_alike_and_one_that_is_none_is_refused(folder):
    for more in (["--by", "category"], ["--by", "lead"], ["--by", "item"], ["--missing"]):
        assert run(str(folder), *JUNE, *more) == run(
            str(folder), *JUNE, *more, "--engine", "duckdb"
        )
    code, said = run(str(folder), *JUNE, "--engine", "polars")
    assert (code, said[:15]) == (1, "没有叫“polars”的计算引")


@pytest.mark.slow
def test_a_spark_cluster_and_spark_connect_answer_as_pandas_does(folder):
    """As the commands are called; each in a process of its own, because Spark takes one over."""
    pyspark = pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark wants Java")

    def ask(engine: str) -> str:
        command = [
            sys.executable,
            "-m",
            "minsheng",
            "rollup",
            str(folder),
            *JUNE,
            "--by",
            "lead",
            "--engine",
            engine,
        ]
        return subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300
        ).stdout

    alone = ask("pandas")
    assert len(alone.splitlines()) == 4 + 3 * 16
    assert ask("local[2]") == alone
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    submit = [
        str(Path(pyspark.__file__).parent / "bin" / "spark-submit"),
        "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[2]",
        "--conf", f"spark.connect.grpc.binding.port={port}", "--conf", "spark.ui.enabled=false",
    ]  # fmt: skip
    log = folder.parent / "server.log"
    with log.open("w") as to:  # a pipe that nobody reads would stop it
        server = subprocess.Popen(submit, stdout=to, stderr=subprocess.STDOUT)
    try:
        while "Spark Connect server started" not in log.read_text("utf-8"):
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.2)
        assert ask(f"sc://127.0.0.1:{port}") == alone
    finally:
        server.terminate()
        server.wait(timeout=60)


def test_a_folder_without_lists_says_where_they_belong(tmp_path):
    assert run(str(tmp_path), *JUNE) == (
        1, f"{tmp_path} 里没有名单。每份名单请放到“代码/年度.yaml”，例如 330302/2023.yaml。\n"
    )  # fmt: skip
