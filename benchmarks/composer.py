"""What a master costs beside the best single ffmpeg command that gives the same, and what a change costs.

Processor seconds of the whole tree of processes, in turns, so that a busy machine is unfair to both; peak
memory of the same tree. The command by hand is our own graph of the whole film, with a loudness filter that
need not listen first; nobody looks at what it made.

    python -m benchmarks.composer              # prints a table, exits 1 when a bound is broken
    python -m benchmarks.composer joined long  # only these
    python -m benchmarks.composer /tmp/media   # with clips that lie there, or are made there for next time
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.composer_films import make_media

TURNS = {"joined": 5, "finished": 3, "large": 2}
BOUNDS = {"joined": 1.15, "finished": 1.2, "large": 1.2}
CHANGES = ("clip", "caption", "level")
CHANGED = 0.15
"""Of a full render of five minutes. Another level is all of the sound and no picture: it has no bound."""
MEMORY = 2.2
"""Times the peak of the command by hand: two pieces are made at once."""
LOOK_EVERY_S = 0.05


@dataclass(frozen=True)
class Took:
    """One render."""

    cpu_s: float
    wall_s: float
    peak_mib: float
    pieces: str = ""


def main(wanted: list[str]) -> int:
    """Measure what is named, or all; 1 when a bound is broken."""
    table = Table("", "by hand", "ours", "ratio", "bound", "pieces", title="masters, processor seconds")
    kept = []
    places, wanted = [one for one in wanted if "/" in one], [one for one in wanted if "/" not in one]
    with tempfile.TemporaryDirectory(prefix="greenlight-bench-", dir=places[0] if places else None) as place:
        folder = Path(place)
        media = Path(places[0]) if places else folder
        asyncio.run(make_media(media, large=not wanted or "large" in wanted))
        for path in media.iterdir() if places else ():
            if path.is_file():
                (folder / path.name).hardlink_to(path)
        for name in BOUNDS:
            if not wanted or name in wanted:
                kept.append(_against_the_hand(table, name, folder))
        if not wanted or "long" in wanted:
            kept.append(_changes(table, folder))
    Console(width=120).print(table)
    return int(not all(kept))


def _against_the_hand(table: Table, name: str, folder: Path) -> bool:
    by_hand, ours = [], []
    for turn in range(TURNS[name]):
        by_hand.append(_took("hand", name, folder, f"{name}-hand-{turn}.mp4"))
        ours.append(_took("ours", name, folder, f"{name}-ours-{turn}.mp4"))
    ratio = statistics.median(one.cpu_s / other.cpu_s for one, other in zip(ours, by_hand, strict=True))
    memory = statistics.median(
        one.peak_mib / other.peak_mib for one, other in zip(ours, by_hand, strict=True)
    )
    for told, figure in (("CPU s", "cpu_s"), ("wall s", "wall_s"), ("peak MiB", "peak_mib")):
        theirs, mine = (statistics.median(getattr(one, figure) for one in side) for side in (by_hand, ours))
        bound = {"cpu_s": f"{BOUNDS[name]}", "peak_mib": f"{MEMORY}" if name != "joined" else ""}
        table.add_row(f"{name}, {told}", f"{theirs:.1f}", f"{mine:.1f}", f"{mine / theirs:.2f}",
                      bound.get(figure, ""), ours[-1].pieces)  # fmt: skip
    return ratio <= BOUNDS[name] and (memory <= MEMORY or name == "joined")


def _changes(table: Table, folder: Path) -> bool:
    """Five minutes whole, then with one thing changed at a time."""
    whole = _took("ours", "long", folder, "long.mp4")
    table.add_row("five minutes, CPU s", "", f"{whole.cpu_s:.1f}", "1", "", whole.pieces)
    kept = []
    for change in CHANGES:
        again = _took("ours", f"long:{change}", folder, f"long-{change}.mp4")
        ratio = again.cpu_s / whole.cpu_s
        kept.append("encoded" not in again.pieces if change == "level" else ratio <= CHANGED)
        table.add_row(f"one {change} changed, CPU s", f"{whole.cpu_s:.1f} (whole)", f"{again.cpu_s:.1f}",
                      f"{ratio:.3f}", "" if change == "level" else f"{CHANGED}", again.pieces)  # fmt: skip
    return all(kept)


def _took(side: str, name: str, folder: Path, into: str) -> Took:
    command = [sys.executable, "-m", "benchmarks.composer_side", side, name, folder, folder / into]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE)
    peaks: list[float] = [0.0]
    watching = threading.Thread(target=_watch, args=(process, peaks))
    watching.start()
    out, _ = process.communicate()
    watching.join()
    if process.returncode:
        raise SystemExit(f"{side} {name} failed")
    told = json.loads(out)
    pieces = ", ".join(f"{told[kind]} {kind}" for kind in ("encoded", "kept", "copied") if told.get(kind))
    return Took(told["cpu_s"], told["wall_s"], max(peaks), pieces)


def _watch(process: "subprocess.Popen[bytes]", peaks: list[float]) -> None:
    """Note what the process and all its children hold together, until it ends."""
    while process.poll() is None:
        try:
            family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
            peaks.append(sum(one.memory_info().rss for one in family) / 2**20)
        except psutil.NoSuchProcess:
            pass
        threading.Event().wait(LOOK_EVERY_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
