"""What must be true afterwards, whatever happened: read from the rows, the provider's own book and the files.

Nothing of the product judges itself here: plain SQL, a list of POSTs, digests of files.
"""

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.acceptance.faults.day import GATES, ORDERS
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("audit.sql"))
MUST_BE_EMPTY = (
    "not_settled", "lease_left", "torn_log", "bad_ends", "out_of_order", "checkpoints_without_events",
    "gates_wrong", "gates_skipped", "rows_of_the_log",
)  # fmt: skip
Rows = list[dict[str, Any]]


def audit(url: str, posts: Counter[str], media: Path, *, asked_for: set[str]) -> list[str]:
    """What is not as it must be, in words; `posts` is how often each order was sent, by the provider's book.

    `asked_for` are the shooting days that somebody was promised.
    """
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        found = [f"{name}: {row}" for name in MUST_BE_EMPTY for row in _rows(connection, name)]
        bought, made = _rows(connection, "orders"), _rows(connection, "answers")
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
    """A shooting day buys its shots, and each of its gates was told what was meant for it."""
    counts = Counter(row["production_id"] for row in bought)
    told = {gate: gate for gate in GATES}
    return [
        f"{row['production_id']} is {row['status']}, bought {counts[row['production_id']]},"
        f" was told {row['values'].get('answers')}, {row['error']}"
        for row in made
        if row["status"] != "completed"
        or counts[row["production_id"]] != ORDERS
        or row["values"].get("answers") != told
    ]


def _wrong_files(bought: Rows, media: Path) -> list[str]:
    """Every file that a row names is there, with the digest that the row tells."""
    found = []
    for row in bought:
        file = media / row["media"]["key"] if row["media"] else media
        if row["state"] == "done" and not file.is_file():
            found.append(f"{row['call_key']}: no file {file}")
        elif row["state"] == "done" and sha256(file.read_bytes()).hexdigest() != row["media"]["sha256"]:
            found.append(f"{row['call_key']}: another file {file}")
    return found


def _rows(connection: psycopg.Connection[dict[str, Any]], name: str) -> Rows:
    return connection.execute(SQL[name]).fetchall()
