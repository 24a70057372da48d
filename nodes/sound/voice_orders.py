"""What is ordered for a line, and when each line is heard in its shot."""

from collections.abc import Iterator

from state.film import ShootingState
from state.order import Order, VoiceRequest
from state.script import Line, Scene, Script, Shot
from state.take import VoiceTrack
from tools.engines.routing import Route

STAGE = "voice"
LEAD_IN_S = 0.35
"""Picture before the first word: a cut that lands on a word is hard to follow."""
BETWEEN_LINES_S = 0.3
TAIL_S = 0.45


def lines_of(scene: Scene) -> Iterator[tuple[Shot, int, Line]]:
    """Every line of a scene with its shot and its number in the shot, counted from 1."""
    for shot in scene.shots:
        for number, line in enumerate(shot.lines, start=1):
            yield shot, number, line


def voice_item(shot: Shot, number: int) -> str:
    """The key of one line: `2A/1`."""
    return f"{shot.slate}/{number}"


def voice_order(state: ShootingState, shot: Shot, number: int, *, production_id: str, route: Route) -> Order:
    """The order for one line, spoken by its character's own voice."""
    line, item = shot.lines[number - 1], voice_item(shot, number)
    request = VoiceRequest(
        provider=route.provider,
        model=route.model,
        text=line.text,
        language=state.film.language,
        voice_id=voice_of(state.film, line.speaker),
        expression=line.expression,
        seed=state.seed(STAGE, item),
    )
    return Order(
        production_id=production_id, stage=STAGE, item=item, cause=state.cause(STAGE, item), request=request
    )


def voice_of(script: Script, speaker: str) -> str:
    """The voice that casting gave to a character or to the narrator."""
    if script.narrator is not None and speaker == script.narrator.name:
        return script.narrator.voice_id
    return next(character.voice_id for character in script.cast if character.name == speaker)


def placed(shot: Shot, tracks: list[VoiceTrack]) -> tuple[list[VoiceTrack], float]:
    """The shot's lines one after another, and how long the shot must be to hold them."""
    at, out = LEAD_IN_S, []
    for track in tracks:
        out.append(track.model_copy(update={"start_s": round(at, 3)}))
        at += track.duration_s + BETWEEN_LINES_S
    needed = at - BETWEEN_LINES_S + TAIL_S if out else 0.0
    return out, max(shot.duration_s, needed)


def whole_frames(seconds: float, fps: int) -> float:
    """Seconds rounded up to a whole number of frames."""
    frames = -(-round(seconds * fps * 1000) // 1000)
    return round(frames / fps, 6)
