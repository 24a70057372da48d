"""Run one ffmpeg, with limits and without a shell.

Inputs are local files only: ffmpeg never sees a URL (design-facts 6.2).
"""

import asyncio
import contextlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg

from state.errors import FfmpegFailed

LAST_LINES = 12


@lru_cache(maxsize=1)
def ffmpeg_exe() -> str:
    """The ffmpeg that came with our packages."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def arguments(*parts: str | Path) -> list[str]:
    """A complete argument list: quiet, overwriting, no standard input, only local protocols."""
    return [
        ffmpeg_exe(),
        "-hide_banner",
        "-nostats",
        "-nostdin",
        "-loglevel",
        "error",
        "-y",
        *map(str, parts),
    ]


def local_input(path: Path, *options: str) -> list[str]:
    """Arguments that open one local file and nothing that it might point to."""
    return [*options, "-protocol_whitelist", "file,pipe", "-i", str(path)]


async def run_ffmpeg(parts: Sequence[str | Path], *, timeout_s: float = 600, cwd: Path | None = None) -> None:
    """Run ffmpeg to its end.

    Raises:
        FfmpegFailed: with the exit code and the last lines it printed; also when it took too long.
    """
    command = arguments(*parts)
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE, cwd=cwd,
    )  # fmt: skip
    try:
        _, stderr = await asyncio.wait_for(process.communicate(), timeout_s)
    except TimeoutError as exc:
        raise FfmpegFailed(
            f"ffmpeg took longer than {timeout_s:.0f} s", details={"command": command}
        ) from exc
    finally:
        await _end(process)
    if process.returncode:
        raise _failure(command, process.returncode, stderr)


async def _end(process: asyncio.subprocess.Process) -> None:
    """A caller that was cancelled must not leave an ffmpeg behind."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _failure(command: list[str], code: int | None, stderr: bytes) -> FfmpegFailed:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()[-LAST_LINES:]
    return FfmpegFailed(
        f"ffmpeg ended with code {code}: {lines[-1] if lines else 'no message'}",
        details={"command": command, "exit_code": code, "last_lines": lines},
    )
