"""S4-050: cuts snap to beats of their own; the first stays at 0, the total stays, nothing is cut off."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.post.on_beat import MAX_SHIFT_S, SHORTEST_S, Stretch, cut_on_beat

FPS = 24
BEATS = [number * 0.5 for number in range(200)]
"""120 a minute: a beat every 12 frames."""


def shots(*lengths: int, **same: int | bool) -> list[Stretch]:
    return [Stretch(length=length, **same) for length in lengths]  # type: ignore[arg-type]


def cuts(lengths: list[int]) -> list[int]:
    return list(accumulate(lengths))[:-1]


def test_every_cut_goes_to_its_nearest_beat() -> None:
    lengths = cut_on_beat(shots(50, 44, 53), BEATS, fps=FPS)
    assert cuts(lengths) == [48, 96]
    assert sum(lengths) == 147


def test_the_later_of_two_cuts_near_one_beat_gets_the_next_beat() -> None:
    assert cuts(cut_on_beat(shots(47, 14, 60), BEATS, fps=FPS)) == [48, 60]


def test_and_stays_where_no_beat_is_free() -> None:
    assert cuts(cut_on_beat(shots(47, 14, 60), [2.0], fps=FPS)) == [48, 61]


def test_a_cut_goes_no_further_than_it_may() -> None:
    far = [3.0]
    assert cuts(cut_on_beat(shots(60, 60), far, fps=FPS, max_shift_s=0.4)) == [60]
    assert cuts(cut_on_beat(shots(60, 60), far, fps=FPS, max_shift_s=0.5)) == [72]


def test_no_shot_becomes_shorter_than_what_is_said_in_it() -> None:
    spoken = [Stretch(length=50, shortest=49), Stretch(length=50)]
    free = [Stretch(length=50), Stretch(length=50)]
    assert cuts(cut_on_beat(free, [2.0], fps=FPS)) == [48]
    assert cuts(cut_on_beat(spoken, [2.0], fps=FPS)) == [50]


def test_no_shot_becomes_longer_than_its_take() -> None:
    assert cuts(cut_on_beat([Stretch(length=46, longest=47), Stretch(length=50)], [2.0], fps=FPS)) == [46]
    assert cuts(cut_on_beat([Stretch(length=46, longest=48), Stretch(length=50)], [2.0], fps=FPS)) == [48]


def test_a_neighbour_makes_room_only_if_it_can() -> None:
    """The second cut could take the beat if the first did not push it."""
    tight = [Stretch(length=46), Stretch(length=14, shortest=14), Stretch(length=60)]
    assert cuts(cut_on_beat(tight, [2.0, 2.5], fps=FPS)) in ([46, 60], [48, 62])


def test_a_locked_cut_stays() -> None:
    some = [Stretch(length=50), Stretch(length=45, locked=True), Stretch(length=50)]
    assert cuts(cut_on_beat(some, BEATS, fps=FPS)) == [50, 96]


def test_without_beats_nothing_moves() -> None:
    assert cut_on_beat(shots(30, 31, 32), [], fps=FPS) == [30, 31, 32]
    assert cut_on_beat([], BEATS, fps=FPS) == []
    assert cut_on_beat(shots(30), BEATS, fps=FPS) == [30]


def test_what_means_nothing_is_refused() -> None:
    for wrong in ({"fps": 0}, {"fps": 24, "max_shift_s": -1.0}):
        with pytest.raises(ValueError, match="frames"):
            cut_on_beat(shots(30), BEATS, **wrong)
    with pytest.raises(ValueError, match="frames"):
        cut_on_beat(shots(0, 3), BEATS, fps=FPS)


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    length = draw(st.integers(1, 120))
    return Stretch(
        length=length,
        shortest=draw(st.integers(0, 130)),
        longest=draw(st.none() | st.integers(1, 150)),
        locked=draw(st.booleans()) and draw(st.booleans()),
    )


MANY = st.one_of(
    st.lists(stretches(), max_size=12),
    st.integers(1, 40).flatmap(lambda length: st.lists(st.just(Stretch(length=length)), max_size=30)),
)
SOME_BEATS = st.one_of(
    st.lists(st.floats(0, 60, width=32), max_size=6),
    st.lists(st.floats(0, 60, width=32), max_size=80),
    st.floats(0, 60).map(lambda beat: [beat] * 5),
)


@settings(max_examples=300, deadline=None)
@given(shots=MANY, beats=SOME_BEATS, shift=st.floats(0, 3), fps=st.sampled_from([23.976, 24, 25, 30, 60]))
def test_whatever_comes_the_promises_hold(
    shots: list[Stretch], beats: list[float], shift: float, fps: float
) -> None:
    lengths = cut_on_beat(shots, beats, fps=fps, max_shift_s=shift)
    before = [0, *accumulate(shot.length for shot in shots)]
    after = [0, *accumulate(lengths)]
    frames = {round(beat * fps) for beat in beats}
    assert len(lengths) == len(shots)
    assert after[-1] == before[-1]
    for shot, length in zip(shots, lengths, strict=True):
        assert length >= min(shot.length, max(shot.shortest, round(SHORTEST_S * fps), 1))
        assert shot.longest is None or length <= max(shot.length, shot.longest)
    moved = [(at, now) for at, now in zip(before, after, strict=True) if at != now]
    assert all(now in frames and abs(now - at) <= shift * fps for at, now in moved)
    assert all(earlier < later for earlier, later in pairwise(after))
    assert all(before[number] == after[number] for number, shot in enumerate(shots) if shot.locked)
    assert sum(at in frames for at in after[1:-1]) >= sum(at in frames for at in before[1:-1])


@given(shift=st.integers(-5, 5), count=st.integers(2, 12))
def test_cuts_a_little_off_all_come_back_to_the_beat(shift: int, count: int) -> None:
    some = [Stretch(length=24 + shift), *shots(*[24] * (count - 2)), Stretch(length=24 - shift)]
    assert cut_on_beat(some, BEATS, fps=FPS, max_shift_s=MAX_SHIFT_S) == [24] * count
