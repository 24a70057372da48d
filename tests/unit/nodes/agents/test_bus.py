"""The agents' bus: four operations, stable ids, and the patterns the graph uses."""

from typing import Any

import pytest

from nodes.agents.agent import TextKey
from nodes.agents.bus import Conversation, NobodyAnswers
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.patterns import (
    answer_complaint,
    fix_provider_error,
    fix_validation,
    validate_and_cost,
    with_advice,
)
from nodes.agents.system_integrator import SystemIntegrator
from state.errors import ProviderBusy, ProviderFailed
from state.messages import AgentMessage
from tests.fake_models import Recorder
from tests.fakes import FakeClock
from tests.scripts import a_novela_brief, write_episode
from tools.models.offline import OfflineWriter
from tools.models.offline.scene import compose_scene
from tools.orders.planned import allowed_parameters

KEY = TextKey(production_id="p1", stage="check", item="scene-1")


def a_conversation(name: str = "scene-1") -> tuple[Conversation, list[AgentMessage]]:
    sent: list[AgentMessage] = []
    return (
        Conversation(
            production_id="p1", name=name, emit=sent.append, clock=FakeClock(), novela_id="n1", scene_number=1
        ),
        sent,
    )


async def echo(message: AgentMessage) -> dict[str, Any]:
    return {"heard": message.content.data["words"]}


def test_send_writes_one_message_with_where_it_belongs():
    conversation, sent = a_conversation()
    message = conversation.send(
        sender="script_writer", to="system_integrator", kind="request", action="look", payload={"a": 1}
    )
    assert sent == [message]
    assert message.content.metadata.novelaId == "n1"
    assert message.content.metadata.sceneNumber == 1
    assert message.conversation_id == conversation.id


def test_broadcast_is_for_nobody_in_particular():
    conversation, sent = a_conversation()
    conversation.broadcast(sender="script_writer", action="plan_ready", payload={})
    assert (sent[0].to_agent, sent[0].message_type) == (None, "broadcast")


async def test_request_waits_for_the_answer_and_both_are_stored():
    conversation, sent = a_conversation()
    conversation.join("fallback_handler", echo)
    answer = await conversation.request(
        sender="user", to="fallback_handler", action="say", payload={"words": "hi"}
    )
    assert answer == {"heard": "hi"}
    assert [(one.message_type, one.from_agent, one.to_agent) for one in sent] == [
        ("request", "user", "fallback_handler"),
        ("response", "fallback_handler", "user"),
    ]
    assert sent[1].response_to == sent[0].id


async def test_request_to_nobody_is_an_error_and_writes_nothing():
    conversation, sent = a_conversation()
    with pytest.raises(NobodyAnswers):
        await conversation.request(sender="user", to="fallback_handler", action="say", payload={})
    assert sent == []


async def test_failing_answer_is_an_error_message_and_still_fails():
    conversation, sent = a_conversation()

    async def busy(message: AgentMessage) -> dict[str, Any]:
        raise ProviderBusy

    conversation.join("system_integrator", busy)
    with pytest.raises(ProviderBusy):
        await conversation.request(sender="script_writer", to="system_integrator", action="x", payload={})
    assert [one.message_type for one in sent] == ["request", "error"]
    assert sent[1].content.data["code"] == "provider_busy"


async def test_subscribers_hear_their_type_or_action_only():
    conversation, _ = a_conversation()
    by_type: list[AgentMessage] = []
    by_action: list[AgentMessage] = []
    conversation.on("broadcast", by_type.append)
    conversation.on("say", by_action.append)
    conversation.join("fallback_handler", echo)
    conversation.broadcast(sender="user", action="hello", payload={})
    await conversation.request(sender="user", to="fallback_handler", action="say", payload={"words": "a"})
    assert [one.content.action for one in by_type] == ["hello"]
    assert [one.message_type for one in by_action] == ["request", "response"]


def test_a_rerun_writes_the_same_ids_and_others_write_others():
    ids = []
    for name in ("scene-1", "scene-1", "scene-2"):
        conversation, sent = a_conversation(name)
        conversation.broadcast(sender="script_writer", action="a", payload={})
        conversation.broadcast(sender="script_writer", action="a", payload={})
        ids.append(tuple(one.id for one in sent))
    assert ids[0] == ids[1]
    assert len(set(ids[0]) | set(ids[2])) == 4


async def test_validate_and_cost_is_one_conversation():
    conversation, sent = a_conversation()
    draft = write_episode(a_novela_brief()).drafts[0]
    report = await validate_and_cost(
        conversation, SystemIntegrator(OfflineWriter(), Recorder()), draft, key=KEY
    )
    assert report.validation.isValid
    assert {one.content.action for one in sent} == {"validate_and_cost"}
    assert {one.conversation_id for one in sent} == {conversation.id}


async def test_invalid_scene_is_mended_by_the_fallback_handler():
    """Pattern 1b: refused, advised, written again with the advice, accepted."""
    conversation, sent = a_conversation()
    integrator = SystemIntegrator(OfflineWriter(), Recorder())
    fallback = FallbackHandler(OfflineWriter(), Recorder())
    written = write_episode(a_novela_brief(model_id="veo-3.1", resolution="480p"))
    draft = written.drafts[0]
    report = await validate_and_cost(conversation, integrator, draft, key=KEY)
    assert not report.validation.isValid
    advice = await fix_validation(
        conversation, fallback, draft, report, key=KEY, allowed=allowed_parameters("veo-3.1")
    )
    again = compose_scene(with_advice(written.inputs[0], draft, advice))
    assert advice.solution.immediate in again.prompt
    assert again.scene.shots == draft.scene.shots
    second = TextKey(production_id="p1", stage="check", item="scene-1", cause="advice")
    assert (await validate_and_cost(conversation, integrator, again, key=second)).validation.isValid
    assert [one.content.action for one in sent[::2]] == [
        "validate_and_cost", "fix_validation", "validate_and_cost",
    ]  # fmt: skip


async def test_provider_error_goes_from_integrator_to_fallback_handler():
    conversation, sent = a_conversation()
    advice = await fix_provider_error(
        conversation,
        FallbackHandler(OfflineWriter(), Recorder()),
        ProviderFailed("The job failed.", model="veo-3.1", provider="replicate"),
        prompt="A kitchen.",
        key=KEY,
        language="pt-BR",
    )
    assert [(one.from_agent, one.to_agent) for one in sent] == [
        ("system_integrator", "fallback_handler"), ("fallback_handler", "system_integrator"),
    ]  # fmt: skip
    assert advice.errorAnalysis.type == "model_error"
    assert "problema" in advice.userMessage


async def test_complaint_carries_the_failed_job_to_the_handler():
    conversation, sent = a_conversation()
    await answer_complaint(
        conversation,
        FallbackHandler(OfflineWriter(), Recorder()),
        "Where is my video?",
        key=KEY,
        error_code="provider_timeout",
        context={"job": {"id": "job-7", "status": "failed"}},
    )
    assert sent[0].content.data["context"]["job"]["id"] == "job-7"
