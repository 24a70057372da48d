"""`greenlight media upload` and `download`: files between this machine and the library."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from server.cli.library import STOPPED, Item, Tags, read_tags
from server.cli.meter import Meter
from server.cli.running import run
from server.cli.seen import storable
from server.composition import open_parts
from server.deps import LOCAL_USER, House, read_id
from server.library.keeping import digest_of, keep_file
from server.records import media_rows
from state.errors import MediaDamaged, StoreFull, UploadRejected
from tools.media.inspect import HEAD_BYTES
from tools.media.keys import digest_in
from tools.media.upload import type_of
from tools.settings import settings


def add_to(app: typer.Typer) -> None:
    """Add these commands to `greenlight media`."""
    app.command("upload")(upload)
    app.command("download")(download)


def upload(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, readable=True, help="Pictures, clips, sounds."),
    ],
    title: Annotated[str, typer.Option(help="What it is; the file's name when left out.")] = "",
    tags: Tags = [],  # noqa: B006  # typer makes a new one
) -> None:
    """Put files into the library, each made anew without its metadata. Their content says what they are."""
    run(_upload(files, storable(title), read_tags(tags)), stopped=STOPPED)


def download(
    item: Item,
    to: Annotated[Path, typer.Option("--to", help="The file to write, or a folder.")] = Path(),
) -> None:
    """Write an item's file; one that was broken off goes on where it was."""
    written = run(_download(read_id(item), to), stopped=STOPPED)
    typer.echo(f"{written}  {written.stat().st_size / 1e6:.1f} MB")


async def _upload(files: list[Path], title: str, tags: list[str]) -> None:
    total = sum([(await asyncio.to_thread(file.stat)).st_size for file in files])
    async with open_parts(settings(), works=False) as parts:
        with Meter("uploading", total) as meter:
            for file in files:
                kept = await _kept(parts.house, file, title, tags)
                meter.move_on((await asyncio.to_thread(file.stat)).st_size)
                typer.echo(f"{kept}  {file}")


async def _kept(house: House, file: Path, title: str, tags: list[str]) -> str:
    try:
        declared = type_of(await asyncio.to_thread(_head, file))
        kept = await keep_file(
            house.database, house.store, file, user_id=LOCAL_USER, name=file.name, mime=declared, title=title
        )
    except UploadRejected as exc:
        raise UploadRejected(f"{file}: {exc.message}", user_action=exc.user_action) from exc
    if tags:
        await media_rows.tag_media(house.database, [kept], user_id=LOCAL_USER, add=tags, remove=[])
    return kept


async def _download(item: str, to: Path) -> Path:
    async with open_parts(settings(), works=False) as parts:
        row = await media_rows.whole(parts.house.database, item, user_id=LOCAL_USER)
        target = to / row["file_name"] if await asyncio.to_thread(to.is_dir) else to
        partial = target.with_name(f".{digest_in(row['s3_key'])}.partial")
        try:
            await _fetch(parts.house, row["s3_key"], partial)
            await asyncio.to_thread(partial.replace, target)
        except OSError as exc:
            raise StoreFull(f"{target} cannot be written: {exc.strerror}") from exc
    return target


async def _fetch(house: House, key: str, partial: Path) -> None:
    """Add to the file what it lacks.

    Raises:
        MediaDamaged: it is not what its key says; it is begun anew the next time.
    """
    size = await house.store.size(key)
    with await asyncio.to_thread(partial.open, "ab") as out, Meter("downloading", size) as meter:
        meter.move_on(out.tell())
        async for chunk in house.store.stream(key, start=out.tell()):
            await asyncio.to_thread(out.write, chunk)
            meter.move_on(len(chunk))
    if await asyncio.to_thread(digest_of, partial) != digest_in(key):
        await asyncio.to_thread(partial.unlink)
        raise MediaDamaged("what arrived is not what lies in the store", user_action="Download it again.")


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(HEAD_BYTES)
