"""Running a verb's work: Ctrl-C ends it in order and says how to go on."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import typer

from server.logs import configure_logs
from tools.settings import Settings, settings

T = TypeVar("T")
EXIT_STOPPED = 130
"""What shells expect after Ctrl-C."""
STOPPED = "stopped; nothing is lost: `greenlight resume ID` goes on, `greenlight list` shows the ID"


def run(work: Coroutine[Any, Any, T], *, stopped: str = STOPPED) -> T:
    """Do the work; a stopped production goes back to the queue before this returns."""
    chosen = settings()
    configure_logs(quiet(chosen))
    try:
        with _psycopg_at(logging.NOTSET if "log_level" in chosen.model_fields_set else logging.ERROR):
            return asyncio.run(work)
    except KeyboardInterrupt:
        typer.echo(stopped, err=True)
        raise typer.Exit(EXIT_STOPPED) from None


@contextmanager
def _psycopg_at(level: int) -> Iterator[None]:
    """It warns of each statement that we end ourselves; what really fails is raised and said in our words."""
    logger = logging.getLogger("psycopg")
    before = logger.level
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.setLevel(before)


def quiet(chosen: Settings) -> Settings:
    """A person at a terminal reads progress, not logs: only warnings, unless a level was asked for."""
    if "log_level" in chosen.model_fields_set:
        return chosen
    return chosen.model_copy(update={"log_level": "WARNING"})
