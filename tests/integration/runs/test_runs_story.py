"""A log tells the whole story, whoever was killed while it was told."""

import json
import signal
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain

import pytest

from server.runs import reconcile
from server.runs.events import Event
from tests.integration.runs.conftest import StudioLot, WorkerProcess

CHECKPOINTS = 6
"""Of the graph: its input, what it makes of that, and one for each of four steps."""
KILLS = [
    *(f"before_checkpoint:{hit}" for hit in range(2, CHECKPOINTS + 1)),
    *(f"after_checkpoint:{hit}" for hit in range(1, CHECKPOINTS + 1)),
    *(f"between_checkpoint_and_event:{hit}" for hit in range(1, CHECKPOINTS)),
    "before_end",
]


def told(event: Event) -> str:
    """What an event says, without the ids that every run has of its own."""
    payload = event.payload
    if event.method == "tasks":
        payload = {name: value for name, value in payload.items() if name != "id"}
    if event.method == "checkpoints":
        payload = [payload["step"], payload["source"], payload["next"], len(payload["tasks"])]
    return f"{event.method} {json.dumps(payload, sort_keys=True)}"


def story(events: Sequence[Event]) -> list[list[str]]:
    """What was told between each checkpoint and the next; steps beside each other come in any order.

    A step that was not over is told again by whoever does it again, so what it says counts once; and who
    goes on shows the state once more.
    """
    parts, part, state = defaultdict[int, list[str]](list), 0, ""
    for event in events:
        line = told(event)
        again = line == state or (event.method == "custom" and line in parts[part])
        if not again:
            parts[part].append(line)
        state = line if event.method == "values" else state
        part += event.method == "checkpoints"
    return [sorted(parts[n]) for n in sorted(parts)]


async def made(lot: StudioLot, victim: WorkerProcess | None = None) -> list[list[str]]:
    """What a production told; with a victim that began to drive it and was killed."""
    run = await lot.start("aloud") if victim else None
    assert victim is None or await victim.died() == -signal.SIGKILL
    async with lot.worker():
        run = run or await lot.start("aloud")
        await lot.until(run.production_id, "completed")
    return story(await lot.log(run.production_id))


@pytest.mark.breadth(3)
@pytest.mark.parametrize("fault", KILLS)
async def test_a_kill_leaves_no_hole_in_the_story(lot, spawn, fault):
    assert await made(lot, await spawn(fault=fault)) == await made(lot)


async def test_what_was_said_is_lost_where_no_write_waits_for_it(lot, spawn):
    """The control: the words of three shots, whose writes were stored a moment before the kill.

    A busy machine may tell them in that moment all the same, so it is looked at more than once.
    """
    for _ in range(4):
        lost = await made(lot, await spawn(fault="before_checkpoint:5", guard_off="words"))
        missing = Counter(chain(*await made(lot))) - Counter(chain(*lost))
        if missing:
            break
    assert {line.partition(" ")[0] for line in missing} == {"custom"}


@pytest.mark.parametrize(("looks", "told"), [(True, {1}), (False, {1, 2})])
async def test_a_gate_that_was_answered_before_is_not_told_again(lot, spawn, monkeypatch, looks, told):
    """Gates beside each other, the worker of the second answer is killed; the control does not look back."""
    if not looks:
        monkeypatch.setattr(reconcile, "_told_before", nothing_told)
    async with lot.worker():
        run = await lot.start("fan_out_gates")
        state = await lot.until(run.production_id, "paused")
        await lot.answer(run.production_id, state.interrupts[0]["id"])
        state = await lot.until(run.production_id, "paused", runs=2)
    process = await spawn(fault="before_pause")
    await lot.answer(run.production_id, state.interrupts[0]["id"])
    assert await process.died() == -signal.SIGKILL
    async with lot.worker():
        await lot.until(run.production_id, "paused", runs=3)
    ends = [one for one in await lot.log(run.production_id) if one.method == "tasks"]
    counts = Counter(one.payload["id"] for one in ends if "triggers" not in one.payload)
    assert set(counts.values()) == told


async def nothing_told(*_: object) -> set[str]:
    return set()
