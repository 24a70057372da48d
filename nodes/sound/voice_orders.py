"""What is ordered for a line, and when each line is heard in its shot."""

from collections.abc import Iterator

from state.cost import PlannedCall
from state.film import FilmState, ShootingState
from state.order import Order, Parameters, VoiceRequest
from state.script import Character, Line, Scene, Script, Shot, VoiceManner
from state.take import VoiceTrack
from tools.engines.catalog import model_card
from tools.engines.heard import Heard
from tools.engines.provider_voices import cast_for_model, voice_book

STAGE = "voice"
LEAD_IN_S = 0.35
"""Picture before the first word: a cut that lands on a word is hard to follow."""
BETWEEN_LINES_S = 0.3
TAIL_S = 0.45
AS_IT_IS = VoiceManner()
PITCHES = {"lower": -1, "higher": 1}


def lines_of(scene: Scene) -> Iterator[tuple[Shot, int, Line]]:
    """Every line of a scene with its shot and its number in the shot, counted from 1."""
    for shot in scene.shots:
        for number, line in enumerate(shot.lines, start=1):
            yield shot, number, line


def lines_to_record(state: ShootingState) -> list[tuple[Shot, int, Line]]:
    """The scene's lines that nobody has recorded under the cause that is current for them."""
    return [
        (shot, number, line)
        for shot, number, line in lines_of(state.scene)
        if not _is_recorded(state, voice_item(shot, number))
    ]


def _is_recorded(state: ShootingState, item: str) -> bool:
    track = state.voices.get(item)
    return track is not None and track.call_key.endswith(f":{state.cause(STAGE, item)}")


def voice_item(shot: Shot, number: int) -> str:
    """The key of one line: `2A/1`."""
    return f"{shot.slate}/{number}"


def voice_order(
    state: FilmState, shot: Shot, number: int, planned: PlannedCall, *, production_id: str
) -> Order:
    """The order for one line, spoken by its character's own voice of the model that is planned."""
    item = voice_item(shot, number)
    request = voice_request(state, shot, number, model=planned.model)
    return Order(
        production_id=production_id, stage=STAGE, item=item, cause=state.cause(STAGE, item), request=request
    )


def voice_request(state: FilmState, shot: Shot, number: int, *, model: str) -> VoiceRequest:
    """What a model is asked for: of how somebody sounds it is told what it can be told."""
    line, who = shot.lines[number - 1], _speaker(state.film, shot.lines[number - 1].speaker)
    manner, book = who.sounds or AS_IT_IS, voice_book(model)
    return VoiceRequest(
        provider=model_card(model).provider,
        model=model,
        text=line.text,
        language=state.film.language,
        voice_id=voice_of(state, who, model),
        expression=line.expression,
        speed=manner.rate,
        seed=state.seed(STAGE, voice_item(shot, number)),
        parameters=_told(manner, book.told if book else ()),
    )


def _told(manner: VoiceManner, known: tuple[str, ...]) -> Parameters:
    """Beside the speed, which every model takes."""
    said: Parameters = {}
    if manner.style and "style" in known:
        said["style"] = manner.style
    if manner.pitch in PITCHES and "pitch" in known:
        said["pitch"] = PITCHES[manner.pitch]
    return said


def voice_of(state: FilmState, who: Character, model: str) -> str:
    """The voice that casting gave to a character or to the narrator.

    A model that nobody cast for, because it was chosen later, is cast for now: the same every time.
    """
    if voice_book(model) is None:
        return who.voice_id
    if model in who.voices:
        return who.voices[model]
    heard, seed = Heard.of(state.film), state.look.master_seed
    return cast_for_model(heard_in(state.film), model, wished={}, seed=seed, heard=heard)[who.name]


def told_shared(state: FilmState, model: str) -> str:
    """Who of those that say something shares a voice of this model, in words; empty where nobody does."""
    speaking = {line.speaker for scene in state.film.scenes for _, _, line in lines_of(scene)}
    owners = dict[str, list[str]]()
    for who in heard_in(state.film):
        if who.name in speaking and (voice := voice_of(state, who, model)):
            owners.setdefault(voice, []).append(who.name)
    together = "; ".join(" and ".join(names) for names in owners.values() if len(names) > 1)
    return f"{model} has too few voices for this cast: the same one speaks {together}." if together else ""


def heard_in(script: Script) -> list[Character]:
    """Everybody who speaks. The narrator comes last: nobody's voice hangs on whether the story is told."""
    return [*script.cast, *([script.narrator.as_character()] if script.narrator else [])]


def _speaker(script: Script, name: str) -> Character:
    if script.narrator is not None and name == script.narrator.name:
        return script.narrator.as_character()
    return next(character for character in script.cast if character.name == name)


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
