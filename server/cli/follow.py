"""Following one production in the terminal until it has ended, answering its gates."""

import asyncio
from typing import Any

from rich.console import Console

from server.cli.gates import ask_person
from server.cli.progress import ProgressLines
from server.cli.troubles import trouble_lines
from server.composition import Parts
from server.deps import LOCAL_USER, LoggedEvent, State
from state.errors import ReviewRefused, RunError, StaleReview

GO_ON = "`greenlight status {id}` shows why; `greenlight resume {id}` goes on from the last checkpoint."
ANSWER = (
    "Answer with `greenlight answer {id}`, or start anew with --review auto and a --ceiling that allows it."
)


class ProductionEnded(RunError):
    """The production ended without a master."""

    code = "production_ended"


class NobodyHere(RunError):
    """The production waits at a gate and nobody is here to answer."""

    code = "nobody_here"


async def follow_to_end(parts: Parts, production_id: str, console: Console, *, after: int = 0) -> None:
    """Print what happens; at a gate ask the person and go on.

    Raises:
        ProductionEnded: it failed or was cancelled, or pauses because it may not spend; the message says why.
        NobodyHere: it waits at a gate and there is no terminal to ask in.
    """
    lines = ProgressLines(console)
    while True:
        after, gates = await _until_pause(parts, production_id, lines, after)
        if not gates:
            break
        await _settle(parts, production_id, gates[0], console)
    state = await parts.house.runs.state(user_id=LOCAL_USER, production_id=production_id)
    if state.status != "completed":
        raise _ended(state, production_id)


async def _until_pause(
    parts: Parts, production_id: str, lines: ProgressLines, after: int
) -> tuple[int, list[dict[str, Any]]]:
    """Show events until the production waits or has ended; the last position and the open gates."""
    with lines:
        async for event in parts.house.events.follow(production_id, after=after, until_end=True):
            after = event.seq
            if event.method == "custom" and isinstance(event.payload, dict):
                lines.event(str(event.payload.get("name")), event.payload.get("payload") or {})
            elif _waits(event):
                state = await parts.house.runs.state(user_id=LOCAL_USER, production_id=production_id)
                if state.status == "paused":  # without a question: there was no money to go on
                    return after, state.interrupts
    return after, []


def _ended(state: State, production_id: str) -> ProductionEnded:
    """Why it stopped, what that was charged, and what helps; nothing was lost."""
    go_on = GO_ON.format(id=production_id)
    if not state.error:
        return ProductionEnded(f"the production {state.status}: it was cancelled", user_action=go_on)
    said, *more = trouble_lines(state.error, production_id, state.context)
    more += [] if state.status == "paused" else [go_on]
    return ProductionEnded(f"the production {state.status}: {said}", user_action="\n".join(more))


def _waits(event: LoggedEvent) -> bool:
    """The whole production has stopped at a gate, not one of its subgraphs."""
    return event.method == "lifecycle" and not event.namespace and event.payload.get("event") == "interrupted"


async def _settle(parts: Parts, production_id: str, gate: dict[str, Any], console: Console) -> None:
    """Ask until an answer is taken, here or by somebody else.

    Raises:
        NobodyHere: there is no terminal to ask in; the gate stays open.
    """
    places = await _places(parts, gate)
    while True:
        try:
            reply = await asyncio.to_thread(ask_person, console, gate["value"], places)
            await parts.house.runs.answer(
                user_id=LOCAL_USER, production_id=production_id, interrupt_id=gate["id"], reply=reply
            )
        except EOFError as exc:
            does = ANSWER.format(id=production_id)
            said = f"production {production_id} waits at {gate['value']['gate']}"
            raise NobodyHere(said, user_action=does) from exc
        except ReviewRefused as exc:
            console.print(f"[yellow]{exc.message}[/]")
        except StaleReview:
            return console.print("[yellow]this question was answered elsewhere[/]")
        else:
            return None


async def _places(parts: Parts, gate: dict[str, Any]) -> dict[str, str]:
    """Where each item's picture lies, so that a person can open it."""
    items = [item for item in gate["value"].get("items", []) if item.get("media")]
    return {item["item"]: str(await parts.house.store.get(item["media"]["key"])) for item in items}
