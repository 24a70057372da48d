"""Done-when 7: every exported archive imports into an empty server and replays there, as it does at home."""

from typing import Any

import pytest

from server.branches.fork import Difference, fork
from server.branches.replay import replay
from server.branches.report import replay_report
from tests.archives import members, rows
from tests.integration.archives.conftest import USER, Server

GREEN, RED = {"decision": "GREEN"}, {"decision": "RED"}


async def gates(here: Server, graph: str, *replies: dict[str, Any]) -> str:
    """A production that was answered so often."""
    production = await here.gated(graph)
    for reply in replies:
        await here.answer(production, **reply)
        await here.rest(production)
    return production


async def forked(here: Server, graph: str, *, reply: dict[str, Any] | None = None) -> str:
    """A branch of a finished production from its first gate, answered otherwise or still waiting."""
    origin = await gates(here, graph, GREEN)
    [asked, *_] = await here.sql(
        "select checkpoint_id from checkpoint_writes where thread_id = %s and channel = '__interrupt__'"
        " order by length(checkpoint_ns) desc, checkpoint_id",
        [origin],
    )
    branch = await fork(
        here.house, origin, Difference(checkpoint_id=asked["checkpoint_id"], reply=reply), user_id=USER
    )
    if branch.run_id:
        await rested(here, branch.production_id)
    return branch.production_id


async def cancelled(here: Server) -> str:
    production = await here.gated()
    await here.house.runs.cancel(user_id=USER, production_id=production)
    return production


async def failed(here: Server) -> str:
    production = await here.start("breaks")
    await here.rest(production, "failed")
    return production


async def replayed(here: Server) -> str:
    """A replay is a production, too."""
    started = await replay(here.house, await gates(here, "gate", GREEN), user_id=USER)
    await rested(here, started.production_id)
    return started.production_id


async def rested(server: Server, production_id: str) -> None:
    """Wait until no run of it works or waits."""
    async for event in server.house.events.follow(production_id):
        if event.method == "lifecycle" and not event.namespace:
            state = await server.state(production_id)
            if all(run["status"] not in ("queued", "running", "waiting") for run in state.runs):
                return


async def report(server: Server, production_id: str) -> dict[str, Any]:
    """How its replay comes out."""
    started = await replay(server.house, production_id, user_id=USER)
    await rested(server, started.production_id)
    found = await replay_report(server.house, started.production_id, user_id=USER)
    return {name: value for name, value in vars(found).items() if name != "production_id"}


MADE = {
    "completed": lambda here: gates(here, "gate", GREEN),
    "at its gate": lambda here: gates(here, "gate"),
    "at its second gate": lambda here: gates(here, "two_gates", GREEN),
    "at an inner gate": lambda here: gates(here, "inner_gate"),
    "asks thrice": lambda here: gates(here, "fan_out_gates"),
    "cancelled": cancelled,
    "failed": failed,
    "a branch that waits": lambda here: forked(here, "gate"),
    "a branch that ended": lambda here: forked(here, "gate", reply=RED),
    "a branch of subgraphs": lambda here: forked(here, "inner_gate", reply=RED),
    "a replay": replayed,
}


@pytest.mark.parametrize("what", list(MADE))
async def test_it_replays_on_an_empty_server_as_it_does_at_home(here: Server, there: Server, what: str):
    """And before that it stands there as it stood here: its row, every state, the same members again."""
    production = await MADE[what](here)
    await here.buy(production)
    archive, original = await here.export(production), await here.state(production)
    imported = await there.bring(archive)
    assert (imported.production_id, imported.status) == (production, original.status)
    assert vars(await there.state(production)) == vars(original)
    assert await there.states(production, original.graph) == await here.states(production, original.graph)
    assert members(await there.export(production)) == members(archive)
    [order] = rows(archive, "orders")
    assert (await there.house.store.get(order["media"]["key"])).is_file()
    async with there.worker():
        found = await report(there, production)
    assert found == await report(here, production)
    assert (found["finished"], found["ledger_rows"]) == (True, 0)
    assert found["nodes"] > 0
    if what in ("completed", "a branch that ended", "a branch of subgraphs"):
        assert found["differences"] == []


async def test_a_branch_without_its_line_would_not(here: Server, there: Server):
    """The control: the runs and questions of the line are what the replay is driven with."""
    production = await forked(here, "gate", reply=RED)
    archive = await here.export(production)
    assert rows(archive, "ancestor_runs") != [] != rows(archive, "ancestor_events")
    await there.bring(archive)
    await there.sql("delete from runs where production_id <> %s", [production])
    async with there.worker():
        with pytest.raises(Exception, match=r"not recorded|by hand"):
            await report(there, production)


async def test_a_copy_of_a_branch_replays_beside_it(here: Server):
    """New ids all along the line."""
    production = await forked(here, "gate", reply=RED)
    copy = (await here.bring(await here.export(production), as_new=True)).production_id
    found = await report(here, copy)
    assert (found["finished"], found["differences"]) == (True, [])
    assert found["nodes"] == (await report(here, production))["nodes"]
