"""What can go wrong between a client and a vendor, one after the other as a test wants it.

A fault for one model alone, or for free requests, too: `replace(faults.busy(), model="gpt-5", reads=True)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from tests.standins.model_vendors.signals import Signal

Kind = Literal[
    "status", "page", "unread", "unanswered", "cut", "hang", "broken_json", "broken_event", "empty", "failed",
    "late", "never", "refused", "no_media", "job_failed", "filtered", "wrong_media", "wrong_duration",
    "truncated", "black", "silent", "endless", "expired", "trickle",
]  # fmt: skip
Stage = Literal["", "submit", "poll", "download"]
OF_MEDIA = frozenset({
    "late", "never", "refused", "no_media", "job_failed", "filtered", "wrong_media", "wrong_duration",
    "truncated", "black", "silent", "endless", "expired", "trickle",
})  # fmt: skip
"""Those that only who orders pictures, clips or speech can meet (`media_vendors/faults.py`)."""
OF_STREAMS = frozenset({"broken_event", "failed"})
"""Those that only a language model's stream has."""


@dataclass(frozen=True)
class Fault:
    """What the next call meets."""

    kind: Kind
    status: int = 0
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    billed: bool = False
    """Whether the vendor books the call all the same; a stream that is cut books what has left."""
    after: int | None = None
    """Of a stream: how many pieces leave before it happens. None: nothing leaves, not even a status."""
    release: Signal | None = None
    """Ends a wait; without it the wait ends with the client."""
    model: str | None = None
    """None: whichever model is asked next. `unread` cannot know the model."""
    reads: bool = False
    """Whether lists of models and other free requests can meet it, too."""
    retry_after_s: float | None = None
    """What Google says in its body."""
    at: Stage = ""
    """Which call of an order meets it; left out, the one that orders."""
    form: str = ""
    """Of a refusal or a failure: the vendor's word for it."""
    seconds: float = 0
    """How late, or how far apart the pieces of a trickle."""

    @property
    def name(self) -> str:
        """What it is called in the book: `status 429 busy`, `refused IMAGE_SAFETY`, `hang poll`."""
        words = (self.kind, str(self.status or ""), self.code, self.form, self.at)
        return " ".join(word for word in words if word)


def busy(
    retry_after_s: float | None = 7, *, retry_after_ms: int | None = None, left: int = 0,
    model: str | None = None,
) -> Fault:  # fmt: skip
    """429, too many requests. Each vendor says in its own way when to come back."""
    headers = {
        "x-ratelimit-limit-requests": "500", "x-ratelimit-limit-tokens": "30000",
        "x-ratelimit-remaining-requests": str(left), "x-ratelimit-remaining-tokens": "29996",
        "x-ratelimit-reset-requests": "120ms", "x-ratelimit-reset-tokens": "8ms",
    }  # fmt: skip
    if retry_after_s is not None:
        headers["retry-after"] = f"{retry_after_s:g}"
    if retry_after_ms is not None:
        headers["retry-after-ms"] = str(retry_after_ms)
    return Fault("status", 429, "busy", headers, model=model, retry_after_s=retry_after_s)


def quota_exhausted(model: str | None = None) -> Fault:
    """429 that no waiting mends: OpenAI's insufficient_quota, Google's quota of the day."""
    return Fault("status", 429, "quota", model=model)


def key_refused(*, reads: bool = False) -> Fault:
    """The key was good a moment ago."""
    return Fault("status", 401, "key", reads=reads)


def denied() -> Fault:
    """403: the key is good, and not for this."""
    return Fault("status", 403, "denied")


def billing_limit() -> Fault:
    """The customer's own limit is reached: 400 at OpenAI, a quota that is used up at Google."""
    return Fault("status", 400, "limit")


def no_balance() -> Fault:
    """Nothing is left: 402 at DeepSeek, a quota that is used up at the two others."""
    return Fault("status", 402, "balance")


def server_error(status: int = 500, *, billed: bool = False, model: str | None = None) -> Fault:
    return Fault("status", status, "error", billed=billed, model=model)


def overloaded(model: str | None = None, *, billed: bool = False) -> Fault:
    """503: this model has too much to do. No vendor says that it bills nothing of what it could not finish.

    (Google's page on billing says so of 400 and 500: "you won't be charged for the tokens used".)
    """
    return Fault("status", 503, "overloaded", billed=billed, model=model)


def gateway_page(status: int = 502, *, billed: bool = False) -> Fault:
    """A page in HTML from something between us and the vendor."""
    return Fault("page", status, billed=billed)


def closed_unread() -> Fault:
    """The connection is reset before the body was read; nothing was done."""
    return Fault("unread")


def closed_unanswered(*, billed: bool = True, model: str | None = None) -> Fault:
    """The connection is closed when all is done, before a byte of the answer."""
    return Fault("unanswered", billed=billed, model=model)


def cut(after: int = 1, model: str | None = None) -> Fault:
    """The stream ends in the middle, without its last words; a plain answer ends in half of its body."""
    return Fault("cut", billed=True, after=after, model=model)


def stream_hangs(after: int = 1, release: Signal | None = None) -> Fault:
    """After so many pieces nothing comes until the release."""
    return Fault("hang", billed=True, after=after, release=release)


def answer_hangs(release: Signal | None = None, *, billed: bool = True) -> Fault:
    """Nothing comes at all until the release; what is billed is billed before."""
    return Fault("hang", billed=billed, release=release)


def broken_json() -> Fault:
    """200 with a body that is no JSON; of a stream, each event."""
    return Fault("broken_json", billed=True)


def broken_event(after: int = 1) -> Fault:
    """One line in the stream that is no JSON; what follows is whole."""
    return Fault("broken_event", billed=True, after=after)


def empty_body() -> Fault:
    """200 and not a byte."""
    return Fault("empty", billed=True)


def failed_in_stream() -> Fault:
    """200, and inside of the stream the vendor says that there is no quota."""
    return Fault("failed", 429, "quota")


def met_at(stage: Stage, fault: Fault) -> Fault:
    """The same fault at another call: `met_at("download", closed_unanswered())`."""
    return replace(fault, at=stage)
