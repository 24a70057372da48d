"""S2-091, S1-05: a spike is told once, a flat series never."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from server.upkeep.alerts import alert_rules, raise_alerts
from state.cost import Money
from tests.integration.orders.shop import Shop

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ADD = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, owner_epoch, webhook_token, intent_at, cost_actual)
values (%(key)s, %(production)s, 'local', 's', %(key)s, 'first', 1, 'text', 'openai', 'gpt-5', '{}', '', 1,
    %(key)s, %(at)s, %(micros)s)
"""


@pytest.fixture
async def spend(shop: Shop, production: str) -> object:
    async def one(usd: str, *, days_ago: float = 0) -> None:
        at = NOON - days_ago * DAY - timedelta(minutes=30)
        micros = Money.usd(usd).micros
        named = {"key": f"{at} {usd}", "production": production, "at": at, "micros": micros}
        await shop.database.execute(ADD, named)

    return one


async def found(shop: Shop, moment: datetime = NOON) -> list[tuple[int, int, int]]:
    rows = await raise_alerts(shop.database, moment=moment)
    return [(row["spent_micros"], row["usual_micros"], row["limit_micros"]) for row in rows]


async def test_the_figures() -> None:
    rules = alert_rules()
    assert (rules.window_hours, rules.history_days, rules.rest_hours) == (24, 14, 24)
    assert (str(rules.times), str(rules.floor_usd)) == ("3", "10.00")


@pytest.mark.parametrize(("usd", "told"), [("10.00", 0), ("10.000001", 1)])
async def test_small_sums_never_alert(shop: Shop, spend, usd: str, told: int) -> None:
    """Without a history the floor is the limit."""
    await spend(usd)
    assert len(await found(shop)) == told


@pytest.mark.parametrize(("usd", "told"), [("60.00", 0), ("60.000001", 1)])
async def test_three_times_a_usual_day_is_the_limit(shop: Shop, spend, usd: str, told: int) -> None:
    for days in (2, 3, 9):
        await spend("20.00", days_ago=days)
    await spend(usd)
    limit = [(Money.usd(usd).micros, 20_000_000, 60_000_000)]
    assert await found(shop) == limit[:told]


async def test_a_flat_series_says_nothing(shop: Shop, spend) -> None:
    for days in range(20):
        await spend("25.00", days_ago=days)
    for hours in range(0, 48, 4):
        assert await found(shop, NOON - timedelta(hours=hours)) == []


async def test_a_spike_that_lasts_is_told_once(shop: Shop, spend) -> None:
    for days in range(3, 10):
        await spend("5.00", days_ago=days)
    await spend("40.00")
    told = [len(await found(shop, NOON + timedelta(minutes=minutes))) for minutes in range(0, 1400, 100)]
    assert sum(told) == told[0] == 1
    rows = await shop.database.fetch_all("select user_id, action from audit_logs")
    assert ("local", "spending_alert") in {tuple(row.values()) for row in rows}


async def test_what_is_bought_again_is_spent_when_it_is_bought_again(shop: Shop, spend) -> None:
    """An order from long ago, and no history: today's spike."""
    await spend("40.00", days_ago=30)
    assert await found(shop) == []
    await shop.database.execute("update orders set spent_more_at = %s", [NOON])
    assert await found(shop) == [(40_000_000, 0, 10_000_000)]


async def test_the_next_spike_is_told_again(shop: Shop, spend) -> None:
    await spend("40.00", days_ago=2)
    assert len(await found(shop, NOON - 2 * DAY)) == 1
    await spend("200.00")
    assert len(await found(shop)) == 1


async def test_many_who_look_at_once_tell_it_once(shop: Shop, spend) -> None:
    await spend("40.00")
    ends = await asyncio.gather(*(found(shop) for _ in range(8)))
    assert sum(map(len, ends)) == 1
