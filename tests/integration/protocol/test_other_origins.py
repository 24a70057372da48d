"""Which pages may use a server through a visitor's browser, and that nobody else's can."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from langgraph_sdk import get_client

from server.app import create_app
from server.deps import House
from server.protocol.assistant_ids import system_id
from tests.integration.api.conftest import Lot
from tools.settings import Settings

CHAT_UI = "http://localhost:3000"
STUDIO = "https://smith.langchain.com"
ASKED = "content-type,x-api-key,x-auth-scheme,authorization,last-event-id"
PRESET = {"graph_id": "novela", "name": "made by a page"}


@asynccontextmanager
async def house_that_lets_in(lot: Lot, origins: str) -> AsyncIterator[httpx.AsyncClient]:
    @asynccontextmanager
    async def opener(_: Settings) -> AsyncIterator[House]:
        yield lot.house

    app = create_app(lot.house.settings.model_copy(update={"cors_origins": origins}), opener=opener)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def preflight(
    client: httpx.AsyncClient, origin: str, method: str = "POST", path: str = "/assistants/search"
) -> httpx.Response:
    return await client.options(
        path,
        headers={
            "Origin": origin, "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": ASKED, "Access-Control-Request-Private-Network": "true",
        },
    )  # fmt: skip


async def presets(lot: Lot) -> int:
    row = await lot.database.fetch_one("select count(*) as many from assistants")
    assert row is not None
    return int(row["many"])


async def test_a_page_of_this_machine_is_let_in_with_all_it_sends(lot: Lot) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer = await preflight(lot.client, CHAT_UI, method)
        told = answer.headers
        assert (answer.status_code, told["access-control-allow-origin"]) == (200, CHAT_UI)
        assert method in told["access-control-allow-methods"]
        assert set(ASKED.split(",")) <= set(told["access-control-allow-headers"].replace(" ", "").split(","))
        assert told["access-control-allow-private-network"] == "true"
        assert "access-control-allow-credentials" not in told


async def test_what_clients_come_back_by_can_be_read(lot: Lot) -> None:
    answer = await lot.client.post("/assistants/search", json={}, headers={"Origin": CHAT_UI})
    exposed = answer.headers["access-control-expose-headers"].lower().split(", ")
    assert {"location", "content-location", "x-pagination-total", "x-pagination-next"} <= set(exposed)
    assert answer.headers["access-control-allow-origin"] == CHAT_UI
    assert "Origin" in answer.headers["vary"]


async def test_a_page_can_read_that_it_was_refused(lot: Lot) -> None:
    answer = await lot.client.get("/assistants/nothing", headers={"Origin": CHAT_UI})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (404, CHAT_UI)


FOREIGN = (
    STUDIO, "https://evil.example", "http://localhost.evil.example", "http://evil.example:3000", "null",
    "http://127.0.0.1.evil.example", "http://localhost:3000.evil.example", "file://",
)  # fmt: skip


async def test_no_page_on_the_web_is_let_in_by_default(lot: Lot) -> None:
    for origin in FOREIGN:
        told = (await preflight(lot.client, origin)).headers
        assert "access-control-allow-origin" not in told, origin
        read = await lot.client.get("/assistants/novela", headers={"Origin": origin})
        assert "access-control-allow-origin" not in read.headers, "the browser keeps it from the page"
        for headers in ({"Origin": origin}, {"Origin": origin, "Sec-Fetch-Site": "cross-site"}):
            # As text it needs no preflight: a browser sends it at once.
            plain = {**headers, "Content-Type": "text/plain"}
            answer = await lot.client.post("/assistants", json=PRESET, headers=plain)
            assert (answer.status_code, list(answer.json())) == (403, ["detail"]), headers
    assert await presets(lot) == 0


async def test_a_request_that_hides_its_origin_changes_nothing(lot: Lot) -> None:
    answer = await lot.client.post("/assistants", json=PRESET, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, await presets(lot)) == (403, 0)


async def test_programs_own_pages_and_pages_of_this_machine_may_act(lot: Lot) -> None:
    """The control of the two tests above."""
    mine: list[dict[str, str]] = [
        {}, {"Origin": "http://127.0.0.1"}, {"Origin": CHAT_UI, "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"}, {"Origin": "http://[::1]:8000", "Sec-Fetch-Site": "cross-site"},
    ]  # fmt: skip
    for headers in mine:
        answer = await lot.client.post("/assistants", json=PRESET, headers=headers)
        assert answer.status_code == 200, headers
    assert await presets(lot) == len(mine)


async def test_studio_is_let_in_when_the_setting_says_so(lot: Lot) -> None:
    async with house_that_lets_in(lot, f"studio, https://app.example.org/, {CHAT_UI}") as client:
        for origin in (STUDIO, "https://app.example.org", CHAT_UI):
            told = (await preflight(client, origin)).headers
            assert told["access-control-allow-origin"] == origin
            assert told["access-control-allow-private-network"] == "true"
            headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
            assert (await client.post("/assistants", json=PRESET, headers=headers)).status_code == 200
        other = {"Origin": "http://localhost:3001"}
        assert (await client.post("/assistants", json=PRESET, headers=other)).status_code == 403


async def test_none_lets_in_our_own_pages_alone(lot: Lot) -> None:
    async with house_that_lets_in(lot, "none") as client:
        refused = await client.post("/assistants", json=PRESET, headers={"Origin": CHAT_UI})
        own = await client.post("/assistants", json=PRESET, headers={"Origin": "http://127.0.0.1"})
        assert (refused.status_code, own.status_code) == (403, 200)


async def test_the_domain_api_belongs_to_our_own_pages(lot: Lot) -> None:
    async with house_that_lets_in(lot, "local, studio") as client:
        for origin in (CHAT_UI, STUDIO):
            assert (await preflight(client, origin, path="/api/novelas")).status_code == 405
            answer = await client.post("/api/novelas", json={}, headers={"Origin": origin})
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_page")


async def test_studio_makes_its_first_calls_from_its_own_page(lot: Lot) -> None:
    """The contract's list (section 2.6), as far as it touches no thread."""
    calls: list[tuple[str, str, dict[str, Any] | None]] = [
        ("GET", "/info", None),
        ("POST", "/assistants/search", {"limit": 10, "offset": 0, "metadata": {"created_by": "system"}}),
        ("GET", "/assistants/{id}", None),
        ("GET", "/assistants/{id}/schemas", None),
        ("GET", "/assistants/{id}/graph?xray=true", None),
        ("GET", "/assistants/{id}/subgraphs?recurse=true", None),
        ("POST", "/assistants/{id}/versions", {"limit": 10, "offset": 0}),
        ("POST", "/store/items/search", {"namespace_prefix": [], "limit": 10, "offset": 0}),
        ("POST", "/store/namespaces", {"limit": 100, "offset": 0}),
    ]
    headers = {"Origin": STUDIO, "Sec-Fetch-Site": "cross-site", "X-Auth-Scheme": "langsmith"}
    async with house_that_lets_in(lot, "studio") as client:
        for method, path, body in calls:
            sent = {} if body is None else {"content": json.dumps(body)}
            text = {"Content-Type": "text/plain;charset=UTF-8"} if body is not None else {}
            url = path.format(id=system_id("novela"))
            assert (await preflight(client, STUDIO, method, url)).status_code == 200
            answer = await client.request(method, url, headers={**headers, **text}, **sent)
            assert answer.status_code == 200, (path, answer.text)
            assert answer.headers["access-control-allow-origin"] == STUDIO


async def test_the_stock_client_works_through_a_socket(served: httpx.AsyncClient) -> None:
    async with get_client(url=str(served.base_url), api_key="not-asked-for") as client:
        [found] = await client.assistants.search(graph_id="novela", metadata={"created_by": "system"})
        await client.store.put_item(["a"], "k", {"id": found["assistant_id"]})
        assert (await client.store.get_item(["a"], "k"))["value"] == {"id": system_id("novela")}
