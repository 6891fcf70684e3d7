"""A new period into an existing dataset: which row is which project, and nothing else altered."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import build
import make_tables as make
from minsheng import importing
from minsheng.cli import main
from minsheng.dataset import schema, store
from minsheng.dataset.editing import SetReport
from minsheng.importing import Row
from minsheng.importing.matching import Ambiguous, Match, normal
from minsheng.model import Refused

DATASET = Path(__file__).parents[2] / "data" / "projects.yaml"


@pytest.fixture(scope="module")
def document() -> schema.Document:
    return store.read(DATASET)


def rows(*contents: str, **more) -> list[Row]:
    return [
        Row(at, "", content, "已建成 20 家。", **more) for at, content in enumerate(contents, 1)
    ]


def quarter(changes: dict[str, str] | None = None, extra: list[list[str]] | None = None) -> bytes:
    """The seed's table one quarter on: words replaced, rows added at its end."""
    text = make.pasted([list(make.HEADER), *make.seed_rows(), *(extra or [])]).decode()
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def joined(
    document: schema.Document, data: bytes, period: str = "2023Q3", text: str = ""
) -> importing.Joined:
    source = importing.read("", data)
    proposals = [importing.proposed(row) for row in source.rows]
    as_of = None if period == "2023H1" else dt.date(2023, 9, 30)
    return importing.join(
        proposals, text or document.text, importing.period_of(document.dataset, period, as_of)
    )


def added(before: str, after: str) -> list[str]:
    """The lines of `after` that `before` lacks; everything else must stand in it in order."""
    old = iter(before.splitlines(keepends=True))
    expected = next(old, None)
    new = []
    for line in after.splitlines(keepends=True):
        if line == expected:
            expected = next(old, None)
        else:
            new.append(line)
    assert expected is None, f"lost or moved: {expected}"
    return new


def test_the_seed_matches_itself_row_by_row(document):
    found = importing.match(importing.read("", make.seed_text().encode()).rows, document.dataset)
    assert [(each.row, each.project) for each in found.matched] == [
        (at, project.id) for at, project in enumerate(document.dataset.projects, 1)
    ]
    assert {each.score for each in found.matched} == {100.0}
    assert (found.ambiguous, found.new, found.missing) == ((), (), ())


def test_spaces_punctuation_width_and_list_marks_do_not_matter():
    assert (
        normal("（1）新改建老年食堂　５０ 家。")
        == normal("1、新改建老年食堂50家")
        == "新改建老年食堂50家"
    )
    assert normal("增长 3.5%") != normal("增长 35%")


def test_a_changed_target_and_added_words_still_match(document):
    found = importing.match(
        rows("新改建老年食堂 60 家。", "创建提升省级放心农贸市场 6 家。"), document.dataset
    )
    assert [each.project for each in found.matched] == ["5.1", "9.1"]
    assert all(80 <= each.score < 100 for each in found.matched)
    assert len(found.missing) == 27


def test_what_is_like_nothing_is_new(document):
    found = importing.match(rows("新建口袋公园 12 个。"), document.dataset)
    assert (found.matched, found.ambiguous, found.new) == ((), (), (1,))


def test_a_row_between_two_projects_is_matched_to_neither():
    dataset = build.dataset(
        build.project("1.1", content="新建改建城东街道老年食堂 50 家。"),
        build.project("1.2", content="新建改建城西街道老年食堂 50 家。"),
    )
    found = importing.match(rows("新建改建城南街道老年食堂 50 家。"), dataset)
    assert found.matched == ()
    assert [each.row for each in found.ambiguous] == [1]
    assert {id_ for id_, _ in found.ambiguous[0].candidates} == {"1.1", "1.2"}
    assert (found.new, found.missing) == ((), ())


def test_two_rows_that_claim_one_project_are_both_unclear():
    dataset = build.dataset(build.project("1.1", content="新建改建城东街道老年食堂 50 家。"))
    found = importing.match(
        rows("新建改建城西街道老年食堂 50 家。", "新建改建城南街道老年食堂 50 家。"), dataset
    )
    assert found.matched == ()
    assert [each.row for each in found.ambiguous] == [1, 2]


def test_an_equal_row_takes_its_project_before_a_similar_one():
    dataset = build.dataset(
        build.project("1.1", content="新建改建城东街道老年食堂 50 家。"),
        build.project("1.2", content="新建改建城西街道老年食堂 50 家。"),
    )
    found = importing.match(
        rows("新建改建城南街道老年食堂 50 家。", "新建改建城东街道老年食堂 50 家"), dataset
    )
    assert found.matched == (Match(2, "1.1", 100.0),)
    assert [(each.row, each.candidates[0][0]) for each in found.ambiguous] == [(1, "1.2")]


def test_equal_contents_are_told_apart_by_category_and_leads_or_not_at_all():
    dataset = build.dataset(
        build.project("1.1", content="新建食堂 5 家。", leads=["区民政局"]),
        build.project("1.2", content="新建食堂 5 家。", leads=["区教育局"]),
    )
    same = {"category": "类别1"}
    found = importing.match(rows("新建食堂 5 家。", leads=("区教育局",), **same), dataset)
    assert found.matched == (Match(1, "1.2", 100.0),)
    found = importing.match(rows("新建食堂 5 家。", leads=("区残联",), **same), dataset)
    assert found.ambiguous == (Ambiguous(1, (("1.1", 100.0), ("1.2", 100.0))),)


def test_a_new_period_is_added_and_every_old_line_stays(document):
    result = joined(document, quarter({"12 家投入运营": "20 家投入运营"}))
    new = added(document.text, result.text)
    assert len(result.matching.matched) == 29
    assert "  - {id: 2023Q3, label: 三季度, as_of: 2023-09-30}\n" in new
    made = schema.loads(result.text.encode()).dataset
    for before, after in zip(document.dataset.projects, made.projects, strict=True):
        assert after.reports["2023H1"] == before.reports["2023H1"]
        assert after.model_copy(update={"reports": before.reports}) == before
    reading = made.projects[10].reports["2023Q3"].readings["老年食堂"]
    assert (reading.done, reading.quotes) == (21, ("1 家完成建设", "20 家投入运营"))


def test_readings_stand_under_the_datasets_own_names_of_indicators(document):
    made = schema.loads(joined(document, quarter()).text.encode()).dataset
    read = {each.id: set(each.reports["2023Q3"].readings) for each in made.projects}
    assert (read["5.1"], read["10.3"], read["2.1"]) == (
        {"老年食堂"},
        {"公共停车位", "停车位"},
        {"学校"},
    )
    assert {project for project, names in read.items() if not names} == {"10.2"}


def test_a_reading_that_needs_a_person_has_its_comment_in_the_new_period_too(document):
    lines = [line.strip() for line in joined(document, quarter()).text.splitlines()]
    at = max(at for at, line in enumerate(lines) if line == "充电桩:")
    assert lines[at - 1] == "# 请核对：约数"


def test_a_changed_target_is_written_in_the_new_reading_and_told(document):
    result = joined(document, quarter({"新改建老年食堂 50 家": "新改建老年食堂 60 家"}))
    project = schema.loads(result.text.encode()).dataset.projects[10]
    assert project.content == "新改建老年食堂 50 家。"
    assert project.indicators[0].target == 50
    assert project.reports["2023Q3"].readings["老年食堂"].target == 60
    assert "# 「老年食堂」请核对：目标数由 50 变为 60" in result.text
    assert result.flags == {11: ("target_changed",)}


def test_a_target_adjusted_before_is_no_new_change(document):
    text = document.text.replace(
        "            done: 13\n", "            done: 13\n            target: 60\n"
    )
    result = joined(
        schema.loads(text.encode()), quarter({"新改建老年食堂 50 家": "新改建老年食堂 60 家"})
    )
    assert result.flags == {}


def test_a_new_row_becomes_a_project_behind_its_category(document):
    extra = [["11", "文有所乐", "新建口袋公园 12 个。", "区住建局", "建成 3 个。"]]
    result = joined(document, quarter(extra=extra))
    added(document.text, result.text)
    new = schema.loads(result.text.encode()).dataset.projects[-1]
    assert (new.id, new.category, list(new.reports)) == ("11.1", "文有所乐", ["2023Q3"])
    assert result.matching.new == (30,)
    assert "# 请核对：导入 2023Q3 时新增的项目，原有数据里没有相近的" in result.text


def test_a_project_that_the_table_lacks_is_named_and_kept_as_it_was(document):
    grid = [list(make.HEADER), *make.seed_rows()[:28]]
    result = joined(document, make.pasted(grid))
    assert result.matching.missing == ("10.4",)
    last = schema.loads(result.text.encode()).dataset.projects[-1]
    assert last == document.dataset.projects[-1]


def test_a_period_that_is_reported_already_is_not_altered(document):
    result = joined(document, quarter({"12 家投入运营": "20 家投入运营"}), "2023H1")
    assert result.text == document.text
    assert result.edits == ()
    assert len(result.kept) == 29


def test_a_matching_that_a_person_corrected_is_used(document):
    source = importing.read("", quarter())
    proposals = [importing.proposed(row) for row in source.rows]
    found = importing.match(source.rows, document.dataset)
    found = replace(found, matched=tuple(each for each in found.matched if each.row == 1))
    period = importing.period_of(document.dataset, "2023Q3", dt.date(2023, 9, 30))
    result = importing.join(proposals, document.text, period, found)
    assert [edit.project for edit in result.edits if isinstance(edit, SetReport)] == ["1.1"]


def test_comments_of_hostile_text_stay_comments(document):
    each = Row(
        1,
        "",
        "建成公园 3 座。",
        "完成。",
        category="新",
        leads=("甲局",),
        other={"备\x85注": "x\u2028id: 1\x9b\ufeff"},
    )
    period = importing.period_of(document.dataset, "2023H1", None)
    result = importing.join([importing.proposed(each)], document.text, period)
    assert len(schema.loads(result.text.encode()).dataset.projects) == 30


def test_line_breaks_and_byte_order_mark_of_the_file_are_kept(document):
    text = "\ufeff" + document.text.replace("\n", "\r\n")
    result = joined(document, quarter(), text=text)
    assert added(text, result.text)
    assert "\n" not in result.text.replace("\r\n", "")


@pytest.mark.parametrize(
    ("period", "day", "said"),
    [
        ("mid", None, "报告期“mid”看不出截止日。请再写明截止日"),
        ("2023H1", "2023-07-01", "报告期 2023H1 的截止日是 2023-06-30，不是 2023-07-01。"),
        ("三季度", "2023-09-30", "报告期代号“三季度”只能用字母、数字"),
    ],
)
def test_a_period_is_there_or_gets_its_last_day(document, period, day, said):
    as_of = dt.date.fromisoformat(day) if day else None
    with pytest.raises(Refused, match=said):
        importing.period_of(document.dataset, period, as_of)


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["import", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "三季度.txt"
    extra = [["11", "文有所乐", "新建口袋公园 12 个。", "区住建局", "建成 3 个。"]]
    path.write_bytes(
        quarter({"新增 0-3 岁幼儿托育机构托位 400 个": "新增幼儿托育机构托位 400 个"}, extra)
    )
    return path


def test_the_command_says_what_matched_what_is_new_and_leaves_the_dataset(table, tmp_path):
    out, report = tmp_path / "draft.yaml", tmp_path / "report.json"
    before = DATASET.read_bytes()
    code, said = run(
        table, "--into", DATASET, "--period", "2023Q3", "--as-of", "2023-09-30", "-o", out, "--report", report
    )  # fmt: skip
    assert code == 0
    assert "与原有项目对上 29 行，其中 28 行一字不差（不计标点空格）。" in said
    assert "  第 1 项 新增幼儿托育机构托位 400 个。 → 1.1（相似度 " in said
    assert "原有数据里没有、作为新项目加入的：第 30 项 新建口袋公园 12 个。" in said
    assert DATASET.read_bytes() == before
    assert [period.id for period in store.read(out).dataset.periods] == ["2023H1", "2023Q3"]
    made = json.loads(report.read_text("utf-8"))
    assert len(made["rows"]) == 30
    assert (made["new"], made["missing"], made["ambiguous"]) == ([30], [], [])
    assert made["matched"][1] == {"row": 2, "project": "1.2", "score": 100.0}


def test_a_period_that_names_its_last_day_needs_no_other(table, tmp_path):
    out = tmp_path / "d.yaml"
    code, said = run(table, "--into", DATASET, "--period", "2023Q3", "-o", out)
    assert code == 0
    assert "新增报告期 2023Q3（三季度），数据截止 2023 年 9 月 30 日，请核对。" in said
    lines = out.read_text("utf-8").splitlines()
    at = lines.index("  - {id: 2023Q3, label: 三季度, as_of: 2023-09-30}")
    assert lines[at - 1] == "  # 请核对：导入时新增的报告期，名称和截止日"


def test_the_command_does_not_write_over_the_dataset(table, tmp_path):
    path = tmp_path / "projects.yaml"
    path.write_bytes(DATASET.read_bytes())
    options = ("--period", "2023Q3", "--as-of", "2023-09-30")
    code, said = run(table, "--into", path, *options, "-o", path, "--force")
    assert code == 2
    assert "就是要并入的数据文件。请另写一个文件名，看过以后再替换。" in said
    assert path.read_bytes() == DATASET.read_bytes()


def test_into_needs_a_period(table, tmp_path):
    code, said = run(table, "--into", DATASET, "-o", tmp_path / "d.yaml")
    assert code == 2
    assert "用 --into 时要写明报告期，例如 --period 2023Q3。" in said


def test_a_bad_dataset_is_named_with_its_line(table, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(DATASET.read_text("utf-8").replace("done: 13\n", "done: 十三\n"), "utf-8")
    code, said = run(table, "--into", path, "--period", "2023Q3", "-o", tmp_path / "d.yaml")
    assert code == 1
    assert said.startswith(f"{path}:207:19: ")
