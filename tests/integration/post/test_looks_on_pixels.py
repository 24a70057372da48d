"""Every look, measured on pixels, each beside the same picture without it."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.raw_pictures import Frames, a_picture, flat, lumas, ready, run_graph
from tools.post.looks.colour import NAMED, named_look
from tools.post.looks.cube import Cube, grid, look_up, parse_cube
from tools.post.looks.optics import Shot
from tools.post.looks.plan import plan_looks

FPS = 24
SIZE = (160, 96)
LARGE = (640, 360)


@dataclass(frozen=True)
class Effect:
    name: str
    strength: float = 1.0
    on: bool = True
    values: dict[str, float] = field(default_factory=dict)


async def _shown(folder, frames: Frames, *looks: list[Effect], luts=(), seed=1) -> list[Frames]:
    """The same frames through each of these looks, in one run; without effects for an empty one."""
    size = (frames.shape[2], frames.shape[1] * 2 // 3)
    count = len(looks)
    chains = [ready("0:v", "a", FPS), f"[a]split={count}" + "".join(f"[a{n}]" for n in range(count))]
    pads = []
    for number, effects in enumerate(looks):
        wanted = luts if any(effect.name == "lut" for effect in effects) else ()
        shot = Shot(fps=FPS, size=size, seed=seed)
        plan = plan_looks(effects, f"a{number}", f"x{number}", shot=shot, luts=wanted)
        for name, text in plan.files.items():
            (folder / name).write_text(text, "utf-8")
        chains += plan.chains
        pads.append(plan.pad)
    chains.append("".join(f"[{pad}]" for pad in pads) + f"concat=n={count}[out]")
    made = await run_graph([frames], chains, folder, fps=FPS)
    assert len(made) == count * len(frames)
    return [made[n * len(frames) : (n + 1) * len(frames)] for n in range(count)]


ALL = ["grade", "curves", "match", *NAMED, "desaturate", "shake", "barrel", "aberration", "vignette", "grain"]
STRONG = {"grade": {"exposure": 0.5}, "curves": {"master_128": 0.6}, "match": {"red_128": 0.6}}


@pytest.mark.parametrize("name", ALL)
async def test_a_look_that_is_off_or_has_no_strength_leaves_every_bit(name, tmp_path):
    frames = a_picture(3, SIZE, seed=1)
    values = STRONG.get(name, {})
    off, none, full = await _shown(
        tmp_path, frames, [Effect(name, on=False, values=values)], [Effect(name, 0.0, values=values)],
        [Effect(name, values=values)],
    )  # fmt: skip
    assert (np.array_equal(off, frames), np.array_equal(none, frames)) == (True, True)
    assert np.abs(full.astype(int) - frames).mean() > 0.15


@pytest.mark.parametrize("luma", [70, 126, 200])
async def test_grain_is_two_to_four_percent_and_grows_with_strength(luma, tmp_path):
    weak, half, full = await _shown(
        tmp_path, flat(4, SIZE, luma), *[[Effect("grain", s)] for s in (0.01, 0.5, 1)]
    )
    levels = [100 * float(lumas(frames).std(axis=(1, 2)).mean()) / 219 for frames in (weak, half, full)]
    assert levels == pytest.approx([2, 3, 4], abs=0.2)


async def test_grain_is_another_in_every_frame_and_the_same_in_every_run(tmp_path):
    frames = flat(3, SIZE, 126)
    first, again = [(await _shown(tmp_path, frames, [Effect("grain")]))[0] for _ in range(2)]
    other = (await _shown(tmp_path, frames, [Effect("grain")], seed=2))[0]
    planes = lumas(first) - 126
    likeness = [float(np.corrcoef(planes[a].ravel(), planes[b].ravel())[0, 1]) for a, b in ((0, 1), (1, 2))]
    assert max(map(abs, likeness)) < 0.1
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(("strength", "darker"), [(0.01, 0.05), (0.5, 0.075), (1.0, 0.10)])
async def test_a_vignette_darkens_the_corners_by_five_to_ten_percent(strength, darker, tmp_path):
    frames = flat(4, SIZE, 150)
    plain, made = await _shown(tmp_path, frames, [], [Effect("vignette", strength)])
    for shown, wanted in ((plain, 0.0), (made, darker)):
        picture = lumas(shown).mean(axis=0) - 16
        corners = np.mean([picture[y, x] for y in (0, 1, -2, -1) for x in (0, 1, -2, -1)])
        middle = picture[40:56, 70:90].mean()
        assert 1 - corners / middle == pytest.approx(wanted, abs=0.008)


async def test_a_vignette_makes_no_black_blacker_than_black(tmp_path):
    made = (await _shown(tmp_path, flat(2, SIZE, 16), [Effect("vignette")]))[0]
    assert made[:, : SIZE[1]].min() == 16


def _moved(one, other) -> tuple[float, float]:
    """By how many pixels one picture lies aside of another, across and down, to a tenth."""
    height, width = one.shape
    window = np.outer(np.hanning(height), np.hanning(width))
    spectra = [np.fft.fft2((picture - picture.mean()) * window) for picture in (one, other)]
    across = np.fft.fftfreq(width)[None, :]
    down = np.fft.fftfreq(height)[:, None]
    phase = np.angle(spectra[1] * np.conj(spectra[0]))
    weight = np.abs(spectra[0]) * np.abs(spectra[1]) * ((np.abs(across) < 0.1) & (np.abs(down) < 0.1))
    # Near the origin the phase is a plane whose slope is the movement.
    a = np.array(
        [(weight * across * across).sum(), (weight * across * down).sum(), (weight * down * down).sum()]
    )
    b = np.array([(weight * across * phase).sum(), (weight * down * phase).sum()])
    x, y = np.linalg.solve([[a[0], a[1]], [a[1], a[2]]], b) / (-2 * np.pi)
    return float(x), float(y)


@pytest.mark.parametrize("seed", [1, 77, 12345])
async def test_a_hand_shakes_by_one_to_two_pixels_and_smoothly(seed, tmp_path):
    frames = a_picture(96, SIZE, seed=2, moving=False)
    plain, weak, full = await _shown(
        tmp_path, frames, [], [Effect("shake", 0.01)], [Effect("shake")], seed=seed
    )
    still, little, much = (
        [_moved(lumas(frames)[0], frame) for frame in lumas(shown)] for shown in (plain, weak, full)
    )
    assert np.abs(still).max() < 0.01
    assert np.hypot(*np.array(little).T).max() == pytest.approx(1.0, abs=0.15)
    assert np.hypot(*np.array(much).T).max() == pytest.approx(2.0, abs=0.25)
    assert np.hypot(*np.diff(much, axis=0).T).max() < 1.0, "no jump from frame to frame"
    assert len({round(x, 1) for x, _ in much}) > 8, "whole pixels would be steps"


@pytest.mark.parametrize("name", ["shake", "barrel", "aberration"])
async def test_no_edge_is_seen_where_the_picture_was_moved(name, tmp_path):
    made = (await _shown(tmp_path, flat(24, SIZE, 150), [Effect(name)]))[0]
    assert np.abs(lumas(made) - 150).max() <= 2


def _dots(size: tuple[int, int]) -> Frames:
    """White soft dots on black: near the corners, near the sides and in the middle."""
    frames = flat(1, size, 40)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    for across, down in PLACES:
        far = (x - across * size[0]) ** 2 + (y - down * size[1]) ** 2
        frames[0, : size[1]] = np.maximum(frames[0, : size[1]], 40 + 180 * np.exp(-far / 50))
    return frames


PLACES = [(0.5, 0.5), (0.06, 0.1), (0.94, 0.1), (0.06, 0.9), (0.94, 0.9), (0.06, 0.5), (0.5, 0.1)]


def _rgb(frame):
    """The channels of one yuv420p frame, bt709, in its full size."""
    height, width = frame.shape[0] * 2 // 3, frame.shape[1]
    luma = (frame[:height].astype(float) - 16) / 219
    u, v = (
        (plane.reshape(height // 2, width // 2).astype(float) - 128).repeat(2, 0).repeat(2, 1) / 224
        for plane in (frame[height : height + height // 4], frame[height + height // 4 :])
    )
    return luma + 1.5748 * v, luma - 0.1873 * u - 0.4681 * v, luma + 1.8556 * u


def _place(picture, across: float, down: float) -> tuple[float, float]:
    """The middle of the dot that is near to a place, from the picture's middle."""
    height, width = picture.shape
    x0, y0 = round(across * width), round(down * height)
    part = picture[max(0, y0 - 28) : y0 + 28, max(0, x0 - 28) : x0 + 28]
    weight = np.clip(part - np.median(part) - 0.15, 0, None)
    y, x = np.mgrid[0 : part.shape[0], 0 : part.shape[1]]
    left, top = max(0, x0 - 28), max(0, y0 - 28)
    return (
        float((weight * x).sum() / weight.sum()) + left - (width - 1) / 2,
        float((weight * y).sum() / weight.sum()) + top - (height - 1) / 2,
    )


def _parting(frame, across: float, down: float) -> float:
    """By how many pixels red lies farther from the middle than blue."""
    red, _, blue = _rgb(frame)
    return float(np.hypot(*_place(red, across, down)) - np.hypot(*_place(blue, across, down)))


async def test_colours_part_at_the_edges_and_not_in_the_middle(tmp_path):
    plain, half, full = await _shown(
        tmp_path, _dots(LARGE), [], [Effect("aberration", 0.5)], [Effect("aberration")]
    )
    found = {name: [_parting(shown[0], *at) for at in PLACES] for name, shown in
             (("plain", plain), ("half", half), ("full", full))}  # fmt: skip
    assert np.abs(found["plain"]).max() < 0.1
    assert abs(found["full"][0]) < 0.1
    assert min(found["full"][1:5]) > 0.45, "the corners of 360 lines; 1080 have three times as much"
    assert min(found["full"][1:5]) > max(found["full"][5:]) > 0, "less at the sides than in the corners"
    assert 0.4 < np.mean(found["half"][1:5]) / np.mean(found["full"][1:5]) < 0.9


@pytest.mark.parametrize(("strength", "percent"), [(0.01, 0.5), (1.0, 1.0)])
async def test_a_grid_bends_outwards(strength, percent, tmp_path):
    """Corners come in by so much more than the middle of a side as a barrel asks for."""
    plain, made = await _shown(tmp_path, _dots(LARGE), [], [Effect("barrel", strength)])
    reach = np.hypot(*LARGE) / 2
    for shown, amount in ((plain, 0.0), (made, percent / 100)):
        luma = lumas(shown)[0] / 255
        for at in PLACES[1:]:
            before = np.hypot(*_place(lumas(plain)[0] / 255, *at))
            part = before / reach
            after = np.hypot(*_place(luma, *at))
            # What is shown at a distance r comes from r (1 + k r²), and all is enlarged by 1 + k.
            wanted = before * (1 + amount) / (1 + amount * part**2)
            assert after == pytest.approx(wanted, abs=0.25)


@pytest.mark.parametrize("strength", [0.01, 0.5, 1.0])
async def test_colours_are_five_to_ten_percent_paler(strength, tmp_path):
    frames = flat(2, SIZE, 120, u=80, v=190)
    plain, made = await _shown(tmp_path, frames, [], [Effect("desaturate", strength)])
    chroma = [np.abs(shown[:, SIZE[1] :].astype(float) - 128).mean() for shown in (plain, made)]
    assert chroma[1] / chroma[0] == pytest.approx(0.95 - 0.05 * strength, abs=0.01)


def _mean_rgb(frames: Frames):
    return np.array([plane.mean() for plane in _rgb(frames[0])])


def _independent(table, colour):
    """A colour through a table by hand, corner by corner."""
    size = table.shape[0]
    at = np.clip(colour, 0, 1) * (size - 1)
    low = np.minimum(np.floor(at).astype(int), size - 2)
    part = at - low
    total = np.zeros(3)
    for red in (0, 1):
        for green in (0, 1):
            for blue in (0, 1):
                weight = np.prod(
                    [p if bit else 1 - p for p, bit in zip(part, (red, green, blue), strict=True)]
                )
                total += weight * table[low[0] + red, low[1] + green, low[2] + blue]
    return total


FLATS = [(126, 128, 128), (90, 110, 160), (170, 140, 110), (60, 150, 120)]


@pytest.mark.parametrize("colour", FLATS)
async def test_a_lut_makes_the_colours_that_its_table_says(colour, tmp_path):
    """A table that swaps and bends channels: rows read in the wrong order would give another colour."""
    points = grid(5)
    table = np.stack([points[..., 2] ** 0.8, points[..., 0] * 0.7 + 0.1, 0.9 - 0.6 * points[..., 1]], axis=-1)
    rows = table.transpose(2, 1, 0, 3).reshape(-1, 3)
    text = 'TITLE "a test"\nLUT_3D_SIZE 5\n' + "".join(f"{r:.6f} {g:.6f} {b:.6f}\n" for r, g, b in rows)
    frames = flat(1, SIZE, colour[0], u=colour[1], v=colour[2])
    full, half = await _shown(
        tmp_path, frames, [Effect("lut")], [Effect("lut", 0.5)], luts=[parse_cube(text.encode())]
    )
    before = _mean_rgb(frames)
    wanted = _independent(table, before)
    assert _mean_rgb(full) == pytest.approx(wanted, abs=0.012)
    assert _mean_rgb(half) == pytest.approx((before + wanted) / 2, abs=0.012)


async def test_a_lut_of_one_dimension_bends_each_channel(tmp_path):
    cube = Cube(table=np.stack([np.linspace(0, 1, 9) ** power for power in (0.5, 1.0, 2.0)], axis=1))
    frames = flat(1, SIZE, 126)
    made = (await _shown(tmp_path, frames, [Effect("lut")], luts=[cube]))[0]
    assert _mean_rgb(made) == pytest.approx(look_up(cube, _mean_rgb(frames)), abs=0.012)


@pytest.mark.parametrize("name", list(NAMED))
async def test_our_own_looks_make_what_their_tables_say(name, tmp_path):
    frames = flat(1, SIZE, 110, u=115, v=150)
    made = (await _shown(tmp_path, frames, [Effect(name)]))[0]
    assert _mean_rgb(made) == pytest.approx(
        _independent(named_look(name).table, _mean_rgb(frames)), abs=0.012
    )


async def test_a_grade_goes_the_way_its_values_say(tmp_path):
    def grade(**values):
        return [Effect("grade", values=values)]

    frames = flat(1, SIZE, 110, u=120, v=140)
    plain, brighter, warmer, magenta, richer, harder, curve = map(
        _mean_rgb,
        await _shown(tmp_path, frames, [], grade(exposure=1.0), grade(temperature=0.5), grade(tint=0.5),
                     grade(saturation=0.5), grade(contrast=0.5), [Effect("curves", values={"red_110": 0.6})]),
    )  # fmt: skip
    assert (brighter / plain).mean() == pytest.approx(2 ** (1 / 2.2), abs=0.04)
    assert warmer[0] / warmer[2] > 1.1 * plain[0] / plain[2]
    assert magenta[1] < plain[1] < magenta[0]
    assert np.ptp(richer) == pytest.approx(1.5 * np.ptp(plain), rel=0.1)
    assert harder[2] < plain[2] - 0.01
    assert (curve[0] > plain[0] + 0.05, curve[1:]) == (True, pytest.approx(plain[1:], abs=0.02))


async def test_grain_lies_on_top_of_what_is_done_to_colours(tmp_path):
    """Asked for in the wrong order: black and white would take the colour out of grain made before it."""
    made = (await _shown(tmp_path, flat(2, SIZE, 126, u=90), [Effect("grain"), Effect("noir")]))[0]
    chroma = made[:, SIZE[1] :].astype(float)
    assert (abs(chroma.mean() - 128) < 1, chroma.std() > 1) == (True, True)
