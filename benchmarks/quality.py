"""What the quality report of a master costs, in processor time.

The floor is what no report can do without: every frame decoded, the sound decoded and metered. Beside it
stand the quick looks that were made before there was one: loudness, silence, every other frame for black.
The report was to cost 1.3 times those, and does not: decoding every frame alone costs more than they do.

    python -m benchmarks.quality              # prints a table, exits 1 when a bound is broken
"""

import asyncio
import resource
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.post.measure import black_frames, measure, measure_loudness, silences
from tools.quality.check import check_master
from tools.quality.plan import Plan

TURNS = 3
SECONDS, FPS, SIZE = 60, 24, (1280, 720)
MOST_TIMES = 1.7
"""Of the floor's processor time."""
WISHED = 1.3
"""Of the quick looks; told, and no bound."""
PLAN = Plan(fps=FPS, width=SIZE[0], height=SIZE[1], frames=SECONDS * FPS)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        film = asyncio.run(_film(Path(folder)))
        turns = [
            [_cpu_s(lambda one=one: one(film)) for one in (_floor, _quick, _report)] for _ in range(TURNS)
        ]  # type: ignore[misc]
    floor, quick, report = (statistics.median(times) for times in zip(*turns, strict=True))
    ratio, wished = report / floor, report / quick
    table = Table("for 60 s at 720p", "processor time", "bound", box=None)
    table.add_row("every frame and the meter", f"{floor:.2f} s", "")
    table.add_row("the quick looks of before", f"{quick:.2f} s", "")
    table.add_row("the report", f"{report:.2f} s", "")
    table.add_row("against every frame and the meter", f"{ratio:.2f} times", f"{MOST_TIMES} times")
    table.add_row("against the quick looks", f"{wished:.2f} times", f"wished: {WISHED}")
    Console().print(table)
    return 1 if ratio > MOST_TIMES else 0


async def _film(folder: Path) -> Path:
    picture = f"testsrc2=s={SIZE[0]}x{SIZE[1]}:r={FPS}:d={SECONDS},noise=alls=3:allf=t"
    sound = f"anoisesrc=d={SECONDS}:c=pink:r=48000:a=0.3,pan=stereo|c0=c0|c1=c0"
    into = folder / "film.mp4"
    await run_ffmpeg(
        ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-c:v", "libx264", "-preset", "veryfast",
         "-crf", "22", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", into]
    )  # fmt: skip
    return into


async def _floor(film: Path) -> None:
    decoded = ["-skip_loop_filter", "all", "-f", "mov"]
    await run_ffmpeg([*local_input(film, *decoded), "-map", "0:v:0", "-f", "null", "-"])
    await measure_loudness(film)


async def _quick(film: Path) -> None:
    await measure(film)
    await silences(film)
    await black_frames(film)


async def _report(film: Path) -> None:
    await check_master(film, PLAN)


def _cpu_s(work: Callable[[], Awaitable[None]]) -> float:
    """Of this process and of those that it started."""
    before = _used_s()
    asyncio.run(work())  # type: ignore[arg-type]  # each is a coroutine
    return _used_s() - before


def _used_s() -> float:
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in each)


if __name__ == "__main__":
    sys.exit(main())
