"""All verbs of `greenlight` in one command."""

import typer

from server.cli import (
    answer,
    cancel,
    doctor,
    export,
    import_archive,
    listing,
    make,
    migrate,
    resume,
    serve,
    status,
    work,
)

app = typer.Typer(
    name="greenlight",
    help="Turns a brief into a finished video, and asks before it spends.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for verb in (
    make,
    listing,
    status,
    answer,
    cancel,
    resume,
    export,
    import_archive,
    serve,
    work,
    migrate,
    doctor,
):
    app.command(name=verb.NAME)(verb.command)
