"""What one order costs, and which words it was made with."""

import hashlib
from decimal import Decimal

from state.cost import Money
from state.order import MusicRequest, Order, Ticket, VideoRequest, VoiceRequest
from tools.engines.routing import Route, lacking
from tools.orders.place import Orders
from tools.orders.quote import price_of


async def submit_priced(
    orders: Orders, order: Order, *, resolution: str = "", route: Route | None = None
) -> Ticket:
    """Submit an order at the price book's price, with the digest of its words. Raises as `Orders.submit`.

    With its `route` a stand-in that lacks something is told when it delivers, and its take is marked.
    """
    price = price_of_order(order, resolution=resolution)
    degraded = route is not None and bool(lacking(route, order.request))
    return await orders.submit(order, price=price, prompt_digest=digest_of(order), degraded=degraded)


def price_of_order(order: Order, *, resolution: str = "") -> Money:
    """The price under which an order is reserved; the same rule as the quote's.

    Raises:
        PriceUnknown: the price book has no line for the model.
    """
    request = order.request
    units = Decimal(str(request.duration_s)) if isinstance(request, VideoRequest) else Decimal(1)
    return price_of(request.provider, request.model, units, resolution=resolution)


def digest_of(order: Order) -> str:
    """SHA-256 of the words an engine is given."""
    request = order.request
    words = request.text if isinstance(request, VoiceRequest) else request.prompt
    negative = "" if isinstance(request, VoiceRequest | MusicRequest) else request.negative_prompt
    return hashlib.sha256(f"{words}\n{negative}".encode()).hexdigest()
