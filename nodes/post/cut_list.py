"""Which takes are in the cut, in which order and for how long: arithmetic on the state."""

from typing import Any

from state.film import FinishingState
from state.media import MediaRef
from state.order import WordTime
from state.script import Genre, Scene, Shot
from state.timeline import Timeline
from tools.post.assemble import Card, CutScene, CutShot, CutVoice, Join, assemble_cut

CARDS_FROM_S = 20.0
"""Shorter films have no title and end card: they would be mostly cards."""
TITLE_S = 2.5
END_S = 2.5


def shot_length(state: FinishingState, shot: Shot) -> float:
    """How long a shot really is, seconds."""
    return state.shot_seconds.get(str(shot.slate), shot.duration_s)


def has_cards(state: FinishingState) -> bool:
    """Whether the film is long enough for a title and an end card."""
    return (
        sum(shot_length(state, shot) for scene in state.film.scenes for shot in scene.shots) >= CARDS_FROM_S
    )


def lay_out(state: FinishingState, words: dict[str, list[WordTime]]) -> Timeline:
    """The whole cut. `words` is keyed by the call key of a line; without it there are no captions."""
    look = state.look
    return assemble_cut(
        state.film.title,
        size=(look.width, look.height),
        fps=look.fps,
        scenes=_scenes(state, words),
        title=_card(state.title_card, TITLE_S),
        end=_card(state.end_card, END_S),
        music=state.music,
    )


def _card(media: MediaRef | None, seconds: float) -> Card | None:
    return Card(media=media, duration_s=seconds) if media else None


def _scenes(state: FinishingState, words: dict[str, list[WordTime]]) -> list[CutScene]:
    scenes = state.film.scenes
    before = [None, *scenes]
    return [
        CutScene(
            shots=[_shot(state, shot, words) for shot in scene.shots],
            join=join_of(earlier, scene, state.film.genre),
        )
        for earlier, scene in zip(before, scenes, strict=False)
    ]


def join_of(earlier: Scene | None, scene: Scene, genre: Genre) -> Join:
    """How two scenes join: black when time has passed, hard where the genre wants pace, else a dissolve."""
    if earlier is None:
        return "dissolve"
    if earlier.time != scene.time:
        return "dip"
    hard = genre == "comedy" or (genre == "thriller" and scene.mood in ("tense", "mysterious"))
    return "cut" if hard else "dissolve"


def _shot(state: FinishingState, shot: Shot, words: dict[str, list[WordTime]]) -> CutShot:
    take = state.takes[str(shot.slate)]
    if take.media is None:
        raise ValueError(f"{shot.slate} has no take")
    return CutShot(
        slate=str(take.slate), take=take.media, duration_s=shot_length(state, shot),
        voices=_voices(state, shot, words),
    )  # fmt: skip


def _voices(state: FinishingState, shot: Shot, words: dict[str, list[WordTime]]) -> list[CutVoice]:
    voices = []
    for number in range(1, len(shot.lines) + 1):
        track = state.voices.get(f"{shot.slate}/{number}")
        if track and track.media:
            voices.append(
                CutVoice(
                    media=track.media, start_s=track.start_s, duration_s=track.duration_s,
                    speaker=track.speaker, words=words.get(track.call_key, []),
                )
            )  # fmt: skip
    return voices


def turn_seconds(state: FinishingState, timeline: Timeline) -> float:
    """When the story turns: the start of the last scene but one, or the middle of a single scene."""
    scenes = state.film.scenes
    if len(scenes) < 3:
        return timeline.duration_s / 2
    before = scenes[: len(scenes) - 2]
    cards = TITLE_S if state.title_card else 0.0
    return cards + sum(shot_length(state, shot) for scene in before for shot in scene.shots)


def word_times(extra: dict[str, Any]) -> list[WordTime]:
    """The word times an engine delivered with a recorded line."""
    return [WordTime.model_validate(word) for word in extra.get("words", [])]
