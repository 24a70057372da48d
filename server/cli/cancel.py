"""`greenlight cancel ID`: stop a production; everything made so far is kept."""

from typing import Annotated

import typer

from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from tools.settings import settings

NAME = "cancel"


def command(production_id: Annotated[str, typer.Argument(help="The production's id.")]) -> None:
    """Stop a production; everything made so far is kept."""
    run(_cancel(production_id))
    typer.echo("cancelled")


async def _cancel(production_id: str) -> None:
    async with open_parts(settings(), works=False) as parts:
        await parts.house.runs.cancel(user_id=LOCAL_USER, production_id=production_id)
