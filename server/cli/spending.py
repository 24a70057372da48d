"""`greenlight spending`: stop what costs money at once, for one user or for everybody, and let it go on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer
from rich.console import Console

from server.accounts.audit_book import AuditBook
from server.cli.running import run
from server.cli.seen import escape, storable
from server.deps import LOCAL_USER
from state.errors import RecordNotFound
from tools.db.connect import open_database
from tools.db.pool import Database
from tools.ledger.stops import Stop, Stops
from tools.settings import Settings, settings

NAME = "spending"
app = typer.Typer(help="Stop everything that costs money, at once, and let it go on.", no_args_is_help=True)
User = Annotated[
    str, typer.Option("--user", metavar="ID", help="Only this user's spending.", callback=storable)
]
All = Annotated[bool, typer.Option("--all", help="Everybody's; that is the default without --user.")]


@app.command("stop")
def stop(
    user: User = "",
    everybody: All = False,
    reason: Annotated[str, typer.Option(help="Shown to whoever is held up.", callback=storable)] = "",
    jobs: Annotated[
        bool, typer.Option("--jobs", help="Also stop paid jobs at providers; what has begun may be charged.")
    ] = False,
) -> None:
    """Stop spending: when this returns no paid request leaves any more. What costs nothing goes on."""
    done = run(switch(settings(), "stop_spending", _whose(user, everybody), reason=reason, jobs=jobs))
    Console(highlight=False).print(_line(done), soft_wrap=True)


@app.command("release")
def release(user: User = "", everybody: All = False) -> None:
    """Let spending go on. Productions that paused are resumed with `greenlight resume ID`."""
    done = run(switch(settings(), "release_spending", _whose(user, everybody)))
    Console(highlight=False).print(f"released; it was stopped since {done.stopped_at:%Y-%m-%d %H:%M:%S}")


@app.command("show")
def show() -> None:
    """Show the stops that are in force."""
    console = Console(highlight=False)
    stops = run(listed(settings()))
    for one in stops:
        console.print(_line(one), soft_wrap=True)
    if not stops:
        console.print("nothing is stopped")


async def switch(
    chosen: Settings, action: str, user_id: str | None, *, reason: str = "", jobs: bool = False
) -> Stop:
    """Stop or release, and put it on record.

    Raises:
        RecordNotFound: there is no such user, or nothing to release.
    """
    async with _opened(chosen) as database:
        stops = Stops(database)
        if user_id is not None and not await stops.is_user(user_id):
            raise RecordNotFound("There is no such user.")
        done: Stop | None
        if action == "stop_spending":
            done = await stops.stop(user_id, by=LOCAL_USER, reason=reason, jobs=jobs)
        else:
            done = await stops.release(user_id, by=LOCAL_USER)
        if done is None:
            raise RecordNotFound("Nothing is stopped here.", user_action="`greenlight spending show` tells.")
        await AuditBook().add(database, _audit_row(action, done))
    return done


async def listed(chosen: Settings) -> list[Stop]:
    """All stops in force."""
    async with _opened(chosen) as database:
        return await Stops(database).in_force()


def _audit_row(action: str, stop: Stop) -> dict[str, object]:
    return {
        "user": LOCAL_USER, "action": action, "entity_type": "spending", "entity_id": stop.user_id or "",
        "details": {"method": "command", "stop": stop.stop_id, "reason": stop.reason},
        "ip_address": "", "user_agent": "greenlight",
    }  # fmt: skip


def _whose(user: str, everybody: bool) -> str | None:
    if user and everybody:
        raise typer.BadParameter("give --user or --all, not both")
    return user or None


def _line(stop: Stop) -> str:
    whose = f"user {escape(stop.user_id)}" if stop.user_id else "everybody"
    why = f": {escape(stop.reason)}" if stop.reason else ""
    return (
        f"stopped for {whose} since {stop.stopped_at:%Y-%m-%d %H:%M:%S}{why};"
        f" {stop.on_their_way} requests were on their way, {stop.at_providers} jobs at providers"
        f"{', which are stopped there' if stop.stops_jobs else ''}"
    )


@asynccontextmanager
async def _opened(chosen: Settings) -> AsyncIterator[Database]:
    database = await open_database(chosen)
    try:
        yield database
    finally:
        await database.close()
