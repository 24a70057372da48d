"""What one order costs, and which words it was made with."""

import hashlib

from state.cost import PlannedCall
from state.errors import OrderParked
from state.order import MusicRequest, Order, Ticket, VoiceRequest
from tools.engines.routing import Route, lacking
from tools.orders.place import Orders
from tools.orders.quote import paid_digest


async def submit_priced(
    orders: Orders,
    order: Order,
    planned: PlannedCall,
    *,
    route: Route | None = None,
    use_cache: bool = False,
    fewer_references: bool = False,
) -> Ticket:
    """Submit an order at the price that it was planned at, with the digest of its words.

    What is paid about `planned` must have been approved where it has a price. With its `route` a stand-in
    that lacks something is told when it delivers, and its take is marked. With `use_cache` what was bought
    for an equal order may answer it. `fewer_references` says that some did not fit the model, which is a lack
    of a stand-in only. What is parked has a ticket, too: its siblings are brought home before anybody is
    asked. Raises as `Orders.submit`.
    """
    lacks = route is not None and bool(lacking(route, order.request))
    degraded = lacks or (route is not None and bool(route.stands_in_for) and fewer_references)
    try:
        return await orders.submit(
            order, price=planned.price, price_edition=planned.edition, prompt_digest=digest_of(order),
            degraded=degraded, paid=paid_digest(planned), use_cache=use_cache,
        )  # fmt: skip
    except OrderParked:
        if (waiting := await orders.waiting(order.call_key)) is None:  # as in a replay
            raise
        return waiting


def digest_of(order: Order) -> str:
    """SHA-256 of the words an engine is given."""
    request = order.request
    words = request.text if isinstance(request, VoiceRequest) else request.prompt
    negative = "" if isinstance(request, VoiceRequest | MusicRequest) else request.negative_prompt
    return hashlib.sha256(f"{words}\n{negative}".encode()).hexdigest()
