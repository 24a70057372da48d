"""Rows of the log as events of a thread's stream."""

from datetime import UTC, datetime
from typing import Any

import pytest
from langchain_core.language_models.chat_model_stream import ChatModelStream
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage

from server.protocol.thread_filter import CHANNELS, EventFilter
from server.protocol.thread_frames import ThreadEvent, ThreadProjection, last_part
from server.runs.events import Event
from server.runs.payloads import dump, load

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
RUN = "0190a000-0000-7000-8000-000000000001"
POINT = "1f1e5e6f-e98f-6d01-bfff-94cd9fe8f9ff"


def row(
    seq: int, method: str, payload: Any, *, id: str = "", ns: tuple[str, ...] = (), run: Any = RUN
) -> Event:
    return Event(seq, id or f"{method}:{RUN}:{seq}", run, ns, method, load(dump(payload)), AT)


def root(seq: int, event: str, **more: Any) -> Event:
    payload = {"event": event, "graph_name": "g", **more}
    return row(seq, "lifecycle", payload, id=f"lifecycle:{RUN}::{event}")


def said(seq: int, message: BaseMessage, *, last: bool = False) -> Event:
    facts = {"langgraph_node": "write", "ls_provider": "fake", "ls_model_name": "m"}
    return row(seq, "messages", {"message": message, "metadata": facts, "last": last})


def chunk(text: str = "", id: str = "m1", **more: Any) -> AIMessageChunk:
    return AIMessageChunk(content=text, id=id, **more)


def shown(*rows: Event, channels: tuple[str, ...] = CHANNELS) -> list[ThreadEvent]:
    projection = ThreadProjection(frozenset(channels))
    return [event for one in rows for event in projection.events(one)]


def data(*rows: Event) -> list[Any]:
    return [event.data for event in shown(*rows)]


SPOKEN = (
    root(1, "running"),
    said(2, chunk("A ")),
    said(3, chunk("Other", id="m2")),
    said(4, chunk("letter", usage_metadata={"input_tokens": 3, "output_tokens": 2, "total_tokens": 5})),
    said(5, chunk("", response_metadata={"finish_reason": "stop"}, chunk_position="last"), last=True),
)


def test_a_message_starts_grows_and_ends() -> None:
    words = [(each["event"], each.get("id")) for each in data(*SPOKEN)[1:]]
    assert words == [
        ("message-start", "m1"), ("content-block-start", "m1"), ("content-block-delta", "m1"),
        ("message-start", "m2"), ("content-block-start", "m2"), ("content-block-delta", "m2"),
        ("content-block-delta", "m1"), ("content-block-finish", "m1"), ("message-finish", "m1"),
    ]  # fmt: skip
    finished, end = data(*SPOKEN)[-2:]
    assert finished["content"] == {"type": "text", "text": "A letter"}
    assert end["usage"] == {"input_tokens": 3, "output_tokens": 2, "total_tokens": 5}
    assert end["metadata"] == {"finish_reason": "stop"}
    start = data(*SPOKEN)[1]
    assert start["metadata"] == {"provider": "fake", "model": "m", "run_id": RUN, "langgraph_node": "write"}


def test_numbers_rise_within_a_row_and_ids_differ() -> None:
    events = shown(*SPOKEN)
    numbers = [event.seq for event in events]
    assert numbers == sorted(set(numbers))
    assert len({event.event_id for event in events}) == len(events)
    assert all(event.seq <= last_part(event.seq // 1000) for event in events)


def test_a_message_that_nobody_ends_ends_with_its_run() -> None:
    events = shown(*SPOKEN, root(6, "failed", error={"code": "broken", "message": "It broke."}))
    left, end = events[-2:]
    assert (left.method, left.data["event"], left.data["id"]) == ("messages", "error", "m2")
    assert end.data == {"event": "failed", "graph_name": "g", "error": "It broke.", "error_code": "broken"}


def test_a_tool_call_comes_in_pieces_and_is_whole_at_the_end() -> None:
    """As the stock assembler reads it."""

    def piece(args: str, **more: Any) -> dict[str, Any]:
        return {"index": 0, "id": None, "name": None, "args": args, "type": "tool_call_chunk", **more}

    rows = (
        said(1, chunk(tool_call_chunks=[piece('{"shot"', id="c1", name="draw")])),
        said(2, chunk(tool_call_chunks=[piece(': "12A"}')])),
        said(3, chunk(tool_call_chunks=[piece(" ")]) + chunk(chunk_position="last"), last=True),
    )
    stream = ChatModelStream(message_id="m1")
    for each in data(*rows):
        stream.dispatch(each)
    assert data(*rows)[-2]["content"] == {
        "type": "tool_call",
        "id": "c1",
        "name": "draw",
        "args": {"shot": "12A"},
    }
    [call] = stream.tool_calls.get()
    assert (call["name"], call["args"]) == ("draw", {"shot": "12A"})


def test_arguments_that_are_no_json_are_said_to_be_none() -> None:
    broken = [{"index": 0, "id": "c1", "name": "draw", "args": '{"a', "type": "tool_call_chunk"}]
    last = data(said(1, chunk(tool_call_chunks=broken, chunk_position="last"), last=True))[-2]
    assert (last["content"]["type"], last["content"]["args"]) == ("invalid_tool_call", '{"a')


@pytest.mark.parametrize(
    ("message", "role"),
    [(AIMessage("hi", id="a"), "ai"), (HumanMessage("hi", id="h"), "human"),
     (ToolMessage("hi", tool_call_id="t"), "")],
)  # fmt: skip
def test_a_whole_message_is_told_at_once_and_a_tools_result_is_none(message: BaseMessage, role: str) -> None:
    words = data(said(1, message, last=True))
    assert [word.get("role") for word in words[:1]] == ([role] if role else [])
    assert [word["delta"]["text"] for word in words if "delta" in word] == (["hi"] if role else [])


def test_a_checkpoint_comes_before_its_state_and_keeps_its_id() -> None:
    told = {"id": POINT, "parent_id": None, "step": 0, "source": "loop", "next": [], "tasks": []}
    state = row(7, "values", {"a": 1}, id=f"values:{RUN}:{POINT}")
    point = row(8, "checkpoints", told, id=f"checkpoints:{RUN}:{POINT}")
    first, second = shown(state, point)

    assert (first.seq, first.method, first.data) == (
        8000,
        "checkpoints",
        {"id": POINT, "step": 0, "source": "loop"},
    )
    assert (second.seq, second.event_id, second.data) == (8001, state.event_id, {"a": 1})


def test_a_state_without_a_checkpoint_is_not_kept_back() -> None:
    alone = row(7, "values", {"a": 1}, id=f"values:{RUN}::end")
    lost = row(8, "values", {"a": 2}, id=f"values:{RUN}:{POINT}")
    assert [event.seq for event in shown(alone, lost, row(9, "custom", 1))] == [7001, 8001, 9000]


def test_the_state_comes_once_more_after_the_end_and_not_after_a_failure() -> None:
    state = row(2, "values", {"a": 1}, id=f"values:{RUN}::end")
    for word, more in (("completed", 1), ("interrupted", 1), ("failed", 0)):
        events = shown(root(1, "running"), state, root(3, word))
        assert [event.seq for event in events[2:]] == [3500, 3501][: 1 + more]
    assert [event.method for event in shown(state, root(3, "completed"), root(4, "completed"))].count(
        "values"
    ) == 2


def test_messages_in_a_state_are_blocks() -> None:
    messages = [
        HumanMessage("hi", id="1"),
        AIMessage("", id="2"),
        AIMessage([{"type": "text", "text": "x"}], id="3"),
    ]
    state = row(1, "values", {"messages": messages, "log": ["a"]}, id="values:x::end")
    [shown_state] = data(state)
    assert [message["content"] for message in shown_state["messages"]] == [
        [{"type": "text", "text": "hi"}], [], [{"type": "text", "text": "x"}],
    ]  # fmt: skip
    assert shown_state["log"] == ["a"]


def test_a_run_that_never_began_and_what_nobody_knows_are_silent() -> None:
    assert shown(row(1, "run", {"event": "cancelled"}), row(2, "from_the_future", {})) == []


def test_a_run_that_was_taken_back_is_over_once_for_everybody() -> None:
    taken = row(5, "values", {"a": 1}, id=f"values:unwound:4:{POINT}", run=None)
    told = {"id": POINT, "parent_id": None, "step": 0, "source": "loop", "next": [], "tasks": []}
    point = row(6, "checkpoints", told, id=f"checkpoints:unwound:4:{POINT}", run=None)
    live, later = shown(*SPOKEN, taken, point)[-3:], shown(taken, point)
    assert live == later
    assert later[0].data == {"event": "interrupted", "status": "rolled_back"}
    assert [event.method for event in later] == ["lifecycle", "checkpoints", "values"]


@pytest.mark.parametrize(
    ("namespaces", "depth", "wanted"),
    [
        ([], 0, True), ([[]], None, True), ([[]], 1, False), ([[]], 2, True), ([["a"]], None, True),
        ([["a:1"]], 1, True), ([["a:1"]], 0, False), ([["a:2"]], None, False), ([["b"]], None, False),
        ([["a:1", "b:2", "c"]], None, False), ([["x"], ["a", "b"]], 0, True),
    ],
)  # fmt: skip
def test_a_namespace_is_wanted_as_clients_reckon_it(
    namespaces: list[list[str]], depth: int | None, wanted: bool
) -> None:
    [event] = shown(row(1, "custom", {"name": "p"}, ns=("a:1", "b:2")))
    for channel in ("custom", "custom:p"):
        found = EventFilter(channels=frozenset([channel]), namespaces=namespaces, depth=depth)
        assert found.wants(event) is wanted
    assert not EventFilter(channels=frozenset(["custom:q", "values"])).wants(event)
    assert not EventFilter(channels=frozenset(["custom"]), since=1000).wants(event)
