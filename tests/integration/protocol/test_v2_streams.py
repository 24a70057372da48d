"""A thread's stream as a plain reader sees it: ids, numbers, filters, coming back, two at once."""

import asyncio
import gc
import uuid
from contextlib import AsyncExitStack

import httpx
import pytest
from psycopg.types.json import Jsonb

from server.protocol.thread_filter import EventFilter
from server.protocol.thread_stream import thread_frames
from server.runs.events import Event
from tests.integration.protocol.following import ALL, after, opened, root, send, told
from tests.integration.protocol.live import live_house
from tests.integration.runs.tiny_graphs import GATES
from tests.visitors import ask_as

START = {"input": {"brief": {}}}
GREEN = {"decision": "GREEN"}


async def answer(live, thread, seen, *, id=2):
    question = next(event["params"] for event in reversed(seen) if event["method"] == "input.requested")
    place = {"interrupt_id": question["data"]["interrupt_id"], "namespace": question["namespace"]}
    taken = await send(live.url, thread, "input.respond", id=id, **place, response=GREEN)
    assert taken["type"] == "success", taken


async def test_live_and_replayed_and_elsewhere_and_after_a_restart_are_the_same(live, thread, tmp_path):
    """Also over a pause, and whoever listens since before there was anything to hear."""
    early = [asyncio.create_task(told(live.url, thread, after("completed"))) for _ in range(2)]
    await send(live.url, thread, "run.start", assistant_id="inner_gate", **START)
    await answer(live, thread, await told(live.url, thread, root("interrupted")))
    first, second = await asyncio.gather(*early)
    url = live.house.database.url
    media = live.house.settings.media_place
    async with live_house(url, tmp_path / "other", media=media) as elsewhere:
        later = await told(elsewhere.url, thread, after("completed"))

    assert first == second == later
    numbers, ids = [event["seq"] for event in later], [event["event_id"] for event in later]
    assert numbers == sorted(set(numbers))
    assert len(ids) == len(set(ids))


async def test_coming_back_anywhere_loses_and_repeats_nothing(live, thread):
    await send(live.url, thread, "run.start", assistant_id="inner_gate", **START)
    await answer(live, thread, await told(live.url, thread, root("interrupted")))
    whole = [event["seq"] for event in await told(live.url, thread, after("completed"))]
    for n, seq in enumerate(whole[:-1]):
        assert await seqs(live, thread, len(whole) - n - 1, since=seq) == whole[n + 1 :]


async def seqs(live, thread, count, **more):
    """The numbers of the next events, without a socket."""
    wanted = EventFilter(channels=frozenset(ALL), **more)
    stream = thread_frames(live.house, thread, "local", wanted)
    found: list[int] = []
    while len(found) < count:
        frames = (await asyncio.wait_for(anext(stream), 5)).decode().splitlines()
        found += [int(line.removeprefix("id: ")) for line in frames if line.startswith("id: ")]
    await stream.aclose()
    return found


async def test_a_stream_that_is_cut_in_a_run_goes_on_where_it_was(live, thread):
    gate = uuid.uuid4().hex
    GATES[gate] = asyncio.Event()
    await send(live.url, thread, "run.start", assistant_id="waits", input={"brief": {"wait_for": gate}})
    cut = await told(live.url, thread, lambda event: event["params"]["data"].get("name") == "wait_long")
    GATES.pop(gate).set()
    rest = await told(live.url, thread, after("completed"), since=cut[-1]["seq"])
    assert cut + rest == await told(live.url, thread, after("completed"))


async def test_the_order_that_clients_rely_on(live, thread):
    await send(live.url, thread, "run.start", assistant_id="inner_gate", **START)
    seen = await told(live.url, thread, after("interrupted"))
    words = [(event["method"], len(event["params"]["namespace"])) for event in seen]

    assert root("running")(seen[0])
    assert words[-4:] == [("input.requested", 1), ("lifecycle", 1), ("lifecycle", 0), ("values", 0)]
    asked = next(event["params"]["data"] for event in seen if event["method"] == "input.requested")
    assert asked["response_schema"]["title"] == "Decision"
    # The JavaScript client puts a state to the checkpoint that came before it.
    states = [n for n, word in enumerate(words[:-1]) if word[0] == "values"]
    assert all(words[n - 1] == ("checkpoints", words[n][1]) for n in states)
    points = [event["params"]["data"] for event in seen if event["method"] == "checkpoints"]
    assert all(point.keys() <= {"id", "parent_id", "step", "source"} for point in points)


async def test_filters_narrow_and_leave_the_numbers_alone(live, thread):
    await send(live.url, thread, "run.start", assistant_id="inner_gate", **START)
    whole = await told(live.url, thread, after("interrupted"))

    async def shown(meant, **body):
        expected = [event for event in whole if meant(event)]
        seen = await told(live.url, thread, lambda event: event == expected[-1], **body)
        assert seen == expected
        assert 0 < len(seen) < len(whole)

    def within(event, *names):
        return [part.partition(":")[0] for part in event["params"]["namespace"]][: len(names)] == list(names)

    inner = next(event["params"]["namespace"] for event in whole if event["params"]["namespace"])
    await shown(lambda event: event["method"] == "lifecycle", channels=["lifecycle"])
    await shown(lambda event: event["method"] == "input.requested", channels=["input"])
    await shown(lambda event: event["method"] == "custom", channels=["custom:progress", "custom:no"])
    await shown(lambda event: within(event, "inner"), namespaces=[["inner"]])
    await shown(lambda event: within(event, "inner"), namespaces=[inner, ["nowhere"]], depth=0)
    await shown(lambda event: not event["params"]["namespace"], namespaces=[[]], depth=0)


WRONG = [
    ("{", "JSON"), ("{}", "channels"), ('{"channels": []}', "channels"),
    ('{"channels": "values"}', "channels"),
    ('{"channels": ["films"]}', "films"), ('{"channels": ["custom:"]}', "custom:"),
    ('{"channels": ["values"], "depth": -1}', "depth"), ('{"channels": ["values"], "since": -1}', "since"),
    ('{"channels": ["values"], "since": 1e99}', "since"), ('{"channels": ["values"], "since": "x"}', "since"),
    ('{"channels": ["values"], "namespaces": ["a"]}', "namespaces"),
    ('{"channels": ["a\\u0000"]}', "stored"),
]  # fmt: skip


async def test_what_cannot_be_followed_is_400_and_names_the_field(lot, thread):
    for body, word in WRONG:
        for path in ("/stream/events", "/stream"):
            refused = await lot.client.post(f"/threads/{thread}{path}", content=body)
            assert (refused.status_code, word in refused.json()["detail"]) == (400, True), refused.text
    assert (
        await lot.client.post("/threads/x/stream/events", json={"channels": ["values"]})
    ).status_code == 422


async def test_what_is_not_there_and_what_is_somebody_elses_beat_alike(live, thread):
    """A thread of somebody else looks like one that is still to come."""
    await send(live.url, thread, "run.start", assistant_id="line", **START)
    await told(live.url, thread, after("completed"))  # the control: its owner hears it
    await live.house.database.execute("insert into users (user_id) values ('other')")
    ask_as("other")
    for wanted in (thread, str(uuid.uuid4())):
        async with (
            httpx.AsyncClient() as client,
            client.stream(
                "POST", f"{live.url}/threads/{wanted}/stream/events", json={"channels": ALL, "since": 0}
            ) as stream,
        ):
            lines = [line async for line, _ in zip_async(stream.aiter_lines(), range(4))]
        assert (stream.status_code, set(lines)) == (200, {": heartbeat", ""})


async def zip_async(lines, numbers):
    for number in numbers:
        yield await anext(lines), number


async def test_a_cancelled_run_reads_interrupted_and_one_that_never_began_is_silent(live, thread):
    gate = uuid.uuid4().hex
    GATES[gate] = asyncio.Event()
    start = {"assistant_id": "waits", "input": {"brief": {"wait_for": gate}}}
    first = await send(live.url, thread, "run.start", **start)
    waiting = await send(live.url, thread, "run.start", id=2, **start, multitaskStrategy="enqueue")
    await live.sdk.runs.cancel(thread, waiting["result"]["run_id"])
    await live.sdk.runs.cancel(thread, first["result"]["run_id"])
    seen = await told(live.url, thread, root("interrupted"), channels=["lifecycle"])
    del GATES[gate]

    assert [event["params"]["data"]["event"] for event in seen] == ["running", "interrupted"]


async def test_a_run_that_is_taken_back_is_over_for_those_who_saw_it_begin(live, thread):
    gate = uuid.uuid4().hex
    GATES[gate] = asyncio.Event()
    start = {"assistant_id": "waits", "input": {"brief": {"wait_for": gate}}}
    run = await send(live.url, thread, "run.start", **start)
    async with opened(live.url, thread, channels=["lifecycle", "tasks"]) as events:
        async for event in events:
            if event["params"]["data"].get("name") == "wait_long":
                break
        await live.sdk.runs.cancel(thread, run["result"]["run_id"], action="rollback")
        async for event in events:
            if event["params"]["data"].get("status") == "rolled_back":
                break
    del GATES[gate]
    [only] = await told(live.url, thread, root("interrupted"))
    assert only == event  # whoever comes later is told nothing but that


PIECES = (("m1", "A "), ("m2", "Other "), ("m1", "letter "), ("m2", "words."), ("m1", "arrives."))


async def spoken(live, thread):
    """A run in which two models speak at once, as a worker writes it down."""
    rows = [("lifecycle", f"lifecycle:{thread}::running", {"event": "running", "graph_name": "line"})]
    for n, (name, text) in enumerate(PIECES):
        message = {"type": "AIMessageChunk", "id": name, "content": text}
        payload = {"message": message, "metadata": {}, "last": n >= 3}
        rows.append(("messages", f"messages:{n}", payload))
    rows.append(("lifecycle", f"lifecycle:{thread}::completed", {"event": "completed", "graph_name": "line"}))
    await live.house.database.execute(
        "insert into productions (production_id, user_id, graph, graph_version, status, last_seq)"
        " values (%s, 'local', 'line', '1', 'completed', %s)", (thread, len(rows)),
    )  # fmt: skip
    for seq, (method, event_id, payload) in enumerate(rows, start=1):
        await live.house.database.execute(
            "insert into events (production_id, seq, event_id, run_id, method, payload)"
            " values (%s, %s, %s, %s, %s, %s)", (thread, seq, event_id, thread, method, Jsonb(payload)),
        )  # fmt: skip


async def test_coming_back_in_the_middle_of_a_message_goes_on_in_it(live, thread):
    await spoken(live, thread)
    whole = await told(live.url, thread, root("completed"))
    for n, event in enumerate(whole[:-1]):
        rest = await told(live.url, thread, root("completed"), since=event["seq"])
        assert rest == whole[n + 1 :]
    words = [event["params"]["data"] for event in whole if event["method"] == "messages"]
    finished = [word["content"]["text"] for word in words if word["event"] == "content-block-finish"]
    assert finished == ["Other words.", "A letter arrives."]


def events_in_memory():
    gc.collect()
    return sum(type(each) is Event for each in gc.get_objects())


@pytest.fixture
def young():
    """Nothing that was there before is looked at: there is a lot of it."""
    gc.collect()
    gc.freeze()


async def test_an_idle_stream_keeps_nothing_of_what_it_sent(live, thread, young):
    await send(live.url, thread, "run.start", assistant_id="inner_gate", **START)
    async with opened(live.url, thread) as events:
        async for event in events:
            if after("interrupted")(event):
                break
        assert events_in_memory() == 0
        kept, _ = await live.house.events.read(thread, after=0)
        assert events_in_memory() == len(kept)  # the control


async def test_a_reader_that_goes_is_noticed(live, thread):
    tail = live.house.events.tail
    async with opened(live.url, thread):
        assert tail.watched == [thread]
    async with asyncio.timeout(5):
        while tail.watched:
            await asyncio.sleep(0)


async def test_a_server_that_stops_cuts_its_streams_so_that_clients_come_back(live, thread):
    """A stream that ended in order would be the end of the run to the stock Python client."""
    async with AsyncExitStack() as readers:
        async with live_house(live.house.database.url, live.house.settings.data_dir) as stopping:
            events = await readers.enter_async_context(opened(stopping.url, thread))
        with pytest.raises(httpx.RemoteProtocolError):
            await anext(events)
