"""A folder of lists: what is in it, whose, and what does not belong, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from minsheng.cli import main
from minsheng.lists import codes, folder
from minsheng.model import Refused

SEED = (Path(__file__).parents[2] / "data" / "projects.yaml").read_text("utf-8")

CITY = SEED.replace("place: 温州市鹿城区", "place: 温州市")


def put(lists: Path, place: str, text: str = SEED) -> Path:
    path = lists / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def faults(lists: Path) -> dict[str, str]:
    return {
        path.relative_to(lists).as_posix(): f"{problems[0].line} {problems[0].message}"
        for path, _, problems in folder.check(folder.read(lists))
        if problems
    }


def run(*words: object):
    return CliRunner().invoke(main, [str(each) for each in words])


# The codes.


def test_the_table_has_every_level_and_each_parent_is_in_it():
    table = codes.divisions()
    levels = [each.level for each in table.values()]
    assert (levels.count("province"), levels.count("city"), levels.count("county")) == (
        34,
        333,
        2975,
    )
    assert all(not each.parent or each.parent in table for each in table.values())
    assert not {"市辖区", "县"} & {each.name for each in table.values()}


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("330000", "浙江省", "province", ""),
        ("330300", "温州市", "city", "330000"),
        ("330302", "鹿城区", "county", "330300"),
        ("110101", "东城区", "county", "110000"),  # a city that is a province
        ("429004", "仙桃市", "county", "420000"),  # a county right under its province
        ("441900", "东莞市", "city", "440000"),
    ],
)
def test_level_and_parent_follow_from_the_code(code, name, level, parent):
    assert codes.divisions()[code] == codes.Division(code, name, level, parent)


# The folder.


def test_code_and_year_say_everything(tmp_path):
    put(tmp_path, "330302/2023.yaml")
    put(tmp_path, "330302/2022.yaml")
    put(tmp_path, "330300/2023.yaml")
    put(tmp_path, "330302/.history/2023.yaml")
    found = folder.read(tmp_path)
    assert [(each.code, each.year, each.name) for each in found.lists] == [
        ("330300", 2023, "温州市"),
        ("330302", 2022, "鹿城区"),
        ("330302", 2023, "鹿城区"),
    ]
    assert found.strays == {}
    assert found.one("330302").year == 2023
    assert found.one("330302", 2022).path.name == "2022.yaml"
    with pytest.raises(
        Refused, match="几个地区的名单，请用 --place 指定一个：330300 温州市、330302 鹿城区"
    ):
        found.one()
    with pytest.raises(Refused, match="没有 110101 的名单"):
        found.one("110101")
    with pytest.raises(Refused, match="鹿城区没有 2021 年的名单，有的是：2022、2023"):
        found.one("330302", 2021)


def test_an_empty_folder_says_what_to_put_there(tmp_path):
    with pytest.raises(Refused, match=r"里没有名单。每份名单请放到“代码/年度.yaml”"):
        folder.read(tmp_path).one()


@pytest.mark.parametrize(
    ("place", "change", "line", "said"),
    [
        ("projects.yaml", ("", ""), 1, "不在任何地区的文件夹里"),
        ("luchenq/2023.yaml", ("", ""), 1, "文件夹“luchenq”不是六位行政区划代码"),
        ("330302/半年.yaml", ("", ""), 1, "文件名不是年度"),
        ("330302/2023.yml", ("", ""), 1, "请改名为“年度.yaml”"),
        ("330399/2023.yaml", ("", ""), 1, "代码表里没有 330399"),
        ("330302/2024.yaml", ("", ""), 27, "计划是 2023 年的，文件名却是 2024.yaml"),
        (
            "330303/2023.yaml",
            ("", ""),
            26,
            "地区是“温州市鹿城区”，却放在龙湾区的文件夹里。请移到 330302",
        ),
        (
            "330303/2023.yaml",
            ("version: 1\n", "version: 1\ncode: 330302\n"),
            25,
            "代码是 330302，却放在 330303 的文件夹里",
        ),
        (
            "330371/2023.yaml",
            ("version: 1\n", "version: 1\nparent: 339900\n"),
            25,
            "没有上级 339900",
        ),
    ],
)
def test_what_does_not_belong_is_named_with_its_place_and_cure(tmp_path, place, change, line, said):
    put(tmp_path, "330300/2023.yaml", CITY)
    put(tmp_path, place, SEED.replace(*change, 1))
    found = faults(tmp_path)
    assert list(found) == [place]
    assert said in found[place]
    assert found[place].split()[0] == str(line)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("330300/2023#6.1", ""),
        ("330000/2023#1.1", ""),  # is not here, and may well be there
        ("330300/2023#6.9", "upper 写的 330300/2023#6.9 找不到：那份名单里没有这个编号"),
        ("330303/2023#6.1", "upper 写的 330303/2023#6.1 不是鹿城区上级的名单"),
    ],
)
def test_a_share_is_of_an_item_that_an_upper_list_has(tmp_path, named, said):
    put(tmp_path, "330300/2023.yaml", CITY)
    text = SEED.replace('id: "6.1"', f'id: "6.1"\n    upper: [{named!r}]')
    put(tmp_path, "330302/2023.yaml", text)
    found = faults(tmp_path)
    assert list(found) == (["330302/2023.yaml"] if said else [])
    if said:
        line = text[: text.index("upper:")].count("\n") + 1
        assert found["330302/2023.yaml"].split()[0] == str(line)
        assert said in found["330302/2023.yaml"]


def test_a_zone_names_its_parent(tmp_path):
    put(tmp_path, "330371/2023.yaml", SEED.replace("version: 1\n", "version: 1\nparent: 330300\n"))
    assert faults(tmp_path) == {}


def test_the_same_code_and_year_twice_is_said_of_the_second(tmp_path):
    put(tmp_path, "330302/2023.yaml")
    put(tmp_path, "330302/2024.yaml")
    ((path, _, problems),) = [each for each in folder.check(folder.read(tmp_path)) if each[2]]
    assert path.name == "2024.yaml"
    assert any("330302 的 2023 年名单已有一份" in each.message for each in problems)


def test_who_stands_at_his_own_place_is_not_the_second_one(tmp_path):
    put(tmp_path, "330302/2022.yaml")  # a plan of 2023, read before the good one
    put(tmp_path, "330302/2023.yaml")
    assert list(faults(tmp_path)) == ["330302/2022.yaml"]


# The commands.


def test_check_reads_all_lists_and_a_broken_one_hides_none(tmp_path):
    put(tmp_path, "330300/2023.yaml", CITY)
    put(tmp_path, "330302/2023.yaml")
    done = run("check", tmp_path)
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        0,
        "2 份名单没有错误：58 个项目，40 条核查发现。",
    )
    broken = put(tmp_path, "330303/2023.yaml", "version: 1\n")
    done = run("check", tmp_path)
    assert done.exit_code == 1
    assert f"{broken}:1:1: " in done.output
    assert "2 份名单没有错误：58 个项目，40 条核查发现。另有" in done.output
    assert run("check", tmp_path / "none").exit_code == 1


def test_a_command_of_one_list_asks_which_and_names_the_file_it_reads(tmp_path, monkeypatch):
    put(tmp_path, "330300/2023.yaml", CITY)
    path = put(tmp_path, "330302/2023.yaml")
    asked = run("show", tmp_path)
    assert asked.exit_code == 1
    assert "请用 --place 指定一个" in asked.output
    monkeypatch.setenv("MINSHENG_DATA", str(tmp_path))
    shown = run("show", "--place", "330302", "--year", 2023)
    assert shown.exit_code == 0
    assert f"数据文件：{path}" in shown.output
    assert "老年食堂" in shown.output
    made = run(
        "new-period", "2023Q3", "--as-of", "2023-09-30", "--who", "张三", "--place", "330302"
    )
    assert made.exit_code == 0, made.output
    assert "2023Q3" in path.read_text("utf-8")
