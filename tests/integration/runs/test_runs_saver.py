"""The slot's saver: what the library's saver stores, fenced, and nothing that runs when it is read."""

import asyncio
import operator
import re
import uuid
from typing import Annotated, TypedDict

import ormsgpack
import pytest
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.graph import START, StateGraph
from langgraph.types import Command
from psycopg import AsyncConnection
from psycopg.errors import DataError, LockNotAvailable
from psycopg.rows import dict_row

from server.runs import drive as drive_module
from server.runs import saver as saver_module
from server.runs.recorder import STREAM_MODES
from server.runs.saver import SlotSaver, strict_serializer
from state.errors import DatabaseDown, LeaseLost
from tests.integration.runs.tiny_graphs import graphs
from tools.orders.lease import Lease

ROWS = """
select count(*) filter (where kind = 'c') as checkpoints, count(*) filter (where kind = 'b') as blobs,
       count(*) filter (where kind = 'w') as writes, array_agg(what order by kind, what) as what
from (select 'c' as kind, checkpoint_ns || metadata::text || (checkpoint -> 'channel_values')::text as what
      from checkpoints where thread_id = %(id)s
      union all select 'b', channel || type || encode(coalesce(blob, ''), 'hex')
      from checkpoint_blobs where thread_id = %(id)s
      union all select 'w', channel || idx || type || encode(blob, 'hex')
      from checkpoint_writes where thread_id = %(id)s) rows
"""


@pytest.fixture
async def connection(database_url):
    async with await AsyncConnection.connect(
        database_url, autocommit=True, prepare_threshold=0, row_factory=dict_row
    ) as opened:
        yield opened


@pytest.fixture
async def saver(connection, lot):
    run = await lot.start("line")
    await connection.execute("update productions set epoch = 7")
    made = SlotSaver(connection)
    made.begin(Lease(production_id=run.production_id, user_id="local", owner="me", epoch=7))
    return made


async def drive(saver, thread_id):
    graph = graphs()["gate"].graph.copy({"checkpointer": saver})
    config = {"configurable": {"thread_id": thread_id}}
    paused = await graph.ainvoke({"brief": {"a": [1]}}, config, durability="sync")
    answer = Command(resume={paused["__interrupt__"][0].id: {"decision": "GREEN"}})
    return await graph.ainvoke(answer, config, durability="sync")


async def test_it_stores_what_the_library_stores(saver, connection):
    ours, theirs = saver.lease.production_id, str(uuid.uuid4())
    assert await drive(saver, ours) == await drive(
        AsyncPostgresSaver(connection, serde=strict_serializer()), theirs
    )

    first, second = [
        await (await connection.execute(ROWS, {"id": thread})).fetchone() for thread in (ours, theirs)
    ]
    told_apart = [key for key in ("checkpoints", "blobs", "writes") if first[key] != second[key]]
    assert told_apart == []
    same = [one for one in first["what"] if one in second["what"]]
    assert len(same) >= len(first["what"]) - first["checkpoints"]  # ids of interrupts and tasks differ


class Cut(TypedDict, total=False):
    log: Annotated[list[str], operator.add]


@pytest.mark.parametrize("whole", [True, False])
async def test_a_step_that_was_cut_off_is_run_again_and_no_half_of_it_is_kept(saver, monkeypatch, whole):
    """Cut between what a node made and where it sends the run. The control: it counts as finished."""
    if not whole:
        monkeypatch.setattr("server.runs.saver._whole", lambda writes: writes)
    started, again = asyncio.Event(), asyncio.Event()

    async def onwards(_: Cut) -> str:
        started.set()
        await again.wait()
        return "shoot"

    builder = StateGraph(Cut)
    for name in ("approve", "shoot"):
        builder.add_node(name, lambda _, name=name: {"log": [name]})
    builder.add_edge(START, "approve")
    builder.add_conditional_edges("approve", onwards, ["shoot"])
    graph = builder.compile(checkpointer=saver)
    config = {"configurable": {"thread_id": saver.lease.production_id}}

    async def begin() -> None:
        async for _ in graph.astream({}, config, durability="sync", stream_mode=STREAM_MODES):
            pass

    run = asyncio.create_task(begin())
    await started.wait()
    run.cancel()
    await asyncio.wait([run])
    again.set()
    made = await graph.ainvoke(None, config, durability="sync")
    assert made["log"] == (["approve", "shoot"] if whole else ["approve"])


class Unheard:
    """In the place of `Words`: what `write_plan` said could not be written."""

    async def kept(self, task_id: str, task_path: str) -> None:
        if task_path.endswith("write_plan"):
            raise DatabaseDown


@pytest.mark.parametrize("requires", [True, False])
async def test_no_checkpoint_ends_a_step_whose_writes_were_not_stored(
    saver, connection, monkeypatch, requires
):
    """Its input and what that makes of the state are stored; the step's own only in the control."""
    if not requires:
        monkeypatch.setattr(SlotSaver, "_require_writes", lambda self: None)
    saver.words = Unheard()
    with pytest.raises(DatabaseDown):
        await drive(saver, saver.lease.production_id)
    row = await (
        await connection.execute("select max((metadata ->> 'step')::int) from checkpoints")
    ).fetchone()
    assert row == {"max": 0 if requires else 1}


async def test_what_comes_late_is_not_stored_as_another_production_s(saver, connection):
    ours = saver.lease
    saver.begin(Lease(production_id=str(uuid.uuid4()), user_id="local", owner="me", epoch=1))
    with pytest.raises(LeaseLost):
        await drive(saver, ours.production_id)
    assert (await (await connection.execute("select count(*) as n from checkpoint_writes")).fetchone()) == {
        "n": 0
    }


@pytest.mark.parametrize(("error", "ends"), [(LockNotAvailable, "run_poisoned"), (DataError, "internal")])
async def test_a_write_that_is_never_taken_is_not_tried_for_ever(lot, monkeypatch, error, ends):
    """The reason is kept, and says whether it can pass by itself."""
    write = SlotSaver._write

    async def refuse(self, query, params):
        if query is saver_module.SQL["put_writes"] and params["task_path"].endswith("write_plan"):
            raise error("never")
        await write(self, query, params)

    monkeypatch.setattr(SlotSaver, "_write", refuse)
    monkeypatch.setattr(drive_module, "POSTPONE_S", 0.01)
    monkeypatch.setattr(drive_module, "LONGEST_POSTPONE_S", 0.01)
    async with lot.worker(sweep_every_s=0.05):
        run = await lot.start("line")
        state = await lot.until(run.production_id, "failed")
    assert state.error["code"] == ends


async def test_a_checkpoint_that_was_not_stored_is_not_told(saver, connection):
    saver.words = Unheard()
    with pytest.raises(DatabaseDown):
        await drive(saver, saver.lease.production_id)
    [unknown] = [one for one, event in saver._known.items() if event.is_set() and one in saver._refused]
    with pytest.raises(DatabaseDown):
        await saver.settled(unknown)


async def test_an_older_epoch_stores_nothing(saver, connection):
    await connection.execute("update productions set epoch = 8")

    with pytest.raises(LeaseLost):
        await drive(saver, saver.lease.production_id)

    rows = await (await connection.execute("select 1 from checkpoints")).fetchall()
    assert rows == []


async def test_a_crafted_row_runs_nothing(saver, connection, tmp_path):
    mark = tmp_path / "ran"
    thread_id = saver.lease.production_id
    await drive(saver, thread_id)
    crafted = ormsgpack.packb(ormsgpack.Ext(0, ormsgpack.packb(["os", "mkdir", str(mark)])))
    await connection.execute(
        "update checkpoint_blobs set type = 'msgpack', blob = %s where channel = 'log'", (crafted,)
    )

    await saver.aget_tuple({"configurable": {"thread_id": thread_id}})
    assert not mark.exists()

    JsonPlusSerializer(allowed_msgpack_modules=True).loads_typed(("msgpack", crafted))  # the control
    assert mark.exists()


@pytest.mark.parametrize("kind", ["json", "pickle"])
async def test_a_row_of_an_older_kind_is_not_read(saver, connection, kind):
    """The library still builds what such JSON names; we never wrote any."""
    thread_id = saver.lease.production_id
    await drive(saver, thread_id)
    crafted = b'{"lc": 2, "type": "constructor", "id": ["re", "compile"], "args": ["(a+)+$"]}'
    await connection.execute(
        "update checkpoint_blobs set type = %s, blob = %s where channel = 'log'", (kind, crafted)
    )
    with pytest.raises(NotImplementedError, match=kind):
        await saver.aget_tuple({"configurable": {"thread_id": thread_id}})

    built = JsonPlusSerializer(allowed_msgpack_modules=None).loads_typed(("json", crafted))
    assert isinstance(built, re.Pattern), "the control: the library's own serializer builds it"


async def test_a_graph_cannot_widen_the_list(saver):
    assert saver.with_allowlist({("os", "system")}) is saver
