"""Processes that are killed while they project and send: each event is told once, each message arrives."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.hooks.sender import MOST_OF_ONE
from server.records.project import catch_up_all
from tests.forked import ForkedProcess
from tests.integration.hooks.conftest import HooksLot
from tests.standins.receiver import Received

Spawn = Callable[..., ForkedProcess]


@pytest.fixture
async def spawn(database_url: str, tmp_path: Path) -> AsyncIterator[Spawn]:
    """Start processes that project and send; whatever is left of them is killed."""
    started: list[ForkedProcess] = []

    def start(*, dies_after: int = 0) -> ForkedProcess:
        module, log = "tests.integration.hooks.hooks_process", tmp_path / "hooks.log"
        environment = {"PATH": os.environ["PATH"]}
        process = ForkedProcess(module, database_url, str(dies_after), env=environment, log=log)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        await process.wait()


class Assassin:
    """Kills a process right when its messages arrive, before they are answered, and starts another."""

    def __init__(self, spawn: Spawn, *, every: int, most: int) -> None:
        self.spawn, self.every, self.left = spawn, every, most
        self.victims = [spawn(), spawn()]
        self.seen = 0

    def __call__(self, message: Received) -> None:
        self.seen += 1
        if self.left and self.seen % self.every == 0:
            self.left -= 1
            victim = self.victims.pop(0)
            victim.kill()
            self.victims.append(self.spawn())


async def everything_delivered(lot: HooksLot, *processes: ForkedProcess) -> list[dict[str, Any]]:
    """The rows when those have ended in order and what a dead one left was taken over."""
    for process in processes:
        process.send_signal(signal.SIGTERM)  # one that was born a moment ago may not listen to it yet
        assert await asyncio.wait_for(process.wait(), 20) in (0, -signal.SIGTERM)
    await catch_up_all(lot.database)
    lot.clock.started = datetime.now(UTC) + timedelta(hours=1)
    await lot.send()
    rows = await lot.notices()
    assert {row["status"] for row in rows} == {"delivered"}
    return rows


async def test_over_kills_of_two_processes_every_event_is_told_once_and_arrives(
    lot: HooksLot, spawn: Spawn
) -> None:
    for user in ("ana", "eva"):
        await lot.endpoint(user)
    productions = [await lot.production(user) for user in ("ana", "eva")]
    lot.receiver.on_message = assassin = Assassin(spawn, every=6, most=3)
    for number in range(15):
        for production in productions:
            asked = {"interrupt_id": f"gate-{number}", "payload": {}}
            await lot.hand.tell(production, "input.requested", asked)
    await lot.receiver.until(30)
    rows = await everything_delivered(lot, *assassin.victims)
    assert (len(rows), assassin.left) == (30, 0)
    assert len({(row["endpoint_id"], row["event_key"]) for row in rows}) == 30
    ids = [message.id for message in lot.receiver.messages]
    assert len(set(ids)) == 30
    # What had arrived when its sender died came again, under its id: at most what was on its way.
    assert len(ids) <= 30 + 3 * 2 * MOST_OF_ONE


@pytest.mark.parametrize("calls", [1, 5])
async def test_a_kill_inside_of_the_projections_transaction_neither_loses_nor_doubles(
    lot: HooksLot, spawn: Spawn, calls: int
) -> None:
    await lot.endpoint()
    production = await lot.production()
    for number in range(8):
        await lot.hand.tell(production, "input.requested", {"interrupt_id": f"gate-{number}", "payload": {}})
    assert await asyncio.wait_for(spawn(dies_after=calls).wait(), 20) == -signal.SIGKILL
    assert await lot.notices() == [], "nothing of the transaction that died is there"
    successor = spawn()
    await lot.receiver.until(8)
    assert len(await everything_delivered(lot, successor)) == 8
    assert len(lot.receiver.messages) == 8
