"""The `greenlight` command: one verb per file."""

import os
import sys

# Checkpoints hold JSON only; nothing else may ever be rebuilt from one, and nothing is traced unasked.
os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
os.environ.setdefault("LANGSMITH_TRACING", "false")

import typer
from rich.console import Console

from server.cli import answer, cancel, doctor, export, listing, make, migrate, serve, status, work
from state.errors import BriefError, ConfigurationError, DatabaseError, GreenlightError

EXIT_CODES: tuple[tuple[type[GreenlightError], int], ...] = (
    (BriefError, 2),
    (ConfigurationError, 3),
    (DatabaseError, 4),
)
EXIT_OTHER = 1

app = typer.Typer(
    name="greenlight",
    help="Turns a brief into a finished video, and asks before it spends.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for verb in (make, listing, status, answer, cancel, export, serve, work, migrate, doctor):
    app.command(name=verb.NAME)(verb.command)


def main() -> None:
    """Run the command; an error of ours is one sentence and what to do, never a traceback."""
    try:
        app()
    except GreenlightError as exc:
        console = Console(stderr=True, highlight=False)
        console.print(f"[bold red]{exc.code}[/]: {exc.message}", soft_wrap=True)
        console.print(f"[dim]{exc.user_action}[/]", soft_wrap=True)
        sys.exit(exit_code(exc))


def exit_code(error: GreenlightError) -> int:
    """2: the brief, 3: the set-up, 4: the database, 1: anything else."""
    return next((code for family, code in EXIT_CODES if isinstance(error, family)), EXIT_OTHER)


if __name__ == "__main__":
    main()
