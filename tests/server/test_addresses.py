"""Under which host others can open what somebody sees at localhost."""

from __future__ import annotations

import pytest
from streamlit import config

from minsheng.server import addresses
from minsheng.server.addresses import host_for_others, is_own


@pytest.fixture
def options(monkeypatch):
    """What .streamlit/config.toml says; as delivered, unless a test says otherwise."""
    said = {"browser.serverAddress": "localhost", "server.address": "0.0.0.0"}
    monkeypatch.setattr(config, "get_option", said.get)
    monkeypatch.setattr(addresses, "_machine", lambda: "10.0.0.5")
    return said


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://localhost:8501/category?category=5", "10.0.0.5"),
        ("http://127.0.0.1:8501/", "10.0.0.5"),
        ("http://127.8.8.8/", "10.0.0.5"),
        ("http://[::1]:8501/", "10.0.0.5"),
        ("http://kanban.localhost/", "10.0.0.5"),
        ("http://10.0.0.7:8501/", "10.0.0.7"),
        ("https://kanban.lucheng.gov.cn/x", "kanban.lucheng.gov.cn"),
        ("http://bangongshi:8501/", "bangongshi"),
    ],
)
def test_a_machines_word_for_itself_is_replaced_and_no_other(options, url, host):
    assert host_for_others(url, is_beside=True) == host


def test_the_configured_name_is_taken_before_the_machines(options):
    options["browser.serverAddress"] = "kanban.lucheng.gov.cn"
    assert host_for_others("http://localhost:8501/", True) == "kanban.lucheng.gov.cn"
    assert host_for_others("http://localhost:8501/", False) == "kanban.lucheng.gov.cn"


def test_a_forwarded_port_leads_nobody_knows_where(options):
    """A container or a tunnel: its address is not that of the machine at which it is looked at."""
    assert host_for_others("http://localhost:8501/", is_beside=False) is None


def test_who_listens_to_his_own_machine_alone_can_be_opened_by_nobody_else(options):
    options["server.address"] = "127.0.0.1"
    assert host_for_others("http://localhost:8501/", True) is None
    options["server.address"] = "10.0.0.6"
    assert host_for_others("http://localhost:8501/", True) == "10.0.0.6"


def test_without_a_network_there_is_none(options, monkeypatch):
    monkeypatch.setattr(addresses, "_machine", lambda: "")
    assert host_for_others("http://localhost:8501/", True) is None


def test_the_machines_own_address_is_none_that_means_itself():
    found = addresses._machine()
    assert not found or not is_own(found)
