"""Which takes are in the cut, in which order and for how long: arithmetic on the state."""

from collections.abc import Collection, Sequence

from state.film import FinishingState
from state.media import MediaRef
from state.order import WordTime
from state.script import Genre, Scene, Shot, SoundEffect
from state.timeline import Clip, Gap, Timeline
from tools.post.assemble import Card, CutEffect, CutScene, CutShot, CutVoice, Join, assemble_cut
from tools.post.layout import lay_out as placed_items
from tools.post.reverb import room_of
from tools.post.scenes_on_beat import scenes_on_beat
from tools.post.titles import first_titles

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


def lay_out(
    state: FinishingState, words: dict[str, list[WordTime]], *, beats_s: Sequence[float] = (),
    measured: Collection[str] = (),
) -> Timeline:  # fmt: skip
    """The whole cut. `words` is keyed by the call key of a line; without it there are no captions.

    Those of the lines in `measured` were timed by their engine.
    `beats_s` are those of the music, from its first sample: cuts inside scenes move to them where they can.
    Neither the length of the film nor the start of any scene changes by that.
    """
    scenes = _scenes(state, words, measured)
    timeline = _laid(state, scenes)
    if not beats_s:
        return timeline
    starts = [round(start * timeline.fps) for start in scene_seconds(state, timeline)]
    beats = [beat + _music_from(timeline) for beat in beats_s]
    for keep_last in (False, True):
        moved = scenes_on_beat(scenes, starts, beats, fps=timeline.fps, keep_last=keep_last)
        other = _laid(state, moved)
        # How long two scenes overlap may hang on the length of the shots there.
        if (other.length, scene_seconds(state, other)) == (timeline.length, scene_seconds(state, timeline)):
            return other
    return timeline


def _music_from(timeline: Timeline) -> float:
    """When the music comes in, seconds: shorter music ends with the picture."""
    music = next((track.items for track in timeline.tracks if track.role == "music"), [])
    return music[0].length / timeline.fps if music and isinstance(music[0], Gap) else 0.0


def _laid(state: FinishingState, scenes: list[CutScene]) -> Timeline:
    look = state.look
    return assemble_cut(
        state.film.title,
        size=(look.width, look.height),
        fps=look.fps,
        scenes=scenes,
        title=_card(state.title_card, TITLE_S),
        end=_card(state.end_card, END_S),
        music=state.music,
    )


def _card(media: MediaRef | None, seconds: float) -> Card | None:
    return Card(media=media, duration_s=seconds) if media else None


def _scenes(
    state: FinishingState, words: dict[str, list[WordTime]], measured: Collection[str]
) -> list[CutScene]:
    scenes = state.film.scenes
    before, titles = [None, *scenes], first_titles(state.film)
    return [
        CutScene(
            shots=[_shot(state, shot, _voices(state, shot, words, measured), titles) for shot in scene.shots],
            join=join_of(earlier, scene, state.film.genre),
            room_tone=state.sounds.get(room_item(scene)),
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


def _shot(state: FinishingState, shot: Shot, voices: list[CutVoice], titles: dict[str, str]) -> CutShot:
    take = state.takes[str(shot.slate)]
    if (finest := take.finest) is None:
        raise ValueError(f"{shot.slate} has no take")
    return CutShot(
        slate=str(take.slate), take=finest, duration_s=shot_length(state, shot),
        voices=voices, effects=_effects(state, shot),
        title=titles.get(str(shot.slate), ""), opens_on=take.anchor("first"), closes_on=take.anchor("last"),
    )  # fmt: skip


def _voices(
    state: FinishingState, shot: Shot, words: dict[str, list[WordTime]], measured: Collection[str]
) -> list[CutVoice]:
    voices = []
    for number, line in enumerate(shot.lines, start=1):
        track = state.voices.get(f"{shot.slate}/{number}")
        if track and track.media:
            voices.append(
                CutVoice(
                    media=track.media, start_s=track.start_s, duration_s=track.duration_s,
                    speaker=track.speaker, words=words.get(track.call_key, []),
                    room=room_of(shot.staging.place.kind), voice_over=line.voice_over,
                    measured=track.call_key in measured,
                )
            )  # fmt: skip
    return voices


def _effects(state: FinishingState, shot: Shot) -> list[CutEffect]:
    made = [(state.sounds.get(item), effect) for item, effect in effects_of(shot)]
    length_s = shot_length(state, shot)
    return [
        CutEffect(name=effect.kind, media=media, at_s=effect.at * length_s) for media, effect in made if media
    ]


def effects_of(shot: Shot) -> list[tuple[str, SoundEffect]]:
    """The effects of a shot with the keys of their sounds: `effect/2A/1`."""
    return [(f"effect/{shot.slate}/{number}", effect) for number, effect in enumerate(shot.effects, start=1)]


def room_item(scene: Scene) -> str:
    """The key of a scene's room tone: `room/2`."""
    return f"room/{scene.number}"


def scene_seconds(state: FinishingState, timeline: Timeline) -> list[float]:
    """When each scene begins in the cut: the first frame of its first shot, its dissolve included."""
    [picture] = [track for track in timeline.tracks if track.role == "picture"]
    # A shot may be several clips, the first of them a still that it comes out of.
    placed = [(part.item, part.start) for part in placed_items(picture)]
    starts = {item.name: start for item, start in reversed(placed) if isinstance(item, Clip)}
    firsts = [str(state.takes[str(scene.shots[0].slate)].slate) for scene in state.film.scenes]
    return [starts[slate] / timeline.fps for slate in firsts]


def turn_seconds(state: FinishingState, timeline: Timeline) -> float:
    """When the story turns: the start of the last scene but one, or the middle of a single scene."""
    scenes = state.film.scenes
    if len(scenes) < 3:
        return timeline.duration_s / 2
    return scene_seconds(state, timeline)[len(scenes) - 2]
