"""`greenlight move-database URL`: from the embedded Postgres to another one, with everything that waits."""

import sys
from typing import Annotated

import typer

from server.backups.move import move_database
from server.cli.meter import Meters
from server.cli.running import run
from tools.settings import settings

NAME = "move-database"
FROM_STDIN = "-"


def command(
    url: Annotated[
        str, typer.Argument(help="An empty Postgres database; `-` reads the URL from the standard input.")
    ],
) -> None:
    """Move the database to another Postgres; stop servers and workers first. Media stay where they are."""
    to_url = sys.stdin.readline().strip() if url == FROM_STDIN else url
    with Meters() as meters:
        moved = run(move_database(settings(), to_url, progress=meters.move_on))
    facts = moved.facts
    typer.echo(
        f"moved to {moved.to}: {facts.productions} productions, {facts.running} under way,"
        f" {facts.waiting} at a gate"
    )
    typer.echo("Set GREENLIGHT_DATABASE_URL to it for every server and worker, then start them.")
    typer.echo(
        "The old database is not used any more, and says so; keep it until all is well, then delete it."
    )
