"""Every transition, looked at frame by frame."""

import numpy as np
import pytest

from tests.raw_pictures import Frames, a_picture, difference, flat, lumas, ready, run_graph
from tools.post.transitions import plan_transition, transition_frames, transition_kinds

SIZE = (160, 96)
NAMES = [kind.name for kind in transition_kinds() if kind.name != "cut"]
NEAR = 2.0
"""Code values that two conversions of the colours may cost."""


async def _joined(folder, first: Frames, second: Frames, names, *, fps=24) -> dict[str, Frames]:
    """Each of these transitions between the same two pictures, in one run."""
    length, size = len(first), (first.shape[2], first.shape[1] * 2 // 3)
    count = len(names)
    chains = [
        ready("0:v", "a", fps), ready("1:v", "b", fps),
        f"[a]split={count}" + "".join(f"[a{n}]" for n in range(count)),
        f"[b]split={count}" + "".join(f"[b{n}]" for n in range(count)),
    ]  # fmt: skip
    for n, name in enumerate(names):
        chains += plan_transition(name, f"a{n}", f"b{n}", f"x{n}", length=length, fps=fps, size=size)
    chains.append("".join(f"[x{n}]" for n in range(count)) + f"concat=n={count}[out]")
    shown = await run_graph([first, second], chains, folder, fps=fps)
    assert len(shown) == count * length, "frames are lost or repeated"
    return {name: shown[n * length : (n + 1) * length] for n, name in enumerate(names)}


@pytest.mark.parametrize(
    ("fps", "seconds"),
    [
        *((fps, seconds) for fps in (24, 25, 30, 60) for seconds in (0, 0.5)),
        *((fps, 0.1) for fps in (30, 60)),  # two frames of 24 or 25, as no time at all
        *(pytest.param(fps, 2, marks=pytest.mark.nightly) for fps in (24, 25, 30, 60)),
    ],
)
async def test_every_transition_has_its_frames_and_goes_from_one_picture_to_the_other(fps, seconds, tmp_path):
    """The whole run is counted, so one frame too many in one and too few in another would show below."""
    length = max(2, round(seconds * fps))
    first, second = (a_picture(length, (64, 36), seed=seed) for seed in (1, 2))
    for name, shown in (await _joined(tmp_path, first, second, NAMES, fps=fps)).items():
        ends = difference(shown[:1], first[:1]), difference(shown[-1:], second[-1:])
        assert max(ends) < NEAR, (name, ends)


async def test_every_transition_differs_from_a_cut_and_from_all_others(tmp_path):
    """One that fell out of its chain would be a cut; two names for one filter would be alike."""
    length = 12
    first, second = (a_picture(length, SIZE, seed=seed) for seed in (3, 4))
    shown = await _joined(tmp_path, first, second, NAMES)
    shown["cut"] = np.concatenate([first[: length // 2], second[length // 2 :]])
    names = sorted(shown)
    alike = [
        (one, other)
        for at, one in enumerate(names)
        for other in names[at + 1 :]
        if np.abs(shown[one].astype(int) - shown[other]).mean() < 0.5
    ]
    assert alike == []


@pytest.mark.parametrize("length", [11, 12])
async def test_a_dip_reaches_its_colour_in_the_middle(length, tmp_path):
    names = ["fade_black", "fade_white", "dissolve"]
    first, second = flat(length, SIZE, 180), flat(length, SIZE, 90)
    shown = await _joined(tmp_path, first, second, names)
    middles = [lumas(shown[name])[length // 2] for name in names]
    assert (middles[0].max(), middles[1].min()) == (16, 235)
    assert 90 < middles[2].mean() < 180, "a mix goes through no colour"


async def test_a_soft_start_lags_behind_an_even_mix(tmp_path):
    shown = await _joined(
        tmp_path, flat(13, SIZE, 60), flat(13, SIZE, 180), ["dissolve", "crossfade", "fade"]
    )
    quarter = {name: float(lumas(frames)[3].mean()) for name, frames in shown.items()}
    assert quarter["dissolve"] == pytest.approx(90, abs=2)
    assert quarter["crossfade"] == pytest.approx(60 + 120 * 0.156, abs=3)
    assert quarter["fade"] > quarter["dissolve"] + 8, "light mixes brighter than code values"


def _bright_side(frame) -> tuple[str, str]:
    """Where the second, bright picture is: left or right, upper or lower, by the heavier half."""
    height, width = frame.shape
    left, right = frame[:, : width // 2].mean(), frame[:, width // 2 :].mean()
    upper, lower = frame[: height // 2].mean(), frame[height // 2 :].mean()
    return "left" if left > right else "right", "upper" if upper > lower else "lower"


COMES_FROM = {"left": ("right", 0), "right": ("left", 0), "up": ("lower", 1), "down": ("upper", 1)}
MOVEMENTS = ["slide", "push", "reveal", "wipe", "soft_wipe", "whip"]


async def test_what_moves_goes_where_its_name_says(tmp_path):
    """A picture that moves to the left comes in from the right."""
    names = [f"{movement}_{way}" for movement in MOVEMENTS for way in COMES_FROM]
    shown = await _joined(tmp_path, flat(13, SIZE, 40), flat(13, SIZE, 200), names)
    wrong = {}
    for name in names:
        side, axis = COMES_FROM[name.rpartition("_")[2]]
        found = _bright_side(lumas(shown[name])[5])[axis]
        wrong |= {name: found} if found != side else {}
    assert wrong == {}


async def test_diagonals_uncover_the_corner_their_name_starts_from(tmp_path):
    corners = {"up_left": ("right", "lower"), "up_right": ("left", "lower"),
               "down_left": ("right", "upper"), "down_right": ("left", "upper")}  # fmt: skip
    names = [f"diagonal_{way}" for way in corners]
    shown = await _joined(tmp_path, flat(13, SIZE, 40), flat(13, SIZE, 200), names)
    assert {name: _bright_side(lumas(shown[name])[4]) for name in names} == {
        f"diagonal_{way}": corner for way, corner in corners.items()
    }


async def test_a_circle_opens_from_the_middle_and_closes_from_the_edges(tmp_path):
    names = ["circle_open", "circle_close", "doors_open", "doors_close"]
    shown = await _joined(tmp_path, flat(13, SIZE, 40), flat(13, SIZE, 200), names)
    middle_first = [lumas(shown[name])[6][48, 80] > lumas(shown[name])[6][48, 2] for name in names]
    assert middle_first == [True, False, True, False]


async def test_slides_pushes_and_reveals_move_what_they_say(tmp_path):
    """A slide leaves the old picture where it is, a reveal the new one, a push moves both."""
    length = 13
    first, second = (a_picture(length, SIZE, seed=seed, moving=False) for seed in (5, 6))
    names = ["slide_left", "push_left", "reveal_left"]
    shown = {
        name: lumas(frames)[6] for name, frames in (await _joined(tmp_path, first, second, names)).items()
    }
    old, new = lumas(first)[6], lumas(second)[6]
    stays = {name: (abs(frame - old)[:, :60].mean() < NEAR, abs(frame - new)[:, 100:].mean() < NEAR)
             for name, frame in shown.items()}  # fmt: skip
    assert stays == {"slide_left": (True, False), "push_left": (False, False), "reveal_left": (False, True)}


def _sharpness(frame, axis: int) -> float:
    return float(np.abs(np.diff(frame, axis=axis)).mean())


async def test_a_whip_smears_along_its_way_and_a_push_does_not(tmp_path):
    """Stripes across the movement are gone while it lasts; stripes along it stay."""
    stripes = flat(9, SIZE, 40)
    stripes[:, : SIZE[1]] = np.random.default_rng(1).choice([40, 200], SIZE[0])
    shown = await _joined(tmp_path, stripes, stripes, ["whip_left", "push_left", "whip_up"])
    across = {name: _sharpness(lumas(frames)[4], 1) for name, frames in shown.items()}
    assert across["whip_left"] < 0.2 * across["push_left"]
    assert across["whip_up"] > 0.8 * across["push_left"]


async def test_a_blur_is_least_sharp_in_its_middle(tmp_path):
    stripes = flat(13, SIZE, 40)
    stripes[:, : SIZE[1], ::4] = 200
    shown = await _joined(tmp_path, stripes, stripes, ["blur", "dissolve"])
    sharp = [_sharpness(frame, 1) for frame in lumas(shown["blur"])]
    assert sharp[6] < 0.1 * sharp[0] == pytest.approx(0.1 * sharp[12], rel=0.1)
    assert _sharpness(lumas(shown["dissolve"])[6], 1) == pytest.approx(sharp[0], rel=0.05)


async def test_a_zoom_goes_one_way_through_both_pictures(tmp_path):
    """A square grows all the way into the old picture, and begins small in the new one."""
    square = flat(13, SIZE, 40)
    square[:, 38:58, 70:90] = 200
    shown = await _joined(tmp_path, square, square, ["zoom_in", "zoom_out"])
    inwards, outwards = (
        [float(frame[:, 40:120].mean()) - 40 for frame in lumas(shown[n])] for n in ("zoom_in", "zoom_out")
    )
    assert (inwards[4] > 1.1 * inwards[0], inwards[8] < 0.95 * inwards[12]) == (True, True)
    assert (outwards[4] < 0.95 * outwards[0], outwards[8] > 1.1 * outwards[12]) == (True, True)


async def test_a_zoom_shows_no_black_beside_a_small_picture(tmp_path):
    shown = await _joined(tmp_path, flat(9, SIZE, 120), flat(9, SIZE, 120), ["zoom_in", "zoom_out"])
    assert min(frames[:, : SIZE[1]].min() for frames in shown.values()) > 115


async def test_a_glitch_tears_lines_aside_parts_colours_and_is_the_same_each_time(tmp_path):
    edge = flat(12, SIZE, 40)
    edge[:, : SIZE[1], 80:] = 200
    first, again = [(await _joined(tmp_path, edge, edge, ["glitch"]))["glitch"] for _ in range(2)]
    lines = [len(np.unique(frame < 120, axis=0)) for frame in lumas(first)[[0, 4, 11]]]
    assert (lines[0], lines[1] > 3, lines[2]) == (1, True, 1)
    colours = first[:, SIZE[1] :].astype(int)
    assert [np.abs(frame - 128).max() > 20 for frame in colours[[0, 4, 11]]] == [False, True, False]
    assert np.array_equal(first, again)


async def test_a_transition_fits_between_the_bodies_of_its_clips(tmp_path):
    """Its frames are counted as those of the clips are, so that the cut can go on behind it."""
    first, second = a_picture(20, SIZE, seed=7), a_picture(20, SIZE, seed=8)
    length = transition_frames("whip_left", 24, 0.25)
    body = f"trim=end_frame={20 - length},setpts=PTS-STARTPTS"
    chains = [
        ready("0:v", "a", 24), ready("1:v", "b", 24), "[a]split[a0][a1]", "[b]split[b0][b1]",
        f"[a0]{body}[head]", f"[a1]trim=start_frame={20 - length},setpts=PTS-STARTPTS[x0]",
        f"[b0]trim=end_frame={length},setpts=PTS-STARTPTS[x1]",
        f"[b1]trim=start_frame={length},setpts=PTS-STARTPTS[tail]",
        *plan_transition("whip_left", "x0", "x1", "x", length=length, fps=24, size=SIZE),
        "[head][x][tail]concat=n=3,settb=1/24,setpts=PTS[out]",
    ]  # fmt: skip
    shown = await run_graph([first, second], chains, tmp_path, fps=24)
    assert len(shown) == 40 - length
    assert np.array_equal(shown[: 20 - length], first[: 20 - length])
    assert np.array_equal(shown[20:], second[length:])
