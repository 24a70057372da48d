"""What an edit writes is refused while the editor looks, and not when the film is rendered."""

import pytest

from state import edits
from state.errors import EditRefused
from state.timeline import CaptionStyle, Cue, Overlay, Timeline
from tests.cut_media import a_clip, a_ref, a_timeline
from tools.post.words_refused import check_words

WALL = [
    Overlay(
        kind="logo", media=a_ref("wall.png"), start=0, length=24, position=place, width=100, id=f"o{place}"
    )
    for place in ("top", "bottom")
]


def walled() -> Timeline:
    """For its first second nothing more fits into the picture; one caption is said after it."""
    said = Cue(start_s=2, end_s=3, text="Who is there?", id="q1")
    timeline = a_timeline([a_clip("take.mp4", 96)], captions=[said], size=(1920, 1080))
    return timeline.model_copy(update={"overlays": WALL})


def a_text(start: int, **more: object) -> Overlay:
    return Overlay(kind="cta", text="Buy now", start=start, length=10, position="centre", **more)


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (edits.AddOverlay(overlay=a_text(10)), "overlay"),
        (edits.AddCaption(start_s=0.5, end_s=1.5, text="Nobody."), "text"),
        (edits.ChangeCaption(caption="q1", start_s=0.5), "text"),
        (edits.ChangeOverlay(id="x", overlay=a_text(0)), "overlay"),
        (edits.AddOverlay(overlay=a_text(50, size=4).model_copy(update={"text": "W" * 300})), "overlay"),
    ],
)
def test_what_finds_no_room_is_refused_with_the_field_and_the_frame(edit, field):
    with pytest.raises(EditRefused, match=r"no room|too large") as refused:
        check_words(edit, walled())
    assert refused.value.details["field"] == field
    assert "frame" in refused.value.details
    assert refused.value.user_action


@pytest.mark.parametrize(
    "edit",
    [
        edits.AddOverlay(overlay=a_text(24)),
        edits.AddCaption(start_s=2.5, end_s=3.5, text="Nobody."),
        edits.ChangeCaption(caption="q1", text="Nobody came.", style=CaptionStyle(position="top")),
        edits.ChangeCaption(caption="q9", text="whoever carries it out says that there is none"),
        edits.ChangeOverlay(id="otop", overlay=a_text(0)),
        edits.DeleteOverlay(id="otop"),
        edits.AddOverlay(overlay=a_text(96)),
    ],
)
def test_what_fits_is_left_alone(edit):
    check_words(edit, walled())
