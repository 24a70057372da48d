"""What an ffmpeg may use that reads a stranger's file: with the bounds it ends, without them it goes on."""

from pathlib import Path

import pytest

from state.errors import FfmpegFailed
from tools.ffmpeg.command import run_ffmpeg
from tools.ffmpeg.limits import Limits

LARGE = ["-f", "lavfi", "-i", "color=s=8000x4000:d=0.1:r=20", "-pix_fmt", "yuv444p16le"]
ENDLESS = ["-f", "lavfi", "-i", "anoisesrc=r=192000:d=100000"]
WRITES = ["-f", "lavfi", "-i", "anoisesrc=d=10"]


async def test_memory_has_a_bound() -> None:
    await run_ffmpeg([*LARGE, "-f", "null", "-"])
    with pytest.raises(FfmpegFailed):
        await run_ffmpeg([*LARGE, "-f", "null", "-"], limits=Limits(memory_bytes=200_000_000))


async def test_time_on_the_processor_has_a_bound() -> None:
    with pytest.raises(FfmpegFailed) as ended:
        await run_ffmpeg([*ENDLESS, "-f", "null", "-"], timeout_s=60, limits=Limits(cpu_s=1))
    assert ended.value.details["exit_code"] < 0, "the system ended it, not the clock"


async def test_files_have_a_bound(tmp_path: Path) -> None:
    await run_ffmpeg([*WRITES, tmp_path / "whole.wav"])
    with pytest.raises(FfmpegFailed):
        await run_ffmpeg([*WRITES, tmp_path / "cut.wav"], limits=Limits(file_bytes=100_000))
    assert (tmp_path / "cut.wav").stat().st_size <= 100_000 < (tmp_path / "whole.wav").stat().st_size


async def test_what_is_read_within_the_bounds_is_not_in_their_way(tmp_path: Path) -> None:
    await run_ffmpeg([*WRITES, tmp_path / "sound.wav"], limits=Limits())
    assert (tmp_path / "sound.wav").stat().st_size > 800_000
