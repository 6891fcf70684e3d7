"""Rows to a draft dataset and a report, and the command that writes them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import make_tables as make
from minsheng import importing
from minsheng.cli import main
from minsheng.dataset import schema, store
from minsheng.importing import Row, Source
from minsheng.importing.readings import claimed, deadline
from minsheng.model import Dataset, Project, Refused

DATASET = Path(__file__).parents[2] / "data" / "projects.yaml"
GRID = [list(make.HEADER), *make.seed_rows()]
FORMS = {
    "表.txt": make.seed_text().encode(),
    "表.docx": make.word(make.seed_parts()),
    "表.xlsx": make.excel([GRID]),
}


def drafted(data: bytes, name: str = "表", **options) -> str:
    source = importing.read("", data)
    rows = [importing.proposed(row) for row in source.rows]
    return importing.draft(rows, importing.head(source, **options), name)


def dataset(data: bytes, **options) -> Dataset:
    return schema.loads(drafted(data, **options).encode()).dataset


def row(content: str = "建成公园 3 座。", progress: str = "已建成 2 座。", **more) -> Row:
    return Row(1, "第 2 行", content, progress, category="住有所居", leads=("区住建局",), **more)


def one(each: Row) -> tuple[Project, str]:
    """The project of a row, and the draft that it stands in."""
    head = importing.head(Source((each,), ()), "2023 年某某区半年度进展表")
    text = importing.draft([importing.proposed(each)], head, "表")
    return schema.loads(text.encode()).dataset.projects[0], text


def table(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return store.read(DATASET).dataset


def test_the_seed_gives_the_same_draft_from_text_word_and_excel():
    drafts = {drafted(data) for data in FORMS.values()}
    assert len(drafts) == 1


def test_the_draft_of_the_seed_holds_its_projects_word_for_word(seed):
    made = dataset(FORMS["表.docx"])
    assert made.title == seed.title
    assert made.periods == seed.periods
    assert made.plan == seed.plan
    assert [(p.id, p.category, p.content, p.leads) for p in made.projects] == [
        (p.id, p.category, p.content, p.leads) for p in seed.projects
    ]
    assert [p.reports["2023H1"].text for p in made.projects] == [
        p.reports["2023H1"].text for p in seed.projects
    ]


def test_every_target_of_the_seed_is_right_and_no_figure_is_wrong_without_a_flag(seed):
    source = importing.read("表.xlsx", FORMS["表.xlsx"])
    right = 0
    wrong = []
    for each, project in zip(map(importing.proposed, source.rows), seed.projects, strict=True):
        assert [(p.target, p.unit) for p in each.proposals] == [
            (i.target, i.unit) for i in project.indicators
        ]
        for proposal, indicator in zip(each.proposals, project.indicators, strict=True):
            reading = project.reports["2023H1"].readings.get(indicator.name)
            if reading is None or reading.done is None:
                assert proposal.done is None
                continue
            right += proposal.done == reading.done
            if proposal.done is None:
                assert proposal.flags
            elif proposal.done != reading.done:
                wrong.append((project.id, proposal))
    assert wrong == []
    assert right >= 24


def test_a_reading_that_needs_a_person_has_a_comment_in_words():
    text = drafted(FORMS["表.txt"])
    lines = [line.strip() for line in text.splitlines()]
    assert lines[lines.index("充电桩:") - 1] == "# 请核对：约数"
    assert lines[lines.index("床位:") - 1] == "# 请核对：原文只说完成，没有数"
    assert lines[lines.index("托位:") - 1] == "readings:"
    at = lines.index("leads: [区住建局, 区国资经营集团]")
    assert lines[at - 1] == "# 请核对：一格里有几个牵头单位，已拆开，请核对"


def test_an_indicator_without_any_reading_is_named_above_the_text():
    project, text = one(row(progress="有序推进。"))
    assert project.indicators[0].target == 3
    assert project.reports["2023H1"].readings == {}
    assert "        # 「公园」请核对：没有读出完成数" in text


def test_a_row_without_a_number_has_no_indicators_and_says_so():
    project, text = one(row("推进智慧停车。", "有序推进。"))
    assert project.indicators == ()
    assert project.reports["2023H1"].text == "有序推进。"
    assert "    # 请核对：项目内容里没有读出数字目标\n    content: 推进智慧停车。" in text


def test_a_row_without_progress_has_no_report():
    project, text = one(row(progress="", flags=("progress_missing",)))
    assert project.reports == {}
    assert "# 请核对：没有进展情况" in text


def test_what_a_project_must_have_is_filled_with_words_that_say_it_is_missing():
    each = Row(
        1, "第 2 行", "建成公园 3 座。", "完成。", flags=("leads_missing", "category_missing")
    )
    project, text = one(each)
    assert (project.category, project.leads) == ("未分类", ("（原表未写）",))
    assert "# 请核对：没有写牵头单位" in text
    assert "# 请核对：没有写类别" in text


def test_a_figure_left_empty_always_says_why():
    for text in ("有序推进。", "已完成招标。", "", "20 家。", "完成 65%。"):
        proposals = importing.proposed(row(progress=text)).proposals
        assert proposals
        for proposal in proposals:
            assert proposal.done is not None or proposal.declared or proposal.flags


def test_what_a_person_has_confirmed_has_no_comment():
    each = importing.proposed(row(progress="有序推进。"))
    assert each.proposals[0].flags
    confirmed = replace(
        each, flags=(), proposals=tuple(replace(p, flags=frozenset()) for p in each.proposals)
    )
    head = importing.head(Source((each.row,), ()), "2023 年某某区半年度进展表", "某某区", "2023H1")
    assert "请核对：" not in importing.draft([confirmed], head, "表").partition("projects:")[2]
    assert "请核对：" in importing.draft([each], head, "表").partition("projects:")[2]


def test_columns_without_a_role_are_notes_of_the_report_or_of_the_project():
    other = {"备注": "资金 3 万元\n#1", "建设地点": "城南"}
    project, text = one(row(other=other, lasting=frozenset({"建设地点"})))
    assert project.reports["2023H1"].notes == {"备注": "资金 3 万元\n#1"}
    assert project.notes == {"建设地点": "城南"}
    assert not any("城南" in line for line in text.splitlines() if line.lstrip().startswith("#"))


def test_problems_next_steps_supports_and_leader_are_kept():
    project, _ = one(
        row(problems="用地：未批", next_steps="加快\n推进", supports=("区教育局",), leader="张三")
    )
    report = project.reports["2023H1"]
    assert (report.problems, report.next_steps) == ("用地：未批", "加快\n推进")
    assert (project.supports, project.leader) == (("区教育局",), "张三")


TEXTS = st.text(
    st.sampled_from("建成公园 座已区0123456789,，。；\"'|\\<>&%=+-@\n\t#:：[]{}!*?~`“”《》\x85\u2028\ufeff𠀀é"),
    min_size=1,
    max_size=40,
).map(str.strip).filter(bool)  # fmt: skip


@settings(max_examples=60)
@given(TEXTS, TEXTS, TEXTS, TEXTS.filter(lambda name: "\ufeff" not in name))
def test_any_text_reads_back_word_for_word(content, progress, other, category):
    each = Row(
        1, "", content, progress, category=category, leads=("区住建局",), other={other: other}
    )
    project, _ = one(each)
    assert (project.content, project.category) == (content, category)
    assert project.reports["2023H1"].text == progress


def test_categories_are_numbered_as_printed():
    part = make.pasted([list(make.HEADER), *make.seed_rows()[10:19]])
    ids = [p.id for p in dataset(part, period="2023H1").projects]
    assert ids == ["5.1", "5.2", "5.3", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6"]


def test_categories_are_numbered_in_order_where_the_serial_counts_rows():
    data = table(
        "序号\t类别\t项目内容\t牵头单位\t进展情况",
        "7\t甲\t建成公园 3 座\t区住建局\t建成 1 座",
        "8\t甲\t建成步道 2 条\t区住建局\t建成 1 条",
        "9\t乙\t建成学校 2 所\t区教育局\t建成 1 所",
        "10\t甲\t建成食堂 2 家\t区民政局\t建成 1 家",
    )
    assert [p.id for p in dataset(data, period="2023H1").projects] == ["1.1", "1.2", "2.1", "1.3"]


@pytest.mark.parametrize(
    ("title", "period", "label", "as_of", "place"),
    [
        ("2023 年鹿城区政府民生实项目半年度进展表", "2023H1", "半年度", "2023-06-30", "鹿城区"),
        ("2023年温州市鹿城区民生实事项目三季度进展情况表", "2023Q3", "三季度", "2023-09-30", "温州市鹿城区"),
        ("某某县2024年1-9月民生实事进度", "2024Q3", "三季度", "2024-09-30", "某某县"),
        ("2024年某某县十件民生实事一季度完成情况", "2024Q1", "一季度", "2024-03-31", "某某县"),
        ("2024年某某县民生实事进展（截至 8 月底）", "2024M08", "8 月", "2024-08-31", "某某县"),
        ("2024年某某县民生实事进展（截至2024年5月20日）", "2024M05", "5 月", "2024-05-20", "某某县"),
        ("2024年某某县民生实事进展", "2024", "全年", "2024-12-31", "某某县"),
    ],
)  # fmt: skip
def test_the_head_is_guessed_from_the_title_and_says_so(title, period, label, as_of, place):
    made = importing.head(Source((row(),), (), above=("附件1", title)))
    assert (made.title, made.place) == (title, place)
    assert (made.period.id, made.period.label) == (period, label)
    assert made.period.as_of == dt.date.fromisoformat(as_of)
    assert set(made.guessed) == {"place", "plan", "periods"}


def test_what_is_given_is_not_guessed():
    day = dt.date(2023, 7, 5)
    made = importing.head(Source((row(),), ()), "2023 年表", "温州市鹿城区", "2023H1", day)
    assert (made.place, made.period.as_of) == ("温州市鹿城区", day)
    assert set(made.guessed) == {"plan"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "标题里没有年份，不知道是哪一期。"),
        ({"period": "半年"}, "报告期代号“半年”只能用字母、数字、- 和 _。"),
        ({"period": "mid"}, "报告期“mid”看不出截止日。"),
    ],
)
def test_a_period_that_cannot_be_known_is_asked_for(options, said):
    with pytest.raises(Refused, match=said):
        importing.head(Source((row(),), (), above=("民生实事进展表",)), **options)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("65%", 65), ("65.5％", 65.5), ("65", 65), ("129%", 129), ("0", 0), ("100%", 100),
        ("0.65", None), ("1", None), ("60%-70%", None), ("已完成", None), ("约 65%", 65),
        ("土建 65%，装修 20%", None), ("2000", None),
    ],
)  # fmt: skip
def test_a_percent_cell_is_read_where_it_says_one_percent(cell, value):
    assert claimed(cell) == value


def test_a_claim_in_its_own_column_goes_to_the_only_indicator_and_asks_where_it_is_rough():
    project, text = one(row(claimed="65%"))
    assert project.reports["2023H1"].readings["公园"].claimed == 65
    assert "自报百分比" not in text
    project, text = one(row(claimed="约 65%"))
    assert project.reports["2023H1"].readings["公园"].claimed == 65
    assert "# 请核对：自报百分比取自完成率一栏；原表写的是“约 65%”" in text


def test_a_claim_for_several_indicators_is_given_to_none():
    project, text = one(
        row("建成公园 3 座、步道 5 条。", "建成公园 1 座、步道 2 条。", claimed="65%")
    )
    assert [r.claimed for r in project.reports["2023H1"].readings.values()] == [None, None]
    assert "# 请核对：完成率一栏没有用上；原表写的是“65%”" in text


@pytest.mark.parametrize(
    ("cell", "day", "exact"),
    [
        ("2023-11-30", dt.date(2023, 11, 30), True),
        ("2023年11月30日前", dt.date(2023, 11, 30), True),
        ("2023.11.30", dt.date(2023, 11, 30), True),
        ("2023年11月底", dt.date(2023, 11, 30), False),
        ("2024年2月底前", dt.date(2024, 2, 29), False),
        ("11月底", dt.date(2023, 11, 30), False),
        ("年底前", dt.date(2023, 12, 31), False),
        ("2023年13月", None, False),
        ("2023-02-30", None, False),
    ],
)
def test_a_deadline_is_a_date_only_where_it_says_one(cell, day, exact):
    assert deadline(cell, 2023) == (day, exact)
    project, text = one(row(deadline=cell))
    assert project.deadline == day
    assert (f"原表写的是“{cell}”" in text) == (not exact)


def test_a_target_that_the_model_has_no_room_for_is_left_out():
    project, _ = one(row("安全事故 0 起。", "0 起。"))
    assert project.indicators == ()


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["import", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def word(tmp_path) -> Path:
    path = tmp_path / "半年度.docx"
    path.write_bytes(FORMS["表.docx"])
    return path


def test_the_command_writes_draft_and_report_and_says_what_to_check(word, tmp_path):
    out, report = tmp_path / "draft.yaml", tmp_path / "report.json"
    code, said = run(word, "-o", out, "--report", report)
    assert code == 0
    assert said.splitlines()[:3] == [
        "标题写的是“2023 年鹿城区政府民生实项目半年度进展表”，"
        "按报告期 2023H1（半年度，截至 2023-06-30）读取。",
        "“半年度.docx”：读出 29 行。",
        "认出的栏：序号→序号，项目名称→类别，项目内容→项目内容，牵头单位→牵头单位，进展情况→进展情况。",
    ]
    assert "「充电桩」约数" in said
    assert said.splitlines()[-2:] == [f"已写入 {out}。", f"已写入 {report}。"]
    assert len(store.read(out).dataset.projects) == 29


def test_the_report_has_exactly_the_contracts_keys_and_every_row(word, tmp_path, seed):
    report = tmp_path / "report.json"
    run(word, "-o", tmp_path / "draft.yaml", "--report", report)
    rows = json.loads(report.read_text(encoding="utf-8"))["rows"]
    assert [(r["row"], r["content"], r["progress"], tuple(r["leads"])) for r in rows] == [
        (at, p.content, p.reports["2023H1"].text, p.leads) for at, p in enumerate(seed.projects, 1)
    ]
    assert {tuple(r) for r in rows} == {
        (
            "row",
            "content",
            "progress",
            "leads",
            "printed",
            "claimed",
            "deadline",
            "from",
            "indicators",
        )
    }
    indicators = [each for r in rows for each in r["indicators"]]
    assert len(indicators) == 35
    assert {tuple(each) for each in indicators} == {
        (
            *("name", "target", "unit", "done", "declared", "claimed", "flags"),
            *("quotes", "candidates", "why"),
        )
    }
    bed = next(r for r in rows if r["content"].startswith("新增认知障碍者床位"))["indicators"][0]
    assert (bed["done"], bed["declared"], bed["flags"]) == (None, True, ["declared_only"])


def test_a_row_without_a_number_is_in_the_report(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("项目内容\t牵头单位\t进展情况\n推进智慧停车。\t区住建局\t有序推进。", "utf-8")
    code, _ = run(
        path, "-o", tmp_path / "d.yaml", "--report", tmp_path / "r.json", "--period", "2023H1"
    )
    made = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert code == 0
    assert [(r["content"], r["indicators"]) for r in made["rows"]] == [("推进智慧停车。", [])]
    assert made["row_flags"]["1"] == ["no_target"]


def test_an_existing_file_is_not_overwritten_without_force(word, tmp_path):
    out = tmp_path / "draft.yaml"
    out.write_text("别人的文件", "utf-8")
    code, said = run(word, "-o", out, "--report", tmp_path / "r.json")
    assert code == 1
    assert said == f"{out} 已经存在，没有写入。请换一个文件名，或加 --force 覆盖。\n"
    assert out.read_text("utf-8") == "别人的文件"
    assert not (tmp_path / "r.json").exists()
    assert run(word, "-o", out, "--force")[0] == 0
    assert len(store.read(out).dataset.projects) == 29


def test_a_file_that_is_not_read_ends_with_1_and_writes_nothing(tmp_path):
    path, out = tmp_path / "a.docx", tmp_path / "draft.yaml"
    path.write_bytes(b"%PDF-1.7")
    code, said = run(path, "-o", out)
    assert (code, said) == (
        1, "文件名是“a.docx”，内容却是 PDF 文件，没有读取。请向报送单位要 Word 或 Excel 原件；没有原件的，用 Word 或 WPS 打开这个 PDF，另存为 .docx，核对后再导入。\n",
    )  # fmt: skip
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "said"), [("none.docx", "找不到文件"), ("", "是一个文件夹。请指明其中要导入的文件。")]
)
def test_a_path_that_is_no_file(tmp_path, name, said):
    code, words = run(tmp_path / name, "-o", tmp_path / "d.yaml")
    assert code == 1
    assert said in words


def test_a_folder_that_does_not_exist(word, tmp_path):
    code, said = run(word, "-o", tmp_path / "none" / "d.yaml")
    assert code == 1
    assert "写不进去" in said
