"""Keys go to the vendor that they are for alone: not by the environment, a redirect or an error."""

import httpx2
import pytest

from state.errors import KeyNotTaken, ProviderBusy, ProviderError
from tests.integration.models.asking import (
    KEY,
    Noted,
    Ring,
    a_line,
    clients_at,
    in_words,
    ring_for,
    vendor_of,
)
from tests.standins.cassette_player import CHAT, JSON, Exchange, Player
from tests.standins.model_vendors import SENTENCE, Vendors
from tools.models.catalog import text_card
from tools.models.live.asked import Listener
from tools.models.live.clients import Clients

EACH = ["gpt-5", "gpt-5-pro", "gemini-2.5-flash", "deepseek-chat", "own/gpt-4o"]
NOWHERE = "http://127.0.0.1:9"
ENVIRONMENT = {
    **dict.fromkeys(
        [
            "OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY", "DEEPSEEK_API_BASE", "DEEPSEEK_BASE_URL",
            "GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
            "http_proxy", "https_proxy", "all_proxy",
        ],
        NOWHERE,
    ),
    **dict.fromkeys(["OPENAI_API_KEY", "GOOGLE_API_KEY", "DEEPSEEK_API_KEY"], "sk-environment"),
    **dict.fromkeys(["OPENAI_ORG_ID", "OPENAI_ORGANIZATION", "OPENAI_PROJECT_ID"], "org-environment"),
    "GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "environment", "LC_OUTPUT_VERSION": "v0",
    "NO_PROXY": "", "no_proxy": "",
}  # fmt: skip


@pytest.mark.parametrize("name", EACH)
async def test_no_client_looks_at_the_environment(
    monkeypatch: pytest.MonkeyPatch, vendors: Vendors, clients: Clients, name: str
):
    for variable, value in ENVIRONMENT.items():
        monkeypatch.setenv(variable, value)
    card = text_card(name)

    reply = await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), Noted(), Listener())

    (request,) = vendor_of(vendors, card).requests
    assert (reply.text, request.key) == (SENTENCE, vendor_of(vendors, card).key)
    assert "environment" not in str(request.headers)


@pytest.mark.parametrize("name", EACH)
async def test_a_wrong_key_is_told_and_not_repeated(vendors: Vendors, clients: Clients, name: str):
    card, booking = text_card(name), Noted()

    with pytest.raises(KeyNotTaken) as refused:
        await a_line(card, clients, Ring([KEY])).ask(in_words(), booking, Listener())

    told = f"{refused.value!r} {refused.value.message} {refused.value.details} {booking.ended}"
    assert KEY not in told
    assert KEY[-12:] not in told


async def test_a_vendor_that_repeats_the_whole_key_is_not_believed(clients: Clients):
    body = b'{"error": {"message": "Wrong key: ' + KEY.encode() + b'", "code": "invalid_api_key"}}'
    error = await failure(Exchange("POST", CHAT, "", "", 401, JSON, body))

    assert isinstance(error, KeyNotTaken)
    assert KEY not in f"{error!r} {error.message} {error.details}"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_is_followed(vendors: Vendors, status: int):
    elsewhere = {"location": f"{vendors.openai.url}{CHAT}"}
    error = await failure(Exchange("POST", CHAT, "", "", status, elsewhere, b""))

    assert error.provider == "openai"
    assert vendors.books.requests == []


@pytest.mark.parametrize(("follow", "trust"), [(True, False), (False, True)], ids=["redirect", "environment"])
async def test_without_the_guard_it_would(
    monkeypatch: pytest.MonkeyPatch, vendors: Vendors, clients: Clients, follow: bool, trust: bool
):
    """The controls of both: a redirect that is followed takes the key along, and a proxy gets the request."""
    monkeypatch.setenv("HTTP_PROXY", NOWHERE)
    monkeypatch.setenv("NO_PROXY", "")
    unguarded = httpx2.AsyncClient(verify=False, follow_redirects=follow, trust_env=trust)
    elsewhere = {"location": f"{vendors.openai.url}{CHAT}"}
    player = Player([Exchange("POST", CHAT, "", "", 307, elsewhere, b"")])
    await player.server.start()
    clients = clients_at(player.url)
    clients.__dict__["_for_openai"] = unguarded
    with pytest.raises(ProviderError):
        await a_line(text_card("gpt-5"), clients).ask(in_words(), Noted(), Listener())
    await clients.close()
    await player.server.stop()

    assert len(player.sent) == int(follow)
    assert len(vendors.books.requests) == int(follow)


async def test_a_limit_that_advertises_a_payment_page_is_a_limit():
    words = b"Rate limit reached. Add a payment method at https://platform.openai.com/account/billing."
    body = b'{"error": {"message": "' + words + b'", "type": "requests", "code": "rate_limit_exceeded"}}'

    assert isinstance(await failure(Exchange("POST", CHAT, "", "", 429, JSON, body)), ProviderBusy)


async def failure(exchange: Exchange) -> ProviderError:
    """What becomes of one answer."""
    player = Player([exchange])
    await player.server.start()
    clients = clients_at(player.url)
    try:
        with pytest.raises(ProviderError) as failed:
            await a_line(text_card("gpt-5"), clients).ask(in_words(), Noted(), Listener())
    finally:
        await clients.close()
        await player.server.stop()
    assert len(player.sent) == 1
    return failed.value
