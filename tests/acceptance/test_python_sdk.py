"""The micro-episode by the stock Python client: one walk over v1 and one over v2, looked at fact by fact."""

import asyncio
import re
from typing import Any

import pytest

from tests.acceptance.python_walks import Facts, both
from tests.postgres import run_apart

GATES = ["approve_budget", "review_storyboard", "review_scene"]
MADE = {
    ("storyboard", "1A", 1),
    ("voice", "1A/1", 1),
    ("take", "1A", 1),
    ("take", "1B", 1),
    ("take", "1C", 1),
}
PATIENCE_S = 240


@pytest.fixture(scope="module")
def walks(house_url: str) -> tuple[Facts, Facts]:
    return run_apart(lambda: asyncio.wait_for(both(house_url), PATIENCE_S))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def v1(walks: tuple[Facts, Facts]) -> Facts:
    return walks[0]


@pytest.fixture(scope="module")
def v2(walks: tuple[Facts, Facts]) -> Facts:
    return walks[1]


def names(parts: list[Any]) -> set[str]:
    return {part.event for part in parts}


def test_the_assistant_is_described(v1: Facts):
    assert v1["got"]["assistant_id"] == v1["assistant"]["assistant_id"]
    assert v1["schemas"]["graph_id"] == "novela"
    assert {"brief"} <= set(v1["schemas"]["input_schema"]["properties"])
    assert {"approve_budget", "shooting:collect_takes", "finishing:render_master"} <= v1["nodes"]


def test_every_mode_that_the_graph_feeds_brings_something(v1: Facts):
    """No chat model of LangChain's speaks here, so there are no messages."""
    fed = {"values", "updates", "custom", "tasks", "checkpoints", "debug", "events"}
    assert names(v1["shown"]) == {"metadata", "end", *fed}
    assert v1["shown"][0].data["run_id"] == v1["run"]
    [asked] = next(part.data for part in reversed(v1["shown"]) if part.event == "values")["__interrupt__"]
    assert asked["value"]["gate"] == "approve_budget"


def test_a_page_that_is_opened_in_the_pause_finds_the_question(v1: Facts):
    assert v1["again"] == v1["shown"]
    [gate] = v1["state"]["interrupts"]
    [[kept]] = v1["thread"]["interrupts"].values()
    assert (v1["thread"]["status"], v1["state"]["next"]) == ("interrupted", ["approve_budget"])
    assert (kept["id"], kept["value"]["gate"]) == (gate["id"], "approve_budget")
    assert v1["thread"]["metadata"].items() >= {"graph_id": "novela", "of": "v1"}.items()


@pytest.mark.parametrize(
    ("asked", "kind", "word"),
    [
        ("wrong", "UnprocessableEntityError", "approve_all"),
        ("unpriced", "UnprocessableEntityError", "quote_id"),
        ("new input", "ConflictError", "waits for an answer"),
        ("second", "ConflictError", "is not open"),
        ("third", "ConflictError", "is not open"),
        ("deleted", "NotFoundError", "no such thread"),
    ],
)
def test_what_v1_refuses(v1: Facts, asked: str, kind: str, word: str):
    assert v1["refused"][asked][0] == kind
    assert word in v1["refused"][asked][1]


def test_a_refusal_loses_nothing(v1: Facts):
    state, runs = v1["after refusals"]
    assert (state["checkpoint"], state["interrupts"]) == (
        v1["state"]["checkpoint"],
        v1["state"]["interrupts"],
    )
    assert runs == 1


def test_an_answer_goes_to_the_next_gate(v1: Facts):
    assert v1["waited"]["__interrupt__"][0]["value"]["gate"] == "review_storyboard"
    assert v1["gates"] == GATES


def test_a_run_is_stopped_in_a_shot_and_goes_on(v1: Facts):
    run, thread = v1["stopped"]
    assert (run["status"], thread["status"], thread["interrupts"]) == ("interrupted", "interrupted", {})
    assert [run["status"] for run in v1["runs"]] == ["success", "interrupted", "success", "success"]


def test_a_stream_that_was_cut_and_left_in_a_shot_is_whole(v1: Facts):
    assert v1["cut"] >= 1
    assert v1["seen"] == v1["whole"]
    assert len(set(v1["whole"])) == len(v1["whole"]) > 20


def test_the_history_is_a_chain(v1: Facts):
    history = v1["history"]
    assert history[0]["next"] == ["review_scene"]
    older = [state["parent_checkpoint"]["checkpoint_id"] for state in history[:-1]]
    assert older == [state["checkpoint_id"] for state in history[1:]]


def test_a_fork_stands_at_its_gate_and_leaves_the_original(v1: Facts):
    [storyboard], [budget] = v1["back"]["__interrupt__"], v1["further back"]["__interrupt__"]
    assert storyboard["value"]["gate"] == "review_storyboard"
    assert (budget["value"]["gate"], v1["further back"]["advice"]) == ("approve_budget", "Slower.")
    assert budget["id"] != v1["state"]["interrupts"][0]["id"]
    assert (v1["forked"]["next"], v1["no"]["advice"]) == ([], "Slower.")
    assert v1["original"]["values"] == v1["history"][0]["values"]


def test_neither_a_stop_nor_a_cut_nor_a_fork_buys_again(v1: Facts, v2: Facts):
    assert v1["bought after"] == v1["bought"]
    for calls in (v1["bought"], v2["bought"]):
        assert set(calls) >= MADE
        assert len(set(calls)) == len(calls)
        assert {take for _, _, take in calls} == {1}


def test_an_ended_run_is_joined_and_deleted(v1: Facts):
    assert v1["joined"] == v1["no"]
    assert len(v1["left"]) == len(v1["runs"]) + 2, "two runs came after the list; a third is deleted"


def test_every_projection_that_the_graph_feeds_brings_something(v2: Facts):
    by_name = {name: [one for word, one in v2["shown"] if word == name] for name, _ in v2["shown"]}
    assert set(by_name) == {"values", "updates", "tasks", "checkpoints", "progress", "subgraphs"}
    assert [(one.graph_name, one.status) for one in by_name["subgraphs"]] == [("finishing", "completed")]
    assert {"review_scene", "finishing", "remember_episode"} <= {
        node for one in by_name["updates"] for node in one
    }
    assert {"id", "step", "source", "parent_id"} <= set(by_name["checkpoints"][-1])
    assert {one["name"] for one in by_name["progress"]} == {"progress"}
    assert by_name["values"][-1] == v2["output"]


def test_a_question_of_v2_is_there_after_a_reload(v2: Facts):
    interrupted, [asked] = v2["interrupted"]
    assert interrupted
    assert not any("__interrupt__" in state for state in v2["states"])
    assert v2["reloaded"] == asked
    assert v2["gates"] == GATES


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("new input", "invalid_argument"), ("wrong", "invalid_argument.*approve_all"),
        ("second", "no_such_interrupt"), ("closed", "is closed"),
    ],
)  # fmt: skip
def test_what_v2_refuses(v2: Facts, asked: str, word: str):
    assert re.search(word, v2["refused"][asked][1])


def test_a_thread_stream_that_was_cut_in_a_shot_is_whole(v2: Facts):
    seen, whole = v2["seen"], v2["whole"]
    assert v2["cut"] >= 2
    assert seen == [event for event in whole if event["seq"] >= seen[0]["seq"]]
    assert len({event["event_id"] for event in whole}) == len(whole)


def test_the_output_is_the_episode_for_whoever_comes(v2: Facts):
    assert "master.mp4" in v2["output"]["deliverables"]
    assert v2["later"] == v2["output"]
