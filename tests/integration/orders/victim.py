"""A script that places one order and may be killed on the way. Run by `test_order_kill.py`.

The provider is a folder: one file per job, one line in `posts.log` per request that arrived.
With HOLD set it says so in the file `held` and stands still right before sending, until there is
a file `go`; `HOLD=careless` then sends without looking at the deadline.
"""

import asyncio
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from state.order import EngineRequest, FailureKind, Medium
from tests.builders import an_order
from tests.fakes import FakeStore
from tests.real_results import real_result
from tools.db.pool import Database
from tools.engines.base import Fetched, JobStatus, Reconcile
from tools.engines.files import NO_FILES, Files
from tools.faults import arm
from tools.ledger.rows import REQUESTS
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.resilience.deadline import check_deadline
from tools.settings import read_settings


class FolderEngine:
    """A provider that outlives every process."""

    provider = "fake"
    media: frozenset[Medium] = frozenset({"image"})
    reconcile: Reconcile = "findable"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        hold = os.environ.get("HOLD", "")
        if hold:
            (self.folder / "held").touch()
            while not (self.folder / "go").exists():
                time.sleep(0.01)  # noqa: ASYNC251  # the whole process stands still, that is the point
        if hold != "careless":
            check_deadline()
        with (self.folder / "posts.log").open("a") as posts:
            posts.write(f"{call_key}\n")
        number = len((self.folder / "posts.log").read_text().splitlines())
        (self.folder / f"job-{number}.json").write_text(request.model_dump_json())
        return f"job-{number}"

    async def status(self, external_id: str) -> JobStatus:
        return JobStatus(state="succeeded", progress=1.0)

    async def wait(self, external_id: str) -> JobStatus:
        return await self.status(external_id)

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        copy = into / "picture"
        asked = (self.folder / f"{external_id}.json").read_text()
        copy.write_bytes(real_result(REQUESTS.validate_json(asked)))
        return Fetched(path=copy)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        wanted = request.model_dump_json()
        return [job.stem for job in self.folder.glob("job-*.json") if job.read_text() == wanted]

    async def cancel(self, external_id: str) -> None:
        """Nothing to stop."""

    def classify(self, error: BaseException) -> FailureKind:
        return "internal"


async def main(production_id: str) -> None:
    settings = read_settings()
    arm(settings)
    assert settings.database_url is not None
    database = await Database.open(settings.database_url.get_secret_value(), max_size=2, name="victim")
    engine = FolderEngine(settings.data_dir)
    options = OrderOptions(submit_timeout_s=0.5, settle_s=0.1, lease_ttl_s=settings.lease_ttl_s)
    orders = Orders(database, FakeStore(settings.data_dir), {"fake": engine}, options=options)
    try:
        delivery = await orders.place(an_order(production_id))
        sys.stdout.write(delivery.media.sha256)
    finally:
        # A pool that is left open can keep `asyncio.run` from ending.
        await orders.close()
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
