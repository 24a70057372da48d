"""`greenlight doctor`: is everything here that is needed?"""

from typing import Annotated

import typer
from rich.console import Console

from server.cli.running import run
from tools.db.doctor import examine
from tools.settings import settings

NAME = "doctor"
MARKS = {"ok": "[green]ok[/]  ", "warning": "[yellow]hm[/]  ", "failed": "[red]no[/]  "}


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Leave the database alone.")] = False,
) -> None:
    """Check settings, folders, database, encoder and voices; exit 1 when something is missing."""
    console = Console(highlight=False)
    results = run(examine(settings(), database=not quick))
    for result in results:
        console.print(f"{MARKS[result.status]} {result.name:<12} {result.message}", soft_wrap=True)
        if result.remedy:
            console.print(f"     {'':<12} {result.remedy}", style="dim", soft_wrap=True)
    if any(result.status == "failed" for result in results):
        raise typer.Exit(1)
