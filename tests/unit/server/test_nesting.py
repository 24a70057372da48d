"""Design-facts 6.19: no body is nested so deep that parsing it hurts, on any route; told without parsing."""

import json
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from hypothesis import given
from hypothesis import strategies as st

from server.nesting import Nesting
from server.problems import install_problems
from server.traffic import NESTING_LIMIT, DepthLimit, RequestLog

QUOTES = st.text(alphabet='[]{}"\\a')
JSON = st.recursive(
    st.none() | st.integers() | QUOTES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[{"\\b'), inner, max_size=3)
    ),
    max_leaves=12,
)


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(JSON, st.lists(st.integers(0, 200), max_size=6))
def test_the_depth_is_that_of_the_parsed_value_however_it_is_cut(value: Any, cuts: list[int]) -> None:
    """Brackets and quotes within texts, escapes cut in two: the parser is the oracle."""
    sent = json.dumps(value).encode()
    at = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    nesting = Nesting()
    found = [nesting.deepest(sent[start:end]) for start, end in pairwise(at)]
    assert max(found) == depth(value)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_problems(app)
    app.add_middleware(DepthLimit)
    app.add_middleware(RequestLog)

    @app.post("/api/read")
    async def read(body: dict[str, Any]) -> bool:
        return bool(body)

    @app.post("/threads")
    @app.get("/threads")
    async def by_hand(request: Request) -> int:
        return len(await request.body())

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def as_deep_as(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


@pytest.mark.parametrize("path", ["/api/read", "/threads"])
async def test_a_body_may_be_so_deep_and_not_deeper(client: httpx.AsyncClient, path: str) -> None:
    kind = {"content-type": "application/json"}
    assert (await client.post(path, content=as_deep_as(NESTING_LIMIT), headers=kind)).status_code == 200
    for levels in (NESTING_LIMIT + 1, 50_000):
        answer = await client.post(path, content=as_deep_as(levels), headers=kind)
        assert answer.status_code == 422
        assert "nested deeper than 64 levels" in answer.text


async def test_brackets_without_end_are_refused_before_they_have_all_come(client: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"[" * 10

    answer = await client.post("/threads", content=endless())
    assert (answer.status_code, sent) == (422, NESTING_LIMIT // 10 + 1)


async def test_other_kinds_of_bodies_are_let_through(client: httpx.AsyncClient) -> None:
    """The control: the same bytes as a picture are nobody's nesting."""
    for kind in ("image/png", "application/octet-stream", "application/zip"):
        answer = await client.post("/threads", content=b"[" * 1000, headers={"content-type": kind})
        assert answer.status_code == 200
    for kind in (
        "text/plain",
        "Application/JSON",
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
    ):
        answer = await client.post("/threads", content=b"[" * 1000, headers={"content-type": kind})
        assert answer.status_code == 422
