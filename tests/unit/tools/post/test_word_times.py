"""When each word of a caption is said, and how that is kept and shown."""

from itertools import pairwise

import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.timeline import CaptionStyle, Cue, CueWord, Timeline
from tests.cut_media import a_clip, a_timeline, words
from tools.post.cue_rules import SpokenLine, cues
from tools.post.word_times import estimated_words, lit_spans, timed_words
from tools.post.words_ass import write_words

SAID = "Nobody came to the harbour that night, and nobody opened the letter that lay there."


def said(*times: tuple[str, float, float], start_s: float = 0.0, end_s: float = 4.0) -> Cue:
    told = [CueWord(text=text, start_s=start, end_s=end) for text, start, end in times]
    return Cue(start_s=start_s, end_s=end_s, text=" ".join(text for text, *_ in times), words=told)


def test_captions_of_a_voice_know_when_each_of_their_words_is_said():
    line = SpokenLine(speaker="Ana", start_s=2.0, words=words(SAID, each_s=0.4), measured=True)
    made = cues([line])
    found = [word for cue in made for word in cue.words]
    assert [word.text for word in found] == SAID.split()
    assert [word.start_s for word in found] == pytest.approx([2 + 0.4 * n for n in range(len(found))])
    assert {cue.word_times for cue in made} == {"measured"}
    for cue in made:
        assert [word.text for word in cue.words] == cue.text.split()
        assert [word.start_s for word in timed_words(cue)] == [word.start_s for word in cue.words]


def test_words_whose_voice_told_nothing_are_called_estimated():
    [cue] = cues([SpokenLine(speaker="Ana", start_s=0, words=words("Who is there?"))])
    assert cue.word_times == "estimated"


@given(st.text(max_size=60), st.floats(0, 100), st.floats(0.1, 9))
def test_what_nobody_told_is_shared_out_by_letters(text, start_s, length_s):
    cue = Cue(start_s=start_s, end_s=start_s + length_s, text=text)
    shared = estimated_words(cue)
    assert [word.text for word in shared] == text.split()
    if shared:
        assert shared[0].start_s == cue.start_s
        assert shared[-1].end_s == pytest.approx(cue.end_s)
        assert all(one.end_s == other.start_s for one, other in pairwise(shared))


@pytest.mark.parametrize(
    "cue",
    [
        said(("one", 0, 1), ("two", 1, 2)).model_copy(update={"text": "one, two"}),
        said(("one", 0, 1), ("two", 9, 10)),
        said(("one", 0, 1), ("two", 2, 1)),
        said(("one", 0, 1)).model_copy(update={"text": "one two"}),
    ],
    ids=["other words", "outside", "backwards", "too few"],
)
def test_times_that_are_not_those_of_the_caption_do_not_count(cue):
    assert timed_words(cue) == estimated_words(cue)


def test_times_are_cut_to_the_caption_and_never_two_at_once():
    found = timed_words(said(("a", 0.5, 2), ("b", 1.5, 3), ("c", 3, 9), start_s=1))
    assert [(word.start_s, word.end_s) for word in found] == [(1, 2), (1.5, 3), (3, 4)]


def test_a_short_rest_belongs_to_the_word_before_it_and_a_long_one_to_none():
    cue = said(("a", 0, 1), ("b", 1.2, 2), ("c", 3, 3.9))
    assert lit_spans(timed_words(cue), cue) == [(0, 1.2), (1.2, 2), (3, 4.0)]


def test_the_words_of_a_caption_in_two_rows_and_in_another_script_are_all_told(tmp_path):
    cue = said(("漢字", 0, 1), ("ok", 1, 2), ("שלום", 2, 3), ("fin", 3, 4))
    style = CaptionStyle(highlight="karaoke", size=3)
    timeline: Timeline = a_timeline([a_clip("take.mp4", 120)], captions=[cue])
    write_words(timeline.model_copy(update={"caption_style": style}), tmp_path / "words.ass")
    events = pysubs2.load(str(tmp_path / "words.ass")).events
    told = "".join(event.text for event in events)
    assert told.count(r"\kf") == 4
    assert told.count(r"\kf100") >= 3
