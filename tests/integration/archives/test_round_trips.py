"""What is exported on one server is the same on an empty one, whatever state it was in."""

import asyncio
import io
import os
import time
import uuid

import pytest

from server.archives import collect
from server.archives.send import archive_of, work_folder
from server.archives.take_in import take_in
from state.errors import RecordConflict, RunNotFound
from tests.archives import contents, members, rows
from tests.integration.archives.conftest import USER, Server
from tests.integration.runs.tiny_graphs import GATES
from tools.ledger.ledger import QUERIES
from tools.ledger.requests import request_hash


async def make(here: Server, how: str) -> str:
    """A production with an order, at its gate or at its end."""
    production = await here.gated()
    if how == "completed":
        await here.answer(production)
        await here.rest(production, "completed")
    await here.buy(production)
    return production


async def test_nothing_goes_on_by_itself_and_a_gate_can_be_answered(here: Server, there: Server):
    production = await make(here, "paused")
    await there.bring(await here.export(production))
    assert await there.sql("select 1 from procrastinate_jobs where status = 'todo'") == []
    assert (await there.state(production)).status == "paused"
    async with there.worker():
        await there.answer(production)
        state = await there.rest(production, "completed")
    assert state.values["log"] == ["plan", "finish"], "what was done there is not done again"


async def test_what_runs_is_no_archive_until_it_rests(here: Server):
    GATES["archive"] = wait = asyncio.Event()
    production = await here.start("waits", wait_for="archive")
    with pytest.raises(RecordConflict, match="running"):
        await here.export(production)
    wait.set()
    await here.rest(production, "completed")
    assert contents(await here.export(production))


async def test_what_is_not_mine_is_not_found(here: Server):
    production = await make(here, "completed")
    for user, identity in (("other", production), (USER, str(uuid.uuid4()))):
        with pytest.raises(RunNotFound):
            await archive_of(here.house, identity, user_id=user)


async def test_the_same_production_twice_is_the_same_bytes_but_for_the_hour(here: Server):
    production = await make(here, "completed")
    assert members(await here.export(production)) == members(await here.export(production))


async def test_an_id_that_is_here_needs_as_new(here: Server):
    """A copy beside its original: ids of its own throughout, and the original as it was."""
    production = await make(here, "paused")
    archive = await here.export(production)
    before = await here.everything(production=production)
    with pytest.raises(RecordConflict, match="is here already") as refused:
        await here.bring(archive)
    assert "as_new" in refused.value.user_action
    copy = (await here.bring(archive, as_new=True)).production_id
    assert await here.everything(production=production) == before
    again = await here.export(copy)
    for table in ("runs", "events", "orders", "attempts", "checkpoints", "production"):
        text = contents(again)[f"rows/{table}.jsonl"].decode()
        assert production not in text, table
        assert len(rows(again, table)) == len(rows(archive, table))
    assert {run["run_id"] for run in rows(again, "runs")}.isdisjoint(
        run["run_id"] for run in rows(archive, "runs")
    )
    await here.answer(copy)
    await here.rest(copy, "completed")
    assert (await here.state(production)).status == "paused", "the original still waits"


async def test_another_owner_gets_keys_of_their_own(here: Server, there: Server):
    """In rows, in requests, in checkpoints; and a request's digest is what a replay will ask with."""
    await there.sql("insert into users (user_id) values ('somebody-else-altogether')")
    seen = await here.house.store.put_bytes(b"name,price\nbread,1\n", user_id=USER)
    production = await here.gated("gate", picture=seen.model_dump(mode="json"))
    await here.buy(production)
    owner = "somebody-else-altogether"
    await there.bring(await here.export(production), user_id=owner)
    archive = await there.export(production, user_id=owner)
    assert b"/local/" not in b"".join(contents(archive).values())
    [state, *_] = await there.states(production, "gate")
    assert state[0]["brief"]["picture"]["key"] == f"text/{owner}/{seen.sha256}.csv"
    [order] = rows(archive, "orders")
    assert order["request_hash"] == request_hash(order["request"])
    with pytest.raises(RunNotFound):
        await there.state(production)


async def test_a_branch_brings_what_its_line_had_paid_for(here: Server, there: Server):
    """Without its parent; and when that comes later, it takes the stand-in's place."""
    parent, child = await make(here, "completed"), await here.gated("two_gates")
    await here.sql(
        "update productions set parent_production_id = %s where production_id = %s", [parent, child]
    )
    [bought] = rows(await here.export(parent), "orders")
    branch, origin = await here.export(child), await here.export(parent)
    await there.bring(branch)
    look = {"production_id": child, "user_id": USER, "kind": "engine", "stage": "storyboard", "item": "1A",
            "request_hash": bought["request_hash"], "own": False}  # fmt: skip
    assert await there.sql(QUERIES["ancestor"], look) == [{"call_key": bought["call_key"]}]
    assert (await there.house.store.get(bought["media"]["key"])).is_file()
    assert members(await there.export(child)) == members(branch)
    with pytest.raises(RunNotFound):
        await there.state(parent)
    await there.bring(origin)
    assert (await there.state(parent)).status == "completed"
    assert (await there.state(child)).parent_production_id == parent
    again, first = members(await there.export(child)), members(branch)
    assert {name for name in first if again[name] != first[name]} == {
        "rows/production.jsonl",
        "manifest.json",
    }
    assert rows(branch, "production")[0]["parent_production_id"] == parent


async def test_a_file_that_was_paid_for_and_is_gone_stops_the_export(here: Server):
    production = await make(here, "completed")
    [order] = rows(await here.export(production), "orders")
    await here.house.store.delete(order["media"]["key"])
    with pytest.raises(Exception, match="is gone, and without it"):
        await here.export(production)


async def test_a_reader_may_take_it_in_pieces(here: Server, there: Server):
    """Nothing but the reader's own pieces is ever in memory: the file is read twice, once each way."""
    production = await make(here, "completed")
    file = io.BytesIO(await here.export(production))
    read: list[int] = []
    await take_in(there.house, file, user_id=USER, progress=read.append)
    assert sum(read) == sum(len(content) for name, content in contents(file.getvalue()).items()
                            if name != "manifest.json")  # fmt: skip


async def test_what_no_server_would_take_is_not_made(here: Server, monkeypatch: pytest.MonkeyPatch):
    production = await make(here, "completed")
    for limit in ("MAX_ROWS_BYTES", "MAX_FILE_BYTES", "MAX_MEMBERS"):
        with monkeypatch.context() as patched:
            patched.setattr(collect, limit, 1)
            with pytest.raises(RecordConflict, match="more than an archive may hold"):
                await here.export(production)


async def test_what_a_killed_import_left_goes_after_a_day(here: Server):
    folder = work_folder(here.folder)
    for name, age_s in (("old", 90_000), ("new", 0)):
        (folder / name).mkdir()
        os.utime(folder / name, (time.time() - age_s, time.time() - age_s))
    assert [left.name for left in work_folder(here.folder).iterdir()] == ["new"]
