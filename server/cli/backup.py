"""`greenlight backup TO`: database and media in one file, taken while everything goes on."""

from pathlib import Path
from typing import Annotated

import typer

from server.backups.take import Taken, take_backup
from server.cli.meter import Meters
from server.cli.running import run
from tools.settings import Settings, settings

NAME = "backup"


def command(
    to: Annotated[Path, typer.Argument(help="A new file (NAME.backup.zip), or a folder to put it in.")],
    with_secrets: Annotated[
        bool,
        typer.Option(
            "--with-secrets",
            help="Put in the secrets that the data folder keeps, the master key among them:"
            " then who has the file has everything.",
        ),
    ] = False,
    database_only: Annotated[
        bool, typer.Option("--database-only", help="Leave the media out: something else looks after them.")
    ] = False,
) -> None:
    """Write database and media into one file, for `greenlight restore`; servers and workers may go on."""
    chosen = settings()
    with Meters() as meters:
        taken = run(
            take_backup(
                chosen, to, with_secrets=with_secrets, with_media=not database_only, progress=meters.move_on
            )
        )
    typer.echo(f"{taken.file}  {taken.size_bytes / 1e6:.1f} MB")
    typer.echo("\n".join(told(taken, chosen)))


def told(taken: Taken, chosen: Settings) -> list[str]:
    """What is in it, and what must be kept beside it."""
    manifest = taken.manifest
    lines = [
        f"as of {manifest.taken_at:%Y-%m-%d %H:%M:%S %Z}: {manifest.rows_of('productions')} productions,"
        f" {len(manifest.media)} media files"
    ]
    if manifest.media_left_out:
        lines.append("without media: back the store up as well, AFTER this")
    if manifest.media_missing:
        some = ", ".join(manifest.media_missing[:3])
        lines.append(f"{len(manifest.media_missing)} media files are gone or damaged and not in it: {some}")
    return lines + secrets_told(taken, chosen)


def secrets_told(taken: Taken, chosen: Settings) -> list[str]:
    """What of the secrets is in the file, and what has to be kept elsewhere."""
    held = [secret.name for secret in taken.manifest.secrets]
    lines = [f"with the secrets {', '.join(held)}: keep the file as you would keep them"] if held else []
    if taken.manifest.sealed_with and "master_key" not in held:
        elsewhere = chosen.master_key or chosen.master_key_file
        where = "GREENLIGHT_MASTER_KEY" if elsewhere else str(chosen.data_dir / "master_key")
        lines.append(f"NOT in it: the master key ({where}); without it the keys of providers in it stay shut")
    if not held:
        lines.append(
            "NOT in it: what signs links and logins; without that, links end and people log in again"
        )
    return lines
