"""What can go wrong with an order of a picture, a clip or speech; the rest is in `model_vendors/faults.py`.

A fault of the answer is met by the call that orders; `met_at("poll", ...)` and `met_at("download", ...)` move
those of the line (busy, server_error, closed_unanswered, cut, ...) to the calls that follow.
"""

import random
from collections.abc import Sequence
from typing import Any

from tests.standins.media_vendors.models import MediaModel
from tests.standins.model_vendors.faults import (
    OF_MEDIA,
    OF_STREAMS,
    Fault,
    Stage,
    answer_hangs,
    billing_limit,
    broken_json,
    busy,
    closed_unanswered,
    cut,
    denied,
    empty_body,
    gateway_page,
    met_at,
    overloaded,
    quota_exhausted,
    server_error,
)
from tests.standins.model_vendors.signals import Signal

OF_CLIPS = frozenset({"filtered", "job_failed", "expired"})
OF_EYES = frozenset({"black"})
OF_TIME = frozenset({"wrong_duration", "silent"})
FREE = frozenset({"refused", "filtered", "job_failed", "no_media", "never"})
"""What no vendor bills: nothing was made. (Of Veo's filter its own words say so; the others are inferred.)"""


def late(seconds: float = 0, release: Signal | None = None) -> Fault:
    """Done so many seconds after the model's own time, or when the signal is set."""
    return Fault("late", seconds=seconds, release=release)


def never() -> Fault:
    """Accepted, and never done."""
    return Fault("never")


def refused(form: str = "", *, billed: bool = False) -> Fault:
    """A refusal in the vendor's word.

    A finish reason of Gemini, `blocked REASON` for its prompt, the words of Veo's error, or OpenAI's
    `moderation_blocked` or `content_policy_violation`. Left out, the vendor's most usual one.
    """
    return Fault("refused", form=form, billed=billed)


def filtered(reason: str = "") -> Fault:
    """Veo's third outcome: done, no error, no clip, and why."""
    return Fault("filtered", form=reason)


def job_failed(code: int = 13) -> Fault:
    """Veo's second outcome: done with an error."""
    return Fault("job_failed", form=str(code))


def nothing_made(*, billed: bool = False) -> Fault:
    """All is said to be well, and there is nothing in it."""
    return Fault("no_media", billed=billed)


def wrong_media() -> Fault:
    """Something else than was ordered, under the name of what was."""
    return Fault("wrong_media")


def wrong_duration() -> Fault:
    """Half of the seconds."""
    return Fault("wrong_duration")


def truncated() -> Fault:
    """Half of the file, delivered as if it were whole."""
    return Fault("truncated")


def black() -> Fault:
    return Fault("black")


def silent() -> Fault:
    return Fault("silent")


def endless_wav() -> Fault:
    """A WAV whose heading does not know its length, as a stream's."""
    return Fault("endless")


def expired() -> Fault:
    """The file is gone before anybody fetched it."""
    return Fault("expired")


def trickle(every_s: float = 1, release: Signal | None = None) -> Fault:
    """The file comes in sixteen pieces, each so many seconds after the one before; at once when released."""
    return Fault("trickle", seconds=every_s, release=release)


def every_fault() -> list[Fault]:
    """One of each that ends by itself, for a deck."""
    line = [
        closed_unanswered(),
        server_error(),
        server_error(502, billed=True),
        gateway_page(),
        busy(1),
        busy(None),
        overloaded(),
        broken_json(),
        empty_body(),
        cut(),
    ]
    made = [late(30), refused(), filtered(), job_failed(), nothing_made(), wrong_media(), wrong_duration(),
            truncated(), black(), silent(), endless_wav(), expired(), trickle(0)]  # fmt: skip
    again = [busy(1), server_error(), closed_unanswered(), broken_json(), cut()]
    return [*line, *made, *(met_at(stage, one) for stage in ("poll", "download") for one in again)]


def fits(fault: Fault, vendor: str, model: MediaModel, stage: Stage, order: dict[str, Any]) -> bool:
    """Whether this call of this order can meet it."""
    if (fault.at or "submit") != stage or fault.model not in (None, model.id) or fault.kind in OF_STREAMS:
        return False
    if fault.kind in OF_MEDIA and stage == "download":
        return fault.kind == "trickle"
    if fault.kind in OF_MEDIA and stage != "submit":
        return False
    if fault.kind in OF_CLIPS:
        return model.kind == "clip"
    if fault.kind in OF_EYES:
        return model.kind != "speech"
    if fault.kind in OF_TIME:
        return model.kind == "speech" or (model.kind == "clip" and (fault.kind != "silent" or model.sound))
    if fault.kind == "endless":
        return order.get("format") == "wav"
    if fault.kind == "refused":
        return vendor == "google" or model.kind == "picture"
    return fault.kind != "unread"


class Deck:
    """Deals faults by a seed: each call meets one with this chance."""

    def __init__(self, seed: int, share: float, hand: Sequence[Fault] | None = None) -> None:
        self._random, self.share = random.Random(seed), share  # noqa: S311 - dealing, not secrets
        self.hand = list(every_fault() if hand is None else hand)

    def draw(self, vendor: str, model: MediaModel, stage: Stage, order: dict[str, Any]) -> Fault | None:
        if self._random.random() >= self.share:
            return None
        fitting = [one for one in self.hand if fits(one, vendor, model, stage, order)]
        return self._random.choice(fitting) if fitting else None


__all__ = [
    "FREE",
    "OF_MEDIA",
    "Deck",
    "Fault",
    "answer_hangs",
    "billing_limit",
    "black",
    "broken_json",
    "busy",
    "closed_unanswered",
    "cut",
    "denied",
    "empty_body",
    "endless_wav",
    "every_fault",
    "expired",
    "filtered",
    "fits",
    "gateway_page",
    "job_failed",
    "late",
    "met_at",
    "never",
    "nothing_made",
    "overloaded",
    "quota_exhausted",
    "refused",
    "server_error",
    "silent",
    "trickle",
    "truncated",
    "wrong_duration",
    "wrong_media",
]
