"""`greenlight resume ID`: go on with a production that was stopped, failed or was cancelled."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from server.cli import text_options
from server.cli.follow import follow_to_end
from server.cli.papers import export_files, print_summary
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER, State
from server.intake import read_change
from tools.settings import settings

NAME = "resume"
STOPPED = ("failed", "cancelled")


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id; `greenlight list` shows it.")],
    out: Annotated[Path, typer.Option(help="Where the files go.")] = Path("out"),
    text_model: text_options.Model = None,
    text_role: text_options.Roles = None,
    text_fallback: text_options.Fallbacks = None,
    stand_in: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODEL",
            help="An engine's model that may stand in for one that cannot be had; all of them.",
        ),
    ] = None,
    substitution: Annotated[
        str | None,
        typer.Option(metavar="POLICY", help="From here on: never, ask, same_tier or any."),
    ] = None,
) -> None:
    """Go on from the last checkpoint; nothing that was made is made again.

    With another language model where the one that was chosen cannot be had, and with another engine where you
    let it stand in.
    """
    knobs = text_options.text_knobs(text_model, text_role, text_fallback, None)
    said = {"stand_ins": stand_in, "substitution": substitution}
    knobs |= {name: value for name, value in said.items() if value is not None}
    run(_resume(production_id, out, knobs))


async def _resume(production_id: str, out: Path, knobs: dict[str, Any]) -> None:
    console = Console()
    async with open_parts(settings()) as parts:
        before = await parts.house.runs.state(user_id=LOCAL_USER, production_id=production_id)
        with text_options.named_as_typed():
            changed = await read_change(parts.house, production_id, knobs, user_id=LOCAL_USER)
        # With other knobs it is refused where nothing can be continued: they would be passed over.
        if _is_stopped(before) or changed:
            await parts.house.runs.resume(user_id=LOCAL_USER, production_id=production_id, context=changed)
        # At a gate the last event is the question itself, which has to be seen again.
        after = 0 if before.interrupts else before.seq
        await follow_to_end(parts, production_id, console, after=after)
        files = await export_files(parts, LOCAL_USER, production_id, out)
        await print_summary(parts, LOCAL_USER, production_id, files, console)


def _is_stopped(state: State) -> bool:
    """Whether nobody is asked and nobody drives it: also where it paused for want of money."""
    return state.status in STOPPED or (state.status == "paused" and not state.interrupts)
