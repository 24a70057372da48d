"""What one user spent is found without reading what everybody spent, whoever has the database planned."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg import sql

from tests.integration.orders.shop import Shop
from tools.ledger.costs import Wanted, page_statement
from tools.ledger.settling import SQL as SETTLING

USERS = (
    "insert into users (user_id) select 'payer-' || n from generate_series(1, 20) n on conflict do nothing"
)
PRODUCTIONS = """
insert into productions (user_id, graph)
select 'payer-' || 1 + n %% 20, 'novela' from generate_series(1, %s) n
"""
ORDERS = """
insert into orders (call_key, production_id, user_id, kind, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, cost_quoted, cost_actual, cost_unknown,
    attempt)
select p.production_id || ':' || n, p.production_id, p.user_id,
    case n %% 2 when 0 then 'text' else 'engine' end, 'take', n, 'first', n,
    case n %% 2 when 0 then 'text' else 'video' end, 'openai', 'gpt-5', '{}', '', 'done', 1,
    p.production_id || '-' || n, 7, 5, case when n %% 50 = 0 then 3 else 0 end, 2
from productions p, generate_series(1, 100) n where p.user_id <> 'local' and %s > 0
"""
ATTEMPTS = """
insert into order_attempts (call_key, number, epoch, provider, model, reserved, outcome, cost)
select o.call_key, k, 1, 'openai', 'gpt-5', 7, 'done', case when k = 2 or o.cost_unknown = 0 then 5 end
from orders o, generate_series(1, 2) k where o.kind = 'text' and %s > 0
"""
FORGET = (
    "delete from productions",
    "delete from users where user_id like 'payer-%%'",
    "analyze orders, order_attempts",
)
MINE = {
    "all": Wanted(user_id="payer-1", by=("kind",)),
    "each": Wanted(user_id="payer-1"),
    "of a day": Wanted(user_id="payer-1", by=("kind",), since=datetime.now(UTC) - timedelta(days=1)),
}


@pytest.fixture
async def everybody(shop: Shop) -> Any:
    """Six thousand orders of twenty users, and as many requests."""
    for statement in (USERS, PRODUCTIONS, ORDERS, ATTEMPTS):
        await shop.database.execute(statement, [60] if "%s" in statement else None)
    await shop.database.execute("analyze orders, order_attempts, productions")
    yield shop
    for statement in FORGET:
        await shop.database.execute(statement.replace("%%", "%"))


async def plan(shop: Shop, statement: sql.Composed, params: dict[str, Any]) -> str:
    async with shop.database.connection() as connection:
        cursor = await connection.execute(sql.SQL("explain ") + statement, params)
        return "\n".join(str(row["QUERY PLAN"]) for row in await cursor.fetchall())


def reads_everybodys(found: str) -> bool:
    return "Seq Scan on order_attempts" in found or "Seq Scan on orders" in found


@pytest.mark.parametrize("which", MINE)
async def test_my_costs_are_found_without_everybodys(everybody: Shop, which: str) -> None:
    wanted = MINE[which]
    found = await plan(everybody, page_statement(wanted), wanted.params | {"limit": 20, "offset": 0})
    assert "order_attempts" in found
    assert not reads_everybodys(found), found


async def test_by_whose_the_orders_are_they_would_be_read(everybody: Shop) -> None:
    """The control: requests that do not say whose they are."""
    view = await everybody.database.fetch_one("select pg_get_viewdef('spending_lines'::regclass) as told")
    assert view is not None
    assert "a.user_id" in view["told"]
    unsaid = "with spending_lines as (" + view["told"].replace("a.user_id", "o.user_id").rstrip(";") + ") "
    wanted = MINE["all"]
    inside = page_statement(wanted).as_string(None).replace("with found", ", found", 1)
    statement = sql.SQL(unsaid + inside)  # type: ignore[arg-type]  # the view's own words
    found = await plan(everybody, sql.Composed([statement]), wanted.params | {"limit": 20, "offset": 0})
    assert "Seq Scan on order_attempts" in found


@pytest.mark.parametrize("guard", ["on", "off"])
async def test_the_costs_of_all_are_found_by_the_moment(everybody: Shop, guard: str) -> None:
    """What an administrator reads of a day is not all that was ever asked."""
    wanted = Wanted(user_id=None, by=("user",), since=datetime.now(UTC))
    async with everybody.database.connection() as connection, connection.transaction(force_rollback=True):
        if guard == "off":
            await connection.execute("drop index order_attempts_told")
        cursor = await connection.execute(
            sql.SQL("explain ") + page_statement(wanted), wanted.params | {"limit": 20, "offset": 0}
        )
        found = "\n".join(str(row["QUERY PLAN"]) for row in await cursor.fetchall())
    assert ("Seq Scan on order_attempts" in found) == (guard == "off"), found


@pytest.mark.parametrize("user", ["payer-1", None])
async def test_what_is_unknown_is_found_by_the_orders_that_have_it(everybody: Shop, user: str | None) -> None:
    asked = {"user": user, "limit": 20, "offset": 0}
    found = await plan(everybody, sql.Composed([sql.SQL(SETTLING["unknown"])]), asked)  # type: ignore[arg-type]
    assert "Seq Scan on order_attempts" not in found
    assert user is None or "orders_unknown_text" in found, found


async def test_a_days_budget_is_added_up_by_what_the_user_let_go_that_day(everybody: Shop) -> None:
    moment = {"since": datetime.now(UTC)}
    statement = sql.SQL("select sum(micros) from greenlight_spent_since('payer-1', %(since)s)")
    found = await plan(everybody, sql.Composed([statement]), moment)
    assert "orders_spending" in found
    assert "order_attempts_told" in found
    assert not reads_everybodys(found), found
