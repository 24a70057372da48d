"""The cable between two machines is cut during a run: the other one goes on, and late words are void."""

import signal

import pytest

from tests.integration.machines.conftest import Machines
from tests.integration.machines.wire import wire_to

SHOTS = 3
SHORT = {"GREENLIGHT_LEASE_TTL_S": "3", "GREENLIGHT_SWEEP_EVERY_S": "0.3"}


@pytest.mark.parametrize("cut", [True, False], ids=["cut", "whole"])
async def test_a_machine_behind_a_cut_link_is_replaced_and_changes_nothing_afterwards(
    machines: Machines, cut: bool
) -> None:
    """With the link whole, the control, the same machine keeps its lease and ends the run itself."""
    async with wire_to(machines.database.url) as wire:
        production_id = await machines.shop(SHOTS)
        far = machines.start("far", url=wire.url, through=wire.namespace, holds=True, **SHORT)
        await machines.until(production_id, "collect_shot", "start")
        assert sum(machines.posts().values()) == 1
        if cut:
            wire.cut()
        near = machines.start("near", **SHORT)
        if cut:
            assert await machines.ended(production_id) == "completed"
            wire.mend()
        before = (await machines.events.read(production_id, after=0))[0]
        (machines.folder / "go").touch()
        assert await machines.ended(production_id) == "completed"
        far.send_signal(signal.SIGTERM)
        assert await far.wait() == 0
        row = await machines.database.fetch_one("select epoch from productions")
        assert row is not None
        assert (row["epoch"] > 1) is cut
        if cut:
            assert (await machines.events.read(production_id, after=0))[0] == before
            log = machines.log("far").read_text()
            assert "lost the lease" in log or "belongs to another worker" in log, log[-3000:]
        assert (len(machines.posts()), set(machines.posts().values())) == (SHOTS, {1})
        await machines.stop(near)
