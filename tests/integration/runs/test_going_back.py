"""A run that goes back to a checkpoint does so whoever was killed, and tells what it did itself."""

import signal
from collections import Counter

import pytest

from server.runs.events import Event
from server.threads.snapshots import Snapshots
from tests.integration.runs.test_runs_story import told
from tests.integration.runs.test_thread_runs import Thread
from tests.integration.runs.tiny_graphs import graphs

KILLS = [
    "after_claim:1",
    "before_input:1",
    "before_checkpoint:1",
    "after_checkpoint:1",
    "before_checkpoint:2",
]


async def gone_back(lot, tmp_path, spawn=None, fault: str = "") -> tuple[list[str], Counter[str]]:
    """Go back from a gate to before the first step: what was done then, and what was told of it."""
    thread, tally = Thread(lot, "gate"), tmp_path / f"tally {fault}"
    async with lot.worker():
        run = await thread.ask(input={"brief": {"tally": str(tally)}})
        assert await thread.ended(run["run_id"]) == "paused"
    history = [one async for one in Snapshots(lot.database, graphs()).history(thread.id, graph="gate")]
    [before] = [one for one in history if one.next == ("write_plan",)]
    victim = await spawn(fault=fault) if fault else None
    back = await thread.ask(options={"checkpoint_id": before.config["configurable"]["checkpoint_id"]})
    assert victim is None or await victim.died() == -signal.SIGKILL
    async with lot.worker():
        assert await thread.ended(back["run_id"]) == "paused"
    events = [event for event in await lot.log(thread.id) if event.run_id == back["run_id"]]
    lines = Counter(line_of(event).replace(fault, "") for event in events if event.method != "custom")
    return tally.read_text().split()[2:], lines


def line_of(event: Event) -> str:
    """A question has another id each time."""
    return event.method if event.method == "input.requested" else told(event)


@pytest.mark.breadth(2)
@pytest.mark.parametrize("fault", KILLS)
async def test_a_run_that_goes_back_does_what_it_was_asked(lot, spawn, tmp_path, fault):
    """After its first checkpoint the first step may be over, and is not done again."""
    calm = await gone_back(lot, tmp_path)
    assert calm[0] == ["write_plan", "review"]
    done, lines = await gone_back(lot, tmp_path, spawn, fault)
    assert [step for step in done if step != "review"] == ["write_plan"]
    assert lines == calm[1]
