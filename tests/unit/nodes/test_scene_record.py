"""S1-28, S1-42, S1-48: what is told about a scene counts every take once."""

from decimal import Decimal

from nodes.camera.scene_record import scene_event, scene_job
from state.cost import Money
from state.events import SceneDone, SceneFailed
from state.film import ProductionFormat, ShootingState
from state.media import MediaRef
from state.script import Scene, Script, Shot, Slate
from state.take import Take
from tests.builders import a_staging

PICTURE = MediaRef(key="image/local/x.png", mime="image/png", sha256="0" * 64, size_bytes=1)


def a_take(shot: str, dollars: str, *, shown: bool = False) -> Take:
    return Take(
        slate=Slate(scene=1, shot=shot, take=1), call_key=f"p:take:1{shot}:first", status="done",
        media=PICTURE, thumbnail=PICTURE if shown else None, duration_s=2, cost=Money.usd(dollars),
    )  # fmt: skip


def a_scene_state(takes: dict[str, Take], **causes: str) -> ShootingState:
    shots = [
        Shot(slate=Slate(scene=1, shot=shot), description="x", staging=a_staging(), duration_s=2)
        for shot in ("A", "B")
    ]
    scene = Scene(number=1, title="One", summary="x", place="kitchen", shots=shots)
    return ShootingState(
        format=ProductionFormat(width=320, height=180),
        script=Script(title="T", logline="L", scenes=[scene]),
        takes=takes,
        causes={f"take/{slate}": cause for slate, cause in causes.items()},
    )


def shown(state: ShootingState) -> dict[str, Take]:
    return {slate: take.model_copy(update={"thumbnail": PICTURE}) for slate, take in state.takes.items()}


def test_the_first_job_costs_all_its_takes() -> None:
    state = a_scene_state({"1A": a_take("A", "1"), "1B": a_take("B", "2")})
    told = scene_event(state, shown(state), PICTURE, "p")
    assert isinstance(told, SceneDone)
    assert told.actual_usd == Decimal(3)
    assert told.call_key == scene_job(state, "p") == "p:scene:1:first"


def test_a_regeneration_of_any_shot_is_another_job_that_costs_only_what_is_new() -> None:
    state = a_scene_state({"1A": a_take("A", "1", shown=True), "1B": a_take("B", "2")}, **{"1B": "gate-7"})
    told = scene_event(state, shown(state), PICTURE, "p")
    assert isinstance(told, SceneDone)
    assert told.actual_usd == Decimal(2)
    assert told.call_key not in ("p:scene:1:first", scene_job(a_scene_state({}, **{"1B": "gate-8"}), "p"))


def test_a_node_that_runs_again_tells_the_same() -> None:
    state = a_scene_state({"1A": a_take("A", "1"), "1B": a_take("B", "2")}, **{"1A": "gate-7"})
    first, again = (scene_event(state, shown(state), PICTURE, "p") for _ in range(2))
    assert first == again


def test_a_scene_that_failed_is_the_same_job_as_when_it_succeeds() -> None:
    state = a_scene_state({"1A": a_take("A", "1"), "1B": a_take("B", "2")})
    told = scene_event(state, shown(state), None, "p")
    assert isinstance(told, SceneFailed)
    assert (told.call_key, told.actual_usd) == (scene_job(state, "p"), Decimal(3))
