"""Why the camera moves in a shot, and how: it only does for a reason."""

from state.script import CameraMove
from tools.models.offline.shooting.setup import OPENING, Occasion, Setup
from tools.models.offline.words.bank import structure
from tools.models.offline.words.dice import Dice


def move_of(setup: Setup, before: list[Setup], occasion: Occasion, dice: Dice, *, last: bool) -> CameraMove:
    """The move of a set-up; never the one before again."""
    reason = _reason(setup, occasion, last=last)
    move: CameraMove = dice.pick(structure()["camera"][reason], "camera", len(before), reason)
    return "static" if before and before[-1].move == move else move


def _reason(setup: Setup, occasion: Occasion, *, last: bool) -> str:
    """Why the camera would move in this shot; `calm` when there is no reason."""
    table = structure()["camera_reasons"]
    if setup.kind in OPENING:
        return _opening(setup, occasion)
    if setup.kind == "insert":
        return "realisation"
    if occasion.light:
        return "calm"
    lonely = occasion.mood in table["lonely_moods"] or occasion.beat in table["lonely_beats"]
    if last and lonely and setup.size in ("two_shot", "over_shoulder", "medium"):
        return "loneliness"
    if setup.kind in ("turn", "react"):
        return _at_the_turn(setup)
    faces = [one.expression for one in setup.spoken]
    return "unrest" if any(face in table["unrest_faces"] for face in faces) else "calm"


def _opening(setup: Setup, occasion: Occasion) -> str:
    table = structure()["camera_reasons"]
    if occasion.beat in table["arrival_beats"] and setup.kind == "establish":
        return "arrival"
    if occasion.light:
        return "calm"
    if occasion.mood in table["lonely_moods"] or occasion.beat in table["lonely_beats"]:
        return "loneliness"
    return "height" if occasion.tall else "opening"


def _at_the_turn(setup: Setup) -> str:
    table = structure()["camera_reasons"]
    said = [*setup.spoken, *([setup.heard] if setup.heard else [])]
    struck = any(one.essential for one in said)
    faces = [one.reaction if setup.kind == "react" else one.expression for one in said]
    return "realisation" if struck or set(faces) & set(table["realisation_faces"]) else "calm"
