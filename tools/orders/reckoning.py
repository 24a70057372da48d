"""What a video of a given length is reckoned to cost, before anything is planned: the mission's sums.

They use the reference prices of edition 2025-10, whoever makes it in the end. The quote of a production is
another thing: it lists the calls that will be made, at the newest prices.
"""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from state.cost import ZERO, Money
from tools.ledger.pricing import text_price
from tools.orders.quote import price_of

EDITION, WHO = "2025-10", "reference"
PLANNING_TOKENS, CRITIC_TOKENS, CRITICS = 500, 300, 3
FRAMES_A_SCENE, SCENES, AUDIO_TRACKS = 2, 5, 2
PREVIEW_LIMIT = Money.usd("2.00")
Line = Literal["planning", "keyframes", "video", "audio", "critic"]


class Reckoning(BaseModel, frozen=True):
    """The five lines of a video's costs."""

    planning: Money
    keyframes: Money
    video: Money
    audio: Money
    critic: Money

    @property
    def total(self) -> Money:
        """All of them."""
        return sum((self.planning, self.keyframes, self.video, self.audio, self.critic), ZERO)


def reckon(*, draft_s: Decimal | int = 0, premium_s: Decimal | int = 0) -> Reckoning:
    """What so many seconds on the draft model, and so many on the premium one, come to in all."""
    return Reckoning(
        planning=_tokens("planning", PLANNING_TOKENS),
        keyframes=_price("keyframe", SCENES * FRAMES_A_SCENE),
        video=_price("video-draft", draft_s) + _price("video-premium", premium_s),
        audio=_price("audio-track", AUDIO_TRACKS),
        critic=_tokens("critic", CRITIC_TOKENS) * CRITICS,
    )


def preview_seconds(limit: Money = PREVIEW_LIMIT) -> Decimal:
    """How many whole seconds of draft video stay under a limit, with all that goes with them."""
    second = _price("video-draft", 1).micros
    left = limit.micros - 1 - reckon().total.micros
    return Decimal(max(0, left // second))


def _price(model: str, units: Decimal | int) -> Money:
    return price_of(WHO, model, units, edition=EDITION)


def _tokens(model: str, tokens: int) -> Money:
    return text_price(WHO, model, prompt_tokens=tokens, cached_tokens=0, completion_tokens=0, edition=EDITION)
