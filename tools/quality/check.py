"""The whole report of one master: three readers side by side, then every detector."""

import asyncio
import hashlib
import threading
from pathlib import Path
from typing import get_args

import numpy as np

from tools.ending import end_tasks
from tools.quality.black import find_black
from tools.quality.cadence import find_cadence
from tools.quality.captions import find_captions, find_unsafe
from tools.quality.clipping import find_clipping
from tools.quality.container import FileFacts, read_facts
from tools.quality.cuts import find_cuts
from tools.quality.flashes import find_flashes
from tools.quality.frozen import find_frozen
from tools.quality.limits import Limits, limits
from tools.quality.loudness import find_loudness
from tools.quality.picture import PictureTrace, look
from tools.quality.plan import Plan
from tools.quality.promised import find_broken, find_colours, find_container, promises
from tools.quality.report import CheckName, Curves, Finding, Promise, QualityReport
from tools.quality.silence import find_silence
from tools.quality.sound import Metered, SoundTrace, listen
from tools.quality.stereo import find_offset, find_stereo
from tools.safe_areas import areas_for
from tools.work_folder import work_folder

CHECKS: tuple[CheckName, ...] = get_args(CheckName)
_HEARD: frozenset[CheckName] = frozenset(
    ("loudness", "peak", "range", "silence", "clipping", "stereo", "offset")
)
_WAVE_POINTS = 600
_FOLLOWS_FRAMES = 12


async def check_master(path: Path, plan: Plan, *, demuxer: str = "mov") -> QualityReport:
    """Look at a finished file and hold it against its plan.

    Raises:
        PostError: it cannot be opened or decoded to its end; FfmpegFailed where it is ffmpeg that says so.
        WorkFolderFull: no room for its samples.
    """
    rules = limits()
    facts = await asyncio.to_thread(read_facts, path, demuxer)
    async with work_folder("quality") as work:
        seen, heard = await _both(path, demuxer, facts, plan, rules, work)
        return await asyncio.to_thread(_report, path, plan, facts, seen, heard, rules)


async def _both(
    path: Path, demuxer: str, facts: FileFacts, plan: Plan, rules: Limits, work: Path
) -> tuple[PictureTrace, SoundTrace | None]:
    """Picture and sound at the same time. A reader that nobody waits for any more is told to stop."""
    stop = threading.Event()
    looking = asyncio.create_task(asyncio.to_thread(look, path, demuxer, rules, plan.boxes, stop))
    try:
        heard = await listen(path, demuxer, facts.audio_channels, work) if facts.audio_codec else None
        return await looking, heard
    finally:
        stop.set()
        await end_tasks([looking])


def _report(
    path: Path, plan: Plan, facts: FileFacts, seen: PictureTrace, heard: SoundTrace | None, rules: Limits
) -> QualityReport:
    rows = promises(facts, plan, seen.frames)
    found = [
        *find_broken(rows, facts),
        *find_container(facts, rules.container),
        *find_colours(facts),
        *(_of_picture(seen, plan, rules) if seen.frames else []),
        *(_of_sound(heard, plan, rules) if heard else []),
        *find_captions(plan, rules.captions),
        *find_unsafe(plan.boxes, areas_for((plan.width, plan.height), plan.platform)),
    ]
    return QualityReport(
        limits=rules.edition, sha256=_digest(path), duration_s=facts.video_s,
        checked=[check for check in CHECKS if heard or check not in _HEARD],
        findings=found, promises=[*rows, *(_sound_rows(heard.metered, plan, rules) if heard else [])],
        target_lufs=rules.loudness.targets[plan.standard],
        integrated_lufs=heard.metered.integrated_lufs if heard else None,
        range_lu=heard.metered.range_lu if heard else None,
        peak_dbtp=heard.metered.peak_dbtp if heard else None,
        curves=_curves(heard) if heard else Curves(),
    )  # fmt: skip


def _of_picture(seen: PictureTrace, plan: Plan, rules: Limits) -> list[Finding]:
    """A black, frozen or flashing span is told once: that it cuts and repeats goes without saying."""
    broken = [
        *find_black(seen, plan, rules.picture),
        *find_frozen(seen, plan, rules.picture),
        *find_flashes(seen.flashes, seen.red_flashes, rules.flashes.most_in_1_s),
    ]
    margin_s = _FOLLOWS_FRAMES / plan.fps
    spans = [(one.start_s - margin_s, one.end_s + margin_s) for one in broken if one.start_s is not None
             and one.end_s is not None]  # fmt: skip
    rest = [*find_cuts(seen, plan, rules.cuts), *find_cadence(seen, plan, rules.picture)]
    return [*broken, *(one for one in rest if not _follows(one, spans))]


def _follows(one: Finding, spans: list[tuple[float, float]]) -> bool:
    start = one.start_s if one.start_s is not None else -1.0
    return one.light != "RED" and any(begin <= start <= end for begin, end in spans)


def _of_sound(heard: SoundTrace, plan: Plan, rules: Limits) -> list[Finding]:
    return [
        *find_loudness(heard.metered, plan, rules.loudness),
        *find_silence(heard, plan, rules.sound),
        *find_clipping(heard, rules.sound),
        *find_stereo(heard, rules.sound),
        *find_offset(heard, rules.sound),
    ]


def _sound_rows(metered: Metered, plan: Plan, rules: Limits) -> list[Promise]:
    """What the meter says, for the table; its findings are those of `find_loudness`."""
    broken = {finding.check for finding in find_loudness(metered, plan, rules.loudness)}
    limit = rules.loudness
    rows: list[tuple[CheckName, str, str, str]] = [
        ("loudness", "loudness", f"{limit.targets[plan.standard]:.0f} LUFS ± {limit.tolerance_lu:.1f}",
         f"{metered.integrated_lufs:.1f} LUFS" if metered.integrated_lufs > limit.silent_lufs else "silent"),
        ("peak", "true peak", f"at most {limit.peak_dbtp:.1f} dBTP", f"{metered.peak_dbtp:.1f} dBTP"),
        ("range", "loudness range", f"at most {limit.range_lu:.0f} LU", f"{metered.range_lu:.1f} LU"),
    ]  # fmt: skip
    return [
        Promise(name=name, promised=one, delivered=other, kept=check not in broken)
        for check, name, one, other in rows
    ]


def _curves(heard: SoundTrace) -> Curves:
    """Small enough for a page: the loudness each tenth of a second, the wave as so many peaks."""
    loudest = heard.peaks.max(axis=1) if len(heard.peaks) else np.zeros(1, np.float32)
    parts = np.array_split(loudest, min(_WAVE_POINTS, len(loudest)))
    return Curves(
        momentary_lufs=[round(value, 1) for value in heard.metered.momentary_lufs],
        wave=[round(min(1.0, float(part.max())), 3) for part in parts],
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
