"""What a take keeps to: as much as its model takes; the rest is told, or becomes an anchor of the cut."""

from typing import Any

import pytest

from nodes.conditions import Conditions, Wanted, conditions_of, fit
from state.media import MediaRef
from state.references import Reference, Shows
from state.take import FrameAnchor
from tests.builders import a_staging
from tools.engines.catalog import ModelCard

STAGING = a_staging()
NEEDS = {"duration": 8, "aspect_ratio": "16:9"}


def a_picture(name: str) -> MediaRef:
    return MediaRef(key=f"image/local/{name}.png", mime="image/png", sha256="0" * 64, size_bytes=1)


def references(*shows: Shows) -> list[Reference]:
    return [Reference(media=a_picture(one), shows=one) for one in shows]


FRAME, END, PANEL, CLIP, TAIL = map(a_picture, ("frame", "end", "panel", "clip", "tail"))
PRODUCT = references("product", "storyboard", "style")


def a_card(**abilities: Any) -> ModelCard:
    known = {
        "id": "m-1", "provider": "fake", "vendor": "m", "medium": "video", "title": "M", "tier": "final",
        "price_range": "", "expected_s": 1,
    }  # fmt: skip
    return ModelCard.model_validate(known | abilities)


def conditions(card: ModelCard, parameters: dict[str, Any] | None = None, **wanted: Any) -> Conditions:
    return conditions_of(Wanted(**wanted), card, STAGING, parameters=parameters or NEEDS)


def keys(found: list[MediaRef]) -> list[str]:
    return [one.key for one in found]


def left(found: Conditions) -> list[str]:
    return [one.words for one in found.left_out]


def test_as_many_as_fit_are_sent_and_the_rest_is_told() -> None:
    found = conditions(a_card(reference_images=2), references=PRODUCT)
    assert keys(found.references) == [one.media.key for one in PRODUCT[:2]]
    told = found.told(stage="take", item="2A", model="m-1")
    assert told is not None
    assert told.text == "2A: 2 of 3 references fit m-1: the style was left out (it takes 2)."


def test_what_all_fits_is_not_told() -> None:
    found = conditions(a_card(reference_images=3), references=PRODUCT)
    assert len(found.references) == 3
    assert found.told(stage="take", item="2A", model="m-1") is None


def test_five_of_which_two_fit() -> None:
    five = references("product", "storyboard", "style", "character", "given")
    found, rest = fit(five, STAGING, slots=2)
    told = Conditions(references=[one.media for one in found], left_out=rest).told(
        stage="take", item="2A", model="veo-3.1"
    )
    assert told is not None
    assert told.text.startswith("2A: 2 of 5 references fit veo-3.1: the product, ")
    assert told.text.endswith(" were left out.")


def test_a_model_that_takes_none_is_sent_none_and_begins_with_the_panel_if_it_can() -> None:
    found = conditions(a_card(frames=("first",)), references=PRODUCT, opening=PANEL)
    assert (found.references, found.first_frame) == ([], PANEL)
    assert left(found) == ["the product", "the style"], "the storyboard frame is what it begins with"
    assert conditions(a_card(), references=PRODUCT, opening=PANEL).first_frame is None


@pytest.mark.parametrize("parameters", [{"duration": 4, "aspect_ratio": "16:9"}, {"duration": 8}])
def test_references_that_need_another_length_or_shape_are_left_out(parameters: dict[str, Any]) -> None:
    """They would be refused: what was priced and approved is not changed for them."""
    card = a_card(reference_images=3, references_need=NEEDS, frames=("first",))
    found = conditions(card, parameters, references=PRODUCT, opening=PANEL)
    assert (found.references, found.first_frame) == ([], PANEL)
    assert found.why.startswith("it takes them only with ")
    assert conditions(card, NEEDS, references=PRODUCT).references != [], "the control"


def test_references_and_a_first_frame_are_never_sent_together() -> None:
    card = a_card(reference_images=3, frames=("first", "last"))
    shown = conditions(card, references=PRODUCT, opening=PANEL)
    assert (len(shown.references), shown.first_frame) == (3, None)
    begun = conditions(card, references=PRODUCT, opening=PANEL, first=FRAME)
    assert (begun.references, begun.first_frame) == ([], FRAME)
    assert begun.why == "it is told which frame it begins or ends with"


def test_the_panel_alone_is_no_reference_but_what_it_begins_with() -> None:
    card = a_card(reference_images=3, frames=("first",))
    found = conditions(card, references=references("storyboard"), opening=PANEL)
    assert (found.references, found.first_frame, found.left_out) == ([], PANEL, [])


@pytest.mark.parametrize("frames", [(), ("first",), ("last",), ("first", "last")])
def test_a_frame_is_sent_where_the_model_can_and_anchored_where_it_cannot(frames: tuple[str, ...]) -> None:
    found = conditions(a_card(frames=frames), first=FRAME, last=END)
    assert found.first_frame == (FRAME if "first" in frames else None)
    assert found.last_frame == (END if "last" in frames else None)
    anchored = {"first": FRAME, "last": END}
    assert {one.edge: one.media for one in found.anchors} == {
        edge: media for edge, media in anchored.items() if edge not in frames
    }


def test_an_end_that_is_given_begins_with_the_panel() -> None:
    found = conditions(a_card(frames=("first", "last")), last=END, opening=PANEL)
    assert (found.first_frame, found.last_frame) == (PANEL, END)


def test_a_clip_is_gone_on_from_where_the_model_can() -> None:
    found = conditions(
        a_card(extension_s=7, frames=("first",), reference_images=3), extends=CLIP, tail=TAIL,
        references=PRODUCT,
    )  # fmt: skip
    assert (found.extends, found.first_frame, found.references, found.anchors) == (CLIP, None, [], [])
    assert left(found) == ["the product", "the style"]


def test_a_clip_that_cannot_be_gone_on_from_is_followed_from_its_last_frame() -> None:
    begins = conditions(a_card(frames=("first",)), extends=CLIP, tail=TAIL)
    assert (begins.extends, begins.first_frame, begins.anchors) == (None, TAIL, [])
    blends = conditions(a_card(), extends=CLIP, tail=TAIL)
    assert (blends.first_frame, blends.anchors) == (None, [FrameAnchor(edge="first", media=TAIL)])


def test_people_are_told_what_is_done_about_a_frame() -> None:
    told = FrameAnchor(edge="first", media=FRAME).told("2A", "wan-2.5-t2v")
    assert told == "2A: wan-2.5-t2v cannot be told its first frame; the cut blends out of it instead."
