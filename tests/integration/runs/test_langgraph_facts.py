"""What langgraph does on resume, as far as the engine leans on it: an upgrade that changes it fails."""

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.errors import GraphDrained, UnknownInterruptError
from langgraph.runtime import RunControl
from langgraph.types import Command

from server.runs.drive import STRICT_RESUME
from tests.integration.runs.tiny_graphs import ask_shot, fan_out, finish, line, review, shoot, write_plan


def attached(graph):
    return graph.copy({"checkpointer": InMemorySaver()}), {
        "configurable": {"thread_id": "t", STRICT_RESUME: True}
    }


def ran(file) -> list[str]:
    return file.read_text().split("\n")[:-1]


@pytest.fixture
def tally(tmp_path):
    return tmp_path / "tally"


async def test_a_resume_runs_the_gate_again_and_nothing_before_it(tally):
    graph, config = attached(line(write_plan, review, finish))
    paused = await graph.ainvoke({"brief": {"tally": str(tally)}}, config)
    await graph.ainvoke(Command(resume={paused["__interrupt__"][0].id: {"decision": "GREEN"}}), config)

    assert ran(tally) == ["write_plan", "review", "review", "finish"]


async def test_a_used_interrupt_id_is_refused_under_strict_resume():
    graph, config = attached(line(review, finish))
    paused = await graph.ainvoke({"brief": {}}, config)
    answer = Command(resume={paused["__interrupt__"][0].id: {"decision": "GREEN"}})
    await graph.ainvoke(answer, config)

    with pytest.raises(UnknownInterruptError):
        await graph.ainvoke(answer, config)


async def test_without_strict_resume_it_is_swallowed():
    """The control, and why the engine sets the internal key."""
    graph, config = attached(line(review, finish))
    del config["configurable"][STRICT_RESUME]
    paused = await graph.ainvoke({"brief": {}}, config)
    answer = Command(resume={paused["__interrupt__"][0].id: {"decision": "GREEN"}})
    await graph.ainvoke(answer, config)

    assert (await graph.ainvoke(answer, config))["answers"]["review"]["decision"] == "GREEN"


async def test_one_answer_in_a_fan_out_asks_the_others_again_under_the_same_ids(tally):
    graph, config = attached(fan_out(ask_shot))
    paused = await graph.ainvoke({"brief": {"tally": str(tally)}}, config)
    ids = {one.value["shot"]: one.id for one in paused["__interrupt__"]}
    again = await graph.ainvoke(Command(resume={ids["1A"]: {"decision": "GREEN"}}), config)

    assert {one.id for one in again["__interrupt__"]} == {ids["1B"], ids["1C"]}
    assert sorted(ran(tally)) == ["ask 1A", "ask 1A", "ask 1B", "ask 1B", "ask 1C", "ask 1C", "write_plan"]


async def test_a_failed_worker_is_the_only_one_to_run_again(tally):
    graph, config = attached(fan_out(shoot))
    brief = {"tally": str(tally), "fail": "1C"}
    with pytest.raises(RuntimeError):
        await graph.ainvoke({"brief": brief}, config)
    with pytest.raises(RuntimeError):
        await graph.ainvoke(None, config)

    assert [ran(tally).count(f"shoot {shot}") for shot in ("1A", "1B", "1C")] == [1, 1, 2]


async def test_a_drain_stops_between_two_steps_and_loses_nothing(tally):
    graph, config = attached(line(write_plan, finish))
    control = RunControl()
    control.request_drain("test")
    with pytest.raises(GraphDrained):
        await graph.ainvoke({"brief": {"tally": str(tally)}}, config, control=control)

    assert (await graph.ainvoke(None, config))["log"] == ["plan", "finish"]
    assert ran(tally) == ["write_plan", "finish"]
