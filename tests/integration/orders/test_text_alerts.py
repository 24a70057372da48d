"""S1-05: what language models cost beyond a limit is told once; pictures and clips do not count."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.runs import sweeper
from server.upkeep.alerts import raise_alerts
from server.upkeep.text_alerts import raise_text_alerts
from state.cost import Money
from tests.integration.orders.shop import Shop
from tools.ending import end_tasks

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
LIMIT = Money.usd("5.00")
ADD_ORDER = """
insert into orders (call_key, production_id, user_id, kind, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, owner_epoch, webhook_token, intent_at, cost_actual, attempt)
values (%(key)s, %(production)s, %(user)s, %(kind)s, 's', %(key)s, 'first', 1, %(medium)s, 'openai', 'gpt-5',
    '{}', '', 1, %(key)s, %(at)s, %(micros)s, 1)
"""
ADD_REQUEST = """
insert into order_attempts (call_key, number, epoch, provider, model, reserved, cost, outcome, posted_at,
    imported)
values (%(key)s, 1, 1, 'openai', 'gpt-5', %(reserved)s, %(cost)s, %(outcome)s, %(at)s, %(imported)s)
"""
Ask = Callable[..., Awaitable[None]]


@pytest.fixture
def ask(shop: Shop, production: str) -> Ask:
    """One question to a language model, or a clip."""

    async def asked(
        usd: str, *, ago: timedelta = timedelta(minutes=30), kind: str = "text", user: str = "local",
        outcome: str = "done", imported: bool = False, of: str | None = production,
    ) -> None:  # fmt: skip
        micros, medium = Money.usd(usd).micros, "text" if kind == "text" else "video"
        named = {
            "key": f"{user} {kind} {outcome} {usd} {ago}", "production": of, "user": user, "kind": kind,
            "medium": medium, "at": NOON - ago, "micros": micros, "outcome": outcome, "reserved": micros,
            "cost": micros if outcome == "done" else None, "imported": imported,
        }  # fmt: skip
        await shop.database.execute(ADD_ORDER, named)
        if kind == "text":
            await shop.database.execute(ADD_REQUEST, named)

    return asked


async def found(shop: Shop, moment: datetime = NOON, limit: Money = LIMIT) -> list[tuple[str, int, int]]:
    rows = await raise_text_alerts(shop.database, limit, moment=moment)
    return [(row["user_id"], row["spent_micros"], row["limit_micros"]) for row in rows]


@pytest.mark.parametrize(("usd", "told"), [("5.00", []), ("5.000001", [("local", 5_000_001, 5_000_000)])])
async def test_a_micro_dollar_beyond_the_limit_is_told(shop: Shop, ask: Ask, usd: str, told: list[object]):
    await ask(usd)
    assert await found(shop) == told


async def test_requests_add_up_whatever_became_of_them(shop: Shop, ask: Ask):
    """Billed, on its way, lost; in a production, and in none."""
    await ask("2.00")
    await ask("1.50", outcome="sent")
    await ask("1.50", outcome="ambiguous")
    assert await found(shop) == []
    await ask("0.000001", of=None)
    assert await found(shop) == [("local", 5_000_001, 5_000_000)]


async def test_only_language_models_count(shop: Shop, ask: Ask):
    await ask("5.00")
    await ask("900.00", kind="engine")
    assert await found(shop) == []


async def test_what_an_archive_brought_was_paid_elsewhere(shop: Shop, ask: Ask):
    await ask("5.00")
    await ask("900.00", imported=True)
    assert await found(shop) == []


@pytest.mark.parametrize(("ago", "told"), [(DAY - MOMENT, 1), (DAY, 0)])
async def test_a_day_is_looked_back(shop: Shop, ask: Ask, ago: timedelta, told: int):
    await ask("5.01", ago=ago)
    assert len(await found(shop)) == told


async def test_a_request_counts_when_it_left_however_old_its_order_is(shop: Shop, ask: Ask):
    await ask("5.01", ago=DAY * 3)
    assert await found(shop) == []
    await shop.database.execute("update order_attempts set posted_at = %s", [NOON - timedelta(hours=1)])
    assert len(await found(shop)) == 1


async def test_each_user_has_the_limit_for_themselves(shop: Shop, ask: Ask):
    await shop.database.execute(
        "insert into users (user_id, name) values ('ana', 'Ana') on conflict do nothing"
    )
    await ask("4.00")
    await ask("4.00", user="ana", of=None)
    assert await found(shop) == []
    await ask("1.01", user="ana", of=None)
    assert await found(shop) == [("ana", 5_010_000, 5_000_000)]


async def test_it_is_told_once_a_day_however_much_more_comes(shop: Shop, ask: Ask):
    await ask("6.00")
    assert len(await found(shop)) == 1
    for hours in (1, 12, 23):
        await ask("6.00", ago=-timedelta(hours=hours))
        assert await found(shop, NOON + timedelta(hours=hours)) == []
    assert await found(shop, NOON + DAY - MOMENT) == []
    assert len(await found(shop, NOON + DAY)) == 1


async def test_many_who_look_at_once_tell_it_once(shop: Shop, ask: Ask):
    await ask("6.00")
    ends = await asyncio.gather(*(found(shop) for _ in range(8)))
    assert sum(map(len, ends)) == 1


async def test_a_spike_is_told_beside_it(shop: Shop, ask: Ask):
    """Neither silences the other."""
    await ask("40.00")
    assert len(await found(shop)) == 1
    assert len(await raise_alerts(shop.database, moment=NOON)) == 1
    rows = await shop.database.fetch_all("select action from audit_logs order by audit_id")
    assert [row["action"] for row in rows] == ["text_spending_alert", "spending_alert"]


async def test_the_sweeper_looks(shop: Shop, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    await ask("5.01", ago=NOON - datetime.now(UTC))
    told = asyncio.get_running_loop().create_future()

    async def look(*arguments: Any) -> None:
        told.set_result(await raise_text_alerts(*arguments))

    monkeypatch.setattr(sweeper, "raise_text_alerts", look)
    sweeping = asyncio.create_task(sweeper.sweep_forever(shop.database, every_s=600, text_alert=LIMIT))
    [row] = await asyncio.wait_for(told, 10)
    await end_tasks([sweeping])

    assert (row["user_id"], row["spent_micros"], row["limit_micros"]) == ("local", 5_010_000, 5_000_000)
