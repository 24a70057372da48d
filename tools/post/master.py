"""From a timeline to the master: sound and picture side by side, each encoded once, then joined by copy.

The sound is brought to its loudness and measured before it is joined, so that nothing has
to be corrected after the long part, which is the picture.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path

from state.errors import FfmpegFailed, PostError
from state.timeline import DeliveryFacts, Timeline
from tools.ending import end_tasks
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.probe import frames_of
from tools.post.encode import MASTER_FORM, Encoding, FileForm
from tools.post.looks.cube import Cube, parse_cube
from tools.post.master_sound import render_sound
from tools.post.measure import measure
from tools.post.mix import sound_keys
from tools.post.over import lay_over
from tools.post.picture import picture_keys, plan_picture
from tools.post.shaping import lut_keys
from tools.post.sources import Source, open_picture, open_sound
from tools.post.titles import Label
from tools.work_folder import work_folder

PICTURE_SHARE = 0.97
"""How much of the progress the picture is; joining and measuring are the rest."""

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
    form: FileForm = MASTER_FORM,
) -> DeliveryFacts:
    """Render the timeline to the file `into`, which appears complete or not at all.

    `resolve` turns a media key into a local path; `work` is where temporary files may lie;
    `progress` gets shares from 0 to 1; `label` is burned into a corner. `form` says how both are encoded and
    how loud it is: else H.264, yuv420p, BT.709, constant rate, and AAC, 48 kHz, stereo, -14 LUFS. The true
    peak is -1 dBTP at most.

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
            facts = await _render(timeline, resolve, folder, partial, report, label, form)
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
    label: Label | None, form: FileForm,
) -> DeliveryFacts:  # fmt: skip
    pictures = {key: await open_picture(resolve(key)) for key in picture_keys(timeline)}
    sounds = {key: await open_sound(resolve(key)) for key in sound_keys(timeline)}
    luts = {key: await _table(resolve(key)) for key in lut_keys(timeline)}
    report(0.0)
    await _side_by_side(
        _sound(timeline, sounds, folder, form),
        _render_picture(timeline, pictures, luts, folder, report, label, form.picture, resolve),
    )
    await run_ffmpeg(_join_command(folder, partial, form))
    frames = await frames_of(partial, demuxer=form.demuxer)
    if frames != timeline.length:
        raise FfmpegFailed(f"The master has {frames} frames instead of {timeline.length}")
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


async def _sound(timeline: Timeline, sounds: Mapping[str, Source], folder: Path, form: FileForm) -> None:
    await render_sound(timeline, sounds, folder, lufs=form.lufs, encoding=form.sound)


async def _render_picture(
    timeline: Timeline, sources: Mapping[str, Source], luts: Mapping[str, Cube], folder: Path,
    report: Progress, label: Label | None, encoding: Encoding, resolve: Callable[[str], Path],
) -> None:  # fmt: skip
    """Encode all frames into `picture.mp4`, whatever they are encoded as."""
    over = await lay_over(timeline, resolve, folder, label)
    sources = {**sources, **over.sources}
    plan = plan_picture(timeline, sources, words=bool(over.words), logos=over.logos, luts=luts)
    for name, table in {**plan.files, **({"words.ass": over.words} if over.words else {})}.items():
        await asyncio.to_thread((folder / name).write_text, table, "utf-8")
    (folder / "picture.graph").write_text(plan.graph, encoding="utf-8")
    inputs = [part for used in plan.inputs for part in sources[used.key].arguments(seek_s=used.seek_s)]

    def listen(line: str) -> None:
        if line.startswith("frame=") and line[6:].strip().isdigit():
            report(min(1.0, int(line[6:]) / timeline.length) * PICTURE_SHARE)

    await run_ffmpeg(
        [*inputs, *_picture_command(timeline, encoding), folder / "picture.mp4"],
        timeout_s=600 + timeline.duration_s * 20, cwd=folder, on_line=listen,
    )  # fmt: skip


def _picture_command(timeline: Timeline, encoding: Encoding) -> list[str]:
    return [
        "-/filter_complex", "picture.graph", "-map", "[picture]",
        *encoding.arguments(fps=timeline.fps, frames=timeline.length),
        "-progress", "pipe:1", "-stats_period", "0.5", "-f", encoding.container,
    ]  # fmt: skip


def _join_command(folder: Path, into: Path, form: FileForm) -> list[str | Path]:
    sound = folder / form.sound.name
    return [
        *local_input(folder / "picture.mp4", "-f", form.demuxer), *local_input(sound, "-f", form.demuxer),
        "-map", "0:v:0", "-map", "1:a:0", "-c", "copy", *form.ending(), into,
    ]  # fmt: skip
