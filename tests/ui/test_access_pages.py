"""Who may edit, as the reader of the 数据 page meets it; run by Streamlit's own test harness."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from minsheng import access, labels
from minsheng.access import Sessions, Throttle
from minsheng.labels import access as said
from minsheng.model import Refused
from minsheng.ui import access as ui_access
from sample_secrets import ACCOUNTS, AUTH, CLAIMS, EDITORS, PASSWORD, WANG, Clock
from test_pages import ROOT, SEED, data, opened, words  # noqa: F401 - data is a fixture


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(ui_access, "_throttle", Throttle(made))
    monkeypatch.setattr(ui_access, "_sessions", Sessions(made))
    monkeypatch.setattr(ui_access, "_address", lambda: "10.0.0.7")
    return made


@pytest.fixture
def secrets(tmp_path, monkeypatch, data, clock) -> Path:  # noqa: F811
    """The path of a secrets file that is not there yet. No thread is left behind to watch it."""
    path = tmp_path / "secrets.toml"
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    monkeypatch.setattr(secrets_singleton, "_file_watchers_installed", True)
    secrets_singleton._reset()
    yield path
    secrets_singleton._reset()
    config.set_option("secrets.files", before)


def save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


def sign_in(app: AppTest, name: str = "王芳", password: str = PASSWORD) -> AppTest:
    app.text_input(key="sign_in_name").set_value(name)
    app.text_input(key="sign_in_password").set_value(password)
    app.button(key="sign_in").click()
    app.run()
    assert not app.exception, app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {each.key for each in (*app.button, *app.text_input) if each.key} & {
        "sign_in", "sign_out", "sign_in_name", "sign_in_password"
    }  # fmt: skip


SIGNED_IN = said.SIGNED_IN.format(name="王芳")


def test_without_secrets_the_page_is_read_only_and_says_how_to_switch_editing_on(secrets, caplog):
    app = opened("data")
    assert labels.access.READ_ONLY in words(app)
    assert keys(app) == set()
    assert not app.error
    assert not app.warning
    assert "secret" not in caplog.text.lower()


def test_an_instance_that_only_shows_leads_to_the_one_that_edits_whatever_secrets_it_has(
    secrets, monkeypatch
):
    save(secrets, ACCOUNTS)
    app = sign_in(opened("data"))
    assert SIGNED_IN in words(app)
    monkeypatch.setenv("MINSHENG_EDIT_AT", "/edit")
    app.run()
    assert said.EDITED_ELSEWHERE in words(app)
    assert keys(app) == set(), "nobody is signed in any more, or can be"
    saver = saving()
    saver.button(key="save").click().run()
    assert outcome(saver) == f"refused: {said.READ_ONLY}"


def test_a_secrets_file_that_all_may_read_is_told_to_editors_alone(secrets):
    save(secrets, ACCOUNTS)
    secrets.chmod(0o644)
    app = opened("data")
    assert "chmod" not in words(app)
    sign_in(app)
    assert [each.value.replace("\\", "") for each in app.warning] == [
        said.READ_BY_ALL.format(path="secrets.toml")
    ]


def test_the_way_to_switch_it_on_is_there_when_opened(secrets):
    app = opened("data")
    app.session_state["editing_how_to"] = True
    app.run()
    assert [each.value for each in app.code] == [
        said.ACCOUNTS_COMMAND, said.ACCOUNTS_EXAMPLE, said.OIDC_EXAMPLE
    ]  # fmt: skip


def test_the_examples_are_what_the_file_takes_once_filled_in():
    accounts = said.ACCOUNTS_EXAMPLE.replace("$argon2id$v=19$m=47104,t=2,p=1$…$…", WANG.line())
    assert list(access.parse([accounts.encode()]).accounts) == ["张三", "李四"]
    oidc = said.OIDC_EXAMPLE.replace("至少 32 位的随机字符", "x" * 32)
    assert access.parse([oidc.encode()]).allowed == {"zhangsan@example.gov.cn"}
    for text in (said.ACCOUNTS_EXAMPLE, said.OIDC_EXAMPLE):  # copied and not filled in
        assert access.parse([text.encode()]).faults


def test_with_accounts_the_right_password_signs_in_and_signing_out_ends_it(secrets):
    save(secrets, ACCOUNTS)
    app = opened("data")
    assert said.READ_ONLY not in words(app)
    sign_in(app)
    assert SIGNED_IN in words(app)
    assert keys(app) == {"sign_out"}
    assert PASSWORD not in str(app.session_state)
    app.button(key="sign_out").click().run()
    assert SIGNED_IN not in words(app)
    assert "sign_in" in keys(app)
    assert not app.warning


def test_a_wrong_password_is_told_and_not_kept(secrets, caplog):
    save(secrets, ACCOUNTS)
    app = sign_in(opened("data"), password="wrong password")
    assert app.warning[0].value == said.WRONG
    assert app.text_input(key="sign_in_name").value == "王芳"
    assert app.text_input(key="sign_in_password").value == ""
    assert "wrong password" not in caplog.text
    app.run()
    assert not app.warning


def test_after_too_many_failures_the_right_one_has_to_wait_too(secrets, clock, caplog):
    save(secrets, ACCOUNTS)
    app = opened("data")
    for _ in range(3):
        sign_in(app, password="wrong")
    sign_in(app)
    assert app.warning[0].value == "登录失败次数太多，请 2 秒后再试。"
    assert SIGNED_IN not in words(app)
    clock.now += 2.1
    assert SIGNED_IN in words(sign_in(app))
    assert [record.levelno for record in caplog.records if "sign-in" in record.message] == [
        *[logging.WARNING] * 4, logging.INFO
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (ACCOUNTS.replace("王芳", "李四"), said.REMOVED),
        (ACCOUNTS.replace(WANG.line(), access.hash_password("another one 1").line()), said.REMOVED),
        ("[accounts]\n", said.FAULTS["no_accounts"]),
        ("", said.READ_ONLY),
    ],
)
def test_who_is_removed_while_signed_in_may_no_longer_edit(secrets, change, told):
    save(secrets, ACCOUNTS)
    app = sign_in(opened("data"))
    assert SIGNED_IN in words(app)
    save(secrets, change)
    app.run()
    assert SIGNED_IN not in words(app)
    assert told in words(app)


def test_a_sign_in_ends_after_an_hour_without_use(secrets, clock):
    save(secrets, ACCOUNTS)
    app = sign_in(opened("data"))
    clock.now += access.IDLE_MINUTES * 60
    assert SIGNED_IN in words(app.run())
    clock.now += access.IDLE_MINUTES * 60 + 1
    app.run()
    assert app.warning[0].value == said.EXPIRED
    assert "sign_in" in keys(app)


def test_a_run_that_a_strangers_save_woke_keeps_nobody_signed_in(secrets, clock, data):  # noqa: F811
    save(secrets, ACCOUNTS)
    app = sign_in(opened("data"))
    for minute in range(5):
        clock.now += access.IDLE_MINUTES * 60 / 4
        data.write_text(SEED.read_text("utf-8") + f"# {minute}\n", "utf-8")
        app.run()
    assert app.warning[0].value == said.EXPIRED


def test_a_restart_ends_every_sign_in(secrets, clock, monkeypatch):
    save(secrets, ACCOUNTS)
    app = sign_in(opened("data"))
    monkeypatch.setattr(ui_access, "_sessions", Sessions(clock))
    assert said.EXPIRED in words(app.run())


def test_a_mistake_in_the_file_is_told_with_its_cure_and_there_is_no_form(secrets):
    save(secrets, '[accounts]\n王芳 = "x"\n')
    app = opened("data")
    assert said.BAD_CONFIG in app.error[0].value
    assert said.FAULTS["bare_name"].format(line=2).split("，")[0] in words(app)
    assert keys(app) == set()


def test_the_right_is_in_this_browser_only(secrets, monkeypatch):
    save(secrets, ACCOUNTS)
    app = sign_in(opened("data"))
    monkeypatch.setattr(ui_access, "_browser", lambda: b"another browser's token")
    assert said.OTHER_BROWSER in words(app.run())


# A page that saves, as the desk will: drawn for everybody, asking at the moment of saving.

SAVING = """
import streamlit as st
from minsheng.model import Refused
from minsheng.ui import access

def save():
    try:
        st.session_state["saved_by"] = access.require_editor().name
    except Refused as refusal:
        st.session_state["refused"] = str(refusal)

access.section()
st.button("save", key="save", on_click=save)
"""


def saving() -> AppTest:
    return AppTest.from_string(SAVING, default_timeout=30).run()


def outcome(app: AppTest) -> str:
    for key in ("saved_by", "refused"):
        if key in app.session_state:
            value = app.session_state[key]
            del app.session_state[key]
            return f"{key}: {value}"
    return ""


def test_a_save_is_refused_in_read_only_mode(secrets):
    app = saving()
    app.button(key="save").click().run()
    assert outcome(app) == f"refused: {said.READ_ONLY}"


def test_a_save_carries_the_editors_name_until_the_account_is_gone(secrets):
    save(secrets, ACCOUNTS)
    app = saving()
    app.button(key="save").click().run()
    assert outcome(app) == f"refused: {said.NOT_SIGNED_IN}"
    sign_in(app)
    app.button(key="save").click().run()
    assert outcome(app) == "saved_by: 王芳"
    save(secrets, ACCOUNTS.replace("王芳", "李四"))  # the page still shows what it showed
    app.button(key="save").click().run()
    assert outcome(app) == f"refused: {said.REMOVED}"


def test_a_save_is_refused_while_the_file_is_bad_or_unreadable(secrets):
    save(secrets, ACCOUNTS)
    app = sign_in(saving())
    save(secrets, ACCOUNTS + "x")
    app.button(key="save").click().run()
    assert outcome(app) == f"refused: {said.BAD_CONFIG}"
    secrets.unlink()
    secrets.mkdir()
    app.button(key="save").click().run()
    assert outcome(app) == f"refused: {said.BAD_CONFIG}"


def test_a_record_of_another_make_in_the_sessions_state_is_none(secrets):
    save(secrets, ACCOUNTS)
    app = saving()
    app.session_state["editor_signed_in"] = "王芳"
    app.button(key="save").click().run()
    assert outcome(app) == f"refused: {said.NOT_SIGNED_IN}"


# A provider's login, as Streamlit hands it over.


# Set by the fixture: a login is fresh for ten minutes, and the tests before it may take longer.
NOW = {"is": 0.0}


def logged_in(app: AppTest, age: float = 5, **claims: object) -> AppTest:
    app.user = CLAIMS | {"iat": NOW["is"] - age, "nonce": "n"} | claims
    return app.run()


@pytest.fixture
def oidc(secrets) -> Path:
    NOW["is"] = time.time()
    save(secrets, AUTH + EDITORS)
    return secrets


def test_before_the_login_there_is_a_button_and_no_form(oidc):
    app = saving()
    assert keys(app) == {"sign_in"}
    assert not app.warning


def test_a_listed_user_may_save_until_taken_off_the_list(oidc):
    app = logged_in(saving())
    assert said.SIGNED_IN.format(name="王芳（wangfang@LUCHENG.gov.cn）") in words(app)
    app.button(key="save").click().run()
    assert outcome(app) == "saved_by: 王芳（wangfang@LUCHENG.gov.cn）"
    save(oidc, AUTH + EDITORS.replace("WangFang", "LiSi"))
    app.button(key="save").click().run()
    assert outcome(app).startswith("refused: wangfang@LUCHENG.gov.cn 已登录，但不在")


def test_a_user_who_is_not_listed_is_told_so_and_can_sign_out(oidc):
    app = logged_in(saving(), email="li@lucheng.gov.cn")
    assert app.warning[0].value.replace("\\", "") == said.NOT_LISTED.format(who="li@lucheng.gov.cn")
    assert keys(app) == {"sign_out"}


def test_yesterdays_cookie_is_not_enough(oidc):
    app = logged_in(saving(), age=86400)
    assert app.warning[0].value == said.EXPIRED
    assert keys(app) == {"sign_in"}


def test_an_idle_login_has_to_be_made_again(oidc, clock):
    app = logged_in(saving())
    clock.now += access.IDLE_MINUTES * 60 + 1
    app.button(key="save").click().run()
    assert outcome(app) == f"refused: {said.EXPIRED}"
    assert said.EXPIRED in words(logged_in(saving())), "nor does a new tab bring it back"
    assert not logged_in(saving(), nonce="the next login").warning


def test_signing_out_ends_the_login_in_every_tab(oidc):
    first, second = logged_in(saving()), logged_in(saving())
    first.button(key="sign_out").click().run()
    second.button(key="save").click().run()
    assert outcome(second) == f"refused: {said.EXPIRED}"


def test_headers_that_could_pose_as_the_login_switch_editing_off(oidc):
    before = config.get_option("server.trustedUserHeaders")
    config.set_option("server.trustedUserHeaders", {"X-Email": "email"})
    try:
        app = logged_in(saving())
    finally:
        config.set_option("server.trustedUserHeaders", before)
    assert said.FAULTS["trusted"] in words(app)
    assert keys(app) == set()


def test_after_the_login_the_user_is_back_where_he_pressed_the_button(oidc):
    app = opened("overview")
    app.user = CLAIMS | {"iat": time.time(), "nonce": "n"}
    app.run()
    assert app.title[0].value == labels.PAGES["data"]
    app.switch_page(str(ROOT / "pages" / "overview.py")).run()
    assert not app.title


def test_outside_a_run_nobody_is_an_editor(secrets):
    save(secrets, ACCOUNTS)
    with pytest.raises(Refused):
        ui_access.require_editor()
