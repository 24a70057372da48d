"""`greenlight webhooks`: have other systems of yours told when something happens."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, get_args
from uuid import UUID

import typer
from psycopg.rows import DictRow
from rich.console import Console
from rich.table import Table

from server.accounts.accounts import own_url
from server.cli.running import run
from server.cli.seen import escape
from server.deps import LOCAL_USER
from server.hooks.deliveries import Deliveries, DeliveryStatus
from server.hooks.facts import EVENT_TYPES, EventType
from server.hooks.messages import payload_of
from server.hooks.opening import open_deliveries
from state.errors import BriefIncomplete, RecordNotFound
from tools.clock import SystemClock
from tools.db.connect import open_database
from tools.settings import Settings, settings
from tools.vault.provider_keys import open_provider_keys

NAME = "webhooks"
app = typer.Typer(
    help="Have other systems of yours told: a gate waits, a run has ended, a delivery is ready.",
    no_args_is_help=True,
)
Id = Annotated[str, typer.Argument(metavar="ID", help="The webhook's id, as `list` shows it.")]
Events = Annotated[
    list[str] | None, typer.Option("--event", help=f"One of {', '.join(EVENT_TYPES)}; may be given again.")
]
Url = Annotated[str, typer.Argument(help="An https address; http on this machine.")]
NewUrl = Annotated[str | None, typer.Option("--url", help="Where to send from now on.")]
Described = Annotated[str | None, typer.Option("--description", help="What it is for.")]
KEPT = "keep it now, it is not shown again"
SENT_BY = "it is sent by `greenlight serve` or `work`"


@app.command("list")
def list_webhooks() -> None:
    """Show your webhooks and how they do."""
    table = Table("id", "address", "events", "state", "for", box=None)
    for row in run(_listed(settings())):
        table.add_row(
            row["id"], escape(row["url"]), ", ".join(row["events"]), state_of(row), escape(row["description"])
        )
    Console().print(table)


@app.command("add")
def add(url: Url, event: Events = None, description: Described = None) -> None:
    """Make a webhook; its secret is shown this once."""
    row, secret = run(make(settings(), url, event, description or ""))
    typer.echo(f"{row['id']} is told of {', '.join(row['events'])}\nsecret ({KEPT}): {secret}")


@app.command("change")
def change(
    webhook: Id,
    url: NewUrl = None,
    event: Events = None,
    description: Described = None,
    enabled: Annotated[
        bool | None, typer.Option("--enable/--disable", help="Switch it on or off; off drops what waits.")
    ] = None,
) -> None:
    """Change where it leads, what it is told of, or switch it on or off."""
    row = run(alter(settings(), webhook, url, event, description, enabled))
    typer.echo(f"{row['id']} is {state_of(row)}, told of {', '.join(row['events'])}")


@app.command("remove")
def remove(webhook: Id) -> None:
    """Delete a webhook, with the list of what was sent."""
    run(forget(settings(), webhook))
    typer.echo(f"{webhook} is gone")


@app.command("rotate")
def rotate(webhook: Id) -> None:
    """Give it a new secret; the old one signs along for a day."""
    typer.echo(f"secret ({KEPT}): {run(renew(settings(), webhook))}")


@app.command("test")
def test(webhook: Id) -> None:
    """Send a test message."""
    typer.echo(f"{run(try_out(settings(), webhook))['id']}: {SENT_BY}")


@app.command("deliveries")
def deliveries(
    webhook: Id,
    status: Annotated[str | None, typer.Option(help=f"Only {', '.join(get_args(DeliveryStatus))}.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many, newest first.")] = 20,
) -> None:
    """List what was sent to it."""
    table = Table("id", "event", "status", "tries", "last answer", "when", box=None)
    for row in run(_deliveries(settings(), webhook, status, limit)):
        answer = str(row["status_code"] or "") or escape(row["outcome"] or row["problem"] or "")
        when = f"{row['created_at']:%Y-%m-%d %H:%M}"
        table.add_row(row["id"], row["type"], row["status"], str(row["attempts"]), answer, when)
    Console().print(table)


@app.command("delivery")
def delivery(
    webhook: Id, which: Annotated[str, typer.Argument(metavar="DELIVERY", help="The delivery's id.")]
) -> None:
    """Show what a delivery says and every attempt."""
    typer.echo(json.dumps(run(_delivery(settings(), webhook, which)), indent=2, default=str))


@app.command("resend")
def resend(
    webhook: Id, which: Annotated[str, typer.Argument(metavar="DELIVERY", help="The delivery's id.")]
) -> None:
    """Send a delivery once more, under the same id."""
    run(again(settings(), webhook, which))
    typer.echo(f"{which}: {SENT_BY}")


async def make(chosen: Settings, url: str, events: list[str] | None, description: str) -> tuple[DictRow, str]:
    """A new webhook's row and its secret."""
    async with _webhooks(chosen) as webhooks:
        row, secret = await webhooks.endpoints.add(
            LOCAL_USER, url=url, description=description, events=known_events(events) or list(EVENT_TYPES)
        )
        return row, secret.get_secret_value()


async def alter(
    chosen: Settings,
    webhook: str,
    url: str | None,
    events: list[str] | None,
    description: str | None,
    enabled: bool | None,
) -> DictRow:
    """Change what is given."""
    async with _webhooks(chosen) as webhooks:
        return await webhooks.endpoints.change(
            LOCAL_USER, read_id(webhook), url=url, events=known_events(events), description=description,
            enabled=enabled,
        )  # fmt: skip


async def forget(chosen: Settings, webhook: str) -> None:
    """Delete it."""
    async with _webhooks(chosen) as webhooks:
        await webhooks.endpoints.remove(LOCAL_USER, read_id(webhook))


async def renew(chosen: Settings, webhook: str) -> str:
    """Its new secret."""
    async with _webhooks(chosen) as webhooks:
        return (await webhooks.endpoints.rotate(LOCAL_USER, read_id(webhook)))[0].get_secret_value()


async def try_out(chosen: Settings, webhook: str) -> DictRow:
    """A test message's row."""
    async with _webhooks(chosen) as webhooks:
        return await webhooks.send_test(LOCAL_USER, read_id(webhook))


async def again(chosen: Settings, webhook: str, which: str) -> DictRow:
    """Send it once more."""
    async with _webhooks(chosen) as webhooks:
        return await webhooks.send_again(LOCAL_USER, read_id(webhook), read_id(which))


def known_events(named: list[str] | None) -> list[EventType] | None:
    """The events that were named; none when none was.

    Raises:
        BriefIncomplete: there is no event of this name.
    """
    for name in named or ():
        if name not in EVENT_TYPES:
            fix = f"Use one of {', '.join(EVENT_TYPES)}."
            raise BriefIncomplete(f"event: there is no {name}", user_action=fix)
    return [one for one in EVENT_TYPES if one in named] if named else None


def read_id(text: str) -> str:
    """An id; what is none names nothing.

    Raises:
        RecordNotFound: it cannot be the id of anything.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise RecordNotFound(
            f"Nothing has the id {text!r}.", user_action="`greenlight webhooks list` shows ids."
        ) from None


def state_of(row: DictRow) -> str:
    """How an endpoint does, in a word or two."""
    if not row["enabled"]:
        return {"gone": "off: answered 410", "failing": "off: failed for days"}.get(
            row["disabled_for"], "off"
        )
    return f"failing ({row['failures']})" if row["failures"] else "on"


async def _listed(chosen: Settings) -> list[DictRow]:
    async with _webhooks(chosen) as webhooks:
        return await webhooks.endpoints.listed(LOCAL_USER)


async def _deliveries(chosen: Settings, webhook: str, status: str | None, limit: int) -> list[DictRow]:
    known = next((one for one in get_args(DeliveryStatus) if one == status), None)
    if status is not None and known is None:
        fix = f"Use one of {', '.join(get_args(DeliveryStatus))}."
        raise BriefIncomplete(f"status: there is no {status}", user_action=fix)
    async with _webhooks(chosen) as webhooks:
        rows, _ = await webhooks.listed(LOCAL_USER, read_id(webhook), status=known, limit=limit, offset=0)
        return rows


async def _delivery(chosen: Settings, webhook: str, which: str) -> DictRow:
    async with _webhooks(chosen) as webhooks:
        row = await webhooks.read(LOCAL_USER, read_id(webhook), read_id(which))
        shown = {name: row[name] for name in ("id", "type", "status", "outcome", "next_at", "tries")}
        return {**shown, "payload": payload_of(row, console=own_url(chosen))}


@asynccontextmanager
async def _webhooks(chosen: Settings) -> AsyncIterator[Deliveries]:
    database, clock = await open_database(chosen), SystemClock()
    try:
        keys = open_provider_keys(chosen, database, clock)
        yield open_deliveries(chosen, database, clock, open_vault=keys.vault)
    finally:
        await database.close()
