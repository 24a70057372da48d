"""What must be true afterwards, whatever happened: read from the rows, the provider's own book and the files.

Nothing of the product judges itself here: plain SQL, a list of POSTs, digests of files.
"""

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.acceptance.faults.changes import states_that_do_not_follow
from tests.acceptance.faults.day import GATES, ORDERS, STEPS
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("audit.sql"))
MUST_BE_EMPTY = (
    "not_settled", "lease_left", "torn_log", "bad_ends", "out_of_order", "checkpoints_without_events",
    "runs_wrong", "states_not_told", "steps_not_told", "steps_out_of_order", "steps_not_stored",
    "broken_line", "gates_wrong", "gates_skipped", "orders_without_attempts", "rows_of_the_log",
)  # fmt: skip
Rows = list[dict[str, Any]]


def audit(url: str, posts: Counter[str], media: Path, *, asked_for: set[str]) -> list[str]:
    """What is not as it must be, in words; `posts` is how often each order was sent, by the provider's book.

    `asked_for` are the shooting days that somebody was promised.
    """
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        found = [f"{name}: {row}" for name in MUST_BE_EMPTY for row in _rows(connection, name)]
        bought, made = _rows(connection, "orders"), _rows(connection, "days")
        found += states_that_do_not_follow(_rows(connection, "changes"))
    found += [*_wrong_orders(bought, posts), *_wrong_files(bought, media), *_wrong_days(made, bought)]
    there = {row["production_id"] for row in made}
    found += [f"nobody asked for {one}" for one in there - asked_for]
    return [*found, *(f"promised and not there: {one}" for one in asked_for - there)]


def _wrong_orders(bought: Rows, posts: Counter[str]) -> list[str]:
    """Each planned order has one invoice, and each invoice one finished order."""
    keys = {row["call_key"]: row["state"] for row in bought}
    twice = [f"bought {times} times: {key}" for key, times in posts.items() if times != 1]
    unknown = [f"invoice without an order: {key}" for key in posts if key not in keys]
    unfinished = [f"order {key} is {state}" for key, state in keys.items() if state != "done"]
    unpaid = [f"order without an invoice: {key}" for key in keys if key not in posts]
    return [*twice, *unknown, *unfinished, *unpaid]


def _wrong_days(made: Rows, bought: Rows) -> list[str]:
    """A shooting day buys its shots, its gates are told what is meant for them, and its log tells it all."""
    keys: dict[str, list[str]] = {}
    for row in bought:
        keys.setdefault(row["production_id"], []).append((row["media"] or {}).get("key"))
    return [
        f"{row['production_id']} {what}: {is_so!r} and not {should!r}, {row['error']}"
        for row in made
        for what, is_so, should in _facts(row, sorted(keys.get(row["production_id"], [])))
        if is_so != should
    ]


def _facts(day: dict[str, Any], keys: list[str]) -> list[tuple[str, Any, Any]]:
    """What it is about, how it is, how it should be; `keys` are the pictures that were paid for."""
    values = day["values"]
    return [
        ("is", day["status"], "completed"),
        ("bought", len(keys), ORDERS),
        ("was told", values.get("answers"), {gate: gate for gate in GATES}),
        ("has shot", sorted(values.get("bought", [])), keys),
        ("has wrapped", values.get("wrapped"), True),
        ("ended steps", day["steps"], STEPS),
        ("told changes", day["changes"], STEPS),
        ("asked", day["asked"], sorted(GATES)),
        ("showed", day["pictures"], keys),
        ("said", day["messages"], 1),
        ("told last", day["told_last"], values),
    ]


def _wrong_files(bought: Rows, media: Path) -> list[str]:
    """Every file that a row names is there, with the digest that the row tells, and no other."""
    found = []
    for row in bought:
        file = media / row["media"]["key"] if row["media"] else media
        if row["state"] == "done" and not file.is_file():
            found.append(f"{row['call_key']}: no file {file}")
        elif row["state"] == "done" and sha256(file.read_bytes()).hexdigest() != row["media"]["sha256"]:
            found.append(f"{row['call_key']}: another file {file}")
    named = {row["media"]["key"] for row in bought if row["media"]}
    there = {str(file.relative_to(media)) for file in media.glob("*/*/*")}
    return [*found, *(f"nobody paid for the file {key}" for key in there - named)]


def _rows(connection: psycopg.Connection[dict[str, Any]], name: str) -> Rows:
    return connection.execute(SQL[name]).fetchall()
