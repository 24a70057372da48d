"""`greenlight doctor`: is everything here that is needed?"""

import json
from dataclasses import asdict
from typing import Annotated, Literal

import typer
from rich.console import Console

from server.cli.running import run
from server.logs import configure_logs
from server.peers import check_peers
from server.vitals.doctor import check_set_up, check_spending, check_workers
from tools.clock import SystemClock
from tools.db.doctor import Check, examine
from tools.media.probe import check_media
from tools.settings import Settings, settings

NAME = "doctor"
Vendor = Literal["openai", "google", "deepseek", "own"]
MARKS = {"ok": "[green]ok[/]  ", "warning": "[yellow]hm[/]  ", "failed": "[red]no[/]  "}


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Leave the database alone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every check as JSON.")] = False,
    provider: Annotated[
        Vendor | None,
        typer.Option(
            help="Ask this vendor of language models instead: its list, and the cheapest answer, booked."
        ),
    ] = None,
) -> None:
    """Check settings, folders, database, media, workers, encoder, voices; exit 1 if something is missing.

    With --provider one real request is paid and booked; while spending is stopped, and without the option,
    nobody is asked.
    """
    chosen = settings()
    results = run(_asked(chosen, provider) if provider else _results(chosen, database=not quick))
    if as_json:
        typer.echo(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2))
    else:
        _print(results)
    if any(result.status == "failed" for result in results):
        raise typer.Exit(1)


def _print(results: list[Check]) -> None:
    console = Console(highlight=False)
    for result in results:
        console.print(f"{MARKS[result.status]} {result.name:<13} {result.message}", soft_wrap=True)
        if result.remedy:
            console.print(f"     {'':<13} {result.remedy}", style="dim", soft_wrap=True)


async def _asked(chosen: Settings, vendor: Vendor) -> list[Check]:
    """What a vendor of language models says to us."""
    # Here and not above: the vendors' packages take two seconds to load.
    from server.vitals.vendors import check_vendor

    configure_logs(chosen.model_copy(update={"log_level": "ERROR"}))
    return await check_vendor(chosen, vendor, clock=SystemClock())


async def _results(chosen: Settings, *, database: bool) -> list[Check]:
    """All checks; what other processes are asked about comes last, because it needs all the rest."""
    configure_logs(chosen.model_copy(update={"log_level": "ERROR"}))  # the lines below say it all
    found = [*check_set_up(chosen), *await examine(chosen, database=database), await check_media(chosen)]
    if not database or any(check.status == "failed" for check in found):
        return found
    asked = [*await check_peers(chosen), *await check_workers(chosen), *await check_spending(chosen)]
    return [*found, *asked]
