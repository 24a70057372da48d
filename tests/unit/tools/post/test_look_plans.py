"""Which filters a look becomes, in which order, and what is refused."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from state.errors import EditRefused
from tools.post.looks.colour import NAMED, contrasted, curved, graded
from tools.post.looks.cube import Cube, grid
from tools.post.looks.optics import Shot
from tools.post.looks.plan import effect_kinds, plan_looks

SHOT = Shot(fps=24, size=(160, 96))
PLAIN = Cube(table=grid(2))


@dataclass(frozen=True)
class Effect:
    name: str
    strength: float = 1.0
    on: bool = True
    values: dict[str, float] = field(default_factory=dict)


def _plan(*effects: Effect, luts=()):
    return plan_looks(effects, "a", "x", shot=SHOT, luts=luts)


def test_nothing_asked_for_is_no_filter_at_all():
    off = [Effect(kind.name, on=False) for kind in effect_kinds() if kind.name != "lut"]
    plan = _plan(*off, *(Effect(kind.name, 0.0) for kind in effect_kinds() if kind.name != "lut"))
    assert (plan.pad, plan.chains, plan.files) == ("a", [], {})


def test_the_order_is_the_tables_however_they_are_asked_for():
    names = ["grain", "vignette", "aberration", "barrel", "shake", "desaturate", "lut", "warm", "grade"]
    graph = ";".join(_plan(*(Effect(name) for name in names), luts=[PLAIN]).chains)
    filters = ["lut3d=file=xc0.cube", "lut3d=file=xc1.cube", "lut3d=file=xc2.cube", "hue=", "perspective=",
               "output=fisheye", "mergeplanes=", "vignette=", "noise="]  # fmt: skip
    places = [graph.index(one) for one in filters]
    assert places == sorted(places)


def test_what_is_done_to_colours_before_looks_is_one_table():
    plan = _plan(Effect("grade", values={"exposure": 1}), Effect("curves", values={"red_128": 0.6}),
                 Effect("match", values={"blue_064": 0.2}))  # fmt: skip
    assert list(plan.files) == ["xc0.cube"]


def test_two_luts_keep_their_order_and_one_that_is_off_its_table():
    bent = Cube(table=1 - grid(3))
    plan = _plan(Effect("lut", on=False), Effect("lut"), luts=[PLAIN, bent])
    assert [text.splitlines()[0] for text in plan.files.values()] == ["LUT_3D_SIZE 3"]


def test_every_pad_and_file_begins_with_the_clips_name():
    plan = _plan(*(Effect(kind.name) for kind in effect_kinds() if kind.name != "lut"))
    assert plan.pad.startswith("x")
    assert all(name.startswith("x") for name in plan.files)


@pytest.mark.parametrize(
    ("effect", "field"),
    [
        (Effect("sepia_9000"), "name"),
        (Effect("grain];[0:v]null"), "name"),
        (Effect("grain", 1.01), "strength"),
        (Effect("grain", -0.1), "strength"),
        (Effect("grain", float("nan")), "strength"),
        (Effect("grain", values={"size": 1}), "values"),
        (Effect("grade", values={"exposure": 9}), "values"),
        (Effect("grade", values={"exposure": float("nan")}), "values"),
        (Effect("grade", values={"gamma": 1}), "values"),
        (Effect("curves", values={"red_300": 0.5}), "values"),
        (Effect("curves", values={"cyan_100": 0.5}), "values"),
        (Effect("curves", values={"red_100": 1.5}), "values"),
        (Effect("lut"), "media"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("on", [True, False])
def test_what_cannot_be_done_is_refused_with_field_and_fix(effect, field, on):
    with pytest.raises(EditRefused) as refused:
        _plan(Effect(effect.name, effect.strength, on, effect.values))
    assert refused.value.details == {"field": field}
    assert refused.value.user_action


@pytest.mark.parametrize("seed", [0, 1, 2**31, 10**12, -5])
def test_any_seed_gives_a_plan(seed):
    plan = plan_looks(
        [Effect("grain"), Effect("shake")], "a", "x", shot=Shot(fps=24, size=(160, 96), seed=seed)
    )
    assert "nan" not in ";".join(plan.chains)
    assert plan == plan_looks(
        [Effect("grain"), Effect("shake")], "a", "x", shot=Shot(fps=24, size=(160, 96), seed=seed)
    )


GREYS = np.linspace(0, 1, 21)[:, None].repeat(3, 1)


@pytest.mark.parametrize(
    "values",
    [{"exposure": 2}, {"exposure": -2}, {"contrast": 1}, {"contrast": -1}, {"temperature": 1, "tint": -1},
     {"saturation": -1}, {"saturation": 1}],
)  # fmt: skip
def test_no_grade_turns_tones_round(values):
    made = graded(GREYS, values)
    assert (np.diff(made, axis=0) >= -1e-9).all()
    assert ((made >= -1e-9) & (made <= 1 + 1e-9)).all()


def test_a_small_grade_is_a_small_change():
    """White must not fall where one channel gains a little: the shoulder begins with nothing."""
    assert np.abs(graded(grid(9), {"temperature": 0.01}) - grid(9)).max() < 0.01
    assert np.allclose(graded(grid(9), {}), grid(9))


def test_black_mid_grey_and_white_keep_their_places_under_contrast():
    points = np.array([0.0, 0.42, 1.0])
    assert contrasted(points, 0.8) == pytest.approx(points)


def test_a_curve_goes_through_its_points_and_never_beyond_them():
    values = {"red_064": 0.1, "red_128": 0.5, "red_192": 0.95, "red_255": 1.0}
    made = curved(GREYS, values)
    at = curved(np.array([[64, 0, 0], [128, 0, 0], [192, 0, 0]]) / 255, values)[:, 0]
    assert at == pytest.approx([0.1, 0.5, 0.95])
    assert (np.diff(made[:, 0]) >= 0).all()
    assert np.allclose(made[:, 1:], GREYS[:, 1:])


@pytest.mark.parametrize("name", list(NAMED))
def test_our_looks_turn_no_greys_round_and_keep_black_dark(name):
    made = NAMED[name](GREYS)
    luma = made @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(luma) > 0).all()
    assert (luma[0] < 0.1, luma[-1] > 0.85) == (True, True)
