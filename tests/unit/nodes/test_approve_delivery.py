"""A master that failed is delivered by a person with a name and a reason, or not at all."""

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.types import Command

from graphs.finishing import after_approve_delivery
from nodes.delivery.withhold_master import withhold_master
from nodes.review.approve_delivery import MOST_SHOWN, approve_delivery, delivery_request
from state.context import RunContext
from state.errors import PostError
from state.film import FinishingState
from state.review import ReviewReply, refusal
from state.script import Script

THREAD: Any = {"configurable": {"thread_id": "t1"}}
CONTEXT = RunContext(user_id="u1", review="auto")
RED = [{"check": "black", "light": "RED", "message": "black for 2.00 s", "start_s": 4.0, "end_s": 6.0}]
SIGNED = {"items": {"delivery": {"light": "GREEN", "note": "the client knows"}}, "signed_by": "Ana Ruiz"}
KEPT_BACK = {"items": {"delivery": {"light": "RED"}}}


async def delivered(state: FinishingState) -> dict[str, object]:
    return {"requoted": "delivered"}


def a_film(light: str) -> dict[str, Any]:
    return {
        "script": Script(title="The key", logline="L").model_dump(mode="json"),
        "quality": {"light": light, "checks": RED},
    }


def ending() -> Any:
    graph = StateGraph(FinishingState, context_schema=RunContext)
    for node in (approve_delivery, withhold_master):
        graph.add_node(node)
    graph.add_node("sign_override", delivered)
    graph.add_node("deliver_master", delivered)
    graph.add_edge(START, "approve_delivery")
    graph.add_conditional_edges("approve_delivery", after_approve_delivery)
    return graph.compile(checkpointer=InMemorySaver())


@pytest.mark.parametrize("light", ["GREEN", "YELLOW"])
async def test_nobody_is_asked_about_a_master_that_may_go(light: str) -> None:
    done = await ending().ainvoke(a_film(light), THREAD, context=CONTEXT)
    assert (done["requoted"], "__interrupt__" in done) == ("delivered", False)


async def test_a_red_master_waits_for_a_person_even_where_nobody_is_asked_otherwise() -> None:
    graph = ending()
    asked = await graph.ainvoke(a_film("RED"), THREAD, context=CONTEXT)
    [question] = asked["__interrupt__"]
    assert question.value["gate"] == "approve_delivery"
    assert "Black for 2.00 s (at 4.0 s)." in question.value["items"][0]["text"]
    assert "requoted" not in asked


async def test_whoever_signs_is_written_down_with_the_reason_and_the_account() -> None:
    graph = ending()
    await graph.ainvoke(a_film("RED"), THREAD, context=CONTEXT)
    done = await graph.ainvoke(Command(resume=SIGNED), THREAD, context=CONTEXT)
    assert done["requoted"] == "delivered"
    assert done["quality"]["override"] == {
        "name": "Ana Ruiz", "reason": "the client knows", "user_id": "u1",
    }  # fmt: skip


async def test_a_master_that_is_kept_back_ends_as_failed_and_not_as_delivered() -> None:
    graph = ending()
    await graph.ainvoke(a_film("RED"), THREAD, context=CONTEXT)
    with pytest.raises(PostError, match="kept it back: black"):
        await graph.ainvoke(Command(resume=KEPT_BACK), THREAD, context=CONTEXT)


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        ({"approve_all": True}, "delivery"),
        ({"approve_all": True, "signed_by": "Ana"}, "delivery"),
        ({**SIGNED, "signed_by": " "}, "signed_by"),
        ({"items": {"delivery": {"light": "GREEN"}}, "signed_by": "Ana"}, "note"),
        ({"items": {"delivery": {"light": "YELLOW", "note": "mend it"}}, "signed_by": "Ana"}, "RED"),
        ({"items": {"delivery": {"light": "RED"}, "2A": {"light": "RED"}}}, "nothing else"),
    ],
)
def test_an_answer_without_name_or_reason_leaves_the_gate_open(reply: dict[str, Any], word: str) -> None:
    request = delivery_request(FinishingState.model_validate(a_film("RED")))
    assert word in str(refusal(request, ReviewReply.model_validate(reply)))


@pytest.mark.parametrize("reply", [SIGNED, KEPT_BACK])
def test_a_signed_answer_and_a_refusal_are_taken(reply: dict[str, Any]) -> None:
    request = delivery_request(FinishingState.model_validate(a_film("RED")))
    assert refusal(request, ReviewReply.model_validate(reply)) is None


def test_a_film_that_is_all_faults_is_told_in_short() -> None:
    film = a_film("RED")
    film["quality"]["checks"] = RED * (MOST_SHOWN + 3)
    text = delivery_request(FinishingState.model_validate(film)).items[0].text
    assert (text.count("Black"), "And 3 more." in text) == (MOST_SHOWN, True)
