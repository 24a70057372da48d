"""The clips and the cuts that `composer.py` renders, and the best single ffmpeg command for each of them."""

import asyncio
from pathlib import Path

from state.media import MediaRef
from state.timeline import Clip, Cue, Effect, Item, Timeline, TimeRange, Track, Transition
from tools.ffmpeg.command import run_ffmpeg
from tools.post.encode import MASTER
from tools.post.looks.cube import Cube, parse_cube
from tools.post.over import lay_over
from tools.post.picture import plan_picture
from tools.post.sources import Source, open_picture

FPS, HD, UHD = 24, (1280, 720), (3840, 2160)
CLIPS, CLIP_S, SHOWN = 12, 7, 120
MINUTES_5 = 60
"""Shots of five seconds."""
_TAGS = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
_AAC = ("-c:a", "aac", "-b:a", "256k", "-ar", "48000", "-movflags", "+faststart", "-f", "mp4")
_LOUD = "loudnorm=I=-14:TP=-1:LRA=11"
"""What brings a sound to its loudness in one command that does not know it beforehand."""


async def make_media(folder: Path, *, large: bool = True) -> None:
    """Twelve clips with sound, each of which differs from the others; two large ones, music, a LUT."""
    for number in range(CLIPS):
        await _clip(folder / f"c{number}.mp4", HD, number, SHOWN / FPS + 2)
        await _clip(folder / f"whole{number}.mp4", HD, number, SHOWN / FPS)
    for number in range(2 if large else 0):
        await _clip(folder / f"uhd{number}.mp4", UHD, number, 4)
    music = f"anoisesrc=d={MINUTES_5 * SHOWN / FPS}:c=pink:a=0.4:seed=3,tremolo=f=2:d=0.7"
    if not (folder / "music.wav").exists():
        await run_ffmpeg(["-f", "lavfi", "-i", music, "-ac", "2", "-f", "wav", folder / "music.wav"])
    (folder / "look.cube").write_text(_cube_text(), encoding="utf-8")
    listed = "".join(f"file whole{number}.mp4\n" for number in range(CLIPS))
    (folder / "joined.ffconcat").write_text(f"ffconcat version 1.0\n{listed}", encoding="utf-8")


async def _clip(path: Path, size: tuple[int, int], number: int, seconds: float) -> None:
    if await asyncio.to_thread(path.exists):
        return
    shown = f"testsrc2=s={size[0]}x{size[1]}:r={FPS}:d={seconds},hue=h={number * 30},noise=alls=4:allf=t"
    heard = f"sine=f={200 + 40 * number}:d={seconds},volume=0.5"
    await run_ffmpeg([
        "-f", "lavfi", "-i", f"{shown},{_TAGS}", "-f", "lavfi", "-i", heard, "-c:v", "libx264",
        "-preset", "ultrafast", "-bf", "2", "-crf", "23", "-pix_fmt", "yuv420p", "-g", str(FPS * 2),
        "-c:a", "aac", "-ac", "2", "-ar", "48000", "-shortest", "-f", "mp4", path,
    ])  # fmt: skip


def _cube_text() -> str:
    steps = [n / 16 for n in range(17)]
    rows = (f"{r**0.9:.6f} {g:.6f} {b**1.1:.6f}" for b in steps for g in steps for r in steps)
    return "LUT_3D_SIZE 17\n" + "\n".join(rows) + "\n"


def _ref(key: str, mime: str = "video/mp4") -> MediaRef:
    return MediaRef(key=key, mime=mime, sha256="0" * 64, size_bytes=1)


def _shot(key: str, length: int, start: int = 0) -> Clip:
    return Clip(name=key, media=_ref(key), source=TimeRange(start=start, length=length))


def _cut(picture: list[Item], size: tuple[int, int], sound: Track, **more: object) -> Timeline:
    tracks = [Track(name="picture", role="picture", items=picture), sound]
    made = Timeline(name="cut", fps=FPS, width=size[0], height=size[1], tracks=tracks)
    return made.model_copy(update=more)


def _music(length: int, gain_db: float = 0.0) -> Track:
    clip = Clip(name="music", media=_ref("music.wav", "audio/wav"), gain_db=gain_db,
                source=TimeRange(start=0, length=length))  # fmt: skip
    return Track(name="music", role="music", items=[clip])


def joined() -> Timeline:
    """Twelve clips as they are, with their own sound."""
    shots: list[Item] = [_shot(f"whole{number}.mp4", SHOWN) for number in range(CLIPS)]
    return _cut(shots, HD, Track(name="native", role="native", items=shots))


def finished() -> Timeline:
    """Twelve clips with crossfades, captions and a LUT over all of it."""
    shots: list[Item] = []
    for number in range(CLIPS):
        shots += [Transition(style="crossfade", length=12)] if number else []
        shots.append(_shot(f"c{number}.mp4", SHOWN))
    length = CLIPS * SHOWN - (CLIPS - 1) * 12
    cues = [Cue(start_s=3 * n + 0.5, end_s=3 * n + 2.7, text=f"A line that is number {n}") for n in range(17)]
    look = Effect(name="lut", media=_ref("look.cube", "application/octet-stream"))
    return _cut(shots, HD, _music(length), captions=cues, effects=[look])


def long_cut(change: str = "") -> Timeline:
    """Five minutes of sixty shots; every fifth crossfades; captions all along. `change` is what is edited."""
    shots: list[Item] = []
    for number in range(MINUTES_5):
        shots += [Transition(style="crossfade", length=12)] if number % 5 == 4 else []
        start = number // CLIPS * 9 + (1 if change == "clip" and number == 30 else 0)
        shots.append(_shot(f"c{number % CLIPS}.mp4", SHOWN, start))
    length = MINUTES_5 * SHOWN - MINUTES_5 // 5 * 12
    said = ["another" if change == "caption" and n == 30 else "a" for n in range(MINUTES_5 - 4)]
    cues = [
        Cue(start_s=4.9 * n + 0.5, end_s=4.9 * n + 3, text=f"This is {said[n]} line")
        for n in range(len(said))
    ]
    look = Effect(name="lut", media=_ref("look.cube", "application/octet-stream"))
    level = -6.0 if change == "level" else 0.0
    return _cut(shots, HD, _music(length, level), captions=cues, effects=[look])


def large() -> Timeline:
    """Two clips in 4K that dissolve."""
    shots: list[Item] = [_shot("uhd0.mp4", 96), Transition(length=24), _shot("uhd1.mp4", 96)]
    return _cut(shots, UHD, _music(168))


async def by_hand(name: str, folder: Path, into: Path) -> None:
    """The floor: one ffmpeg that reads, does everything, and writes the file."""
    if name == "joined":
        listed = ["-f", "concat", "-safe", "1", "-i", folder / "joined.ffconcat"]
        await run_ffmpeg([*listed, "-c:v", "copy", "-af", _LOUD, *_AAC, into])
        return
    cut = finished() if name == "finished" else large()
    work = into.with_suffix(".work")
    work.mkdir()
    await run_ffmpeg([*await _whole_graph(cut, folder, work), into], cwd=work)


async def _whole_graph(cut: Timeline, folder: Path, work: Path) -> list[str | Path]:
    """Our own graph of the whole film: only what two clips share is blended, which few write by hand."""
    keys = dict.fromkeys(item.media.key for item in cut.tracks[0].items if isinstance(item, Clip))
    sources: dict[str, Source] = {key: await open_picture(folder / key) for key in keys}
    luts: dict[str, Cube] = {"look.cube": parse_cube((folder / "look.cube").read_bytes())}
    over = await lay_over(cut, folder.joinpath, work)
    plan = plan_picture(cut, sources, words=bool(over.words), luts=luts)
    for name, text in {**plan.files, "picture.graph": plan.graph, "words.ass": over.words}.items():
        (work / name).write_text(text, encoding="utf-8")
    inputs = [part for used in plan.inputs for part in sources[used.key].arguments(seek_s=used.seek_s)]
    sound = ["-map", f"{len(plan.inputs)}:a:0", "-t", f"{cut.duration_s:.3f}", "-af", _LOUD]
    coding = MASTER.arguments(fps=cut.fps, frames=cut.length)
    return [*inputs, "-f", "wav", "-i", folder / "music.wav", "-/filter_complex", "picture.graph",
            "-map", "[picture]", *coding, *sound, *_AAC]  # fmt: skip
