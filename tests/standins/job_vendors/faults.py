"""What can go wrong with an order, each met once and in order, and noted in the books when it happened.

A fault waits for its moment: the POST that orders (`submit`), a look at a job (`look`), a cancel, a list, the
job itself (`job`, drawn when it is ordered), its webhooks (`webhook`, the same), the download of a file
(`file`). For one model alone: `replace(faults.dropped(), model="google/veo-3.1")`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from tests.standins.model_vendors.signals import BeforePiece, Signal

Moment = Literal["submit", "look", "cancel", "list", "job", "webhook", "file"]


@dataclass(frozen=True)
class Fault:
    """What the next one meets whose moment this is."""

    kind: str
    at: Moment = "submit"
    status: int = 0
    code: str = ""
    accepted: bool = False
    """Of a submit: whether the job was taken all the same, and is billed."""
    seconds: float = 0.0
    times: int = 1
    retry_after_s: float | None = None
    release: Signal | None = None
    """Ends a wait; without it the wait ends with the client."""
    before_piece: BeforePiece | None = None
    model: str | None = None


NO_FAULT = Fault("none")


def dropped(at: Moment = "submit") -> Fault:
    """The connection ends before the answer. A submit was taken: the client does not know its id."""
    return Fault("dropped", at, accepted=True)


def unread() -> Fault:
    """The connection is reset before the body was read: nothing was taken. It cannot know the model."""
    return Fault("unread")


def hangs(release: Signal | None = None, *, at: Moment = "submit", accepted: bool = True) -> Fault:
    """No answer until the release."""
    return Fault("hangs", at, accepted=accepted, release=release)


def busy(retry_after_s: float | None = 5, *, at: Moment = "submit") -> Fault:
    """429; without seconds nobody says when to come back."""
    return Fault("status", at, 429, "busy", retry_after_s=retry_after_s)


def server_error(status: int = 500, *, at: Moment = "submit", accepted: bool = False) -> Fault:
    """5xx in the vendor's words. Whether a submit was taken nobody can tell from outside."""
    return Fault("status", at, status, "error", accepted=accepted)


def gateway_page(status: int = 502, *, at: Moment = "submit", accepted: bool = False) -> Fault:
    """A page in HTML by the nginx in between."""
    return Fault("page", at, status, accepted=accepted)


def garbage(*, at: Moment = "submit") -> Fault:
    """A good status with half a JSON; a submit was taken."""
    return Fault("garbage", at, accepted=True)


def empty_body(*, at: Moment = "submit") -> Fault:
    """A good status and not a byte; a submit was taken."""
    return Fault("empty_body", at, accepted=True)


def key_refused(status: int = 401, *, at: Moment = "submit") -> Fault:
    """The key was good a moment ago; 403: it may not do this."""
    return Fault("status", at, status, "key")


def no_credit() -> Fault:
    """The account is empty. Replicate: 402; fal locks the user with 403."""
    return Fault("status", "submit", 402, "credit")


def webhook_first() -> Fault:
    """The job ends, and its webhooks arrive, before the submit is answered."""
    return Fault("webhook_first", accepted=True)


def late(seconds: float) -> Fault:
    """The job takes so much longer by the vendor's clock, scaled by its pace unless that is 0."""
    return Fault("late", "job", seconds=seconds)


def never() -> Fault:
    """The job runs and does not end. Replicate stops it after 30 minutes (scaled, too), fal does not."""
    return Fault("never", "job")


def refused() -> Fault:
    """The words or pictures are not allowed; each vendor has its own form."""
    return Fault("refused", "job")


def filtered_video() -> Fault:
    """The clip was made, and then not handed out."""
    return Fault("filtered_video", "job")


def empty_success() -> Fault:
    """It went well, and there is nothing: no output, an empty list, no video."""
    return Fault("empty_success", "job")


def failed(code: str = "runner_disconnected") -> Fault:
    """The job broke on the vendor's side. fal says which of its error types; Replicate a sentence."""
    return Fault("failed", "job", code=code)


def wrong_kind() -> Fault:
    """A picture for a clip or a sound, a sound for a picture."""
    return Fault("wrong_kind", "job")


def wrong_size() -> Fault:
    """Half as wide and high as ordered."""
    return Fault("wrong_size", "job")


def wrong_duration() -> Fault:
    """Half as long as ordered."""
    return Fault("wrong_duration", "job")


def black() -> Fault:
    """Every pixel is black. (Replicate hands such pictures out for what it refuses.)"""
    return Fault("black", "job")


def silent() -> Fault:
    """The sound track is there, and holds nothing."""
    return Fault("silent", "job")


def truncated() -> Fault:
    """The file itself has only its first half, and says that this is all."""
    return Fault("truncated", "job")


def expired() -> Fault:
    """The address of the file has run out, as it does in time, for good."""
    return Fault("expired", "job")


def no_bytes() -> Fault:
    """The file is there and empty."""
    return Fault("no_bytes", "job")


def cut() -> Fault:
    """The download breaks off in the middle; the next one is whole."""
    return Fault("cut", "file")


def trickle(before_piece: BeforePiece | None = None, *, seconds: float = 1.0) -> Fault:
    """The file comes in sixteenths: each waits for `before_piece`, or for so long by the vendor's clock."""
    return Fault("trickle", "file", seconds=seconds, before_piece=before_piece)


def webhook_lost() -> Fault:
    """None of the job's webhooks is sent."""
    return Fault("webhook_lost", "webhook")


def webhook_repeated(times: int = 100) -> Fault:
    """Each webhook of the job is sent so often, the same id and bytes."""
    return Fault("webhook_repeated", "webhook", times=times)


KINDS: tuple[Fault, ...] = (
    dropped(), unread(), hangs(), busy(), busy(None), server_error(), server_error(503, accepted=True),
    gateway_page(), gateway_page(504, accepted=True), garbage(), empty_body(), webhook_first(),
    dropped("look"), busy(at="look"), server_error(at="look"), garbage(at="look"), late(60), never(),
    refused(), filtered_video(), empty_success(), failed(), wrong_kind(), wrong_size(), wrong_duration(),
    black(), silent(), truncated(), expired(), no_bytes(), cut(), trickle(), webhook_lost(),
    webhook_repeated(),
)  # fmt: skip
"""Each kind once, for decks."""


class Deck:
    """Deals a fault to a share of the orders, the same for the same seed; no kind twice before all."""

    def __init__(self, seed: int, share: float, kinds: Sequence[Fault] = KINDS) -> None:
        self._random, self.share, self.kinds = Random(seed), share, tuple(kinds)  # noqa: S311 - a test's dice
        self._left: list[Fault] = []

    def deal(self, model: str) -> list[Fault]:
        """What the next order of this model meets, if anything."""
        if self._random.random() >= self.share:
            return []
        if not self._left:
            self._left = self._random.sample(self.kinds, len(self.kinds))
        return [replace(self._left.pop(), model=model)]
