"""`greenlight stuck`: runs that were given up, why, and trying them again."""

import json
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer
from psycopg.rows import DictRow
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.cli.seen import escape
from server.deps import read_id
from server.runs.accept import Runs
from server.runs.stuck import listed, resume_stuck
from server.specs import graph_specs
from tools.db.connect import open_database
from tools.settings import Settings, settings

NAME = "stuck"
NAME_BEFORE = "parked"
"""Said of orders alone now; whoever has it in a script is not stopped."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is stuck or postponed, and what goes on."""

    rows: list[DictRow]
    total: int
    resumed: list[str] = field(default_factory=list)


def command(
    resume: Annotated[str, typer.Option(metavar="ID", help="Try this production again.")] = "",
    resume_all: Annotated[bool, typer.Option("--resume-all", help="Try all of them again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Show runs that got no further in five attempts, and what was wrong; needs the database, no login.

    Everything of them is kept; `--resume` has a worker go on from the last checkpoint and buys nothing twice.
    """
    found = run(look(settings(), resume=resume, resume_all=resume_all))
    if as_json:
        facts = {"resumed": found.resumed, "total": found.total, "stuck": found.rows}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
    else:
        _print(found, Console())


async def look(chosen: Settings, *, resume: str = "", resume_all: bool = False) -> Found:
    """Let go on what was asked for, and read what is left.

    Raises:
        RecordNotFound: no production with this id is stuck.
    """
    database = await open_database(chosen)
    try:
        rows, _ = await listed(database)
        wanted = [row["production_id"] for row in rows if row["state"] == "stuck"] if resume_all else []
        wanted += [read_id(resume)] if resume and not resume_all else []
        runs = Runs(database, graph_specs())
        for production_id in wanted:
            await resume_stuck(database, runs, production_id)
        rows, total = await listed(database)
        return Found(rows=rows, total=total, resumed=wanted)
    finally:
        await database.close()


def _print(found: Found, console: Console) -> None:
    for production_id in found.resumed:
        console.print(f"{production_id} goes on as soon as a worker is free", soft_wrap=True)
    if not found.rows:
        console.print("nothing is stuck")
        return
    table = Table(Column("production", no_wrap=True), "state", "stage", "since", "kept", box=None)
    for row in found.rows:
        kept = f"{row['checkpoints']} checkpoints, {row['orders']} orders"
        since = f"{row['since']:%Y-%m-%d %H:%M:%S}" if row["since"] else ""
        table.add_row(row["production_id"], row["state"], escape(row["stage"]), since, kept)
    console.print(table)
    for row in found.rows:
        console.print(escape(f"{row['production_id']}: {reason(row)}"), highlight=False, soft_wrap=True)
    if found.total > len(found.rows):
        console.print(f"and {found.total - len(found.rows)} more")


def reason(row: DictRow | dict[str, Any]) -> str:
    """Why it does not go on, in one sentence."""
    told = row["error"] if row["state"] == "stuck" else row["trouble"]
    return str((told or {}).get("message", ""))
