"""Text that may not be paid holds the run up, and what was answered by then is not asked for again."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from server.composition import Parts
from state.cost import Money
from tests.acceptance.live_house import Writer, live_house
from tests.acceptance.studio_lot import USER, Walk, begin
from tests.standins.model_vendors import Asked, Said, Vendors
from tests.standins.model_vendors.faults import busy
from tools.ledger.budgets import set_ceiling, set_day_budget, set_text_allowance
from tools.ledger.stops import Stops

House = tuple[Parts, Vendors, Writer]
QUESTIONS = 3
PLENTY = Money.usd("20")


@pytest.fixture
async def live(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[House]:
    async with live_house(database_url, tmp_path / "data", voice_models) as opened:
        yield opened


async def committed(walk: Walk) -> Money:
    costs = await walk.parts.tools.orders.costs(walk.production_id)
    return Money(micros=costs.reserved.micros + costs.billed.micros + costs.unknown.micros)


async def stop(walk: Walk) -> None:
    await Stops(walk.parts.tools.database).stop(USER, by="local", reason="look first")


async def release(walk: Walk) -> None:
    await Stops(walk.parts.tools.database).release(USER, by="local")


async def no_more_ceiling(walk: Walk) -> None:
    limit = await committed(walk)
    await set_ceiling(walk.parts.tools.database, walk.production_id, limit, user_id=USER)


async def raise_ceiling(walk: Walk) -> None:
    await set_ceiling(walk.parts.tools.database, walk.production_id, PLENTY, user_id=USER)


async def no_more_today(walk: Walk) -> None:
    await set_day_budget(walk.parts.tools.database, USER, await committed(walk), by="local")


async def raise_day(walk: Walk) -> None:
    await set_day_budget(walk.parts.tools.database, USER, PLENTY, by="local")


Step = Callable[[Walk], Awaitable[None]]
HELD: dict[str, tuple[Step, Step, str]] = {
    "stop": (stop, release, "spending_stopped"),
    "ceiling": (no_more_ceiling, raise_ceiling, "budget_exceeded"),
    "day budget": (no_more_today, raise_day, "day_budget_exceeded"),
}


@pytest.mark.parametrize("why", HELD)
async def test_a_held_up_run_goes_on_with_the_next_question(live: House, why: str) -> None:
    parts, vendors, writer = live
    hold, let_go, code = HELD[why]
    walks: list[Walk] = []

    async def say(asked: Asked) -> Said:
        """The first answer comes while the money ends."""
        if not writer.asked:
            await hold(walks[0])
        return writer(asked)

    vendors.openai.brain = say
    walks.append(await begin(parts, context={"text_model": "gpt-5"}))
    [walk] = walks
    await held(walk, code)
    assert len(writer.asked) == 1
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    await held(walk, code)
    assert len(writer.asked) == 1, "resumed too early it asks nothing"
    await let_go(walk)
    await to_the_gate(walk, live)


async def test_a_raised_text_allowance_lets_the_run_go_on(live: House) -> None:
    """Nothing at first, then as much as the first question may cost, then enough."""
    parts, _, writer = live
    walk = await begin(parts, context={"text_model": "gpt-5", "text_allowance_usd": "0"})
    error = await held(walk, "text_allowance_used_up")
    assert writer.asked == []
    first = Money(micros=error["details"]["needed_micros"])
    for allowance, asked in ((first - Money(micros=1), 0), (first, 1)):
        await set_text_allowance(parts.tools.database, walk.production_id, allowance, user_id=USER)
        await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
        await held(walk, "text_allowance_used_up")
        assert len(writer.asked) == asked
    await set_text_allowance(parts.tools.database, walk.production_id, PLENTY, user_id=USER)
    await to_the_gate(walk, live)


async def held(walk: Walk, code: str) -> dict[str, Any]:
    state = await walk.to_end("paused")
    assert state.interrupts == []
    error: dict[str, Any] = dict(state.error or {})
    assert error["code"] == code
    return error


async def to_the_gate(walk: Walk, live: House) -> None:
    """Every question was asked once, and is booked for what the vendor asks."""
    parts, vendors, writer = live
    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    await walk.to_gate("approve_budget")
    asked = [one.turns[0].text for one in writer.asked]
    assert len(asked) == len(set(asked)) == QUESTIONS
    costs = await parts.tools.orders.costs(walk.production_id)
    assert (costs.billed.micros, costs.unknown.micros) == (vendors.books.micro_usd(), 0)


async def test_a_vendor_that_wants_to_be_left_alone_for_a_day_pauses_the_run_at_once(live: House) -> None:
    """The page and the terminal say when to come back; resumed then, nothing is asked twice."""
    _, vendors, _ = live
    vendors.openai.faults.append(busy(86400))
    walk = await begin(live[0], context={"text_model": "gpt-5"})
    error = await held(walk, "provider_busy")
    assert error["details"]["retry_after_s"] == 86400
    assert error["details"]["retry_at"][:10] in error["user_action"]
    await to_the_gate(walk, live)
