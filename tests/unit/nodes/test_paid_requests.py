"""What a paid engine is asked for is what was priced; the offline one is asked as before."""

import pytest

from nodes.camera.take_orders import take_order
from nodes.storyboard.panel_orders import panel_order
from state.film import ProductionFormat, ShootingState, StoryboardState
from state.media import MediaRef
from state.order import ImageRequest, VideoRequest
from state.script import Scene, Script, Shot, Slate
from state.take import Panel
from tests.builders import a_staging
from tools.engines import catalog
from tools.engines.routing import OFFLINE, Route
from tools.ledger.requests import request_hash
from tools.orders.planned import on_route, planned_panel, planned_take, priced_parameters

SHOT = Shot(slate=Slate(scene=1, shot="A"), description="x", staging=a_staging(), duration_s=3.2)
SCENE = Scene(
    number=1, title="One", summary="x", place="kitchen", shots=[SHOT], model_id="wan-2.5-t2v",
    parameters={"resolution": "720p"},
)  # fmt: skip
PICTURE = MediaRef(key=f"image/local/{'0' * 64}.png", mime="image/png", sha256="0" * 64, size_bytes=1)
PANEL = Panel(slate=SHOT.slate, call_key="p:storyboard:1A:first", number=1, media=PICTURE)
KNOWN = {
    "format": ProductionFormat(width=1280, height=720, image_model="nano-banana"),
    "script": Script(title="T", logline="L", scenes=[SCENE]),
}
FLOOR = ShootingState(**KNOWN, panels={"1A": PANEL})  # type: ignore[arg-type]
BOARD = StoryboardState(**KNOWN)  # type: ignore[arg-type]
TO_PREVIZ = Route(provider=OFFLINE, model="previz-animatic", stands_in_for="wan-2.5-t2v")


def a_take(*, offline: bool = False) -> VideoRequest:
    planned = planned_take(FLOOR, SCENE, SHOT, tier="final")
    planned = on_route(planned, TO_PREVIZ) if offline else planned
    order = take_order(FLOOR, SHOT, production_id="p", planned=planned, speeches=[])
    assert isinstance(order.request, VideoRequest)
    return order.request


def test_the_length_and_the_resolution_that_were_priced_are_asked_for() -> None:
    """3.2 s are cut out of a clip of 5."""
    planned = planned_take(FLOOR, SCENE, SHOT, tier="final")
    assert (planned.units, planned.unit) == (5, "second")
    assert a_take().parameters == {"resolution": "720p", "duration": 5}
    assert a_take().duration_s == 3.2, "and that much of it is cut"


def test_a_panel_names_the_ratio_that_was_priced() -> None:
    planned = planned_panel(BOARD, SHOT, tier="final")
    request = panel_order(BOARD, SHOT, "p", planned).request
    assert isinstance(request, ImageRequest)
    assert (request.parameters, request.model) == ({"aspect_ratio": "16:9"}, "nano-banana")


def test_what_is_free_has_no_priced_parameters_and_the_digest_it_always_had() -> None:
    request = a_take(offline=True)
    assert (request.provider, request.parameters, request.first_frame) == (OFFLINE, {}, None)
    dumped = request.model_dump(mode="json")
    assert {"parameters", "last_frame", "extends"}.isdisjoint(dumped)
    assert request_hash(dumped) == request_hash(VideoRequest.model_validate(dumped).model_dump(mode="json"))


@pytest.mark.parametrize("frames", [(), ("last",), ("first",), ("first", "last")])
def test_a_take_begins_with_the_approved_panel_where_its_model_can(
    monkeypatch: pytest.MonkeyPatch, frames: tuple[str, ...]
) -> None:
    card = catalog.model_card("wan-2.5-t2v").model_copy(update={"frames": frames})
    others = tuple(one for one in catalog.catalog() if one.id != card.id)
    monkeypatch.setattr(catalog, "catalog", lambda: (card, *others))
    assert a_take().first_frame == (PICTURE if "first" in frames else None)
    assert a_take(offline=True).first_frame is None


def test_nothing_is_priced_twice_under_two_names() -> None:
    planned = planned_take(FLOOR, SCENE, SHOT, tier="final")
    assert priced_parameters(planned)["duration"] == planned.units
    assert priced_parameters(on_route(planned, TO_PREVIZ)) == {}
