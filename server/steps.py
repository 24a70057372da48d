"""How far a production is, as the few steps that a person thinks in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from state.script import Script

StepState = Literal["done", "working", "waiting", "stopped", "planned"]
FIRST_SCENE = 3
STAGES = {"writing": 0, "casting": 0, "budget": 1, "storyboard": 2}
GATES = {"approve_budget": 1, "review_storyboard": 2}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step on the way to the master; `done` of `total` counts what it is made of."""

    name: str
    title: str
    state: StepState
    done: int = 0
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides where a production stands."""

    status: str
    gate: str | None
    refused: bool
    script: Script | None
    planned_scenes: int
    told: Sequence[dict[str, Any]]
    """Events for people, oldest first: name and payload."""
    pictures: Sequence[dict[str, Any]]
    """Panels and takes with stage, item and state; of each item the newest last."""

    @property
    def scene_count(self) -> int:
        """As written, or as planned while it is being written."""
        written = len(self.script.scenes) if self.script else 0
        return written if self._position_of_stage() > 0 and written else max(written, self.planned_scenes)

    @property
    def approved(self) -> set[int]:
        """Scenes that were answered with GREEN."""
        return {one["payload"]["scene"] for one in self.told if one["name"] == "scene_approved"}

    @property
    def position(self) -> int:
        """Which step is the current one."""
        if self.refused:
            return 1
        at_scene = FIRST_SCENE + min(len(self.approved), self.scene_count)
        if self.gate is not None:
            return GATES.get(self.gate, at_scene)
        stage = self._position_of_stage()
        return at_scene if stage >= FIRST_SCENE and not self._is_finishing() else stage

    def _position_of_stage(self) -> int:
        stage = self._stage()
        if stage == "finishing":
            written = len(self.script.scenes) if self.script else self.planned_scenes
            return FIRST_SCENE + written
        return STAGES.get(stage, FIRST_SCENE) if stage else 0

    def _is_finishing(self) -> bool:
        return self._stage() == "finishing"

    def _stage(self) -> str:
        newest = [one["payload"].get("stage", "") for one in self.told if one["name"] == "progress"]
        return str(newest[-1]) if newest else ""


def steps_of(standing: Standing) -> list[Step]:
    """Script, budget, storyboard, every scene, master: with what is done of each."""
    scenes = [(f"scene-{n}", f"Scene {n}") for n in range(1, standing.scene_count + 1)]
    names = [
        ("script", "Script"), ("budget", "Budget"), ("storyboard", "Storyboard"), *scenes,
        ("master", "Master"),
    ]  # fmt: skip
    position = standing.position
    return [
        Step(name=name, title=title, state=_state(number, position, standing), **_count(name, standing))
        for number, (name, title) in enumerate(names)
    ]


def _state(number: int, position: int, standing: Standing) -> StepState:
    if standing.refused:
        return "done" if number == 0 else "stopped" if number == 1 else "planned"
    if number < position or standing.status == "completed":
        return "done"
    if number > position:
        return "planned"
    here: dict[str, StepState] = {"paused": "waiting", "failed": "stopped", "cancelled": "stopped"}
    return here.get(standing.status, "working")


def _count(name: str, standing: Standing) -> dict[str, int]:
    shots = [shot for scene in standing.script.scenes for shot in scene.shots] if standing.script else []
    if name == "storyboard" and shots:
        ready = _ready(standing, "storyboard")
        return {"done": sum(str(shot.slate) in ready for shot in shots), "total": len(shots)}
    if name.startswith("scene-") and shots:
        ready, number = _ready(standing, "take"), int(name.removeprefix("scene-"))
        of_scene = [str(shot.slate) for shot in shots if shot.slate.scene == number]
        return {"done": sum(slate in ready for slate in of_scene), "total": len(of_scene)}
    if name in ("script", "master"):
        return _told_count("writing" if name == "script" else "finishing", standing)
    return {}


def _ready(standing: Standing, stage: str) -> set[str]:
    newest = {row["item"]: row["state"] for row in standing.pictures if row["stage"] == stage}
    return {item for item, state in newest.items() if state == "done"}


def _told_count(stage: str, standing: Standing) -> dict[str, int]:
    counts = [
        one["payload"]
        for one in standing.told
        if one["name"] == "progress" and one["payload"].get("stage") == stage and one["payload"].get("total")
    ]
    return {"done": int(counts[-1]["done"]), "total": int(counts[-1]["total"])} if counts else {}
