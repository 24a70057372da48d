"""What was used, in sum: the figures of the routes are those of the rows (S2-089, S4-100)."""

from typing import Any

from tests.integration.api.conftest import Lot
from tests.integration.api.making import another_user

PRODUCTION = "00000000-0000-4000-8000-00000000000"
PRODUCTIONS = [
    (1, "local", "completed", "2026-03-01"), (2, "local", "completed", "2026-03-02"),
    (3, "local", "failed", "2026-03-03"), (4, "local", "paused", "2026-04-01"),
    (5, "other", "cancelled", "2026-03-04"), (6, "other", "draft", "2026-03-04"),
]  # fmt: skip
RUNS = [
    (1, "start", "paused", "2026-03-01T00:00Z", "2026-03-01T00:01Z"),
    (1, "resume", "completed", "2026-03-05T00:00Z", "2026-03-05T00:02Z"),
    (2, "start", "completed", "2026-03-02T00:00Z", "2026-03-02T00:01Z"),
]
ORDERS = [
    (1, 1, "local", "video", "fal", "done", "2026-03-01T01:00Z", 0, 900_000, 0, 0),
    (2, 1, "local", "video", "fal", "failed", "2026-03-01T02:00Z", 0, 0, 1_000_000, 0),
    (3, 5, "other", "video", "fal", "unknown", "2026-03-04T01:00Z", 0, 0, 0, 1_000_000),
    (4, 5, "other", "image", "fal", "submitted", "2026-03-04T02:00Z", 3_000, 0, 0, 0),
    (5, 4, "local", "text", "text", "done", "2026-04-01T01:00Z", 0, 25, 0, 0),
]
ADD_PRODUCTION = """
insert into productions (production_id, user_id, graph, status, created_at)
values ((%(prefix)s || %(n)s)::uuid, %(user)s, 'novela', %(status)s, %(at)s::timestamptz)
"""
ADD_RUN = """
insert into runs (production_id, user_id, kind, status, started_at, ended_at)
values ((%(prefix)s || %(n)s)::uuid, 'local', %(kind)s, %(status)s, %(began)s::timestamptz,
    %(ended)s::timestamptz)
"""
ADD_ORDER = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, intent_at,
    cost_quoted, cost_reserved, cost_actual, cost_refunded, cost_unknown)
values (%(key)s, (%(prefix)s || %(n)s)::uuid, %(user)s, 'take', %(key)s, 'first', 1, %(medium)s, %(engine)s,
    'x', '{}', '', %(state)s, 1, %(key)s, %(at)s::timestamptz,
    1000000, %(reserved)s, %(billed)s, %(refunded)s, %(unknown)s)
"""


async def seeded(lot: Lot) -> None:
    await another_user(lot)
    rows: list[tuple[str, str, list[Any]]] = [
        (ADD_PRODUCTION, "n user status at", PRODUCTIONS), (ADD_RUN, "n kind status began ended", RUNS),
        (ADD_ORDER, "key n user medium engine state at reserved billed refunded unknown", ORDERS),
    ]  # fmt: skip
    for statement, names, values in rows:
        for row in values:
            named = dict(zip(names.split(), map(str, row), strict=True))
            await lot.database.execute(statement, {"prefix": PRODUCTION, **named})


async def usage(lot: Lot, **span: str) -> Any:
    answer = await lot.client.get("/api/admin/usage", params=span)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_the_totals_are_those_of_the_rows(lot: Lot) -> None:
    await seeded(lot)
    found = await usage(lot)
    counts = ("activeUsers", "productions", "working", "waiting", "completed", "failed", "cancelled")
    assert [found[name] for name in counts] == [2, 5, 0, 1, 2, 1, 1]
    assert found["billed"] == "0.900025"
    [image, video, text] = found["engines"]
    assert (image["engine"], image["medium"], image["orders"], image["reserved"]) == (
        "fal",
        "image",
        1,
        "0.003",
    )
    assert (video["orders"], video["done"], video["failed"], video["parked"]) == (3, 1, 1, 1)
    told = [video[name] for name in ("quoted", "billed", "refunded", "unknown")]
    assert told == ["3.00", "0.90", "1.00", "1.00"]
    assert (text["engine"], text["billed"]) == ("text", "0.000025")


async def test_a_span_holds_its_beginning_and_not_its_end(lot: Lot) -> None:
    await seeded(lot)
    march = await usage(lot, since="2026-03-01T00:00:00Z", until="2026-04-01T00:00:00Z")
    assert (march["productions"], march["waiting"], march["billed"]) == (4, 0, "0.90")
    april = await usage(lot, since="2026-04-01T00:00:00Z")
    assert (april["productions"], april["billed"]) == (1, "0.000025")
    later = await usage(lot, since="2026-05-01T00:00:00Z")
    assert (later["productions"], later["billed"], later["engines"]) == (0, "0.00", [])


async def test_a_moment_without_its_offset_is_refused(lot: Lot) -> None:
    answer = await lot.client.get("/api/admin/usage", params={"since": "2026-03-01T00:00:00"})
    assert answer.status_code == 422


async def test_ones_own_average_and_success_are_those_of_ones_own_rows(lot: Lot) -> None:
    """S4-100: three minutes and one minute of work, four days at a gate; two of three delivered."""
    empty = (await lot.client.get("/api/stats")).json()["data"]
    assert (empty["averageWorkS"], empty["successRate"]) == (None, None)
    await seeded(lot)
    found = (await lot.client.get("/api/stats")).json()["data"]
    assert found["averageWorkS"] == 120
    assert round(found["successRate"], 3) == 0.667
