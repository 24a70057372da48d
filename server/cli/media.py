"""`greenlight media`: all files taken to another store; a store of one's own. `library.py` has the rest."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated

import typer

from server.cli.meter import Meter
from server.cli.running import run
from state.errors import SettingInvalid
from tools.clock import SystemClock
from tools.media.making import make_bucket
from tools.media.moving import Move, copy_all, plan_move
from tools.media.open import open_store
from tools.media.store import MediaStore
from tools.media_place import read_place
from tools.settings import Settings, settings

NAME = "media"
app = typer.Typer(help="Your media library, and the store that its files lie in.", no_args_is_help=True)


@app.command("move")
def command(
    to: Annotated[str, typer.Option("--to", help="A folder, or s3://BUCKET/PREFIX.")],
    origin: Annotated[
        str, typer.Option("--from", help="Where they lie; as GREENLIGHT_MEDIA says when not given.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what there is to copy.")] = False,
) -> None:
    """Copy all media to another store, each compared with its digest; nothing is removed.

    Started again it copies what is missing. Stop the server and its workers before the last time.
    """
    move = run(move_media(settings(), origin=origin, to=to, dry_run=dry_run))
    typer.echo("\n".join(told(move, dry_run=dry_run)))
    if move.damaged:
        raise typer.Exit(1)


@app.command("bucket")
def bucket(
    wait: Annotated[
        float, typer.Option(min=0, max=3600, help="Seconds in which the server may still come up.")
    ] = 0.0,
) -> None:
    """Make the bucket that GREENLIGHT_MEDIA names, unless it is there."""
    made = run(make_bucket(settings(), wait_s=wait, clock=SystemClock()))
    typer.echo(f"{settings().media_place} " + ("was made" if made else "is there already"))


@app.command("certificate")
def certificate(
    host: Annotated[str, typer.Argument(help="Its name or address, as in AWS_ENDPOINT_URL_S3.")],
    into: Annotated[Path, typer.Option("--into", help="The folder for ca.pem, server.pem and server.key.")],
) -> None:
    """Make a certificate for the server of a bucket, and a CA for it alone, unless they are there.

    GREENLIGHT_S3_CA_FILE names the CA afterwards. They are good for ten years; the key of the CA is not kept.
    """
    # Nobody else need wait until this is loaded.
    from tools.media.certificate import make_certificate

    made = make_certificate(host, into)
    typer.echo(f"{into}: " + (f"a certificate for {host} was made" if made else "one is there already"))


async def move_media(chosen: Settings, *, origin: str, to: str, dry_run: bool = False) -> Move:
    """Copy what is not there yet.

    Raises:
        SettingInvalid: one of both is no place for media, or both are the same.
        StoreRefused, StoreUnreachable, StoreFull: as the stores say.
    """
    source_at, target_at = placed(chosen, origin, "--from"), placed(chosen, to, "--to")
    if source_at.media_place == target_at.media_place:
        raise SettingInvalid("--to: media lie there already", details={"setting": "--to"})
    async with AsyncExitStack() as stack:
        source, target = await _opened(stack, source_at), await _opened(stack, target_at)
        move = await plan_move(source, target)
        if not dry_run:
            with Meter("copying", move.wanted_bytes) as meter:
                await copy_all(move, source, target, told=meter.move_on)
        return move


def placed(chosen: Settings, place: str, option: str) -> Settings:
    """The settings with media at another place; as they are for an empty one.

    Raises:
        SettingInvalid: it is no place for media; names the option.
    """
    if not place:
        return chosen
    try:
        return chosen.model_copy(update={"media": str(read_place(place)), "media_clips": None})
    except ValueError as exc:
        raise SettingInvalid(f"{option}: {exc}", details={"setting": option}) from exc


def told(move: Move, *, dry_run: bool) -> list[str]:
    """What was done, for a person."""
    size = f"{move.wanted_bytes / 1e6:.1f} MB"
    if dry_run:
        return [f"{len(move.wanted)} files to copy, {size}; {move.there} are there already"]
    lines = [f"{move.copied} files copied of {len(move.wanted)}, {size}; {move.there} were there already"]
    if move.gone:
        lines.append(f"{move.gone} were deleted meanwhile")
    return [*lines, *(f"damaged, and not copied: {key}" for key in move.damaged)]


async def _opened(stack: AsyncExitStack, chosen: Settings) -> MediaStore:
    store = await open_store(chosen)
    stack.push_async_callback(store.close)
    return store
