"""What a production cost goes with it; where it arrives that is told, and counts against nothing."""

from typing import Any

import pytest

from server.archives.rows import AttemptRow
from server.upkeep.alerts import raise_alerts
from state.cost import CostReport, Money
from state.errors import ArchiveRefused
from tests.archives import Rows, changed_rows, members, rows
from tests.integration.archives.conftest import USER, Server
from tools.clock import SystemClock
from tools.ledger.books import costs
from tools.ledger.budgets import day_budget
from tools.ledger.costs import Wanted, read_costs
from tools.ledger.settling import settle, unknown_lines

BILLED, UNKNOWN = Money.usd("30"), Money.usd("50")
TEXT = """
insert into orders (call_key, production_id, user_id, kind, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, cost_quoted, cost_actual, cost_unknown,
    attempt, result)
values (%(key)s, %(production)s, 'local', 'text', 'script', 'scene-1', 'first', 1, 'text', 'openai',
    'gpt-5', '{}', repeat('0', 64), 'done', 1, %(key)s, 80000000, 30000000, 50000000, 2, '{}')
"""
ASKED = """
insert into order_attempts (call_key, number, epoch, provider, model, reserved, outcome, cost, prompt_tokens)
values (%(key)s, 1, 1, 'openai', 'gpt-5', 50000000, 'ambiguous', null, null),
       (%(key)s, 2, 1, 'openai', 'gpt-5-mini', 50000000, 'done', 30000000, 100)
"""
UNMARK = ("update orders set imported_micros = null", "update order_attempts set imported = false")
TOLD_SINCE_0022 = AttemptRow.model_fields.keys() - {
    "call_key", "number", "epoch", "provider", "posted_at", "ended_at", "outcome", "external_id", "detail",
}  # fmt: skip


async def asked(here: Server) -> str:
    """A production that asked a model twice; one answer was lost."""
    production = await here.gated()
    named = {"key": f"{production}:script:scene-1:first", "production": production}
    await here.sql(TEXT, named)
    await here.sql(ASKED, named)
    return production


async def books(server: Server, production: str, *by: Any) -> list[dict[str, Any]]:
    wanted = Wanted(user_id=USER, production_id=production, by=by or ("model", "day"))
    return [dict(row) for row in (await read_costs(server.house.database, wanted, limit=9, offset=0)).rows]


async def mine(server: Server) -> dict[str, int]:
    """What the place's books say of the user, without naming a production."""
    return (await read_costs(server.house.database, Wanted(user_id=USER), limit=9, offset=0)).totals


async def committed(server: Server) -> Money:
    return (await day_budget(server.house.database, USER, default=None)).committed


async def alerts(server: Server) -> int:
    return len(await raise_alerts(server.house.database, moment=SystemClock().now()))


async def test_what_it_cost_is_the_same_where_it_arrives(here: Server, there: Server):
    production = await asked(here)
    archive = await here.export(production)
    await there.bring(archive)
    assert await books(there, production) == await books(here, production) != []
    assert await costs(there.house.database, production) == await costs(here.house.database, production)
    assert [row["origin"] for row in await books(there, production, "origin")] == ["archive"]
    assert members(await there.export(production)) == members(archive)


async def test_an_unknown_price_that_came_with_it_can_be_settled(here: Server, there: Server):
    production = await asked(here)
    await there.bring(await here.export(production))
    database = there.house.database
    [line], _ = await unknown_lines(database, user_id=USER, limit=9, offset=0)
    assert await settle(database, line["line"], BILLED, user_id=USER) == UNKNOWN
    assert await costs(database, production) == CostReport(quoted=UNKNOWN * 2, billed=BILLED * 2)
    assert (await committed(there), (await mine(there))["billed"]) == (Money(), 0)


@pytest.mark.parametrize("marked", [True, False])
async def test_an_import_costs_nothing(here: Server, there: Server, marked: bool):
    """No budget of the day, no credit, no alert, no sum of the place's. Without the marks: all of them."""
    production = await asked(here)
    await there.bring(await here.export(production))
    for statement in UNMARK if not marked else ():
        await there.sql(statement)
    whole = Money() if marked else BILLED + UNKNOWN
    assert (await committed(there), await alerts(there)) == (whole, int(not marked))
    assert (await mine(there))["billed"] == (0 if marked else BILLED.micros)
    await there.sql("update users set credits_remaining = 1 where user_id = 'local'")
    await there.sql("update productions set credits_used = 1, status = 'failed'")
    [user] = await there.sql("select credits_remaining from users where user_id = 'local'")
    await there.sql("update users set credits_remaining = null where user_id = 'local'")
    await there.sql("delete from spending_alerts")
    assert user["credits_remaining"] == (2 if marked else 1)


@pytest.mark.parametrize(
    ("changes", "spent"), [(["reserved = 7"], 7), (["actual = 0"], 0), (["actual = 0", "reserved = 5"], 5)]
)
async def test_what_is_spent_on_it_here_counts(here: Server, there: Server, changes: list[str], spent: int):
    """Also up to what was paid there, when that was given back meanwhile."""
    production = await here.gated()
    await here.buy(production)
    await there.bring(await here.export(production))
    for change in changes:
        await there.sql(f"update orders set cost_{change}")
    assert await committed(there) == Money(micros=spent)
    origins = {row["origin"] for row in await books(there, production, "origin")}
    assert origins == {"here" if spent else "archive"}


async def test_an_archive_from_before_keeps_its_sums(here: Server, there: Server):
    production = await asked(here)

    def older(found: Rows) -> None:
        for row in found:
            for name in TOLD_SINCE_0022:
                del row[name]

    archive = changed_rows(await here.export(production), "attempts", older)
    assert rows(archive, "attempts")[0].keys() == AttemptRow.model_fields.keys() - TOLD_SINCE_0022
    await there.bring(archive)
    [line] = await books(there, production, "model")
    assert (line["model"], line["billed"], line["unknown"]) == ("gpt-5", BILLED.micros, UNKNOWN.micros)
    assert await committed(there) == Money()


@pytest.mark.parametrize(
    "value", [{"cost": -1}, {"reserved": 10**12 + 1}, {"prompt_tokens": 2**31}, {"imported": False}]
)
async def test_made_up_figures_are_refused(here: Server, there: Server, value: dict[str, Any]):
    production = await asked(here)
    archive = changed_rows(await here.export(production), "attempts", lambda found: found[0].update(value))
    with pytest.raises(ArchiveRefused):
        await there.bring(archive)
