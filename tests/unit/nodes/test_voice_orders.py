"""When lines are heard in a shot, and how long that makes it."""

import pytest

from nodes.sound.voice_orders import BETWEEN_LINES_S, LEAD_IN_S, TAIL_S, placed, whole_frames
from state.script import Place, Shot, Slate, Staging
from state.take import VoiceTrack

SHOT = Shot(
    slate=Slate(scene=1, shot="A"), description="d", duration_s=4.0,
    staging=Staging(place=Place(name="x", kind="kitchen")),
)  # fmt: skip


def heard(*seconds: float) -> list[VoiceTrack]:
    return [
        VoiceTrack(slate=SHOT.slate, line=number, speaker="Ana", call_key=f"k{number}", duration_s=length)
        for number, length in enumerate(seconds, start=1)
    ]


def test_a_silent_shot_keeps_its_length():
    assert placed(SHOT, []) == ([], 4.0)


def test_lines_follow_each_other_with_a_breath_between():
    tracks, _ = placed(SHOT, heard(1.0, 0.5))
    expected = [LEAD_IN_S, LEAD_IN_S + 1.0 + BETWEEN_LINES_S]
    assert [track.start_s for track in tracks] == pytest.approx(expected)


def test_a_shot_grows_only_when_its_lines_need_it():
    fits = 4.0 - LEAD_IN_S - TAIL_S
    assert placed(SHOT, heard(fits))[1] == pytest.approx(4.0)
    assert placed(SHOT, heard(fits + 0.1))[1] == pytest.approx(4.1)


@pytest.mark.parametrize(("seconds", "expected"), [(1.0, 1.0), (1.001, 25 / 24), (25 / 24, 25 / 24)])
def test_shots_last_whole_frames_never_shorter(seconds, expected):
    assert whole_frames(seconds, 24) == pytest.approx(expected, abs=1e-6)
