"""`greenlight import FILE`: take in a production that was exported elsewhere."""

from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from server.archives.take_in import Imported, take_in
from server.cli.meter import Meter
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from state.errors import ArchiveRefused
from tools.settings import settings

NAME = "import"


def command(
    file: Annotated[Path, typer.Argument(help="An archive: NAME.greenlight.zip.")],
    as_new: Annotated[
        bool, typer.Option("--as-new", help="Give it new ids, beside one that is here already.")
    ] = False,
) -> None:
    """Take in a production that `greenlight export --archive` wrote; nothing of it goes on by itself."""
    try:
        opened, size = file.open("rb"), file.stat().st_size
    except OSError as exc:
        raise ArchiveRefused(
            f"{file} cannot be read: {exc.strerror}", user_action="Name an archive by its path."
        ) from exc
    with opened, Meter("checking", size) as meter:
        imported = run(_import(opened, as_new, meter))
    typer.echo(f"production {imported.production_id}")
    typer.echo(f"{imported.status}: {imported.title}; {imported.media} media files")


async def _import(file: BinaryIO, as_new: bool, meter: Meter) -> Imported:
    async with open_parts(settings(), works=False) as parts:
        return await take_in(parts.house, file, user_id=LOCAL_USER, as_new=as_new, progress=meter.move_on)
