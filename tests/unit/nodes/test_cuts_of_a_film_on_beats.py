"""`cut_on_beat`: cuts inside scenes move to beats; scenes, lines, effects and the film's length do not."""

from typing import Any

import numpy as np
import pytest

from nodes.post.cut_list import lay_out, scene_seconds
from state.film import FinishingState
from state.media import MediaRef
from state.order import WordTime
from state.script import Line, Slate
from state.take import FrameAnchor, VoiceTrack
from state.timeline import Clip, Timeline
from tests.unit.nodes.test_sounds_of_the_cut import FPS, a_file, a_film
from tools.post.layout import lay_out as placed_items

BEATS = [0.3 + number * 0.7 for number in range(60)]


def cuts(timeline: Timeline) -> dict[str, int]:
    """The first frame of every shot."""
    [picture] = [track for track in timeline.tracks if track.role == "picture"]
    placed = reversed([(part.item, part.start) for part in placed_items(picture)])
    return {item.name: start for item, start in placed if isinstance(item, Clip)}


def lengths(timeline: Timeline) -> dict[str, int]:
    [picture] = [track for track in timeline.tracks if track.role == "picture"]
    return {item.name: item.source.length for item in picture.items if isinstance(item, Clip)}


def off_beat(frame: int) -> float:
    return float(np.min(np.abs(np.array(BEATS) - frame / FPS)))


def spoken(state: FinishingState, slate: str, end_s: float) -> FinishingState:
    """With a line in this shot that ends there."""
    where = Slate(scene=int(slate[0]), shot=slate[1])
    track = VoiceTrack(
        slate=where, line=1, call_key="line", speaker="ANA", start_s=0.5, duration_s=end_s - 0.5,
        media=a_file("voice.wav", end_s - 0.5),
    )  # fmt: skip
    scenes = [
        scene.model_copy(
            update={
                "shots": [
                    shot.model_copy(update={"lines": [Line(speaker="ANA", text="I know.")]})
                    if str(shot.slate) == slate
                    else shot
                    for shot in scene.shots
                ]
            }
        )
        for scene in state.film.scenes
    ]
    script = state.film.model_copy(update={"scenes": scenes})
    return state.model_copy(update={"script": script, "voices": {f"{slate}/1": track}})


def test_cuts_inside_scenes_fall_on_beats() -> None:
    plain, moved = lay_out(a_film(), {}), lay_out(a_film(), {}, beats_s=BEATS)
    inside = ["1B-1", "2B-1", "3B-1"]
    assert [off_beat(cuts(plain)[name]) <= 0.5 / FPS for name in inside] != [True] * 3
    assert [off_beat(cuts(moved)[name]) <= 0.5 / FPS for name in inside] == [True] * 3


def test_neither_the_film_nor_any_scene_moves() -> None:
    film = a_film()
    plain, moved = lay_out(film, {}), lay_out(film, {}, beats_s=BEATS)
    assert moved.length == plain.length
    assert scene_seconds(film, moved) == scene_seconds(film, plain)
    assert cuts(moved) != cuts(plain)


def test_no_shot_outlasts_its_take() -> None:
    film = a_film()
    takes = {
        name: take.model_copy(update={"media": MediaRef(
            key="t", mime="video/mp4", sha256="0" * 64, size_bytes=1, duration_s=3.0
        )}) for name, take in film.takes.items()
    }  # fmt: skip
    exact = film.model_copy(update={"takes": takes})
    assert lay_out(exact, {}, beats_s=BEATS) == lay_out(exact, {})
    assert max(lengths(lay_out(film, {}, beats_s=BEATS)).values()) <= 4 * FPS


def test_without_beats_it_is_the_cut_of_before() -> None:
    assert lay_out(a_film(), {}, beats_s=[]) == lay_out(a_film(), {})


@pytest.mark.parametrize(("end_s", "moves"), [(1.0, True), (2.95, False)])
def test_a_line_is_never_cut_off(end_s: float, moves: bool) -> None:
    """One beat, shortly before the cut into 1B: the shot before gives way only as far as its line lets it."""
    film = spoken(a_film(), "1A", end_s)
    beat = [(cuts(lay_out(film, {}))["1B-1"] - 6) / FPS]
    moved = lay_out(film, {}, beats_s=beat)
    assert (moved != lay_out(film, {})) == moves
    assert lengths(moved)["1A-1"] >= end_s * FPS


def test_a_line_that_runs_on_over_a_cut_keeps_it() -> None:
    film = spoken(a_film(), "1A", 3.4)
    assert cuts(lay_out(film, {}, beats_s=BEATS))["1B-1"] == cuts(lay_out(film, {}))["1B-1"]
    assert cuts(lay_out(a_film(), {}, beats_s=BEATS))["1B-1"] != cuts(lay_out(a_film(), {}))["1B-1"]


def test_a_line_moves_with_its_shot() -> None:
    film = spoken(a_film(), "1B", 1.5)
    words = {
        "line": [WordTime(word="I", start_s=0.0, end_s=0.4), WordTime(word="know.", start_s=0.4, end_s=0.8)]
    }
    for beats in ([], BEATS):
        timeline = lay_out(film, words, beats_s=beats)
        [voice] = [track for track in timeline.tracks if track.role == "voice"]
        [said] = [part for part in placed_items(voice) if isinstance(part.item, Clip)]
        assert said.start == cuts(timeline)["1B-1"] + round(0.5 * FPS)
        assert timeline.captions[0].start_s == pytest.approx(said.start / FPS, abs=0.3)


def test_an_effect_stays_at_its_moment_of_the_take() -> None:
    """The knock is half-way through three seconds of 2A, whatever becomes of the end of that shot."""
    film = a_film(sounds={"effect/2A/1": a_file("knock.wav", 0.4)})
    for beats in ([], BEATS):
        timeline = lay_out(film, {}, beats_s=beats)
        [effects] = [track for track in timeline.tracks if track.role == "effects"]
        [knock] = [part for part in placed_items(effects) if isinstance(part.item, Clip)]
        assert knock.start == cuts(timeline)["2A-1"] + round(1.5 * FPS)


def test_beats_count_from_where_the_music_comes_in() -> None:
    """Music of ten seconds under more comes in late, and so do its beats."""
    film = a_film()
    short = film.model_copy(update={"music": a_file("music.wav", 10.0)})
    plain = lay_out(short, {})
    late_s = plain.duration_s - 10.0
    moved = lay_out(short, {}, beats_s=[beat - late_s for beat in BEATS if beat > late_s])
    assert off_beat(cuts(moved)["3B-1"]) <= 1 / FPS
    assert off_beat(cuts(moved)["2B-1"]) <= 1 / FPS


def test_a_shot_that_comes_out_of_a_still_begins_where_it_did() -> None:
    film = a_film()
    still = MediaRef(key="s", mime="image/png", sha256="0" * 64, size_bytes=1)
    anchored: dict[str, Any] = {
        name: take.model_copy(update={"anchors": [FrameAnchor(edge="first", media=still)]})
        if name == "1B"
        else take
        for name, take in film.takes.items()
    }
    held = film.model_copy(update={"takes": anchored})
    assert cuts(lay_out(held, {}, beats_s=BEATS))["1B-1"] == cuts(lay_out(held, {}))["1B-1"]
    assert cuts(lay_out(held, {}, beats_s=BEATS))["2B-1"] != cuts(lay_out(held, {}))["2B-1"]


@pytest.mark.parametrize(("measured", "told"), [({"line"}, "measured"), (set(), "estimated")])
def test_captions_say_whether_the_voice_told_when_their_words_are_said(measured: set[str], told: str):
    film = spoken(a_film(), "1A", 1.3)
    times = [WordTime(word="I", start_s=0.0, end_s=0.3), WordTime(word="know.", start_s=0.3, end_s=0.8)]
    [cue] = lay_out(film, {"line": times}, measured=measured).captions
    assert cue.word_times == told
    assert [word.text for word in cue.words] == ["I", "know."]
    assert cue.words[1].start_s - cue.words[0].start_s == pytest.approx(0.3)
