"""Where a production stands, as the steps a person thinks in."""

from typing import Any

from server.steps import Standing, steps_of
from tests.integration.api.story_making import a_script


def standing(**facts: Any) -> Standing:
    usual: dict[str, Any] = {
        "status": "running", "gate": None, "refused": False, "script": a_script(scenes=2),
        "planned_scenes": 2, "told": [], "pictures": [],
    }  # fmt: skip
    return Standing(**{**usual, **facts})


def progress(stage: str, **more: Any) -> dict[str, Any]:
    return {"name": "progress", "payload": {"stage": stage, "text": "", "done": 0, "total": 0, **more}}


def approved(scene: int) -> dict[str, Any]:
    return {"name": "scene_approved", "payload": {"scene": scene}}


def states(at: Standing) -> str:
    """One letter a step: done, working, waiting, stopped, planned."""
    letters = {"done": "d", "working": "w", "waiting": "!", "stopped": "x", "planned": "."}
    return "".join(letters[step.state] for step in steps_of(at))


def test_it_begins_with_the_script_and_as_many_scenes_as_planned():
    assert states(standing(script=None)) == "w...." + "."
    assert [step.title for step in steps_of(standing(script=None))][-3:] == ["Scene 1", "Scene 2", "Master"]


def test_half_a_script_does_not_shorten_the_way():
    at = standing(script=a_script(scenes=1), planned_scenes=4, told=[progress("writing", done=1, total=4)])
    assert len(steps_of(at)) == 8
    assert (steps_of(at)[0].done, steps_of(at)[0].total) == (1, 4)


def test_a_gate_waits_at_its_step():
    at_budget = {"status": "paused", "gate": "approve_budget", "told": [progress("budget")]}
    assert states(standing(**at_budget)) == "d!...."
    at_scene = {"status": "paused", "gate": "review_scene", "told": [progress("shooting"), approved(1)]}
    assert states(standing(**at_scene)) == "dddd!."


def test_an_approved_last_scene_leads_to_the_master():
    told = [progress("shooting"), approved(1), approved(2)]
    assert states(standing(told=told)) == "dddddw"
    assert states(standing(told=[*told, progress("finishing")])) == "dddddw"
    assert states(standing(told=told, status="completed")) == "dddddd"


def test_a_refused_budget_stops_there():
    assert states(standing(status="completed", refused=True, told=[progress("budget")])) == "dx...."


def test_a_failure_marks_the_step_it_happened_in():
    assert states(standing(status="failed", told=[progress("storyboard")])) == "ddx..."


def test_a_redrawn_panel_counts_only_when_its_newest_version_is_there():
    def panel(item: str, state: str) -> dict[str, str]:
        return {"stage": "storyboard", "item": item, "state": state}

    pictures = [panel("1A", "done"), panel("1B", "done"), panel("1B", "submitted")]
    storyboard = steps_of(standing(told=[progress("storyboard")], pictures=pictures))[2]
    assert (storyboard.done, storyboard.total) == (1, 4)
