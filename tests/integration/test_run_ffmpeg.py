"""One ffmpeg run: what it says reaches the caller."""

import pytest

from state.errors import FfmpegFailed
from tools.ffmpeg.command import run_ffmpeg

TONE = ("-f", "lavfi", "-i", "sine=duration=0.2")


async def test_every_line_of_its_output_is_passed_on():
    lines: list[str] = []
    await run_ffmpeg([*TONE, "-progress", "pipe:1", "-f", "null", "-"], on_line=lines.append)
    assert lines[-1] == "progress=end"


async def test_a_failure_names_its_cause_and_no_addresses(tmp_path):
    with pytest.raises(FfmpegFailed) as caught:
        await run_ffmpeg([*TONE, "-af", "nosuchfilter", tmp_path / "a.wav"])
    assert "nosuchfilter" in caught.value.message
    assert "0x" not in caught.value.message
    assert caught.value.details["exit_code"] != 0


async def test_what_takes_too_long_is_ended():
    with pytest.raises(FfmpegFailed, match="longer than"):
        await run_ffmpeg(["-re", "-f", "lavfi", "-i", "anullsrc", "-f", "null", "-"], timeout_s=0.2)


async def test_the_same_with_a_listener():
    with pytest.raises(FfmpegFailed, match="longer than"):
        await run_ffmpeg(
            ["-re", "-f", "lavfi", "-i", "anullsrc", "-f", "null", "-"],
            timeout_s=0.2,
            on_line=lambda line: None,
        )
