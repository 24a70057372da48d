"""Exports in every form, read back."""

from itertools import product
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from state.export import LOUDNESS_LUFS, ExportPlan
from state.timeline import Effect, Timeline
from tests.cut_media import FPS, a_clip, a_timeline
from tools.post.export_form import form_of
from tools.post.measure import measure_loudness

QUALITIES, CONTAINERS = ("draft", "standard", "high"), ("mp4", "webm")
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4k": (3840, 2160)}
CODECS = {"mp4": ("h264", "aac"), "webm": ("vp9", "opus")}


def a_film(frames: int, size: tuple[int, int] = (320, 180)) -> Timeline:
    return a_timeline([a_clip("ramp.mp4", frames)], music=[a_clip("music.wav", frames)], size=size)


def planned(film: Timeline, **more) -> ExportPlan:
    return ExportPlan(width=film.width, height=film.height, fps=film.fps, **more)


def streams_of(path: Path) -> tuple[str, str, int, int, int]:
    with av.open(str(path)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        frames = sum(1 for _ in container.decode(picture))
        return picture.codec_context.name, sound.codec_context.name, picture.width, picture.height, frames


def bits_of(path: Path) -> float:
    """Thousands of bits a second of the picture alone."""
    with av.open(str(path)) as container:
        picture = container.streams.video[0]
        sizes = [packet.size for packet in container.demux(picture)]
    return sum(sizes) * 8 / (len([size for size in sizes if size]) / FPS) / 1000


@pytest.mark.parametrize(("container", "quality"), list(product(CONTAINERS, QUALITIES)))
async def test_every_container_and_quality_gives_a_whole_film(render, container, quality):
    film = a_film(12)
    facts, path = await render(film, form=form_of(planned(film, container=container, quality=quality)))
    picture, sound, width, height, frames = streams_of(path)
    assert (picture, sound) == CODECS[container]
    assert (width, height, frames) == (320, 180, 12)
    assert facts.integrated_lufs == pytest.approx(-14, abs=0.5)


@pytest.mark.nightly
@pytest.mark.parametrize(("size", "container", "quality"), list(product(SIZES, CONTAINERS, QUALITIES)))
async def test_every_size_container_and_quality(render, size, container, quality):
    """S5-113: 720p, 1080p and 4K, MP4 and WebM, draft, standard and high."""
    film = a_film(6, SIZES[size])
    _, path = await render(film, form=form_of(planned(film, container=container, quality=quality)))
    assert streams_of(path) == (*CODECS[container], *SIZES[size], 6)


@pytest.fixture
def noise(media: Path) -> Path:
    """A still that no coder has an easy time with, moved about by a look."""
    dice = np.random.default_rng(3)
    Image.fromarray(dice.integers(0, 255, (180, 320, 3), np.uint8)).save(media / "noise.png")
    return media


@pytest.mark.parametrize(("container", "kbps"), [("mp4", 300), ("mp4", 1200), ("webm", 1200)])
async def test_the_picture_has_the_bits_that_were_asked_for(render, noise, container, kbps):
    """S5-070, S4-081: within a quarter of the rate where there is enough to see."""
    shaken = [Effect(name="shake", strength=1.0), Effect(name="grain", strength=1.0)]
    clip = a_clip("noise.png", 72).model_copy(update={"effects": shaken})
    film = a_timeline([clip], music=[a_clip("music.wav", 72)])
    _, path = await render(film, form=form_of(planned(film, container=container, bitrate_kbps=kbps)))
    assert bits_of(path) == pytest.approx(kbps, rel=0.25)


@pytest.mark.parametrize(
    ("container", "loudness"), [("mp4", "broadcast"), ("webm", "broadcast"), ("webm", "web")]
)
async def test_an_export_is_as_loud_as_its_standard_says(render, container, loudness):
    film = a_film(48)
    facts, path = await render(film, form=form_of(planned(film, container=container, loudness=loudness)))
    heard = await measure_loudness(path)
    assert heard.integrated_lufs == pytest.approx(LOUDNESS_LUFS[loudness], abs=0.5)
    assert facts.integrated_lufs == pytest.approx(heard.integrated_lufs, abs=0.01)
    assert heard.true_peak_dbtp <= -1.0


async def test_an_mp4_has_its_index_in_front(render):
    film = a_film(12)
    _, path = await render(film, form=form_of(planned(film)))
    data = path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
