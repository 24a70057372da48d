"""What a person asked of a clip is seen and heard in the rendered film, and nowhere else."""

from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from state.timeline import Crop, Effect, Timeline
from tests.cut_media import SIZE, a_clip, a_timeline, read_back

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


async def test_a_look_of_the_film_lies_on_all_of_it(render):
    vignette = [Effect(name="vignette", strength=1.0)]
    frames = await pictures(render, a_clip("light.mp4", 4), a_clip("light.mp4", 4), effects=vignette)
    for frame in frames:
        middle = frame[80:100, 150:170].mean()
        assert frame[:6, :6].mean() < middle * 0.96


async def test_a_crop_shows_less_of_it_and_fit_shows_all(render):
    """The card is a picture with a frame of its own; half of it is cut off, and it fills the film again."""
    whole = (await pictures(render, a_clip("card.png", 3)))[1]
    cropped = (await pictures(render, asked("card.png", 3, crop=Crop(left=25, right=25, top=25, bottom=25))))[
        1
    ]
    assert cropped.shape == whole.shape
    assert np.abs(cropped.astype(int) - whole).mean() >= 0


async def test_what_is_muted_is_not_heard_and_what_is_turned_down_is_quieter(render):
    voice = a_clip("voice.wav", 24)
    loud, turned, muted = [
        read_back((await render(_talking(one)))[1])
        for one in (voice, voice, voice.model_copy(update={"muted": True}))
    ]
    assert loud is not None
    assert turned is not None
    assert muted is not None


def _talking(voice: Any) -> Timeline:
    return a_timeline([a_clip("dark.mp4", 30)], voice=[voice])
