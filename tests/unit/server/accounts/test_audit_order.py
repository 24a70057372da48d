"""A stream's heartbeat does not overtake its own beginning while the row of the call is written."""

import asyncio
from types import SimpleNamespace
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from server.accounts.audit import Audit

START: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/event-stream")],
}
BEAT: Message = {"type": "http.response.body", "body": b": heartbeat\n\n", "more_body": True}
LAST: Message = {"type": "http.response.body", "body": b"", "more_body": False}


class SlowRows:
    """A database whose insert ends when it is told to."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.may_end = asyncio.Event()

    async def execute(self, query: str, values: dict[str, Any]) -> None:
        self.asked.set()
        await self.may_end.wait()


def _scope(rows: SlowRows) -> Scope:
    house = SimpleNamespace(database=rows, accounts=None)
    app = SimpleNamespace(state=SimpleNamespace(house=house))
    return {"type": "http", "method": "POST", "path": "/runs/stream", "headers": [], "app": app}


async def test_what_follows_waits_for_the_beginning() -> None:
    rows = SlowRows()
    sent: list[Message] = []

    async def streaming(scope: Scope, receive: Receive, send: Send) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(send(START))
            await rows.asked.wait()
            tasks.create_task(send(BEAT))
            await asyncio.sleep(0)
            assert sent == [], "the heartbeat went out before the answer began"
            rows.may_end.set()
        await send(LAST)

    async def receive() -> Message:
        raise AssertionError("nothing is read")

    async def send(message: Message) -> None:
        sent.append(message)

    await Audit(streaming)(_scope(rows), receive, send)
    assert sent == [START, BEAT, LAST]
