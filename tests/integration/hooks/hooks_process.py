"""A process that projects and sends, for tests that kill it."""

import asyncio
import os
import signal
import sys
from typing import Any

import server  # noqa: F401 - sets what langgraph reads when it is loaded
from server.hooks.sender import Sender
from server.records import project
from server.records.project import Projector
from server.runs.events import EventLog
from tests.integration.vault.conftest import a_vault
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.ending import end_tasks
from tools.vault.vault import Vault
from tools.web.addresses import LOOPBACK, Reach
from tools.web.transport import web_client

LEASE_S = 1.0
SAFETY_S = 0.3


async def open_vault() -> Vault:
    return a_vault()


def die_after(calls: int) -> None:
    """Die inside of the projection's transaction, right after so many rows were written into it."""
    real, left = project.put_in_outbox, [calls]

    async def deadly(*arguments: Any) -> None:
        await real(*arguments)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    project.put_in_outbox = deadly  # type: ignore[assignment]


async def main(url: str, calls: str) -> None:
    if int(calls):
        die_after(int(calls))
    asked = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
    database = await Database.open(url, max_size=4, name="hooks-process")
    events, projector = EventLog(database), Projector(database)
    client = web_client(Reach(also=LOOPBACK), timeout_s=5)
    sender = Sender(
        database, SystemClock(), client=client, open_vault=open_vault, mailer=None,
        console="http://127.0.0.1", safety_s=SAFETY_S, lease_s=LEASE_S,
    )  # fmt: skip
    projector.attach(events)
    events.tail.on_notice = sender.ring
    await events.tail.open()
    work = [asyncio.create_task(one) for one in (projector.run(), sender.run())]
    await asked.wait()
    await sender.close()
    await end_tasks(work)
    await events.close()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
