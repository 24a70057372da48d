"""Streamed words: a few events per second instead of one per token, and never two halves of two attempts."""

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langgraph.graph import START, StateGraph

from server.runs.accept import Runs
from server.runs.graph_spec import GraphSpec
from server.runs.worker import Worker
from tests.integration.runs.conftest import USER
from tests.integration.runs.tiny_graphs import TinyState

WORDS = " ".join(f"word{n}" for n in range(60))


async def speak(state: TinyState):
    model = GenericFakeChatModel(messages=iter([AIMessage(WORDS)]))
    return {"log": [(await model.ainvoke("go")).text]}


def speaking():
    builder = StateGraph(TinyState)
    builder.add_node("speak", speak)
    builder.add_edge(START, "speak")
    return {"speaks": GraphSpec(graph=builder.compile())}


async def start(lot):
    runs = Runs(lot.database, speaking())
    return await runs.start(user_id=USER, graph="speaks", title="", brief={}, context={})


async def spoken(lot, production_id):
    return [event.payload for event in await lot.log(production_id) if event.method == "messages"]


async def test_tokens_come_in_few_events_and_whole(lot):
    worker = Worker(lot.database, speaking(), lot.events, slots=1)
    await worker.start()
    run = await start(lot)
    await lot.until(run.production_id, "completed")
    await worker.stop()

    told = await spoken(lot, run.production_id)
    assert "".join(one["message"]["content"] for one in told) == WORDS
    assert len(told) < 20
    assert [one["last"] for one in told] == [False] * (len(told) - 1) + [True]


async def test_a_message_that_was_cut_off_is_closed_by_the_next_attempt(lot):
    run = await start(lot)
    half = '{"message": {"id": "m1", "content": "half a sen"}, "metadata": {}, "last": false}'
    await lot.database.execute(
        "insert into events (production_id, seq, event_id, run_id, method, payload)"
        " values (%s, 1, 'messages:half', %s, 'messages', %s)",
        (run.production_id, run.run_id, half),
    )
    await lot.database.execute("update productions set last_seq = 1, epoch = 1")
    await lot.database.execute("update runs set started_at = now(), attempts = 1")

    worker = Worker(lot.database, speaking(), lot.events, slots=1)
    await worker.start()
    await lot.until(run.production_id, "completed")
    await worker.stop()

    told = [(one["message"]["id"], one["last"]) for one in await spoken(lot, run.production_id)]
    assert told[:2] == [("m1", False), ("m1", True)]
    assert all(name != "m1" for name, _ in told[2:])
