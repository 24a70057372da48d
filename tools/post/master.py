"""From a timeline to the master: sound and picture side by side, each encoded once, then joined by copy.

The sound is brought to its loudness and measured before it is joined, so that nothing has
to be corrected after the long part, which is the picture.
"""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

from state.errors import PostError
from state.timeline import DeliveryFacts, Timeline
from tools.ending import end_tasks
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.post.encode import MASTER_FORM, FileForm
from tools.post.looks.cube import Cube, parse_cube
from tools.post.master_sound import render_sound
from tools.post.measure import measure
from tools.post.mix import sound_keys
from tools.post.over import lay_over
from tools.post.picture import picture_keys
from tools.post.piece import Film, file_digest, sound_digest
from tools.post.piece_cache import PieceCache
from tools.post.pieces import Pieces, check_pace, join_input, make_pieces
from tools.post.shaping import lut_keys
from tools.post.sources import open_picture, open_sound
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
    cache: PieceCache | None = None,
    tell: Callable[[Pieces], None] | None = None,
) -> DeliveryFacts:
    """Render the timeline to the file `into`, which appears complete or not at all.

    `resolve` turns a media key into a local path; `work` is where temporary files may lie;
    `progress` gets shares from 0 to 1; `label` is burned into a corner. `form` says how both are encoded and
    how loud it is: else H.264, yuv420p, BT.709, constant rate, and AAC, 48 kHz, stereo, -14 LUFS. The true
    peak is -1 dBTP at most. What lies in `cache` is not rendered again; `tell` hears how much that was.

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
            film = await _opened(timeline, resolve, folder, label, form, kept=cache is not None)
            pieces, facts = await _render(film, folder, partial, report, form, cache)
            await asyncio.to_thread(partial.replace, into)
        finally:
            await asyncio.to_thread(partial.unlink, missing_ok=True)
    report(1.0)
    if tell is not None:
        tell(pieces)
    return facts


def _prepare(into: Path, work: Path) -> Path:
    """Make both folders; the partial file lies beside the finished one, so that the rename is atomic."""
    into.parent.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    return into.absolute().with_name(f".{into.name}.part")


async def _opened(
    timeline: Timeline, resolve: Callable[[str], Path], folder: Path, label: Label | None, form: FileForm,
    *, kept: bool,
) -> Film:  # fmt: skip
    """Everything that the film is made of; with the digests of all files, where pieces of it are kept."""
    pictures = {key: await open_picture(resolve(key)) for key in picture_keys(timeline)}
    sounds = {key: await open_sound(resolve(key)) for key in sound_keys(timeline)}
    luts = {key: await _table(resolve(key)) for key in lut_keys(timeline)}
    paths = {key: source.path for key, source in {**pictures, **sounds}.items()} if kept else {}
    digests = {key: await asyncio.to_thread(file_digest, path) for key, path in paths.items()}
    over = await lay_over(timeline, resolve, folder, label)
    return Film(
        timeline=timeline, sources={**pictures, **over.sources}, sounds=sounds, luts=luts,
        encoding=form.picture, words=over.words, fonts=over.fonts, logos=over.logos, digests=digests,
    )  # fmt: skip


async def _render(
    film: Film, folder: Path, partial: Path, report: Progress, form: FileForm, cache: PieceCache | None
) -> tuple[Pieces, DeliveryFacts]:
    report(0.0)
    _, pieces = await _side_by_side(
        _sound(film, folder, form, cache), _render_picture(film, folder, report, cache)
    )
    await run_ffmpeg(_join_command(folder, partial, form))
    await check_pace(partial, frames=film.timeline.length, fps=film.timeline.fps)
    facts = await measure(partial)
    return pieces, facts.model_copy(update={"warnings": list(pieces.warnings)})


async def _table(path: Path) -> Cube:
    return parse_cube(await asyncio.to_thread(path.read_bytes))


async def _side_by_side(
    sound: Coroutine[None, None, None], picture: Coroutine[None, None, Pieces]
) -> tuple[None, Pieces]:
    """Both to their end; one that fails stops the other. The mix uses the cores that a coder leaves idle."""
    tasks = asyncio.create_task(sound), asyncio.create_task(picture)
    try:
        return await asyncio.gather(*tasks)
    finally:
        await end_tasks(tasks)


async def _sound(film: Film, folder: Path, form: FileForm, cache: PieceCache | None) -> None:
    """Make the sound, or take what is kept of the same sounds at the same levels."""
    into = folder / form.sound.name
    digest = sound_digest(film, form)
    if cache is not None and await asyncio.to_thread(cache.take, digest, into):
        return
    await render_sound(film.timeline, film.sounds, folder, lufs=form.lufs, encoding=form.sound)
    if cache is not None:
        await asyncio.to_thread(cache.keep, digest, into)


async def _render_picture(film: Film, folder: Path, report: Progress, cache: PieceCache | None) -> Pieces:
    """Make all frames, as pieces that `_join_command` joins."""
    return await make_pieces(film, folder, lambda share: report(share * PICTURE_SHARE), cache=cache)


def _join_command(folder: Path, into: Path, form: FileForm) -> list[str | Path]:
    return [
        *join_input(folder), *local_input(folder / form.sound.name, "-f", form.demuxer),
        "-map", "0:v:0", "-map", "1:a:0", "-c", "copy", *form.ending(), into,
    ]  # fmt: skip
