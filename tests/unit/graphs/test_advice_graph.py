"""The advice graph: one question, one answer, nothing else."""

from graphs import GRAPHS
from graphs.advice import build_advice
from state.context import RunContext
from state.events import MessageSent
from state.writing import FallbackAdvice


def test_shape():
    drawn = build_advice().get_graph()
    assert {node for node in drawn.nodes if not node.startswith("__")} == {"answer_complaint"}
    assert {(edge.source, edge.target) for edge in drawn.edges} == {
        ("__start__", "answer_complaint"),
        ("answer_complaint", "__end__"),
    }


def test_a_talk_is_no_production():
    assert "advice" not in GRAPHS


async def test_pieces_and_both_messages_come_before_the_answer():
    """S1-23, S1-74: question and answer are messages of one conversation; all pieces are the answer."""
    told, answered = [], {}
    asked = {"message": "Hello", "turn_id": "t", "conversation": "s", "language": "es"}
    graph, modes = build_advice(), ["custom", "values"]
    async for mode, part in graph.astream(asked, context=RunContext(), stream_mode=modes):
        if mode == "custom":
            told.append(part)
        else:
            answered = part
    advice = FallbackAdvice.model_validate(answered["advice"])
    sent = [one["payload"] for one in told if one["name"] == MessageSent.name]
    assert [one["message_type"] for one in sent] == ["request", "response"]
    assert {one["conversation_id"] for one in sent} == {"chat:s"}
    pieces = [one["payload"]["text"] for one in told if one["name"] == "agent:text"]
    assert len(pieces) > 1
    assert "".join(pieces) == advice.userMessage
