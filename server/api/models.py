"""The models that a person can choose, from the catalogue in memory: no database, no provider."""

from fastapi import APIRouter
from pydantic import Field

from server.api.wire import Answer, Wire
from server.deps import UserDep
from server.limits.guard import COUNTED
from state.tier import ModelTier
from tools.engines.catalog import ModelCard, models_for
from tools.ledger.pricing import newest_edition

router = APIRouter(prefix="/api/models", tags=["models"], dependencies=COUNTED)


class ModelView(Wire):
    """One model."""

    id: str = Field(description="Its id, as used in briefs.", examples=["wan-2.5-t2v-fast"])
    provider: str = Field(description="Who sells it.", examples=["replicate"])
    name: str = Field(description="Its name.")
    verified: bool = Field(
        description="Whether a live call has been answered as this says; else it is as the vendor's pages do."
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


class CatalogueView(Wire):
    """Every model that can be chosen."""

    edition: str = Field(description="The price book's edition.", examples=["2025-10"])
    video: list[ModelView] = Field(description="Models that make clips.")
    image: list[ModelView] = Field(description="Models that make pictures.")


@router.get("", summary="List models")
async def list_models(user_id: UserDep) -> Answer[CatalogueView]:
    """Video and image models with prices, times and abilities."""
    return Answer(
        data=CatalogueView(
            edition=newest_edition(),
            video=[_view(card) for card in models_for("video") if card.provider != "previz"],
            image=[_view(card) for card in models_for("image") if card.provider != "previz"],
        )
    )


def _view(card: ModelCard) -> ModelView:
    return ModelView(
        id=card.id,
        provider=card.provider,
        verified=card.verified,
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
    )
