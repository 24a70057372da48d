"""Providers are told an address only where they can reach it, and nobody else is told its token."""

import pytest

from tools.ledger.rows import OrderRow
from tools.orders.webhook_urls import webhook_url_of
from tools.redaction import REDACT
from tools.settings import Settings

TOKEN = "0123456789abcdef" * 2
HERE = "http://127.0.0.1:8321"


def a_row(provider: str = "replicate", token: str = TOKEN) -> OrderRow:
    fields = {
        "call_key": "k", "production_id": "p", "user_id": "local", "kind": "engine", "stage": "takes",
        "item": "1A", "take_number": 1, "provider": provider, "model": "m", "request": {},
        "request_hash": "x", "state": "intent", "owner_epoch": 1, "attempt": 0,
        "submit_deadline": None, "external_id": None, "cost_quoted": 0, "cost_actual": 0,
        "media": None, "result": None, "seed": None, "degraded": False, "error_kind": None,
        "error_detail": None, "adopted_from": None, "intent_at": "2026-01-01T00:00:00Z",
        "webhook_token": token,
    }  # fmt: skip
    return OrderRow.of(fields)


def url(public: str | None, *, base: str | None = None, row: OrderRow | None = None) -> str:
    settings = Settings(public_url=public, replicate_base_url=base, fal_base_url=base)
    return webhook_url_of(row or a_row(), settings)


@pytest.mark.parametrize("provider", ["replicate", "fal"])
@pytest.mark.parametrize("public", [
    "https://studio.example.org", "https://studio.example.org/", "https://studio.example.org:8443/greenlight",
    "https://8.8.8.8",
])  # fmt: skip
def test_a_server_on_the_internet_is_rung(public: str, provider: str) -> None:
    told = url(public, row=a_row(provider))
    assert told == f"{public.rstrip('/')}/api/webhooks/providers/{provider}/{TOKEN}"


@pytest.mark.parametrize("public", [
    None, "", HERE, "http://localhost:8321", "https://localhost", "https://studio.localhost", "https://127.0.0.1",
    "https://[::1]", "https://10.1.2.3", "https://192.168.0.7:8443", "https://169.254.169.254", "https://[fd00::1]",
    "https://100.64.0.1", "https://studio", "https://studio.local", "https://studio.internal.", "https://",
    "https://a.lan", "http://studio.example.org", "studio.example.org",
])  # fmt: skip
def test_nobody_is_told_where_nobody_gets_through(public: str | None) -> None:
    """Plain http is no address either: the providers take none."""
    assert url(public) == ""
    assert url(public, base="https://api.elsewhere.example") == ""


@pytest.mark.parametrize("base", ["http://127.0.0.1:9999", "http://localhost:9999/x", "http://[::1]:9"])
def test_a_provider_on_this_machine_reaches_this_machine(base: str) -> None:
    assert url(HERE, base=base) == f"{HERE}/api/webhooks/providers/replicate/{TOKEN}"
    assert url(None, base=base) == ""


@pytest.mark.parametrize("row", [a_row("openai"), a_row("google"), a_row("previz"), a_row(token="")])
def test_who_does_not_ring_is_told_nothing(row: OrderRow) -> None:
    assert url("https://studio.example.org", row=row) == ""


def test_the_token_is_in_nothing_that_is_written() -> None:
    told = url("https://studio.example.org")
    encoded = "https://queue.fal.run/fal-ai/flux?fal_webhook=" + told.replace(":", "%3A").replace("/", "%2F")
    for text in (told, encoded, f"POST {told} answered 500", told.partition("example.org")[2]):
        assert TOKEN in text
        assert TOKEN not in REDACT.text(text)
    assert TOKEN not in str(REDACT.value({"path": told.partition("example.org")[2]}))
    assert TOKEN not in repr(a_row())
