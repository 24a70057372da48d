"""`greenlight status ID`: where one production stands and what it waits for."""

import json
from typing import Annotated

import typer
from rich.console import Console

from server.cli.running import run
from server.cli.troubles import trouble_lines
from server.composition import open_parts
from server.deps import LOCAL_USER, State
from state.cost import Money
from tools.settings import settings

NAME = "status"


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id; `greenlight list` shows it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole state as JSON.")] = False,
) -> None:
    """Show where a production stands, its open gate and its costs."""
    run(_status(production_id, as_json))


async def _status(production_id: str, as_json: bool) -> None:
    async with open_parts(settings(), works=False) as parts:
        state = await parts.house.runs.state(user_id=LOCAL_USER, production_id=production_id)
        costs = await parts.tools.orders.costs(production_id)
    if as_json:
        facts = {
            "productionId": production_id, "status": state.status, "stage": state.stage,
            "values": state.values, "interrupts": state.interrupts, "error": state.error,
            "billed_usd": str(costs.billed.as_usd()),
        }  # fmt: skip
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    print_state(state, costs.billed, Console(highlight=False), production_id=production_id)


def print_state(state: State, billed: Money, console: Console, *, production_id: str) -> None:
    """Where it stands, what it waits for, and what it stopped by."""
    console.print(f"{state.status}  {state.stage}  billed {billed}")
    for gate in state.interrupts:
        console.print(
            f"waits at {gate['value'].get('gate')}: {gate['value'].get('title')}  (interrupt {gate['id']})"
        )
    lines = trouble_lines(state.error, production_id, state.context) if state.error else []
    for number, line in enumerate(lines):
        console.print(line, style="" if number else "red", markup=False, soft_wrap=True)
