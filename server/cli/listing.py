"""`greenlight list`: your productions, newest first."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from server.composition import open_parts
from server.records.productions import list_productions
from tools.settings import settings

NAME = "list"
LOCAL_USER = "local"


def command(limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 20) -> None:
    """Show your productions, newest first."""
    asyncio.run(_list(limit))


async def _list(limit: int) -> None:
    async with open_parts(settings(), works=False) as parts:
        rows, total = await list_productions(parts.tools.database, user_id=LOCAL_USER, limit=limit)
    table = Table("production", "graph", "title", "status", "stage", "started")
    for row in rows:
        table.add_row(
            str(row["production_id"]), row["graph"], row["title"], row["status"], row["stage"],
            f"{row['created_at']:%Y-%m-%d %H:%M}",
        )  # fmt: skip
    Console().print(table, f"{len(rows)} of {total}")
