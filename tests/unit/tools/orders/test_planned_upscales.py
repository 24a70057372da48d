"""What makes a take as large as the film: which take, for how much, in whatever length it comes (S4-095)."""

from typing import Any

import pytest

from state.cost import ZERO, Money, PlannedCall
from state.film import ProductionFormat, ShootingState
from state.media import MediaRef
from state.script import Line, Scene, Script, Shot, Slate
from state.take import Take
from tests.builders import a_staging
from tools.engines.catalog import model_card
from tools.engines.routing import OFFLINE
from tools.orders.planned import planned_extensions, planned_take, planned_upscale
from tools.orders.quote import paid_digest, paid_digests
from tools.orders.standing_in import upscale_of_take, with_chain

SHOT = Shot(slate=Slate(scene=1, shot="A"), description="x", staging=a_staging(), duration_s=4.2)
UPSCALER = "fal-video-upscaler"


def a_scene(model: str = "wan-2.5-t2v", shot: Shot = SHOT, resolution: str = "1080p") -> Scene:
    return Scene(
        number=1, title="One", summary="x", place="kitchen", shots=[shot], model_id=model,
        parameters={"resolution": resolution},
    )  # fmt: skip


def a_film(scene: Scene, *, smaller: str = "480p", upscaler: str = UPSCALER) -> ShootingState:
    look = ProductionFormat(width=1920, height=1080, clip_resolution=smaller, upscaler=upscaler)
    return ShootingState(format=look, script=Script(title="T", logline="L", scenes=[scene]))


def larger(scene: Scene, **film: Any) -> PlannedCall | None:
    state = a_film(scene, **film)
    take = planned_take(state, scene, scene.shots[0], tier="final")
    seconds = scene.shots[0].duration_s
    return planned_upscale(state, take, planned_extensions(take, seconds))


def a_take(model: str = "wan-2.5-t2v", provider: str = "replicate", lines: int = 480, **more: Any) -> Take:
    media = MediaRef(
        key=f"video/local/{'0' * 64}.mp4", mime="video/mp4", sha256="0" * 64, size_bytes=1,
        width=lines * 16 // 9, height=lines, duration_s=5.0,
    )  # fmt: skip
    return Take(
        slate=Slate(scene=1, shot="A", take=1), call_key="p:take:1A:first", provider=provider, model=model,
        media=media, duration_s=5.0, status="done", **more,
    )  # fmt: skip


def of(take: Take, scene: Scene | None = None) -> PlannedCall | None:
    made = scene or a_scene()
    return upscale_of_take(a_film(made), made, made.shots[0], take, seconds=made.shots[0].duration_s)


def test_a_take_is_filmed_small_and_its_whole_clip_is_made_larger() -> None:
    """4.2 s are cut out of 5; so many are filmed in 480p and made larger, for 0.0072 each."""
    scene = a_scene()
    take, call = planned_take(a_film(scene), scene, SHOT, tier="final"), larger(scene)
    assert (take.parameters["resolution"], take.units) == ("480p", 5)
    assert call is not None
    assert (call.stage, call.item, call.model, call.units) == ("upscale", "1A", UPSCALER, 5)
    assert (call.price, call.parameters) == (Money.usd("0.036"), {"resolution": "1080p"})


def test_each_length_that_voices_may_ask_for_is_priced() -> None:
    """The take may become ten seconds long, so its larger copy may, too: at no other price than that."""
    spoken = SHOT.model_copy(update={"lines": [Line(speaker="Ana", text="Who is there?")]})
    call = larger(a_scene(shot=spoken))
    assert call is not None
    assert [(one.units, one.model) for one in call.fallbacks] == [(10, UPSCALER)]
    assert (call.price, call.ceiling) == (Money.usd("0.036"), Money.usd("0.072"))


@pytest.mark.parametrize(
    ("scene", "film"),
    [
        (a_scene(), {"upscaler": ""}),
        (a_scene(), {"smaller": ""}),
        (a_scene("kling-2.1-pro"), {}),
        (a_scene("veo-3.1"), {}),
        (a_scene(resolution="480p"), {"smaller": "1080p"}),
    ],
    ids=["no upscaler", "nothing smaller", "told no resolution", "has no 480p", "filmed as large"],
)
def test_what_is_large_enough_or_unknown_is_left_as_it_is(scene: Scene, film: dict[str, Any]) -> None:
    assert larger(scene, **film) is None


def test_the_take_that_is_there_counts_by_who_has_made_it() -> None:
    made = of(a_take())
    assert made is not None
    assert (made.units, made.price) == (5, Money.usd("0.036"))
    relative = of(a_take("veo-3.1-fast"))
    assert relative is not None, "a stand-in in 720p, which is less than the film still"
    assert relative.units == 6, "and it makes 6 s for 4.2"


@pytest.mark.parametrize(
    "take",
    [a_take("previz-animatic", OFFLINE), a_take(lines=1080), a_take("kling-2.1-pro", "fal")],
    ids=["drawn here", "large already", "told no resolution"],
)
def test_a_take_that_needs_none_has_none(take: Take) -> None:
    assert of(take) is None


def chained(model: str, *others: str, resolution: str = "720p", seconds: float = 6.0) -> tuple[Scene, Any]:
    """A scene of one shot, and what makes its take larger, whichever of these models films it."""
    shot = SHOT.model_copy(update={"duration_s": seconds})
    scene = a_scene(model, shot, resolution)
    state = a_film(scene)
    take = planned_take(state, scene, shot, tier="final")
    chain = with_chain(take, [model_card(one) for one in others], seconds=seconds)
    return scene, planned_upscale(state, chain, planned_extensions(take, seconds))


def lengths(call: PlannedCall) -> list[int]:
    return [int(call.units), *(int(one.units) for one in call.fallbacks)]


def test_what_only_a_stand_in_films_too_small_costs_nothing_as_planned() -> None:
    """Veo 3.1 has 1080p and Veo 2 has not: approved with the quote is what the clip of that one will need."""
    scene, call = chained("google-veo-3.1", "google-veo-2", resolution="1080p")
    assert (lengths(call), call.price, call.ceiling) == ([0, 6], ZERO, Money.usd("0.0432"))
    asked = of(a_take("google-veo-2", "google", 720), scene)
    assert asked is not None
    assert paid_digest(asked) in paid_digests(call)
    assert chained("google-veo-3.1", resolution="1080p")[1] is None, "the control"


def test_a_stand_in_that_is_told_no_resolution_has_no_larger_copy() -> None:
    """Its clip would take ten seconds: nobody will ask for that."""
    scene, call = chained("google-veo-3.1", "kling-2.1-pro")
    assert lengths(call) == [6]
    assert of(a_take("kling-2.1-pro", "fal", 720), scene) is None


def test_the_pieces_of_the_wanted_model_make_no_other_clip_longer() -> None:
    _, call = chained("google-veo-3.1", "wan-2.5-t2v", seconds=15.0)
    assert lengths(call) == [15, 10]
