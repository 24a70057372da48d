"""`greenlight costs`: what was spent, by whatever you like."""

from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.cli.seen import escape, storable
from server.deps import LOCAL_USER, read_id
from state.errors import BriefIncomplete
from tools.db.connect import open_database
from tools.ledger.costs import AMOUNTS, Costs, Wanted, as_csv, dollars, read_by, read_costs
from tools.settings import Settings, settings

NAME = "costs"
SHOWN = 1000


def command(
    by: Annotated[
        str,
        typer.Option(help="What to group by: kind,model or production or day ... Empty: each order."),
    ] = "kind",
    production: Annotated[str, typer.Option(metavar="ID", help="Only of this production.")] = "",
    since: Annotated[datetime | None, typer.Option(help="From this day or moment on (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Up to this day or moment, not in it (UTC).")] = None,
    user: Annotated[
        str, typer.Option(metavar="ID", help="This user's; `*` is everybody's.", callback=storable)
    ] = LOCAL_USER,
    to: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write all of it as CSV.")] = None,
) -> None:
    """Show what was quoted, reserved, billed, given back and is of unknown fate, exactly."""
    wanted = Wanted(
        user_id=None if user == "*" else user, by=read_by(by), since=_utc(since), until=_utc(until),
        production_id=read_id(production) if production else None,
    )  # fmt: skip
    if to is not None:
        run(write(settings(), wanted, to))
        typer.echo(f"written to {to}")
    else:
        show(run(read(settings(), wanted)), wanted, Console())


async def read(chosen: Settings, wanted: Wanted) -> Costs:
    """The first page, a long one."""
    database = await open_database(chosen)
    try:
        return await read_costs(database, wanted, limit=SHOWN, offset=0)
    finally:
        await database.close()


async def write(chosen: Settings, wanted: Wanted, to: Path) -> None:
    """All of it into a file.

    Raises:
        BriefIncomplete: it cannot be written there.
    """
    database = await open_database(chosen)
    try:
        pieces = await as_csv(database, wanted)
    finally:
        await database.close()
    _write(to, pieces)


def show(found: Costs, wanted: Wanted, console: Console) -> None:
    """The table for a person."""
    amounts = [Column(name, justify="right") for name in ("orders", *AMOUNTS)]
    table = Table(*wanted.names, *amounts, box=None)
    for row in found.rows:
        sums = [str(row["lines"]), *(dollars(row[name]) for name in AMOUNTS)]
        table.add_row(*(escape(str(row[name])) for name in wanted.names), *sums)
    told = ["total", *[""] * (len(wanted.names) - 1), str(found.totals["lines"])]
    table.add_row(*told, *(dollars(found.totals[name]) for name in AMOUNTS), style="bold")
    console.print(table)
    if found.groups > len(found.rows):
        console.print(f"{len(found.rows)} of {found.groups} rows; --csv FILE writes all of them")


def _write(to: Path, pieces: Generator[bytes]) -> None:
    first = next(pieces, b"")  # begun, it closes what it reads from
    try:
        with closing(pieces), to.open("wb") as file:
            file.write(first)
            file.writelines(pieces)
    except OSError as exc:
        raise BriefIncomplete(
            f"--csv: {to} cannot be written: {exc.strerror}",
            user_action="Name a file in a folder that exists and that you may write to.",
        ) from exc


def _utc(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
