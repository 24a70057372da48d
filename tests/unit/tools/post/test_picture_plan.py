"""The picture's filter graph: what is blended, and what is left as it is."""

from pathlib import Path

from tests.cut_media import a_clip, a_timeline, dissolve
from tools.post.picture import plan_picture
from tools.post.sources import Source

SOURCES = {"a.mp4": Source(path=Path("a.mp4"), demuxer="mov")}


def chains(*items) -> list[str]:
    return plan_picture(a_timeline(items), SOURCES).chains


def test_only_the_frames_that_two_clips_share_are_blended():
    graph = chains(a_clip("a.mp4", 20), dissolve(8), a_clip("a.mp4", 20))
    spans = [chain.split(",")[0].partition("]")[2] for chain in graph if chain.startswith("[s")]
    assert spans == [
        f"trim=start_frame={start}:end_frame={end}" for start, end in ((0, 12), (12, 20), (0, 8), (8, 20))
    ]
    assert [chain.partition("xfade")[0] for chain in graph if "xfade" in chain] == ["[t0][h1]"]


def test_a_dissolve_does_not_turn_the_film_into_another_format():
    """xfade knows no 4:2:0: what comes out of it would decide for everything it is joined with."""
    blended = [
        chain for chain in chains(a_clip("a.mp4", 9), dissolve(4), a_clip("a.mp4", 9)) if "xfade" in chain
    ]
    assert [chain.endswith(",format=yuv420p[x1]") for chain in blended] == [True]


def test_a_clip_that_is_all_dissolve_has_no_part_of_its_own():
    graph = chains(a_clip("a.mp4", 9), dissolve(4), a_clip("a.mp4", 8), dissolve(4), a_clip("a.mp4", 9))
    assert any(chain.startswith("[b0][x1][x2][b2]concat") for chain in graph)


def test_straight_cuts_blend_nothing():
    assert not any("xfade" in chain for chain in chains(a_clip("a.mp4", 9), a_clip("a.mp4", 9)))
