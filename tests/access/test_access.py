"""Who may edit: the rules, away from any browser. What a viewer meets is in test_access_pages.py."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import threading
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

from minsheng import access
from minsheng.access import Hash, Policy, Sessions, Throttle, Way, passwords
from minsheng.access.attempts import BY_ADDRESS, BY_ALL, BY_NAME, BY_NAME_AND_ADDRESS
from minsheng.cli import main
from minsheng.labels import access as words
from minsheng.model import Refused
from sample_secrets import ACCOUNTS, AUTH, CLAIMS, EDITORS, PASSWORD, WANG, Clock


def parsed(*texts: str) -> Policy:
    return access.parse(text.encode() for text in texts)


# Passwords.


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_hash_knows_its_own_password_and_no_other(password, other):
    assume(passwords._folded(password) != passwords._folded(other))
    cheap = {"M": 64, "T": 1, "LEAST_MEMORY": 8, "LEAST_BLOCKS": 8}
    with mock.patch.multiple(passwords, **cheap):  # what it costs is not the question here
        made = access.hash_password(password)
        assert made.verify(password)
        assert not made.verify(other)


def test_a_line_is_read_as_what_was_written():
    assert Hash.parse(WANG.line()) == WANG
    assert WANG.verify(PASSWORD)


def test_the_same_password_makes_another_line_each_time():
    assert access.hash_password(PASSWORD).line() != WANG.line()


def test_a_password_typed_at_full_width_is_the_same_password():
    assert access.hash_password("abc 123 XYZ").verify("ａｂｃ　１２３　ＸＹＺ")


def test_a_hash_is_not_printed():
    assert repr(WANG) == "Hash(...)"
    assert WANG.line() not in repr(parsed(ACCOUNTS))


SALT, DIGEST = (base64.b64encode(b"x" * size).decode() for size in (16, 32))


@pytest.mark.parametrize(
    ("n", "r", "p"),
    [(2**14, 8, 5), (2**15, 8, 3), (2**17, 8, 1), (2**16, 16, 2)],
)
def test_costs_that_protect_and_can_be_paid_are_taken(n, r, p):
    assert Hash.parse(f"scrypt${n}${r}${p}${SALT}${DIGEST}").cost == f"scrypt${n}${r}${p}"


def test_a_line_of_scrypt_from_before_still_lets_its_password_in():
    salt = b"an old salt, 16b"
    digest = hashlib.scrypt(
        PASSWORD.encode(), salt=salt, n=2**15, r=8, p=3, maxmem=64 * 2**20, dklen=32
    )
    salted, hashed = (base64.b64encode(part).decode() for part in (salt, digest))
    old = Hash.parse(f"scrypt$32768$8$3${salted}${hashed}")
    assert old.verify(PASSWORD)
    assert not old.verify("wrong")


def test_a_new_line_is_argon2id_in_phc_format():
    assert re.fullmatch(
        r"\$argon2id\$v=19\$m=47104,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}", WANG.line()
    )
    assert not WANG.verify("wrong")


PHC_SALT, PHC_DIGEST = SALT.rstrip("="), DIGEST.rstrip("=")


@pytest.mark.parametrize("cost", ["m=19456,t=2,p=1", "m=131072,t=3,p=4"])
def test_costs_of_argon2id_that_can_be_paid_are_taken(cost):
    Hash.parse(f"$argon2id$v=19${cost}${PHC_SALT}${PHC_DIGEST}")


@pytest.mark.parametrize(
    "cost",
    [
        "m=19456,t=1,p=1",
        "m=8,t=9999,p=1",
        "m=262144,t=1,p=1",
        "m=131072,t=9,p=1",
        "m=47104,t=2,p=5",
    ],
)
def test_costs_of_argon2id_that_protect_nothing_or_stop_the_server_are_refused(cost):
    with pytest.raises(passwords.BadCostError):
        Hash.parse(f"$argon2id$v=19${cost}${PHC_SALT}${PHC_DIGEST}")


@pytest.mark.parametrize(
    ("n", "r", "p"),
    [
        (2**14, 8, 4),  # just too cheap
        (2**15 - 1, 8, 3),  # no power of two
        (2**18, 8, 1),  # 256 MB for an attempt
        (2**30, 8, 1),
        (2**17, 8, 3),  # dear by p alone
        (2**14, 1, 16),
        (99999999, 32, 16),
        (0, 8, 3),
    ],
)
def test_costs_that_protect_nothing_or_stop_the_server_are_refused(n, r, p):
    with pytest.raises(passwords.BadCostError):
        Hash.parse(f"scrypt${n}${r}${p}${SALT}${DIGEST}")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hunter2 hunter2",
        f"scrypt$32768$8$3${SALT}",
        f"scrypt$32768$8$3${SALT}${DIGEST[:20]}",
        f"scrypt$32768$8$3$!${DIGEST}",
        f"bcrypt$32768$8$3${SALT}${DIGEST}",
        f"scrypt$-32768$8$3${SALT}${DIGEST}",
        f"scrypt$３２７６８$8$3${SALT}${DIGEST}",
        f"scrypt$1{'0' * 5000}$8$3${SALT}${DIGEST}",
        f"scrypt$32768$8$3$盐{SALT}${DIGEST}",
        f"$argon2id$v=16$m=47104,t=2,p=1${SALT[:22]}${DIGEST[:43]}",
        f"$argon2i$v=19$m=47104,t=2,p=1${SALT[:22]}${DIGEST[:43]}",
        f"$argon2id$v=19$m=47104,t=2,p=1${SALT[:10]}${DIGEST[:43]}",
        "$argon2id$v=19$m=47104,t=2,p=1$$",
    ],
)
def test_what_is_no_hash_is_refused(line):
    with pytest.raises(passwords.NotAHashError):
        Hash.parse(line)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("abcdef 12", "short"),
        ("abcdef 123", None),
        ("ab" * 64 + "cde", "long"),
        ("ababababab", "simple"),
        ("王芳的密码很难猜 9", "name"),
        ("Password123!", "common"),
        ("13867741952", "common"),
        (PASSWORD, None),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(password, why):
    assert access.weakness(password, "王芳") == why
    assert why is None or words.CLI_WEAK[why]


# The configuration.


def test_without_a_file_nobody_may_edit_and_nothing_is_wrong(tmp_path):
    assert access.read([tmp_path / "secrets.toml", tmp_path / "no" / "secrets.toml"]) == Policy()
    assert parsed("", "[connections.db]\nurl = 'x'\n") == Policy()


def test_accounts_switch_editing_on():
    policy = parsed(ACCOUNTS)
    assert (policy.way, policy.faults, dict(policy.accounts)) == (Way.ACCOUNTS, (), {"王芳": WANG})


def test_a_provider_and_a_list_switch_editing_on():
    policy = parsed(AUTH + EDITORS)
    assert (policy.way, policy.faults) == (Way.OIDC, ())
    assert policy.allowed == {"wangfang@lucheng.gov.cn"}


def test_a_named_provider_and_sub_as_the_claim():
    named = AUTH.replace("client_id", "[auth.sso]\nclient_id")
    policy = parsed(named + '[editors]\nallowed = ["A-17"]\nclaim = "sub"\nprovider = "sso"\n')
    assert (policy.way, policy.provider, policy.allowed) == (Way.OIDC, "sso", {"A-17"})


def test_a_later_file_replaces_a_table_whole_as_streamlit_does():
    other = ACCOUNTS.replace("王芳", "李四")
    assert list(parsed(ACCOUNTS, other).accounts) == ["李四"]


LINE = WANG.line()
BAD = {
    "BOM": ("\ufeff" + ACCOUNTS, ["bom"]),
    "no end": ('[accounts]\n"王芳" = """', ["toml_end"]),
    "no quotes around a value": ("[accounts]\nli = scrypt", ["toml", {"line": 2}]),
    "no quotes around a name": (f'[accounts]\n王芳 = "{LINE}"', ["bare_name", {"line": 2}]),
    "full width": (f'[accounts]\n"王芳" ＝ "{LINE}"', ["full_width", {"line": 2, "char": "＝"}]),
    "twice": (ACCOUNTS + f'"王芳" = "{LINE}"', ["twice", {"line": 3}]),
    "misspelt": (ACCOUNTS.replace("accounts", "Account"), ["table_name", {"name": "Account", "known": "accounts"}]),
    "a value": ("accounts = 1", ["not_table", {"name": "accounts"}]),
    "empty": ("[accounts]\n", ["no_accounts"]),
    "a password as it is": ('[accounts]\nli = "hunter2 hunter2"', ["account_plain", {"place": 1}]),
    "a number": ("[accounts]\nli = 12345", ["account_plain", {"place": 1}]),
    "too dear": (ACCOUNTS.replace("m=47104", "m=1048576"), ["account_cost", {"place": 1}]),
    "no name": (ACCOUNTS + f'"" = "{LINE}"', ["account_name", {"place": 2}]),
    "a name with a line break": (ACCOUNTS + f'"a\\nb" = "{LINE}"', ["account_name", {"place": 2}]),
    "same name at full width": (ACCOUNTS + f'"li" = "{LINE}"\n"ｌｉ" = "{LINE}"', ["account_twice", {"place": 3}]),
    "both": (ACCOUNTS + AUTH + EDITORS, ["both"]),
    "no list": (AUTH, ["no_editors"]),
    "no provider": (EDITORS, ["no_auth"]),
    "unknown key": (AUTH + EDITORS + "allow = []", ["editors_key", {"key": "allow"}]),
    "empty list": (AUTH + "[editors]\nallowed = []", ["allowed"]),
    "no list but text": (AUTH + '[editors]\nallowed = "a@b.cn"', ["allowed"]),
    "a blank": (AUTH + '[editors]\nallowed = ["a@b.cn", " "]', ["allowed"]),
    "no address": (AUTH + '[editors]\nallowed = ["a@b.cn", "*"]', ["allowed_email", {"place": 2}]),
    "everybody of a domain": (AUTH + '[editors]\nallowed = ["*@lucheng.gov.cn"]', ["allowed_email", {"place": 1}]),
    "a mark for any": (AUTH + '[editors]\nallowed = ["?@lucheng.gov.cn"]', ["allowed_email", {"place": 1}]),
    "full-width address": (AUTH + '[editors]\nallowed = ["a＠b.cn"]', ["allowed_email", {"place": 1}]),
    "claim": (AUTH + EDITORS + 'claim = "name"', ["claim"]),
    "provider": (AUTH + EDITORS + 'provider = "x"', ["provider"]),
    "no secret": (AUTH.replace('client_secret = "s"', "") + EDITORS, ["auth_key", {"table": "auth", "key": "client_secret"}]),
    "no address of the provider": (AUTH.replace("https://sso", "sso") + EDITORS, ["auth_url", {"table": "auth", "key": "server_metadata_url"}]),
    "no way back": (AUTH.replace("oauth2callback", "") + EDITORS, ["redirect"]),
    "weak cookies": (AUTH.replace("0123456789abcdef0123456789abcdef", "xxx") + EDITORS, ["cookie_secret"]),
    "deep": ("a = " + "[" * 9000, ["toml_deep"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_named_with_its_cure_and_nobody_may_edit(name):
    text, (key, *slots) = BAD[name]
    said = words.FAULTS[key].format(**(slots[0] if slots else {}))
    assert parsed(text) == Policy(faults=(said,))
    assert "请" in said
    with pytest.raises(Refused):
        access.sign_in(parsed(text), "王芳", PASSWORD, "", Throttle())


def test_a_mistake_in_one_line_shuts_out_the_good_ones_too_and_every_mistake_is_named():
    policy = parsed(ACCOUNTS + 'li = "x"\nzhao = "y"\n')
    assert policy.accounts == {}
    assert [fault[:20] for fault in policy.faults] == [
        words.FAULTS["account_plain"].format(place=place)[:20] for place in (2, 3)
    ]


@given(st.text(alphabet='[]{}="\\\n accountsedr@$王１'), st.integers(0, len(ACCOUNTS)))
def test_no_damage_to_the_file_raises_or_is_half_believed(noise, at):
    for text in (noise, ACCOUNTS[:at] + noise + ACCOUNTS[at:], ACCOUNTS[:at]):
        policy = parsed(text)
        assert policy.way in (Way.NONE, Way.ACCOUNTS)
        assert not (policy.faults and policy.way is not Way.NONE)
        assert bool(policy.accounts) == (policy.way is Way.ACCOUNTS)


def test_no_sentence_repeats_what_the_file_holds():
    for text, _ in BAD.values():
        for fault in parsed(text).faults:
            assert "hunter2" not in fault
            assert LINE not in fault


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda path: path.mkdir(), "unreadable"),
        (lambda path: path.write_bytes(b"#" * 300_000), "too_large"),
        (lambda path: path.write_bytes(ACCOUNTS.encode("gb18030")), "not_utf8"),
        (lambda path: path.write_bytes(ACCOUNTS.encode("utf-16")), "not_utf8"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault_and_not_an_absent_file(tmp_path, make, key):
    path = tmp_path / "secrets.toml"
    make(path)
    (fault,) = access.read([tmp_path / "none.toml", path]).faults
    assert fault.startswith(words.FAULTS[key].split("{")[0])


def test_a_file_that_everybody_on_the_machine_may_read_is_a_warning(tmp_path):
    path = tmp_path / "secrets.toml"
    path.write_text(ACCOUNTS, encoding="utf-8")
    path.chmod(0o644)
    policy = access.read([path])
    assert policy.way is Way.ACCOUNTS
    assert policy.warnings == (words.READ_BY_ALL.format(path="secrets.toml"),)
    path.chmod(0o640)
    assert access.read([path]).warnings == ()


def test_a_folder_of_secrets_is_refused(tmp_path):
    assert access.read([tmp_path]).faults == (words.FAULTS["folder"].format(path=tmp_path.name),)


# Signing in to an account.


def test_the_right_password_signs_in_and_is_logged_without_it(caplog):
    caplog.set_level(logging.INFO, "minsheng.access")
    editor, account = access.sign_in(parsed(ACCOUNTS), " 王芳 ", PASSWORD, "10.0.0.7", Throttle())
    assert (editor.name, account) == ("王芳", WANG)
    assert caplog.messages == ["sign-in of '王芳' from 10.0.0.7: right"]


@pytest.mark.parametrize(
    ("name", "password", "logged"),
    [
        ("王芳", "wrong password", "sign-in of '王芳' from ::1: wrong"),
        (PASSWORD, "王芳", "sign-in of unknown '梧'... (12 characters) from ::1: wrong"),
        ("a\nb", "x", "sign-in of unknown 'a'... (3 characters) from ::1: wrong"),
        ("王芳", PASSWORD + "x" * 200, "sign-in of '王芳' from ::1: wrong"),
    ],
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike_and_logged(
    caplog, name, password, logged
):
    with pytest.raises(Refused, match=words.WRONG):
        access.sign_in(parsed(ACCOUNTS), name, password, "::1", Throttle())
    assert caplog.messages == [logged]
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("王芳", ""), ("　", PASSWORD)])
def test_an_empty_field_is_no_attempt(name, password):
    throttle = Throttle()
    for _ in range(20):
        with pytest.raises(Refused, match=words.EMPTY):
            access.sign_in(parsed(ACCOUNTS), name, password, "", throttle)


def test_an_unknown_name_costs_what_a_known_one_does(monkeypatch):
    costs = []
    verify = passwords.Hash.verify

    def counted(self, password):
        costs.append((self.cost, len(self.line())))
        return verify(self, password)

    monkeypatch.setattr(passwords.Hash, "verify", counted)
    for name in ("王芳", "nobody"):
        with pytest.raises(Refused):
            access.sign_in(parsed(ACCOUNTS), name, "wrong", "", Throttle())
    assert costs == [(WANG.cost, len(WANG.line()))] * 2


def test_the_dummy_of_a_name_is_as_dear_each_time_it_is_asked():
    cheap = f'"li" = "scrypt$16384$8$5${SALT}${DIGEST}"\n'
    policy = parsed(ACCOUNTS + cheap)
    for name in ("a", "b", "c", "d"):
        assert len({access.rights._stand_in(policy, name).cost for _ in range(5)}) == 1
    found = {access.rights._stand_in(policy, str(n)).cost for n in range(40)}
    assert found == {"scrypt$16384$8$5", WANG.cost}


# The throttle.


def refused_after(throttle: Throttle, name: str, address: str, clock: Clock) -> int:
    for attempt in range(1000):
        if throttle.admit(name, address):
            return attempt
    raise AssertionError


def test_after_some_failures_the_wait_doubles_up_to_the_cap():
    clock = Clock()
    throttle = Throttle(clock)
    assert refused_after(throttle, "王芳", "a", clock) == 3
    waits = []
    for _ in range(12):
        waits.append(throttle.admit("王芳", "a"))
        clock.now += waits[-1]
        assert throttle.admit("王芳", "a") == 0
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_waiting_is_not_made_longer_by_trying():
    clock = Clock()
    throttle = Throttle(clock)
    refused_after(throttle, "王芳", "a", clock)
    clock.now += 1.5
    assert [throttle.admit("王芳", "a") for _ in range(50)] == [0.5] * 50


def test_a_success_makes_the_next_failure_the_first():
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(20):
        assert throttle.admit("王芳", "a") == throttle.admit("王芳", "a") == 0
        throttle.succeeded("王芳", "a")


def test_a_quiet_time_forgets():
    clock = Clock()
    throttle = Throttle(clock)
    refused_after(throttle, "王芳", "a", clock)
    clock.now += BY_NAME_AND_ADDRESS.forget + 3
    assert refused_after(throttle, "王芳", "a", clock) == 3


def test_a_stranger_cannot_keep_an_editor_out_for_longer_than_half_a_minute():
    clock = Clock()
    throttle = Throttle(clock)
    for stranger in range(3000):
        throttle.admit("王芳", f"stranger {stranger}")
        clock.now += 0.1
    assert 0 < throttle.admit("王芳", "desk") <= BY_NAME.cap


def test_an_editor_at_a_known_address_does_not_wait_for_a_stranger():
    clock = Clock()
    throttle = Throttle(clock)
    assert throttle.admit("王芳", "desk") == 0
    throttle.succeeded("王芳", "desk")
    for stranger in range(3000):
        throttle.admit("王芳", f"stranger {stranger}")
        clock.now += 0.1
    assert throttle.admit("王芳", "elsewhere") > 0
    assert throttle.admit("王芳", "desk") == 0


def test_many_names_from_many_addresses_are_slowed_too_but_nobody_for_long():
    clock = Clock()
    throttle = Throttle(clock)
    admitted = sum(throttle.admit(f"name {n}", f"address {n}") == 0 for n in range(5000))
    assert admitted == BY_ALL.free
    for n in range(5000, 6000):
        throttle.admit(f"name {n}", f"address {n}")
        clock.now += 1
    assert 0 < throttle.admit("王芳", "desk") <= BY_ALL.cap


def test_a_success_takes_back_only_its_own_failures():
    clock = Clock()
    throttle = Throttle(clock)
    for address in "abcdefghi":
        throttle.admit("王芳", address)
    throttle.admit("王芳", "desk")
    throttle.succeeded("王芳", "desk")
    assert throttle.admit("王芳", "j") == 0  # the tenth stranger
    assert throttle.admit("王芳", "k") > 0


def test_attempts_started_together_are_no_way_around_the_wait():
    throttle, admitted = Throttle(Clock()), []
    start = threading.Barrier(32)

    def attempt() -> None:
        start.wait()
        admitted.append(throttle.admit("王芳", "a") == 0)

    threads = [threading.Thread(target=attempt) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(admitted) == 3


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr("minsheng.access.attempts.REMEMBERED", 50)
    clock = Clock()
    throttle = Throttle(clock)
    for n in range(300):
        clock.now += 10
        throttle.admit(f"name {n}", "a")
        throttle.succeeded(f"name {n}", "a")
        throttle.admit(f"name {n}", "b")
        throttle.admit(f"stranger {n}", f"c{n}", exists=False)
    assert len(throttle._streaks) <= 50
    assert len(throttle._strangers) <= 50
    assert len(throttle._signed_in) <= 50


def test_a_slowed_attempt_is_refused_even_with_the_right_password(caplog):
    throttle, policy = Throttle(Clock()), parsed(ACCOUNTS)
    for _ in range(3):
        with pytest.raises(Refused, match=words.WRONG):
            access.sign_in(policy, "王芳", "wrong", "a", throttle)
    with pytest.raises(Refused, match="登录失败次数太多，请 2 秒后再试。"):
        access.sign_in(policy, "王芳", PASSWORD, "a", throttle)
    assert caplog.messages[-1] == "sign-in: 1 tries slowed; now '王芳' from a"


def test_slowed_tries_are_a_count_in_the_log_and_not_a_line_each(caplog):
    clock = Clock()
    throttle, policy = Throttle(clock), parsed(ACCOUNTS)
    for _ in range(3):
        with pytest.raises(Refused, match=words.WRONG):
            access.sign_in(policy, "王芳", "wrong", "a", throttle)
    caplog.clear()
    for _ in range(5000):
        with pytest.raises(Refused, match="登录失败次数太多"):
            access.sign_in(policy, "王芳", "wrong", "a", throttle)
        clock.now += 0.0001
    assert caplog.messages == ["sign-in: 1 tries slowed; now '王芳' from a"]
    clock.now += 60
    access.sign_in(policy, "王芳", PASSWORD, "a", throttle)
    assert caplog.messages[1] == "sign-in: 4999 tries slowed; now '王芳' from a"


def test_names_that_do_not_exist_slow_their_address_and_nobody_elsewhere():
    clock = Clock()
    throttle = Throttle(clock)
    for n in range(5000):
        throttle.admit(f"nobody {n}", f"address {n}", exists=False)
    assert throttle.admit("王芳", "desk") == 0
    throttle = Throttle(clock)
    admitted = sum(throttle.admit(f"nobody {n}", "a", exists=False) == 0 for n in range(100))
    assert admitted == BY_ADDRESS.free
    assert 0 < throttle.admit("王芳", "a") <= BY_ADDRESS.cap
    assert throttle.admit("王芳", "desk") == 0


def test_names_that_do_not_exist_forget_nobodys_failures(monkeypatch):
    monkeypatch.setattr("minsheng.access.attempts.REMEMBERED", 50)
    clock = Clock()
    throttle = Throttle(clock)
    refused_after(throttle, "王芳", "a", clock)
    for n in range(300):
        clock.now += 0.001
        throttle.admit(f"nobody {n}", f"address {n}", exists=False)
    assert throttle.admit("王芳", "a") > 0


def test_all_tries_at_names_that_do_not_exist_are_bounded_together():
    throttle = Throttle(Clock())
    admitted = [throttle.admit(f"nobody {n}", f"a{n}", exists=False) == 0 for n in range(5000)]
    assert sum(admitted) == BY_ALL.free


def test_the_addresses_that_one_machine_may_choose_are_one():
    clock = Clock()
    throttle = Throttle(clock)
    for n in range(3):
        assert throttle.admit("王芳", f"2001:db8::{n + 1:x}") == 0
    assert throttle.admit("王芳", "2001:db8::ffff:1") > 0
    assert throttle.admit("王芳", "2001:db8:0:1::1") == 0
    throttle.succeeded("李四", "::ffff:10.0.0.7")
    for n in range(3000):
        throttle.admit("李四", f"10.1.{n // 250}.{n % 250}")
        clock.now += 0.1
    assert throttle.admit("李四", "10.0.0.8") > 0
    assert throttle.admit("李四", "10.0.0.7") == 0


def test_long_waits_are_told_in_minutes():
    assert words.wait(0.2) == "登录失败次数太多，请 1 秒后再试。"
    assert words.wait(900) == "登录失败次数太多，请 15 分钟后再试。"


# Claims of a provider.


def test_a_listed_and_verified_address_may_edit_and_signs_with_name_and_address():
    editor = access.by_claims(parsed(AUTH + EDITORS), CLAIMS)
    assert editor.name == "王芳（wangfang@LUCHENG.gov.cn）"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "li@lucheng.gov.cn"}, words.NOT_LISTED.format(who="li@lucheng.gov.cn")),
        ({"email_verified": False}, words.UNVERIFIED.format(who=CLAIMS["email"])),
        ({"email_verified": None}, words.UNVERIFIED.format(who=CLAIMS["email"])),
        ({"email": None}, words.NO_CLAIM.format(claim="邮箱")),
        ({"email": ["wangfang@lucheng.gov.cn"]}, words.NO_CLAIM.format(claim="邮箱")),
        ({"aud": "other-app"}, words.OTHER_PROVIDER),
        ({"aud": ["other-app"]}, words.OTHER_PROVIDER),
        ({"provider": "other"}, words.OTHER_PROVIDER),
    ],
)
def test_claims_that_fall_short_are_refused_with_the_reason(change, said):
    with pytest.raises(Refused) as refused:
        access.by_claims(parsed(AUTH + EDITORS), CLAIMS | change)
    assert str(refused.value) == said


def test_a_letter_that_only_looks_alike_in_lower_case_is_another_address():
    policy = parsed(AUTH + EDITORS.replace("WangFang", "kong"))
    assert access.by_claims(policy, CLAIMS | {"email": "KONG@lucheng.gov.cn"})
    with pytest.raises(Refused):
        access.by_claims(policy, CLAIMS | {"email": "\u212aong@lucheng.gov.cn"})


def test_sub_is_compared_as_it_is():
    policy = parsed(AUTH + '[editors]\nallowed = ["A-17"]\nclaim = "sub"\n')
    assert access.by_claims(policy, CLAIMS | {"email_verified": False}).name == "王芳（A-17）"
    with pytest.raises(Refused):
        access.by_claims(policy, CLAIMS | {"sub": "a-17"})


def test_a_name_cannot_forge_the_line_it_stands_in():
    hostile = CLAIMS | {"name": "李局长\n\u202eadmin"}
    assert access.by_claims(parsed(AUTH + EDITORS), hostile).name == (
        "李局长admin（wangfang@LUCHENG.gov.cn）"
    )


# How long a sign-in lasts.


def test_a_sign_in_ends_without_use_and_at_last_in_any_case():
    clock = Clock()
    sessions = Sessions(clock, idle=60, longest=200)
    assert sessions.start("k")
    clock.now += 60
    assert sessions.alive("k")
    clock.now += 61
    assert not sessions.alive("k")
    clock.now -= 61
    assert not sessions.alive("k"), "what is over stays over"
    assert sessions.start("long")
    for _ in range(4):
        clock.now += 50
        assert sessions.alive("long")
    clock.now += 1
    assert not sessions.alive("long")


def test_to_be_looked_at_is_no_use():
    clock = Clock()
    sessions = Sessions(clock, idle=60)
    sessions.start("k")
    clock.now += 40
    assert sessions.alive("k", used=False)
    clock.now += 40
    assert not sessions.alive("k")


def test_what_was_signed_out_of_comes_back_by_no_cookie():
    sessions = Sessions(Clock())
    assert sessions.start("k", age=5)
    sessions.end("k")
    assert not sessions.start("k", age=6)
    assert not sessions.alive("k")
    sessions.end("never seen here")
    assert not sessions.start("never seen here", age=5)


def test_after_a_restart_only_a_fresh_sign_in_counts():
    restarted = Sessions(Clock())
    assert not restarted.start("yesterday's cookie", age=86400)
    assert not restarted.alive("yesterday's cookie")
    assert restarted.start("a minute ago", age=60)
    assert restarted.start("a clock that runs ahead", age=-60)


def test_one_login_has_one_key_and_the_next_login_another():
    first = CLAIMS | {"iat": 1, "nonce": "a"}
    assert access.login_key(first) == access.login_key(dict(first, name="x"))
    assert access.login_key(first) != access.login_key(dict(first, iat=2))


# The command.


def passwd(*args: str, typed: str):
    return CliRunner().invoke(main, ["passwd", *args], input=typed)


def test_passwd_asks_twice_shows_nothing_typed_and_prints_a_line_that_works():
    result = passwd("王芳", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    policy = parsed("[accounts]\n" + result.stdout)
    assert policy.accounts["王芳"].verify(PASSWORD)
    assert len(result.stdout.splitlines()) == 1
    assert PASSWORD not in result.output


def test_passwd_asks_for_the_name_and_again_for_what_will_not_do():
    result = passwd(typed=f'a"b\n王芳\nshort\n{PASSWORD}\n{PASSWORD}\n')
    assert result.exit_code == 0
    assert words.CLI_BAD_NAME in result.stderr
    assert words.CLI_WEAK["short"] in result.stderr
    assert list(parsed("[accounts]\n" + result.stdout).accounts) == ["王芳"]


def test_passwd_ends_where_the_two_differ():
    result = passwd("王芳", typed=f"{PASSWORD}\n{PASSWORD}.\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert words.CLI_MISMATCH in result.stderr


def test_passwd_takes_no_password_as_an_argument():
    assert passwd("王芳", PASSWORD, typed="").exit_code == 2


def test_the_file_of_this_repository_is_ignored_by_git():
    assert ".streamlit/secrets.toml" in (Path(__file__).parents[2] / ".gitignore").read_text()
