"""Who is at this browser, and may he edit: asked when a page is drawn, and again at each save."""

from __future__ import annotations

import dataclasses
import logging
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from minsheng import access
from minsheng.access import Editor, Hash, Policy, Sessions, Throttle, Way
from minsheng.labels import access as words
from minsheng.model import Refused
from minsheng.server.uploads import uploads
from minsheng.ui.address import chosen
from minsheng.ui.markdown import note, plain

_RECORD, _SAID = "editor_signed_in", "editor_said"
_SEEN, _BY_PERSON = "editor_seen", "editor_by_person"
_NAME, _PASSWORD = "sign_in_name", "sign_in_password"
_WIDTH = 420

_log = logging.getLogger("minsheng.access")

# Not in st.cache_resource: any viewer's browser can send the message that clears it.
_throttle = Throttle()
_sessions = Sessions()


@dataclass(frozen=True)
class _Record:
    """A sign-in to an account, in the session's state, where no message of a browser writes."""

    key: str = field(repr=False)
    editor: Editor
    account: Hash
    browser: bytes


def require_editor() -> Editor:
    """The editor who may save at this moment, by the secrets files as they are at this moment.

    For the callback that saves: a page drawn for an editor an hour ago, and a message that a
    read-only page never offered, end here. Keep the draft: the refused person signs in again.

    Raises:
        Refused: with the sentence to show.
    """
    return _checked(_policy(), used=True)


def editor() -> Editor | None:
    """Who may edit, for what a page draws; None: show it read-only. No right to save by itself."""
    try:
        return _checked(_policy(), used=st.session_state.get(_BY_PERSON, True))
    except Refused:
        return None


def for_reader(words: str, file: Path) -> str:
    """What is said of the dataset's file, or of one beside it: where it lies on the server is for
    those who may edit."""
    if editor() is not None:
        return words
    for folder in {file.parent, file.resolve().parent}:
        words = words.replace(f"{folder}{os.sep}", "")
    return words


def follow() -> bool:
    """Once a run, before the page: True where a provider's login page has just sent its user back.

    Also notes whether a person asked for this run, or a save that somebody else made: that keeps
    no empty chair signed in.
    """
    claims = st.user.to_dict()  # once: each look reads the secrets' files
    logged_in = bool(claims.get("is_logged_in"))
    if logged_in or _RECORD in st.session_state:
        now = chosen().current()
        path, seen = st.session_state.get(_SEEN, (now.path, now.fingerprint))
        st.session_state[_BY_PERSON] = path != now.path or seen == now.fingerprint
        st.session_state[_SEEN] = now.path, now.fingerprint
    came = logged_in and _policy().way is Way.OIDC and _open(claims)
    _permit_uploads(claims)
    return came


def _permit_uploads(claims: Mapping[str, object]) -> None:
    """Tells the server whether this session may send files, and how to ask whether it still may."""
    context = get_script_run_ctx()
    if context is None:
        return
    record = st.session_state.get(_RECORD)
    if (record is None and not claims.get("is_logged_in")) or editor() is None:
        uploads.forbid(context.session_id)
        return

    def still(cookies: dict[str, str]) -> bool:
        policy = _policy()
        try:
            if policy.way is Way.ACCOUNTS:
                _by_account(policy, record, _token(cookies), used=False)
            elif policy.way is Way.OIDC:
                _by_provider(policy, claims, used=False)
        except Refused:
            return False
        return policy.way is not Way.NONE

    uploads.permit(context.session_id, still)


def section() -> None:
    """Who may edit, as the reader of the page meets it: what is so, and the way to sign in."""
    policy = _policy()
    st.subheader(words.Q_EDITORS)
    if at := _edited_at():
        st.markdown(words.EDITED_ELSEWHERE)
        st.link_button(words.TO_EDITING, at, key="to_editing")
        return
    if policy.faults:
        st.error("  \n".join([words.BAD_CONFIG, *map(plain, policy.faults)]))
    elif policy.way is Way.NONE:
        st.markdown(words.READ_ONLY)
    else:
        _person(policy)
        return
    _how_to()


def _person(policy: Policy) -> None:
    try:
        who = _checked(policy, used=st.session_state.get(_BY_PERSON, True))
    except Refused as refusal:
        news = "" if str(refusal) == words.NOT_SIGNED_IN else str(refusal)
        if said := st.session_state.pop(_SAID, news):
            st.warning(plain(said), width=_WIDTH if policy.way is Way.ACCOUNTS else "stretch")
        if _refuses_cookies():
            st.warning(words.NO_COOKIES)
            st.link_button(words.OPEN_ALONE, st.context.url or "", key="open_alone")
        elif policy.way is Way.ACCOUNTS:
            _form()
        elif st.user.get("is_logged_in") and _is_live(st.user.to_dict()):
            st.button(words.SIGN_OUT, key="sign_out", on_click=_sign_out)
        else:
            st.markdown(words.SIGN_IN_TO_EDIT)
            st.button(words.SIGN_IN_OIDC, key="sign_in", type="primary", on_click=_to_provider)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(words.SIGNED_IN.format(name=who.name)), width="content")
        st.button(words.SIGN_OUT, key="sign_out", on_click=_sign_out)
    for warning in policy.warnings:
        st.warning(plain(warning))
    note(words.IDLE_NOTE.format(minutes=access.IDLE_MINUTES, hours=access.HOURS))


def _how_to() -> None:
    """For the technician, built only while it is open."""
    how = st.expander(words.HOW_TO, key="editing_how_to", on_change="rerun")
    if how.open:
        how.markdown(plain(words.HOW_TO_INTRO))
        how.markdown(plain(words.HOW_TO_ACCOUNTS))
        how.code(words.ACCOUNTS_COMMAND, language=None, wrap_lines=True)
        how.code(words.ACCOUNTS_EXAMPLE, language="toml", wrap_lines=True)
        how.markdown(plain(words.HOW_TO_OIDC))
        how.code(words.OIDC_EXAMPLE, language="toml", wrap_lines=True)


def _form() -> None:
    with st.form("sign_in_form", width=_WIDTH):
        st.markdown(words.SIGN_IN_TO_EDIT)
        st.text_input(words.NAME, key=_NAME, max_chars=64, autocomplete="username")
        st.text_input(
            words.PASSWORD,
            key=_PASSWORD,
            type="password",
            max_chars=256,
            autocomplete="current-password",
        )
        st.form_submit_button(words.SIGN_IN, key="sign_in", type="primary", on_click=_sign_in)


def _sign_in() -> None:
    """The password leaves the session's state before it is looked at."""
    name, password = str(st.session_state[_NAME]), str(st.session_state[_PASSWORD])
    st.session_state[_PASSWORD] = ""
    _configure_log()
    try:
        who, account = access.sign_in(_policy(), name, password, _address(), _throttle)
    except Refused as refusal:
        st.session_state[_SAID] = str(refusal)
        return
    record = _Record(secrets.token_hex(32), who, account, _browser())
    _sessions.start(record.key)
    st.session_state[_RECORD] = record


def _to_provider() -> None:
    """Streamlit reads [auth] from its own copy of the file, and that may not be there yet."""
    provider = _policy().provider
    try:
        st.login(None if provider == "default" else provider)
    except StreamlitAuthError:
        _log.exception("st.login")
        st.session_state[_SAID] = words.NOT_READY


def _sign_out() -> None:
    record = st.session_state.pop(_RECORD, None)
    if isinstance(record, _Record):
        _sessions.end(record.key)
    if st.user.get("is_logged_in"):
        _sessions.end(access.login_key(st.user.to_dict()))
        st.logout()


def _checked(policy: Policy, used: bool) -> Editor:
    if policy.faults:
        raise Refused(words.BAD_CONFIG)
    if policy.way is Way.ACCOUNTS:
        return _by_account(policy, st.session_state.get(_RECORD), _browser(), used)
    if policy.way is Way.OIDC:
        return _by_provider(policy, st.user.to_dict(), used)
    raise Refused(words.READ_ONLY)


def _by_account(policy: Policy, record: object, browser: bytes, used: bool) -> Editor:
    if not isinstance(record, _Record):
        raise Refused(words.NOT_SIGNED_IN)
    if policy.accounts.get(record.editor.name) != record.account:
        raise Refused(words.REMOVED)
    if record.browser != browser:
        raise Refused(words.OTHER_BROWSER)
    if not _sessions.alive(record.key, used):
        raise Refused(words.EXPIRED)
    return record.editor


def _by_provider(policy: Policy, claims: Mapping[str, object], used: bool) -> Editor:
    if not claims.get("is_logged_in"):
        raise Refused(words.NOT_SIGNED_IN)
    who = access.by_claims(policy, claims)
    _open(claims)
    if not _sessions.alive(access.login_key(claims), used):
        raise Refused(words.EXPIRED)
    return who


def _is_live(claims: Mapping[str, object]) -> bool:
    _open(claims)
    return _sessions.alive(access.login_key(claims), used=False)


def _open(claims: Mapping[str, object]) -> bool:
    issued = claims.get("iat")
    age = time.time() - issued if isinstance(issued, int | float) else float("inf")
    return _sessions.start(access.login_key(claims), age)


def _policy() -> Policy:
    """Read anew each time, some 0.2 ms: `st.secrets` may be minutes or for ever behind the file.
    Nobody edits at an instance that only shows, whatever secrets it was given."""
    if _edited_at():
        return Policy()
    policy = access.read(st.get_option("secrets.files"))
    if policy.way is Way.OIDC and st.get_option("server.trustedUserHeaders"):
        return dataclasses.replace(policy, way=Way.NONE, faults=(words.FAULTS["trusted"],))
    return policy


def _edited_at() -> str:
    """The address of the instance that edits, where this one is among those that only show."""
    return os.environ.get("MINSHENG_EDIT_AT", "")


def _address() -> str:
    """Where the browser is; behind a proxy what its X-Forwarded-For says, if it runs beside us."""
    return st.context.ip_address or "this machine"


def _browser() -> bytes:
    """What tells this browser from another one.

    A session can be taken over by whoever knows its id, and that stands in upload addresses and so
    in a proxy's log. The token of the XSRF cookie stands in neither.
    """
    return _token(st.context.cookies)


def _refuses_cookies() -> bool:
    """Whether this browser sends us none of ours, as in a frame of another site: a sign-in that is
    kept nowhere would be offered in vain. What is no browser names itself nowhere."""
    names_itself = "Mozilla" in st.context.headers.get("User-Agent", "")
    return names_itself and not _browser()


def _token(cookies: Mapping[str, str]) -> bytes:
    token, _ = decode_xsrf_token_string(cookies.get("_streamlit_xsrf", ""))
    return token or b""


def _configure_log() -> None:
    """An attempt is worth a line with its time also where nobody has set up logging."""
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("minsheng").setLevel(logging.INFO)
