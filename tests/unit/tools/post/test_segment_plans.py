"""Where a film is parted, and what stays the same piece when something else changes."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from state.timeline import Effect
from tests.cut_media import FPS, a_clip, a_timeline, dip, dissolve, gap
from tools.post.encode import MASTER, Encoding
from tools.post.piece import Film, plan_piece
from tools.post.segments import GRID_S, plan_segments
from tools.post.sources import Source

EVEN = Source(path=Path("a.mp4"), demuxer="mov", frames=24 * 60, rate=Fraction(24))
UNEVEN = Source(path=Path("b.mp4"), demuxer="mov")
SOURCES = {name: EVEN for name in ("a.mp4", "c.mp4", "d.mp4", "e.mp4")} | {"b.mp4": UNEVEN}
SHAKE = Effect(name="shake")


def lengths(*items, **more) -> list[int]:
    timeline = a_timeline(items, **more)
    segments = plan_segments(timeline, SOURCES)
    assert [segment.end for segment in segments[:-1]] == [segment.start for segment in segments[1:]]
    assert sum(segment.length for segment in segments) == timeline.length
    return [segment.length for segment in segments]


def digests(*items, film: tuple[Effect, ...] = (), encoding: Encoding = MASTER, words: str = "") -> list[str]:
    timeline = a_timeline(items).model_copy(update={"effects": list(film)})
    whole = Film(timeline=timeline, sources=SOURCES, luts={}, encoding=encoding, words=words)
    return [plan_piece(whole, segment).digest for segment in plan_segments(timeline, SOURCES)]


def test_a_film_is_parted_at_straight_cuts():
    assert lengths(a_clip("a.mp4", 48), a_clip("c.mp4", 72)) == [48, 72]


@pytest.mark.parametrize("between", [dissolve(12), dip(12)])
def test_a_transition_holds_its_clips_together(between):
    assert lengths(a_clip("a.mp4", 48), between, a_clip("c.mp4", 48), a_clip("a.mp4", 30)) == [84, 30]


def test_a_film_of_crossfades_is_parted_inside_its_clips():
    clips = [a_clip("a.mp4", 120), dissolve(12), a_clip("c.mp4", 120, start=5), dissolve(12)]
    assert lengths(*clips, a_clip("d.mp4", 120)) == [175, 161]
    before, after = (digests(*clips, a_clip(name, 120)) for name in ("d.mp4", "e.mp4"))
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False]


def test_a_long_clip_is_parted_at_places_of_its_file():
    grid = GRID_S * FPS
    assert lengths(a_clip("a.mp4", 500, start=100)) == [grid - 100, grid, grid, 500 - 3 * grid + 100]


def test_a_long_clip_is_parted_where_a_part_can_be_copied_if_that_is_near():
    keyed = replace(EVEN, keys=(0, 200, 450))
    clip = a_clip("a.mp4", 500)
    segments = plan_segments(a_timeline([clip]), {"a.mp4": keyed})
    assert [segment.start for segment in segments] == [0, 200, 450]
    assert [segment.start for segment in plan_segments(a_timeline([clip]), SOURCES)] == [0, 192, 384]


def test_no_part_is_shorter_than_a_second_or_without_its_transitions():
    grid = GRID_S * FPS
    assert lengths(a_clip("a.mp4", 30, start=grid - 20)) == [30]
    assert lengths(a_clip("a.mp4", 24), dissolve(20), a_clip("c.mp4", 100, start=grid - 30)) == [104]
    assert lengths(a_clip("a.mp4", 24), dissolve(5), a_clip("c.mp4", 100, start=grid - 30)) == [49, 70]


@pytest.mark.parametrize(
    "clip",
    [
        a_clip("b.mp4", 900),
        a_clip("a.mp4", 900).model_copy(update={"speed": 2.0, "frames": 450}),
        a_clip("a.mp4", 900).model_copy(update={"effects": [SHAKE]}),
    ],
    ids=["uneven rate", "another speed", "a moving look"],
)
def test_what_has_a_memory_is_not_parted(clip):
    assert len(lengths(clip)) == 1


def test_behind_the_end_of_its_file_a_clip_is_not_parted():
    assert max(lengths(a_clip("a.mp4", 900, start=24 * 50))) == 900 - (56 * 24 - 24 * 50)


def test_a_fade_stays_in_one_part():
    clip = a_clip("a.mp4", 600).model_copy(update={"fade_in": 220, "fade_out": 30})
    segments = plan_segments(a_timeline([clip]), SOURCES)
    fades = [(part.fade_in, part.fade_out) for segment in segments for part in segment.items]
    assert fades[0] == (220, 0)
    assert fades[-1] == (0, 30)
    assert all(fade == (0, 0) for fade in fades[1:-1])


def test_clips_of_a_few_frames_share_a_piece():
    found = lengths(*[a_clip("a.mp4", 6, start=n * 7) for n in range(100)])
    assert 6 <= len(found) <= 25
    assert min(found[:-1]) >= 24


def test_one_short_clip_more_changes_only_what_is_near_it():
    clips = [a_clip("a.mp4", 8, start=n * 9) for n in range(100)]
    before, after = digests(*clips), digests(a_clip("c.mp4", 8), *clips)
    assert len(set(after) - set(before)) <= len(after) / 4


def test_black_at_the_end_is_a_piece():
    assert lengths(a_clip("a.mp4", 30), voice=[a_clip("b.mp4", 80)]) == [30, 50]
    assert lengths(gap(30)) == [30]


def test_a_piece_is_the_same_wherever_it_stands():
    first, second = a_clip("a.mp4", 48, start=5), a_clip("c.mp4", 72)
    moved = digests(second, first, film=(Effect(name="grain"), SHAKE))
    assert sorted(moved) == sorted(digests(first, second, film=(Effect(name="grain"), SHAKE)))


WORDS = "[Events]\nDialogue: 0,{0},{1},Default,,0,0,0,,{2}\n"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, [True, True]),
        ({"film": (Effect(name="vignette"),)}, [False, False]),
        ({"encoding": Encoding(gop_s=1)}, [False, False]),
        ({"words": WORDS.format("0:00:00.50", "0:00:01.00", "Good morning")}, [False, True]),
        ({"words": WORDS.format("0:00:02.00", "0:00:03.00", "Good morning")}, [True, False]),
    ],
    ids=["nothing", "a look of the film", "the coder", "a caption at the beginning", "a caption at the end"],
)
def test_a_change_is_one_of_the_pieces_that_it_touches(change, same):
    clips = [a_clip("a.mp4", 48), a_clip("c.mp4", 48)]
    found = [one == other for one, other in zip(digests(*clips), digests(*clips, **change), strict=True)]
    assert found == same


def test_a_trimmed_beginning_keeps_the_rest_of_a_long_clip():
    before, after = digests(a_clip("a.mp4", 600)), digests(a_clip("a.mp4", 590, start=10))
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True, True]


def test_another_file_under_the_same_name_is_another_piece():
    timeline = a_timeline([a_clip("a.mp4", 48)])
    [segment] = plan_segments(timeline, SOURCES)
    found = {
        plan_piece(
            Film(timeline=timeline, sources=SOURCES, luts={}, encoding=MASTER, digests={"a.mp4": held}),
            segment,
        ).digest
        for held in ("one", "two")
    }
    assert len(found) == 2
