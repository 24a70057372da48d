"""From a timeline to the master: sound and picture side by side, each encoded once, then joined by copy.

The sound is brought to its loudness and measured before it is joined, so that nothing has
to be corrected after the long part, which is the picture.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path

import numpy as np

from state.errors import PostError
from state.timeline import DeliveryFacts, Timeline
from tools.ending import end_tasks, to_its_end
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.post.captions import place_fonts
from tools.post.encode import MASTER
from tools.post.looks.cube import Cube, parse_cube
from tools.post.loudness import RATE_HZ, Samples
from tools.post.measure import (
    LUFS_TARGET,
    PEAK_CEILING_DBTP,
    SILENT_LUFS,
    Loudness,
    measure,
    measure_loudness,
)
from tools.post.mix import mix_down, plan_sound, samples_at, sound_keys
from tools.post.picture import picture_keys
from tools.post.piece import Film
from tools.post.pieces import check_pace, join_input, make_pieces
from tools.post.shaping import lut_keys
from tools.post.sources import Source, open_picture, open_sound
from tools.post.titles import Label, write_words
from tools.work_folder import work_folder

PICTURE_SHARE = 0.97
"""How much of the progress the picture is; joining and measuring are the rest."""
_TRIES = 8
_LUFS_NEAR = 0.2
_MAX_GAIN_DB = 40.0
"""More would lift a nearly silent track to noise."""
_RAW = ("-f", "f32le", "-ar", str(RATE_HZ), "-ch_layout", "stereo")
_INPUTS_AT_ONCE = 24

Progress = Callable[[float], None]


async def render_master(
    timeline: Timeline,
    *,
    resolve: Callable[[str], Path],
    into: Path,
    work: Path,
    progress: Progress | None = None,
    burn_captions: bool = True,
    label: Label | None = None,
) -> DeliveryFacts:
    """Render the timeline to the file `into`, which appears complete or not at all.

    `resolve` turns a media key into a local path; `work` is where temporary files may lie;
    `progress` gets shares from 0 to 1; `label` is burned into a corner. Picture: H.264, yuv420p,
    BT.709, constant rate. Sound: AAC, 48 kHz, stereo, -14 LUFS, at most -1 dBTP.

    Raises:
        MediaMissing: a file of the timeline is not there.
        PostError: the timeline cannot be rendered; `FfmpegFailed` when it is ffmpeg that says so.
    """
    if not burn_captions:
        timeline = timeline.model_copy(update={"captions": []})
    if timeline.length == 0:
        raise PostError("The timeline is empty")
    report = progress or (lambda share: None)
    partial = await asyncio.to_thread(_prepare, into, work)
    async with work_folder("master", inside=work) as folder:
        try:
            facts = await _render(timeline, resolve, folder, partial, report, label)
            await asyncio.to_thread(partial.replace, into)
        finally:
            await asyncio.to_thread(partial.unlink, missing_ok=True)
    report(1.0)
    return facts


def _prepare(into: Path, work: Path) -> Path:
    """Make both folders; the partial file lies beside the finished one, so that the rename is atomic."""
    into.parent.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    return into.absolute().with_name(f".{into.name}.part")


async def _render(
    timeline: Timeline, resolve: Callable[[str], Path], folder: Path, partial: Path, report: Progress,
    label: Label | None,
) -> DeliveryFacts:  # fmt: skip
    pictures = {key: await open_picture(resolve(key)) for key in picture_keys(timeline)}
    sounds = {key: await open_sound(resolve(key)) for key in sound_keys(timeline)}
    luts = {key: await _table(resolve(key)) for key in lut_keys(timeline)}
    words, fonts = await asyncio.to_thread(_worded, timeline, folder, label)
    film = Film(timeline=timeline, sources=pictures, luts=luts, encoding=MASTER, words=words, fonts=fonts)
    report(0.0)
    await _side_by_side(
        _render_sound(timeline, sounds, folder),
        _render_picture(film, folder, report),
    )
    await run_ffmpeg(_join_command(folder, partial))
    await check_pace(partial, frames=timeline.length, fps=timeline.fps)
    return await measure(partial)


async def _table(path: Path) -> Cube:
    return parse_cube(await asyncio.to_thread(path.read_bytes))


async def _side_by_side(*work: Coroutine[None, None, None]) -> None:
    """Both to their end; one that fails stops the other. The mix uses the cores that a coder leaves idle."""
    tasks = [asyncio.create_task(part) for part in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        await end_tasks(tasks)


async def _render_sound(timeline: Timeline, sources: Mapping[str, Source], folder: Path) -> None:
    """Mix all sound into `sound.m4a`, at its loudness."""
    raw = folder / "mix.f32"
    media = await decode_sounds(sources, folder)
    # A thread goes on when nobody waits for it, and would write into a folder that is being tidied up.
    await to_its_end(asyncio.to_thread(_mix, timeline, media, raw))
    heard = await measure_loudness(raw, *_RAW)
    gain_db = min(LUFS_TARGET + timeline.gain_db - heard.integrated_lufs, _MAX_GAIN_DB)
    if heard.integrated_lufs <= SILENT_LUFS:
        gain_db = 0.0
    await _encode_sound(timeline, raw, folder / "sound.m4a", gain_db)


async def decode_sounds(sources: Mapping[str, Source], folder: Path) -> dict[str, Samples]:
    """Every sound as 48 kHz stereo samples, mapped from disk so that long ones cost no memory."""
    media: dict[str, Samples] = {}
    keys = list(sources)
    for first in range(0, len(keys), _INPUTS_AT_ONCE):
        some = keys[first : first + _INPUTS_AT_ONCE]
        inputs = [part for key in some for part in sources[key].arguments()]
        outputs: list[str | Path] = []
        for number in range(len(some)):
            outputs += ["-map", f"{number}:a:0", "-ar", str(RATE_HZ), "-ac", "2", "-f", "f32le"]
            outputs.append(folder / f"sound{first + number}.f32")
        await run_ffmpeg([*inputs, *outputs])
        for number, key in enumerate(some, start=first):
            media[key] = _mapped(folder / f"sound{number}.f32")
    return media


def _mapped(path: Path) -> Samples:
    count = path.stat().st_size // 8
    return np.memmap(path, np.float32, "r", shape=(count, 2)) if count else np.zeros((0, 2), np.float32)


def _mix(timeline: Timeline, media: Mapping[str, Samples], raw: Path) -> None:
    shape = (samples_at(timeline.length, timeline.fps), 2)
    out = np.memmap(raw, np.float32, "w+", shape=shape)
    mix_down(plan_sound(timeline), media, out)
    out.flush()


async def _encode_sound(timeline: Timeline, raw: Path, into: Path, gain_db: float) -> None:
    """Gain and limiter, then measure what the coder made of it and correct that.

    Sound that cannot be brought there, such as single clicks in silence, is left as near
    as it came: the quality report is what blocks a delivery.
    """
    ceiling_db = PEAK_CEILING_DBTP - 0.5
    tried: list[tuple[float, float]] = []
    for _ in range(_TRIES):
        await run_ffmpeg(_sound_command(timeline, raw, into, gain_db=gain_db, ceiling_db=ceiling_db))
        heard = await measure_loudness(into)
        if _good(heard, gain_db, LUFS_TARGET + timeline.gain_db):
            return
        tried.append((gain_db, heard.integrated_lufs))
        gain_db = _next_gain(tried, LUFS_TARGET + timeline.gain_db)
        if heard.true_peak_dbtp > PEAK_CEILING_DBTP:
            ceiling_db -= heard.true_peak_dbtp - PEAK_CEILING_DBTP + 0.1


def _next_gain(tried: Sequence[tuple[float, float]], target: float) -> float:
    """The gain to try next, from what each gain gave.

    A limiter that works hard gives back only part of what is added, so the answer is
    first caught between two tries and then interpolated.
    """
    gain_db, lufs = tried[-1]
    if abs(target - lufs) <= _LUFS_NEAR:
        return gain_db
    low = max((pair for pair in tried if pair[1] < target), default=None)
    high = min((pair for pair in tried if pair[1] >= target), default=None)
    if low and high and low[0] < high[0]:
        share = (target - low[1]) / (high[1] - low[1])
        return low[0] + (high[0] - low[0]) * share
    eager = 1.0 if len(tried) == 1 else 2.0
    return min(gain_db + (target - lufs) * eager, _MAX_GAIN_DB)


def _good(heard: Loudness, gain_db: float, target: float) -> bool:
    near = abs(heard.integrated_lufs - target) <= _LUFS_NEAR
    quiet = heard.integrated_lufs <= SILENT_LUFS or gain_db >= _MAX_GAIN_DB
    return (near or quiet) and heard.true_peak_dbtp <= PEAK_CEILING_DBTP


def _sound_command(
    timeline: Timeline, raw: Path, into: Path, *, gain_db: float, ceiling_db: float
) -> Sequence[str | Path]:
    # Limiting at four times the rate catches the peaks between the samples.
    limit = f"alimiter=limit={10 ** (ceiling_db / 20):.6f}:attack=4:release=80:level=0:latency=1"
    length = samples_at(timeline.length, timeline.fps)
    graph = (
        f"volume={gain_db:.3f}dB,aresample={RATE_HZ * 4},{limit},aresample={RATE_HZ},"
        f"apad=whole_len={length},atrim=end_sample={length}"
    )
    # Without perceptual noise substitution the coder keeps the peaks that the limiter left.
    return [
        *_RAW, "-i", raw, "-af", graph, "-c:a", "aac", "-b:a", "256k", "-aac_pns", "0",
        "-map_metadata", "-1", "-fflags", "+bitexact", "-f", "mp4", into,
    ]  # fmt: skip


async def _render_picture(film: Film, folder: Path, report: Progress) -> None:
    """Make all frames, as pieces that `_join_command` joins."""
    await make_pieces(film, folder, lambda share: report(share * PICTURE_SHARE))


def _worded(timeline: Timeline, folder: Path, label: Label | None) -> tuple[str, Path | None]:
    """Everything that is burned in, and the fonts that it needs."""
    if not (timeline.captions or timeline.titles or label):
        return "", None
    write_words(timeline, folder / "film.ass", label)
    said, titles = [cue.text for cue in timeline.captions], [title.text for title in timeline.titles]
    place_fonts(folder / "fonts", said, titles=titles + ([label.text] if label else []))
    return (folder / "film.ass").read_bytes().decode(), folder / "fonts"


def _join_command(folder: Path, into: Path) -> list[str | Path]:
    return [
        *join_input(folder), *local_input(folder / "sound.m4a", "-f", "mov"),
        "-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-map_metadata", "-1", "-fflags", "+bitexact",
        "-movflags", "+faststart", "-f", "mp4", into,
    ]  # fmt: skip
