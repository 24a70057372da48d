"""How long, how large and how many a clip or a sound may be that anybody wants to keep here."""

from state.errors import UploadRejected
from tools.ffmpeg.probe import MAX_PIXELS, MediaFacts
from tools.media.boxes import EXPORT_CLIP

MAX_DURATION_S = 6 * 3600.0
MAX_SIDE, MIN_SIDE = 8192, 2
MAX_FPS = 1000.0
"""Phones film up to 960 frames a second."""
MAX_STREAMS = 32
MAX_CHANNELS = 16
RATES_HZ = range(4_000, 384_001)
EXPORT_SOUND = "Export it again as WAV or MP3, 48 kHz, mono or stereo, and send that file."


def check_clip(facts: MediaFacts) -> None:
    """Refuse what no camera and no engine makes.

    Raises:
        UploadRejected: one sentence with the figure and the bound.
    """
    width, height, fps = facts.width or 0, facts.height or 0, facts.fps or 0.0
    if not width or not height:
        raise _clip("the clip's picture has no size that can be read")
    if min(width, height) < MIN_SIDE:
        raise _clip(f"the clip's picture of {width}x{height} cannot be used")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise _clip(f"the clip is {width}x{height}; at most 8192x4320 is kept")
    if fps > MAX_FPS and (facts.frame_count or 2) > 1:
        raise _clip(f"the clip claims {fps:.0f} frames a second; at most {MAX_FPS:.0f} are kept")
    _check_both(facts, "clip", EXPORT_CLIP)
    if facts.audio_codec is not None:
        check_channels(facts.audio_channels or 0, facts.audio_rate_hz or 0, "clip's sound", EXPORT_CLIP)


def check_sound(facts: MediaFacts) -> None:
    """As `check_clip`, of what is only heard."""
    _check_both(facts, "sound", EXPORT_SOUND)
    check_channels(facts.audio_channels or 0, facts.audio_rate_hz or 0, "sound", EXPORT_SOUND)


def _check_both(facts: MediaFacts, what: str, fix: str) -> None:
    if (facts.duration_s or 0.0) > MAX_DURATION_S:
        raise UploadRejected(
            f"the {what} claims to last {facts.duration_s:.0f} s; at most {MAX_DURATION_S:.0f} s are kept",
            user_action=fix,
        )
    if facts.stream_count > MAX_STREAMS:
        raise UploadRejected(
            f"the {what} has {facts.stream_count} streams; at most {MAX_STREAMS} are read", user_action=fix
        )


def check_channels(channels: int, rate: int, what: str, fix: str) -> None:
    """Refuse a sound that no ear and no loudspeaker is made for.

    Raises:
        UploadRejected: one sentence with the figure and the bound.
    """
    if not 1 <= channels <= MAX_CHANNELS:
        raise UploadRejected(
            f"the {what} has {channels} channels; at most {MAX_CHANNELS} are read", user_action=fix
        )
    if rate not in RATES_HZ:
        raise UploadRejected(
            f"the {what} has {rate} samples a second; from {RATES_HZ[0]} to {RATES_HZ[-1]} are read",
            user_action=fix,
        )


def _clip(why: str) -> UploadRejected:
    return UploadRejected(why, user_action=EXPORT_CLIP)
