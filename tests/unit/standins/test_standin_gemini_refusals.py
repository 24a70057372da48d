"""What Gemini refuses, to its SDK and to those who write their requests themselves."""

import httpx
import pytest
from google import genai
from google.genai import errors, types

from tests.unit.standins.gemini import LOOK_UP, SAID, ask


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"model": "gemini-9"}, "404 NOT_FOUND.*gemini-9 is not found for API version v1beta"),
        ({"temperature": 2.5}, r"temperature must be in the range \[0.0, 2.0\]"),
        ({"max_output_tokens": 65537}, "supported range is from 1"),
        ({"candidate_count": 2}, "Multiple candidates"),
        ({"response_mime_type": "image/png"}, "allowed mimetypes"),
        ({"response_mime_type": "application/json", "tools": [LOOK_UP]}, "'application/json' is unsupported"),
        ({"model": "gemini-2.5-pro", "thinking_config": {"thinking_budget": 0}}, "only works in thinking "
        "mode"),
        ({"thinking_config": {"thinking_level": "LOW"}}, "Thinking level is not supported"),
        ({"model": "gemini-2.0-flash", "thinking_config": {"thinking_budget": 9}}, "Thinking is not enabled"),
        ({"contents": types.Part.from_bytes(data=b"x", mime_type="image/bmp")}, "Unsupported MIME type: "
        "image/bmp"),
        ({"tool_config": {"function_calling_config": {"mode": "ANY"}}}, "without function_declarations"),
        (
            {"response_mime_type": "application/json", "response_schema": {"type": "OBJECT",
            "properties": {}}},
            "should be non-empty for OBJECT type",
        ),
        ({"contents": "x" * 4 * 1048577}, "exceeds the maximum number of tokens allowed"),
    ],
)  # fmt: skip
async def test_what_the_real_one_rejects(gemini, vendors, more, words):
    with pytest.raises(errors.ClientError, match=words):
        await ask(gemini, **more)
    assert vendors.books.invoices == []


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"nonsense": 1}, 'Unknown name "nonsense": Cannot'),
        ({"generation_config": {"max_tokens": 1}}, "Unknown name \"max_tokens\" at 'generation_config'"),
        (
            {"generationConfig": {"responseSchema": {"type": "OBJECT", "additionalProperties": False}}},
            "Unknown name \"additionalProperties\" at 'generation_config.response_schema'",
        ),
        ({"contents": [{"role": "assistant", "parts": [{"text": "x"}]}]}, "valid role: user, model"),
        ({"contents": []}, "contents is not specified"),
        ({"contents": [{"parts": [{"inline_data": {"mime_type": "image/png", "data": "!"}}]}]},
        "Base64 decoding failed"),
    ],
)  # fmt: skip
async def test_what_no_sdk_would_send(vendors, body, where):
    async with httpx.AsyncClient(base_url=vendors.google.url) as web:
        path, whole = "/v1beta/models/gemini-2.5-flash:generateContent", {"contents": SAID}
        no = await web.post(path, headers={"x-goog-api-key": vendors.google.key}, json={**whole, **body})
        assert (no.status_code, no.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
        assert where in no.json()["error"]["message"]


async def test_keys_models_and_counts(gemini, vendors):
    stranger = genai.Client(api_key="AIzaWrong", http_options=types.HttpOptions(base_url=vendors.google.url))
    with pytest.raises(errors.ClientError, match="API_KEY_INVALID") as no:
        await ask(stranger)
    assert no.value.code == 400
    await stranger.aio.aclose()
    stranger.close()
    async with httpx.AsyncClient(base_url=vendors.google.url) as web:
        assert (await web.get("/v1beta/models")).status_code == 403
    names = [model.name async for model in await gemini.aio.models.list()]
    assert "models/gemini-2.5-flash" in names
    assert (await gemini.aio.models.get(model="gemini-2.5-pro")).input_token_limit == 1048576
    counted = await gemini.aio.models.count_tokens(model="gemini-2.5-flash", contents="x" * 41)
    assert (counted.total_tokens, vendors.books.invoices) == (11, [])
