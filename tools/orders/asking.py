"""Has a question answered by a model once, with every request of it booked.

The model says before each request what it will take at most, and afterwards what it took. Text may be
asked for again after a crash, so a request whose end nobody wrote down counts as unknown.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from state.cost import ZERO, Charged, Money
from state.errors import GreenlightError, ProviderError
from state.order import FailureKind, TextAnswer, TextOrder, Usage
from tools.ledger.ledger import Ledger
from tools.ledger.rows import Claim, OrderRow
from tools.ledger.text import TextEnded, TextLedger, TextRequest, cost_of
from tools.models.base import Booking, TextCall, TextEnd
from tools.models.catalog import text_tier
from tools.orders.desk import to_the_end
from tools.orders.failures import kind_of
from tools.orders.watched import text_call

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
        self._sent = set[tuple[str, str]]()
        """Whom a request of this question was on its way to."""

    async def booked(self, call: Call) -> OrderRow:
        """Make the call and write down how it ended, whatever that is.

        Raises:
            SpendingBlocked: the next request may not be sent; what was asked before stays booked.
            GreenlightError: what the call raised, with what was charged.
        """
        try:
            with text_call(self._claim) as told:
                answer = await call(self)
                told.tell(
                    prompt_tokens=answer.usage.prompt_tokens, cost_micros=self.billed.micros,
                    completion_tokens=answer.usage.completion_tokens,
                )  # fmt: skip
        except GreenlightError as error:
            await self.fail(error)
            raise
        except (asyncio.CancelledError, Exception):  # a bug of ours, too: what was asked by then is booked
            await self.leave()
            raise
        return await self.finish(answer)

    async def begin(self, call: TextCall) -> None:
        """Book the last request and reserve the next one.

        Raises:
            SpendingBlocked, PriceUnknown: it must not leave.
            LeaseLost: somebody else works for this production now.
        """
        reserve = cost_of(call.provider, call.model, call.most)
        request = TextRequest(
            provider=call.provider, model=call.model, reserve=reserve, tier=text_tier(call.model),
            own_key=call.own_key,
        )  # fmt: skip
        last, self._last = self._last, None
        self._asked = call.provider, call.model
        self.row = await self._ledger.begin(
            self._claim, request, epoch=self._epoch, allowance=self._allowance, before=self.row, last=last
        )
        self._request = request
        self._sent.add(self._asked)

    def end(self, ended: TextEnd) -> None:
        """Keep what the request took until the next statement writes it."""
        request, self._request = self._request, None
        if request is None:
            return
        usage = ended.usage if ended.usage is not None and ended.usage.is_count else None
        cost = self._cost(request, usage)
        self._last = TextEnded(
            provider=request.provider, outcome=ended.outcome, cost=cost, usage=usage, detail=ended.detail
        )
        self.billed += cost or ZERO

    def _cost(self, request: TextRequest, usage: Usage | None) -> Money | None:
        """None where the vendor counted nothing, or nothing that can be: our own count is no bill."""
        if usage is None or (usage.estimated and request.reserve != ZERO):
            return None
        return cost_of(request.provider, request.model, usage)

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
        await self._tell(error)

    async def leave(self) -> None:
        """Book what was asked by then, where whoever asked has gone; otherwise its successor does."""
        with suppress(GreenlightError):
            await to_the_end(
                self._ledger.leave(self._claim, epoch=self._epoch, before=self.row, last=self._last)
            )

    async def _tell(self, error: GreenlightError) -> None:
        """By the ledger: what was asked before under this key, or by a process that died, counts as well.

        Whom the error names may be another than who was charged.
        """
        row = self.row
        error.role = str(self._claim.request.get("agent", ""))
        billed = ZERO if row is None else Money(micros=row.cost_actual)
        unknown = ZERO if row is None else Money(micros=row.cost_unknown)
        error.charged = Charged(billed=billed, unknown=unknown)
        if not error.model:
            error.provider, error.model = self._asked
        error.asked = (error.provider, error.model) in self._sent or await self._asked_before(error)
        error.details.setdefault("charged_usd", str(billed.as_usd()))
        if unknown != ZERO:
            error.details.setdefault("perhaps_charged_usd", str(unknown.as_usd()))

    async def _asked_before(self, error: GreenlightError) -> bool:
        if self.row is None:
            return False
        return await self._ledger.was_asked(self.row, provider=error.provider, model=error.model)


async def ask_alone(ledger: Ledger, order: TextOrder, call: Call, *, user_id: str) -> TextAnswer:
    """Have a question answered that belongs to no production; the user pays.

    The order names no production, and its item is its own. The stop switch and the user's budget of the
    day hold for it, and it stands in the books like any other text.

    Raises:
        SpendingBlocked: nothing left.
        GreenlightError: what `call` raised, with what was charged.
    """
    claim = Claim.of_text(order).model_copy(update={"user_id": user_id})
    # Whatever asks again does so under another item, so there is nothing to find first; an allowance is
    # a production's.
    booking = TextBooking(TextLedger(ledger), claim, None, epoch=None, allowance=ZERO)
    return TextAnswer.model_validate((await booking.booked(call)).result)
