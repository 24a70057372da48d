"""Money and what is planned, reserved and booked with it.

Amounts are whole micro-dollars (1 USD = 1,000,000) so that sums are exact.
"""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from pydantic import BaseModel, Field

from state.tier import Tier

MICROS_PER_USD = 1_000_000


class Money(BaseModel, frozen=True):
    """An amount in US dollars, held as whole micro-dollars."""

    micros: int = 0

    @classmethod
    def usd(cls, amount: str | Decimal | int) -> Self:
        """Read an amount in dollars; floats are refused because they are not exact."""
        return cls(micros=int((Decimal(amount) * MICROS_PER_USD).to_integral_value(ROUND_HALF_UP)))

    def __add__(self, other: "Money") -> "Money":
        return Money(micros=self.micros + other.micros)

    def __sub__(self, other: "Money") -> "Money":
        return Money(micros=self.micros - other.micros)

    def __mul__(self, times: int) -> "Money":
        return Money(micros=self.micros * times)

    def __lt__(self, other: "Money") -> bool:
        return self.micros < other.micros

    def __le__(self, other: "Money") -> bool:
        return self.micros <= other.micros

    def as_usd(self) -> Decimal:
        """The amount in dollars, exact."""
        return Decimal(self.micros) / MICROS_PER_USD

    def dollars(self) -> str:
        """Exact, with two places at least, as programs read it: `0.80`, `0.011968`."""
        whole, _, cents = f"{self.as_usd():.6f}".rstrip("0").partition(".")
        return f"{whole}.{cents:0<2}"

    def __str__(self) -> str:
        cents = self.as_usd().quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"${cents}" if self.micros % 10_000 == 0 or self.micros >= 10_000 else f"${self.as_usd():f}"


ZERO = Money()


class Charged(BaseModel, frozen=True):
    """What a step that failed was charged."""

    billed: Money = ZERO
    unknown: Money = ZERO
    """Perhaps charged besides: nobody knows before the vendor's bill is read."""


def _as_planned(value: object) -> bool:
    """Left out of what is stored, so that quotes from before the field was there keep their ids."""
    return value is None


class FallbackCall(BaseModel, frozen=True):
    """What may be bought instead of a planned call, when its own engine cannot be had."""

    provider: str
    model: str
    unit: str
    units: Decimal
    price: Money
    parameters: dict[str, str | int | float | bool] | None = Field(default=None, exclude_if=_as_planned)
    """What else is sent and paid for, where the planned call's own do not fit this model."""


class PlannedCall(BaseModel, frozen=True):
    """One paid call that the plan foresees, with its price."""

    stage: str
    item: str
    provider: str
    model: str
    unit: str
    """What the price is for: `second`, `image`, `call`."""
    units: Decimal
    price: Money
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """What else is sent and paid for: resolution, duration, ... Part of the quote's id."""
    fallbacks: list[FallbackCall] = Field(default_factory=list)
    """In order; part of the quote's id."""
    edition: str = ""
    """The price book's edition that the price is of; no part of what is paid for."""

    @property
    def ceiling(self) -> Money:
        """The dearest of the call and its fallbacks."""
        return max([self.price, *(one.price for one in self.fallbacks)], key=lambda price: price.micros)


class Quote(BaseModel, frozen=True):
    """What the planned calls will cost. The id is a digest of every paid parameter."""

    quote_id: str
    edition: str
    """The price book's edition, for example `2025-10`."""
    tier: Tier = "final"
    """Whether cheap models make it, or those that were chosen."""
    calls: list[PlannedCall] = Field(default_factory=list)
    total: Money = ZERO
    ceiling: Money = ZERO
    would_have_cost: Money = ZERO
    """The same plan on the target models, when an offline engine stands in for them."""
    expires_at: datetime | None = None
    """Approved later, it is asked again at the prices of the day. What was approved in time stays so."""

    @property
    def is_free(self) -> bool:
        """Whether it can never cost anything, whichever fallback is taken and however long it becomes."""
        return not any(
            [self.total.micros, self.ceiling.micros, *(call.ceiling.micros for call in self.calls)]
        )

    def is_expired(self, now: datetime) -> bool:
        """Whether it may no longer be approved."""
        return self.expires_at is not None and now >= self.expires_at


class CostReport(BaseModel, frozen=True):
    """What a production, shot or take has cost so far."""

    quoted: Money = ZERO
    reserved: Money = ZERO
    billed: Money = ZERO
    refunded: Money = ZERO
    unknown: Money = ZERO
    spared: Money = ZERO
    """What stored results of equal orders would have cost again."""
