"""The writer of a drive's events, while a batch of it is held up."""

import asyncio

import pytest

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
