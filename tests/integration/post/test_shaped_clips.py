"""What a person asked of a clip is seen and heard in the rendered film, and nowhere else."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from state import edits
from state.media import MediaRef
from state.timeline import Clip, Crop, Effect, Focus, Timeline
from tests.cut_media import SIZE, a_clip, a_timeline, dissolve, read_back
from tools.cuts.apply import applied
from tools.cuts.ids import named, opened
from tools.cuts.pieces import picture_of

NEAR = 3


def asked(key: str, length: int, **more: Any):
    return a_clip(key, length, start=more.pop("start", 0)).model_copy(update=more)


async def lights(render, *items, **more: Any) -> list[float]:
    return [float(one.mean()) for one in await pictures(render, *items, **more)]


async def pictures(render, *items, **more: Any) -> list[NDArray[np.uint8]]:
    """Luma of every frame; as many as the cut has."""
    timeline: Timeline = a_timeline(items).model_copy(update=more)
    _, path = await render(timeline)
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray()[: SIZE[1]] for frame in container.decode(video=0)]
    assert len(frames) == timeline.length
    return frames


async def test_twice_as_fast_every_second_frame_is_seen(render):
    """The ramp gets four steps lighter with each frame."""
    seen = await lights(render, asked("ramp.mp4", 20, speed=2.0, frames=10))
    assert np.diff(seen) == pytest.approx([8] * 9, abs=1.5)
    assert seen[0] == pytest.approx(20, abs=NEAR)


async def test_at_half_the_speed_every_frame_is_seen_twice(render):
    seen = await lights(render, asked("ramp.mp4", 10, speed=0.5, frames=20))
    assert seen[::2] == pytest.approx([20 + 4 * n for n in range(10)], abs=NEAR)
    assert seen[1::2] == pytest.approx(seen[::2], abs=1.5)


async def test_a_fade_goes_from_black_and_into_it(render):
    seen = await lights(render, asked("light.mp4", 24, fade_in=8, fade_out=6), a_clip("light.mp4", 4))
    assert seen[0] == pytest.approx(16, abs=25)
    assert seen[:8] == sorted(seen[:8])
    assert seen[8:18] == pytest.approx([180] * 10, abs=NEAR)
    assert seen[18:24] == sorted(seen[18:24], reverse=True)
    assert seen[24:] == pytest.approx([180] * 4, abs=NEAR), "the next one is not touched"


async def test_grain_lies_on_the_clip_that_asked_for_it_alone(render):
    grain = [Effect(name="grain", strength=1.0)]
    frames = await pictures(render, a_clip("light.mp4", 6), asked("light.mp4", 6, effects=grain))
    rough = [float(frame[20:-20, 20:-20].std()) for frame in frames]
    assert max(rough[:5]) < 1.5
    assert min(rough[7:]) > 4


async def test_an_effect_that_is_off_changes_nothing(render):
    off = [Effect(name="grain", on=False), Effect(name="noir", strength=0)]
    plain = await pictures(render, a_clip("ramp.mp4", 6))
    same = await pictures(render, asked("ramp.mp4", 6, effects=off))
    assert all(np.array_equal(one, other) for one, other in zip(plain, same, strict=True))


async def test_a_lut_of_the_cut_is_worked_into_its_clip(render, media):
    """A table that turns everything round makes a light clip dark, and the next one stays light."""
    table = [f"{1 - r} {1 - g} {1 - b}" for b in (0, 1) for g in (0, 1) for r in (0, 1)]
    (media / "inverse.cube").write_text("LUT_3D_SIZE 2\n" + "\n".join(table))
    file = MediaRef(key="inverse.cube", mime="text/plain", sha256="0" * 64, size_bytes=1)
    inverse = [Effect(name="lut", strength=1.0, media=file)]
    seen = await lights(render, asked("light.mp4", 3, effects=inverse), a_clip("light.mp4", 3))
    assert seen == pytest.approx([235 + 16 - 180] * 3 + [180] * 3, abs=NEAR + 1)


async def test_a_look_of_the_film_lies_on_all_of_it(render):
    vignette = [Effect(name="vignette", strength=1.0)]
    frames = await pictures(render, a_clip("light.mp4", 4), a_clip("light.mp4", 4), effects=vignette)
    for frame in frames:
        middle = frame[80:100, 150:170].mean()
        assert frame[:6, :6].mean() < middle * 0.96


def _halves(path: Path) -> Path:
    """A still: dark at the left, light at the right."""
    picture = np.full((180, 320, 3), 40, np.uint8)
    picture[:, 160:] = 220
    Image.fromarray(picture).save(path)
    return path


async def test_what_was_cropped_is_not_in_the_picture(render, media):
    """Without its left half only the light one is seen, as wide as the film."""
    _halves(media / "halves.png")
    whole = (await pictures(render, a_clip("halves.png", 2)))[1]
    right = (await pictures(render, asked("halves.png", 2, crop=Crop(left=50, top=25, bottom=25))))[1]
    assert whole[90, 20] < 70 < 150 < whole[90, 300]
    assert right.min() > 180


@pytest.mark.parametrize(("fit", "edge"), [("fill", 128), ("fit", 16), ("blur", 97)])
async def test_a_clip_of_another_shape_fills_the_film_or_is_seen_whole(render, media, fit: str, edge: int):
    Image.fromarray(np.full((180, 180, 3), 130, np.uint8)).save(media / "square.png")
    frame = (await pictures(render, asked("square.png", 2, fit=fit)))[1]
    assert frame[90, 160] == pytest.approx(128, abs=4)
    assert frame[90, 20] == pytest.approx(edge, abs=4)


@pytest.fixture(scope="module")
def wide(media) -> str:
    """A take of another shape: its luma says the column, 30 at the left and 220 at the right."""
    columns = np.tile(np.linspace(30, 220, 640).astype(np.uint8), (180, 1))
    Image.fromarray(columns).save(media / "columns.png")
    with av.open(str(media / "wide.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"crf": "4", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 640, 180, "yuv420p"
        planes = np.full((270, 640), 128, np.uint8)
        planes[:180] = columns
        for _ in range(48):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
        container.mux(stream.encode())
    return "wide.mp4"


def middle(frame: NDArray[np.uint8]) -> float:
    """Which share of the wide picture is in the middle of the film's."""
    return float((frame[60:120, 150:170].mean() - 30) / 190)


FOLLOWED = [Focus(at=4, x=0.3), Focus(at=28, x=0.7)]


@pytest.mark.parametrize(("speed", "moments"), [(1.0, (4, 16, 28, 40)), (2.0, (2, 8, 14, 20))])
async def test_a_window_follows_its_keys_at_the_frames_of_the_take(render, wide, speed, moments):
    asked_for = asked(wide, 44, speed=speed, frames=round(44 / speed), focus=FOLLOWED)
    seen = [middle(frame) for frame in await pictures(render, asked_for)]
    assert [seen[at] for at in moments] == pytest.approx([0.3, 0.5, 0.7, 0.7], abs=0.02)


async def test_a_trimmed_clip_begins_in_the_middle_of_the_movement(render, wide):
    seen = [middle(frame) for frame in await pictures(render, asked(wide, 20, start=16, focus=FOLLOWED))]
    assert [seen[0], seen[12], seen[-1]] == pytest.approx([0.5, 0.7, 0.7], abs=0.02)


async def test_a_crop_comes_first_and_the_window_is_a_part_of_what_it_leaves(render, wide):
    """The right three quarters of the picture, of which the window shows the left."""
    crop = Crop(left=25)
    left = asked(wide, 2, crop=crop, focus=[Focus(at=0, x=0)])
    assert middle((await pictures(render, left))[1]) == pytest.approx(0.25 + 0.25, abs=0.02)


async def test_what_is_seen_whole_has_no_window(render, wide):
    frame = (await pictures(render, asked(wide, 2, fit="fit", focus=[Focus(at=0, x=0)])))[1]
    assert middle(frame) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("speed", "at"), [(1.0, 17), (0.5, 30)])
async def test_a_clip_that_is_split_in_its_movement_is_seen_as_it_was(render, wide, speed: float, at: int):
    clip = asked(wide, 32, speed=speed, frames=round(32 / speed), focus=FOLLOWED)
    whole = opened(a_timeline([clip]))
    edit = named(whole, edits.SplitClip(clip=picture_of(whole).items[0].id, at=at))
    split = applied(whole, edit)
    shown = [item for item in picture_of(split).items if isinstance(item, Clip)]
    assert len(shown) == 2
    before, after = await pictures(render, clip), await pictures(render, *shown)
    lights = zip([one.mean() for one in before], [one.mean() for one in after], strict=True)
    # A column of the take is 0.3 lighter than the one before it; what is coded in two pieces is off by one.
    assert max(abs(one - other) for one, other in lights) < 0.6


def heard(levels: Sequence[float | None], **track: Any) -> Timeline:
    """A second of the same tone for each level, of which a muted one has none, and one more as it is."""
    tones = [
        a_clip("music.wav", 24).model_copy(update={"muted": level is None, "gain_db": level or 0.0})
        for level in [*levels, 0.0]
    ]
    film = a_timeline([a_clip("dark.mp4", 24 * len(tones))], effects=tones)
    return film.model_copy(update={"tracks": [film.tracks[0], film.tracks[1].model_copy(update=track)]})


async def test_of_sounds_a_muted_one_is_not_heard_and_one_turned_down_is_quieter(render):
    _, path = await render(heard([None, -12.0]))
    seen = read_back(path)
    muted, lower, plain = [seen.level(2000, second + 0.2, second + 0.8) for second in range(3)]
    assert plain - lower == pytest.approx(12, abs=0.7)
    assert muted < plain - 60


async def test_a_sound_comes_and_goes_in_the_frames_that_were_asked_for(render):
    film = heard([])
    faded = film.tracks[1].items[0].model_copy(update={"fade_in": 12, "fade_out": 12})
    film.tracks[1].items[0] = faded
    _, path = await render(film)
    seen = read_back(path)
    ends, quarters = (
        [seen.level(2000, at, at + 0.05) for at in (0.02, 0.93)],
        [seen.level(2000, at, at + 0.05) for at in (0.225, 0.725)],
    )
    middle = seen.level(2000, 0.475, 0.525)
    assert max(ends) < middle - 15
    assert quarters == pytest.approx([middle - 6] * 2, abs=2)


async def test_the_fades_of_a_track_are_those_of_its_first_and_last_sound(render):
    _, path = await render(heard([0.0], fade_in=12, fade_out=12))
    seen = read_back(path)
    begins, turn, after, ends = [seen.level(2000, at, at + 0.05) for at in (0.02, 0.93, 1.05, 1.93)]
    assert max(begins, ends) < turn - 15
    assert turn == pytest.approx(after, abs=1)


async def test_a_muted_track_is_not_heard_and_one_turned_down_is_quieter(render):
    voice = [a_clip("voice.wav", 24)]
    film = heard([])
    with_voice = a_timeline(film.tracks[0].items, voice=voice).tracks[1]

    async def tone_beside_a_voice(**more: Any) -> float:
        tracks = [film.tracks[0], with_voice, film.tracks[1].model_copy(update=more)]
        seen = read_back((await render(film.model_copy(update={"tracks": tracks})))[1])
        return seen.level(2000, 0.2, 0.8) - seen.level(180, 0.2, 0.8)

    plain = await tone_beside_a_voice()
    assert plain - await tone_beside_a_voice(gain_db=-9.0) == pytest.approx(9, abs=1)
    assert plain - await tone_beside_a_voice(muted=True) > 40


async def test_a_film_that_is_to_be_quieter_is_quieter_than_the_standard(render):
    facts, _ = await render(heard([]).model_copy(update={"gain_db": -6.0}))
    assert facts.integrated_lufs == pytest.approx(-20, abs=0.5)


@pytest.mark.parametrize("key", ["dark.mp4", "still.png"])
@pytest.mark.parametrize("place", [0, 1, 2])
async def test_a_clip_of_a_single_frame_is_seen_for_a_frame(render, media, key: str, place: int):
    Image.fromarray(np.full((180, 320, 3), 51, np.uint8)).save(media / "still.png")
    items = [a_clip("light.mp4", 6), a_clip("light.mp4", 6)]
    items.insert(place, a_clip(key, 1))
    dark = place * 6
    seen = await lights(render, *items)
    assert [number for number, light in enumerate(seen) if light == pytest.approx(60, abs=NEAR)] == [dark]
    assert [light for number, light in enumerate(seen) if number != dark] == pytest.approx(
        [180] * 12, abs=NEAR
    )


async def test_single_frames_in_a_row_and_behind_a_dissolve_lose_none(render):
    row = await lights(render, *(a_clip("ramp.mp4", 1, start=start) for start in (0, 10, 20, 30)))
    assert row == pytest.approx([20, 60, 100, 140], abs=NEAR)
    dissolved = [a_clip("dark.mp4", 12), dissolve(8), a_clip("light.mp4", 9), a_clip("dark.mp4", 3)]
    seen = await lights(render, *dissolved)
    assert seen[12:] == pytest.approx([180, 60, 60, 60], abs=NEAR)
