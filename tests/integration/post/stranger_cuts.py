"""Cuts by other dice than the composer was made with: what a seed asks for, and where its cuts then are."""

import random
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image

from state.media import MediaRef
from state.timeline import (
    CaptionStyle,
    Clip,
    Crop,
    Cue,
    CueWord,
    Effect,
    Gap,
    Item,
    Overlay,
    Timeline,
    TimeRange,
    Track,
    Transition,
)
from tests.integration.post.stranger_takes import (
    NAMES,
    SECONDS,
    SOUNDS,
    Played,
    write_heard,
    write_song,
    write_stranger,
)
from tools.post.encode import Encoding, FileForm
from tools.post.on_beat import Stretch, cut_on_beat
from tools.post.samples import rhythm_of
from tools.post.transitions import transition_frames, transition_kinds

FORMS = (
    (384, 216, ("youtube", "tv", None)), (216, 384, ("tiktok", "shorts", "reels", None)),
    (288, 288, ("feed", None)), (320, 180, (None,)), (240, 426, (None, "reels")),
)  # fmt: skip
CLEAR = Encoding(coder=("-c:v", "libx264", "-preset", "ultrafast", "-crf", "4"))
"""So that what two films have in common is alike, also where much moves."""
RATES = (24, 25, 30, 50, 60)
SAID = (
    "We never met, did we?", "¿Cómo que no? ¡Fíjate!", "Я видел тебя вчера.", "Δεν το ξέρω ακόμα.",
    "Ela já não mora aqui.", "मैं कल आऊँगा", "أنا هنا الآن", "夜が明けるまで",
    "Wait — {\\an8} is that 100 % true?",
)  # fmt: skip
HUES = ("#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff", "#ff00ff")


@dataclass
class Strange:
    """What a seed asks for."""

    timeline: Timeline
    paths: dict[str, Path]
    form: FileForm
    song: Played
    on_beat: bool = False
    cuts: list["Meeting"] = field(default_factory=list)


@dataclass(frozen=True)
class Meeting:
    """Where one clip gives way to the next: the first frame of that, and how many both share."""

    at: int
    shared: int
    before: Clip
    after: Clip


async def a_strange_cut(seed: int, folder: Path) -> Strange:
    """Each fourth is cut to its song."""
    dice = random.Random(f"stranger {seed}")  # noqa: S311 - dice
    width, height, platforms = FORMS[seed % len(FORMS)]
    fps, on_beat = RATES[(seed * 3 + seed // 5) % len(RATES)], seed % 4 == 3
    song = write_song(folder, seed)
    shots = [
        _shot(dice, fps, plain=on_beat) for _ in range(dice.randint(4, 6) if on_beat else dice.randint(2, 4))
    ]
    shots = _apart(dice, shots)
    items: list[Item] = await _to_the_beat(shots, song, fps) if on_beat else _joined(dice, shots, fps)
    plain = Timeline(
        name=f"strange {seed}", fps=fps, width=width, height=height, platform=dice.choice(platforms),
        tracks=[Track(name="picture", role="picture", items=items)],
    )  # fmt: skip
    paths = {f"{name}.mp4": write_stranger(folder, name) for name in {shot.media.key[:-4] for shot in shots}}
    paths |= {song.path.name: song.path}
    tracks, heard = _sounds(dice, plain, song)
    paths |= {path.name: path for path in (write_heard(folder, name) for name in heard)}
    over = _overlays(dice, plain, folder)
    paths |= {"mark.png": folder / "mark.png"}
    whole = plain.model_copy(
        update={"tracks": [*plain.tracks, *tracks], "captions": _captions(dice, plain), "overlays": over}
    )
    form = FileForm(lufs=-23.0 if seed % 3 == 1 else -14.0, picture=CLEAR)
    return Strange(whole, paths, form, song, on_beat, meetings(items))


def meetings(items: list[Item]) -> list[Meeting]:
    """By our own reckoning: a transition begins so much earlier, and nothing else moves."""
    found, at, shared, before = list[Meeting](), 0, 0, None
    for item in items:
        if isinstance(item, Transition):
            shared, at = item.length, at - item.length
            continue
        if isinstance(item, Clip) and before is not None:
            found.append(Meeting(at, shared, before, item))
        before = item if isinstance(item, Clip) else None
        at, shared = at + item.length, 0
    return found


def _shot(dice: random.Random, fps: int, *, plain: bool) -> Clip:
    length = round(dice.uniform(0.8, 1.7) * fps)
    speed = 1.0 if plain else dice.choice((1.0, 1.0, 0.4, 0.75, 1.6, 3.0))
    used = max(2, round(length * speed))
    start = dice.randrange(0, max(1, round((SECONDS - 0.5) * fps) - used))
    name = dice.choice(NAMES)
    more: dict[str, Any] = {} if speed == 1 else {"speed": speed, "frames": length}
    if dice.random() < 0.4:
        more["crop"] = Crop(left=dice.uniform(0, 30), right=dice.uniform(0, 20), top=dice.uniform(0, 25))
    if dice.random() < 0.4:
        look = dice.choice(("grain", "vignette", "shake", "barrel", "desaturate"))
        more["effects"] = [Effect(name=look, strength=dice.uniform(0.3, 1))]
    return Clip(
        name=name, media=_file(f"{name}.mp4", "video/mp4", SECONDS),
        source=TimeRange(start=start, length=used), fit=dice.choice(("fill", "fit", "blur")), **more,
    )  # fmt: skip


def _apart(dice: random.Random, shots: list[Clip]) -> list[Clip]:
    """No two of one take side by side: nobody could see where they meet."""
    for at in range(1, len(shots)):
        names = [name for name in NAMES if name != shots[at - 1].name]
        if shots[at].name == shots[at - 1].name:
            name = dice.choice(names)
            media = _file(f"{name}.mp4", "video/mp4", SECONDS)
            shots[at] = shots[at].model_copy(update={"name": name, "media": media})
    return shots


async def _to_the_beat(shots: list[Clip], song: Played, fps: int) -> list[Item]:
    """The product's own ears and its own search."""
    beats_s = (await rhythm_of(song.path)).beats_s
    asked = [Stretch(length=one.length, longest=round(6.5 * fps) - one.source.start) for one in shots]
    lengths = cut_on_beat(asked, beats_s, fps=fps)
    return [
        one.model_copy(update={"source": TimeRange(start=one.source.start, length=length)})
        for one, length in zip(shots, lengths, strict=True)
    ]


def _joined(dice: random.Random, shots: list[Clip], fps: int) -> list[Item]:
    kinds = [kind.name for kind in transition_kinds() if kind.name != "cut"]
    items: list[Item] = [shots[0]]
    for before, after in pairwise(shots):
        style = dice.choice(kinds)
        length = transition_frames(style, fps)
        if dice.random() < 0.5 and length < min(before.length, after.length) * 0.4:
            items.append(Transition(style=style, length=length))
        items.append(after)
    return items


def _sounds(dice: random.Random, film: Timeline, song: Played) -> tuple[list[Track], set[str]]:
    """A song under it, lines that begin before or behind their cuts, and what else is heard."""
    length, names = film.length, dice.sample(list(SOUNDS), 3)
    music = Clip(
        name="song", media=_file(song.path.name, "audio/wav", 14), source=TimeRange(start=0, length=length)
    )
    begin, said = dice.randrange(0, length // 3), dice.randrange(length // 4, length // 2)
    lines: list[Item] = [Gap(length=begin)] if begin else []
    lines.append(_heard(names[0], dice.randrange(0, film.fps), said))
    tracks = [Track(name="song", role="music", items=[music]), Track(name="lines", role="voice", items=lines)]
    tracks.append(Track(name="room", role="ambience", gain_db=-12, items=[_heard(names[1], 0, length)]))
    at = dice.randrange(1, length // 2)
    effect = _heard(names[2], 5, length // 4).model_copy(update={"gain_db": -6.0, "fade_out": film.fps // 4})
    tracks.append(Track(name="bang", role="effects", items=[Gap(length=at), effect]))
    return tracks, set(names)


def _heard(name: str, start: int, length: int) -> Clip:
    key = f"{name}.{SOUNDS[name][0]}"
    kinds = {"wav": "wav", "flac": "flac", "mp3": "mpeg", "ogg": "ogg", "m4a": "mp4"}
    media = _file(key, f"audio/{kinds[SOUNDS[name][0]]}", 10)
    return Clip(name=name, media=media, source=TimeRange(start=start, length=length))


def _captions(dice: random.Random, film: Timeline) -> list[Cue]:
    cues, at = list[Cue](), dice.uniform(0, 0.4)
    while at + 0.8 < film.duration_s:
        text, end = dice.choice(SAID), min(at + dice.uniform(0.8, 1.5), film.duration_s)
        parts = text.split()
        step = (end - at) / len(parts)
        words = [
            CueWord(text=one, start_s=at + n * step, end_s=at + (n + 0.8) * step)
            for n, one in enumerate(parts)
        ]
        style = CaptionStyle(
            position=dice.choice(("bottom", "middle", "top")), animation=dice.choice(("none", "fade", "pop")),
            highlight=dice.choice(("none", "colour", "box", "karaoke")), size=dice.uniform(0.7, 1.2),
            background=dice.choice((None, "#101010")), capitals=dice.random() < 0.3,
            font=dice.choice((None, "Oswald", "Inter")),
        )  # fmt: skip
        cues.append(
            Cue(start_s=at, end_s=end, text=text, words=words, style=style, voice_over=dice.random() < 0.2)
        )
        at = end + dice.choice((0, 0.1, 0.5))
    return cues


def _overlays(dice: random.Random, film: Timeline, folder: Path) -> list[Overlay]:
    Image.new("RGB", (90, 45), "#ff00ff").save(folder / "mark.png")
    places = [
        "top_left",
        "top",
        "top_right",
        "left",
        "right",
        "bottom_left",
        "bottom",
        "bottom_right",
        "centre",
    ]
    dice.shuffle(places)
    start = dice.randrange(0, film.length // 2)
    logo = Overlay(
        kind="logo", media=_file("mark.png", "image/png", None), start=start, length=film.length // 3,
        width=dice.uniform(8, 16), position=places[0], fade=dice.choice((0, 4)),
    )  # fmt: skip
    kind = dice.choice(("title", "cta", "text", "label"))
    words = Overlay(
        kind=kind, text=dice.choice(("Only today", "Lisboa, 1974", "Ответ")),
        start=dice.randrange(0, film.length // 2), length=dice.choice((None, film.length // 3)),
        position=places[1], size=0.8, background=dice.choice((None, "#202020")),
    )  # fmt: skip
    return [logo, words]


def _file(key: str, mime: str, duration_s: float | None) -> MediaRef:
    return MediaRef(key=key, mime=mime, sha256="0" * 64, size_bytes=1, duration_s=duration_s)


def bare(film: Timeline) -> Timeline:
    """Only the pictures."""
    return film.model_copy(update={"tracks": film.tracks[:1], "captions": [], "overlays": []})


def coloured(film: Timeline) -> Timeline:
    """Nothing but what is written, over black; each in a hue of its own, which moves nothing."""
    cues = []
    for number, cue in enumerate(film.captions):
        hue = HUES[number % 3]
        assert cue.style is not None
        ground = {} if cue.style.background is None else {"background": hue}
        style = cue.style.model_copy(
            update={"colour": hue, "outline": hue, "highlight_colour": hue, **ground}
        )
        cues.append(cue.model_copy(update={"style": style}))
    over = [
        one if one.kind == "logo"
        else one.model_copy(
            update={"colour": HUES[3], "outline": HUES[3], "background": one.background and HUES[3]}
        )
        for one in film.overlays
    ]  # fmt: skip
    track = Track(name="picture", role="picture", items=[Gap(length=film.length)])
    return film.model_copy(update={"tracks": [track], "captions": cues, "overlays": over})
