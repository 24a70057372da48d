"""Crops, frames of another shape, and a window that follows keyframes."""

import numpy as np
import pytest

from state.errors import EditRefused
from tests.raw_pictures import Frames, flat, lumas, ready, run_graph
from tools.post.framing import Edges, Keyframe, plan_crop, plan_fit, plan_reframe

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


async def _middles(folder, keys, count, **more) -> list[float]:
    """Which column of the source is in the window's middle, frame by frame."""
    size = (54, 96)
    plan = plan_reframe("a", "x", keys, source=SIZE, size=size, fps=24, **more)
    made = await _run(folder, _columns(count), plan, out=size)
    return [float(frame[40:56, 25:29].mean()) - 40 + 0.5 for frame in lumas(made)]


async def test_a_window_follows_its_keyframes_softly(tmp_path):
    keys = [Keyframe(at_s=0.25, x=0.3), Keyframe(at_s=1.25, x=0.7)]
    middles = await _middles(tmp_path, keys, 36)
    assert middles[:6] == pytest.approx([48] * 6, abs=0.6)
    assert middles[18] == pytest.approx(80, abs=0.8)
    assert middles[30:] == pytest.approx([112] * 6, abs=0.6)
    steps = np.diff(middles)
    assert (steps > -0.3).all()
    assert steps.max() < 1.5 * 64 / 24 * 1.25, "no jump"
    assert len({round(value * 4) for value in middles[8:14]}) == 6, "it moves by parts of pixels too"


@pytest.mark.parametrize(("x", "middle"), [(0.0, 27), (1.0, 133), (0.5, 80)])
async def test_a_window_stops_at_the_edges(x, middle, tmp_path):
    found = await _middles(tmp_path, [Keyframe(at_s=0, x=x)], 2)
    assert found == pytest.approx([middle] * 2, abs=0.6)


async def test_a_nearer_window_shows_less(tmp_path):
    size = (54, 96)
    shown = []
    for zoom in (1.0, 2.0):
        plan = plan_reframe("a", "x", [Keyframe(at_s=0, x=0.5)], source=SIZE, size=size, fps=24, zoom=zoom)
        shown.append(np.ptp(lumas(await _run(tmp_path, _columns(1), plan, out=size))[0][48]))
    assert shown == pytest.approx([53, 26.5], abs=1.5)


@pytest.mark.parametrize(
    ("keys", "zoom", "field"),
    [
        ([], 1, "keys"),
        ([Keyframe(at_s=0, x=1.2)], 1, "keys"),
        ([Keyframe(at_s=0, x=float("nan"))], 1, "keys"),
        ([Keyframe(at_s=1, x=0.5), Keyframe(at_s=0.5, x=0.5)], 1, "keys"),
        ([Keyframe(at_s=0, x=0.5)], 0.5, "zoom"),
    ],
)
def test_keyframes_that_lead_nowhere_are_refused(keys, zoom, field):
    with pytest.raises(EditRefused) as refused:
        plan_reframe("a", "x", keys, source=SIZE, size=(54, 96), fps=24, zoom=zoom)
    assert refused.value.details == {"field": field}
