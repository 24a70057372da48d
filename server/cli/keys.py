"""`greenlight keys`: your own keys at providers, and the master key that seals everybody's."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer
from psycopg.rows import DictRow
from pydantic import SecretStr
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.cli.seen import escape
from server.deps import LOCAL_USER
from state.errors import RecordNotFound
from tools.clock import SystemClock
from tools.db.connect import open_database
from tools.db.pool import Database
from tools.settings import Settings, settings
from tools.vault.provider_keys import ProviderKeys, open_provider_keys
from tools.vault.providers import PROVIDERS, Provider, known_provider
from tools.vault.rotate import Rotated, rotate_master

NAME = "keys"
app = typer.Typer(
    help="Your own keys at providers, and the master key that seals them.", no_args_is_help=True
)
ProviderName = Annotated[str, typer.Argument(help=f"One of {', '.join(PROVIDERS)}.")]
Label = Annotated[str, typer.Argument(help="What you call it.")]


@app.command("list")
def list_keys() -> None:
    """Show your keys in the order in which they are tried; of each only how it ends."""
    table = Table(Column("provider"), Column("label"), "status", "ends in", "last used", box=None)
    for row in run(_listed(settings())):
        used = row["last_used_at"]
        table.add_row(
            row["provider"],
            escape(row["label"]),
            row["status"],
            row["last_four"],
            f"{used:%Y-%m-%d %H:%M}" if used else "never",
        )
    Console().print(table)


@app.command("add")
def add(provider: ProviderName, label: Label) -> None:
    """Keep a key. It is asked for or read from the standard input: arguments can be seen by others."""
    known = known_provider(provider)
    row = run(keep(settings(), known, label, _asked(known)))
    typer.echo(f"kept as {row['label']}, number {row['position']} of your {provider} keys")


@app.command("remove")
def remove(provider: ProviderName, label: Label) -> None:
    """Forget a key. At the provider it goes on working until you revoke it there."""
    run(forget(settings(), known_provider(provider), label))
    typer.echo(f"{label} is gone; revoke it at {provider}, too")


@app.command("rotate-master")
def rotate() -> None:
    """Seal the keys of all users anew with the first master key. If it was stopped, start it again."""
    done = run(seal_anew(settings()))
    typer.echo("\n".join(told(done)))
    if done.left:
        raise typer.Exit(1)


async def keep(chosen: Settings, provider: Provider, label: str, key: SecretStr) -> DictRow:
    """The row of a key that is kept now."""
    async with _keys(chosen) as (_, keys):
        return await keys.add(LOCAL_USER, provider=provider, label=label, key=key)


async def forget(chosen: Settings, provider: Provider, label: str) -> None:
    """Remove the key that is called so.

    Raises:
        RecordNotFound: there is none.
    """
    async with _keys(chosen) as (_, keys):
        rows = await keys.listed(LOCAL_USER, provider=provider)
        found = next((row["id"] for row in rows if row["label"] == label), None)
        if found is None:
            raise RecordNotFound(
                f"You have no {provider} key called {label!r}.",
                user_action="`greenlight keys list` shows them.",
            )
        await keys.remove(LOCAL_USER, found)


async def seal_anew(chosen: Settings) -> Rotated:
    """Rotate on the database of these settings."""
    async with _keys(chosen) as (database, keys):
        return await rotate_master(database, await keys.vault())


def told(done: Rotated) -> list[str]:
    """What became of the keys, in words."""
    lines = [f"{done.resealed} sealed anew, {done.already} were sealed with the current master key already"]
    if done.damaged:
        lines.append(f"{len(done.damaged)} cannot be opened and were left: {', '.join(done.damaged)}")
    if done.left:
        lines.append(f"still sealed with another master key: {done.left}; keep it, and run this again")
    else:
        lines.append("older master keys are not needed any more")
    return lines


async def _listed(chosen: Settings) -> list[DictRow]:
    async with _keys(chosen) as (_, keys):
        return await keys.listed(LOCAL_USER)


def _asked(provider: str) -> SecretStr:
    if sys.stdin.isatty():
        return SecretStr(typer.prompt(f"the {provider} key (not shown)", hide_input=True))
    return SecretStr(sys.stdin.readline().removesuffix("\n").removesuffix("\r"))


@asynccontextmanager
async def _keys(chosen: Settings) -> AsyncIterator[tuple[Database, ProviderKeys]]:
    database = await open_database(chosen)
    try:
        yield database, open_provider_keys(chosen, database, SystemClock())
    finally:
        await database.close()
