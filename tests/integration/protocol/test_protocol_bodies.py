"""How LangGraph's routes read what they are sent, and what they say when they cannot."""

import json
from typing import Any

import pytest

from server.protocol.wire import JsonAnswer, dump_json
from server.traffic import BODY_LIMIT_BYTES
from tests.integration.api.conftest import Lot

SEARCH = b'{"limit": 1, "a_field_of_next_year": {"deep": [1]}}'


async def test_json_is_read_whatever_it_is_called(lot: Lot) -> None:
    for sent_as in ("application/json", "text/plain", "text/plain;charset=UTF-8", "TEXT/PLAIN",
                    "application/json; charset=utf-8", ""):  # fmt: skip
        headers = {"Content-Type": sent_as} if sent_as else {}
        answer = await lot.client.post("/assistants/search", content=SEARCH, headers=headers)
        assert (answer.status_code, len(answer.json())) == (200, 1), sent_as


async def test_what_calls_itself_something_else_is_not_json(lot: Lot) -> None:
    """The control: a form or a file is refused, and text stays text under `/api`."""
    for path, sent_as in (
        ("/assistants/search", "application/x-www-form-urlencoded"), ("/assistants/search", "image/png"),
        ("/api/novelas", "text/plain"),
    ):  # fmt: skip
        answer = await lot.client.post(path, content=b'{"limit": 1}', headers={"Content-Type": sent_as})
        assert answer.status_code == 422, (path, sent_as)


async def test_what_is_no_json_is_422_and_never_a_crash(lot: Lot) -> None:
    deep = b'{"metadata":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    for wrong in (
        b"", b"{", b"null", b"[]", b'"x"', b"{'a': 1}", b'{"limit": NaN}', b'{"metadata": {"a": Infinity}}',
        b"\xff\xfe{}", b'{"name": "\xff"}', b'{"name": "\\ud800"}', b'{"name": "\\u0000"}', deep,
        b'{"metadata":' + b'{"a":' * 30 + b"1" + b"}" * 31, b'{"metadata": {"a": 1e999}}',
    ):  # fmt: skip
        answer = await lot.client.post("/assistants/search", content=wrong)
        assert (answer.status_code, list(answer.json())) == (422, ["detail"]), wrong[:40]


@pytest.mark.parametrize(
    ("path", "query"),
    [("state", "select=%00"), ("state", "&".join(["select=values"] * 51)),
     ("state/7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f", "select=%00"), ("history", "before={" + '"a":{' * 3000),
     ("runs/7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f/stream", "stream_mode=" + "[" * 30_000)],
    ids=str,
)  # fmt: skip
async def test_a_query_that_no_body_could_hold_is_422(lot: Lot, path: str, query: str) -> None:
    thread = (await lot.client.post("/threads", json={})).json()["thread_id"]
    answer = await lot.client.get(f"/threads/{thread}/{path}?{query}")
    assert (answer.status_code, list(answer.json())) == (422, ["detail"]), answer.text


async def test_a_body_that_is_too_large_is_413(lot: Lot) -> None:
    big = json.dumps({"graph_id": "novela", "name": "x" * BODY_LIMIT_BYTES}).encode()
    for headers in ({}, {"Content-Type": "text/plain"}):
        answer = await lot.client.post("/assistants", content=big, headers=headers)
        assert (answer.status_code, list(answer.json())) == (413, ["detail"])
    assert await lot.database.fetch_one("select 1 from assistants") is None


async def test_a_method_that_a_route_does_not_have_is_405(lot: Lot) -> None:
    for method, path in (("PUT", "/assistants/novela"), ("GET", "/assistants/search/x/y"), ("POST", "/ok")):
        answer = await lot.client.request(method, path)
        assert (answer.status_code, list(answer.json())) in ((405, ["detail"]), (404, ["detail"])), path


@pytest.mark.parametrize(
    ("value", "sent"),
    [(float("nan"), "null"), (float("-inf"), "null"), ({1: b"x"}, '{"1":"b\'x\'"}'), (2**70, str(2**70)),
     ({"n": 2**70, "nan": [float("nan")]}, '{"n":' + str(2**70) + ',"nan":[null]}'),
     ({"a", }, '"{\'a\'}"'), ("é", '"é"')],
)  # fmt: skip
def test_an_answer_can_always_be_read(value: Any, sent: str) -> None:
    assert dump_json(value).decode() == sent
    assert bytes(JsonAnswer(value).body).decode() == sent
    json.loads(sent, parse_constant=pytest.fail)
