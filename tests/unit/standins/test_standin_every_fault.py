"""Every fault at every vendor, of a plain answer and of a stream, as it looks on the wire and in the book."""

import json

import httpx
import pytest

from tests.standins.model_vendors import Vendors, faults

CHAT = {"messages": [{"role": "user", "content": "Hello"}]}
GEMINI = {"contents": [{"parts": [{"text": "Hello"}]}]}
PATHS = {
    "openai": ("/v1/chat/completions", {"model": "gpt-4o", **CHAT}),
    "responses": ("/v1/responses", {"model": "gpt-4o", "input": "Hello"}),
    "google": ("/v1beta/models/gemini-2.5-flash:generateContent", GEMINI),
    "deepseek": ("/chat/completions", {"model": "deepseek-chat", **CHAT}),
}
WHOLE, HALF, BROKEN, EMPTY, NOTHING = "whole", "half", "broken", "empty", "nothing"
FAULTS = [
    (faults.busy(), "429", "429", 0),
    (faults.quota_exhausted(), "429", "429", 0),
    (faults.key_refused(), "401", "401", 0),
    (faults.no_balance(), "402", "402", 0),
    (faults.server_error(), "500", "500", 0),
    (faults.server_error(503, billed=True), "503", "503", 1),
    (faults.overloaded(), "503", "503", 0),
    (faults.overloaded(billed=True), "503", "503", 1),
    (faults.gateway_page(), "502", "502", 0),
    (faults.gateway_page(504, billed=True), "504", "504", 1),
    (faults.closed_unread(), NOTHING, NOTHING, 0),
    (faults.closed_unanswered(), NOTHING, NOTHING, 1),
    (faults.closed_unanswered(billed=False), NOTHING, NOTHING, 0),
    (faults.cut(0), HALF, HALF, 1),
    (faults.cut(3), HALF, HALF, 1),
    (faults.cut(99), HALF, HALF, 1),
    (faults.broken_json(), BROKEN, BROKEN, 1),
    (faults.broken_event(2), WHOLE, BROKEN, 1),
    (faults.empty_body(), EMPTY, EMPTY, 1),
]
SAID_BY = {
    ("google", "key"): "400", ("google", "balance"): "429", ("openai", "balance"): "429",
    ("responses", "balance"): "429", ("deepseek", "quota"): "402",
}  # fmt: skip
"""Where a vendor has another status for it."""


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("name", PATHS)
def test_every_fault(shared_vendors: Vendors, name, streamed):
    vendor = getattr(shared_vendors, "openai" if name == "responses" else name)
    vendor.brain = shared_vendors.deepseek.brain
    for fault, plain, stream, billed in FAULTS:
        before = len(vendor.invoices)
        vendor.faults.append(fault)
        wanted = stream if streamed else plain
        assert seen(vendor, name, streamed) == SAID_BY.get((name, fault.code), wanted), fault
        assert len(vendor.invoices) - before == billed, fault
        assert seen(vendor, name, streamed) == WHOLE, f"after {fault}"
    assert (vendor.faults, vendor.troubles) == ([], [])


def seen(vendor, name: str, streamed: bool) -> str:
    """What has come over the wire."""
    path, body = PATHS[name]
    if streamed and name == "google":
        path = path.replace(":generateContent", ":streamGenerateContent?alt=sse")
    elif streamed:
        body = {**body, "stream": True}
    heads = {"x-goog-api-key": vendor.key, "authorization": f"Bearer {vendor.key}"}
    heard = b""
    try:
        with (
            httpx.Client(verify=False, timeout=30) as web,  # noqa: S501 - loopback, without TLS
            web.stream("POST", vendor.url + path, json=body, headers=heads) as answer,
        ):
            if answer.status_code != 200:
                return str(answer.status_code)
            for chunk in answer.iter_bytes():
                heard += chunk
    except httpx.TransportError:
        return NOTHING if "answer" not in locals() else HALF
    return _judged(heard.decode(), streamed)


def _judged(text: str, streamed: bool) -> str:
    if not text:
        return EMPTY
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    try:
        for line in lines if streamed else [text]:
            assert line == "[DONE]" or json.loads(line)
    except ValueError:
        return BROKEN
    return WHOLE
