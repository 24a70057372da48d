"""S4-046: peaks of a sound for display, from real files by the real decoder."""

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from state.errors import FfmpegFailed, MediaError, MediaMissing
from tests.cut_media import tone, write_sound, write_take
from tests.media_files import encoded, sound
from tests.songs import clicks, compared
from tools.post.samples import decoded, rhythm_of
from tools.post.waveform import Waveform, png, svg, waveform

RATE_HZ = 48_000


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    """A second at 0.5, a second of nothing, a second at 0.25."""
    parts = [tone(440, 1, level=0.5), np.zeros(RATE_HZ), tone(440, 1, level=0.25)]
    return write_sound(tmp_path / "spoken.wav", np.concatenate(parts))


async def test_peaks_follow_the_sound(spoken: Path) -> None:
    shape = await waveform(spoken, 6)
    assert shape.duration_s == 3
    assert np.allclose(shape.high, [0.5, 0.5, 0, 0, 0.25, 0.25], atol=0.002)
    assert np.allclose(shape.low, [-0.5, -0.5, 0, 0, -0.25, -0.25], atol=0.002)
    assert np.allclose(shape.rms, np.array([0.5, 0.5, 0, 0, 0.25, 0.25]) / np.sqrt(2), atol=0.002)


@pytest.mark.parametrize("buckets", [1, 2, 777, 10_000])
async def test_as_many_buckets_as_asked_all_within_one(spoken: Path, buckets: int) -> None:
    shape = await waveform(spoken, buckets)
    for values in (shape.low, shape.high, shape.rms):
        assert len(values) == buckets
        assert -1 <= min(values) <= max(values) <= 1
    assert max(shape.high) == pytest.approx(0.5, abs=0.002)
    assert all(low <= high for low, high in zip(shape.low, shape.high, strict=True))


@pytest.mark.parametrize("buckets", [0, -1, 10_001])
async def test_too_few_and_too_many_buckets_are_refused(spoken: Path, buckets: int) -> None:
    with pytest.raises(ValueError, match="10000 buckets"):
        await waveform(spoken, buckets)


async def test_the_silence_is_told_and_only_that(spoken: Path) -> None:
    [(start, end)] = (await waveform(spoken, 10)).silent
    assert (start, end) == pytest.approx((1, 2), abs=0.02)


async def test_a_short_pause_is_no_silence(tmp_path: Path) -> None:
    parts = [tone(440, 1), np.zeros(int(0.4 * RATE_HZ)), tone(440, 1)]
    assert (await waveform(write_sound(tmp_path / "a.wav", np.concatenate(parts)), 10)).silent == []


async def test_what_is_clipped_is_told_and_a_loud_tone_is_not(tmp_path: Path) -> None:
    loud = tone(100, 1, level=0.999)
    clipped = np.concatenate([loud, np.clip(tone(100, 0.5, level=3), -1, 1), loud])
    assert (await waveform(write_sound(tmp_path / "loud.wav", loud), 10)).clipped == []
    [(start, end)] = (await waveform(write_sound(tmp_path / "clipped.wav", clipped), 10)).clipped
    assert (start, end) == pytest.approx((1, 1.5), abs=0.02)


async def test_a_clipped_sound_is_told_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    square = np.sign(tone(100, 2)) * 1.0
    path = write_sound(tmp_path / "square.wav", square)
    whole = await waveform(path, 10)
    monkeypatch.setattr("tools.post.waveform._BLOCK", 1000)
    assert (await waveform(path, 10)) == whole
    assert whole.clipped == [(pytest.approx(0, abs=0.01), pytest.approx(2, abs=0.01))]


@pytest.mark.parametrize("kind", ["wav", "mp3", "ipod", "adts"])
async def test_every_kind_of_sound_that_is_kept(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "anything"
    path.write_bytes(sound(kind))
    shape = await waveform(path, 50)
    assert shape.duration_s == pytest.approx(0.5, abs=0.1)
    assert 0.1 < max(shape.high) < 0.2


async def test_one_side_alone_is_seen(tmp_path: Path) -> None:
    """Of two channels in opposite phase a mean would be silence."""
    path = tmp_path / "a.wav"
    path.write_bytes(encoded("wav", "-f", "lavfi", "-i", "aevalsrc=0.5*sin(440*2*PI*t)|-0.5*sin(440*2*PI*t)"))
    assert max((await waveform(path, 4)).high) == pytest.approx(0.5, abs=0.01)


async def test_a_sound_of_a_few_samples_has_all_its_buckets(tmp_path: Path) -> None:
    shape = await waveform(write_sound(tmp_path / "a.wav", np.full(3, 0.5)), 8)
    assert np.allclose(shape.high, 0.5, atol=0.001)


async def test_no_sound_no_file_and_no_media_are_told_apart(tmp_path: Path) -> None:
    text = tmp_path / "song.mp3"
    text.write_text("This is a text and no song.")
    with pytest.raises(MediaError, match="no sound"):
        await waveform(write_take(tmp_path / "mute.mp4", [100] * 6), 10)
    with pytest.raises(FfmpegFailed):
        await waveform(text, 10)
    with pytest.raises(MediaMissing):
        await waveform(tmp_path / "gone.wav", 10)


async def test_nothing_is_left_behind(spoken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(work))
    async with decoded(spoken) as heard:
        assert list(work.iterdir())
        assert heard.duration_s == 3
    assert not list(work.iterdir())


async def test_it_is_kept_without_a_blank(spoken: Path) -> None:
    shape = await waveform(spoken, 1000)
    packed = shape.packed()
    assert b" " not in packed
    assert len(packed) < 1000 * 3 * 8
    assert Waveform.model_validate(json.loads(packed)) == shape


async def test_the_drawings_show_where_it_is_loud(spoken: Path) -> None:
    shape = await waveform(spoken, 300)
    pixels = np.asarray(Image.open(io.BytesIO(png(shape, width=300, height=100))))[:, :, 3]
    heights = [(pixels[:, column] > 0).sum() for column in (50, 150, 250)]
    assert heights[0] == pytest.approx(50, abs=4)
    assert heights[1] <= 2
    assert heights[2] == pytest.approx(25, abs=4)
    drawing = ElementTree.fromstring(svg(shape))  # noqa: S314  # ours
    assert [part.tag.rpartition("}")[2] for part in drawing] == ["polygon", "polygon"]


def test_a_colour_is_a_colour() -> None:
    flat = Waveform(duration_s=1, low=[0], high=[0], rms=[0], silent=[], clipped=[])
    for wrong in ("red", '#fff"/><script>', "#12345g", "1234567"):
        with pytest.raises(ValueError, match="rrggbb"):
            svg(flat, colour=wrong)


async def test_the_beats_of_a_file_are_those_of_its_samples(tmp_path: Path) -> None:
    played = clicks(120, 10)
    path = write_sound(tmp_path / "clicks.wav", played.samples.astype(float), rate_hz=22_050)
    hits = compared(np.array((await rhythm_of(path)).beats_s), played.beats_s)
    assert min(hits.recall, hits.precision) > 0.94
