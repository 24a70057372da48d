"""API tokens: shown once, found by their prefix, gone when revoked (S2-006, design-facts 6.11)."""

from typing import Any

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.errors import AuthenticationError

from tests.fakes import FakeClock
from tests.integration.api.accounts.conftest import bearing, registered, status_for
from tests.integration.api.conftest import Lot


async def a_token(lot: Lot, access: str, name: str = "script") -> dict[str, Any]:
    answer = await lot.client.post("/api/auth/tokens", json={"name": name}, headers=bearing(access))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


async def test_it_works_in_both_headers_until_it_is_revoked(lot: Lot) -> None:
    access = (await registered(lot))["accessToken"]
    made = await a_token(lot, access)
    assert await status_for(lot, made["token"]) == 200
    by_key = await lot.client.get("/api/productions", headers={"X-Api-Key": made["token"]})
    assert by_key.status_code == 200
    await lot.client.delete(f"/api/auth/tokens/{made['tokenId']}", headers=bearing(access))
    assert await status_for(lot, made["token"]) == 401


async def test_it_is_shown_once_and_listed_with_its_last_use(lot: Lot, clock: FakeClock) -> None:
    access = (await registered(lot))["accessToken"]
    made = await a_token(lot, access)
    listed = await lot.client.get("/api/auth/tokens", headers=bearing(access))
    assert made["token"] not in listed.text
    assert listed.json()["data"][0]["lastUsedAt"] is None
    await status_for(lot, made["token"])
    [row] = (await lot.client.get("/api/auth/tokens", headers=bearing(access))).json()["data"]
    assert (row["prefix"], row["lastUsedAt"][:10]) == (made["token"][:15], clock.now().date().isoformat())


@pytest.mark.parametrize(
    "spoil",
    [lambda t: t[:-2] + ("AA" if t[-2:] != "AA" else "BB"), lambda t: t[:15], lambda t: "gl_",
     lambda t: "gl_" + "0" * 12 + t[15:], lambda t: t + "x"],
)  # fmt: skip
async def test_nothing_but_the_whole_token_is_accepted(lot: Lot, spoil: Any) -> None:
    made = await a_token(lot, (await registered(lot))["accessToken"])
    assert await status_for(lot, spoil(made["token"])) == 401


async def test_another_users_token_is_not_found(lot: Lot) -> None:
    ana, eva = await registered(lot), await registered(lot, "eva@example.org")
    made = await a_token(lot, ana["accessToken"])
    path = f"/api/auth/tokens/{made['tokenId']}"
    assert (await lot.client.delete(path, headers=bearing(eva["accessToken"]))).status_code == 404
    assert await status_for(lot, made["token"]) == 200
    assert (await lot.client.get("/api/auth/tokens", headers=bearing(eva["accessToken"]))).json()[
        "data"
    ] == []


async def test_langgraphs_own_client_comes_in_with_it(lot: Lot, served: httpx.AsyncClient) -> None:
    """Unmodified: `get_client(url, api_key=...)`; without a key it gets its own 401."""
    made = await a_token(lot, (await registered(lot))["accessToken"])
    url = str(served.base_url)
    async with get_client(url=url, api_key=made["token"]) as known, get_client(url=url) as stranger:
        found = await known.assistants.search(graph_id="novela")
        assert [one["graph_id"] for one in found] == ["novela"]
        with pytest.raises(AuthenticationError):
            await stranger.assistants.search()


async def test_it_logs_nobody_out(lot: Lot) -> None:
    made = await a_token(lot, (await registered(lot))["accessToken"])
    answer = await lot.client.post("/api/auth/logout", headers=bearing(made["token"]))
    assert (answer.status_code, answer.json()["error"]["suggestion"]) == (409, "Revoke it instead.")
