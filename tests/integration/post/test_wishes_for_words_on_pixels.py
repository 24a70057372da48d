"""Each wish for how words look is seen: beside the same words without it, on the pixels of one master."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from state.timeline import CaptionStyle, Cue, Overlay
from tests.cut_media import SIZE, a_clip, a_timeline
from tools.post.master import render_master

EACH, FPS = 8, 24
Frames = NDArray[np.uint8]
PLAIN: dict[str, Any] = {"outline": None}
CAPTIONS: dict[str, dict[str, Any]] = {
    "plain": {}, "large": {"size": 1.8}, "narrow": {"font": "Oswald"}, "red": {"colour": "#ff0000"},
    "edged": {"outline": "#ff0000"}, "ground": {"background": "#ff0000"}, "high": {"position": "top"},
    "middle": {"position": "middle"}, "capitals": {"capitals": True}, "fading": {"animation": "fade"},
    "popping": {"animation": "pop"},
}  # fmt: skip
OVERLAYS: dict[str, dict[str, Any]] = {
    "plain": {}, "large": {"size": 2}, "narrow": {"font": "Oswald"}, "red": {"colour": "#ff0000"},
    "edged": {"outline": "#ff0000"}, "ground": {"background": "#ff0000"}, "clear": {"opacity": 0.4},
    "fading": {"fade": 4}, "label": {"kind": "label"}, "title": {"kind": "title"}, "cta": {"kind": "cta"},
    "high": {"position": "top_right"}, "house": {"outline": "#0c0c10"},
}  # fmt: skip


def cues() -> list[Cue]:
    """One after the other; then one that nobody in the picture says, and one without a look of its own."""
    at = range(0, EACH * (len(CAPTIONS) + 2), EACH)
    looks: Sequence[CaptionStyle | None] = [CaptionStyle(**PLAIN | more) for more in CAPTIONS.values()]
    return [
        Cue(
            start_s=start / FPS, end_s=(start + EACH) / FPS, style=look,
            text="minimum" if number < len(CAPTIONS) else "HHHH",
            voice_over=number == len(CAPTIONS),
        )
        for number, (start, look) in enumerate(
            zip(at, [*looks, CaptionStyle(**PLAIN), None], strict=True)
        )
    ]  # fmt: skip


def overlays() -> list[Overlay]:
    usual = {"kind": "text", "text": "minimum", "outline": None, "length": EACH, "position": "left"}
    return [
        Overlay.model_validate(usual | more | {"start": number * EACH})
        for number, more in enumerate(OVERLAYS.values())
    ]


@pytest.fixture(scope="module")
def films(media: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Frames]:
    """Captions in one film, overlays in another, on a dark ground."""
    folder = tmp_path_factory.mktemp("wishes")
    ground = [a_clip("dark.mp4", 48) for _ in range(3)]
    wished = {
        "captions": {"captions": cues(), "caption_style": CaptionStyle(colour="#00ff00", outline=None)},
        "overlays": {"overlays": overlays()},
    }
    found = {}
    for name, more in wished.items():
        film, into = a_timeline(ground).model_copy(update=more), folder / f"{name}.mp4"
        asyncio.run(render_master(film, resolve=lambda key: media / key, into=into, work=folder))
        with av.open(str(into)) as container:
            found[name] = np.stack([one.to_ndarray(format="rgb24") for one in container.decode(video=0)])
    return found


def during(films: dict[str, Frames], kind: str, wish: str) -> Frames:
    """The frames of one wish."""
    number = list(CAPTIONS if kind == "captions" else OVERLAYS).index(wish)
    return films[kind][number * EACH : (number + 1) * EACH]


def ink(frame: Frames) -> NDArray[np.bool_]:
    return np.asarray(np.abs(frame.astype(int) - 51).max(axis=2) > 45)


def box(frame: Frames) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    rows, columns = np.flatnonzero(ink(frame).any(axis=1)), np.flatnonzero(ink(frame).any(axis=0))
    assert rows.size, "nothing is written"
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def wide(frame: Frames) -> int:
    return box(frame)[2] - box(frame)[0]


def high(frame: Frames) -> int:
    return box(frame)[3] - box(frame)[1]


def pixels(frame: Frames, colour: str) -> int:
    red, green, blue = (frame[..., at].astype(int) for at in range(3))
    kinds = {
        "red": (red > 130) & (green < 90), "white": (red > 150) & (green > 150) & (blue > 150),
        "green": (green > 130) & (red < 110),
    }  # fmt: skip
    return int(kinds[colour].sum())


BOTH = ("captions", "overlays")


@pytest.mark.parametrize("kind", BOTH)
def test_words_are_as_large_and_as_narrow_as_was_wished(films: dict[str, Frames], kind: str) -> None:
    plain, large, narrow = (during(films, kind, wish)[4] for wish in ("plain", "large", "narrow"))
    assert wide(large) > 1.5 * wide(plain)
    assert high(large) > 1.5 * high(plain)
    assert wide(narrow) < 0.85 * wide(plain)
    assert abs(high(narrow) - high(plain)) <= 3, "not only smaller"


@pytest.mark.parametrize("kind", BOTH)
def test_letters_their_edges_and_their_ground_have_the_colour_that_was_wished(
    films: dict[str, Frames], kind: str
) -> None:
    plain, red, edged, ground = (during(films, kind, wish)[4] for wish in ("plain", "red", "edged", "ground"))
    assert pixels(plain, "red") == 0 < pixels(plain, "white")
    assert pixels(red, "white") == 0 < pixels(red, "red")
    assert wide(edged) >= wide(plain) + 2
    reds = pixels(edged, "red") + pixels(edged, "white")
    assert reds > pixels(plain, "white"), "both letters and edges"
    assert np.abs(edged.astype(int)[..., 0] - edged[..., 1]).max() > 60 > np.abs(
        plain.astype(int)[..., 0] - plain[..., 1]
    ).max()  # fmt: skip
    assert pixels(ground, "red") > 2 * pixels(plain, "white")


def test_without_an_outline_letters_have_none(films: dict[str, Frames]) -> None:
    plain, house = (during(films, "overlays", wish)[4].max(axis=2) < 34 for wish in ("plain", "house"))
    assert house.sum() > 40
    assert house.sum() > 3 * plain.sum(), "their shadow alone"


def test_a_caption_stands_where_it_was_wished(films: dict[str, Frames]) -> None:
    tops = [box(during(films, "captions", wish)[4])[1] / SIZE[1] for wish in ("high", "middle", "plain")]
    assert tops[0] < 0.2 < tops[1] < 0.6 < tops[2]


def test_an_overlay_stands_where_it_was_wished(films: dict[str, Frames]) -> None:
    left, top, *_ = box(during(films, "overlays", "plain")[4])
    other_left, other_top, *_ = box(during(films, "overlays", "high")[4])
    assert left < 0.3 * SIZE[0] < 0.5 * SIZE[0] < other_left
    assert other_top < 0.2 * SIZE[1] < top


def test_capitals_are_higher_and_wider(films: dict[str, Frames]) -> None:
    plain, capitals = (during(films, "captions", wish)[4] for wish in ("plain", "capitals"))
    assert wide(capitals) > 1.1 * wide(plain)


@pytest.mark.parametrize("kind", BOTH)
def test_words_that_fade_are_fainter_at_first_and_at_last(films: dict[str, Frames], kind: str) -> None:
    plain, fading = (
        during(films, kind, wish).max(axis=(1, 2, 3)).astype(int) for wish in ("plain", "fading")
    )
    assert max(fading[0], fading[-1]) < fading[4] - 40
    assert np.ptp(plain) < 15, "the control"


def test_a_caption_that_pops_is_smaller_at_first(films: dict[str, Frames]) -> None:
    popping, plain = during(films, "captions", "popping"), during(films, "captions", "plain")
    assert wide(popping[0]) < wide(popping[5]) - 3
    assert wide(plain[0]) == wide(plain[5])


def test_words_of_little_opacity_let_the_picture_through(films: dict[str, Frames]) -> None:
    plain, clear = (int(during(films, "overlays", wish)[4].max()) for wish in ("plain", "clear"))
    assert 90 < clear < plain - 60


def test_a_caption_without_a_style_of_its_own_has_that_of_the_film(films: dict[str, Frames]) -> None:
    last = films["captions"][(len(CAPTIONS) + 1) * EACH + 4]
    assert pixels(last, "green") > 30 > pixels(last, "white")
    assert pixels(during(films, "captions", "plain")[4], "green") == 0


def lean(frame: Frames) -> float:
    """How many columns letters go to the right in each row that they go up."""
    left, top, right, bottom = box(frame)
    seen = np.abs(frame[top : bottom + 1, left : right + 1].astype(float) - 51).max(axis=2)
    rows = seen[1:-1] if bottom - top > 4 else seen
    middles = rows @ np.arange(rows.shape[1]) / rows.sum(axis=1)
    return -float(np.polyfit(np.arange(len(rows)), middles, 1)[0])


def test_what_nobody_in_the_picture_says_leans(films: dict[str, Frames]) -> None:
    """The same letters upright stand in the next caption."""
    slanted, upright = (films["captions"][(len(CAPTIONS) + number) * EACH + 4] for number in (0, 1))
    assert abs(lean(upright)) < 0.05 < 0.12 < lean(slanted)


def test_each_kind_of_overlay_is_seen_in_its_own_size_and_font(films: dict[str, Frames]) -> None:
    """In a picture as low as this a label is as high as a text; its font is the narrow one."""
    text, title, cta, label = (
        during(films, "overlays", one)[4] for one in ("plain", "title", "cta", "label")
    )
    assert high(title) > 1.4 * high(text)
    assert wide(cta) > wide(text)
    assert wide(label) < 0.85 * wide(text)
