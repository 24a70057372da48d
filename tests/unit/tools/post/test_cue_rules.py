"""Captions can be read: the rules at their boundaries."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.order import WordTime
from tests.cut_media import words
from tools.post.cue_rules import EARLY_S, GAP_FRAMES, LEAD_S, SpokenLine, cues, wrap

FPS = 24


def _line(text, *, start_s=0.0, each_s=0.3, speaker="Ana"):
    return SpokenLine(speaker=speaker, start_s=start_s, words=words(text, each_s=each_s))


def test_a_short_line_is_one_cue():
    [cue] = cues([_line("¿Dónde está la carta?", start_s=2)])
    assert cue.text == "¿Dónde está la carta?"
    assert cue.speaker == "Ana"
    assert cue.start_s == pytest.approx(2 - LEAD_S, abs=0.5 / FPS)
    assert cue.end_s == pytest.approx(2 + 4 * 0.3 + 0.3, abs=1 / FPS)


def test_forty_two_characters_stay_on_one_line():
    text = "a" * 20 + " " + "b" * 21
    assert wrap(text) == text
    assert wrap(text + "c") == "a" * 20 + "\n" + "b" * 21 + "c"


def test_lines_break_after_a_comma_rather_than_in_the_middle():
    assert wrap("If you had told me earlier, I would have stayed there.").splitlines() == [
        "If you had told me earlier,",
        "I would have stayed there.",
    ]


def test_a_long_line_is_cut_at_the_end_of_a_sentence():
    text = "I never sold the house to that man. You must believe me when I say that he lied to all of us."
    shown = [cue.text.replace("\n", " ") for cue in cues([_line(text)])]
    assert shown[0] == "I never sold the house to that man."


def test_no_little_word_stands_at_the_end_of_a_cue():
    text = "Nobody in this family ever wanted to see the old letters that were hidden under the old barn"
    for cue in cues([_line(text)])[:-1]:
        assert len(cue.text.split()[-1]) > 3


def test_a_caption_stays_at_least_the_shortest_time():
    [cue] = cues([_line("No.", each_s=0.1)])
    assert cue.end_s - cue.start_s >= 1.0


def test_a_short_word_before_an_answer_comes_early_so_that_the_answer_is_on_time():
    first, second = cues([_line("No.", start_s=1.0, each_s=0.45), _line("Yes, it is true.", start_s=1.8)])
    assert 1.0 - first.start_s == pytest.approx(LEAD_S + EARLY_S, abs=1 / FPS)
    assert second.start_s == pytest.approx(1.8 - LEAD_S, abs=0.5 / FPS)
    alone = cues([_line("No.", start_s=1.0, each_s=0.45)])[0]
    assert alone.start_s == pytest.approx(1.0 - LEAD_S, abs=0.5 / FPS)


def test_a_caption_leaves_after_six_seconds():
    parts = cues([_line("one two three four", each_s=2.5)])
    assert len(parts) > 1
    assert max(cue.end_s - cue.start_s for cue in parts) <= 6


def test_fast_speech_stays_until_it_can_be_read():
    text = "abcdefghi abcdefghi abcdefghi abcdefghi"
    [cue] = cues([_line(text, each_s=0.1)])
    assert len(cue.text) / (cue.end_s - cue.start_s) <= 20


def test_fast_speech_gives_way_to_the_next_line():
    first, second = cues([_line("abcdefghi " * 4, each_s=0.2), _line("Stop.", start_s=1.2, speaker="Rui")])
    assert second.start_s == pytest.approx(1.2 - LEAD_S, abs=1 / FPS)
    assert round((second.start_s - first.end_s) * FPS) == GAP_FRAMES


def test_a_change_of_speaker_starts_a_new_cue():
    shown = cues([_line("Yes."), _line("No.", start_s=0.5, speaker="Rui")])
    assert [(cue.speaker, cue.text) for cue in shown] == [("Ana", "Yes."), ("Rui", "No.")]


def test_lines_spoken_at_once_follow_each_other():
    first, second = cues([_line("Get out of here!"), _line("Never again!", speaker="Rui")])
    assert second.start_s >= first.end_s + (GAP_FRAMES - 0.01) / FPS


def test_a_word_longer_than_a_line_is_broken():
    [cue] = cues([SpokenLine(speaker="", start_s=0, words=[WordTime(word="x" * 60, start_s=0, end_s=3)])])
    assert max(map(len, cue.text.splitlines())) <= 42
    assert cue.text.replace("\n", "").replace(" ", "") == "x" * 60


def test_nothing_said_is_no_caption():
    assert cues([SpokenLine(speaker="Ana", start_s=0, words=[])]) == []
    assert cues([]) == []


_WORDS = st.lists(st.from_regex(r"[a-zñç]{1,14}[,.]?", fullmatch=True), min_size=1, max_size=40)
_LINES = st.lists(st.tuples(_WORDS, st.floats(0, 20), st.floats(0.05, 0.8)), min_size=1, max_size=5)


@settings(deadline=None, max_examples=60)
@given(_LINES, st.sampled_from([26, 32, 42]))
def test_every_rule_holds_for_every_dialogue(spoken, line_chars):
    lines = [_line(" ".join(text), start_s=start, each_s=each) for text, start, each in spoken]
    shown = cues(lines, fps=FPS, line_chars=line_chars)
    said = sorted(word for text, _, _ in spoken for word in text)
    assert sorted(word for cue in shown for word in cue.text.split()) == said
    for cue in shown:
        assert max(map(len, cue.text.splitlines())) <= line_chars
        assert len(cue.text.splitlines()) <= 2
        assert 0.79 < cue.end_s - cue.start_s <= 6.001
    for before, after in pairwise(shown):
        assert round((after.start_s - before.end_s) * FPS) >= GAP_FRAMES


def test_every_caption_knows_whether_it_is_voice_over():
    told = SpokenLine(
        speaker="Narrator", start_s=0, words=words("Nobody came. " * 12, each_s=0.3), voice_over=True
    )
    answered = SpokenLine(speaker="Ana", start_s=20, words=words("Nobody.", each_s=0.3))
    found = cues([told, answered])
    assert {(one.speaker, one.voice_over) for one in found} == {("Narrator", True), ("Ana", False)}
    assert len(found) > 2


def test_a_title_stays_with_its_name():
    text = "A polite young man in a good coat hands her a strong prescription, signed by Dr. Baird of Leeds."
    ends = [cue.text.rsplit(maxsplit=1)[-1] for cue in cues([_line(text)])]
    assert len(ends) > 1
    assert "Dr." not in ends


def test_a_no_that_ends_a_sentence_is_no_title():
    text = "Su hermano le contestó delante de todos que no. Ella no volvió a preguntarle nunca más."
    assert cues([_line(text)])[0].text.endswith("no.")
