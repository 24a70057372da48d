"""How fast the beats of a sound are found, and whether they are the true ones.

The floor is what no tracker can do without: one Fourier transform of each window of the same sound. Both are
measured in turns, in processor time.

    python -m benchmarks.beats              # prints a table, exits 1 when a bound is broken
"""

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from tests import other_songs, songs
from tools.post.beats import find_rhythm
from tools.post.onsets import FRAMES_PER_S

TURNS = 5
SECONDS = 60.0
MOST_TIMES = 6.0
"""Of the floor's processor time."""
MOST_TIMES_LONGER = 1.3
"""Per second of a sound that is ten times as long: it must not get slower with its length."""
MOST_MIB = 120
"""On top of the samples, for ten minutes: it is read in blocks."""
FOUND = 0.95
HELD_OUT = range(2000, 2010)


def main() -> int:
    minute = songs.song(7, seconds=SECONDS, pattern="funk").samples
    long = np.tile(minute, 10)
    floor, ours, longer = [], [], []
    for _ in range(TURNS):
        floor.append(_cpu_s(lambda: _transforms(minute)))
        ours.append(_cpu_s(lambda: find_rhythm(minute, songs.RATE_HZ)))
        longer.append(_cpu_s(lambda: find_rhythm(long, songs.RATE_HZ)) / 10)
    times = statistics.median(here / there for here, there in zip(ours, floor, strict=True))
    slower = statistics.median(here / there for here, there in zip(longer, ours, strict=True))
    memory, found = _memory_mib(long), _found()
    _print(
        [
            ("transforms alone, s for 60 s", statistics.median(floor), None),
            ("beats, s for 60 s", statistics.median(ours), None),
            ("times the transforms", times, MOST_TIMES),
            ("times slower per second of ten minutes", slower, MOST_TIMES_LONGER),
            ("MiB for ten minutes", memory, MOST_MIB),
            ("share of true beats missed, other songs", 1 - found[0], 1 - FOUND),
            ("share of told beats that are wrong", 1 - found[1], 1 - FOUND),
        ]
    )
    broken = times > MOST_TIMES or slower > MOST_TIMES_LONGER or memory > MOST_MIB or min(found) < FOUND
    return int(broken)


def _transforms(samples: NDArray[np.float32]) -> None:
    """The floor: windows of 1024 samples a hundred times a second, transformed a thousand at once."""
    starts = np.arange(0, len(samples) - 1024, songs.RATE_HZ / FRAMES_PER_S).astype(int)
    windows = np.lib.stride_tricks.sliding_window_view(samples, 1024)
    for first in range(0, len(starts), 1000):
        np.fft.rfft(windows[starts[first : first + 1000]], axis=1)


def _cpu_s(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _memory_mib(samples: NDArray[np.float32]) -> float:
    tracemalloc.start()
    find_rhythm(samples, songs.RATE_HZ)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _found() -> tuple[float, float]:
    """Shares of true beats found and of told beats that are true, of songs that nothing was tuned on."""
    told = []
    for seed in HELD_OUT:
        played = other_songs.other_song(seed)
        rhythm = find_rhythm(played.samples, other_songs.RATE_HZ)
        hits = songs.compared(np.array(rhythm.beats_s), played.beats_s)
        told.append((hits.recall, hits.precision))
    recall, precision = np.mean(told, axis=0)
    return float(recall), float(precision)


def _print(rows: list[tuple[str, float, float | None]]) -> None:
    table = Table("", "measured", "bound")
    for name, value, bound in rows:
        table.add_row(name, f"{value:.3f}", "" if bound is None else f"{bound:.2f}")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
