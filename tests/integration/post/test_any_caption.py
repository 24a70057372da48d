"""Design-facts 6.3: whatever people write is shown or left out, never obeyed; any Unicode renders.

Many captions are one film of a frame each, so that a thousand of them cost a few renders.
"""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pysubs2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from state.errors import PostError
from state.timeline import CaptionStyle, Cue, Overlay, Title
from tests.cut_media import a_timeline, gap
from tests.watched_files import watched
from tools.ffmpeg.command import ffmpeg_exe
from tools.post.fonts import place_fonts
from tools.post.word_boxes import WordBox, word_boxes
from tools.post.words_ass import write_words

SIZE = (320, 180)
FREE = 90
"""Captions of at most two lines stay in the lower half."""
DARK = 20
ROUGH = 14
"""Pixels: marks without a letter, and letters of any script in any order, are measured roughly."""
FONT = "fontfile=fonts/captions-0.ttf:fontcolor=white"
DIALOGUE = "Dialogue: 9,0:00:00.00,9:59:59.00,Default,,0,0,0,,{\\an8}INJECTED"
HOSTILE = [
    r"{\an8}up here",
    r"{\pos(160,20)}here",
    r"{\p1}m 0 0 l 320 0 320 90 0 90{\p0}",
    r"{\fs400}huge",
    r"{\move(0,0,9,9)}x",
    r"a\N\N\N\N\N\N\N\Nb",
    f"a\n{DIALOGUE}",
    f"a\r\n[Events]\r\n{DIALOGUE}",
    f"a\u2028{DIALOGUE}",
    *(r"\{\an8}x", r"\\{\an8}x", "{", "}", "{}", "}{\\an8}", "\\", "\\\\{\\an8"),
    *("it's 50%", "'", "%{pts}", "%{expr:1/0}", "',drawtext=text=INJECTED", "a:b=c,d;e[f]"),
    *("\0", "\x0b\x0c\x1c\x85", "\ufeff", "", "\u202eright to left\u202c", "\ud7ff\ue000\U0010ffff"),
    *("a" + "\u0301" * 20, "\U0001f3ac\U0001f468\u200d\U0001f469", "漢字かな交じり文", "نص عربي"),
]
OURS = re.compile(r"Dialogue: \d+,[\d:.]+,[\d:.]+,(Plain|Boxed|Word),,0,0,0,,\{\\an\d\\pos.*")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(HOSTILE)


def cues_of(texts: Sequence[str]) -> list[Cue]:
    return [Cue(start_s=at, end_s=at + 1, text=text, speaker="") for at, text in enumerate(texts)]


def titles_of(texts: Sequence[str]) -> list[Title]:
    return [Title(start_s=at, end_s=at + 1, text=text) for at, text in enumerate(texts) if text.strip()]


def rendered(
    folder: Path, length: int, filters: str = "ass=filename=words.ass:fontsdir=fonts"
) -> NDArray[np.uint8]:
    """A frame a second on black; the brightness of each pixel."""
    done = burnt(folder, length, filters)
    assert done.returncode == 0, done.stderr[-500:]
    return np.frombuffer(done.stdout, np.uint8).reshape(length, SIZE[1], SIZE[0])


def burnt(folder: Path, length: int, filters: str) -> "subprocess.CompletedProcess[bytes]":
    black = f"color=c=black:s={SIZE[0]}x{SIZE[1]}:r=1:d={length}"
    command = [ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", black, "-vf", f"{filters},format=gray"]
    return subprocess.run(
        [*command, "-f", "rawvideo", "-"], cwd=folder, capture_output=True, timeout=60, check=False
    )


def written(folder: Path, texts: Sequence[str], *, as_titles: bool = False) -> Path:
    """The words as the composer writes them."""
    timeline = a_timeline([gap(24 * len(texts))], captions=[] if as_titles else cues_of(texts), size=SIZE)
    titles = titles_of(texts) if as_titles else []
    used = write_words(timeline.model_copy(update={"titles": titles}), folder / "words.ass")
    place_fonts(folder / "fonts", used)
    return folder / "words.ass"


def test_what_would_be_obeyed_is_shown_where_captions_are(tmp_path: Path) -> None:
    written(tmp_path, HOSTILE)
    frames = rendered(tmp_path, len(HOSTILE))
    assert frames[:, :FREE].max() < DARK
    shown = {text for text, frame in zip(HOSTILE, frames, strict=True) if frame.max() > 200}
    assert {"it's 50%", "{", r"{\an8}up here", "%{pts}"} <= shown


def test_without_the_escapes_the_same_words_are_obeyed(tmp_path: Path) -> None:
    """The control."""
    file = pysubs2.SSAFile.load(str(written(tmp_path, HOSTILE)))
    for at, text in enumerate(HOSTILE):
        file.events[at].text = text
    (tmp_path / "words.ass").write_text(file.to_string("ass"), encoding="utf-8")
    frames = rendered(tmp_path, len(HOSTILE))
    obeyed = sum(frame[:FREE].max() > 200 for frame in frames)
    assert obeyed >= 5


def test_titles_stay_in_their_corner(tmp_path: Path) -> None:
    written(tmp_path, HOSTILE, as_titles=True)
    assert rendered(tmp_path, len(HOSTILE))[:, : FREE - 20].max() < DARK


STYLES = st.builds(
    CaptionStyle,
    font=st.sampled_from([None, "Inter", "Oswald"]),
    size=st.sampled_from([None, 0.5, 1.3, 2]),
    background=st.sampled_from([None, "#ffffff"]),
    outline=st.sampled_from([None, "#ffffff"]),
    position=st.sampled_from(["bottom", "middle", "top"]),
    animation=st.sampled_from(["none", "pop"]),
    highlight=st.sampled_from(["none", "colour", "box", "karaoke"]),
    capitals=st.booleans(),
)
PLACES = ["top_left", "top", "top_right", "left", "centre", "right", "bottom_left", "bottom", "bottom_right"]


@st.composite
def overlays(draw: st.DrawFn, at: int) -> Overlay:
    """A text of any kind anywhere, in the second `at`."""
    text = draw(TEXTS.filter(lambda one: one.strip()))
    return Overlay(
        kind=draw(st.sampled_from(["title", "cta", "text", "label"])), text=text, start=at * 24, length=24,
        position=draw(st.sampled_from(PLACES)), size=draw(st.sampled_from([0.5, 1, 1.6])),  # type: ignore[arg-type]
        background=draw(st.sampled_from([None, "#ffffff"])), font=draw(st.sampled_from([None, "Oswald"])),
    )  # fmt: skip


def assert_nothing_beside(frames: NDArray[np.uint8], boxes: Sequence[WordBox]) -> None:
    """Every second shows something at most where the composer says that words stand."""
    for at, frame in enumerate(frames):
        beside = frame.copy()
        for box in boxes:
            if box.start_s <= at < box.end_s:
                rows = slice(max(0, int(box.top * SIZE[1]) - ROUGH), int(box.bottom * SIZE[1]) + ROUGH)
                columns = slice(max(0, int(box.left * SIZE[0]) - ROUGH), int(box.right * SIZE[0]) + ROUGH)
                beside[rows, columns] = 0
        assert beside.max() < DARK, f"second {at}"


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(texts=st.lists(TEXTS, min_size=12, max_size=20), data=st.data())
def test_any_words_render_and_stay_in_their_place(
    texts: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Captions of any style, titles and overlays; a second of them each."""
    folder = tmp_path_factory.mktemp("any")
    captions = [
        cue.model_copy(update={"style": data.draw(STYLES), "voice_over": data.draw(st.booleans())})
        for cue in cues_of(texts)
    ]
    timeline = a_timeline([gap(24 * len(texts))], captions=captions, size=SIZE).model_copy(
        update={
            "overlays": [data.draw(overlays(at)) for at in range(0, len(texts), 2)],
            "titles": titles_of(texts[:3]),
        }
    )
    place_fonts(folder / "fonts", write_words(timeline, folder / "words.ass"))
    assert_nothing_beside(rendered(folder, len(texts)), word_boxes(timeline))
    lines = (folder / "words.ass").read_text("utf-8").split("\n")
    events = [line for line in lines if "Dialogue" in line]
    assert all(OURS.fullmatch(line) for line in events)


EXTREMES = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff" * 20,
    "isolates": "\u2066\u202e" * 30 + "abc" + "\u202c\u2069" * 30,
    "letters": "a" * 5000,
    "words": "word " * 1000,
    "ideographs": "漢" * 5000,
    "pictures": "\U0001f3ac" * 5000,
    "marks": "e\u0301\u0302\u0303" * 1250,
    "hebrew": "אב " * 1666,
    "rows": "\n".join("row" for _ in range(1250)),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_what_is_extreme_is_shown_in_its_place_or_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    text = EXTREMES[name]
    timeline = a_timeline([gap(24)], captions=cues_of([text]), size=SIZE).model_copy(
        update={
            "caption_style": CaptionStyle(highlight="box"),
            "overlays": [Overlay(kind="text", text=text[:280] + "x", start=0, position="top")],
        }
    )
    try:
        used = write_words(timeline, tmp_path / "words.ass")
    except PostError as refused:
        assert len(text) > 1000, refused.message  # noqa: PT017 - either of the two may be
        return
    place_fonts(tmp_path / "fonts", used)
    assert_nothing_beside(rendered(tmp_path, 1), word_boxes(timeline))


def _interpolated(caption: str) -> str:
    """How one must not do it."""
    return f"drawtext={FONT}:text='{caption}'"


def test_a_caption_in_a_filter_graph_reads_a_file_and_ours_does_not(tmp_path: Path) -> None:
    """The attack of design-facts 6.3, and its control."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    caption = f"x',drawtext={FONT}:textfile={secret},drawtext={FONT}:text='y"
    with watched(secret) as eyes:
        written(tmp_path, [caption])
        rendered(tmp_path, 1)
        assert eyes.opened() == 0
        assert burnt(tmp_path, 1, _interpolated(caption)).returncode == 0
        assert eyes.opened() > 0


def test_a_percent_sign_breaks_a_caption_in_a_filter_graph_and_not_ours(tmp_path: Path) -> None:
    written(tmp_path, ["it's 50%"])
    assert rendered(tmp_path, 1).max() > 200
    assert burnt(tmp_path, 1, _interpolated("its half")).returncode == 0
    assert burnt(tmp_path, 1, _interpolated("it's 50%")).returncode != 0
