"""A proxy of the environment sees what is sent, and keys with it: nothing goes through one of those."""

from pathlib import Path

import pytest
import requests
from pydantic import SecretStr

from server import tracing
from tests.integration.fetching.conftest import Liar, outcome, says
from tests.integration.fetching.fetchers import FETCHERS
from tests.standins.receiver import answer

NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def environment(liar: Liar, monkeypatch: pytest.MonkeyPatch) -> str:
    """It names the canary as everybody's proxy."""
    proxy = f"http://127.0.0.1:{liar.world.canary.port}"
    for name in NAMES:
        monkeypatch.setenv(name, proxy)
        monkeypatch.setenv(name.lower(), proxy)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    return proxy


@pytest.mark.parametrize("name", [name for name, fetcher in FETCHERS.items() if fetcher.codes])
async def test_no_proxy_of_the_environment_is_asked(liar: Liar, environment: str, name: str) -> None:
    for who in (liar.host, liar.public):
        says(who, answer("404 Not Found"))
    async with FETCHERS[name].open(liar.stage) as fetch:
        await outcome(fetch)
    assert liar.host.messages or liar.public.messages, "it went where it was sent"
    assert liar.world.strays() == []


async def test_a_client_that_trusts_the_environment_asks_it(
    liar: Liar, environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(tracing, "_session", requests.Session)
    says(liar.host, answer("404 Not Found"))
    async with FETCHERS["langsmith"].open(liar.stage) as fetch:
        await outcome(fetch)
    assert liar.world.strays()


def test_our_own_setting_leads_to_langsmith(tmp_path: Path, environment: str) -> None:
    client = tracing.langsmith_client(SecretStr("http://proxy.example:3128"))
    try:
        assert client.session.proxies == {"https": "http://proxy.example:3128"}
        assert not client.session.trust_env
    finally:
        client.cleanup()
