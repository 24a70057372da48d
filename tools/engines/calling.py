"""What an engine is handed for one call, and must forget after it: key, ringing address, pause, answers.

`tools.orders` sets `current_calling` around every call of an engine that needs a key, as it sets the
deadline. An engine never looks a key up, so that users' own keys and their rotation are in one place.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from pydantic import SecretStr

from state.errors import KeyMissing
from tools.engines.answers import Answers
from tools.redaction import REDACT

Pause = Callable[[float], Awaitable[None]]


async def _all(external_ids: list[str]) -> list[str]:
    return external_ids


@dataclass(frozen=True, kw_only=True)
class Calling:
    """One call of a provider."""

    key: SecretStr | None = field(default=None, repr=False)
    """Of the account that the job belongs to."""
    webhook_url: str = ""
    """Where the provider may ring when the job changes, with a secret token; empty: it cannot reach us."""
    pause: Pause = asyncio.sleep
    """Waits so many seconds, or less when the provider rings."""
    began: Callable[[], None] | None = None
    """Told whenever the job is seen to run; None where nobody asks."""
    sent_ago_s: float | None = 0.0
    """How long ago the request that is looked for must have left, 0 where it may have left just now; None
    where none has left here."""
    unowned: Callable[[list[str]], Awaitable[list[str]]] = field(default=_all, repr=False)
    """Of these jobs those that no order has: a list of old ones proves nothing of one that is in no list."""
    answers: Answers | None = field(default=None, repr=False)
    """Where answers that are files lie for every machine; None where nobody stores them."""


current_calling: ContextVar[Calling] = ContextVar("current_calling", default=Calling())  # noqa: B039 - frozen


@contextmanager
def calling(call: Calling) -> Iterator[None]:
    """Calls of an engine inside are made so. What quotes the key is redacted, now and later."""
    token = current_calling.set(call)
    try:
        with REDACT.knowing(call.key.get_secret_value() if call.key else ""):
            yield
    finally:
        current_calling.reset(token)


@contextmanager
def telling(began: Callable[[], None]) -> Iterator[None]:
    """The call that is going on tells when its job runs."""
    token = current_calling.set(replace(current_calling.get(), began=began))
    try:
        yield
    finally:
        current_calling.reset(token)


def key_for_call(provider: str) -> str:
    """The key of the call that is going on; for the header of the request that leaves, and nothing else.

    Raises:
        KeyMissing: it was not handed any.
    """
    key = current_calling.get().key
    if key is None:
        raise KeyMissing(
            f"There is no key for {provider} that can be used now.", provider=provider, kind="auth"
        )
    return key.get_secret_value()
