"""`greenlight list`: your productions, newest first."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from server.records.productions import list_productions
from tools.settings import settings

NAME = "list"


def command(limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 20) -> None:
    """Show your productions, newest first."""
    run(_list(limit))


async def _list(limit: int) -> None:
    async with open_parts(settings(), works=False) as parts:
        rows, total = await list_productions(parts.tools.database, user_id=LOCAL_USER, limit=limit)
    # The id is what every other verb needs, so it is never shortened.
    table = Table(Column("production", min_width=36, no_wrap=True), "title", "status", "stage", box=None)
    for row in rows:
        table.add_row(str(row["production_id"]), row["title"], row["status"], row["stage"])
    Console().print(table, f"{len(rows)} of {total}")
