"""Text that belongs to no production: stopped, budgeted, booked and settled as a user's own."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from state.cost import Money
from state.errors import DayBudgetExceeded, ProviderTimeout, SpendingStopped
from state.order import TextAnswer
from tests.builders import a_text_order
from tests.fakes import Crash
from tests.integration.orders.shop import TEXT_PRICE as PRICE
from tests.integration.orders.shop import TEXT_RESERVE as RESERVE
from tests.integration.orders.shop import Shop, Writer
from tools.db.pool import Database
from tools.ledger import text
from tools.ledger.costs import Wanted, read_costs
from tools.ledger.ledger import Ledger
from tools.ledger.settling import settle, unknown_lines
from tools.ledger.stops import Stops
from tools.ledger.text import close_left
from tools.orders.asking import Call, ask_alone

A_MOMENT, TOO_LONG = "59 minutes", "61 minutes"


@dataclass
class Lone:
    """One user who asks outside any production."""

    database: Database
    day_budget: Money | None = None
    keys: list[str] = field(default_factory=list)

    async def ask(self, call: Call, *, user_id: str = "local") -> TextAnswer:
        order = a_text_order().model_copy(update={"production_id": "", "item": uuid.uuid4().hex})
        self.keys.append(order.call_key)
        return await ask_alone(
            Ledger(self.database, day_budget=self.day_budget), order, call, user_id=user_id
        )

    async def amounts(self, user_id: str = "local") -> dict[str, int]:
        found = await read_costs(self.database, Wanted(user_id=user_id), limit=100, offset=0)
        return {name: found.totals[name] for name in ("reserved", "billed", "unknown")}


@pytest.fixture
def lone(database: Database) -> Lone:
    return Lone(database)


async def test_it_stands_in_the_books_of_its_user(lone: Lone) -> None:
    answer = await lone.ask(Writer(), user_id="ana")
    assert answer.cost == PRICE
    wanted = Wanted(user_id="ana", by=("kind", "provider", "model", "user", "production"))
    [row] = (await read_costs(lone.database, wanted, limit=10, offset=0)).rows
    named = {"kind": "llm", "provider": "openai", "model": "gpt-5", "user": "ana", "production": ""}
    assert named.items() <= row.items()
    assert (row["billed"], row["reserved"], row["unknown"]) == (PRICE.micros, 0, 0)
    assert await lone.amounts("local") == {"reserved": 0, "billed": 0, "unknown": 0}


@pytest.mark.parametrize(("stopped", "held"), [(None, True), ("local", True), ("ana", False)])
async def test_a_stop_holds_it(lone: Lone, stopped: str | None, held: bool) -> None:
    """Another user's stop is the control."""
    await Stops(lone.database).stop(stopped, by="somebody")
    sent: list[bool] = []

    async def call(booking: Any) -> TextAnswer:
        answer = await Writer()(booking)
        sent.append(True)
        return answer

    if held:
        with pytest.raises(SpendingStopped):
            await lone.ask(call)
    else:
        await lone.ask(call)
    assert (sent == []) == held
    assert (await lone.amounts())["billed"] == (0 if held else PRICE.micros)


@pytest.mark.parametrize("room", [0, -1])
async def test_the_budget_of_the_day_holds_to_the_micro_dollar(lone: Lone, shop: Shop, room: int) -> None:
    """What productions have spent counts, and what this spends counts for them."""
    worker = await shop.worker(await shop.production())
    await worker.ask(a_text_order(worker.lease.production_id), Writer())
    await worker.orders.close()
    lone.day_budget = Money(micros=PRICE.micros + RESERVE.micros + room)
    if room < 0:
        with pytest.raises(DayBudgetExceeded) as refused:
            await lone.ask(Writer())
        assert refused.value.details["committed_micros"] == PRICE.micros
    else:
        await lone.ask(Writer())
    spent = await lone.database.fetch_one("select greenlight_day_spent('local', now()) as micros")
    assert spent == {"micros": PRICE.micros * (1 if room < 0 else 2)}


async def test_a_lost_answer_is_unknown_until_somebody_settles_it(lone: Lone) -> None:
    with pytest.raises(ProviderTimeout) as lost:
        await lone.ask(Writer(ProviderTimeout(kind="ambiguous")))
    assert Money.usd(lost.value.details["perhaps_charged_usd"]) == RESERVE
    assert await lone.amounts() == {"reserved": 0, "billed": 0, "unknown": RESERVE.micros}
    [line], many = await unknown_lines(lone.database, user_id="local", limit=10, offset=0)
    assert (line["line"], line["production_id"], many) == (f"{lone.keys[0]}#1", "", 1)
    assert await settle(lone.database, line["line"], PRICE, user_id="local") == RESERVE
    assert await lone.amounts() == {"reserved": 0, "billed": PRICE.micros, "unknown": 0}


@pytest.mark.parametrize(("since", "unknown"), [(A_MOMENT, 0), (TOO_LONG, RESERVE.micros)])
async def test_what_a_dead_process_asked_is_unknown_after_an_hour(
    lone: Lone, since: str, unknown: int
) -> None:
    with pytest.raises(Crash):
        await lone.ask(Writer(Crash()))
    await lone.database.execute(f"update orders set intent_at = now() - interval '{since}'")
    await lone.ask(Writer())
    assert (await lone.amounts())["unknown"] == unknown


@pytest.mark.parametrize(("ago_s", "closed"), [(179, 0), (181, 1)])
async def test_what_a_dead_process_asked_is_unknown_though_its_user_asks_no_more(
    lone: Lone, ago_s: int, closed: int
) -> None:
    """Not before the longest patience has passed; twice is once."""
    with pytest.raises(Crash):
        await lone.ask(Writer(Crash()))
    await lone.database.execute(
        "update order_attempts set posted_at = clock_timestamp() - make_interval(secs => %s)", (ago_s,)
    )
    assert [await close_left(lone.database, older_s=180) for _ in range(2)] == [closed, 0]
    held = RESERVE.micros
    assert await lone.amounts() == {
        "reserved": held * (1 - closed), "billed": 0, "unknown": held * closed,
    }  # fmt: skip


ORDER_FIRST = ("for update of a skip locked", "for no key update of o skip locked")


@pytest.mark.parametrize("guard", [True, False])
async def test_a_look_waits_for_nobody_who_ends_it(lone: Lone, guard: bool) -> None:
    """The control takes the order first, and waits with it for the request: neither would ever go on."""
    with pytest.raises(Crash):
        await lone.ask(Writer(Crash()))
    look = text.SQL["close_left"] if guard else text.SQL["close_left"].replace(*ORDER_FIRST)
    async with lone.database.transaction() as ends:
        await ends.execute("select 1 from order_attempts for update")
        async with lone.database.transaction() as looks:
            await looks.execute("set local lock_timeout = '100ms'")
            if guard:
                found = await (await looks.execute(look, {"older_s": 0})).fetchone()
                assert found == {"closed": 0}
            else:
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    async with looks.transaction():
                        await looks.execute(look, {"older_s": 0})
        await ends.execute("update orders set cost_reserved = 0")


async def test_who_ends_it_waits_for_the_look_and_goes_on(lone: Lone) -> None:
    with pytest.raises(Crash):
        await lone.ask(Writer(Crash()))
    end = "select greenlight_end_text(%s, null)"
    async with lone.database.transaction() as looks:
        await looks.execute(text.SQL["close_left"], {"older_s": 0})
        ending = asyncio.create_task(lone.database.execute(end, (lone.keys[0],)))
        await lone.database.execute("select 1")
    await ending
    assert await lone.amounts() == {"reserved": 0, "billed": 0, "unknown": RESERVE.micros}


async def test_only_text_may_belong_to_no_production(lone: Lone) -> None:
    await lone.ask(Writer())
    with pytest.raises(psycopg.errors.CheckViolation):
        await lone.database.execute("update orders set kind = 'engine'")
