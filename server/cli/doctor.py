"""`greenlight doctor`: is everything here that is needed?"""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from tools.db.doctor import examine
from tools.settings import settings

NAME = "doctor"


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Leave the database alone.")] = False,
) -> None:
    """Check settings, folders, database, encoder and voices; exit 1 when something is missing."""
    console = Console(highlight=False)
    results = asyncio.run(examine(settings(), database=not quick))
    for result in results:
        mark = "[green]ok[/]  " if result.ok else "[red]no[/]  "
        console.print(f"{mark}{result.name:<12} {result.text}", soft_wrap=True)
    if not all(result.ok for result in results):
        raise typer.Exit(1)
