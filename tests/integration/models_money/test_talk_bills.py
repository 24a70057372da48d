"""A talk that is hung up, or whose process dies, is of unknown price and can be settled."""

import asyncio

import pytest

from server.runs.sweeper import SLOWNESS_S, _tidy
from tests.fakes import Crash
from tests.integration.models_money.asking import Asker
from tests.standins.model_vendors import Asked, Gate, Said
from tools.ledger import text
from tools.models.roles import longest_timeout_s

GOOD = '{"title": "What was said", "lines": ["A door."]}'
AGED = "update order_attempts set posted_at = clock_timestamp() - make_interval(secs => %s)"
OVER_S = 180.0
"""120 s of patience, and a minute for a machine that is very busy."""


async def hang_up(asker: Asker) -> None:
    """Ask, and go away when the first piece of the answer is about to come."""
    gate = Gate(1)

    def say(asked: Asked) -> Said:
        return Said(text=GOOD, before_piece=gate)

    asker.vendors.openai.brain = say
    task = asyncio.create_task(asker.note("a door", "gpt-5"))
    await gate.reached.heard()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.open()


@pytest.mark.parametrize("booked", [True, False])
async def test_hung_up(asker: Asker, booked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not booked: the control, in which only who has an epoch books what it leaves."""
    if not booked:
        driven = "select greenlight_leave_text(call) as told from (select %(call)s::jsonb as call) one"
        monkeypatch.setitem(text.SQL, "leave", f"{driven} where call->>'epoch' is not null")
    asker.talks = True
    await hang_up(asker)
    costs = await asker.worker.orders.costs(asker.production_id)
    assert (costs.reserved.micros == 0, costs.unknown.micros > 0) == (booked, booked)
    assert await asker.settle_all() == (1 if booked else 0)
    if booked:
        billed, asked, most = await asker.amounts()
        assert billed == asked == most


async def died(asker: Asker, *, ago_s: float) -> None:
    """The process of a talk died when its answer had come; so long ago."""
    asker.talks, asker.dies = True, Crash()
    with pytest.raises(Crash):
        await asker.note("a door", "gpt-5")
    await asker.tills.close()
    await asker.shop.database.execute(AGED, (ago_s,))


@pytest.mark.parametrize(("ago_s", "closed"), [(OVER_S - 15, False), (OVER_S + 1, True)])
async def test_died(asker: Asker, ago_s: float, closed: bool) -> None:
    """Not before the longest patience has passed, and a minute: somebody may be waiting for it."""
    assert longest_timeout_s() + SLOWNESS_S == OVER_S
    await died(asker, ago_s=ago_s)
    held = (await asker.worker.orders.costs(asker.production_id)).reserved.micros
    await _tidy(asker.shop.database, None)
    costs = await asker.worker.orders.costs(asker.production_id)
    assert (costs.reserved.micros, costs.unknown.micros) == ((0, held) if closed else (held, 0))
    if closed:
        assert await asker.settle_all() == 1
        billed, asked, most = await asker.amounts()
        assert billed == asked == most > 0


async def test_a_look_leaves_alone_what_a_run_asks(asker: Asker) -> None:
    """That is its successor's to book."""
    asker.dies = Crash()
    with pytest.raises(Crash):
        await asker.note("a door", "gpt-5")
    await asker.tills.close()
    await asker.shop.database.execute(AGED, (OVER_S * 10,))
    assert await text.close_left(asker.shop.database, older_s=OVER_S) == 0
    assert (await asker.worker.orders.costs(asker.production_id)).reserved.micros > 0
