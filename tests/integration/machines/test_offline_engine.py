"""The offline engine keeps its jobs on the machine where it works; a production may move on all the same."""

import signal

from tests.integration.machines.conftest import Machines
from tests.integration.machines.test_cut_link import SHORT


async def test_what_one_machine_ordered_another_one_makes(machines: Machines) -> None:
    production_id = await machines.shop(1, provider="previz")
    (machines.folder / "first").mkdir()
    (machines.folder / "first" / "faults.log").touch()
    first = machines.start("first", GREENLIGHT_FAULT="after_id", **SHORT)
    assert await first.wait() == -signal.SIGKILL
    jobs = {file.name for file in (machines.folder / "first" / "previz").glob("previz-*")}
    assert jobs, "it had been ordered there"

    second = machines.start("second", **SHORT)
    assert await machines.ended(production_id) == "completed"
    await machines.stop(second)
    rows = await machines.database.fetch_all("select state, attempt, media from orders")
    assert [(row["state"], row["attempt"]) for row in rows] == [("done", 1)]
    assert (machines.folder / "media" / rows[0]["media"]["key"]).exists()
