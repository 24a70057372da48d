"""The figures that a master is held against, with their edition, from `limits.toml`."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

Standard = Literal["web", "r128"]
FILE = Path(__file__).with_suffix(".toml")


class _Section(BaseModel, frozen=True, extra="forbid"):
    """One table of the file; a figure that is misspelt there is an error."""


class PictureLimits(_Section):
    """Black, frozen and repeated pictures. Levels of `still`, `repeat` and `moving` are 8-bit."""

    black_level: float
    black_share: float
    black_s: float
    black_red_s: float
    still_level: float
    redrawn_level: float
    still_s: float
    still_red_s: float
    repeat_level: float
    repeat_share: float
    moving_level: float
    repeats_per_s: int
    steady_share: float


class CutLimits(_Section):
    """What is a cut, as a share of the range from black to white."""

    missing_below: float
    missing_block: float
    jump: float
    jump_ratio: float
    tolerance_frames: int


class FlashLimits(_Section):
    """Photosensitive flashes; changes of relative luminance, 1 is white."""

    change: float
    darker_below: float
    area: float
    most_in_1_s: int
    red_ratio: float
    red_change: float


class SoundLimits(_Section):
    """Silence, clipping, stereo, offset. Samples go from -1 to 1."""

    silence_dbfs: float
    silence_s: float
    silence_red_share: float
    flat_band: float
    flat_share: float
    flat_least_samples: int
    flat_alike: float
    flat_loud_dbfs: float
    flats_per_s: int
    flats_red_per_s: int
    full_scale: float
    full_scale_run: int
    one_sided_db: float
    out_of_phase: float
    stereo_s: float
    stereo_loud_dbfs: float
    stereo_red_share: float
    dc_offset: float
    dc_window_s: float
    dc_red: float


class LoudnessLimits(_Section):
    """Loudness of the whole, LUFS, LU and dBTP."""

    tolerance_lu: float
    peak_dbtp: float
    range_lu: float
    range_least_s: float
    silent_lufs: float
    targets: dict[Standard, float]


class ContainerLimits(_Section):
    """Streams against each other and against the promise."""

    stream_difference_s: float
    stream_difference_red_s: float
    length_frames: int


class CaptionLimits(_Section):
    """What can be read."""

    chars_per_s: float
    chars_per_s_slack: float
    least_s: float
    most_s: float
    most_lines: int


class Limits(_Section):
    """All of them."""

    edition: str
    picture: PictureLimits
    cuts: CutLimits
    flashes: FlashLimits
    sound: SoundLimits
    loudness: LoudnessLimits
    container: ContainerLimits
    captions: CaptionLimits


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits of this version."""
    return Limits.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
