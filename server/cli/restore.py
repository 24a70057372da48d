"""`greenlight restore FROM`: a backup into an empty place, which then waits for `--go-on`."""

from pathlib import Path
from typing import Annotated

import typer

from server.backups.restore import Restored, look_through, restore
from server.backups.settle import go_on
from server.cli.meter import Meters
from server.cli.running import run
from state.errors import BackupRefused
from tools.settings import settings

NAME = "restore"
WAITS = """
Nothing is worked on here yet. If the place this was taken from went on as well, both would buy the same.
Stop it for good, then: greenlight restore --go-on"""


def command(
    source: Annotated[
        Path | None, typer.Argument(metavar="FROM", help="A file that `greenlight backup` wrote.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Look the file through, and write nothing.")] = False,
    start: Annotated[
        bool,
        typer.Option("--go-on", help="The original is stopped for good: let this place go on with its work."),
    ] = False,
    nothing_since: Annotated[
        bool,
        typer.Option(
            "--nothing-since",
            help="With --go-on: the original was stopped before the backup was taken, so that no provider"
            " need be asked what it bought since. If that is not so, things are bought twice.",
        ),
    ] = False,
) -> None:
    """Bring a backup into an empty place; with --go-on let a restored place go on."""
    if source is None and (check or not start):
        raise BackupRefused("No backup was named.", user_action="Name one, or say `--go-on` alone.")
    if nothing_since and not start:
        raise BackupRefused("--nothing-since says how to go on.", user_action="Say it with --go-on.")
    if source is not None:
        with Meters() as meters:
            if check:
                manifest = run(look_through(source, progress=meters.move_on))
            else:
                restored = run(restore(settings(), source, progress=meters.move_on))
        if check:
            typer.echo(
                f"{source} is whole: as of {manifest.taken_at:%Y-%m-%d %H:%M:%S %Z}, house schema"
                f" {manifest.house}, {manifest.rows_of('productions')} productions,"
                f" {len(manifest.media)} media files"
            )
            return
        typer.echo("\n".join(told(restored)))
    if not start:
        typer.echo(WAITS)
        return
    rung = run(go_on(settings(), nothing_since=nothing_since))
    typer.echo(f"going on: {rung} productions are taken up by the next worker (`greenlight serve` or `work`)")


def told(restored: Restored) -> list[str]:
    """What is here now, and what is missing."""
    facts, manifest = restored.facts, restored.manifest
    lines = [
        f"restored as of {manifest.taken_at:%Y-%m-%d %H:%M:%S %Z}: {facts.productions} productions,"
        f" {facts.running} under way, {facts.waiting} at a gate, {facts.open_orders} orders under way;"
        f" {len(manifest.media)} media files",
        *(f"migrated: {step}" for step in restored.steps),
    ]
    if restored.left_out:
        lines.append(f"left out, as no part of Greenlight: {', '.join(restored.left_out)}")
    if manifest.media_missing:
        lines.append(f"{len(manifest.media_missing)} media files were missing when the backup was taken")
    if manifest.media_left_out:
        lines.append("the backup has no media: bring them back into the store as well")
    if manifest.sealed_with and not any(secret.name == "master_key" for secret in manifest.secrets):
        lines.append(f"keys of providers need the master keys {', '.join(manifest.sealed_with)}")
    return lines
