"""What a video of so many seconds is reckoned to cost, before there is a brief (S4-086 to S4-088)."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import Field

from server.api.wire import ERRORS, Answer, Wire
from server.deps import UserDep
from server.limits.guard import COUNTED
from state.tier import Tier
from tools.ledger.costs import dollars
from tools.orders.rate_card import EDITION
from tools.orders.reckoning import PREVIEW_LIMIT, Reckoning, preview_seconds, reckon_video

router = APIRouter(prefix="/api/estimate", tags=["money"], responses=ERRORS, dependencies=COUNTED)


class LinesView(Wire):
    """The parts of the sum, in dollars."""

    planning: str = Field(description="A language model plans it.", examples=["0.05"])
    keyframes: str = Field(description="The first and the last picture of each scene.", examples=["0.02"])
    video: str = Field(description="Its seconds.", examples=["1.80"])
    audio: str = Field(description="Voice and music.", examples=["0.20"])
    critic: str = Field(description="A language model judges it.", examples=["0.09"])


class PreviewView(Wire):
    """What a draft should cost, and whether this one does."""

    limit_usd: str = Field(description="Less than this.", examples=["2.00"])
    under_limit: bool = Field(description="Whether it does.")
    most_seconds: int = Field(description="The longest draft that does.", examples=[54])


class ReckoningView(Wire):
    """What a video is reckoned to cost, in dollars."""

    seconds: int = Field(description="How long it is.", examples=[60])
    tier: Tier = Field(description="What it is made in.")
    draft_seconds: int = Field(description="Of it by the cheap model.", examples=[40])
    premium_seconds: int = Field(description="Of it by the premium model.", examples=[20])
    lines: LinesView = Field(description="The parts of the sum.")
    kinds: dict[str, str] = Field(
        description="The same by `video`, `image`, `audio`, `llm`, as in the books.",
        examples=[{"video": "11.20", "image": "0.02", "audio": "0.20", "llm": "0.14"}],
    )
    total: str = Field(description="All of it.", examples=["11.56"])
    edition: str = Field(description="The price book's edition that has these reference prices.")
    preview: PreviewView | None = Field(description="Of a draft; null for a final.")

    @classmethod
    def of(cls, found: Reckoning, tier: Tier) -> Self:
        """A reckoning as it is answered."""
        lines = {name: dollars(getattr(found, name).micros) for name in LinesView.model_fields}
        return cls(
            seconds=found.draft_s + found.premium_s,
            tier=tier,
            draft_seconds=found.draft_s,
            premium_seconds=found.premium_s,
            lines=LinesView(**lines),
            kinds={kind: dollars(price.micros) for kind, price in found.by_kind().items()},
            total=dollars(found.total.micros),
            edition=EDITION,
            preview=_preview(found) if tier == "draft" else None,
        )


@router.get("", summary="Estimate a video")
async def estimate_video(
    user_id: UserDep,
    seconds: Annotated[int, Query(description="How long it is, 6 to 180.", examples=[60])],
    tier: Annotated[Tier, Query(description="What it is made in.")] = "final",
    premium_seconds: Annotated[
        int | None,
        Query(alias="premiumSeconds", description="Of a final by the premium model; else a third."),
    ] = None,
) -> Answer[ReckoningView]:
    """Reckon a video by its length, at the reference prices; nothing is made, and nobody is asked.

    A production's own price is its quote, at the budget gate.
    """
    found = reckon_video(seconds, tier=tier, premium_s=premium_seconds)
    return Answer(data=ReckoningView.of(found, tier))


def _preview(found: Reckoning) -> PreviewView:
    return PreviewView(
        limit_usd=dollars(PREVIEW_LIMIT.micros),
        under_limit=found.total < PREVIEW_LIMIT,
        most_seconds=preview_seconds(),
    )
