"""`greenlight doctor`: is everything here that is needed?"""

from typing import Annotated

import typer
from rich.console import Console

from server.cli.running import run
from server.peers import check_peers
from tools.db.doctor import Check, examine
from tools.media.probe import check_media
from tools.settings import Settings, settings

NAME = "doctor"
MARKS = {"ok": "[green]ok[/]  ", "warning": "[yellow]hm[/]  ", "failed": "[red]no[/]  "}


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Leave the database alone.")] = False,
) -> None:
    """Check settings, folders, database, media, encoder and voices; exit 1 when something is missing."""
    console = Console(highlight=False)
    results = run(_results(settings(), database=not quick))
    for result in results:
        console.print(f"{MARKS[result.status]} {result.name:<12} {result.message}", soft_wrap=True)
        if result.remedy:
            console.print(f"     {'':<12} {result.remedy}", style="dim", soft_wrap=True)
    if any(result.status == "failed" for result in results):
        raise typer.Exit(1)


async def _results(chosen: Settings, *, database: bool) -> list[Check]:
    """All checks; what other processes are asked about comes last, because it needs all the rest."""
    found = [*await examine(chosen, database=database), await check_media(chosen)]
    well = all(check.status != "failed" for check in found)
    return [*found, *(await check_peers(chosen) if database and well else [])]
