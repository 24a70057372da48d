"""What a paid engine is asked for is what was priced; the offline one is asked as before."""

import pytest

from nodes.camera.take_orders import kept_seed, take_conditions, take_order
from nodes.storyboard.panel_orders import panel_order, panel_told
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
    order = take_order(FLOOR, SHOT, planned, production_id="p", speeches=[])
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
    request = panel_order(BOARD, SHOT, planned, production_id="p").request
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


def with_card(monkeypatch: pytest.MonkeyPatch, model: str, **abilities: object) -> None:
    card = catalog.model_card(model).model_copy(update=abilities)
    others = tuple(one for one in catalog.catalog() if one.id != card.id)
    monkeypatch.setattr(catalog, "catalog", lambda: (card, *others))


GIVEN = PANEL.model_copy(update={"given": True})
PRODUCT = PICTURE.model_copy(update={"key": f"image/local/{'1' * 64}.png", "sha256": "1" * 64})
SHOWN = SHOT.model_copy(update={"staging": a_staging(subject="product", picture=PRODUCT), "panel": PICTURE})


@pytest.mark.parametrize("frames", [(), ("first",)])
def test_a_frame_that_a_person_brought_is_sent_or_anchored(
    monkeypatch: pytest.MonkeyPatch, frames: tuple[str, ...]
) -> None:
    with_card(monkeypatch, "wan-2.5-t2v", frames=frames)
    floor = FLOOR.model_copy(update={"panels": {"1A": GIVEN}})
    told = take_conditions(floor, SHOT, planned_take(floor, SCENE, SHOT, tier="final"))
    assert (told.first_frame is None, bool(told.anchors)) == ((False, False) if frames else (True, True))


def test_the_request_holds_only_the_references_that_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """So its digest is of what is sent."""
    planned = planned_take(FLOOR, SCENE, SHOWN, tier="final")
    hashes = set()
    for slots in (0, 1, 2):
        with_card(monkeypatch, "wan-2.5-t2v", reference_images=slots)
        request = take_order(FLOOR, SHOWN, planned, production_id="p", speeches=[]).request
        assert isinstance(request, VideoRequest)
        assert [one.key for one in request.references] == [PRODUCT.key, PICTURE.key][:slots]
        hashes.add(request_hash(request.model_dump(mode="json")))
    assert len(hashes) == 3


def test_a_panel_s_model_with_one_slot_gets_what_a_person_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    with_card(monkeypatch, "nano-banana", reference_images=1)
    planned = planned_panel(BOARD, SHOWN, tier="final")
    request = panel_order(BOARD, SHOWN, planned, production_id="p").request
    assert isinstance(request, ImageRequest)
    assert [one.key for one in request.references] == [PICTURE.key]
    told = panel_told(SHOWN, planned)
    assert told is not None
    assert told.text == "1A: 1 of 2 references fit nano-banana: the product was left out (it takes 1)."


def test_the_offline_engine_is_asked_as_before() -> None:
    planned = on_route(planned_take(FLOOR, SCENE, SHOWN, tier="final"), TO_PREVIZ)
    floor = FLOOR.model_copy(update={"panels": {"1A": GIVEN}})
    told = take_conditions(floor, SHOWN, planned)
    assert (told.first_frame, told.references, told.left_out, told.anchors) == (PICTURE, [PRODUCT], [], [])


@pytest.mark.parametrize("seeded", [True, False])
def test_a_take_keeps_the_seed_that_its_model_takes(monkeypatch: pytest.MonkeyPatch, seeded: bool) -> None:
    """Where it takes none the take cannot be repeated, and does not say so."""
    with_card(monkeypatch, "wan-2.5-t2v", seeded=seeded)
    planned = planned_take(FLOOR, SCENE, SHOT, tier="final")
    assert kept_seed(planned, 7) == (7 if seeded else None)
    assert kept_seed(on_route(planned, TO_PREVIZ), 7) == 7
