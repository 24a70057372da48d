"""`greenlight fork ID`: a branch that leaves a production at one of its states."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from server.branches.fork import Difference, fork
from server.cli.answer import read_lights
from server.cli.follow import follow_to_end
from server.cli.make import load_json
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from state.tier import Tier
from tools.settings import settings

NAME = "fork"


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id; it is not changed.")],
    lights: Annotated[
        list[str] | None, typer.Argument(help="An answer: ITEM=GREEN, ITEM=RED or 'ITEM=YELLOW:what'.")
    ] = None,
    checkpoint: Annotated[
        str | None, typer.Option(help="Where it leaves; `greenlight checkpoints ID` lists them.")
    ] = None,
    approve_all: Annotated[
        bool, typer.Option("--approve-all", help="GREEN for all you do not name.")
    ] = False,
    quote: Annotated[str | None, typer.Option(help="The quote id you approve.")] = None,
    values: Annotated[Path | None, typer.Option(help="A JSON file with channels to change.")] = None,
    as_node: Annotated[str | None, typer.Option(help="The node the values come from.")] = None,
    title: Annotated[str | None, typer.Option(help="What the branch is called.")] = None,
    ceiling: Annotated[str | None, typer.Option(help="The most it may cost, in dollars.")] = None,
    tier: Annotated[
        Tier | None, typer.Option(help="Go on as a draft or as a final; without it as the production.")
    ] = None,
    wait: Annotated[bool, typer.Option(help="Work here until it has ended or asks again.")] = True,
) -> None:
    """Branch a production; with an answer or values it goes on at once, and only what differs is paid."""
    answered = bool(lights) or approve_all
    reply: dict[str, Any] | None = (
        {"approve_all": approve_all, "items": read_lights(lights or [])} if answered else None
    )
    if reply is not None and quote:
        reply["quote_id"] = quote
    difference = Difference(
        checkpoint_id=checkpoint, values=load_json(values) if values else None, as_node=as_node, reply=reply,
        title=title, ceiling_usd=ceiling, tier=tier,
    )  # fmt: skip
    run(_fork(production_id, difference, wait))


async def _fork(production_id: str, difference: Difference, wait: bool) -> None:
    console = Console(highlight=False)
    async with open_parts(settings(), works=wait) as parts:
        branch = await fork(parts.house, production_id, difference, user_id=LOCAL_USER)
        console.print(f"branch {branch.production_id} stands {branch.status}")
        for gate in branch.interrupts:
            console.print(f"waits at {gate['value'].get('gate')}: {gate['value'].get('title')}")
        if wait and branch.run_id:
            await follow_to_end(parts, branch.production_id, console)
