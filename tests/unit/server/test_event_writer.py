"""The writer of a drive's events, while a batch of it is held up."""

import asyncio

import pytest
from langchain_core.messages import AIMessageChunk

from server.runs import writer
from server.runs.events import Draft
from server.runs.writer import EventWriter
from tools.orders.lease import Lease

SOON_S = 5


class Log:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    async def append(self, lease: Lease, run_id: str, batch: list[Draft], *, stage: str | None) -> None:
        self.kept += [draft.event_id for draft in batch]


def a_checkpoint(name: str) -> Draft:
    return Draft(event_id=name, namespace=(), method="checkpoints", payload={})


async def test_what_comes_while_a_batch_is_held_up_is_written_and_a_stop_is_heard(
    monkeypatch: pytest.MonkeyPatch,
):
    held, go_on, log = asyncio.Event(), asyncio.Event(), Log()

    async def hold(_: str) -> None:
        held.set()
        await go_on.wait()

    monkeypatch.setattr(writer, "fault_point", hold)
    lease = Lease(production_id="p", user_id="local", epoch=1, owner="me")
    events = EventWriter(log, lease, "run", written=set())  # type: ignore[arg-type]  # fits where it matters
    events.start()
    events.put([a_checkpoint("first")])
    async with asyncio.timeout(SOON_S):
        await held.wait()
        stopping = asyncio.create_task(events.flush())
        await asyncio.sleep(0)
        events.put([a_checkpoint("second")])
        go_on.set()
        await stopping
    assert log.kept == ["first", "second"]


class HeardLog(Log):
    """Says when something was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.wrote = asyncio.Event()

    async def append(self, lease: Lease, run_id: str, batch: list[Draft], *, stage: str | None) -> None:
        await super().append(lease, run_id, batch, stage=stage)
        self.wrote.set()

    async def writes(self) -> None:
        async with asyncio.timeout(SOON_S):
            await self.wrote.wait()
        self.wrote.clear()


def a_piece(name: str, said: str, message: str = "m1") -> Draft:
    payload = {"message": AIMessageChunk(content=said, id=message), "last": False}
    return Draft(event_id=name, namespace=(), method="messages", payload=payload)


async def test_first_words_of_a_message_wait_for_no_batch(monkeypatch: pytest.MonkeyPatch):
    """Its role, which comes before, and all that comes after them may."""
    monkeypatch.setattr(writer, "LINGER_S", 3600.0)
    monkeypatch.setattr(writer, "LONGEST_S", 3600.0)
    log, lease = HeardLog(), Lease(production_id="p", user_id="local", epoch=1, owner="me")
    events = EventWriter(log, lease, "run", written=set())  # type: ignore[arg-type]  # fits where it matters
    events.start()
    events.put([a_checkpoint("begun")])
    await log.writes()
    events.put([a_piece("role", "")])
    await asyncio.sleep(0)
    assert log.kept == ["begun"]
    events.put([a_piece("words", "Once ")])
    await log.writes()
    assert log.kept == ["begun", "role"], "two pieces are one event, under the id of the first"
    events.put([a_piece("more", "upon ")])
    await asyncio.sleep(0)
    assert log.kept == ["begun", "role"]
    events.put([a_piece("another's", "In the beginning ", message="m2")])
    await log.writes()
    await events.flush()
    assert log.kept == ["begun", "role", "more", "another's"]
