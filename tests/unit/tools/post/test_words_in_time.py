"""Burned-in words of a part of a film: the same frames show them as in the whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.post.words_in_time import words_in

HEADING = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
LINE = re.compile(r"Dialogue: 0,0:00:(\d\d)\.(\d\d),0:00:(\d\d)\.(\d\d),(.*)")


def a_line(start: int, end: int, text: str = "Hello") -> str:
    begin, until = (f"0:00:{ticks // 100:02}.{ticks % 100:02}" for ticks in (start, end))
    return f"{HEADING}Dialogue: 0,{begin},{until},Default,,0,0,0,,{text}\n"


def frames(text: str, fps: int) -> tuple[int, int]:
    found = LINE.search(text)
    assert found
    start, end = (int(found[n]) * 100 + int(found[n + 1]) for n in (1, 3))
    return -(-start * fps // 100), -(-end * fps // 100)


@given(
    st.integers(0, 2000), st.integers(1, 500), st.integers(0, 400), st.integers(1, 200),
    st.sampled_from([24, 25, 30, 50, 60]), st.booleans(),
)  # fmt: skip
def test_a_line_is_seen_at_the_frames_at_which_the_film_shows_it(start, ticks, first, length, fps, timed):
    film = a_line(start, start + ticks, r"{\k20}Hello" if timed else r"{\fad(250,250)}Hello")
    begin, after = frames(film, fps)
    seen = words_in(film, start=first, end=first + length, fps=fps)
    overlaps = begin < first + length and after > first
    assert (seen is not None) is overlaps
    if seen is not None:
        found = frames(seen.text, fps)
        inside = [min(max(frame - first, 0), length) for frame in (begin, after)]
        assert [min(max(frame - seen.lead, 0), length) for frame in found] == inside


def test_what_is_over_or_not_yet_there_is_left_out():
    film = a_line(100, 200)
    assert words_in(film, start=0, end=24, fps=24) is None
    assert words_in(film, start=48, end=72, fps=24) is None


def test_the_same_words_at_the_same_distance_are_the_same_file():
    early, late = a_line(150, 250), a_line(650, 750)
    assert words_in(early, start=24, end=96, fps=24) == words_in(late, start=144, end=216, fps=24)


@pytest.mark.parametrize(("text", "same"), [("Made with AI", True), (r"{\k20}Made {\k30}with", False)])
def test_what_stays_for_the_whole_film_does_not_tell_pieces_apart(text, same):
    """What counts time from its beginning does."""
    film = a_line(0, 5900, text)
    pieces = [words_in(film, start=start, end=start + 48, fps=24) for start in (240, 480)]
    assert (pieces[0] == pieces[1]) is same


def test_a_fade_that_is_under_way_goes_on():
    seen = words_in(a_line(95, 300, r"{\fad(400,0)}Hello"), start=24, end=48, fps=24)
    assert seen is not None
    assert frames(seen.text, 24)[0] == seen.lead - 1


def test_odd_line_ends_in_a_caption_end_no_line():
    odd = "one\u2028two\x85three\x0bfour"
    seen = words_in(a_line(0, 100, odd), start=0, end=10, fps=24)
    assert seen is not None
    assert odd in seen.text
