"""Word times and mouth shapes from phonemes that are handed in."""

from itertools import pairwise

import pytest

from tools.engines.previz.speech_alignment import aligned
from tools.engines.previz.speech_timing import Sound, visemes, word_times

FRAME_S = 0.1


def spoken(phonemes):
    """One phoneme every tenth of a second."""
    return [
        Sound(phoneme=one, start_s=at * FRAME_S, end_s=(at + 1) * FRAME_S) for at, one in enumerate(phonemes)
    ]


def spans(words, phonemes, solo):
    return [(one.start_s, one.end_s) for one in word_times(words, spoken(phonemes), solo=solo)]


def test_words_are_the_groups_between_spaces():
    assert spans(["we", "go."], "wi ko.", ["wi", "ko."]) == [(0.0, 0.2), (0.3, 0.5)]


def test_a_mark_does_not_lengthen_its_word():
    [only] = word_times(["go?"], spoken("ko?"), solo=["ko?"])
    assert only.end_s == pytest.approx(0.2)


def test_a_number_said_as_several_words_is_one_word():
    assert spans(["45", "go"], "fo fa ko", ["fo fa", "ko"]) == [(0.0, 0.5), (0.6, 0.8)]


def test_words_the_voice_ran_together_share_its_time_by_their_length():
    times = spans(["de", "la", "casa"], "dela kasa", ["de", "la", "kasa"])
    assert times == [(0.0, 0.2), (0.2, 0.4), (0.5, 0.9)]


def test_more_words_than_sounds_still_get_a_time_each_in_order():
    times = spans(["a", "b", "c"], "xy", ["aa", "bb", "cc"])
    assert len(times) == 3
    assert times == sorted(times)


def test_lips_close_for_m_and_open_for_a():
    mouths = [shape.mouth for shape in visemes(spoken("mafu."), duration_s=0.6)]
    assert mouths == ["closed", "open", "teeth", "round", "rest"]


def test_mouth_shapes_leave_no_gap():
    shapes = visemes(spoken("ˈhaʊ aː mˈi"), duration_s=1.4)  # phonemes
    assert shapes[0].start_s == 0
    assert shapes[-1].end_s == 1.4
    assert all(a.end_s == b.start_s for a, b in pairwise(shapes))


def test_a_shape_too_short_to_see_is_left_out_but_closed_lips_stay():
    brief = [
        Sound(phoneme="a", start_s=0, end_s=0.2),
        Sound(phoneme="s", start_s=0.2, end_s=0.22),
        Sound(phoneme="m", start_s=0.22, end_s=0.24),
        Sound(phoneme="a", start_s=0.24, end_s=0.5),
    ]
    assert [shape.mouth for shape in visemes(brief, duration_s=0.5)] == ["open", "closed", "open"]


def test_a_pause_is_moved_onto_its_silence_and_words_follow():
    """Meant: pause from 0.2 to 0.4. Heard: silence from 0.15 to 0.35."""
    moved = aligned(spoken("ab, cd"), [(0.15, 0.35)], voiced=(0.05, 0.6))
    assert moved[1].end_s == pytest.approx(0.15)
    assert moved[4].start_s == pytest.approx(0.35)
    assert moved[0].start_s == pytest.approx(0.05)
    assert moved[1].start_s == pytest.approx(0.075)


def test_a_silence_far_from_any_pause_moves_nothing():
    even = aligned(spoken("abcdefgh, i"), [(0.1, 0.3)], voiced=(0.0, 1.1))
    assert [one.start_s for one in even] == pytest.approx([one.start_s for one in spoken("abcdefgh, i")])


def test_moved_times_stay_in_order():
    silences = [(0.1, 0.3), (0.3, 0.5), (0.55, 0.7)]
    moved = aligned(spoken("a, b, c, d"), silences, voiced=(0.0, 0.9))
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in pairwise(moved))


def test_nothing_lies_outside_the_audible_part():
    moved = aligned(spoken("abc"), [], voiced=(0.05, 0.25))
    assert (moved[0].start_s, moved[-1].end_s) == (0.05, 0.25)


def test_a_gap_between_words_without_a_mark_is_no_pause():
    assert aligned(spoken("ab cd"), [(0.1, 0.3)], voiced=(0, 1)) == spoken("ab cd")


def test_words_run_together_do_not_move_what_stands_behind_a_pause():
    """`de la` are one sound; the word after the pause still begins after it."""
    times = spans(["de", "la,", "casa"], "dela,   kasa", ["de", "la,", "kasa"])
    assert times == [(0.0, 0.2), (0.2, 0.4), (0.8, 1.2)]
    assert spans(["de", "la", "casa"], "dela    kasa", ["de", "la", "kasa"])[2] == (0.8, 1.2)
