"""`greenlight tidy`: what is older than it need be, told first, cleared when asked."""

import json
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.upkeep.report import Report
from server.upkeep.rules import Rules
from server.upkeep.tidy import look, tidy
from tools.clock import SystemClock
from tools.db.connect import open_database
from tools.db.halts import FORBIDS_WORK, refuse_if_halted
from tools.media.open import open_store
from tools.settings import Settings, settings

NAME = "tidy"
NOTHING_ASKED = (
    "Everything is kept: nothing was asked to be cleared. Say what, for example --productions 90 --media;"
    " GREENLIGHT_KEEP_PRODUCTIONS_DAYS and its like have it done every day."
)


def days(help: str) -> Any:
    """An option that takes a number of days."""
    return typer.Option(min=1, max=36_500, metavar="DAYS", show_default=False, help=help)


def command(
    delete: Annotated[bool, typer.Option("--delete", help="Clear it. Otherwise it is only counted.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count; that is the default.")] = False,
    productions: Annotated[int | None, days("Productions that ended longer ago than this.")] = None,
    deleted: Annotated[int | None, days("Those that their owners deleted, after this.")] = None,
    checkpoints: Annotated[int | None, days("Of ended productions all but the newest states.")] = None,
    events: Annotated[int | None, days("Of their logs what nobody needs any more.")] = None,
    logins: Annotated[int | None, days("Logins and links for passwords that ended.")] = None,
    audit: Annotated[int | None, days("Rows of the audit trail.")] = None,
    media: Annotated[
        bool | None, typer.Option("--media/--no-media", help="Files that nothing names.")
    ] = None,
    series: Annotated[
        bool | None, typer.Option("--series/--no-series", help="Also what a series may go on from.")
    ] = None,
    grace: Annotated[
        float | None, typer.Option(min=1, metavar="HOURS", help="Files stored since then stay.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Say what could be cleared, and with --delete clear it; what is not given is as the settings say.

    Nothing that runs, waits at a gate, is owed or is needed by a branch is touched; nor what is stuck, which
    waits for `greenlight stuck --resume`, or until its owner deletes it. Costs stay in the books.
    """
    if delete and dry_run:
        raise typer.BadParameter("give --delete or --dry-run, not both")
    given: dict[str, Any] = {
        "productions": productions, "deleted": deleted, "checkpoints": checkpoints, "events": events,
        "logins": logins, "audit": audit, "media": media, "series": series, "grace_hours": grace,
    }  # fmt: skip
    chosen = settings()
    rules = replace(Rules.of(chosen), **{name: wish for name, wish in given.items() if wish is not None})
    if not rules.ask_for_anything:
        typer.echo(NOTHING_ASKED)
        return
    report = run(work(chosen, rules, delete=delete))
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=2))
    else:
        show(report, Console())


async def work(chosen: Settings, rules: Rules, *, delete: bool) -> Report:
    """Count, or clear.

    Raises:
        RecordConflict: somebody is tidying already.
        DatabaseHalted: this place was restored and not let go on, or was moved away.
        StoreRefused, StoreUnreachable: as the store says.
    """
    async with AsyncExitStack() as stack:
        database = await open_database(chosen)
        stack.push_async_callback(database.close)
        store = await open_store(chosen)
        stack.push_async_callback(store.close)
        if not delete:
            return await look(database, store, rules, clock=SystemClock())
        await refuse_if_halted(database, FORBIDS_WORK)
        return await tidy(database, store, rules, clock=SystemClock(), asked_by="command")


def show(report: Report, console: Console) -> None:
    """The table for a person."""
    title = "would go" if report.dry else "gone"
    table = Table(Column("what"), Column(title, justify="right"), Column("size", justify="right"), box=None)
    for kind, count, size in report.rows():
        table.add_row(kind, f"{count:,}", f"{size / 1e6:,.1f} MB" if size else "")
    console.print(table)
    for note in report.notes:
        console.print(note, highlight=False, soft_wrap=True)
    if report.dry and not report.is_empty:
        console.print("Nothing was changed; --delete clears it.", highlight=False)
