"""`greenlight checkpoints ID`: the states a production went through, and what one of them holds."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from server.branches.checkpoints import list_checkpoints, read_checkpoint
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from tools.settings import settings

NAME = "checkpoints"


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id; `greenlight list` shows it.")],
    checkpoint_id: Annotated[str | None, typer.Argument(help="Print this state as JSON.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 20,
) -> None:
    """List the states a branch can leave from, newest first; or open one."""
    run(_show(production_id, checkpoint_id) if checkpoint_id else _list(production_id, limit))


async def _list(production_id: str, limit: int) -> None:
    async with open_parts(settings(), works=False) as parts:
        found = await list_checkpoints(parts.house, production_id, user_id=LOCAL_USER, limit=limit)
    # The id is what `fork` and `replay` need, so it is never shortened.
    table = Table(Column("checkpoint", min_width=36, no_wrap=True), "state", box=None)
    for one in found:
        table.add_row(one.checkpoint_id, one.line)
    Console(highlight=False).print(table)


async def _show(production_id: str, checkpoint_id: str) -> None:
    async with open_parts(settings(), works=False) as parts:
        found, values = await read_checkpoint(parts.house, production_id, checkpoint_id, user_id=LOCAL_USER)
    facts = {**vars(found), "line": found.line, "values": values}
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
