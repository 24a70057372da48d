"""`greenlight workers`: who works on which machine, what they drive, and what waits for them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import typer
from psycopg.rows import DictRow
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.cli.seen import escape
from server.runs import roster
from tools.db.connect import open_database
from tools.settings import Settings, settings

NAME = "workers"


@dataclass(frozen=True, kw_only=True)
class Crew:
    """All workers, and what waits for them."""

    workers: list[DictRow]
    queue: DictRow


def command(
    drain: Annotated[str, typer.Option(metavar="ID", help="Have this worker take no more work.")] = "",
    undrain: Annotated[str, typer.Option(metavar="ID", help="Have a drained worker work again.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Show the workers of all machines, what they drive and what waits; needs the database, no login."""
    if drain and undrain:
        raise typer.BadParameter("give --drain or --undrain, not both")
    crew = run(look(settings(), drain=drain, undrain=undrain))
    if as_json:
        typer.echo(json.dumps(_facts(crew), ensure_ascii=False, indent=2, default=str))
    else:
        _print(crew, Console())


async def look(chosen: Settings, *, drain: str = "", undrain: str = "") -> Crew:
    """Ask what there is to ask of a worker, and read them all.

    Raises:
        RecordNotFound: there is no such worker.
    """
    database = await open_database(chosen)
    try:
        if drain:
            await roster.ask(database, drain, "draining")
        if undrain:
            await roster.ask(database, undrain, "working")
        return Crew(workers=await roster.listed(database), queue=await roster.queue_lengths(database))
    finally:
        await database.close()


def _facts(crew: Crew) -> dict[str, Any]:
    workers = [{**row, "busy": len(row["leases"])} for row in crew.workers]
    return {"workers": workers, "queue": crew.queue}


def _print(crew: Crew, console: Console) -> None:
    # The id is what --drain needs, so it is never shortened.
    table = Table(Column("worker", no_wrap=True), "role", "state", "busy", "version", "seen", box=None)
    for row in crew.workers:
        asked = " (asked)" if row["wanted"] != row["state"] and row["state"] != "lost" else ""
        table.add_row(
            escape(row["worker_id"]), row["role"], row["state"] + asked,
            f"{len(row['leases'])} of {row['slots']}", row["version"], f"{row['seen_at']:%Y-%m-%d %H:%M:%S}",
        )  # fmt: skip
    console.print(table if crew.workers else "no worker")
    for row in crew.workers:
        for lease in row["leases"]:
            console.print(escape(_told(row["worker_id"], lease)), highlight=False, soft_wrap=True)
    console.print(_waiting(crew.queue), highlight=False)


def _told(worker_id: str, lease: dict[str, Any]) -> str:
    since = datetime.fromisoformat(lease["since"]) if lease["since"] else None
    held = f", since {since:%H:%M:%S}" if since else ""
    return f"{worker_id} drives {lease['production_id']} {lease['title']} (epoch {lease['epoch']}{held})"


def _waiting(queue: DictRow) -> str:
    if queue["oldest_wait_s"] is None:
        return "nothing waits for a slot"
    counts = ", ".join(f"{queue[name]} {name}" for name in ("high", "normal", "low") if queue[name])
    return f"waiting for a slot: {counts}; the first for {queue['oldest_wait_s']:.0f} s"
