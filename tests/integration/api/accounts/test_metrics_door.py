"""Where people sign in, the figures are the administrators', and health is everybody's."""

from server.accounts.accounts import Accounts
from tests.integration.api.accounts.conftest import bearing, registered
from tests.integration.api.accounts.test_admin import an_admin
from tests.integration.api.conftest import Lot


async def test_figures_are_for_administrators_and_their_api_tokens(lot: Lot, accounts: Accounts) -> None:
    admin, ana = await an_admin(lot, accounts), await registered(lot)
    assert (await lot.client.get("/metrics")).status_code == 401
    assert (await lot.client.get("/metrics", headers=bearing(ana["accessToken"]))).status_code == 403
    made = await lot.client.post("/api/auth/tokens", json={"name": "prometheus"}, headers=admin)
    answer = await lot.client.get("/metrics", headers=bearing(made.json()["data"]["token"]))
    assert (answer.status_code, "greenlight_queue" in answer.text) == (200, True)


async def test_health_needs_no_login(lot: Lot) -> None:
    for path in ("/health", "/health/live", "/health/ready"):
        assert (await lot.client.get(path)).status_code == 200
