"""The models that a person can choose: the catalogue, and what this place has tried. No provider is asked."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from server.api.wire import Answer, Wire
from server.deps import HouseDep, UserDep
from server.limits.guard import COUNTED
from server.trials.verified import Doubt, Tried, doubts
from state.order import Medium
from state.tier import ModelTier
from tools.engines.catalog import ModelCard, models_for
from tools.engines.provider_voices import voice_book
from tools.engines.routing import OFFLINE
from tools.ledger.pricing import newest_edition
from tools.orders.rate_card import Rate, RateMedium, RateTier, rates

router = APIRouter(prefix="/api/models", tags=["models"], dependencies=COUNTED)


class ModelView(Wire):
    """One model."""

    id: str = Field(description="Its id, as used in briefs.", examples=["wan-2.5-t2v-fast"])
    provider: str = Field(description="Who sells it.", examples=["replicate"])
    name: str = Field(description="Its name.")
    verified: bool = Field(
        description="Whether a live call has been answered as this says; else it is as the vendor's pages do."
    )
    unverified: list[Doubt] = Field(
        description="What nobody has verified: its `facts` by a live call, its `price` by a bill.",
        examples=[["facts", "price"]],
    )
    tried_at: datetime | None = Field(
        description="When a trial of this server last had an answer as this says; null is never."
    )
    price_range: str = Field(description="What it costs.", examples=["$0.05-0.15/s"])
    expected_time: int = Field(description="Seconds a clip or picture usually takes.", examples=[15])
    features: list[str] = Field(description="What it can do.")
    tier: ModelTier = Field(description="draft: a draft may have it; final: only a final may.")
    draft: str = Field(
        description="What makes it instead in a draft; empty where it may stay.", examples=["veo-3.1-fast"]
    )
    recommended: bool = Field(description="The one to take when in doubt.")
    resolutions: list[str] = Field(description="From the smallest to the largest.")
    aspect_ratios: list[str] = Field(description="The shapes it makes.")
    reference_images: int = Field(description="How many reference pictures it takes.")
    voices: list[str] = Field(description="Of a model that speaks: the voices it has.", examples=[["Kore"]])
    voices_told: list[str] = Field(
        description="Of a model that speaks: what of `rate`, `pitch` and `style` it can be told."
    )


class RateView(Wire):
    """What a tier of a medium is reckoned with."""

    medium: RateMedium = Field(description="What is made.")
    tier: RateTier = Field(description="Which of its tiers.")
    model: str = Field(
        description="The model that makes it here; empty for what is made on this machine.",
        examples=["wan-2.5-t2v-fast"],
    )
    reference_price: str = Field(description="In dollars, of edition 2025-10.", examples=["0.03"])
    unit: str = Field(description="What that is for: second, image, call.", examples=["second"])
    piece_seconds: int = Field(description="How long one call is; 0 where it has no length.", examples=[30])


class CatalogueView(Wire):
    """Every model that can be chosen."""

    edition: str = Field(description="The price book's edition.", examples=["2025-10"])
    video: list[ModelView] = Field(description="Models that make clips.")
    image: list[ModelView] = Field(description="Models that make pictures.")
    voice: list[ModelView] = Field(description="Models that speak, which are sold for a key.")
    music: list[ModelView] = Field(description="Models that play, which are sold for a key.")
    rates: list[RateView] = Field(description="By tier: what a video is reckoned with before it is planned.")


@router.get("", summary="List models")
async def list_models(house: HouseDep, user_id: UserDep) -> Answer[CatalogueView]:
    """Video and image models with prices, times and abilities; voices and music that are sold for a key."""
    tried = await house.tried.read()
    return Answer(
        data=CatalogueView(
            edition=newest_edition(), video=_sold("video", tried), image=_sold("image", tried),
            voice=_sold("voice", tried), music=_sold("music", tried), rates=[_rate(one) for one in rates()],
        )
    )  # fmt: skip


def _sold(medium: Medium, tried: Tried) -> list[ModelView]:
    return [_view(card, tried) for card in models_for(medium) if card.provider != OFFLINE]


def _rate(one: Rate) -> RateView:
    return RateView(
        medium=one.medium, tier=one.tier, model=one.model, reference_price=one.price().dollars(),
        unit=one.unit, piece_seconds=one.piece_s,
    )  # fmt: skip


def _view(card: ModelCard, tried: Tried) -> ModelView:
    return ModelView(
        id=card.id,
        provider=card.provider,
        verified=card.verified,
        unverified=list(doubts(card)),
        tried_at=tried.get((card.provider, card.id)),
        name=card.title,
        price_range=card.price_range,
        expected_time=card.expected_s,
        features=list(card.features),
        tier=card.tier,
        draft=card.draft,
        recommended=card.recommended,
        resolutions=list(card.resolutions),
        aspect_ratios=list(card.aspect_ratios),
        reference_images=card.reference_images,
        voices=list(book.names) if (book := voice_book(card.id)) else [],
        voices_told=list(book.told) if book else [],
    )
