"""Single pictures, contact sheets, and what is measured on a master."""

import numpy as np
import pytest
from PIL import Image

from state.errors import MediaMissing
from tests.cut_media import a_clip, a_timeline, gap, syllables, write_sound
from tools.post.measure import black_frames, measure, silences
from tools.post.stills import contact_sheet, frame_at, thumbnail


def _grey(path):
    with Image.open(path) as picture:
        return picture.size, float(np.asarray(picture.convert("L"), float).mean())


@pytest.mark.parametrize("name", ["still.png", "still.jpg"])
async def test_a_thumbnail_is_640_wide(media, tmp_path, name):
    size, _ = _grey(await thumbnail(media / "light.mp4", 0.5, tmp_path / name))
    assert size == (640, 360)


async def test_a_frame_is_that_of_its_moment(media, tmp_path):
    levels = [
        _grey(await frame_at(media / "ramp.mp4", n / 24, tmp_path / "f.png"))[1] for n in (0, 1, 20, 47)
    ]
    wanted = [(20 + 4 * n - 16) * 255 / 219 for n in (0, 1, 20, 47)]
    assert levels == pytest.approx(wanted, abs=3)


async def test_after_the_end_the_last_frame_is_shown(media, tmp_path):
    _, level = _grey(await frame_at(media / "ramp.mp4", 99, tmp_path / "f.png"))
    assert level == pytest.approx((20 + 4 * 47 - 16) * 255 / 219, abs=3)


async def test_a_missing_video_is_named(tmp_path):
    with pytest.raises(MediaMissing, match=r"none\.mp4"):
        await thumbnail(tmp_path / "none.mp4", 0, tmp_path / "f.png")


async def test_a_contact_sheet_holds_all_tiles(media, tmp_path):
    tiles = [(media / "card.png", f"1{letter} a slow look at the letter") for letter in "ABCDE"]
    sheet = await contact_sheet(tiles, tmp_path / "sheet.png", columns=2, title="Storyboard")
    with Image.open(sheet) as picture:
        assert picture.width == 2 * 48 + 2 * 480 + 24
        assert picture.height > 3 * 270


async def test_a_sheet_without_tiles_is_still_a_picture(tmp_path):
    with Image.open(await contact_sheet([], tmp_path / "sheet.png", title="Nothing yet")) as picture:
        assert picture.size[0] > 100


@pytest.fixture
async def long_voice(media):
    write_sound(media / "long.wav", syllables(6.0))
    return "long.wav"


@pytest.mark.parametrize(("frames", "found"), [(23, False), (25, True)])
async def test_more_than_a_second_of_black_is_found(render, frames, found):
    timeline = a_timeline([a_clip("light.mp4", 12), gap(frames), a_clip("light.mp4", 12)])
    _, path = await render(timeline)
    spans = await black_frames(path)
    assert [round(span.start_s, 2) for span in spans] == ([0.5] if found else [])


async def test_a_dark_card_with_a_word_on_it_is_not_black(render, media):
    card = Image.new("RGB", (320, 180))
    card.paste((220, 220, 220), (140, 85, 180, 95))
    card.save(media / "dark.png")
    _, path = await render(a_timeline([a_clip("dark.png", 48)]))
    assert await black_frames(path) == []


async def test_black_at_the_end_is_found(render):
    timeline = a_timeline([a_clip("light.mp4", 12), gap(36)])
    _, path = await render(timeline)
    [span] = await black_frames(path)
    assert (span.start_s, span.end_s) == pytest.approx((0.5, 2.0), abs=0.05)


@pytest.mark.parametrize(("frames", "found"), [(60, False), (84, True)])
async def test_more_than_three_seconds_of_silence_are_found(render, frames, found):
    voice = [a_clip("voice.wav", 24), gap(frames), a_clip("voice.wav", 24)]
    timeline = a_timeline([a_clip("light.mp4", 48 + frames)], voice=voice)
    _, path = await render(timeline)
    assert bool(await silences(path)) is found


async def test_what_was_measured_is_what_render_reports(render, long_voice):
    facts, path = await render(a_timeline([a_clip("dark.mp4", 48)], voice=[a_clip(long_voice, 48)]))
    assert await measure(path) == facts
