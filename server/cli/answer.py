"""`greenlight answer ID`: answer the open gate of a production."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from server.cli.follow import follow_to_end
from server.cli.make import load_json
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from state.errors import ReviewRefused
from tools.settings import settings

NAME = "answer"


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id.")],
    lights: Annotated[
        list[str] | None, typer.Argument(help="ITEM=GREEN, ITEM=RED or 'ITEM=YELLOW:what should change'.")
    ] = None,
    approve_all: Annotated[
        bool, typer.Option("--approve-all", help="GREEN for all you do not name.")
    ] = False,
    reply: Annotated[Path | None, typer.Option(help="A JSON file with the whole reply instead.")] = None,
    interrupt: Annotated[
        str | None, typer.Option(help="The gate's interrupt id, if several are open.")
    ] = None,
    quote: Annotated[str | None, typer.Option(help="The quote id you approve.")] = None,
    signed_by: Annotated[
        str | None, typer.Option(help="Your name, where you deliver a master that failed its check.")
    ] = None,
    wait: Annotated[bool, typer.Option(help="Work here until it has ended or asks again.")] = True,
) -> None:
    """Answer the open gate; with --wait this process goes on with the work."""
    content = load_json(reply) if reply else {"approve_all": approve_all, "items": read_lights(lights or [])}
    if quote:
        content["quote_id"] = quote
    if signed_by:
        content["signed_by"] = signed_by
    run(_answer(production_id, interrupt, content, wait))


async def _answer(production_id: str, interrupt: str | None, reply: dict[str, Any], wait: bool) -> None:
    async with open_parts(settings(), works=wait) as parts:
        before = await parts.house.runs.state(user_id=LOCAL_USER, production_id=production_id)
        accepted = await parts.house.runs.answer(
            user_id=LOCAL_USER, production_id=production_id, interrupt_id=interrupt, reply=reply
        )
        console = Console()
        console.print(f"run {accepted.run_id} is accepted", highlight=False)
        if wait:
            await follow_to_end(parts, production_id, console, after=before.seq)


def read_lights(words: list[str]) -> dict[str, dict[str, str]]:
    """`2A=YELLOW:closer` as a decision per item.

    Raises:
        ReviewRefused: a word is not of that form.
    """
    lights = {}
    for word in words:
        item, equals, decision = word.partition("=")
        light, _, note = decision.partition(":")
        if not item or not equals or light.upper() not in ("GREEN", "YELLOW", "RED"):
            raise ReviewRefused(f"{word!r} is not ITEM=GREEN, ITEM=RED or ITEM=YELLOW:what should change")
        lights[item] = {"light": light.upper(), "note": note}
    return lights
