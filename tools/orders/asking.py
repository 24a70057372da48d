"""Has a question answered by a model once, with every request of it booked.

The model says before each request what it will take at most, and afterwards what it took. Text may be
asked for again after a crash, so a request whose end nobody wrote down counts as unknown.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from state.cost import ZERO, Charged, Money
from state.errors import GreenlightError, ProviderError
from state.order import FailureKind, TextAnswer
from tools.ledger.rows import Claim, OrderRow
from tools.ledger.text import TextEnded, TextLedger, TextRequest, cost_of
from tools.models.base import Booking, TextCall, TextEnd
from tools.orders.desk import to_the_end
from tools.orders.failures import kind_of

Call = Callable[[Booking], Awaitable[TextAnswer]]


class TextBooking:
    """The books of one question, open while it is asked. Fits `tools.models.base.Booking`."""

    def __init__(
        self, ledger: TextLedger, claim: Claim, row: OrderRow | None, *, epoch: int | None, allowance: Money
    ) -> None:
        self._ledger, self._claim, self._epoch, self._allowance = ledger, claim, epoch, allowance
        self._request: TextRequest | None = None
        self._last: TextEnded | None = None
        self.row = row
        self.billed = ZERO
        """What this question has cost so far."""
        self._asked = claim.provider, claim.model

    async def begin(self, call: TextCall) -> None:
        """Book the last request and reserve the next one.

        Raises:
            SpendingBlocked, PriceUnknown: it must not leave.
            LeaseLost: somebody else works for this production now.
        """
        reserve = cost_of(call.provider, call.model, call.most)
        request = TextRequest(provider=call.provider, model=call.model, reserve=reserve)
        last, self._last = self._last, None
        self._asked = call.provider, call.model
        self.row = await self._ledger.begin(
            self._claim, request, epoch=self._epoch, allowance=self._allowance, before=self.row, last=last
        )
        self._request = request

    def end(self, ended: TextEnd) -> None:
        """Keep what the request took until the next statement writes it."""
        request, self._request = self._request, None
        if request is None:
            return
        cost = self._cost(request, ended)
        self._last = TextEnded(outcome=ended.outcome, cost=cost, usage=ended.usage, detail=ended.detail)
        self.billed += cost or ZERO

    def _cost(self, request: TextRequest, ended: TextEnd) -> Money | None:
        """None where the vendor counted nothing: our own count is no bill."""
        if ended.usage is None or (ended.usage.estimated and request.reserve != ZERO):
            return None
        return cost_of(request.provider, request.model, ended.usage)

    async def finish(self, answer: TextAnswer) -> OrderRow:
        """Record the answer with what it cost, also when whoever asked has gone meanwhile."""
        told = answer.model_copy(update={"cost": self.billed})
        return await to_the_end(
            self._ledger.finish(self._claim, told, epoch=self._epoch, before=self.row, last=self._last)
        )

    async def fail(self, error: GreenlightError) -> None:
        """Record that nobody answered, and say in the error who was asked and what the order was charged.

        Where nothing was asked there is nothing to record.
        """
        if self.row is not None or self._last is not None:
            kind: FailureKind = kind_of(error) if isinstance(error, ProviderError) else "internal"
            self.row = await to_the_end(
                self._ledger.fail(
                    self._claim, kind, error.message, epoch=self._epoch, before=self.row, last=self._last
                )
            )
        self._tell(error)

    async def leave(self) -> None:
        """Book what was asked by then, where whoever asked has gone; otherwise its successor does."""
        with suppress(GreenlightError):
            await to_the_end(self._ledger.leave(self._claim, epoch=self._epoch, last=self._last))

    def _tell(self, error: GreenlightError) -> None:
        """By the ledger: what was asked before under this key, or by a process that died, counts as well."""
        row = self.row
        billed = ZERO if row is None else Money(micros=row.cost_actual)
        unknown = ZERO if row is None else Money(micros=row.cost_unknown)
        error.charged = Charged(billed=billed, unknown=unknown)
        if not error.model:
            error.provider, error.model = self._asked
        error.details.setdefault("charged_usd", str(billed.as_usd()))
        if unknown != ZERO:
            error.details.setdefault("perhaps_charged_usd", str(unknown.as_usd()))
