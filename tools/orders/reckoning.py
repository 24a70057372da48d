"""What a video of a given length is reckoned to cost, before anything is planned: the mission's sums.

They use the reference prices of edition 2025-10, whoever makes it in the end. The quote of a production is
another thing: it lists the calls that will be made, at the newest prices.
"""

from pydantic import BaseModel

from state.cost import ZERO, Money
from state.errors import BriefIncomplete
from state.tier import Tier
from tools.ledger.pricing import text_price
from tools.orders.rate_card import EDITION, WHO, rate

PLANNING_TOKENS, CRITIC_TOKENS, CRITICS = 500, 300, 3
FRAMES_A_SCENE, SCENES, AUDIO_TRACKS = 2, 5, 2
PREVIEW_LIMIT = Money.usd("2.00")
"""A draft of a video should cost less."""
SHORTEST_S, LONGEST_S = 6, 180
"""As long as an episode may be."""
PREMIUM_SHARE = 3
"""Of a final, one second in so many is made by a premium model unless somebody says otherwise."""


class Reckoning(BaseModel, frozen=True):
    """The five lines of a video's costs."""

    draft_s: int
    premium_s: int
    planning: Money
    keyframes: Money
    video: Money
    audio: Money
    critic: Money

    @property
    def total(self) -> Money:
        """All of them."""
        return sum(self.by_kind().values(), ZERO)

    def by_kind(self) -> dict[str, Money]:
        """The same in the kinds of the books."""
        return {
            "video": self.video, "image": self.keyframes, "audio": self.audio,
            "llm": self.planning + self.critic,
        }  # fmt: skip


def reckon_video(seconds: int, *, tier: Tier = "final", premium_s: int | None = None) -> Reckoning:
    """What a video of so many seconds comes to, made as a draft or as a final.

    Raises:
        BriefIncomplete: too short or too long, or more premium seconds than it may have.
    """
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise _wrong("seconds", f"a video has {SHORTEST_S} to {LONGEST_S}, not {seconds}",
                     f"Name a number from {SHORTEST_S} to {LONGEST_S}.")  # fmt: skip
    most = 0 if tier == "draft" else seconds
    premium = premium_s if premium_s is not None else most // PREMIUM_SHARE
    if tier == "draft" and premium:
        raise _wrong("premiumSeconds", "nothing of a draft is made by a premium model",
                     "Leave them out, or ask for tier final.")  # fmt: skip
    if not 0 <= premium <= most:
        raise _wrong("premiumSeconds", f"{premium} of {seconds} seconds cannot be premium",
                     f"Name a number from 0 to {seconds}.")  # fmt: skip
    return reckon(draft_s=seconds - premium, premium_s=premium)


def reckon(*, draft_s: int = 0, premium_s: int = 0) -> Reckoning:
    """What so many seconds on the draft model, and so many on the premium one, come to in all."""
    return Reckoning(
        draft_s=draft_s,
        premium_s=premium_s,
        planning=_tokens("planning", PLANNING_TOKENS),
        keyframes=rate("image", "fast").price(SCENES * FRAMES_A_SCENE),
        video=rate("video", "cheap").price(draft_s) + rate("video", "premium").price(premium_s),
        audio=rate("audio", "music").price(AUDIO_TRACKS),
        critic=_tokens("critic", CRITIC_TOKENS) * CRITICS,
    )


def preview_seconds(limit: Money = PREVIEW_LIMIT) -> int:
    """How many whole seconds of draft video stay under a limit, with all that goes with them."""
    second = rate("video", "cheap").price().micros
    left = limit.micros - 1 - reckon().total.micros
    return max(0, left // second)


def _tokens(model: str, tokens: int) -> Money:
    return text_price(WHO, model, prompt_tokens=tokens, cached_tokens=0, completion_tokens=0, edition=EDITION)


def _wrong(field: str, problem: str, fix: str) -> BriefIncomplete:
    fields = [{"field": field, "problem": problem, "fix": fix}]
    return BriefIncomplete(f"{field}: {problem}", user_action=fix, details={"fields": fields})
