"""A frame that a take could not be told: the cut blends between it and the take, and nothing else moves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.media import MediaRef
from state.timeline import Clip, Timeline
from tests.cut_media import a_ref, words
from tools.post.assemble import Card, CutScene, CutShot, CutVoice, Join, assemble_cut
from tools.post.layout import Placed, lay_out

FPS = 24
STILL, END = a_ref("still.png"), a_ref("end.png")
VOICE = CutVoice(media=a_ref("v.wav", 1.0), start_s=0.5, duration_s=1.0, speaker="Ana", words=words("No."))


def a_shot(slate: str, seconds: float = 2.0) -> CutShot:
    return CutShot(slate=slate, take=a_ref(f"{slate}.mp4"), duration_s=seconds, voices=[VOICE])


def a_cut(*shots: CutShot, join: Join = "dissolve") -> Timeline:
    """A scene per shot, with cards around them."""
    card = Card(media=a_ref("card.png"), duration_s=2.0)
    scenes = [CutScene(shots=[shot], join=join) for shot in shots]
    return assemble_cut("cut", (320, 180), FPS, scenes, title=card, end=card)


def seen(cut: Timeline, key: str) -> Placed:
    [track] = [track for track in cut.tracks if track.role == "picture"]
    return next(part for part in lay_out(track) if isinstance(part.item, Clip) and part.item.media.key == key)


def sounds(cut: Timeline) -> list[int]:
    return [part.start for track in cut.tracks if track.role == "voice" for part in lay_out(track)]


@pytest.mark.parametrize("join", ["cut", "dissolve", "dip"])
def test_a_take_comes_out_of_its_first_frame(join: Join) -> None:
    plain = a_cut(a_shot("1A"), a_shot("2A"), join=join)
    cut = a_cut(a_shot("1A"), replace(a_shot("2A"), opens_on=STILL), join=join)
    still, take = seen(cut, "still.png"), seen(cut, "2A.mp4")
    assert still.start == seen(plain, "2A.mp4").start, "the still is what the shot begins with"
    assert (still.leave.length, take.entry.length) == (12, 12), "half a second of both"
    assert still.entry.length == seen(plain, "2A.mp4").entry.length
    assert isinstance(take.item, Clip)
    assert take.item.source.start == take.start - still.start, "the take is where it was all the time"


@pytest.mark.parametrize("join", ["cut", "dissolve", "dip"])
def test_a_take_goes_over_into_its_last_frame(join: Join) -> None:
    plain = a_cut(a_shot("1A"), a_shot("2A"), join=join)
    cut = a_cut(replace(a_shot("1A"), closes_on=END), a_shot("2A"), join=join)
    take, still = seen(cut, "1A.mp4"), seen(cut, "end.png")
    assert take.start == seen(plain, "1A.mp4").start
    assert (take.leave.length, still.entry.length) == (6, 6)
    assert still.end >= seen(plain, "1A.mp4").end, "what follows joins the still"


@given(
    st.lists(st.tuples(st.integers(48, 72), st.booleans()), min_size=1, max_size=5),
    st.sampled_from(["cut", "dissolve", "dip"]),
)
def test_a_first_frame_moves_nothing(shots: list[tuple[int, bool]], join: Join) -> None:
    """From two seconds on: a shorter shot has less to give to the next join."""
    plain = [a_shot(f"{number}A", frames / FPS) for number, (frames, _) in enumerate(shots, start=1)]
    opened = [
        replace(shot, opens_on=STILL if opens else None)
        for shot, (_, opens) in zip(plain, shots, strict=True)
    ]
    before, after = a_cut(*plain, join=join), a_cut(*opened, join=join)
    assert (sounds(after), after.captions, after.length) == (sounds(before), before.captions, before.length)


@given(
    st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.booleans()), min_size=1, max_size=5),
    st.sampled_from(["cut", "dissolve", "dip"]),
)
def test_every_cut_can_be_laid_out(shots: list[tuple[int, bool, bool]], join: Join) -> None:
    """However short a shot is: no transition is longer than what it joins."""
    both = [
        replace(
            a_shot(f"{number}A", frames / FPS), opens_on=STILL if opens else None,
            closes_on=END if closes else None,
        )
        for number, (frames, opens, closes) in enumerate(shots, start=1)
    ]  # fmt: skip
    for track in a_cut(*both, join=join).tracks:
        lay_out(track)


def test_a_shot_that_is_too_short_to_blend_stays_as_it_is() -> None:
    assert a_cut(replace(a_shot("1A", 0.1), opens_on=STILL, closes_on=END)) == a_cut(a_shot("1A", 0.1))


OTHER = a_ref("other.png")


@pytest.mark.parametrize(("begins", "blended"), [(OTHER, 6), (END, 0)], ids=["another", "the same"])
def test_two_frames_that_meet_inside_a_scene_go_over_into_each_other(begins: MediaRef, blended: int) -> None:
    """S4-066: nothing that follows moves; the same frame needs no blend."""
    shots = [replace(a_shot("1A"), closes_on=END), replace(a_shot("1B"), opens_on=begins), a_shot("1C")]
    cut = assemble_cut("cut", (320, 180), FPS, [CutScene(shots=shots)])
    take, last = seen(cut, "1B.mp4"), seen(cut, "1C.mp4")
    still = at(cut, 48)
    assert (still.entry.length, last.start) == (blended, 96)
    assert take.start - still.start == blended, "then the take comes out of its frame"
    assert take.entry.length == 12


def at(cut: Timeline, frame: int) -> Placed:
    """The still that comes in at a frame."""
    [track] = [track for track in cut.tracks if track.role == "picture"]
    return next(part for part in lay_out(track) if part.start == frame and isinstance(part.item, Clip))
