"""Run one ffmpeg, with limits and without a shell.

Inputs are local files only: ffmpeg never sees a URL (design-facts 6.2).
"""

import asyncio
import contextlib
import re
import shutil
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import imageio_ffmpeg

from state.errors import FfmpegFailed, WorkFolderFull
from tools.ffmpeg.limits import Limits
from tools.full_disks import says_full

ENCODER_THREADS = "4"
"""x264 shares its work out by threads, and another number of them gives another file.

Left alone it takes one and a half per core, so a replay on another machine would not come out the same.
"""
LAST_LINES = 12
T = TypeVar("T")
_WHO = re.compile(r"^(\[[^\]]*\] ?)+")
"""The part of ffmpeg that speaks and its memory address."""


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


async def run_ffmpeg(
    parts: Sequence[str | Path],
    *,
    timeout_s: float = 600,
    cwd: Path | None = None,
    on_line: Callable[[str], None] | None = None,
    limits: Limits | None = None,
) -> None:
    """Run ffmpeg to its end; `on_line` gets every line that it writes to standard output.

    `limits` bound what it uses, for files that nobody here has made.

    Raises:
        FfmpegFailed: with the exit code and the last lines it printed; also when it took too long.
        WorkFolderFull: no room for what it makes.
    """
    guard, command = await asyncio.to_thread(_command, parts)
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *guard, *(limits.prefix() if limits else ()), *command, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE if on_line else asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE, cwd=cwd,
        )
    )  # fmt: skip
    try:
        process = await _for_certain(starting)
        async with asyncio.timeout(timeout_s):
            stderr = await _listen(process, on_line)
    except TimeoutError as exc:
        raise FfmpegFailed(
            f"ffmpeg took longer than {timeout_s:.0f} s", details={"command": command}
        ) from exc
    finally:
        await _end(starting)
    if process.returncode:
        raise _failure(command, process.returncode, stderr)


def _command(parts: Sequence[str | Path]) -> tuple[tuple[str, ...], list[str]]:
    """What runs; in a thread, because the first call looks for the programs on the disk."""
    return _dies_with_us(), arguments(*parts)


@lru_cache(maxsize=1)
def _dies_with_us() -> tuple[str, ...]:
    """A prefix that ends ffmpeg when this process is killed outright; nothing where there is no such tool."""
    tool = shutil.which("setpriv")
    return (tool, "--pdeathsig", "KILL") if tool else ()


async def _listen(process: asyncio.subprocess.Process, on_line: Callable[[str], None] | None) -> bytes:
    """Read both outputs to their end; whoever leaves one unread blocks the process."""
    if on_line is None or process.stdout is None or process.stderr is None:
        return (await process.communicate())[1]
    reading = asyncio.ensure_future(process.stderr.read())
    try:
        async for line in process.stdout:
            on_line(line.decode("utf-8", "replace").rstrip())
        stderr = await reading
    finally:
        reading.cancel()
    await process.wait()
    return stderr


async def _end(starting: "asyncio.Future[asyncio.subprocess.Process]") -> None:
    """A caller that was cancelled must not leave an ffmpeg behind."""
    if starting.exception() is not None:
        return
    process = starting.result()
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await _for_certain(asyncio.ensure_future(process.wait()))


async def _for_certain(work: "asyncio.Future[T]") -> T:
    """Wait for what must not be left half done, however often the caller is cancelled; then tell it so."""
    told: asyncio.CancelledError | None = None
    while not work.done():
        try:
            await asyncio.wait([work])
        except asyncio.CancelledError as exc:
            told = exc
    if told is not None:
        raise told
    return work.result()


def _failure(command: list[str], code: int | None, stderr: bytes) -> FfmpegFailed | WorkFolderFull:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    if room := next((line for line in lines if says_full(line)), None):
        return WorkFolderFull(f"there is no room left for what ffmpeg makes: {_WHO.sub('', room)}")
    # The first line names the cause; those after it only tell how everything else gave up.
    cause = _WHO.sub("", lines[0]) if lines else "no message"
    return FfmpegFailed(
        f"ffmpeg ended with code {code}: {cause}",
        details={"command": command, "exit_code": code, "last_lines": lines[-LAST_LINES:]},
    )
