"""One ffmpeg run: what it says reaches the caller."""

import asyncio
import os
from pathlib import Path

import pytest

from state.errors import FfmpegFailed, WorkFolderFull
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


async def test_a_cancelled_caller_leaves_no_ffmpeg_behind_however_often_it_is_cancelled(tmp_path: Path):
    """Whoever ends a task for certain cancels it again when it is slow, also while ffmpeg is being ended."""
    sound = tmp_path / "endless.wav"
    running = asyncio.create_task(run_ffmpeg(["-re", "-f", "lavfi", "-i", "anullsrc", sound]))
    while not (writers := await asyncio.to_thread(who_writes, sound)):
        await asyncio.sleep(0.02)

    while not running.done():
        running.cancel()
        await asyncio.sleep(0)

    with pytest.raises(ProcessLookupError):
        os.kill(writers[0], 0)
    assert running.cancelled()


def who_writes(file: Path) -> list[int]:
    """The processes that were told to write this file."""
    return [
        int(entry.parent.name)
        for entry in Path("/proc").glob("[0-9]*/cmdline")
        if entry.read_bytes().rstrip(b"\0").endswith(bytes(file))
    ]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is always full")
async def test_a_file_that_does_not_fit_is_no_fault_of_the_run():
    with pytest.raises(WorkFolderFull, match="no room"):
        await run_ffmpeg([*TONE, "-f", "wav", "/dev/full"])
