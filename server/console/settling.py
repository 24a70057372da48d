"""What the page shows of orders that wait for a person."""

from dataclasses import dataclass
from datetime import datetime

from server.api.orders import ParkedOrderView
from server.console.public_api import PublicApi

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class ShownOrder:
    """One of them, and what each decision may cost in dollars."""

    key: str
    attempt: int
    stage: str
    item: str
    provider: str
    model: str
    price: str
    unknown: str
    why: str
    ask: str
    sent_at: datetime | None
    external_id: str | None
    costs: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Parked:
    """The first of them, and how many there are."""

    orders: list[ShownOrder]
    total: int


async def parked_of(api: PublicApi, production_id: str) -> Parked | None:
    """The orders of a production that wait for a person; None where none does."""
    found, place = await api.page(
        ParkedOrderView, "/api/orders", state="unknown", production=production_id, limit=SHOWN
    )
    orders = [_shown(one) for one in found]
    return Parked(orders=orders, total=place["total"]) if orders else None


def _shown(one: ParkedOrderView) -> ShownOrder:
    return ShownOrder(
        key=one.order, attempt=one.attempt, stage=one.stage, item=one.item, provider=one.provider,
        model=one.model, price=one.price_usd, unknown=one.unknown_usd, why=one.why, ask=one.ask,
        sent_at=one.sent_at, external_id=one.external_id,
        costs={choice.decision: choice.costs_usd for choice in one.choices},
    )  # fmt: skip
