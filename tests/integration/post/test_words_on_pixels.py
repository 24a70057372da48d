"""Everything that lies over a film is seen where the composer says, from its first frame to its last one."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from state.media import MediaRef
from state.timeline import CaptionStyle, Cue, CueWord, Overlay, Timeline, Title
from tests.cut_media import SIZE, a_clip, a_timeline
from tools.post.fonts import MAIN, TITLE, width
from tools.post.master import render_master
from tools.post.over import open_files
from tools.post.pieces import Pieces
from tools.post.titles import Label
from tools.post.word_boxes import WordBox, word_boxes
from tools.sfnt import renamed

FRAMES = 48
Frames = NDArray[np.int16]
RED, GREEN, BLUE = (229, 40, 40), (30, 160, 60), (40, 70, 220)
HELD = CaptionStyle(colour="#ffffff", outline=None)


def named(name: str, mime: str) -> MediaRef:
    return MediaRef(key=name, mime=mime, sha256="0" * 64, size_bytes=1)


def a_logo(name: str, place: str, start: int, length: int, **more: object) -> Overlay:
    return Overlay(
        kind="logo", media=named(name, f"image/{name.rpartition('.')[2]}"), position=place, start=start,
        length=length, width=12, **more,
    )  # fmt: skip


def a_cue(
    start: int, end: int, text: str, style: CaptionStyle | None = None, words: Sequence[int] = ()
) -> Cue:
    """A caption from frame to frame; its words begin at these frames."""
    said = [
        CueWord(text=word, start_s=at / 24, end_s=after / 24)
        for word, at, after in zip(text.split(), words, [*words[1:], end], strict=False)
    ]
    return Cue(start_s=start / 24, end_s=end / 24, text=text, style=style, words=said if words else [])


OVERLAYS = [
    a_logo("red.png", "top_left", 0, 48),
    a_logo("red.jpeg", "top_right", 6, 24),
    a_logo("red.webp", "bottom_left", 12, 1),
    a_logo("red.png", "bottom_right", 10, 30, opacity=0.5, fade=8),
    Overlay(kind="cta", text="Buy now", start=8, length=8, position="centre", background="#1ea03c"),
    Overlay(kind="title", text="Lisbon", start=20, length=8, position="centre", outline=None),
    Overlay(kind="text", text="Later", start=40, length=None, position="right", opacity=0.5, outline=None),
    Overlay(
        kind="text", text="HHHHHHHH", start=30, length=6, position="top", outline=None,
        typeface=named("brand.ttf", "font/ttf"),
    ),
]  # fmt: skip
COLOURED = HELD.model_copy(update={"highlight": "colour", "highlight_colour": "#ffff00"})
BOXED = HELD.model_copy(
    update={"highlight": "box", "highlight_colour": "#2846dc", "position": "top", "animation": "pop"}
)
SUNG = HELD.model_copy(update={"highlight": "karaoke", "highlight_colour": "#ffff00", "position": "middle"})
GROUND = HELD.model_copy(update={"background": "#2846dc", "animation": "fade", "capitals": True})
CAPTIONS = [
    a_cue(1, 11, "one two", COLOURED, (1, 6)),
    a_cue(13, 23, "three four", BOXED, (13, 18)),
    a_cue(24, 34, "fiiive six", SUNG, (24, 29)),
    a_cue(35, 47, "seven", GROUND),
]


def the_film(*, bare: bool) -> Timeline:
    # Two clips: the film is made in two pieces, and much is seen over where they meet.
    timeline = a_timeline([a_clip("dark.mp4", 24), a_clip("dark.mp4", 24, start=24)])
    words = {"overlays": OVERLAYS, "captions": CAPTIONS, "titles": [Title(start_s=1, end_s=1.5, text="Quay")]}
    return timeline if bare else timeline.model_copy(update=words)


def _pictures(folder: Path) -> None:
    mark = Image.new("RGBA", (120, 60), (*RED, 255))
    mark.save(folder / "red.png")
    mark.save(folder / "red.webp", lossless=True)
    mark.convert("RGB").save(folder / "red.jpeg", quality=95)
    (folder / "brand.ttf").write_bytes(renamed(TITLE.path.read_bytes(), "Evil, {\\an8} Sans\nDialogue"))


@pytest.fixture(scope="module")
def shown(media: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Frames, Frames, list[WordBox]]:
    """The film with everything over it, the same without, and where things stand."""
    _pictures(media)
    folder = tmp_path_factory.mktemp("words")
    films, made = [], list[Pieces]()
    for bare in (False, True):
        into = folder / f"{bare}.mp4"
        label = None if bare else Label("AI", whole=True)
        asyncio.run(
            render_master(
                the_film(bare=bare), resolve=lambda key: media / key, into=into, work=folder, label=label,
                tell=made.append,
            )
        )  # fmt: skip
        with av.open(str(into)) as container:
            films.append(np.stack([one.to_ndarray(format="rgb24") for one in container.decode(video=0)]))
    assert made[0].encoded == 2, "much of it is seen over the border of two pieces"
    files = open_files(the_film(bare=False), lambda key: media / key, folder / "typefaces")
    boxes = word_boxes(the_film(bare=False), Label("AI", whole=True), files=files)
    return films[0].astype(np.int16), films[1].astype(np.int16), boxes


def part(frame: Frames, box: WordBox, grow: int = 0) -> Frames:
    rows = slice(max(0, round(box.top * SIZE[1]) - grow), round(box.bottom * SIZE[1]) + grow)
    return frame[rows, max(0, round(box.left * SIZE[0]) - grow) : round(box.right * SIZE[0]) + grow]


def box_of(boxes: Sequence[WordBox], text: str, start: int) -> WordBox:
    return next(one for one in boxes if one.text == text and round(one.start_s * 24) == start)


def changed(shown: tuple[Frames, Frames, list[WordBox]], at: int, box: WordBox) -> float:
    """How far a box's pixels are from those of the bare film, on the average."""
    return float(np.abs(part(shown[0][at], box) - part(shown[1][at], box)).mean())


SEEN = [
    ("the logo red.png", 0, 48), ("the logo red.jpeg", 6, 30), ("the logo red.webp", 12, 13),
    ("the logo red.png", 10, 40), ("Buy now", 8, 16), ("Lisbon", 20, 28), ("Later", 40, 48),
    ("HHHHHHHH", 30, 36), ("one two", 1, 11), ("three four", 13, 23), ("fiiive six", 24, 34),
    ("SEVEN", 35, 47), ("AI", 0, 48),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), SEEN, ids=[f"{text}-{at}" for text, at, _ in SEEN])
def test_it_is_seen_from_its_first_frame_to_its_last_and_not_beyond(shown, text, start, end):
    box = box_of(shown[2], text, start)
    assert round(box.end_s * 24) == end
    for inside in (start, (start + end) // 2, end - 1):
        assert changed(shown, inside, box) > 2
    for outside in [start - 1] * (start > 0) + [end] * (end < FRAMES):
        alone = [
            one for one in shown[2] if one is not box and one.start_s * 24 < outside + 1e-6 < one.end_s * 24
        ]
        if not any(_meet(one, box) for one in alone):
            assert changed(shown, outside, box) < 1


def _meet(one: WordBox, other: WordBox) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def test_nothing_is_seen_beside_the_boxes(shown):
    """What the quality report is told is what there is."""
    for at in range(FRAMES):
        rest = np.abs(shown[0][at] - shown[1][at]).max(axis=2)
        for box in shown[2]:
            if round(box.start_s * 24) <= at < round(box.end_s * 24):
                part(rest, box, grow=2)[:] = 0
        assert rest.max() < 45, f"frame {at}"


@pytest.mark.parametrize(
    ("name", "start", "corner"),
    [("red.png", 0, "top left"), ("red.jpeg", 6, "top right"), ("red.webp", 12, "bottom left"),
     ("red.png", 10, "bottom right")],
)  # fmt: skip
def test_a_logo_stands_in_its_corner_in_its_own_colours(shown, name, start, corner):
    box = box_of(shown[2], f"the logo {name}", start)
    assert ("top" if box.top < 0.5 else "bottom") == corner.split()[0]
    assert ("left" if box.left < 0.5 else "right") == corner.split()[1]
    at = 24 if corner == "bottom right" else start
    inner = part(shown[0][at], box, grow=-4).reshape(-1, 3).mean(axis=0)
    under = part(shown[1][at], box, grow=-4).reshape(-1, 3).mean(axis=0)
    wanted = np.array(RED) if corner != "bottom right" else (np.array(RED) + under) / 2
    assert inner == pytest.approx(wanted, abs=9)


def test_a_logo_comes_and_goes_by_even_steps(shown):
    box = box_of(shown[2], "the logo red.png", 10)
    red = [float(part(frame, box, grow=-4)[..., 0].mean()) for frame in shown[0]]
    assert red[10:18] == sorted(red[10:18])
    assert red[32:40] == sorted(red[32:40], reverse=True)
    assert np.diff(red[10:18]).max() < 20
    assert red[18:32] == pytest.approx([red[18]] * 14, abs=3)


def test_a_call_to_action_stands_on_its_own_ground(shown):
    box = box_of(shown[2], "Buy now", 8)
    edge = part(shown[0][12], box, grow=-2)[:3].reshape(-1, 3).mean(axis=0)
    assert edge == pytest.approx(np.array(GREEN), abs=14)
    assert part(shown[0][12], box).max() > 200, "its letters are white"


def test_words_of_half_opacity_let_half_through(shown):
    box = box_of(shown[2], "Later", 40)
    brightest = int(part(shown[0][44], box).max())
    assert 130 < brightest < 190


def test_a_typeface_of_ones_own_is_the_one_that_is_seen(shown):
    box = box_of(shown[2], "HHHHHHHH", 30)
    ink = np.nonzero((part(shown[0][33], box, grow=3).min(axis=2) > 150).any(axis=0))[0]
    wide = ink[-1] - ink[0]
    em = 9.0
    assert wide == pytest.approx(width("HHHHHHHH", TITLE) * em, abs=3)
    assert abs(wide - width("HHHHHHHH", MAIN) * em) > 6, "the control"


def yellow(frame: Frames, box: WordBox) -> NDArray[np.bool_]:
    """By column: letters that are yellow."""
    inner = part(frame, box)
    return ((inner[..., 0] > 150) & (inner[..., 2] < 110)).any(axis=0)


def test_the_word_that_is_said_has_the_other_colour_from_its_first_frame_on(shown):
    box = box_of(shown[2], "one two", 1)
    for at, first in ((1, True), (5, True), (6, False), (10, False)):
        lit = np.nonzero(yellow(shown[0][at], box))[0] / (round(box.right * 320) - round(box.left * 320))
        assert lit.size > 2
        assert (np.median(lit) < 0.45) == first
        assert (np.median(lit) > 0.55) != first


def test_the_word_that_is_said_has_a_box_behind_it(shown):
    box = box_of(shown[2], "three four", 13)
    for at, first in ((16, True), (17, True), (18, False), (22, False)):
        inner = part(shown[0][at], box)
        behind = ((inner[..., 2] > 150) & (inner[..., 0] < 110)).mean(axis=0) > 0.4
        lit = np.nonzero(behind)[0] / len(behind)
        assert lit.size > 8
        assert (lit.max() < 0.62) == first
        assert (lit.min() > 0.45) != first


def test_as_it_is_sung_a_colour_runs_along_the_words(shown):
    box = box_of(shown[2], "fiiive six", 24)
    far = [int(yellow(shown[0][at], box).sum()) for at in range(24, 34)]
    assert far == sorted(far)
    assert far[0] < 4
    assert far[-1] > 12


def test_a_caption_that_pops_up_is_smaller_at_first(shown):
    box = box_of(shown[2], "three four", 13)
    tall = [int((part(shown[0][at], box).min(axis=2) > 150).any(axis=1).sum()) for at in (13, 20)]
    assert tall[0] < tall[1]


def test_a_ground_lies_behind_all_of_a_caption_and_comes_gently(shown):
    box = box_of(shown[2], "SEVEN", 35)
    blue = [part(shown[0][at], box, grow=-1).reshape(-1, 3).mean(axis=0) for at in (35, 41)]
    corner = part(shown[0][41], box, grow=-2)[:2, :6].reshape(-1, 3).mean(axis=0)
    assert corner == pytest.approx(np.array(BLUE), abs=16)
    assert blue[0][2] < blue[1][2]
