"""Who draws the director's previews, and who a remaster or a flag puts in their place."""

import pytest

from state.context import RunContext
from tools.engines.catalog import made_in, model_card
from tools.engines.previews import drawn_with, previews
from tools.settings import Settings

SCHNELL, DEV, RESTYLED, IMAGEN = "fal-flux-schnell", "fal-flux-dev", "flux-dev-img2img", "fal-imagen-3-fast"


def test_the_directors_pictures_are_flux_at_fal() -> None:
    """S3-03: schnell for previews, dev for the remaster, dev from a picture where there is a style."""
    line = previews()[0]
    chosen = [line.model, line.remaster, line.restyled, line.imagen3]
    assert [(model_card(one).provider, model_card(one).vendor) for one in chosen] == [
        ("fal", "fal-ai/flux/schnell"), ("fal", "fal-ai/flux/dev"), ("fal", "fal-ai/flux/dev/image-to-image"),
        ("fal", "fal-ai/imagen3/fast"),
    ]  # fmt: skip
    assert model_card(line.restyled).edits


@pytest.mark.parametrize(
    ("force_remaster", "styled", "imagen3", "model"),
    [
        (False, False, False, SCHNELL), (False, True, False, SCHNELL), (False, False, True, IMAGEN),
        (True, False, False, DEV), (True, True, False, RESTYLED), (True, False, True, DEV),
    ],
)  # fmt: skip
def test_a_remaster_and_the_flag_choose_another_model(
    force_remaster: bool, styled: bool, imagen3: bool, model: str
) -> None:
    """S3-03, S3-04, S3-06."""
    assert drawn_with(SCHNELL, force_remaster=force_remaster, styled=styled, imagen3=imagen3) == model


def test_both_are_off_by_default() -> None:
    """S3-04, S3-06."""
    assert RunContext().force_remaster is False
    assert Settings.model_fields["enable_imagen3"].default is False


@pytest.mark.parametrize(
    ("chosen", "forced"), [("flux-schnell", "flux-dev"), ("nano-banana", "nano-banana"), (DEV, DEV)]
)
def test_what_is_no_preview_stays_and_replicates_is_remastered_there(chosen: str, forced: str) -> None:
    assert drawn_with(chosen, force_remaster=True) == forced
    assert drawn_with(chosen, imagen3=True) == chosen, "it is fal's flag alone"


def test_a_remaster_in_a_draft_is_a_preview_all_the_same() -> None:
    assert made_in("draft", drawn_with(SCHNELL, force_remaster=True)) == SCHNELL


def test_every_choice_is_a_picture_of_the_provider_of_its_preview_with_its_shapes() -> None:
    for line in previews():
        mine = model_card(line.model)
        for other in filter(None, (line.remaster, line.restyled, line.imagen3)):
            card = model_card(other)
            assert (card.provider, card.medium) == (mine.provider, "image")
            assert not card.aspect_ratios or set(card.aspect_ratios) >= set(mine.aspect_ratios)
        assert line.source
