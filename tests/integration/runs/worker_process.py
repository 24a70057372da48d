"""A worker in a process of its own, for tests that kill, freeze or drain it.

`GUARD_OFF=words` makes one that stores what a task wrote whether or not its words are kept: a control.
"""

import asyncio
import os
import sys

import server  # noqa: F401 - sets what langgraph reads when it is loaded
from server.runs.events import EventLog
from server.runs.words import Words
from server.runs.worker import Worker, work_until_stopped
from tests.integration.runs.tiny_graphs import graphs
from tools.db.pool import Database
from tools.faults import arm
from tools.settings import read_settings


async def keep_nothing(self: Words, task_id: str, task_path: str) -> None:
    """In the place of `Words.kept`."""


async def main(url: str) -> None:
    arm(read_settings())
    if os.environ.get("GUARD_OFF") == "words":
        Words.kept = keep_nothing  # type: ignore[method-assign]
    database = await Database.open(url, max_size=4, name="worker-process")
    events = EventLog(database)
    worker = Worker(database, graphs(), events, slots=2, lease_ttl_s=1.0, sweep_every_s=0.3)
    await work_until_stopped(worker)
    await events.close()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
