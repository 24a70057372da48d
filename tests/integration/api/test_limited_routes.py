"""S3-44 to S3-47, S4-033: every route has a class, every class its number, on every server of a database."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, nullcontext
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import Depends, FastAPI

from server.app import create_app
from server.limits.guard import admit_address
from server.limits.window import open_windows
from tests.fakes import FakeClock
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.operations import operations_of
from tools.settings import Settings

ON = Settings(rate_limit_enabled=True, link_secret="a-secret-for-the-tests")
Serve = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def serve(lot: Lot, clock: FakeClock) -> AsyncIterator[Serve]:
    """Further servers on the house's database, with limits and a clock that the test turns."""
    async with AsyncExitStack() as stack:

        async def another(settings: Settings = ON, *, address: str = "127.0.0.1") -> httpx.AsyncClient:
            windows = open_windows(lot.database, settings, clock=clock)
            house = replace(lot.house, settings=settings, windows=windows)
            app = create_app(settings, opener=lambda _: nullcontext(house))
            await stack.enter_async_context(app.router.lifespan_context(app))
            transport = httpx.ASGITransport(app=app, client=(address, 4711))
            client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
            return await stack.enter_async_context(client)

        yield another


NOBODYS = "00000000-0000-4000-8000-000000000000"
GENERATE = ("POST", f"/api/productions/{NOBODYS}/resume", {})
ANSWER = f"/api/productions/{NOBODYS}/answer"
CLASSES: dict[str, tuple[int, tuple[str, str, dict[str, Any]]]] = {
    "upload": (20, ("POST", "/api/media", {"content": b"x"})),
    "generate": (10, GENERATE),
    "refine": (30, ("POST", ANSWER, {"json": {"reply": {"approve_all": True}}})),
    "production": (5, ("POST", ANSWER, {"json": {"reply": {"approve_all": True, "quote_id": "q"}}})),
    "general": (100, ("GET", "/api/models", {})),
}


EXCLUDED = {
    "GET /health", "GET /health/live", "GET /health/ready", "GET /metrics", "GET /media/{key}",
    "GET /info", "GET /ok", "POST /api/spending/stop", "POST /api/spending/release",
    "POST /api/webhooks/providers/{provider}/{token}", "PATCH /api/assets/upload/{upload_id}",
    "GET /api/assets/upload/{upload_id}", "HEAD /api/assets/upload/{upload_id}",
    "DELETE /api/assets/upload/{upload_id}",
}  # fmt: skip
RUN_ROUTES = [
    (f"/threads/{NOBODYS}/runs{how}", body)
    for how in ("", "/stream", "/wait")
    for body in ({"assistant_id": NOBODYS, "input": {}}, {"assistant_id": NOBODYS, "command": {"goto": "x"}})
] + [(f"/runs{how}", {"assistant_id": NOBODYS, "input": {}}) for how in ("", "/stream", "/wait")]


async def asked(client: httpx.AsyncClient, request: tuple[str, str, dict[str, Any]]) -> httpx.Response:
    method, path, more = request
    return await client.request(method, path, **more)


@pytest.mark.parametrize("kind", CLASSES)
async def test_each_class_lets_its_number_in_and_refuses_the_next(
    serve: Serve, clock: FakeClock, kind: str
) -> None:
    allowed, request = CLASSES[kind]
    client = await serve()
    first = [await asked(client, request) for _ in range(allowed)]
    assert {answer.status_code for answer in first} & {429} == set()
    assert [answer.headers["ratelimit-remaining"] for answer in first[-2:]] == ["1", "0"]
    refused = await asked(client, request)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert refused.headers["ratelimit"] == f'"{kind}";r=0;t=60'
    assert refused.headers["ratelimit-policy"] == f'"{kind}";q={allowed};w=60'
    clock.passed_s = 60
    assert (await asked(client, request)).status_code == first[0].status_code


async def test_the_eleventh_generate_in_a_minute_is_refused_on_either_server(
    lot: Lot, serve: Serve, clock: FakeClock
) -> None:
    one, two = await serve(), await serve()
    body = {"graph": "novela", "brief": {"title": "T", "description": "A letter."}}
    for n in range(10):
        assert (await (one, two)[n % 2].post("/api/productions", json=body)).status_code == 202
    for server in (one, two):
        answer = await server.post("/api/productions", json=body)
        assert answer.status_code == 429
        problem = answer.json()["error"]
        assert (problem["code"], problem["retryable"]) == ("TOO_MANY_REQUESTS", True)
        assert problem["details"] == {"limit": "generate", "allowed": 10, "window_s": 60}
    assert len(lot.runs.calls) == 10
    clock.passed_s = 60
    assert (await two.post("/api/productions", json=body)).status_code == 202


async def test_runs_of_langgraph_clients_are_counted_with_the_starts(serve: Serve) -> None:
    """One more than the ten places: every way to create a run, and one of the domain API."""
    client = await serve()
    for path, body in RUN_ROUTES:
        answer = await client.post(path, json=body)
        assert (answer.status_code, "generate" in answer.headers["ratelimit"]) == (404, True), path
    await client.post("/runs/batch", json=[{"assistant_id": NOBODYS, "input": {}}])
    refused = await client.post(RUN_ROUTES[0][0], json=RUN_ROUTES[0][1])
    assert (refused.status_code, list(refused.json())) == (429, ["detail"])
    assert refused.headers["retry-after"] == "60"
    assert (await asked(client, GENERATE)).status_code == 429


@pytest.mark.parametrize(
    ("reply", "kind"), [({"approve_all": True}, "refine"), ({"quote_id": "q"}, "production")]
)
async def test_a_langgraph_answer_is_counted_as_what_it_answers(
    serve: Serve, reply: dict[str, Any], kind: str
) -> None:
    client = await serve()
    for resume in (reply, {"interrupt-id": reply}):
        body = {"assistant_id": NOBODYS, "command": {"resume": resume}}
        answer = await client.post(f"/threads/{NOBODYS}/runs/stream", json=body)
        assert answer.headers["ratelimit"].startswith(f'"{kind}"')


async def test_switched_off_a_hundred_pass_and_no_statement_is_spent(lot: Lot, serve: Serve) -> None:
    for settings in (ON.model_copy(update={"rate_limit_enabled": False}), Settings(link_secret="x")):
        client = await serve(settings)
        answers = [await asked(client, GENERATE) for _ in range(100)]
        assert {answer.status_code for answer in answers} == {404}
        assert "ratelimit" not in answers[0].headers
    assert await lot.database.fetch_all("select * from rate_limit_buckets") == []


def test_limits_hold_by_themselves_where_people_sign_in() -> None:
    assert Settings(auth_mode="token").limits_requests
    assert not Settings(auth_mode="token", rate_limit_enabled=False).limits_requests
    assert not Settings().limits_requests


async def test_what_is_refused_is_not_done_and_takes_no_place(
    lot: Lot, serve: Serve, clock: FakeClock
) -> None:
    client = await serve(ON.model_copy(update={"limit_generate": 1}))
    production = await a_production(lot)
    await lot.runs.set(production, status="failed", interrupts=[])
    await asked(client, GENERATE)
    for second in (0, 30, 59):
        clock.passed_s = second
        refused = await client.post(f"/api/productions/{production}/resume")
        assert refused.status_code == 429
    assert (await lot.runs.state(user_id="local", production_id=production)).status == "failed"
    clock.passed_s = 60
    assert (await client.post(f"/api/productions/{production}/resume")).status_code == 202


async def test_health_signed_media_and_pages_are_not_counted(lot: Lot, serve: Serve) -> None:
    client = await serve(ON.model_copy(update={"limit_general": 1}))
    page = (await client.get("/")).status_code
    await client.get("/api/models")
    assert (await client.get("/api/models")).status_code == 429
    for path in (
        "/health",
        "/health/ready",
        "/metrics",
        "/media/image/local/x.png?expires=1&signature=x",
        "/static/app.css",
        "/openapi.json",
        "/",
    ):
        answer = await client.get(path)
        assert answer.status_code != 429, path
        assert "ratelimit" not in answer.headers
    assert page == 200


async def test_the_stop_switch_works_when_all_places_are_taken(serve: Serve) -> None:
    client = await serve(ON.model_copy(update={"limit_general": 1}))
    assert [(await client.get("/api/spending")).status_code for _ in range(2)] == [200, 429]
    for word in ("stop", "release"):
        assert (await client.post(f"/api/spending/{word}", json={"everybody": True})).status_code == 200


async def test_an_address_is_counted_only_where_nobody_signs_in(lot: Lot, serve: Serve) -> None:
    """Two visitors of one address are two users; the address of a header is believed from no one."""
    near = await serve(ON.model_copy(update={"limit_general": 1}), address="203.0.113.7")
    await near.get("/api/models", headers={"x-forwarded-for": "198.51.100.1"})
    assert await identifiers(lot) == {"user:local"}


@pytest.mark.parametrize(
    ("proxies", "address", "counted"),
    [
        ("", "203.0.113.7", "address:203.0.113.7"),
        ("203.0.113.0/24", "203.0.113.7", "address:198.51.100.2"),
        ("203.0.113.8", "203.0.113.7", "address:203.0.113.7"),
        ("", "2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("", "::ffff:203.0.113.7", "address:203.0.113.7"),
    ],
)
async def test_a_forwarded_address_is_believed_from_a_named_proxy(
    lot: Lot, serve: Serve, proxies: str, address: str, counted: str
) -> None:
    client = await serve(ON.model_copy(update={"trusted_proxies": proxies}), address=address)
    open_to_all(client)
    answer = await client.get("/api/open", headers={"x-forwarded-for": "192.0.2.9, 198.51.100.2"})
    assert (answer.status_code, await identifiers(lot)) == (200, {counted})


async def test_outside_of_api_a_refusal_is_a_detail(serve: Serve) -> None:
    """As stock LangGraph clients expect; they honour Retry-After."""
    client = await serve(ON.model_copy(update={"limit_general": 1}))
    open_to_all(client, "/threads/search")
    await client.get("/threads/search")
    answer = await client.get("/threads/search")
    assert (answer.status_code, list(answer.json())) == (429, ["detail"])
    assert answer.headers["retry-after"] == "60"
    seen = await client.get("/threads/search", headers={"origin": "http://localhost:3000"})
    assert "Retry-After" in seen.headers["access-control-expose-headers"]


async def test_what_a_page_reads_within_the_process_is_not_counted(lot: Lot, serve: Serve) -> None:
    client = await serve(ON.model_copy(update={"limit_general": 1}))
    production = await a_production(lot)
    for path in ("/", "/new", f"/productions/{production}"):
        assert (await client.get(path)).status_code == 200, path
    assert await identifiers(lot) == set()
    assert [(await client.get("/api/stats")).status_code for _ in range(2)] == [200, 429]


async def test_an_open_stream_counts_once(lot: Lot, serve: Serve) -> None:
    client = await serve()
    production = await a_production(lot)
    await lot.hand.tell(production, "lifecycle", {"event": "completed"}, status="completed")
    answer = await client.get(f"/api/productions/{production}/events")
    assert (answer.status_code, answer.headers["ratelimit-remaining"]) == (200, "99")
    row = await lot.database.fetch_one("select request_count from rate_limit_buckets")
    assert row == {"request_count": 1}


async def test_every_route_is_counted_or_excluded_by_name(serve: Serve) -> None:
    client = await serve(ON.model_copy(update={"limit_general": 1000}))
    assert await uncounted(client) == EXCLUDED
    app_of(client).add_api_route("/api/forgotten", lambda: {})
    assert await uncounted(client) == EXCLUDED | {"GET /api/forgotten"}


def test_the_description_lists_the_limits_that_hold() -> None:
    """S4-033: with the server's own figures; a server without limits says so."""
    told = create_app(ON.model_copy(update={"limit_refine": 31}), opener=never).openapi()["info"][
        "description"
    ]
    for line in ("| `upload` | 20 |", "| `generate` | 10 |", "| `refine` | 31 |", "| `production` | 5 |",
                 "| `general` | 100 |", "start 10 productions in any hour", "10 at work"):  # fmt: skip
        assert line in told
    assert "limits neither" in create_app(Settings(), opener=never).openapi()["info"]["description"]


def never(_: Settings) -> Any:
    raise AssertionError("the description needs no house")


async def uncounted(client: httpx.AsyncClient) -> set[str]:
    """The routes whose answer says nothing of a limit, whatever else it says."""
    app = app_of(client)
    found = set()
    for method, path in operations_of(app):
        answer = await client.request(method, re.sub(r"{\w+}", NOBODYS, path))
        if "ratelimit" not in answer.headers:
            found.add(f"{method.upper()} {path}")
    return found


def open_to_all(client: httpx.AsyncClient, path: str = "/api/open") -> None:
    app = app_of(client)
    app.add_api_route(path, lambda: {}, dependencies=[Depends(admit_address)])
    app.router.routes.insert(0, app.router.routes.pop())


async def identifiers(lot: Lot) -> set[str]:
    rows = await lot.database.fetch_all("select identifier from rate_limit_buckets")
    return {row["identifier"] for row in rows}


def app_of(client: httpx.AsyncClient) -> FastAPI:
    app: FastAPI = client._transport.app  # type: ignore[attr-defined]
    return app
