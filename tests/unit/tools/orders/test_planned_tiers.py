"""A plan in a draft and in a final: the state keeps what was chosen, the calls name what makes it."""

from typing import Any

import pytest

from state.cost import Money
from state.film import ProductionFormat, ShootingState
from state.media import MediaRef
from state.script import Scene, Script, Shot, Slate
from state.tier import Tier
from tests.builders import a_staging, a_video_request
from tests.fakes import FakeEngine
from tools.engines.routing import OFFLINE, lacking
from tools.orders.planned import as_made, planned_panel, planned_take
from tools.orders.quote import quote
from tools.registry import Toolbox

SHOT = Shot(slate=Slate(scene=1, shot="A"), description="x", staging=a_staging(), duration_s=8)
SCENE = Scene(
    number=1, title="One", summary="x", place="kitchen", shots=[SHOT], model_id="veo-3.1",
    parameters={"resolution": "720p"},
)  # fmt: skip
STATE = ShootingState(
    format=ProductionFormat(width=1280, height=720, video_model="wan-2.5-t2v", image_model="nano-banana"),
    script=Script(title="T", logline="L", scenes=[SCENE]),
)
PICTURE = MediaRef(key=f"image/local/{'0' * 64}.png", mime="image/png", sha256="0" * 64, size_bytes=1)


def house(*providers: str) -> Toolbox:
    """A toolbox that is used for its routes alone."""
    nothing: Any = None
    return Toolbox(
        settings=nothing, database=nothing, media=nothing, orders=nothing, models=nothing,
        provider_keys=nothing, clock=nothing, engines={name: FakeEngine() for name in (OFFLINE, *providers)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tier", "models", "total"),
    [("draft", ["veo-3.1-fast", "sdxl"], "0.484"), ("final", ["veo-3.1", "nano-banana"], "0.679")],
)
def test_the_same_plan_in_both_tiers(tier: Tier, models: list[str], total: str) -> None:
    """8 s at 0.06 and 0.08 a second, a picture at 0.004 and 0.039."""
    calls = [planned_take(STATE, SCENE, SHOT, tier=tier), planned_panel(STATE, SHOT, tier=tier)]
    made = quote(calls, tier=tier)
    assert ([call.model for call in calls], made.total, made.tier) == (models, Money.usd(total), tier)


def test_a_scene_without_a_model_of_its_own_has_the_draft_of_the_film_s() -> None:
    plain = SCENE.model_copy(update={"model_id": ""})
    assert planned_take(STATE, plain, SHOT, tier="draft").model == "wan-2.5-t2v-fast"
    assert as_made(plain, "draft") is plain


def test_the_state_keeps_the_model_that_was_chosen() -> None:
    assert (as_made(SCENE, "draft").model_id, SCENE.model_id) == ("veo-3.1-fast", "veo-3.1")
    assert as_made(SCENE, "final") is SCENE


def test_a_draft_says_for_whom_it_stands_and_lacks_only_what_was_asked_for() -> None:
    route = house("replicate").route("video", "veo-3.1", tier="draft")
    assert (route.provider, route.model, route.stands_in_for) == ("replicate", "veo-3.1-fast", "veo-3.1")
    assert lacking(route, a_video_request(duration_s=8.0)) == []
    asked = a_video_request(duration_s=8.0, references=[PICTURE])
    assert lacking(route, asked) == ["reference pictures"]


@pytest.mark.parametrize(("model", "tier"), [("veo-3.1", "final"), ("veo-3.1-fast", "draft")])
def test_what_fits_stands_in_for_nobody(model: str, tier: Tier) -> None:
    route = house("replicate").route("video", model, tier=tier)
    assert (route.model, route.stands_in_for) == (model, "")


def test_without_a_key_drawings_stand_in_in_every_tier() -> None:
    route = house().route("video", "veo-3.1", tier="draft")
    assert (route.provider, route.model, route.stands_in_for) == (OFFLINE, "previz-animatic", "veo-3.1")
    assert lacking(route, a_video_request()) == []
