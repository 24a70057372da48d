"""A part of a cut: as long as was asked for, and every frame of it is the film's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.timeline import Clip, Timeline
from tests.unit.tools.cuts.cutting import an_opened_cut
from tests.unit.tools.cuts.test_random_edits import session
from tools.cuts.window import window_of
from tools.post.layout import lay_out

CUT = an_opened_cut()


def shown(cut: Timeline) -> list[tuple[str, int]]:
    """For each frame the last clip that begins at it or before, and the frame of its file."""
    frames: list[tuple[str, int]] = []
    for part in lay_out(next(track for track in cut.tracks if track.role == "picture")):
        name = part.item.name if isinstance(part.item, Clip) else ""
        first = part.item.source.start if isinstance(part.item, Clip) else 0
        frames[part.start :] = [(name, first + n) for n in range(part.length)]
    return frames


@given(st.integers(0, 131), st.integers(1, 132))
def test_a_window_has_its_length_and_the_frames_of_the_film(start: int, length: int) -> None:
    end = min(132, start + length)
    part = window_of(CUT, start, end)
    assert part.length == end - start
    film = shown(CUT)[start:end]
    seen = shown(part)
    # Within a transition that the window cuts through, one of its two clips is seen.
    apart = [n for n, (one, other) in enumerate(zip(film, seen, strict=True)) if one != other]
    assert all(84 <= start + n < 96 for n in apart), apart


@pytest.mark.parametrize("seed", range(20))
def test_every_window_of_an_edited_cut_can_be_laid_out(seed: int) -> None:
    _, cuts, _ = session(seed)
    cut = cuts[-1]
    for start in range(0, cut.length, 17):
        part = window_of(cut, start, start + 40)
        assert part.length <= min(40, cut.length - start)
        for track in part.tracks:
            lay_out(track)
        for cue in part.captions:
            assert 0 <= cue.start_s < cue.end_s <= part.fps * 40


def test_words_go_along() -> None:
    part = window_of(CUT, 60, 110)
    assert [(cue.text, round(cue.start_s * 24)) for cue in part.captions] == [("Line 2", 0), ("Line 3", 48)]
    assert [(one.text, one.start, one.length) for one in part.overlays] == [("Buy now", 40, 10)]
    assert part.titles == []
    assert [title.text for title in window_of(CUT, 20, 30).titles] == ["The kitchen"]
