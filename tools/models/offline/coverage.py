"""Coverage: which shots tell an exchange, who stands where, and what the faces do."""

from dataclasses import dataclass

from state.script import (
    Blocking,
    CameraMove,
    Character,
    Expression,
    Gesture,
    Line,
    Place,
    ShotSize,
    Staging,
    Weather,
)
from state.writing import SceneOutline
from tools.models.offline.bank import structure
from tools.models.offline.dialogue import Spoken
from tools.models.offline.dice import Dice

SILENT: frozenset[ShotSize] = frozenset(("insert",))


@dataclass(frozen=True, kw_only=True)
class Setup:
    """One camera set-up before it has a length: what is framed and what is said in it."""

    size: ShotSize
    move: CameraMove
    spoken: list[Spoken]
    on: Character
    """Whom the shot is about."""
    other: Character


def plan_coverage(
    spoken: list[Spoken], *, pair: tuple[Character, Character], count: int, dice: Dice
) -> list[Setup]:
    """Set-ups in order, with the lines laid into them from first to last."""
    sizes = _sizes(count, dice)
    chunks = _lay(spoken, sizes)
    setups: list[Setup] = []
    last: Spoken | None = None
    for at, size in enumerate(sizes):
        said = chunks[at]
        on = _subject(size, said, last, pair, final=at == len(sizes) - 1)
        other = pair[1] if on is pair[0] else pair[0]
        moves: list[CameraMove] = structure()["camera"][size]
        move = dice.pick(moves, "camera", at, size)
        if setups and setups[-1].move == move != "static":
            move = "static"
        setups.append(Setup(size=size, move=move, spoken=said, on=on, other=other))
        last = said[-1] if said else last
    return setups


def stage_setup(
    setup: Setup,
    outline: SceneOutline,
    place: Place,
    *,
    weather: Weather,
    pair: tuple[Character, Character],
    before: dict[str, Expression],
    thing: str,
) -> Staging:
    """The complete staging of a set-up. The lead is always left, the opponent always right."""
    # Over a shoulder the first one named is seen, the second is the shoulder.
    seen = {
        "insert": [], "close_up": [setup.on], "medium": [setup.on],
        "over_shoulder": [setup.on, setup.other],
    }.get(setup.size, list(pair))  # fmt: skip
    faces = faces_of(setup, before)
    gestures = _gestures(setup)
    return Staging(
        place=place,
        time=outline.time,
        weather=weather,
        mood=outline.mood,
        size=setup.size,
        move=setup.move,
        people=[_block(one, pair, faces, gestures, alone=len(seen) == 1) for one in seen],
        subject=thing if setup.size == "insert" or ("holding" in gestures.values() and len(seen) > 1) else "",
    )


def faces_of(setup: Setup, before: dict[str, Expression]) -> dict[str, Expression]:
    """What both faces show at the strongest moment of a set-up; silence keeps the last face."""
    faces = dict(before)
    for said in setup.spoken:
        faces[said.listener.name] = said.reaction
        faces[said.speaker.name] = said.expression
    return faces


def lines_of(setup: Setup) -> list[Line]:
    """The lines as the script holds them."""
    return [
        Line(speaker=said.speaker.name, text=said.text, expression=said.expression) for said in setup.spoken
    ]


def _sizes(count: int, dice: Dice) -> list[ShotSize]:
    patterns = structure()["coverage"]
    if count <= 6:
        return list(dice.pick(patterns[str(count)], "coverage"))
    base: list[ShotSize] = list(dice.pick(patterns["6"], "coverage"))
    more: list[ShotSize] = patterns["more"]
    extra = [more[at % len(more)] for at in range(count - 6)]
    return [*base[:5], *extra, base[5]]


def _lay(spoken: list[Spoken], sizes: list[ShotSize]) -> list[list[Spoken]]:
    """Lines in order over the shots that carry speech; opening pictures carry least."""
    chunks: list[list[Spoken]] = [[] for _ in sizes]
    carriers = [at for at, size in enumerate(sizes) if size not in SILENT]
    if len(carriers) > len(spoken) and len(carriers) > 1:
        carriers = carriers[-max(1, len(spoken)) :] if sizes[0] == "wide" else carriers[: max(1, len(spoken))]
    for at, line in enumerate(spoken):
        chunks[carriers[min(len(carriers) - 1, at * len(carriers) // len(spoken))]].append(line)
    return chunks


def _subject(
    size: ShotSize, said: list[Spoken], last: Spoken | None, pair: tuple[Character, Character], *, final: bool
) -> Character:
    if not said:
        return last.listener if last else pair[0]
    if size == "close_up" and final and len(said) == 1 and said[0].move in ("cliff", "reveal", "hook"):
        return said[0].listener if said[0].move == "cliff" else said[0].speaker
    return said[-1].speaker


def _gestures(setup: Setup) -> dict[str, Gesture]:
    return {said.speaker.name: said.gesture for said in setup.spoken if said.gesture != "none"}


def _block(
    one: Character,
    pair: tuple[Character, Character],
    faces: dict[str, Expression],
    gestures: dict[str, Gesture],
    *,
    alone: bool,
) -> Blocking:
    lead = one.name == pair[0].name
    return Blocking(
        character=one.name,
        look=one.look,
        position="centre" if alone else "left" if lead else "right",
        facing="right" if lead else "left",
        expression=faces.get(one.name, "neutral"),
        gesture="none" if alone else gestures.get(one.name, "none"),
    )
