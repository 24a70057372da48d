"""What was spent: any grouping adds up to the same micro-dollar, and a spreadsheet runs none of it."""

import csv
import io
import time
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from state.errors import BriefIncomplete
from tests.integration.orders.shop import Shop
from tools.ledger.costs import (
    AMOUNTS,
    COLUMNS,
    Dimension,
    Wanted,
    as_csv,
    dollars,
    read_by,
    read_costs,
    safe_cell,
)

ADD = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, intent_at,
    cost_quoted, cost_reserved, cost_actual, cost_refunded, cost_unknown)
select %(production)s || ':' || n, %(production)s::uuid, 'local', 'take', 1 + n / 4 || chr(65 + n %% 4),
    'first', n, (array['video', 'image', 'voice', 'music', 'text'])[1 + n %% 5],
    (array['fal', 'replicate'])[1 + n %% 2], 'model-' || n %% 7, '{}', '',
    (array['done', 'failed'])[1 + n %% 2], 1, %(production)s || n, now() - make_interval(hours => n),
    n * 7, n %% 3, n * 5 + 1, n %% 11, n %% 2
from generate_series(1, %(many)s) n
"""
CHANGE = "update orders set item = %(item)s, cause = %(cause)s where take_number = %(n)s"
RUN = """
insert into runs (run_id, production_id, user_id, kind, status, input)
values (%(run)s, %(production)s, 'local', 'resume', 'completed', %(input)s)
"""
GATE_ENDED = """
insert into events (production_id, seq, event_id, run_id, method, payload)
values (%(production)s, %(n)s, 'tasks:' || %(run)s || ':' || %(task)s || ':end', %(run)s::uuid, 'tasks', '{}')
"""
MINE = Wanted(user_id="local")


async def bought(shop: Shop, many: int = 60) -> str:
    production = await shop.production()
    await shop.database.execute(ADD, {"production": production, "many": many})
    return production


async def all_rows(shop: Shop, wanted: Wanted) -> tuple[list[dict[str, Any]], dict[str, int]]:
    found = await read_costs(shop.database, wanted, limit=10_000, offset=0)
    return [dict(row) for row in found.rows], found.totals


@pytest.mark.parametrize("by", [*COLUMNS, ""])
async def test_every_grouping_adds_up_to_the_rows(shop: Shop, by: str) -> None:
    """S2-090, S4-084."""
    productions = [await bought(shop), await bought(shop, 31)]
    wanted = Wanted(user_id="local", by=read_by(by), production_id=productions[0])
    rows, totals = await all_rows(shop, wanted)
    for name in AMOUNTS:
        assert sum(row[name] for row in rows) == totals[name]
    booked = await shop.database.fetch_one(
        "select count(*) as lines, sum(cost_actual)::bigint as billed from orders where production_id = %s",
        [productions[0]],
    )
    assert booked is not None
    assert (totals["lines"], totals["billed"]) == (booked["lines"], booked["billed"])


async def test_the_kinds_are_the_missions(shop: Shop) -> None:
    """S4-085."""
    await bought(shop)
    rows, _ = await all_rows(shop, Wanted(user_id="local", by=("kind",)))
    assert {row["kind"]: row["lines"] for row in rows} == {"audio": 24, "image": 12, "llm": 12, "video": 12}


async def test_a_page_has_the_sums_of_all_pages(shop: Shop) -> None:
    await bought(shop)
    whole, totals = await all_rows(shop, MINE)
    first, beyond = [await read_costs(shop.database, MINE, limit=7, offset=offset) for offset in (0, 700)]
    assert (first.groups, first.totals) == (beyond.groups, beyond.totals) == (60, totals)
    assert [dict(row)["line"] for row in first.rows] == [row["line"] for row in whole[:7]]
    assert beyond.rows == []


async def test_a_span_holds_its_beginning_and_not_its_end(shop: Shop) -> None:
    await bought(shop, 2)
    [late, early] = await shop.database.fetch_all("select intent_at from orders order by intent_at desc")
    span = Wanted(user_id="local", since=early["intent_at"], until=late["intent_at"])
    assert (await all_rows(shop, span))[1]["lines"] == 1


async def test_nobody_sees_anothers(shop: Shop) -> None:
    await bought(shop)
    assert (await all_rows(shop, Wanted(user_id="somebody")))[1]["lines"] == 0
    assert (await all_rows(shop, Wanted(user_id=None)))[1]["lines"] == 60


async def test_a_slate_is_a_shot_and_its_takes(shop: Shop) -> None:
    await bought(shop, 3)
    for number, item in enumerate(("1B", "12A/1", "episode"), start=1):
        await shop.database.execute(CHANGE, {"n": number, "item": item, "cause": "first"})
    rows, _ = await all_rows(shop, Wanted(user_id="local", by=("shot", "take")))
    assert [(row["shot"], row["take"]) for row in rows] == [
        ("", "episode-3"), ("12A", "12A-2"), ("1B", "1B-1"),
    ]  # fmt: skip


async def test_an_answer_shows_what_it_cost(shop: Shop) -> None:
    """S3-73: GREEN is what was approved, YELLOW and RED what an answer asked for anew."""
    production = await bought(shop, 6)
    causes = [
        ("1A", "first"), ("1A", "gate-1"), ("1B/2", "gate-1"), ("episode", "gate-1"), ("1A", "redo-1"),
        ("1A", "gate-9"),
    ]  # fmt: skip
    for number, (item, cause) in enumerate(causes, start=1):
        await shop.database.execute(CHANGE, {"n": number, "item": item, "cause": cause})
    reply = {"items": {"1A": {"light": "RED"}, "1B": {"light": "YELLOW", "note": "closer"}}}
    run = str(uuid.uuid4())
    answer = Jsonb({"interrupt_id": "i", "reply": reply})
    await shop.database.execute(RUN, {"run": run, "production": production, "input": answer})
    await shop.database.execute(GATE_ENDED, {"production": production, "n": 1, "run": run, "task": "gate-1"})
    rows, totals = await all_rows(shop, Wanted(user_id="local", by=("action",), production_id=production))
    assert {row["action"]: row["lines"] for row in rows} == {
        "GREEN": 1, "RED": 2, "YELLOW": 1, "redo": 1, "other": 1,
    }  # fmt: skip
    assert sum(row["billed"] for row in rows) == totals["billed"]


async def test_the_csv_is_what_the_rows_are(shop: Shop) -> None:
    await bought(shop)
    await shop.database.execute("update orders set model = '=1+1, \"a\"\u00f1' where take_number = 3")
    text = b"".join(await as_csv(shop.database, MINE)).decode("utf-8")
    assert text.endswith("\r\n")
    header, *lines = list(csv.reader(io.StringIO(text, newline="")))
    rows, _ = await all_rows(shop, MINE)
    assert header == [*MINE.names, "lines", *(f"{name}_usd" for name in AMOUNTS)]
    assert [line[-5:] for line in lines] == [[dollars(row[name]) for name in AMOUNTS] for row in rows]
    assert '\'=1+1, "a"\u00f1' in {line[header.index("model")] for line in lines}


@pytest.mark.parametrize("by", ["colour", "kind,drop table orders", "line;--"])
def test_what_is_nothing_to_group_by_is_named(by: str) -> None:
    with pytest.raises(BriefIncomplete, match="is nothing to group by"):
        read_by(by)
    with pytest.raises(BriefIncomplete, match="within one production"):
        Wanted(user_id="local", by=("action",))


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe_cell(text).removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("micros", "shown"), [(0, "0.00"), (1, "0.000001"), (1_500_000, "1.50"), (10**9, "1000.00")]
)
def test_amounts_are_exact(micros: int, shown: str) -> None:
    assert dollars(micros) == shown


@pytest.mark.soak
@pytest.mark.parametrize("by", [("kind", "model"), ("day",), ("production", "shot", "take"), ()])
async def test_a_hundred_thousand_orders(shop: Shop, by: tuple[Dimension, ...]) -> None:
    """Well under half a second."""
    for _ in range(10):
        await bought(shop, 10_000)
    await shop.database.execute("analyze orders")
    began = time.perf_counter()
    found = await read_costs(shop.database, Wanted(user_id="local", by=by), limit=20, offset=0)
    took_s = time.perf_counter() - began
    print(by, found.groups, f"{took_s:.3f} s")
    assert found.totals["lines"] == 100_000
    assert took_s < 0.5
