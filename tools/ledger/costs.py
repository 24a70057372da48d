"""What was spent, grouped by whatever is asked for: pages with exact totals, and the whole as CSV."""

import csv
import tempfile
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Literal, cast

from psycopg import sql
from psycopg.rows import DictRow

from state.cost import Money
from state.errors import BriefIncomplete
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
CHOSEN = cast("Any", SQL["chosen"])
Dimension = Literal[
    "line", "production", "novela", "shot", "take", "kind", "stage", "action", "provider", "model", "edition",
    "status", "day", "user", "origin",
]  # fmt: skip
COLUMNS: dict[Dimension, str] = {
    "line": "l.line",
    "production": "coalesce(l.production_id::text, '')",
    "novela": "coalesce(l.novela_id::text, '')",
    "shot": "l.shot",
    "take": "case when l.shot = '' then l.item else l.shot end || '-' || l.take_number",
    "kind": "l.kind",
    "stage": "l.stage",
    "action": "a.action",
    "provider": "l.provider",
    "model": "l.model",
    "edition": "l.price_edition",
    "status": "l.status",
    "day": "to_char(l.at at time zone 'UTC', 'YYYY-MM-DD')",
    "user": "l.user_id",
    "origin": "l.origin",
}
EACH_LINE: tuple[Dimension, ...] = (
    "day", "production", "stage", "take", "kind", "provider", "model", "status", "line",
)  # fmt: skip
AMOUNTS = ("quoted", "reserved", "billed", "refunded", "unknown")
IN_MEMORY, CHUNK = 1 << 20, 1 << 16
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet runs a cell that begins so."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which lines, and how they are put together; nothing to group by is each line for itself."""

    user_id: str | None
    """None is everybody."""
    by: tuple[Dimension, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    production_id: str | None = None
    novela_id: str | None = None

    def __post_init__(self) -> None:
        if "action" in self.by and self.production_id is None:
            raise BriefIncomplete(
                "by: `action` is known within one production", user_action="Name the production, too."
            )

    @property
    def names(self) -> tuple[Dimension, ...]:
        """The columns that say what a row is about, each once."""
        return tuple(dict.fromkeys(self.by)) or EACH_LINE

    @property
    def archives(self) -> bool:
        """Whether what an archive brought is wanted: it was paid elsewhere, and counts in its production."""
        return bool("origin" in self.by or self.production_id or self.novela_id)

    @property
    def params(self) -> dict[str, Any]:
        """The filters, as the statements name them."""
        return {
            "user": self.user_id, "production": self.production_id, "novela": self.novela_id,
            "since": self.since, "until": self.until, "archives": self.archives,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Costs:
    """A page of groups, and what all groups make."""

    rows: list[DictRow]
    totals: dict[str, int]
    """Micro-dollars by kind of amount, and `lines`."""
    groups: int


def read_by(text: str) -> tuple[Dimension, ...]:
    """`kind,model` as dimensions.

    Raises:
        BriefIncomplete: one of the words is none.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    unknown = [word for word in words if word not in COLUMNS]
    if unknown:
        raise BriefIncomplete(
            f"by: {unknown[0]!r} is nothing to group by", user_action=f"Use some of {', '.join(COLUMNS)}."
        )
    return cast("tuple[Dimension, ...]", tuple(words))


async def read_costs(database: Database, wanted: Wanted, *, limit: int, offset: int) -> Costs:
    """One page, in the order of its names; each line for itself is newest first.

    The totals are the sums of all pages, to the micro-dollar.
    """
    statement = page_statement(wanted)
    async with database.connection() as connection:
        cursor = await connection.execute(statement, wanted.params | {"limit": limit, "offset": offset})
        rows = await cursor.fetchall()
    first = rows[0]
    totals = {name: int(first[f"all_{name}"]) for name in (*AMOUNTS, "lines")}
    found = [row for row in rows if row["lines"] is not None]
    return Costs(rows=found, totals=totals, groups=first["all_groups"])


def page_statement(wanted: Wanted) -> sql.Composed:
    """What `read_costs` asks the database, for these groups."""
    order = sql.SQL(", ").join(map(sql.Identifier, wanted.names))
    page = SQL["page" if wanted.by else "page_of_each"]
    return _said(page, grouped=_grouped(wanted), order=order, chosen=sql.SQL(CHOSEN))


async def as_csv(database: Database, wanted: Wanted) -> Generator[bytes]:
    """All groups as CSV (RFC 4180, UTF-8) in pieces; read at once, so that a slow reader holds up nobody."""
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - outlives us
    try:
        async for line in _csv_lines(database, wanted):
            file.write(line)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return _pieces(file)


def dollars(micros: int) -> str:
    """An exact amount with at least two places."""
    amount = Money(micros=micros).as_usd()
    short = amount == amount.quantize(Decimal("0.01"))
    return f"{amount.quantize(Decimal('0.01')) if short else amount.normalize():f}"


def safe_cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


async def _csv_lines(database: Database, wanted: Wanted) -> AsyncIterator[bytes]:
    line = _Line()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow([*wanted.names, "lines", *(f"{name}_usd" for name in AMOUNTS)])
    yield line.taken()
    async with database.transaction() as connection, connection.cursor(name="costs") as cursor:
        await cursor.execute(_grouped(wanted), wanted.params)
        async for row in cursor:
            amounts = [dollars(row[name]) for name in AMOUNTS]
            writer.writerow([*(safe_cell(row[name]) for name in wanted.names), row["lines"], *amounts])
            yield line.taken()


class _Line:
    """What `csv` writes to: holds what was written since it was last taken."""

    def __init__(self) -> None:
        self._text: list[str] = []

    def write(self, text: str) -> int:
        self._text.append(text)
        return len(text)

    def taken(self) -> bytes:
        text = "".join(self._text)
        self._text.clear()
        return text.encode("utf-8", "replace")


def _pieces(file: IO[bytes]) -> Generator[bytes]:
    with file:
        while piece := file.read(CHUNK):
            yield piece


def _grouped(wanted: Wanted) -> sql.Composed:
    shown = {name: sql.SQL(cast("Any", COLUMNS[name])) for name in wanted.names}
    columns = [sql.SQL("{} as {}").format(said, sql.Identifier(name)) for name, said in shown.items()]
    places = [sql.SQL(cast("Any", str(place))) for place in range(1, len(columns) + 1)]
    return _said(
        SQL["grouped" if wanted.by else "each"],
        columns=sql.SQL(", ").join(columns),
        names=sql.SQL(", ").join(places),
        actions=_said(SQL["actions"]) if "action" in wanted.by else sql.SQL(""),
        chosen=sql.SQL(CHOSEN),
    )


def _said(statement: str, **parts: sql.Composable) -> sql.Composed:
    return sql.SQL(cast("Any", statement)).format(**parts)
