"""What deliveries of all providers have in common: signed bytes, a time that is checked, keys that rotate.

The signature is of the raw bytes, so nothing is parsed before it holds. What a delivery then says is a
hint: no more is taken from it than which job it is about.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import SecretStr

from state.errors import BriefIncomplete, NotAllowed, ProviderBusy, ProviderError
from tools.clock import Clock

T = TypeVar("T")
Fetch = Callable[[], Awaitable[T]]
Headers = Mapping[str, str]
"""Of a request; asked for by names in small letters."""
TOLERANCE_S = 300
"""How far the time of a delivery may be from ours, either way (design-facts 6.7)."""
KEEP_S = 24 * 3600.0
AGAIN_S = 60.0
"""What fits no key that we have asks for new keys, and no more often than this."""
REST_S = 5.0
"""After keys could not be had nobody is asked for so long: deliveries come in crowds."""
TIME = re.compile(r"[0-9]{1,12}")
JOB_ID = re.compile(r"[0-9A-Za-z_-]{1,128}")
LONGEST_WORD = 200


@dataclass(frozen=True, kw_only=True)
class Ring:
    """What a delivery says, after its signature held."""

    webhook_id: str
    """The same for each time that the provider sends it."""
    job_id: str
    """As the provider calls the job; not what an engine's `submit` returned, where that holds more."""
    status: str
    """The provider's own word, and no fact."""


class Signed(Protocol):
    """One provider's way of signing."""

    provider: str

    async def read(self, headers: Headers, body: bytes, *, key: SecretStr | None) -> Ring:
        """What the delivery says. `key` is that of the account whose job it may be about.

        Raises:
            NotAllowed: it is not signed by the provider, or not now.
            BriefIncomplete: it is, and cannot be read.
            ProviderBusy: the provider's keys cannot be had now; it may be delivered again.
        """


def not_signed() -> NotAllowed:
    """Says no more: whoever forges one must not learn what was wrong with it."""
    return NotAllowed(
        "This delivery is not signed by its provider.", user_action="Deliver what the provider has signed."
    )


def header(headers: Headers, name: str) -> str:
    """A header that a signed delivery has.

    Raises:
        NotAllowed: it is missing, empty or absurdly long.
    """
    found = headers.get(name, "")
    if not 0 < len(found) <= LONGEST_WORD:
        raise not_signed()
    return found


def sent_now(timestamp: str, clock: Clock) -> None:
    """Look whether the signed time, in whole seconds since 1970, is about now.

    Raises:
        NotAllowed: it is no time, too old, or of the future.
    """
    if TIME.fullmatch(timestamp) is None or abs(clock.now().timestamp() - int(timestamp)) > TOLERANCE_S:
        raise not_signed()


def told(body: bytes) -> dict[str, Any]:
    """The object that signed bytes hold.

    Raises:
        BriefIncomplete: they hold none.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise unreadable("JSON object")
    return found


def ring_of(webhook_id: str, job_id: object, status: object) -> Ring:
    """The delivery as a value.

    Raises:
        BriefIncomplete: it names no job, or says nothing of how that does.
    """
    if not isinstance(job_id, str) or JOB_ID.fullmatch(job_id) is None:
        raise unreadable("id of a job")
    if not isinstance(status, str) or JOB_ID.fullmatch(status) is None:
        raise unreadable("status")
    return Ring(webhook_id=webhook_id, job_id=job_id, status=status)


def unreadable(lacks: str) -> BriefIncomplete:
    """The error of a delivery that is signed and says nothing that we know."""
    return BriefIncomplete(f"The delivery holds no {lacks} that can be read.")


class KeptKeys(Generic[T]):
    """Keys of a provider: kept for a day at most, had anew at most once a minute, by one asker at a time.

    `fetch` comes with each call, so that what it asks with is kept nowhere.
    """

    def __init__(self, provider: str, clock: Clock) -> None:
        self._provider, self._clock = provider, clock
        self._kept: T | None = None
        self._had_at = self._failed_at = float("-inf")
        self._in_turn = asyncio.Lock()

    async def check(self, fits: Callable[[T], bool], fetch: Fetch[T]) -> None:
        """Look whether what we have fits; where it does not, whether what the provider has by now does.

        Raises:
            NotAllowed: neither.
            ProviderBusy: as `now`.
        """
        if not fits(await self.now(fetch)) and not fits(await self.anew(fetch)):
            raise not_signed()

    async def now(self, fetch: Fetch[T]) -> T:
        """Those that are kept, or fetched where there are none.

        Raises:
            ProviderBusy: they cannot be had now.
        """
        async with self._in_turn:
            if self._kept is None or self._age_s() >= KEEP_S:
                self._kept = await self._fetched(fetch)
            return self._kept

    async def anew(self, fetch: Fetch[T]) -> T:
        """Because nothing fits: fetched once more, unless they just were.

        Raises:
            ProviderBusy: they cannot be had now.
        """
        async with self._in_turn:
            if self._kept is None or self._age_s() >= AGAIN_S:
                self._kept = await self._fetched(fetch)
            return self._kept

    def _age_s(self) -> float:
        return self._clock.monotonic() - self._had_at

    async def _fetched(self, fetch: Fetch[T]) -> T:
        if self._clock.monotonic() - self._failed_at < REST_S:
            raise self._busy()
        try:
            found = await fetch()
        except ProviderError as error:
            self._failed_at = self._clock.monotonic()
            raise self._busy() from error
        self._had_at = self._clock.monotonic()
        return found

    def _busy(self) -> ProviderBusy:
        return ProviderBusy(
            "The signature cannot be checked now.", provider=self._provider, kind="not_sent",
            user_action="Deliver it again later.",
        )  # fmt: skip
