"""Events that wait to be written: the pieces of a message are one, whatever they hold."""

from functools import reduce
from operator import add
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessageChunk

from server.runs import waiting
from server.runs.events import Draft
from server.runs.waiting import Waiting

ASKED: Any = {"name": "shoot", "id": "c1", "index": 0, "type": "tool_call_chunk"}
USED: Any = {"input_tokens": 3, "output_tokens": 1, "total_tokens": 4}
PIECES = (
    AIMessageChunk(content="", id="m1", tool_call_chunks=[{**ASKED, "args": '{"sl'}], usage_metadata=USED),
    AIMessageChunk(content="A ", id="m1", response_metadata={"model_name": "small"}),
    AIMessageChunk(content=[{"type": "text", "text": "tram", "index": 1}], id="m1", usage_metadata=USED),
    AIMessageChunk(content="", id="m1", tool_call_chunks=[{**ASKED, "id": None, "args": 'ate": "12A"}'}]),
    AIMessageChunk(content=" comes", id="m1", additional_kwargs={"seen": {"a": "b"}}, chunk_position="last"),
)


def said(number: int, message: BaseMessage, *, last: bool = False) -> Draft:
    payload = {"message": message, "metadata": {"number": number}, "last": last}
    return Draft(f"messages:{number}", "messages", payload, ("write:1",))


def taken(*drafts: Draft) -> list[Draft]:
    waiting = Waiting()
    for draft in drafts:
        waiting.put(draft)
    told = waiting.take()
    assert (len(waiting), waiting.take()) == (0, [])
    return told


def pieces() -> list[Draft]:
    return [said(n, piece, last=n == len(PIECES) - 1) for n, piece in enumerate(PIECES)]


@pytest.mark.parametrize("most", [1, 2, 1000])
def test_pieces_are_one_event_as_if_added_one_by_one(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """However often they are added up on the way."""
    monkeypatch.setattr(waiting, "MOST_PIECES", most)
    (whole,) = taken(*pieces())
    assert whole.payload["message"] == reduce(add, PIECES)
    assert whole.payload["message"].tool_calls[0]["args"] == {"slate": "12A"}
    assert (whole.event_id, whole.namespace) == ("messages:0", ("write:1",))
    assert (whole.payload["last"], whole.payload["metadata"]) == (True, {"number": 4})


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (said(1, AIMessageChunk("a", id="m1")), said(2, AIMessageChunk("b", id="m2"))),
        (said(1, AIMessageChunk("a", id="m1"), last=True), said(2, AIMessageChunk("b", id="m1"))),
        (said(1, AIMessage("a", id="m1"), last=True), said(2, AIMessageChunk("b", id="m1"))),
        (said(1, AIMessageChunk("a", id="m1")), said(2, AIMessage("b", id="m1"), last=True)),
        (said(1, AIMessageChunk("a", id="m1")), said(2, HumanMessageChunk("b", id="m1"))),
        (said(1, AIMessageChunk("a", id="m1")), Draft("custom:2", "custom", {"said": "b"})),
        (Draft("custom:1", "custom", {"said": "a"}), said(2, AIMessageChunk("b", id="m1"))),
    ],
)
def test_only_pieces_of_one_message_are_joined(earlier: Draft, later: Draft) -> None:
    assert taken(earlier, later) == [earlier, later]


def test_what_comes_between_two_pieces_stays_between_them() -> None:
    first, second, third = (said(n, AIMessageChunk("a", id="m1")) for n in range(3))
    told = Draft("custom:1", "custom", {})
    assert [draft.event_id for draft in taken(first, second, told, third)] == [
        "messages:0", "custom:1", "messages:2",
    ]  # fmt: skip


@pytest.mark.parametrize("most", [1, 1000])
def test_pieces_that_cannot_be_added_stay_events_of_their_own(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """A provider's facts may not fit; what was said is kept, and the run's writing goes on."""
    monkeypatch.setattr(waiting, "MOST_PIECES", most)
    odd = [
        said(n, AIMessageChunk("word", id="m1", response_metadata={"took_s": took}))
        for n, took in enumerate((0.1, 0.2, 0.3))
    ]
    with pytest.raises(TypeError):
        odd[0].payload["message"] + odd[1].payload["message"]
    assert taken(*odd) == odd


def test_a_waiting_message_is_not_built_anew_for_each_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Adding up is counted: once for all pieces of a batch."""
    count = 0

    class Counted(AIMessageChunk):
        def __add__(self, other: Any) -> Any:
            nonlocal count
            count += 1
            return super().__add__(other)

    (whole,) = taken(*(said(n, Counted(content=f"{n} ", id="m1")) for n in range(200)))
    assert (count, whole.payload["message"].text.split()) == (1, [str(n) for n in range(200)])
