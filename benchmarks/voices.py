"""How fast the voice speaks, and what it takes: per language, and how best to use the cores.

The real-time factor is seconds of work for a second of speech. Two ways to use two cores are
compared: one process with two threads for its sums, and two processes with one thread each
that share the lines between them.

    python -m benchmarks.voices              # prints tables, exits 1 when a target is missed
"""

import asyncio
import os
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from state.order import VoiceRequest
from tools.engines.previz.casting import voices_for
from tools.engines.previz.voice import voice_job
from tools.engines.previz.voice_process import VoiceProcess

LINES = Path(__file__).with_name("lines.toml")
SLOWEST = 1.0
"""The target: no slower than it is listened to, on two cores that nothing else needs."""
TAKEN = 8
"""Lines per language: more do not move the figures."""


@dataclass(frozen=True)
class Spoken:
    """What some lines took."""

    work_s: float
    cpu_s: float
    speech_s: float


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="greenlight-voices-") as folder:
        return asyncio.run(_measured(Path(folder)))


async def _measured(folder: Path) -> int:
    requests = _requests()
    first = VoiceProcess(folder)
    load_s = await _timed_start(first, requests["en"][0], folder)
    by_language = {language: await _spoken([first], lines, folder) for language, lines in requests.items()}
    peak_mb = _peak_mb(first)
    first.close()
    ways = {}
    every = [line for lines in requests.values() for line in lines]
    for name, processes, threads in (("1 process, 2 threads", 1, 2), ("2 processes, 1 thread", 2, 1)):
        pool = [VoiceProcess(folder, threads=threads) for _ in range(processes)]
        for one in pool:
            await _timed_start(one, requests["en"][0], folder)
        ways[name] = await _spoken(pool, every, folder)
        for one in pool:
            one.close()
    _print(by_language, ways, load_s=load_s, peak_mb=peak_mb)
    return int(any(one.work_s / one.speech_s > SLOWEST for one in by_language.values()))


def _requests() -> dict[str, list[VoiceRequest]]:
    return {
        language: [
            VoiceRequest(
                provider="previz", model="kokoro-82m", text=text, language=language,  # type: ignore[arg-type]
                voice_id=voices_for(language)[number % 7],  # type: ignore[arg-type]
            )
            for number, text in enumerate(lines[:TAKEN])
        ]
        for language, lines in tomllib.loads(LINES.read_text("utf-8")).items()
    }  # fmt: skip


async def _timed_start(process: VoiceProcess, request: VoiceRequest, folder: Path) -> float:
    """From nothing to the first spoken line."""
    began = time.perf_counter()
    await process.speak(voice_job(request, folder))
    return time.perf_counter() - began


async def _spoken(pool: list[VoiceProcess], requests: list[VoiceRequest], folder: Path) -> Spoken:
    waiting = list(requests)
    seconds: list[float] = []

    async def work(process: VoiceProcess) -> None:
        while waiting:
            extra = await process.speak(voice_job(waiting.pop(0), folder))
            seconds.append(float(extra["duration_s"]))

    began, cpu = time.perf_counter(), _cpu_s(pool)
    await asyncio.gather(*(work(process) for process in pool))
    return Spoken(time.perf_counter() - began, _cpu_s(pool) - cpu, sum(seconds))


def _cpu_s(pool: list[VoiceProcess]) -> float:
    return sum(sum(psutil.Process(one.pid).cpu_times()[:2]) for one in pool)


def _peak_mb(process: VoiceProcess) -> float:
    """The most memory the process ever held."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        kilobytes = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(kilobytes.split()[1]) / 1024
    return psutil.Process(process.pid).memory_info().rss / 2**20


def _print(by_language: dict[str, Spoken], ways: dict[str, Spoken], *, load_s: float, peak_mb: float) -> None:
    table = Table("what", "speech", "work", "real-time factor", "processor per second of speech",
                  title=f"voices on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    for name, one in (by_language | ways).items():
        table.add_row(
            name, f"{one.speech_s:.1f} s", f"{one.work_s:.1f} s", f"{one.work_s / one.speech_s:.2f}",
            f"{one.cpu_s / one.speech_s:.2f} s",
        )  # fmt: skip
    console = Console(width=110)
    console.print(table)
    console.print(
        f"start to first line {load_s:.1f} s, model joined and checked; peak memory {peak_mb:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
