"""Nobody comes in unknown: every route there is, not those that somebody thought of (S5-134, S4-034)."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import structlog
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.responses import StreamingResponse

from server.accounts.accounts import Accounts
from server.accounts.door import LOOK_AGAIN_S, PUBLIC, is_public
from server.deps import House
from server.sse import StreamLimits
from state.errors import SettingInvalid
from tests.fakes import FakeClock
from tests.integration.api.accounts.conftest import bearing, registered
from tests.integration.api.conftest import Lot
from tests.integration.api.making import NOVELA, a_production

ID = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path, those that the description leaves out too."""
    for route in iter_route_contexts(app.routes):
        path = str(route.path)
        if not route.methods:
            yield "GET", f"{path}/x"  # a folder of files
        for method in sorted(route.methods or ()):
            yield method, re.sub(r"{[^}]*}", ID, path)


async def test_every_route_but_the_public_ones_answers_401(lot: Lot) -> None:
    closed = [(method, path) for method, path in routes(lot.app) if not is_public(path)]
    assert len(closed) >= 40
    for method, path in closed:
        answer = await lot.client.request(method, path, content=b"{not json")
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_route_that_is_added_without_a_thought_is_closed(lot: Lot) -> None:
    """The control: it needs no dependency for that, and with a token it is open."""
    lot.app.add_api_route("/unheard/anything", lambda: {"secret": 1})
    refused = await lot.client.get("/unheard/anything")
    assert (refused.status_code, refused.json()) == (401, {"detail": "You are not logged in."})
    known = bearing((await registered(lot))["accessToken"])
    assert (await lot.client.get("/unheard/anything", headers=known)).status_code == 200


async def test_what_is_public_is_not_closed(lot: Lot) -> None:
    for path in ("/health", "/docs", "/openapi.json"):
        assert (await lot.client.get(path)).status_code == 200, path
    assert (await lot.client.get("/media/video/x/y.mp4?expires=1&signature=x")).status_code == 403
    rung = await lot.client.post(f"/api/webhooks/providers/replicate/{'0' * 32}", content=b"{}")
    assert rung.status_code == 404, "providers sign, and do not log in"
    for path in ("providers", "providers/deliveries", "providers/rotate", "providers/a/b/resend"):
        for method in ("GET", "POST"):
            closed = await lot.client.request(method, f"/api/webhooks/{path}")
            assert closed.status_code == 401, (method, path)
    assert (await lot.client.get("/api/webhooks/providers/deliveries/x")).status_code == 401
    names = ("register", "login", "refresh", "reset-password", "reset-password/confirm")
    assert {path for path in PUBLIC if path.startswith("/api")} == {f"/api/auth/{name}" for name in names}


@pytest.mark.parametrize(
    "path",
    ["/static/../api/productions", "/media/../api/productions", "//api/productions", "/health/",
     "/api/auth/login/../profile", "/API/productions"],
)  # fmt: skip
async def test_no_odd_path_is_a_way_around_the_door(lot: Lot, path: str) -> None:
    lot_client = lot.client
    answer = await lot_client.request("GET", "http://127.0.0.1" + path, follow_redirects=False)
    assert answer.status_code in (401, 404, 405, 422, 307), answer.text
    assert "pagination" not in answer.text


@pytest.mark.parametrize("headers", [
    {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"},
    {"X-Api-Key": "lsv2_of_others"}, {"Cookie": "greenlight=nonsense"}, {"Authorization": "Bearer é"},
])  # fmt: skip
async def test_what_is_no_token_of_ours_is_refused(lot: Lot, headers: dict[str, str]) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = await lot.client.get("/api/productions", headers=sent)
    assert answer.status_code == 401


async def test_two_users_see_only_their_own(lot: Lot) -> None:
    """S2-123, S3-71."""
    ana, eva = await registered(lot), await registered(lot, "eva@example.org")
    made = await lot.client.post("/api/novelas", json=NOVELA, headers=bearing(ana["accessToken"]))
    path = f"/api/novelas/{made.json()['data']['id']}"
    assert (await lot.client.get(path, headers=bearing(ana["accessToken"]))).status_code == 200
    assert (await lot.client.get(path, headers=bearing(eva["accessToken"]))).status_code == 404
    assert (await lot.client.get("/api/novelas", headers=bearing(eva["accessToken"]))).json()["data"] == []


def test_a_house_with_accounts_cannot_be_opened_without_them(lot: Lot) -> None:
    """Otherwise a forgotten line would let everybody in as the local user."""
    parts = {name: getattr(lot.house, name) for name in House.__dataclass_fields__ if name != "accounts"}
    with pytest.raises(SettingInvalid, match="without accounts"):
        House(**parts)


@pytest.mark.parametrize("ended", ["login", "account", "nothing"])
async def test_a_stream_ends_with_the_login_that_opened_it(
    lot: Lot, clock: FakeClock, accounts: Accounts, ended: str
) -> None:
    """Revoked means revoked, also for who is listening already. `nothing` is the control."""
    tokens = await registered(lot)

    async def speak() -> AsyncIterator[bytes]:
        yield b"first"
        if ended == "login":
            await accounts.logins.end(tokens["userId"], tokens["loginId"])
        elif ended == "account":
            await accounts.users.switch(tokens["userId"], disabled=True)
        clock.passed_s += LOOK_AGAIN_S
        for _ in range(5):
            yield b" more"

    lot.app.add_api_route("/unheard/s", lambda: StreamingResponse(speak()))
    answer = await lot.client.get("/unheard/s", headers=bearing(tokens["accessToken"]))
    assert answer.text == ("first" if ended != "nothing" else "first" + " more" * 5)


async def test_a_stream_ends_with_the_api_token_that_opened_it(
    lot: Lot, clock: FakeClock, served: httpx.AsyncClient, accounts: Accounts
) -> None:
    """On a real stream, with heartbeats for a pulse, and nothing in the log that looks like a crash."""
    user = (await registered(lot))["userId"]
    token, row = await accounts.api_tokens.make(user, name="x")
    production = await a_production(lot, user_id=user)
    path = f"/api/productions/{production}/events"
    with structlog.testing.capture_logs() as lines:
        async with served.stream("GET", path, headers=bearing(token)) as stream:
            pulse = stream.aiter_bytes()
            await anext(pulse)
            await accounts.api_tokens.revoke(user, row["token_id"])
            clock.passed_s += LOOK_AGAIN_S
            async with asyncio.timeout(10):
                async for _ in pulse:
                    pass
    assert [line for line in lines if line["log_level"] in ("error", "critical")] == []
    assert (await served.get(path, headers=bearing(token))).status_code == 401


@pytest.fixture
def limits() -> StreamLimits:
    return StreamLimits(heartbeat_s=0.05)
