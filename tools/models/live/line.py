"""The line to one model: requests, retries, and the next key when one is not taken."""

from dataclasses import dataclass

from state.errors import KeyMissing, ProviderError
from tools.clock import Clock
from tools.models.base import Booking
from tools.models.catalog import TextModelCard
from tools.models.live.asked import Asked, Listener, Reply
from tools.models.live.clients import Clients
from tools.models.live.exchange import Exchange
from tools.models.live.keys import KeyRing, LentKey, try_another
from tools.models.live.lending import lent
from tools.models.live.patience import Patience
from tools.resilience.retry import READ_AGAIN, with_retries

MOST_KEYS = 10
"""How many of a user's keys are tried for one request."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One model, asked with one user's keys."""

    card: TextModelCard
    clients: Clients
    keys: KeyRing
    patience: Patience
    clock: Clock

    async def ask(self, asked: Asked, booking: Booking, listener: Listener) -> Reply:
        """One whole answer. Text may be asked for again: each request is booked for itself.

        Raises:
            ProviderError: the last failure.
            BudgetError: nothing more may be sent.
        """
        tried = 0

        async def once() -> Reply:
            nonlocal tried
            if tried:
                listener.anew()
            tried += 1
            return await self._with_keys(asked, booking, listener)

        return await with_retries(once, kinds=READ_AGAIN, backoff=self.patience.backoff, clock=self.clock)

    async def _with_keys(self, asked: Asked, booking: Booking, listener: Listener) -> Reply:
        """Ask with one key after the other until one is taken."""
        failed: ProviderError | None = None
        withheld: list[LentKey] = []
        for _ in range(MOST_KEYS):
            key = await self._next_key(failed, withheld)
            exchange = Exchange(
                self.clients.client(self.card), self.card, asked, clock=self.clock,
                own_key=key.own is not None,
            )  # fmt: skip
            try:
                with lent(key.secret):
                    return await exchange.run(booking, timeout_s=self.patience.timeout_s, listener=listener)
            except ProviderError as error:
                if not await try_another(self.keys, key, error, withheld):
                    raise
                failed = error
        raise failed or AssertionError("no key was tried")

    async def _next_key(self, failed: ProviderError | None, withheld: list[LentKey]) -> LentKey:
        try:
            return await self.keys.lend(self.card.provider, but=withheld)
        except KeyMissing as missing:
            if failed is not None:  # none is left: what the last one met says more
                raise failed from None
            missing.model = self.card.id
            raise
