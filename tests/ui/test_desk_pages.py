"""The desk as staff meet it: fill in, import, preview, save, look back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import make_tables
from minsheng.dataset import comparing, editing, history, store
from minsheng.labels import access as access_words
from minsheng.labels import desk as said
from minsheng.labels import editing as editing_words
from minsheng.labels import faults
from minsheng.labels import importing as import_words
from sample_secrets import ACCOUNTS
from test_access_pages import clock, save, secrets, sign_in  # noqa: F401 - fixtures
from test_pages import SEED, component, data, flat, nodes, opened, words  # noqa: F401 - data is a fixture

TEXT = (Path(__file__).parents[1] / "data" / "lucheng-2023-half-year.txt").read_text("utf-8")
FILE = SEED.read_text("utf-8")
STAGE = "fill_2023H1_5.1_stage"
DONE = "fill_2023H1_5.1_0_done"
QUOTES = "fill_2023H1_5.1_0_quotes"


@pytest.fixture
def editor(secrets) -> AppTest:  # noqa: F811
    save(secrets, ACCOUNTS)
    return sign_in(opened("data"))


def tab(app: AppTest, name: str, **query: str) -> AppTest:
    for key, value in {"tab": name, **query}.items():
        app.query_params[key] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def buttons(app: AppTest) -> set[str]:
    return {each.key for each in app.button}


def typed(app: AppTest, key: str, value: str) -> AppTest:
    app.text_input(key=key).set_value(value)
    return run(app)


def diffs(app: AppTest) -> list[list[dict]]:
    """The lines of each comparison on the page."""
    return [
        json.loads(each.proto.bytes)["lines"]
        for each in app.get("bidi_component")
        if each.proto.component_name == "minsheng_lines"
    ]


def code(app: AppTest) -> str:
    return "\n".join(line["text"] for lines in diffs(app) for line in lines)


def errors(app: AppTest) -> str:
    return "\n".join(each.value for each in app.error).replace("\\", "")


def told(app: AppTest) -> str:
    """What was done, said once."""
    (each,) = app.success
    return each.value.replace("\\", "")


def journal(path: Path) -> list[dict]:
    file = path.parent / ".history" / "projects.yaml.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def fill_5_1(app: AppTest, done: str = "14") -> AppTest:
    tab(app, "fill", id="5.1")
    typed(app, DONE, done)
    return press(app, STAGE)


def save_draft(app: AppTest, why: str = "核对后改正") -> AppTest:
    tab(app, "preview")
    typed(app, "desk_reason", why)
    return press(app, "desk_save_button")


def elsewhere(path: Path, project: str, words_: str, who: str = "李四") -> None:
    """Somebody else saves another text of a project meanwhile."""
    document, fingerprint = store.opened(path)
    old = next(each for each in document.dataset.projects if each.id == project)
    report = old.reports["2023H1"].model_copy(update={"text": words_})
    dataset = editing.edited(document.dataset, [editing.SetReport(project, "2023H1", report)])
    document = editing.written(document, dataset)
    when = history.dt.datetime.now(history.dt.UTC)
    history.save(path, document, expected=fingerprint, who=who, why="补报", when=when)


def test_a_figure_is_filled_previewed_and_saved_as_one_line_of_the_file_and_of_the_journal(
    editor,
    data,  # noqa: F811
):
    app = fill_5_1(editor)
    assert "已放进待保存的修改：5.1 新改建老年食堂 50 家，2023H1。" in told(app)
    assert data.read_text("utf-8") == FILE, "nothing is written before the preview"
    tab(app, "preview")
    assert said.changes(1) in words(app)
    (lines,) = diffs(app)
    assert [
        (line["sign"], line["number"], line["text"].strip()) for line in lines if line["sign"]
    ] == [
        ("−", line_of(FILE, "done: 13"), "done: 13"),
        ("+", line_of(FILE, "done: 13"), "done: 14"),
    ]
    (effect,) = app.table
    cells = effect.value.set_index(said.NAME_COLUMN).map(lambda cell: cell.replace("\\", ""))
    cells.index = cells.index.str.replace("\\", "")
    assert cells.loc["5.1 新改建老年食堂 50 家。", "核算完成率"] == "26.0% → 28.0%"
    assert cells.loc["5.1 老年食堂", said.DONE_OR_LIGHT] == "13 → 14"
    assert cells.loc["全部项目", "核算完成率"] == "56.0% → 56.1%"
    assert "读数在原文里找不到依据" in words(app), "13 of the quotes are not 14"
    save_draft(app)
    assert "已保存" in told(app)
    assert data.read_text("utf-8") == FILE.replace("done: 13\n", "done: 14\n")
    assert [(each["who"], each["why"]) for each in journal(data)][1:] == [("王芳", "核对后改正")]
    assert said.NO_CHANGES in words(app)


def line_of(text: str, words_: str) -> str:
    return next(str(n) for n, line in enumerate(text.splitlines(), 1) if line.strip() == words_)


def test_a_save_needs_a_reason_and_keeps_the_draft_without(editor, data):  # noqa: F811
    app = save_draft(fill_5_1(editor), why=" ")
    assert editing_words.NO_REASON in errors(app)
    assert data.read_text("utf-8") == FILE
    save_draft(app)
    assert data.read_text("utf-8") != FILE


def test_a_right_taken_away_is_refused_at_the_moment_of_saving_and_the_draft_stays(
    editor,
    secrets,  # noqa: F811
    data,  # noqa: F811
):
    app = tab(fill_5_1(editor), "preview")
    typed(app, "desk_reason", "核对后改正")
    save(secrets, ACCOUNTS.replace("王芳", "李四"))
    press(app, "desk_save_button")
    assert access_words.REMOVED in errors(app)
    assert data.read_text("utf-8") == FILE
    assert "desk_save_button" not in buttons(app)
    assert said.changes(1) in words(app)


@pytest.mark.parametrize("name", ["import", "fill", "preview", "history"])
def test_read_only_everything_can_be_read_nothing_can_be_changed(secrets, data, name):  # noqa: F811
    elsewhere(data, "5.1", "1 家完成建设、12 家投入运营、8 家新近签约。")
    app = tab(opened("data"), name, id="5.1")
    assert said.READ_ONLY in words(app)
    inputs = [*app.text_input, *app.text_area, *app.multiselect, *app.checkbox]
    enabled = [each.key for each in inputs if not each.disabled]
    assert enabled == []
    assert [each.key for each in app.button if not each.disabled] == []
    shown = {"fill": "2023H1", "history": said.NOW, "preview": said.NO_CHANGES, "import": "报告期"}
    assert shown[name] in words(app) + str([each.label for each in app.selectbox]) + "2023H1"
    if name == "fill":
        assert app.text_area(key="fill_2023H1_5.1_text").value.startswith("1 家完成建设")
        assert app.text_input(key=DONE).value == "13"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (
            "done",
            "五十",
            f"「老年食堂」的完成数应为数字，现在是「五十」。{faults.WRITE.format(value=50)}",
        ),
        ("done", "1,000", "「老年食堂」的完成数应为数字，现在是「1,000」。请写 1000。"),
        ("done", "-3", "「老年食堂」的完成数不能小于 0，现在是 -3。请改正。"),
        ("done", "很多", f"「老年食堂」的完成数应为数字，现在是「很多」。{faults.WRITE_NUMBER}"),
        ("done", "", said.QUOTES_WITHOUT_DONE.format(name="老年食堂")),
    ],
)
def test_a_bad_number_is_named_and_does_not_become_a_change(editor, field, value, told):
    app = tab(editor, "fill", id="5.1")
    typed(app, DONE, value)
    assert told in errors(app), "already beside the form"
    press(app, STAGE)
    assert told in errors(app)
    assert said.NO_CHANGES in words(tab(app, "preview"))


def test_beside_the_form_stands_what_it_would_make_of_the_figures(editor):
    app = tab(editor, "fill", id="5.1")
    assert "核算完成率 26.0%" in words(app)
    assert "各阶段合计 52 家，超过目标 50 家" in words(app)
    typed(app, DONE, "50")
    assert "核算完成率 26.0% → 100.0%" in words(app)
    assert "▼ 滞后 → ● 已完成" in words(app)
    typed(app, DONE, "13")
    app.multiselect(key=QUOTES).set_value(["12 家投入运营"])
    run(app)
    assert "所引原文里找不到这个数" in words(app)


def test_the_bar_at_the_foot_says_what_the_form_makes_of_all_figures(editor):
    app = tab(editor, "fill", id="5.1")
    assert "数字不变" in flat(app)
    typed(app, DONE, "50")
    said_ = flat(app)
    for each in ("数字会变", "5.1 核算", "区民政局", "老有所养", "11\u00a0项 → 10\u00a0项"):
        assert each in said_, each
    typed(app, DONE, "很多")
    assert "存下以后" not in flat(app), "what cannot be measured is not shown as if it were"


def test_numbers_of_the_text_are_marked_as_used_to_decide_or_ignored(editor):
    app = tab(editor, "fill", id="5.2")
    marks = [(n[1], n[2]) for n in nodes(component(app, "desk_marks")) if n[0] == "mark"]
    assert ("number used", ["229"]) in marks
    assert ("number ignored", ["七"]) in marks, "of a name"
    typed(app, "fill_2023H1_5.2_1_done", "")
    app.multiselect(key="fill_2023H1_5.2_1_quotes").set_value([])
    run(app)
    marks = [(n[1], n[2]) for n in nodes(component(app, "desk_marks")) if n[0] == "mark"]
    assert ("number decide", ["229"]) in marks


def test_what_nobody_has_decided_comes_first_and_is_answered_by_one_click(editor):
    app = tab(editor, "fill", id="5.2")
    assert said.to_decide(1) not in words(app)
    app.text_input(key="fill_2023H1_5.2_1_done").set_value("")
    app.multiselect(key="fill_2023H1_5.2_1_quotes").set_value([])
    run(app)
    assert said.to_decide(1) in words(app)
    press(app, "fill_2023H1_5.2_1_answer_zero")
    assert app.text_input(key="fill_2023H1_5.2_1_done").value == "0"
    assert said.to_decide(1) not in words(app)
    app.text_input(key="fill_2023H1_5.2_1_done").set_value("")
    run(app)
    assert said.to_decide(1) in words(app), "an answer holds for what it was given to"
    press(app, "fill_2023H1_5.2_1_answer_blank")
    assert app.text_input(key="fill_2023H1_5.2_1_done").value == ""
    assert said.to_decide(1) not in words(app)


def test_quotes_are_picked_from_the_numbers_of_the_text(editor):
    app = tab(editor, "fill", id="5.1")
    assert app.multiselect(key=QUOTES).options == [
        "1 家选址", "21 家图纸设计", "17 家施工装修", "1 家完成建设", "12 家投入运营"
    ]  # fmt: skip
    assert app.multiselect(key=QUOTES).value == ["1 家完成建设", "12 家投入运营"]


def test_a_new_period_is_added_read_and_saved(editor, data):  # noqa: F811
    app = tab(editor, "fill", id="1.2")
    typed(app, "desk_period_id", "2023年")
    press(app, "desk_period_add")
    assert said.BAD_PERIOD_ID.format(id="2023年") in errors(app)
    typed(app, "desk_period_id", "2023Q3")
    press(app, "desk_period_add")
    assert "已新增报告期 2023Q3（三季度，截止 2023 年 9 月 30 日）" in told(app)
    key = "fill_2023Q3_1.2"
    app.text_area(key=f"{key}_text").set_value("已完成 8 座公园适儿化改造提升，剩余 2 座推进中。")
    run(app)
    press(app, f"{key}_read")
    assert app.text_input(key=f"{key}_0_done").value == "8"
    assert app.multiselect(key=f"{key}_0_quotes").value == ["已完成 8 座公园适儿化改造提升"]
    press(app, f"{key}_stage")
    save_draft(app)
    dataset = store.read(data).dataset
    assert [period.id for period in dataset.periods] == ["2023H1", "2023Q3"]
    report = dataset.projects[1].reports["2023Q3"]
    assert (report.readings["公园"].done, report.readings["公园"].underway) == (8, 2)
    removed = [n for n in comparing.diff(FILE, data.read_text("utf-8")) if n.kind == "removed"]
    assert removed == []


def test_a_period_added_a_moment_after_a_save_elsewhere_is_in_no_conflict(editor, data):  # noqa: F811
    app = tab(editor, "fill", id="1.2")
    typed(app, "desk_period_id", "2023Q3")
    elsewhere(data, "1.1", "补报：托位 440 个。")  # the page is not woken: the click comes first
    press(app, "desk_period_add")
    tab(app, "preview")
    assert said.CONFLICT not in words(app)
    save_draft(app)
    dataset = store.read(data).dataset
    assert [period.id for period in dataset.periods] == ["2023H1", "2023Q3"]
    assert dataset.projects[0].reports["2023H1"].text == "补报：托位 440 个。"


def test_reading_fills_the_empty_fields_and_leaves_what_was_typed(editor):
    app = tab(editor, "fill", id="1.2")
    key = "fill_2023H1_1.2"
    typed(app, f"{key}_0_done", "7")
    press(app, f"{key}_read")
    assert app.text_input(key=f"{key}_0_done").value == "7"
    press(app, f"{key}_reset")
    assert app.text_input(key=f"{key}_0_done").value == "6"


def test_what_is_typed_is_still_there_after_another_tab(editor):
    app = tab(editor, "fill", id="5.1")
    typed(app, DONE, "15")
    tab(app, "history")
    tab(app, "fill", id="5.1")
    assert app.text_input(key=DONE).value == "15"


def test_somebody_elses_save_of_another_project_is_merged_and_loses_nothing(editor, data):  # noqa: F811
    app = fill_5_1(editor)
    elsewhere(data, "1.1", "已建设 16 家，托位 440 个。")
    tab(app, "preview")
    assert said.CONFLICT in words(app)
    assert "desk_save_button" not in buttons(app)
    assert "16 家" in code(app)
    press(app, "desk_merge")
    assert said.MERGED in told(app)
    save_draft(app)
    text = data.read_text("utf-8")
    assert "done: 14\n" in text
    assert "已建设 16 家" in text
    assert [each["who"] for each in journal(data)] == ["", "李四", "王芳"]


def test_somebody_elses_save_of_the_same_project_is_refused_with_both_versions(editor, data):  # noqa: F811
    app = fill_5_1(editor)
    elsewhere(data, "5.1", "1 家完成建设、12 家投入运营、8 家新近签约。")
    tab(app, "preview")
    assert "同一处两边都改了，不能自动合并：5.1 新改建老年食堂 50 家。" in errors(app)
    assert "desk_save_button" not in buttons(app)
    mine, theirs = ("\n".join(line["text"] for line in each) for each in diffs(app))
    assert "done: 14" in mine
    assert "8 家新近签约" in theirs
    before = data.read_text("utf-8")
    press(app, "desk_merge")
    assert data.read_text("utf-8") == before, "still only a draft"
    assert "8 家新近签约" in code(app), "and it says what it would take away"


def test_a_form_begun_before_somebody_elses_save_asks_which_to_use(editor, data):  # noqa: F811
    app = tab(editor, "fill", id="5.1")
    typed(app, DONE, "14")
    elsewhere(data, "5.1", "1 家完成建设、12 家投入运营、8 家新近签约。")
    run(app)
    assert said.MOVED_MEANWHILE in words(app)
    press(app, STAGE)
    assert said.NO_CHANGES in words(tab(app, "preview"))
    tab(app, "fill", id="5.1")
    press(app, "fill_theirs")
    assert "8 家新近签约" in app.text_area(key="fill_2023H1_5.1_text").value
    assert app.text_input(key=DONE).value == "13"


def test_discarding_leaves_the_file_alone(editor, data):  # noqa: F811
    app = tab(fill_5_1(editor), "preview")
    press(app, "desk_discard")
    assert said.NO_CHANGES in words(app)
    assert data.read_text("utf-8") == FILE


def test_the_history_says_who_why_and_what_and_restores_with_a_reason(editor, data):  # noqa: F811
    app = tab(save_draft(fill_5_1(editor)), "history")
    assert "王芳" in words(app)
    assert "核对后改正" in words(app)
    app.session_state["past_2"] = True
    app.session_state["past_1"] = True
    run(app)
    assert "done: 14" in code(app)
    assert "past_restore_2" not in buttons(app), "the file is that version"
    press(app, "past_restore_1")
    assert editing_words.NO_REASON in errors(app)
    app.session_state["past_1"] = True
    typed(app, "desk_restore_why_1", "改错了")
    press(app, "past_restore_1")
    assert data.read_text("utf-8") == FILE
    assert [each["why"] for each in journal(data)][1:] == ["核对后改正", "改错了"]


def test_a_reader_sees_when_and_what_was_saved_and_neither_who_why_nor_where(editor, data):  # noqa: F811
    save_draft(fill_5_1(editor))
    folder = str(data.parent)
    app = opened("data")
    assert "位置：projects.yaml" in words(app).replace("\\", "")
    assert folder not in words(app).replace("\\", "")
    assert f"位置：{data}" in words(tab(editor, "state")).replace("\\", "")
    reader = tab(app, "history")
    assert "核对后改正" not in words(reader)
    assert "王芳" not in words(reader)
    reader.session_state["past_2"] = True
    assert "done: 14" in code(run(reader))
    record = data.parent / ".history" / "projects.yaml.jsonl"
    record.write_text("{}\n", encoding="utf-8")
    assert "历史记录 .history/projects.yaml.jsonl 第 1 行已损坏" in errors(run(reader))
    assert f"历史记录 {record} 第 1 行" in errors(tab(editor, "history"))
    data.unlink()
    assert "找不到文件 projects.yaml" in errors(opened("overview"))


def test_a_bad_file_is_put_right_by_restoring_the_version_before(editor, data):  # noqa: F811
    app = save_draft(fill_5_1(editor))
    good = data.read_bytes()
    data.write_bytes(good[:-3000] + b"\0" * 3000)
    tab(app, "history")
    assert "请在“历史”里恢复上一个版本" in errors(app)
    app.session_state["past_2"] = True
    run(app)
    typed(app, "desk_restore_why_2", "断电损坏")
    press(app, "past_restore_2")
    assert data.read_bytes() == good
    assert not errors(app)
    assert [each["why"] for each in journal(data)][1:] == ["核对后改正", "", "断电损坏"]


# Importing.


THIRD_QUARTER = TEXT.replace("半年度", "三季度", 1)


def pasted(app: AppTest, text: str = THIRD_QUARTER, period: str = "2023Q3") -> AppTest:
    tab(app, "import")
    typed(app, "desk_period_id", period)
    press(app, "desk_period_add")
    app.text_area(key="desk_paste").set_value(text)
    run(app)
    return press(app, "desk_read_pasted")


def test_a_table_is_confirmed_row_by_row_and_a_confirmation_is_kept(editor, data):  # noqa: F811
    app = pasted(editor)
    assert "29 项。待确认 29，已确认 0，已放进待保存 0。" in words(app)
    assert app.text_input(key="row_1_0_done").value == "440"
    press(app, "row_1_confirm")
    typed(app, "row_2_0_done", "7")
    assert "待确认 28，已确认 1" in words(app), "1 is still confirmed while 2 is changed"
    press(app, "row_2_confirm")
    press(app, "row_2_reopen")
    assert app.text_input(key="row_2_0_done").value == "7"
    press(app, "row_2_confirm")
    press(app, "desk_stage_rows")
    assert "已放进待保存：2 项" in told(app)
    assert data.read_text("utf-8") == FILE
    save_draft(app, "三季度各单位报送")
    projects = store.read(data).dataset.projects
    assert projects[0].reports["2023Q3"].readings["托位"].done == 440
    assert projects[1].reports["2023Q3"].readings["公园"].done == 7
    assert "2023Q3" not in projects[2].reports, "what nobody confirmed is not saved"
    assert "请核对" not in data.read_text("utf-8")


def test_a_confirmed_row_that_is_changed_has_to_be_confirmed_again(editor):
    app = pasted(editor)
    press(app, "desk_confirm_page")
    assert "待确认 27，已确认 2" in words(app), "three of the page have a doubt or an empty figure"
    press(app, "row_1_reopen")
    assert "待确认 28，已确认 1" in words(app)


def test_what_is_in_doubt_is_confirmed_by_itself_and_a_claim_becomes_no_figure(editor):
    app = pasted(editor)
    press(app, "desk_confirm_page")
    assert said.ONE_BY_ONE in words(app)
    press(app, "row_4_confirm")  # 2.2: 自报 90%, none of the schools in use
    assert "「学校」只有自报 90%，没有写完成数" in errors(app)
    assert "row_4_reopen" not in buttons(app)
    app.text_input(key="row_4_0_done").set_value("0")
    run(app)
    press(app, "row_4_confirm")
    assert "row_4_reopen" in buttons(app)


def test_what_is_staged_is_there_again_in_another_session(editor, data):  # noqa: F811
    fill_5_1(editor)
    again = sign_in(opened("data"))
    tab(again, "preview")
    assert said.changes(1) in words(again)
    assert "接着上次没有保存的修改：1 处" in told(again)
    save_draft(again)
    assert "done: 14" in data.read_text("utf-8")
    assert not [*(data.parent / ".history" / "unsaved").iterdir()]


def test_an_untouched_form_stages_nothing_and_an_emptied_figure_needs_a_deliberate_act(editor):
    app = editor
    tab(app, "fill", id="5.1")
    press(app, "fill_2023H1_5.1_stage")
    assert said.NOTHING_NEW in errors(app)
    app.text_input(key="fill_2023H1_5.1_0_done").set_value("")
    app.multiselect(key="fill_2023H1_5.1_0_quotes").set_value([])
    run(app)
    press(app, "fill_2023H1_5.1_stage")
    assert "「老年食堂」原来有完成数" in errors(app)
    app.checkbox(key="fill_2023H1_5.1_emptied").set_value(True)
    run(app)
    press(app, "fill_2023H1_5.1_stage")
    tab(app, "preview")
    assert "5.1「老年食堂」13 家 → 无数据" in errors(app)


def test_only_what_is_open_is_shown_on_demand(editor):
    app = pasted(editor)
    press(app, "desk_confirm_page")
    app.checkbox(key="desk_only_open").set_value(True)
    run(app)
    assert "row_6_confirm" in buttons(app)
    assert "row_1_reopen" not in buttons(app)


def test_a_row_that_is_like_no_project_waits_until_a_person_chooses(editor, data):  # noqa: F811
    table = (
        "类别\t项目内容\t牵头单位\t进展情况\n"
        "老有所养\t新建街心花园 12 个。\t区综合行政执法局\t已建成街心花园 5 个。\n"
    )
    app = pasted(editor, table)
    assert said.UNMATCHED in words(app)
    press(app, "row_1_confirm")
    assert said.NO_PROJECT_CHOSEN.format(number=1) in errors(app)
    app.selectbox(key="row_1_project").set_value("new")
    run(app)
    press(app, "row_1_confirm")
    press(app, "desk_stage_rows")
    save_draft(app, "新增项目")
    new = store.read(data).dataset.projects[13]
    assert (new.id, new.content) == ("5.4", "新建街心花园 12 个。")
    assert new.reports["2023Q3"].readings["街心花园"].done == 5


def test_a_period_that_has_its_reports_is_not_written_over(editor):
    app = tab(editor, "import")
    app.text_area(key="desk_paste").set_value(TEXT)
    run(app)
    press(app, "desk_read_pasted")
    assert "待确认 0" in words(app)
    assert said.KEPT_ROW.format(period="2023H1") in words(app)


def test_a_bad_number_in_a_row_is_named_with_its_row(editor):
    app = pasted(editor)
    typed(app, "row_2_0_done", "七座")
    press(app, "row_2_confirm")
    assert "第 2 项「公园」的完成数应为数字，现在是「七座」。" in errors(app)
    assert "待确认 29" in words(app)


def test_what_cannot_be_read_is_refused_with_a_sentence(editor):
    app = tab(editor, "import")
    app.text_area(key="desk_paste").set_value("今天天气很好")
    run(app)
    press(app, "desk_read_pasted")
    assert errors(app)
    assert app.text_area(key="desk_paste").value == "今天天气很好"


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("name", "made", "kind"),
    [
        ("进展.txt", lambda: TEXT.encode("gb18030"), "text/plain"),
        ("进展.docx", lambda: make_tables.word(make_tables.seed_parts()), WORD),
        (
            "进展.xlsx",
            lambda: make_tables.excel([[list(make_tables.HEADER), *make_tables.seed_rows()]]),
            EXCEL,
        ),
    ],
)
def test_a_file_is_uploaded_and_read(editor, name, made, kind):
    app = tab(editor, "import")
    app.get("file_uploader")[0].set_value((name, made(), kind))
    run(app)
    assert f"“{name}”：29 项" in words(app)


def test_of_a_damaged_file_nothing_is_read(editor):
    app = tab(editor, "import")
    app.get("file_uploader")[0].set_value(("进展.docx", b"PK\x03\x04 cut off", WORD))
    run(app)
    assert import_words.FAULT["damaged"] in errors(app)


@pytest.mark.parametrize(
    ("name", "held", "kind", "answer"),
    [
        ("表.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg", "这是图片，没有读取。"),
        ("表.pdf", b"%PDF-1.7\n", "application/pdf", "这是 PDF 文件，没有读取。"),
    ],
)
def test_a_file_of_another_kind_is_answered_in_chinese_and_not_by_the_uploader(
    editor, name, held, kind, answer
):
    app = tab(editor, "import")
    app.get("file_uploader")[0].set_value((name, held, kind))
    run(app)
    assert answer in errors(app)


def test_what_the_row_promises_otherwise_than_the_project_is_told(editor):
    table = "项目内容\t牵头单位\t进展情况\n新改建老年食堂 60 家。\t区民政局\t30 家完成建设。\n"
    app = pasted(editor, table)
    assert said.target_changed("老年食堂", 50, 60) in words(app)
    press(app, "row_1_confirm")
    press(app, "desk_stage_rows")
    assert "target: 60" in code(tab(app, "preview"))


def test_a_table_of_another_period_is_asked_about_before_its_rows_are_shown(editor, data):  # noqa: F811
    app = pasted(editor, TEXT)
    assert "截至 2023-06-30；现在选的报告期 2023Q3 截至 2023-09-30，对不上" in words(app)
    assert "待确认" not in words(app)
    press(app, "desk_settle")
    assert "29 项。待确认 29" in words(app)
    press(app, "row_1_confirm")
    press(app, "desk_stage_rows")
    save_draft(app, "标题是上一期的")
    assert "2023Q3" in store.read(data).dataset.projects[0].reports


def test_a_table_of_another_year_is_asked_about_and_can_be_put_back(editor):
    app = pasted(editor, TEXT.replace("2023 年", "2022 年", 1))
    assert "是 2022 年的；这里是 2023 年的计划" in words(app)
    press(app, "desk_other_file")
    assert app.text_area(key="desk_paste").value == ""


def test_a_table_of_the_chosen_period_is_not_asked_about(editor):
    app = pasted(editor)
    assert "对不上" not in words(app)
    assert "待确认 29" in words(app)
