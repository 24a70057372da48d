"""Requests that no SDK would send are refused as well, and nothing breaks inside."""

import json

import httpx
import pytest

from tests.standins.model_vendors import Vendors

HELLO = [{"role": "user", "content": "Hello"}]
CHATS = [
    None, [], "x", {}, {"model": 1, "messages": HELLO}, {"messages": "x"},
    {"messages": ["x"]},
    {"messages": [{"role": "user"}]}, {"messages": [{"content": "x"}]}, {"messages": HELLO, "tools": [{}]},
    {"messages": HELLO, "tools": "x"}, {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
    {"messages": [{"role": "user", "content": [7]}]}, {"messages": HELLO, "temperature": "warm"},
    {"messages": HELLO, "max_tokens": "many"}, {"messages": HELLO, "response_format": "json"},
    {"messages": HELLO, "response_format": {"type": "xml"}}, {"messages": HELLO, "tool_choice": "required"},
    {"messages": [{"role": "assistant", "tool_calls": [{}]}]},
]  # fmt: skip
INPUTS = [
    {}, {"input": 7}, {"input": [{}]}, {"input": [{"role": "user", "content": [{"type": "text",
    "text": "x"}]}]},
    {"input": [{"type": "function_call_output"}]}, {"input": [{"type": "nonsense"}]}, {"input": "x",
    "text": "x"},
    {"input": "x", "tools": [{"type": "function"}]}, {"input": "x", "reasoning": "much"},
]  # fmt: skip
CONTENTS = [
    None, [], "x", {}, {"contents": "x"}, {"contents": [{"parts": "x"}]}, {"contents": [{}]},
    {"contents": [{"parts": [7]}]}, {"contents": [{"parts": [{"text": "x"}]}], "tools": [{"nonsense": 1}]},
    {"contents": [{"parts": [{"text": "x"}]}], "generationConfig": {"temperature": "warm"}},
    {"contents": [{"parts": [{"functionCall": {}}]}]}, {"contents": [{"parts": [{"inlineData": {}}]}]},
]  # fmt: skip
PATHS = {
    "openai": [("/v1/chat/completions", "gpt-4o", CHATS), ("/v1/responses", "gpt-4o", INPUTS)],
    "deepseek": [("/chat/completions", "deepseek-chat", CHATS)],
    "google": [("/v1beta/models/gemini-2.5-flash:generateContent", "", CONTENTS)],
}


@pytest.mark.parametrize("name", PATHS)
def test_what_is_malformed_is_refused(shared_vendors: Vendors, name):
    vendor = getattr(shared_vendors, name)
    before = len(vendor.invoices)
    with httpx.Client(base_url=vendor.url, verify=False, timeout=30) as web:  # noqa: S501 - loopback, without TLS
        web.headers = {"x-goog-api-key": vendor.key, "authorization": f"Bearer {vendor.key}"}
        for path, model, bodies in PATHS[name]:
            for body in bodies:
                whole = {"model": model, **body} if model and isinstance(body, dict) else body
                answer = web.post(path, content=json.dumps(whole))
                assert answer.status_code in (400, 404, 422), (path, body, answer.text)
                assert answer.json()["error"]["message"], body
        assert web.post(path, content=b"{").status_code == 400
    assert (vendor.troubles, len(vendor.invoices)) == ([], before)
