"""The score follows the picture: turns on downbeats, an ending at the end."""

from itertools import pairwise

import pytest

from state.order import MusicHit, MusicRequest
from tools.engines.previz.music_grid import laid_out
from tools.engines.previz.music_score import composed
from tools.engines.previz.music_theory import Key, genre_of, mood_of, styles, voiced


def asked(**changes):
    plain = {"provider": "previz", "model": "orchestra", "prompt": "", "mood": "tense", "genre": "thriller",
             "duration_s": 40.0, "seed": 5}  # fmt: skip
    return MusicRequest.model_validate(plain | changes)


def turn(at_s):
    return MusicHit(at_s=at_s, kind="turn")


@pytest.mark.parametrize("at_s", [11.37, 17.0, 23.91])
def test_a_turn_falls_on_a_downbeat(at_s):
    grid = laid_out(40, 84, hits=[turn(at_s)])
    assert min(abs(bar.start_s - at_s) for bar in grid.bars) < 1e-6


@pytest.mark.parametrize("duration_s", [0.4, 3, 6, 40, 61.7])
def test_beats_rise_evenly_and_stop_before_the_end(duration_s):
    grid = laid_out(duration_s, 84, hits=[turn(duration_s / 2)])
    gaps = [after - before for before, after in pairwise(grid.beats_s)]
    assert all(gap > 0 for gap in gaps)
    assert grid.beats_s[-1] < duration_s
    assert max(gaps) / min(gaps) < 1.45


def test_the_tempo_bends_little_on_a_long_piece():
    assert laid_out(60, 84, hits=[turn(31.3)]).tempo_bpm == pytest.approx(84, rel=0.05)


def test_a_marked_end_is_where_the_last_chord_falls():
    assert laid_out(30, 84, hits=[MusicHit(at_s=26.5, kind="end")]).final_s == 26.5
    assert laid_out(30, 84, hits=[MusicHit(at_s=30, kind="end")]).final_s == pytest.approx(25.5)


def test_hits_outside_the_picture_do_no_harm():
    score = composed(asked(hits=[turn(-3), turn(400), MusicHit(at_s=0, kind="turn")]))
    assert max(note.start_s for note in score.notes) < 40


@pytest.mark.parametrize("mood", list(styles().moods))
@pytest.mark.parametrize("genre", list(styles().genres))
def test_every_mood_and_genre_gives_a_score_in_range(mood, genre):
    score = composed(asked(mood=mood, genre=genre, hits=[turn(20)]))
    assert len(score.notes) > 100
    assert all(28 <= note.pitch <= 100 and 0 < note.strength <= 1.2 for note in score.notes)


def test_the_same_request_gives_the_same_score_and_another_seed_another():
    assert composed(asked()) == composed(asked())
    assert composed(asked()).notes != composed(asked(seed=6)).notes


def test_the_last_chord_is_the_tonic():
    score = composed(asked(mood="warm", genre="drama"))
    last = [note for note in score.notes if note.start_s >= score.grid.final_s and note.timbre == "pad"]
    first_bass = next(note for note in score.notes if note.timbre == "bass")
    tonics = {tonic % 12 for tonic in mood_of("warm").tonics}
    assert {note.pitch % 12 for note in last} & tonics
    assert len({note.pitch % 12 for note in last}) == 3
    assert first_bass.start_s > 0


def test_a_turn_has_a_riser_before_it_and_a_blow_on_it():
    notes = composed(asked(hits=[turn(20)])).notes
    riser = next(note for note in notes if note.timbre == "riser")
    assert riser.start_s + riser.length_s == pytest.approx(20)
    assert [note.start_s for note in notes if note.timbre == "boom"] == [20]


def test_words_around_a_mood_are_no_trouble():
    assert mood_of("very sad, slow") == styles().moods["sad"]
    assert mood_of("indescribable") == styles().moods["warm"]
    assert genre_of("") == styles().genres["drama"]


def test_chords_move_by_small_steps():
    key = Key(tonic=60, scale=(0, 2, 4, 5, 7, 9, 11))
    first = voiced(key.chord(1), near=[])
    second = voiced(key.chord(5), near=first)
    assert sum(abs(a - b) for a, b in zip(first, second, strict=True)) <= 8


def test_the_dominant_of_a_minor_key_leads_home():
    minor = Key(tonic=57, scale=tuple(styles().modes["minor"]))
    assert minor.chord(5) == [64, 68, 71]
