"""`greenlight orders`: requests that may have been made or not, and wait for a person."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from server.cli.running import run
from server.cli.seen import seen
from server.composition import open_parts
from server.deps import LOCAL_USER, read_id
from tools.orders.parked import ParkedOrder
from tools.settings import Settings, settings

NAME = "orders"
SHOWN = 1000


def command(
    production: Annotated[str, typer.Option(metavar="ID", help="Only of this production.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Show orders of unknown fate: their answers were lost, and nobody but you can say what became of them.

    None of them is sent or paid again before `greenlight settle` says so.
    """
    found, total = run(read(settings(), production))
    if as_json:
        facts = {"total": total, "orders": [as_facts(one) for one in found]}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    for one in found:
        typer.echo(told(one))
    if total > len(found):
        typer.echo(f"and {total - len(found)} more")
    typer.echo("`greenlight settle KEY --as ...` says what became of one" if found else "none")


async def read(chosen: Settings, production: str = "") -> tuple[list[ParkedOrder], int]:
    """Those of the local user, the newest first, and how many there are."""
    only = read_id(production) if production else None
    async with open_parts(chosen, works=False) as parts:
        return await parts.house.parked.listed(LOCAL_USER, production_id=only, limit=SHOWN)


def told(one: ParkedOrder) -> str:
    """Four lines for a person: which, what and when, what is at stake, and where to look."""
    sent = f"sent {one.sent_at:%Y-%m-%d %H:%M:%S} UTC" if one.sent_at else "not sent from here"
    lines = (
        one.call_key,
        f"  {one.stage} {one.item}, take {one.take_number}: {one.model} at {one.provider}, {sent}",
        f"  perhaps spent {one.unknown}; sending it again reserves {one.price} more"
        if "it_never_arrived" in one.choices
        else f"  perhaps spent {one.unknown}; it came in an archive and can only be given up",
        f"  {one.why}. {one.ask}",
        *([f"  its job may be {one.external_id}"] if one.external_id else []),
    )
    return "\n".join(seen(line) for line in lines)


def as_facts(one: ParkedOrder) -> dict[str, object]:
    """Everything of it, amounts in dollars."""
    costs = {name: one.costs(name).dollars() for name in one.choices}
    return asdict(one) | {"price": one.price.dollars(), "unknown": one.unknown.dollars(), "choices": costs}
