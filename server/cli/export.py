"""`greenlight export ID`: write a production's files into a folder, or all of it into one archive."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.archives.send import archive_of
from server.cli.meter import Meter
from server.cli.papers import export_files, print_summary
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from state.errors import StoreFull
from tools.settings import settings

NAME = "export"


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id.")],
    to: Annotated[Path, typer.Option(help="The folder to write into.")] = Path("out"),
    archive: Annotated[
        Path | None,
        typer.Option(
            help="Instead of the files, write everything of the production into this one file"
            " (NAME.greenlight.zip), for `greenlight import` elsewhere."
        ),
    ] = None,
) -> None:
    """Write the master, captions, contact sheet, ledger and record into a folder."""
    if archive is None:
        run(_export(production_id, to))
        return
    run(_archive(production_id, archive))
    typer.echo(f"{archive}  {archive.stat().st_size / 1e6:.1f} MB")


async def _export(production_id: str, to: Path) -> None:
    async with open_parts(settings(), works=False) as parts:
        files = await export_files(parts, LOCAL_USER, production_id, to)
        await print_summary(parts, LOCAL_USER, production_id, files, Console())


async def _archive(production_id: str, to: Path) -> None:
    """Under a temporary name until it is whole."""
    partial = to.with_name(f".{to.name}.partial")
    try:
        async with open_parts(settings(), works=False) as parts:
            archive = await archive_of(parts.house, production_id, user_id=LOCAL_USER)
            to.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as out, Meter("packing", archive.unpacked_bytes) as meter:
                async for chunk in archive.chunks():
                    await asyncio.to_thread(out.write, chunk)
                    meter.move_on(len(chunk))
        partial.replace(to)
    except OSError as exc:
        raise StoreFull(f"{to} cannot be written: {exc.strerror}") from exc
    finally:
        partial.unlink(missing_ok=True)
