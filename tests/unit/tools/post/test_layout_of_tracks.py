"""Where clips lie on a track."""

import pytest

from state.errors import PostError
from state.timeline import Track, track_length
from tests.cut_media import a_clip, dip, dissolve, gap
from tools.post.layout import CUT, Entry, lay_out


def _track(*items):
    return Track(name="picture", role="picture", items=list(items))


def test_straight_cuts_lie_end_to_end():
    placed = lay_out(_track(a_clip("a.mp4", 10), gap(3), a_clip("b.mp4", 5)))
    assert [(part.start, part.end) for part in placed] == [(0, 10), (10, 13), (13, 18)]
    assert all(part.entry == part.leave == CUT for part in placed)


def test_a_transition_overlaps_its_neighbours():
    track = _track(a_clip("a.mp4", 20), dissolve(8), a_clip("b.mp4", 20), dip(4), gap(4))
    placed = lay_out(track)
    assert [part.start for part in placed] == [0, 12, 28]
    assert placed[0].leave == placed[1].entry == Entry(style="dissolve", length=8)
    assert placed[-1].end == track_length(track) == 32


def test_transitions_may_use_a_clip_up_completely():
    lay_out(_track(a_clip("a.mp4", 10), dissolve(6), a_clip("b.mp4", 10), dissolve(4), a_clip("c.mp4", 10)))


@pytest.mark.parametrize(
    "items",
    [
        [dissolve(2), a_clip("a.mp4", 10)],
        [a_clip("a.mp4", 10), dissolve(2)],
        [a_clip("a.mp4", 10), dissolve(2), dissolve(2), a_clip("b.mp4", 10)],
        [a_clip("a.mp4", 10), dissolve(6), a_clip("b.mp4", 10), dissolve(5), a_clip("c.mp4", 10)],
        [a_clip("a.mp4", 5), dissolve(6), a_clip("b.mp4", 10)],
    ],
    ids=["nothing before", "nothing after", "two in a row", "both ends too long", "longer than the clip"],
)
def test_a_transition_that_does_not_fit_is_refused(items):
    with pytest.raises(PostError, match="transition"):
        lay_out(_track(*items))
