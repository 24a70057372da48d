"""Time inside a clip: faster, slower, held, backwards, and a smooth way over a cut.

Frame counts are exact: what comes out has as many frames as is said, whatever rounding does before.
"""

import math
from typing import Literal

from state.refusals import refuse

Between = Literal["repeat", "blend", "motion"]
"""What is shown between two frames of a slowed clip: the last one, a mix of both, or what lies between."""
SPEEDS = (0.1, 10.0)
MAX_REVERSED = 720
"""Frames; reverse keeps all of them in memory."""
_EDGE_FRAMES = 4
"""Frames of each clip that the motion over a cut is worked out from."""


def speed_frames(length: int, speed: float) -> int:
    """Frames that a clip of `length` frames has at a speed; one at least.

    Raises:
        EditRefused: a speed that there is not.
    """
    low, high = SPEEDS
    if not low <= speed <= high:
        refuse(
            f"A clip cannot be {speed:g} times as fast.", field="speed", fix=f"Give it {low:g} to {high:g}."
        )
    return max(1, round(length / speed))


def plan_speed(
    before: str, into: str, speed: float, *, length: int, fps: int, between: Between = "repeat"
) -> list[str]:
    """The `length` frames on the pad `before` (timebase 1/fps) faster or slower, in `speed_frames` frames.

    Only a slowed clip has anything between its frames.

    Raises:
        EditRefused: a speed that there is not.
    """
    frames = speed_frames(length, speed)
    if speed == 1:
        return [f"[{before}]null[{into}]"]
    # The last frame is held a while: interpolating filters give nothing behind it.
    held = f"tpad=stop_mode=clone:stop={max(2, math.ceil(4 * speed))}"
    timed = f"settb=1/1000000,setpts='floor(N*1000000/{fps * speed:.6f})'"
    # Of several frames at one moment the last that is not late; none waits for the next moment.
    filled = f"fps={fps}:start_time=0:round=up"
    if speed < 1 and between == "blend":
        # framerate mixes neighbours; all of a frame's time is a mix, and no cut is looked for.
        filled = f"framerate=fps={fps}:interp_start=0:interp_end=255:scene=100"
    elif speed < 1 and between == "motion":
        filled = f"minterpolate=fps={fps}:mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1:scd=none"
    return [f"[{before}]{held},{timed},{filled},{_exactly(frames, fps)}[{into}]"]


def _exactly(frames: int, fps: int) -> str:
    return (
        f"format=yuv420p,settb=1/{fps},setpts=N,tpad=stop_mode=clone:stop=-1,trim=end_frame={frames},setpts=N"
    )


def plan_freeze(before: str, into: str, *, at: int, frames: int, length: int, fps: int) -> list[str]:
    """Hold frame `at` of a clip so that it is seen for `frames` more; the rest of the clip goes on behind it.

    Raises:
        EditRefused: the clip has no such frame, or it is held for no time.
    """
    if not 0 <= at < length:
        refuse(f"The clip has no frame {at}.", field="at", fix=f"Name one of 0 to {length - 1}.")
    if not 1 <= frames <= 60 * fps:
        refuse(
            f"A frame cannot be held for {frames}.", field="frames", fix=f"Give it 1 to {60 * fps} frames."
        )
    timed = f"settb=1/{fps},setpts='N+gt(N,{at})*{frames}',fps={fps}:start_time=0"
    return [f"[{before}]{timed},{_exactly(length + frames, fps)}[{into}]"]


def plan_reverse(before: str, into: str, *, length: int, fps: int) -> list[str]:
    """The clip from its last frame to its first.

    Raises:
        EditRefused: it is too long to be turned round.
    """
    if length > MAX_REVERSED:
        refuse(f"A clip of {length} frames cannot be turned round.", field="length",
               fix=f"Split it: {MAX_REVERSED} frames at most can.")  # fmt: skip
    return [f"[{before}]trim=end_frame={length},reverse,settb=1/{fps},setpts=N[{into}]"]


def plan_smooth_cut(before: str, after: str, into: str, *, length: int, fps: int) -> list[str]:
    """The movement of one clip carried over into the next, instead of a cut: `length` frames.

    Both pads have `length` frames, those that the two clips share. What lies between the first frame of
    the one and the last of the other is worked out from how things move there.

    Raises:
        EditRefused: fewer than four frames, in which nothing can move.
    """
    if not 4 <= length <= fps:
        refuse(f"Motion cannot be carried over {length} frames.", field="length", fix=f"Give it 4 to {fps}.")
    edge = min(_EDGE_FRAMES, max(1, (length - 2) // 2))
    gap = length - 2 * edge + 1
    # The frames of both edges keep their moments; those between them are missing and are made.
    return [
        f"[{before}]trim=end_frame={edge},settb=1/{fps},setpts=N[{into}a]",
        f"[{after}]trim=start_frame={length - edge},settb=1/{fps},setpts=N[{into}b]",
        f"[{into}a][{into}b]concat=n=2,settb=1/{fps},setpts='if(lt(N,{edge}),N,N+{gap - 1})',"
        f"tpad=stop_mode=clone:stop=3,"
        f"minterpolate=fps={fps}:mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1:scd=none,"
        f"{_exactly(length, fps)}[{into}]",
    ]
