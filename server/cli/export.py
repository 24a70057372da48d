"""`greenlight export ID`: write a production's files into a folder."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.cli.papers import export_files, print_summary
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from tools.settings import settings

NAME = "export"


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id.")],
    to: Annotated[Path, typer.Option(help="The folder to write into.")] = Path("out"),
) -> None:
    """Write the master, captions, contact sheet, ledger and record into a folder."""
    run(_export(production_id, to))


async def _export(production_id: str, to: Path) -> None:
    async with open_parts(settings(), works=False) as parts:
        files = await export_files(parts, LOCAL_USER, production_id, to)
        await print_summary(parts, LOCAL_USER, production_id, files, Console())
