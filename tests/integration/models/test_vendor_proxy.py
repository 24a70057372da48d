"""The proxy of a company: used where our own setting names one, for the three vendors, and nowhere else."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from state.errors import ProviderTimeout
from state.order import Usage
from tests.integration.models.asking import Noted, a_line, at_vendors, in_words, ring_for, vendor_of
from tests.integration.models.test_vendor_safety import ENVIRONMENT
from tests.standins.forward_proxy import ForwardProxy
from tests.standins.model_vendors import SENTENCE, Vendors
from tests.unit.tools.web.test_transport import certified
from tools.clock import SystemClock
from tools.model_keys import open_models
from tools.models.catalog import text_card
from tools.models.live.asked import Listener, Reply
from tools.models.live.clients import Clients
from tools.redaction import REDACT
from tools.settings import Settings

VENDORS = {
    "gpt-5": "openai",
    "gpt-5-pro": "openai",
    "gemini-2.5-flash": "google",
    "deepseek-chat": "deepseek",
}
OWN = "own/gpt-4o-mini"
PASSWORD = "pa55%40word-of-the-company"
HOSTS = {
    "openai": "http://openai.test/v1",
    "google": "http://google.test",
    "deepseek": "http://deepseek.test",
}


def port(url: str) -> int:
    return urlsplit(url).port or 0


@pytest.fixture
async def proxy(vendors: Vendors) -> AsyncIterator[ForwardProxy]:
    places = {f"{name}.test": port(getattr(vendors, name).url) for name in ("openai", "google", "deepseek")}
    async with ForwardProxy(places) as started:
        yield started


@asynccontextmanager
async def opened(vendors: Vendors, proxy: str | None, **hosts: str) -> AsyncIterator[Clients]:
    made = Clients(
        {**at_vendors(vendors), **hosts},  # type: ignore[dict-item]  # names of providers
        proxy=None if proxy is None else SecretStr(proxy),
    )
    try:
        yield made
    finally:
        await made.close()


async def ask(vendors: Vendors, clients: Clients, name: str, booking: Noted | None = None) -> Reply:
    card = text_card(name)
    line = a_line(card, clients, ring_for(vendors, card))
    return await line.ask(in_words(), booking or Noted(), Listener())


@pytest.mark.parametrize("name", VENDORS)
async def test_each_vendor_is_reached_through_it(vendors: Vendors, proxy: ForwardProxy, name: str) -> None:
    async with opened(vendors, proxy.url(f"ana:{PASSWORD}"), **HOSTS) as clients:
        reply = await ask(vendors, clients, name)

    [(method, target)] = proxy.asked
    assert (reply.text, method, urlsplit(target).hostname) == (SENTENCE, "POST", f"{VENDORS[name]}.test")
    assert proxy.headers[0]["proxy-authorization"].startswith("Basic ")
    [request] = vendor_of(vendors, text_card(name)).requests
    assert "proxy-authorization" not in request.headers


@pytest.mark.parametrize("name", VENDORS)
async def test_without_the_setting_it_sees_nothing(
    monkeypatch: pytest.MonkeyPatch, vendors: Vendors, proxy: ForwardProxy, name: str
) -> None:
    """The control, and the environment of other programs names it in vain."""
    for variable in (one for one in ENVIRONMENT if one.lower().endswith("_proxy")):
        monkeypatch.setenv(variable, proxy.url())
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    async with opened(vendors, None) as clients:
        reply = await ask(vendors, clients, name)
    assert (reply.text, proxy.asked) == (SENTENCE, [])


@pytest.mark.parametrize("name", [*VENDORS, OWN])
async def test_what_is_on_this_machine_needs_none(vendors: Vendors, proxy: ForwardProxy, name: str) -> None:
    async with opened(vendors, proxy.url()) as clients:
        assert (await ask(vendors, clients, name)).text == SENTENCE
    assert proxy.asked == []


@pytest.mark.parametrize("name", ["gpt-5", "gemini-2.5-flash", "deepseek-chat"])
async def test_a_vendor_in_tls_is_reached_through_a_tunnel(
    vendors: Vendors, tmp_path: Path, name: str
) -> None:
    """All that the proxy learns is which host is meant."""
    server_side, _ = certified("vendor.test", tmp_path)
    client_side = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client_side.load_verify_locations(tmp_path / "certificate.pem")
    vendor = vendor_of(vendors, text_card(name))
    address = "https://vendor.test" + ("/v1" if VENDORS[name] == "openai" else "")
    async with (
        in_tls(vendor.url, server_side) as there,
        ForwardProxy({"vendor.test": there}) as proxy,
        opened(vendors, proxy.url(f"ana:{PASSWORD}"), **{VENDORS[name]: address}) as clients,
    ):
        clients.__dict__["_trusted"] = client_side
        assert (await ask(vendors, clients, name)).text == SENTENCE
    assert proxy.asked == [("CONNECT", "vendor.test:443")]
    assert vendor.key not in f"{proxy.headers}"


@pytest.mark.parametrize("name", ["gpt-5", "gemini-2.5-flash", "deepseek-chat"])
async def test_a_proxy_that_opens_no_line_costs_nothing_and_keeps_its_password(
    vendors: Vendors, proxy: ForwardProxy, name: str
) -> None:
    proxy.refuses, booking = 407, Noted()
    address = {VENDORS[name]: "https://vendor.test"}
    async with opened(vendors, proxy.url(f"ana:{PASSWORD}"), **address) as clients:
        with pytest.raises(ProviderTimeout, match="GREENLIGHT_HTTPS_PROXY") as failed:
            await ask(vendors, clients, name, booking)
    assert [(one.outcome, one.usage) for one in booking.ended] == [("not_sent", Usage())]
    assert "pa55" not in f"{failed.value!r} {failed.value.message} {failed.value.details} {booking.ended}"


async def test_nobody_at_the_proxys_port_is_the_same(vendors: Vendors) -> None:
    booking = Noted()
    async with opened(vendors, "http://127.0.0.1:9", openai="https://vendor.test/v1") as clients:
        with pytest.raises(ProviderTimeout) as failed:
            await ask(vendors, clients, "gpt-5", booking)
    assert (failed.value.kind, [one.usage for one in booking.ended]) == ("not_sent", [Usage()])


async def test_its_password_is_taken_out_of_every_text(vendors: Vendors, proxy: ForwardProxy) -> None:
    async with opened(vendors, proxy.url(f"ana:{PASSWORD}"), **HOSTS) as clients:
        await ask(vendors, clients, "gpt-5")
    sent = proxy.headers[0]["proxy-authorization"].removeprefix("Basic ")
    for secret in (PASSWORD, "pa55@word-of-the-company", sent):
        assert secret not in REDACT.text(f"the proxy said {secret}, and no more")


async def test_the_models_of_a_process_take_it_from_the_setting(
    vendors: Vendors, proxy: ForwardProxy
) -> None:
    told = {"openai_api_key": vendors.openai.key, "https_proxy": f"{proxy.url()}/"}
    settings = Settings.model_validate({**told, "openai_base_url": "https://openai.test/v1"})
    models = open_models(settings, NoKeys(), SystemClock())  # type: ignore[arg-type]  # fits where it matters
    proxy.refuses = 403
    with pytest.raises(ProviderTimeout):
        await models.named("gpt-5", user_id="ana")._line._with_keys(in_words(), Noted(), Listener())
    await models.close()
    assert proxy.asked == [("CONNECT", "openai.test:443")]


class NoKeys:
    """The vault has no key of a user."""

    async def key_for(self, user_id: str, provider: str, *, but: Collection[str] = ()) -> None:
        return None


@asynccontextmanager
async def in_tls(url: str, side: ssl.SSLContext) -> AsyncIterator[int]:
    """A door in TLS before a server that has none."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection("127.0.0.1", port(url))
        await asyncio.gather(copy(reader, back), copy(onward, writer), return_exceptions=True)

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0, ssl=side)
    async with server:
        yield server.sockets[0].getsockname()[1]
