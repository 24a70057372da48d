"""What the catalogue says of fal, held to what is sent; figures of the mission."""

import pytest

from state.cost import Money
from tests.integration.engines.fal.fal_set import Set, a_clip, a_panel
from tests.standins.job_vendors.models import known_models
from tools.engines.catalog import ModelCard, catalog, model_card
from tools.engines.fal.wishes import FROM_FRAME, INPUTS, SIZES
from tools.engines.live.schema import FieldSchema, schemas
from tools.ledger.pricing import price_entry
from tools.orders.planned import clip_seconds
from tools.orders.quote import price_of

CARDS = [card for card in catalog() if card.provider == "fal"]
SOLD = known_models("fal")


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_card_has_its_inputs_its_price_and_its_source(card: ModelCard):
    endpoints = {card.vendor, FROM_FRAME.get(card.vendor, card.vendor)}
    assert endpoints <= set(schemas(INPUTS))
    entry = price_entry("fal", card.id)
    assert entry.high > 0
    assert entry.unit == ("second" if card.medium == "video" else "image")
    assert card.source
    assert card.read_on is not None
    assert not card.verified, "nobody here has called it"
    assert not entry.verified, "nobody here has seen a bill"


def test_every_model_of_the_inputs_is_sold_and_takes_no_field_that_fal_does_not_know():
    for schema in schemas(INPUTS).values():
        assert set(schema.fields) <= set(SOLD[schema.vendor].input), schema.vendor
        assert not schema.verified
        assert schema.source


def test_what_a_card_offers_its_inputs_take():
    for card in CARDS:
        fields = schemas(INPUTS)[card.vendor].fields
        if card.durations_s and not card.upscales:
            said = [float(str(one).rstrip("s")) for one in fields["duration"].only]
            assert said == list(card.durations_s.only), card.id
        if card.resolutions:
            assert fields["target_resolution" if card.upscales else "resolution"].only == card.resolutions
        if card.medium == "video" and card.aspect_ratios:
            assert fields["aspect_ratio"].only == card.aspect_ratios
        if card.medium == "image" and card.aspect_ratios:
            assert set(SIZES) == set(card.aspect_ratios)


def test_the_shapes_of_a_picture_are_those_they_are_called():
    for ratio, (width, height) in SIZES.items():
        wide, high = map(int, ratio.split(":"))
        assert width / height == pytest.approx(wide / high, rel=0.005)
        assert width * height <= 1_000_000


def test_each_model_says_how_long_its_queue_may_be():
    """Fal drops at once what is to start within no time."""
    cards = [card for card in catalog() if card.provider == "fal"]
    assert len(cards) > 5
    assert [card.id for card in cards if card.starts_in_s <= 0] == []


def test_how_long_a_preview_and_the_engines_may_take():
    """S3-54: 20 s; S3-55, S3-56: 300 s. S3-05: a preview is expected within 4 s."""
    assert model_card("fal-flux-schnell").ends_in_s == 20
    assert model_card("fal-flux-schnell").expected_s < 4
    assert model_card("fal-flux-schnell").starts_in_s == 120, "the queue is no part of it"
    assert {model_card(name).ends_in_s for name in ("kling-2.5-turbo", "kling-2.1-pro", "luma-ray-2")} == {
        300
    }


@pytest.mark.parametrize(
    ("model", "units", "resolution", "usd"),
    [
        ("fal-flux-schnell", 1, "", "0.003"), ("fal-flux-dev", 1, "", "0.025"),
        ("flux-dev-img2img", 1, "", "0.025"), ("kling-2.5-turbo", 5, "", "0.35"),
        ("kling-2.5-turbo", 10, "", "0.70"), ("kling-2.1-pro", 5, "", "0.49"),
        ("fal-video-upscaler", 5, "1080p", "0.036"), ("fal-video-upscaler", 5, "4k", "0.144"),
        ("luma-ray-2-flash", 5, "540p", "0.25"), ("luma-ray-2-flash", 9, "1080p", "1.71"),
    ],
)  # fmt: skip
def test_what_is_quoted(model: str, units: int, resolution: str, usd: str):
    """Never less than fal's page says: 0.20 and 1.60 for the two of the flash."""
    assert price_of("fal", model, units, resolution=resolution) == Money.usd(usd)


@pytest.mark.parametrize(("model", "seconds", "made"), [("kling-2.5-turbo", 3.2, 5), ("luma-ray-2", 5.5, 9)])
async def test_what_is_priced_is_what_is_sent(fal: Set, model: str, seconds: float, made: int):
    """A take may have been trimmed below the clip that was priced."""
    assert clip_seconds(model, seconds) == made
    job = await fal.bought(a_clip(model, duration_s=seconds))
    assert str(job.given["duration"]).rstrip("s") == str(made)


async def test_the_same_order_asks_for_the_same_thing(fal: Set):
    """S4-043: nothing in it comes from the call or the hour."""
    jobs = [await fal.bought(a_panel(seed=7)) for _ in range(2)]
    assert jobs[0].given == jobs[1].given
    assert jobs[0].seed == jobs[1].seed == 7


def test_a_size_is_two_sides_within_its_pixels():
    size = FieldSchema(kind="size", least=100, most=1000)
    assert size.problem({"width": 20, "height": 30}) == ""
    assert size.problem({"width": 40, "height": 30}) == "1200 pixels are more than 1000"
    assert size.problem({"width": 2, "height": 30}) == "60 pixels are less than 100"
    for wrong in ({}, {"width": 20}, {"width": 20, "height": 30.5}, {"width": True, "height": 30},
                  {"width": -20, "height": -30}, {"width": 20, "height": 30, "depth": 1}):  # fmt: skip
        assert size.problem(wrong).endswith("is no width and height in pixels")
    assert size.problem("20x30") == "'20x30' is no size"
