"""Running a verb's work: Ctrl-C ends it in order and says how to go on."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import typer

T = TypeVar("T")
EXIT_STOPPED = 130
"""What shells expect after Ctrl-C."""


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do the work; a stopped production goes back to the queue before this returns."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        typer.echo(
            "stopped; nothing is lost: `greenlight resume ID` goes on, `greenlight list` shows the ID",
            err=True,
        )
        raise typer.Exit(EXIT_STOPPED) from None
