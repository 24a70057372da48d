"""The stand-ins against the recordings: what was sent then is sent again, and the shapes are compared.

The brain says what the real model said. A field that only one of the two answers has must stand in one of the
tables below with its reason, and a line of the tables that nothing needs any more fails, too.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from tests.standins.cassette_player import CASSETTES, Exchange, exchanges
from tests.standins.model_vendors import Said, Tokens, Vendors, always, faults
from tests.standins.model_vendors.vendor import Vendor
from tests.unit.standins.recorded import events, said_in, shape

Send = Callable[..., httpx.Response]
HOSTS = {
    "api.openai.com": "openai", "generativelanguage.googleapis.com": "google", "api.deepseek.com": "deepseek"
}  # fmt: skip
NOT_SERVED = {
    "google/vision_image.yaml#0": "its client fetched a picture from somebody else",
    "google/image_output_jpeg.yaml#0": "an image model at Vertex's address: "
    "test_media_recordings.py compares it",
    "openai/responses_background_poll.yaml#0": "background mode: nobody of ours sends what a poll must find "
    "later",
    "openai/responses_background_poll.yaml#1": "as above",
    "openai/responses_background_poll.yaml#2": "as above",
    "deepseek/error_400_missing_tool_output.yaml#0": "DeepSeek's responses: we ask for chat completions "
    "there",
    "deepseek/responses_function_tool.yaml#0": "as above",
    "deepseek/responses_function_tool.yaml#1": "as above",
    "deepseek/responses_structured.yaml#0": "as above",
    "deepseek/responses_text.yaml#0": "as above",
}
FIELDS_OF_2026 = (
    "background|billing.payer|completed_at|frequency_penalty|max_tool_calls|moderation|presence_penalty",
    "prompt_cache_key|prompt_cache_retention|safety_identifier|service_tier|top_logprobs|text.verbosity",
    "tool_usage.*|reasoning.summary|reasoning.context|reasoning.mode|output...content",
    "output...content...logprobs|usage.input_tokens_details.cache_write_tokens",
)
ONLY_RECORDED = {
    r".*reasoning\.generate_summary": "the name of `summary` in March 2025",
    r"moderation\..*": "the client asked for moderation, which we never do; the stand-in says null",
    r"(response\.)?prompt_cache_retention": "null in 2025, a word in 2026",
    r"reasoning|status_details|tool_calls|total_tokens": "responses_verbosity was written by hand",
}
ONLY_OURS = {
    **{rf"(response\.)?({fields})": "the stand-in has the fields of 2026" for fields in FIELDS_OF_2026},
    r"(item|part)\..*|logprobs|sequence_number|name": "the same in events",
    r"usageMetadata\.serviceTier|responseId": "the same at Google",
    r"reasoning\.effort|store|temperature|text\.format\.type|tool_choice|tools|top_p|truncation|user":
        "responses_verbosity was written by hand",
}  # fmt: skip


def recorded() -> Iterator[tuple[str, str, Exchange]]:
    """Of language models; `test_job_recordings.py` plays the others."""
    for file in sorted(one for vendor in HOSTS.values() for one in (CASSETTES / vendor).rglob("*.yaml")):
        name = file.relative_to(CASSETTES).as_posix()
        hosts = re.findall(r"^    uri: https://([^/]+)/", file.read_text(), re.MULTILINE)
        for number, (host, exchange) in enumerate(zip(hosts, exchanges(name), strict=True)):
            yield f"{name}#{number}", HOSTS.get(host, ""), exchange


RECORDED = list(recorded())
SERVED = [one for one in RECORDED if one[0] not in NOT_SERVED]


@pytest.fixture
def vendors(shared_vendors: Vendors) -> Vendors:
    shared_vendors.google.gemini.signed = None  # the signatures of the recordings are not the stand-in's
    return shared_vendors


@pytest.fixture(scope="module")
def send() -> Iterator[Send]:
    """Posts a body as it is, with the vendor's good key."""
    with httpx.Client(verify=False, timeout=30) as web:  # noqa: S501 - loopback, without TLS

        def post(vendor: Vendor, path: str, body: str, query: str = "") -> httpx.Response:
            google = vendor.name == "google"
            key = {"x-goog-api-key": vendor.key} if google else {"authorization": f"Bearer {vendor.key}"}
            return web.post(vendor.url + path, params=dict(parse_qsl(query)), content=body, headers=key)

        yield post


def differences(exchange: Exchange, answer: httpx.Response) -> tuple[set[str], set[str]]:
    theirs, ours = shape(events(exchange.body)), shape(events(answer.content))
    return theirs - ours, ours - theirs


def unexplained(lines: set[str], reasons: dict[str, str]) -> list[str]:
    return sorted(line for line in lines if not any(_explains(reason, line) for reason in reasons))


def _explains(reason: str, line: str) -> bool:
    return bool(re.fullmatch(f"({reason}): .*", line))


@pytest.mark.parametrize(("name", "vendor", "exchange"), SERVED, ids=[one[0] for one in SERVED])
def test_the_shape_is_the_recorded_one(vendors, send, name, vendor, exchange):
    if exchange.status == 200:
        getattr(vendors, vendor).brain = always(said_in(exchange))
    answer = send(getattr(vendors, vendor), exchange.path, exchange.sent, exchange.query)
    assert answer.status_code == exchange.status, answer.text
    kind = exchange.headers["content-type"].split(";")[0]
    assert answer.headers["content-type"].split(";")[0] == kind
    if exchange.status != 200:
        assert answer.json() == json.loads(exchange.body), "errors are told word by word"
        return
    only_recorded, only_ours = differences(exchange, answer)
    assert unexplained(only_recorded, ONLY_RECORDED) == []
    assert unexplained(only_ours, ONLY_OURS) == []
    recorded_counts, counts = counted(exchange.body), counted(answer.content)
    assert {name: counts.get(name) for name in recorded_counts} == recorded_counts


def counted(body: bytes) -> dict[str, int]:
    """All numbers of the usage that an answer ends with."""
    found: dict[str, int] = {}
    for event in events(body):
        told = event.get("response", event)
        usage = told.get("usage") or told.get("usageMetadata")
        found = dict(_numbers(usage, "")) if usage else found
    return found


def _numbers(value: Any, at: str) -> Iterator[tuple[str, int]]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _numbers(inner, f"{at}{name}.")
        elif isinstance(inner, int):
            yield f"{at}{name}", inner


def test_a_field_that_is_missing_or_new_would_be_seen(vendors, send, monkeypatch):
    exchange = exchanges("openai/chat_gpt5_plain.yaml")[0]
    vendors.openai.brain = always(said_in(exchange))
    whole = vendors.openai.chat.whole
    monkeypatch.setattr(
        vendors.openai.chat,
        "whole",
        lambda plan: {k: v for k, v in whole(plan).items() if k != "created"} | {"x": 1},
    )
    only_recorded, only_ours = differences(exchange, send(vendors.openai, exchange.path, exchange.sent))
    assert unexplained(only_recorded, ONLY_RECORDED) == ["created: number"]
    assert unexplained(only_ours, ONLY_OURS) == ["x: number"]


def test_events_come_in_the_recorded_order(vendors, send):
    for exchange in exchanges("openai/responses_stream.yaml"):
        vendors.openai.brain = always(said_in(exchange))
        answer = send(vendors.openai, exchange.path, exchange.sent)
        assert kinds(answer.content) == kinds(exchange.body)


STREAMS = ["openai/chat_stream_text.yaml", "openai/chat_stream_raw_chunks.txt",
           "deepseek/chat_tool_call_stream.chunks.txt"]  # fmt: skip


@pytest.mark.parametrize("name", STREAMS)
def test_chunks_come_in_the_recorded_order(vendors, send, name):
    vendor = getattr(vendors, name.partition("/")[0])
    for exchange in exchanges(name):
        vendor.brain = always(said_in(exchange))
        answer = send(vendor, exchange.path, exchange.sent or STREAMED[vendor.name])
        assert deltas(answer.content) == deltas(exchange.body)


def kinds(body: bytes) -> list[str]:
    return once([event["type"] for event in events(body)])


def deltas(body: bytes) -> list[str]:
    """What the chunks carry, one after the other: words, thoughts, calls, an end."""
    return once([_delta(event) for event in events(body)])


def _delta(event: Any) -> str:
    told = f"usage {event.get('usage') is not None}"
    for choice in event["choices"]:
        calls = [sorted(call) + sorted(call["function"]) for call in choice["delta"].get("tool_calls", [])]
        told += f" {sorted(choice['delta'])} {calls} {choice['finish_reason']}"
    return told


def once(found: list[str]) -> list[str]:
    return [one for number, one in enumerate(found) if not number or found[number - 1] != one]


def test_each_reason_is_needed(vendors, send):
    theirs: set[str] = set()
    ours: set[str] = set()
    for _, vendor, exchange in SERVED:
        if exchange.status == 200:
            getattr(vendors, vendor).brain = always(said_in(exchange))
            answer = send(getattr(vendors, vendor), exchange.path, exchange.sent, exchange.query)
            more = differences(exchange, answer)
            theirs, ours = theirs | more[0], ours | more[1]
    for reasons, lines in (ONLY_RECORDED, theirs), (ONLY_OURS, ours):
        for reason in reasons:
            assert any(_explains(reason, line) for line in lines), reason
    assert set(NOT_SERVED) <= {name for name, _, _ in RECORDED}


STREAMED = {
    "openai": '{"model": "gpt-4.1-nano", "stream": true, "stream_options": {"include_usage": true}, '
    '"messages": [{"role": "user", "content": "x"}]}',
    "deepseek": '{"model": "deepseek-reasoner", "stream": true, '
    '"messages": [{"role": "user", "content": "x"}]}',
}
HELLO = '"messages": [{"role": "user", "content": "json?"}]'
BODIES = [
    ("openai/chat_stream_raw_chunks.txt", STREAMED["openai"], None),
    ("openai/responses_stream_error_quota.chunks.txt", '{"model": "gpt-5-nano", "stream": true, "input": '
    '"x"}',
     faults.failed_in_stream()),
    ("google/gemini3_text_body.json", '{"contents": [{"parts": [{"text": "x"}]}]}', None),
    ("deepseek/chat_json_mode_body.json",
     '{"model": "deepseek-reasoner", "response_format": {"type": "json_object"}, ' + HELLO + "}", None),
    ("deepseek/chat_tool_call_stream.chunks.txt", '{"model": "deepseek-reasoner", "stream": true, '
    '' + HELLO + "}", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "fault"), BODIES, ids=[one[0] for one in BODIES])
def test_bodies_without_a_request_have_the_same_shape(vendors, send, name, body, fault):
    exchange, vendor = exchanges(name)[0], getattr(vendors, name.partition("/")[0])
    vendor.faults += [fault] if fault else []
    if not fault:
        vendor.brain = always(said_in(exchange))
    only_recorded, only_ours = differences(exchange, send(vendor, exchange.path, body))
    assert unexplained(only_recorded, ONLY_RECORDED) == []
    assert unexplained(only_ours, ONLY_OURS) == []


ERRORS = [
    ("openai/error_insufficient_quota.json", "", '{"model": "gpt-5", ' + HELLO + "}",
    faults.quota_exhausted()),
    ("openai/error_max_tokens_unsupported.json", "", '{"model": "gpt-5", "max_tokens": 9, ' + HELLO + "}",
    None),
    ("openai/quoted_errors.json", "gpt5_temperature", '{"model": "gpt-5", "temperature": 0.5, '
    '' + HELLO + "}", None),
    ("google/error_429_retry_info.json", "", '{"contents": [{"parts": [{"text": "x"}]}]}', faults.busy(34.4)),
    ("deepseek/quoted_errors.json", "insufficient_balance", '{"model": "deepseek-chat", ' + HELLO + "}",
     faults.no_balance()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "quoted", "body", "fault"), ERRORS, ids=[f"{one[0]} {one[1]}" for one in ERRORS]
)
def test_errors_are_told_word_by_word(vendors, send, name, quoted, body, fault):
    exchange, vendor = exchanges(name, quoted)[0], getattr(vendors, name.partition("/")[0])
    vendor.faults += [fault] if fault else []
    answer = send(vendor, exchange.path, body)
    assert (answer.status_code, answer.json()) == (exchange.status, json.loads(exchange.body))


def test_metadata_needs_store(vendors, send):
    quoted = exchanges("openai/quoted_errors.json", "metadata_without_store")[0]
    answer = send(vendors.openai, quoted.path, '{"model": "gpt-5", "metadata": {"a": "b"}, ' + HELLO + "}")
    assert answer.json()["error"]["message"] == json.loads(quoted.body)["error"]["message"]


def test_a_blocked_prompt_is_an_event_without_candidates(vendors, send):
    quoted = exchanges("google/quoted_veo_and_blocks.json", "prompt_blocked_stream_event")[0]
    vendors.google.brain = always(Said(finish="blocked", tokens=Tokens(prompt=13)))
    answer = send(vendors.google, quoted.path, '{"contents": [{"parts": [{"text": "x"}]}]}', quoted.query)
    told, made = events(quoted.body)[0], events(answer.content)[0]
    assert {name: made[name] for name in told} == told


ROOM = {("openai", "google", "deepseek"): 600_000, ("replicate", "fal"): 160_000}
"""Bytes that the recordings of these vendors may fill together: everybody who clones us has them all."""


def test_every_recording_is_here_or_has_its_reason():
    """The list of what was offered lies in the README of each vendor's table."""
    table = (CASSETTES / "README.md").read_text()
    here = {file for file in CASSETTES.rglob("*") if file.is_file() and file.parent != CASSETTES}
    assert {file.name for file in here} == set(
        re.findall(r"^\| (\S+\.(?:yaml|json|txt)) \|", table, re.MULTILINE)
    )
    for vendors, most in ROOM.items():
        of_them = [file for file in here if file.relative_to(CASSETTES).parts[0] in vendors]
        assert sum(file.stat().st_size for file in of_them) < most, vendors
    assert {file.relative_to(CASSETTES).parts[0] for file in here} == {one for each in ROOM for one in each}
    for file in here:
        assert not re.search(r"sk-[A-Za-z0-9]{20}|AIza[A-Za-z0-9_-]{30}|[Bb]earer ", file.read_text()), file
    for vendor, files in tomllib.loads((CASSETTES / "not_used.toml").read_text()).items():
        for name, reason in files.items():
            assert reason, name
            assert not (CASSETTES / vendor / name).exists(), name
