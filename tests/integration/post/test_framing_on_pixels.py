"""Crops, frames of another shape, and a window that follows keys."""

import numpy as np
import pytest

from state.errors import EditRefused
from state.timeline import Focus
from tests.raw_pictures import Frames, flat, lumas, ready, run_graph
from tools.post.framing import Edges, plan_cover, plan_crop, plan_fit, plan_window
from tools.post.window import place

SIZE = (160, 96)


def _columns(count: int) -> Frames:
    """Luma says the column: 40 at the left, 199 at the right."""
    frames = flat(count, SIZE, 0)
    frames[:, : SIZE[1]] = 40 + np.arange(SIZE[0])
    return frames


async def _run(folder, frames, plan, out=SIZE) -> Frames:
    chains = [ready("0:v", "a", 24), *plan, "[x]null[out]"]
    made = await run_graph([frames], chains, folder, fps=24, out=out)
    assert len(made) == len(frames)
    return made


async def test_a_crop_cuts_off_what_it_says(tmp_path):
    made = await _run(
        tmp_path, _columns(1), plan_crop("a", "x", Edges(left=25, right=12.5, top=50)), out=(100, 48)
    )
    row = lumas(made)[0][10]
    assert (row[0], row[-1]) == (40 + 40, 40 + 139)


async def test_no_crop_leaves_every_bit(tmp_path):
    frames = _columns(2)
    assert np.array_equal(await _run(tmp_path, frames, plan_crop("a", "x", Edges())), frames)


@pytest.mark.parametrize(
    "edges", [Edges(left=50, right=41), Edges(top=95), Edges(left=-1), Edges(right=float("nan"))]
)
def test_a_crop_that_leaves_nothing_is_refused(edges):
    with pytest.raises(EditRefused) as refused:
        plan_crop("a", "x", edges)
    assert refused.value.details["field"].startswith("crop.")


TALL = (72, 128)


async def test_fill_cuts_the_sides_off_and_keeps_the_shape(tmp_path):
    """160 columns are enlarged to 213, of which the middle 72 are seen."""
    made = await _run(tmp_path, _columns(1), plan_fit("a", "x", "fill", size=TALL), out=TALL)
    row = lumas(made)[0][64]
    assert (row[0], row[-1]) == pytest.approx((40 + 53, 40 + 107), abs=2)


async def test_fit_shows_all_between_bars_of_the_colour(tmp_path):
    plans = plan_fit("a", "x", "fit", size=TALL, colour="#FF0000")
    made = await _run(tmp_path, _columns(1), plans, out=TALL)
    picture = lumas(made)[0]
    assert (picture[64][1], picture[64][-2]) == pytest.approx((42, 197), abs=4)
    assert picture[5].tolist() == pytest.approx([63] * 72, abs=2), "red in bt709"
    assert made[0][128:][-1].max() > 200, "and its colour"


async def test_fit_beside_is_black_unless_told(tmp_path):
    made = await _run(
        tmp_path, flat(1, (96, 160), 150), plan_fit("a", "x", "fit", size=(160, 96)), out=(160, 96)
    )
    row = lumas(made)[0][48]
    assert (row[0], row[80], row[-1]) == (16, 150, 16)


async def test_blurred_sides_are_the_picture_soft_and_darker(tmp_path):
    frames = flat(1, SIZE, 60)
    frames[:, : SIZE[1], ::2] = 200
    made = await _run(tmp_path, frames, plan_fit("a", "x", "blur", size=TALL), out=TALL)
    picture = lumas(made)[0]
    sides = picture[:30]
    assert np.abs(np.diff(sides, axis=1)).max() < 12, "no stripe is left in them"
    assert 60 < sides.mean() < 120
    assert picture[64].mean() > sides.mean() + 10


@pytest.mark.parametrize("colour", ["red", "#12345", "#000000:x=9", ""])
def test_a_colour_that_is_none_is_refused(colour):
    with pytest.raises(EditRefused) as refused:
        plan_fit("a", "x", "fit", size=TALL, colour=colour)
    assert refused.value.details == {"field": "colour"}


async def _middles(folder, keys, count, first=0) -> list[float]:
    """Which column of the source is in the window's middle, frame by frame."""
    size = (54, 96)
    plan = [
        *plan_cover("a", "c", size),
        *plan_window("c", "x", keys, size=size, first=first, frames=count),
    ]
    made = await _run(folder, _columns(count), plan, out=size)
    return [float(frame[40:56, 25:29].mean()) - 40 + 0.5 for frame in lumas(made)]


KEYS = [Focus(at=6, x=0.3), Focus(at=30, x=0.7)]


async def test_a_window_follows_its_keys_softly(tmp_path):
    middles = await _middles(tmp_path, KEYS, 36)
    assert middles[:6] == pytest.approx([48] * 6, abs=0.6)
    assert middles[18] == pytest.approx(80, abs=0.8)
    assert middles[30:] == pytest.approx([112] * 6, abs=0.6)
    steps = np.diff(middles)
    assert (steps > -0.3).all()
    assert steps.max() < 1.5 * 64 / 24 * 1.25 + 0.5, "no jump"
    assert {round(value) % 2 for value in middles[8:28]} == {0, 1}, (
        "it stands on every pixel, not every other"
    )
    assert middles == pytest.approx([160 * place(KEYS, at)[0] for at in range(36)], abs=0.7)


async def test_a_part_of_a_movement_is_that_part(tmp_path):
    """Whatever frame it begins at: a clip that was split goes on as it did."""
    whole = await _middles(tmp_path, KEYS, 36)
    assert await _middles(tmp_path, KEYS, 10, first=14) == whole[14:24]
    assert await _middles(tmp_path, KEYS, 4, first=32) == whole[32:]


async def test_a_window_goes_on_through_a_key_and_jumps_between_two_that_touch(tmp_path):
    """Three keys on one line are one movement; at 20 and 21 the film was cut."""
    keys = [
        Focus(at=0, x=0.3),
        Focus(at=10, x=0.4),
        Focus(at=20, x=0.5),
        Focus(at=21, x=0.8),
        Focus(at=40, x=0.8),
    ]
    middles = await _middles(tmp_path, keys, 30)
    assert np.diff(middles[2:18]).min() > 0, "it does not stop at frame 10"
    assert middles[19:22] == pytest.approx([78.4, 80, 128], abs=1)
    assert middles[21:] == pytest.approx([128] * 9, abs=0.6)


@pytest.mark.parametrize(("x", "middle"), [(0.0, 27), (1.0, 133), (0.5, 80)])
async def test_a_window_stops_at_the_edges(x, middle, tmp_path):
    keys = [Focus(at=0, x=x), Focus(at=100, x=x, y=0.4)]
    assert await _middles(tmp_path, keys, 2) == pytest.approx([middle] * 2, abs=0.6)


async def test_a_low_picture_in_a_wide_frame_is_followed_up_and_down(tmp_path):
    frames = flat(2, (96, 160), 0)
    frames[:, :160] = (40 + np.arange(160))[:, None]
    keys = [Focus(at=0, y=0.25), Focus(at=1, y=0.75)]
    plan = [*plan_cover("a", "c", (96, 56)), *plan_window("c", "x", keys, size=(96, 56), first=0, frames=2)]
    made = lumas(await _run(tmp_path, frames, plan, out=(96, 56)))
    assert [float(one[26:30].mean()) for one in made] == pytest.approx([40 + 40 - 0.5, 40 + 120 - 0.5], abs=1)


@pytest.mark.parametrize(("x", "shown"), [(0.25, 40), (0.0, 27), (0.9, 133)])
async def test_a_window_that_stands_is_cut_out_where_it_is_told(x, shown, tmp_path):
    plan = plan_fit("a", "x", "fill", size=(54, 96), around=Focus(at=0, x=x))
    made = await _run(tmp_path, _columns(1), plan, out=(54, 96))
    assert float(lumas(made)[0][48, 25:29].mean()) - 40 + 0.5 == pytest.approx(shown, abs=1.5)
