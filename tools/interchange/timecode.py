"""Frames as timecode. A cut has a whole number of frames a second, so no frame number is ever dropped."""

from state.errors import EditRefused

MOST_FPS = 99
"""Frames a second that two digits can count."""
HOUR = 3600
_DAY = 24


def timecode(frame: int, fps: int) -> str:
    """`01:00:00:00`, with colons: no frame number is left out. After a day it begins anew.

    Raises:
        EditRefused: more frames a second than timecode can count, or none.
    """
    if not 1 <= fps <= MOST_FPS:
        raise EditRefused(
            f"Timecode cannot count {fps} frames a second.", user_action=f"Give the cut 1 to {MOST_FPS}.",
            details={"field": "fps"},
        )  # fmt: skip
    seconds, frames = divmod(frame, fps)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours % _DAY:02}:{minutes:02}:{seconds:02}:{frames:02}"
