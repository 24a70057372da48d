"""All verbs of `greenlight` in one command."""

import typer

from server.cli import (
    admin,
    answer,
    ask,
    backup,
    budget,
    cancel,
    checkpoints,
    costs,
    cut,
    doctor,
    estimate,
    export,
    fork,
    import_archive,
    keys,
    library,
    library_files,
    listing,
    make,
    media,
    migrate,
    move_database,
    orders,
    replay,
    reshoot,
    restore,
    resume,
    scenes,
    serve,
    settle,
    spending,
    status,
    stuck,
    tidy,
    verify,
    webhooks,
    work,
    workers,
)

app = typer.Typer(
    name="greenlight",
    help="Turns a brief into a finished video, and asks before it spends.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
VERBS = (
    make, listing, status, answer, ask, cancel, resume, checkpoints, fork, replay, reshoot, export,
    import_archive, serve, work, workers, stuck, migrate, backup, restore, move_database, tidy,
    verify, doctor, admin, costs, estimate, orders, settle,
)  # fmt: skip
for verb in VERBS:
    app.command(name=verb.NAME)(verb.command)
app.command(name=stuck.NAME_BEFORE, hidden=True)(stuck.command)
app.add_typer(keys.app, name=keys.NAME)
app.add_typer(cut.app, name=cut.NAME)
app.add_typer(scenes.app, name=scenes.NAME)
library.add_to(media.app)
library_files.add_to(media.app)
app.add_typer(media.app, name=media.NAME)
app.add_typer(webhooks.app, name=webhooks.NAME)
app.add_typer(spending.app, name=spending.NAME)
app.add_typer(budget.app, name=budget.NAME)
