"""Whose money: everybody stops their own, an administrator anybody's."""

import pytest

from server.accounts.accounts import Accounts
from server.upkeep.text_alerts import raise_text_alerts
from state.cost import Money
from tests.integration.api.accounts.conftest import PASSWORD, bearing, registered
from tests.integration.api.accounts.test_admin import an_admin
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.integration.api.test_money_routes import ADD_LOST, LOST_ATTEMPT
from tools.ledger.budgets import set_day_budget
from tools.ledger.stops import Stops

ADD_LOCAL = ADD_LOST.replace("'lost'", "'local'") % {"production": "null"}


async def test_only_an_administrator_stops_others(lot: Lot, accounts: Accounts) -> None:
    admin, ana = await an_admin(lot, accounts), await registered(lot)
    own, user = bearing(ana["accessToken"]), ana["userId"]
    eva = (await registered(lot, "eva@example.org"))["userId"]
    for body in ({"everybody": True}, {"user": eva}):
        for word in ("stop", "release"):
            assert (await lot.client.post(f"/api/spending/{word}", json=body, headers=own)).status_code == 403
    assert (await lot.client.get("/api/spending", params={"all": True}, headers=own)).status_code == 403
    assert (await lot.client.post("/api/spending/stop", json={}, headers=own)).status_code == 200
    assert (await lot.client.post("/api/spending/release", json={}, headers=own)).status_code == 200
    assert (
        await lot.client.post("/api/spending/stop", json={"user": user}, headers=admin)
    ).status_code == 200
    refused = await lot.client.post("/api/spending/release", json={}, headers=own)
    assert (refused.status_code, "An administrator stopped" in refused.text) == (403, True)
    listed = await lot.client.get("/api/spending", params={"all": True}, headers=admin)
    assert (listed.json()["data"]["stopped"], len(listed.json()["data"]["stops"])) == (False, 1)
    assert (
        await lot.client.post("/api/spending/release", json={"user": user}, headers=admin)
    ).status_code == 200
    assert await Stops(lot.database).in_force() == []


async def test_an_administrators_stop_stands_beside_the_users_own(lot: Lot, accounts: Accounts) -> None:
    """Whichever came first; both reasons are on record, and the user's release frees nothing."""
    admin, ana = await an_admin(lot, accounts), await registered(lot)
    own, user = bearing(ana["accessToken"]), ana["userId"]

    async def switched(word: str, headers: dict[str, str], **body: str) -> tuple[int, str]:
        answer = await lot.client.post(f"/api/spending/{word}", json=body, headers=headers)
        return answer.status_code, (answer.json().get("data") or {}).get("reason", "")

    assert await switched("stop", own, reason="holiday") == (200, "holiday")
    assert await switched("stop", admin, user=user, reason="fraud") == (200, "fraud")
    assert (await switched("release", own))[0] == 403
    assert [stop.reason for stop in await Stops(lot.database).in_force(user)] == ["fraud", "holiday"]
    assert await Stops(lot.database).release(user, by=user, own=True) is not None, "what a race would do"
    assert [stop.reason for stop in await Stops(lot.database).in_force(user)] == ["fraud"]
    assert await switched("stop", own, reason="again") == (200, "again")
    assert await switched("release", admin, user=user) == (200, "fraud")
    assert [stop.reason for stop in await Stops(lot.database).in_force(user)] == ["again"], "still theirs"
    assert await switched("release", own) == (200, "again")
    rows = await lot.database.fetch_all(
        "select details->>'reason' as reason from audit_logs where entity_type = 'spending' order by audit_id"
    )
    assert [row["reason"] for row in rows] == ["holiday", "fraud", "again", "fraud", "again"]


async def test_only_an_administrator_sets_a_budget_and_reads_anothers(lot: Lot, accounts: Accounts) -> None:
    admin, ana = await an_admin(lot, accounts), await registered(lot)
    own, user = bearing(ana["accessToken"]), ana["userId"]
    eva = (await registered(lot, "eva@example.org"))["userId"]
    body = {"dailyUsd": "5", "user": user}
    assert (await lot.client.put("/api/budget", json=body, headers=own)).status_code == 403
    assert (await lot.client.get("/api/budget", params={"user": eva}, headers=own)).status_code == 403
    assert (await lot.client.put("/api/budget", json=body, headers=admin)).status_code == 200
    assert (await lot.client.get("/api/budget", headers=own)).json()["data"]["dailyUsd"] == "5.00"
    other = await lot.client.get("/api/budget", params={"user": eva}, headers=admin)
    assert other.json()["data"]["dailyUsd"] is None


async def test_only_an_administrator_reads_the_costs_of_others(lot: Lot, accounts: Accounts) -> None:
    admin, ana = await an_admin(lot, accounts), bearing((await registered(lot))["accessToken"])
    for user in ("local", "*"):
        params = {"user": user, "by": "user"}
        assert (await lot.client.get("/api/costs", params=params, headers=ana)).status_code == 403
        assert (await lot.client.get("/api/costs", params=params, headers=admin)).status_code == 200


@pytest.fixture
async def lost(lot: Lot, accounts: Accounts) -> dict[str, str]:
    """Ana's request of unknown price, which left with the house's key, under a budget that it fills."""
    ana = await registered(lot)
    production = await a_production(lot, user_id=ana["userId"])
    asked = {"production": production, "user": ana["userId"]}
    await lot.database.execute(ADD_LOST.replace("'local'", "%(user)s"), asked)
    await lot.database.execute(LOST_ATTEMPT)
    await set_day_budget(lot.database, ana["userId"], Money(micros=4500), by="an administrator")
    return ana


async def test_an_alert_of_a_user_who_was_erased_is_listed_no_more(
    lot: Lot, accounts: Accounts, lost: dict[str, str]
) -> None:
    """Its row in the audit trail stays, and says no longer whose it is."""
    admin, own = await an_admin(lot, accounts), bearing(lost["accessToken"])
    await lot.database.execute(ADD_LOCAL)
    await lot.database.execute(LOST_ATTEMPT.replace("'lost'", "'local'"))

    async def listed() -> tuple[list[str], int]:
        answer = await lot.client.get("/api/costs/alerts", params={"user": "*"}, headers=admin)
        assert answer.status_code == 200, answer.text
        return sorted(one["userId"] for one in answer.json()["data"]), answer.json()["pagination"]["total"]

    assert len(await raise_text_alerts(lot.database, Money(micros=4499))) == 2
    assert await listed() == (sorted([lost["userId"], "local"]), 2)
    erased = await lot.client.post("/api/auth/erase", json={"password": PASSWORD}, headers=own)
    assert erased.status_code == 200, erased.text
    assert await listed() == (["local"], 1)
    rows = await lot.database.fetch_all("select from audit_logs where action = 'text_spending_alert'")
    assert len(rows) == 2, "the control: the record is there"


async def test_what_left_with_the_houses_key_only_an_administrator_settles(
    lot: Lot, accounts: Accounts, lost: dict[str, str]
) -> None:
    """A user would free the budget of the day that an administrator set."""
    admin, own = await an_admin(lot, accounts), bearing(lost["accessToken"])
    eva = bearing((await registered(lot, "eva@example.org"))["accessToken"])

    async def settled(headers: dict[str, str], usd: str = "0", **body: str) -> int:
        told = {"line": "lost#1", "billedUsd": usd, **body}
        return (await lot.client.post("/api/costs/settle", json=told, headers=headers)).status_code

    assert [await settled(own), await settled(eva), await settled(own, user="local")] == [403, 404, 403]
    assert (await lot.client.get("/api/budget", headers=own)).json()["data"]["leftUsd"] == "0.00"
    assert [await settled(admin, user="local"), await settled(admin, "0.0031")] == [404, 200]
    assert await settled(own) == 404, "once"
    row = await lot.database.fetch_one("select details from audit_logs where action = 'settle_unknown'")
    assert row is not None
    assert row["details"].items() >= {"line": "lost#1", "held_usd": "0.0045", "billed_usd": "0.0031"}.items()


async def test_what_left_with_their_own_key_a_user_settles(lot: Lot, lost: dict[str, str]) -> None:
    await lot.database.execute("update order_attempts set own_key = true")
    body = {"line": "lost#1", "billedUsd": "0.0031", "user": lost["userId"]}
    answer = await lot.client.post("/api/costs/settle", json=body, headers=bearing(lost["accessToken"]))
    assert answer.status_code == 200, answer.text
