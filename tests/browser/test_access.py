"""Who may edit, with a real browser: accounts, a provider's login, and what a forger can send."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from forger import forger, session_id
from harness import App, open_page, serve, settle, sign_in
from minsheng import labels
from minsheng.labels import access as said
from provider import Provider, provider
from sample_secrets import ACCOUNTS, PASSWORD

WANG = {"sub": "A-17", "email": "wangfang@lucheng.gov.cn", "email_verified": True, "name": "王芳"}
SIGNED_IN = said.SIGNED_IN.format(name="王芳（wangfang@lucheng.gov.cn）")
SIGNED_IN_TO_ACCOUNT = said.SIGNED_IN.format(name="王芳")


def test_without_secrets_nothing_is_offered_and_nothing_is_logged(start, page):
    app = start()
    open_page(page, app.at("/data"))
    expect(page.get_by_text(said.READ_ONLY)).to_be_visible()
    page.get_by_text(said.HOW_TO).click()
    expect(page.locator("[data-testid=stCode]")).to_have_count(3)
    assert page.get_by_label(said.PASSWORD).count() == 0
    assert "ecret" not in app.said()


def test_accounts_wrong_then_right_then_out(start, page):
    app = start(secrets=ACCOUNTS)
    open_page(page, app.at("/data"))
    sign_in(page, password="not this one")
    expect(page.get_by_role("alert")).to_have_text(said.WRONG)
    expect(page.get_by_label(said.NAME)).to_have_value("王芳")
    expect(page.get_by_label(said.PASSWORD, exact=True)).to_have_value("")
    sign_in(page)
    expect(page.get_by_text(said.SIGNED_IN.format(name="王芳"))).to_be_visible()
    page.get_by_role("link", name=labels.PAGES["overview"]).click()
    settle(page)
    page.get_by_role("link", name=labels.PAGES["data"]).click()
    expect(page.get_by_text(said.SIGNED_IN.format(name="王芳"))).to_be_visible()
    page.get_by_role("button", name=said.SIGN_OUT).click()
    expect(page.get_by_label(said.PASSWORD, exact=True)).to_be_visible()
    logged = [line for line in app.said().splitlines() if "sign-in" in line]
    assert [re.sub(r"^[\d-]+ [\d:,]+ ", "", line) for line in logged] == [
        "minsheng.access WARNING sign-in of '王芳' from this machine: wrong",
        "minsheng.access INFO sign-in of '王芳' from this machine: right",
    ]
    assert "not this one" not in app.said()
    assert PASSWORD not in app.said()


def test_the_next_run_knows_what_the_file_says_now(start, page):
    """Streamlit's own copy of the secrets is not asked: it is behind, or after a bad save stays."""
    app = start(secrets=ACCOUNTS)
    open_page(page, app.at("/data"))
    sign_in(page)
    expect(page.get_by_text(said.SIGNED_IN.format(name="王芳"))).to_be_visible()
    app.save_secrets(ACCOUNTS.replace("王芳", "李四"))
    page.get_by_role("link", name=labels.PAGES["data"]).click()
    expect(page.get_by_role("alert")).to_have_text(said.REMOVED)
    app.save_secrets(ACCOUNTS + "x")
    page.get_by_role("link", name=labels.PAGES["data"]).click()
    expect(page.get_by_role("alert")).to_contain_text(said.BAD_CONFIG)
    app.save_secrets(ACCOUNTS)
    page.get_by_role("link", name=labels.PAGES["data"]).click()
    expect(page.get_by_text(said.SIGNED_IN.format(name="王芳"))).to_be_visible()


@pytest.fixture(scope="module")
def sso() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def app_with_sso(tmp_path_factory, sso) -> Iterator[App]:
    secrets = sso.secrets(WANG["email"])
    with serve(tmp_path_factory.mktemp("sso"), secrets=secrets) as running:
        yield running


def through_the_provider(app: App, page: Page) -> None:
    open_page(page, app.at("/data"))
    page.get_by_role("button", name=said.SIGN_IN_OIDC).click()
    expect(page.locator("h1")).to_have_text(labels.PAGES["data"])
    page.wait_for_url(app.at("/data"))
    settle(page)


def test_a_listed_user_comes_back_from_the_provider_as_an_editor_and_signs_out(
    app_with_sso, sso, page
):
    sso.claims = WANG
    through_the_provider(app_with_sso, page)
    expect(page.get_by_text(SIGNED_IN)).to_be_visible()
    assert sso.seen[-2:] == ["/token", "/jwks"]
    open_page(page, app_with_sso.at("/data"))
    expect(page.get_by_text(SIGNED_IN)).to_be_visible()
    page.get_by_role("button", name=said.SIGN_OUT).click()
    page.wait_for_url(app_with_sso.at("/"))
    assert "/logout" in sso.seen
    open_page(page, app_with_sso.at("/data"))
    expect(page.get_by_role("button", name=said.SIGN_IN_OIDC)).to_be_visible()
    assert page.get_by_text(SIGNED_IN).count() == 0


def test_a_user_who_is_not_listed_is_told_so(app_with_sso, sso, page):
    sso.claims = WANG | {"email": "li@lucheng.gov.cn"}
    through_the_provider(app_with_sso, page)
    told = said.NOT_LISTED.format(who="li@lucheng.gov.cn")
    expect(page.get_by_role("alert")).to_have_text(told)
    app_with_sso.save_secrets(sso.secrets("wangfang@lucheng.gov.cn", "li@lucheng.gov.cn"))
    page.get_by_role("link", name=labels.PAGES["data"]).click()
    expect(page.get_by_text("可以修改。")).to_be_visible()


def test_an_address_that_the_provider_did_not_verify_is_nobodys(app_with_sso, sso, page):
    sso.claims = WANG | {"email_verified": False}
    through_the_provider(app_with_sso, page)
    expect(page.get_by_role("alert")).to_have_text(said.UNVERIFIED.format(who=WANG["email"]))


def test_who_takes_over_a_session_by_its_id_does_not_take_over_the_right(start, page):
    frames: list[bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)),
    )
    app = start(secrets=ACCOUNTS)
    open_page(page, app.at("/data"))
    sign_in(page)
    expect(page.get_by_text(SIGNED_IN_TO_ACCOUNT)).to_be_visible()
    with forger(app, session_id(frames)) as thief:
        shown = thief.run("data")
    assert said.OTHER_BROWSER in shown
    assert SIGNED_IN_TO_ACCOUNT not in shown
    assert "already connected! Reconnecting to existing session" in app.said()


def test_a_forged_order_to_clear_the_caches_makes_no_attempt_be_forgotten(start, page):
    app = start(secrets=ACCOUNTS)
    open_page(page, app.at("/data"))
    for _ in range(3):
        sign_in(page, password="wrong")
    with forger(app) as stranger:
        stranger.run("data")
        stranger.send(BackMsg(clear_cache=True))
        stranger.run("data")
    sign_in(page, password="wrong")  # the fourth, or already too soon
    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("登录失败次数太多")


def test_in_a_frame_of_another_site_the_reason_is_said_and_the_way_out(
    start, new_page, monkeypatch
):
    site = "http://oa.lucheng.test"
    monkeypatch.setenv("STREAMLIT_CLIENT_ALLOWED_ORIGINS", site)
    app = start(secrets=ACCOUNTS)
    page = new_page()
    page.route(
        f"{site}/**",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<iframe src="{app.at("/data")}" width="1200" height="900"></iframe>',
        ),
    )
    page.goto(site)
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("alert").filter(has_text=said.NO_COOKIES)).to_be_visible()
    expect(inside.get_by_label(said.PASSWORD, exact=True)).to_have_count(0)
    with page.context.expect_page() as opened:
        inside.get_by_role("link", name=said.OPEN_ALONE).click()
    alone = opened.value
    sign_in(alone)
    expect(alone.get_by_text(SIGNED_IN_TO_ACCOUNT)).to_be_visible()
