"""Where effects, rooms and the moods of the music lie in the cut."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nodes.post.cut_list import CARDS_FROM_S, lay_out, room_item, scene_seconds, turn_seconds
from nodes.sound import record_sounds as module
from nodes.sound.music_order import _cues, _theme_seed, cut_seconds
from nodes.sound.record_sounds import record_sounds
from state.film import FinishingState, ProductionFormat
from state.media import MediaRef
from state.script import Line, Mood, Place, Scene, Script, Shot, Slate, SoundEffect, Staging
from state.take import FrameAnchor, Take, VoiceTrack
from state.timeline import Clip, Timeline
from tests.sound_files import heard
from tools.post.layout import lay_out as placed_items

FPS = 24
MOODS: tuple[Mood, ...] = ("warm", "tense", "sad")


def a_file(key: str, seconds: float) -> MediaRef:
    return MediaRef(key=key, mime="audio/wav", sha256="0" * 64, size_bytes=1, duration_s=seconds)


def a_shot(scene: int, letter: str, *effects: SoundEffect) -> Shot:
    kind = "church" if scene == 2 else "kitchen"
    staging = Staging(place=Place(name=f"P{scene}", kind=kind), weather="rain" if scene == 3 else "clear")
    slate = Slate(scene=scene, shot=letter)
    return Shot(slate=slate, description="d", staging=staging, duration_s=3.0, effects=list(effects))


def a_film(**changes: Any) -> FinishingState:
    """Three scenes of two shots of three seconds; a knock half-way through 2A, a cup at the end of 3B."""
    knock, cup = SoundEffect(kind="knock", at=0.5), SoundEffect(kind="cup", at=1.0)
    shots = [[a_shot(1, "A"), a_shot(1, "B")], [a_shot(2, "A", knock), a_shot(2, "B")],
             [a_shot(3, "A"), a_shot(3, "B", SoundEffect(kind="door"), cup)]]  # fmt: skip
    scenes = [
        Scene(number=at, title="s", summary="s", place=f"P{at}", mood=MOODS[at - 1], shots=part)
        for at, part in enumerate(shots, start=1)
    ]
    takes = {
        str(shot.slate): Take(
            slate=shot.slate.model_copy(update={"take": 1}), call_key="k", status="done",
            media=MediaRef(key="t", mime="video/mp4", sha256="0" * 64, size_bytes=1, duration_s=4.0),
        )
        for part in shots for shot in part
    }  # fmt: skip
    plain: dict[str, Any] = {
        "script": Script(title="The House: One", logline="l", scenes=scenes),
        "format": ProductionFormat(width=320, height=180, fps=FPS), "takes": takes,
    }  # fmt: skip
    return FinishingState(**(plain | changes))


def with_sounds() -> FinishingState:
    items = {"effect/2A/1": 1.2, "effect/3B/1": 1.8, "effect/3B/2": 0.9}
    rooms = {f"room/{number}": 60.0 for number in (1, 2, 3)}
    return a_film(sounds={item: a_file(item, seconds) for item, seconds in (items | rooms).items()})


def starts(timeline: Timeline, role: str) -> dict[str, int]:
    return {
        part.item.name: part.start
        for track in timeline.tracks if track.role == role
        for part in placed_items(track) if isinstance(part.item, Clip)
    }  # fmt: skip


def test_an_effect_is_heard_at_its_share_of_the_shot() -> None:
    timeline = lay_out(with_sounds(), {})
    pictures, effects = starts(timeline, "picture"), starts(timeline, "effects")
    assert effects["knock"] == pictures["2A-1"] + round(0.5 * 3.0 * FPS)
    assert effects["door"] == pictures["3B-1"]
    assert "cup" not in effects, "the very end of the film is too late for a sound"


def test_every_scene_has_its_room_and_the_track_lasts_as_long_as_the_picture() -> None:
    timeline = lay_out(with_sounds(), {})
    [ambience] = [track for track in timeline.tracks if track.role == "ambience"]
    keys = [part.item.media.key for part in placed_items(ambience) if isinstance(part.item, Clip)]
    assert keys == ["room/1", "room/2", "room/3"]
    assert placed_items(ambience)[-1].end == timeline.length


def test_a_voice_is_answered_by_the_room_it_is_in() -> None:
    lines = {
        f"{scene}A/1": VoiceTrack(
            slate=Slate(scene=scene, shot="A"), line=1, speaker="Ana", call_key="v", media=a_file("v", 1.0),
            duration_s=1.0,
        )
        for scene in (1, 2)
    }  # fmt: skip
    film = a_film(voices=lines)
    scenes = [
        scene.model_copy(update={"shots": [
            shot.model_copy(update={"lines": [Line(speaker="Ana", text="Go.")]}) for shot in scene.shots
        ]})
        for scene in film.film.scenes
    ]  # fmt: skip
    film = film.model_copy(update={"script": film.film.model_copy(update={"scenes": scenes})})
    [voices] = [track for track in lay_out(film, {}).tracks if track.role == "voice"]
    assert [item.room for item in voices.items if isinstance(item, Clip)] == ["room", "church"]


def test_moods_begin_where_scenes_begin_in_the_cut() -> None:
    film = a_film()
    timeline = lay_out(film, {})
    pictures = starts(timeline, "picture")
    begins = [0.0, pictures["2A-1"] / FPS, pictures["3A-1"] / FPS]
    assert scene_seconds(film, timeline) == begins
    assert [(cue.start_s, cue.mood) for cue in _cues(film, timeline)] == list(zip(begins, MOODS, strict=True))
    assert turn_seconds(film, timeline) == begins[1]


def test_episodes_share_the_theme_and_series_do_not() -> None:
    assert _theme_seed("The House: One") == _theme_seed("The House : Two")
    assert _theme_seed("The House: One") != _theme_seed("The Hotel: One")


class Store:
    """Keeps files in memory, as a media store does on disk."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    async def put(self, source: Path, *, user_id: str) -> MediaRef:
        samples, rate = heard(source)
        self.kept[source.name] = samples
        return a_file(source.name, len(samples) / rate)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    kept = Store()

    async def tools() -> SimpleNamespace:
        return SimpleNamespace(media=kept)

    monkeypatch.setattr(module, "toolbox", tools)
    return kept


async def test_rooms_and_effects_are_recorded_long_enough(store: Store) -> None:
    context = SimpleNamespace(user_id="u", max_parallel_takes=2)
    runtime: Any = SimpleNamespace(context=context, stream_writer=lambda event: None, execution_info=None)
    film = a_film()
    update = await record_sounds(film, runtime)
    sounds = FinishingState.model_validate(update).sounds
    assert set(sounds) == {"room/1", "room/2", "room/3", "effect/2A/1", "effect/3B/1", "effect/3B/2"}
    complete = lay_out(film.model_copy(update={"sounds": sounds}), {})
    for track in complete.tracks:
        for item in track.items:
            if track.role == "ambience" and isinstance(item, Clip):
                assert item.source.length / FPS <= (item.media.duration_s or 0)
    assert room_item(film.film.scenes[0]) in sounds


def test_a_scene_begins_with_the_still_that_its_first_shot_comes_out_of() -> None:
    """Its music and its tone are timed from what is seen of it first."""
    film = a_film()
    still = MediaRef(key="panel", mime="image/png", sha256="0" * 64, size_bytes=1)
    anchored = film.takes["2A"].model_copy(update={"anchors": [FrameAnchor(edge="first", media=still)]})
    opened = film.model_copy(update={"takes": {**film.takes, "2A": anchored}})
    cut = lay_out(opened, {})
    shown = [item.media.key for item in cut.tracks[0].items if isinstance(item, Clip)]
    assert shown.count("panel") == 1
    assert scene_seconds(opened, cut) == scene_seconds(film, lay_out(film, {}))


@pytest.mark.parametrize("each_s", [3.0, 3.04, 4.0, 4.37])
def test_music_is_approved_for_the_cut_as_it_will_be_with_its_cards(each_s: float) -> None:
    """Asked before the cards are drawn, ordered after: where seconds are paid, both have to be the same."""
    film = a_film()
    long = film.model_copy(
        update={
            "shot_seconds": {str(shot.slate): each_s for scene in film.film.scenes for shot in scene.shots}
        }
    )
    card = MediaRef(key="c", mime="image/png", sha256="1" * 64, size_bytes=1, width=320, height=180)
    drawn = {"title_card": card, "end_card": card} if each_s * 6 >= CARDS_FROM_S else {}
    finished = long.model_copy(update=drawn)
    assert cut_seconds(finished) == lay_out(finished, {}).duration_s
    assert cut_seconds(long) == cut_seconds(finished)
