"""A worker without the ledger, the control of the fault tests: it buys what a node asks for, each time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import server.composition
from server.cli.main import main
from state.cost import CostReport, Money, PlannedCall, Quote
from state.order import Delivery, Order, TextAnswer, TextOrder, Ticket
from tools.faults import fault_point
from tools.ledger.rows import OrderRow
from tools.models.base import UNBOOKED, Booking
from tools.orders.cancelling import Cancelling
from tools.orders.parked import ParkedOrders
from tools.registry import Toolbox, open_toolbox
from tools.settings import Settings
from tools.work_folder import work_folder


class RecklessOrders:
    """What `Orders` would be if nobody kept books."""

    def __init__(self, tools: Toolbox) -> None:
        self.tools = tools
        self.done: dict[str, Delivery] = {}

    @property
    def parked(self) -> ParkedOrders:
        return self.tools.orders.parked

    @property
    def cancelling(self) -> Cancelling:
        return self.tools.orders.cancelling

    async def submit(
        self,
        order: Order,
        *,
        price: Money = Money(),  # noqa: B008 - a frozen value
        price_edition: str = "",
        prompt_digest: str = "",
        degraded: bool = False,
        paid: str = "",
        use_cache: bool = False,
    ) -> Ticket:
        engine = self.tools.engines[order.request.provider]
        external_id = await engine.submit(order.request, call_key=order.call_key)
        await fault_point("after_post")
        request = order.request
        return Ticket(
            call_key=order.call_key, take_number=1, provider=request.provider, model=request.model,
            external_id=external_id,
        )  # fmt: skip

    async def collect(self, ticket: Ticket) -> Delivery:
        engine = self.tools.engines[ticket.provider]
        await engine.wait(ticket.external_id)
        async with work_folder("reckless") as folder:
            fetched = await engine.fetch(ticket.external_id, folder)
            media = await self.tools.media.put(fetched.path, user_id="local")
        await fault_point("before_done")
        self.done[ticket.call_key] = Delivery(
            call_key=ticket.call_key, take_number=1, provider=ticket.provider, model=ticket.model,
            media=media, extra=fetched.extra,
        )  # fmt: skip
        return self.done[ticket.call_key]

    async def delivered(self, call_key: str) -> Delivery | None:
        return self.done.get(call_key)

    async def is_recorded(self, order: Order) -> bool:
        return True

    async def leave(self, call_key: str) -> bool:
        """Nothing is held for anything."""
        return False

    async def ask(
        self, order: TextOrder, call: Callable[[Booking], Awaitable[TextAnswer]], **_: Any
    ) -> TextAnswer:
        return await call(UNBOOKED)

    async def approve(self, production_id: str, approved: Quote, *, cause: str) -> None:
        """Nobody is asked."""

    async def approved(self, production_id: str, *, but: Sequence[PlannedCall] = ()) -> Money:
        return Money()

    async def unapproved(
        self, production_id: str, calls: Sequence[PlannedCall], *, again: bool = False
    ) -> list[PlannedCall]:
        return []

    async def placed(self, call_keys: Sequence[str]) -> dict[str, OrderRow]:
        return {}

    async def made_before(self, orders: Sequence[Order]) -> int | None:
        return None

    async def waiting(self, call_key: str) -> Ticket | None:
        return None

    async def place(self, order: Order, *, price: Money = Money(), prompt_digest: str = "") -> Delivery:  # noqa: B008
        return await self.collect(await self.submit(order, price=price, prompt_digest=prompt_digest))

    async def costs(self, production_id: str) -> CostReport:
        return CostReport()

    async def history(self, production_id: str) -> list[dict[str, Any]]:
        return []

    async def history_of_film(self, production_id: str, *, user_id: str) -> list[dict[str, Any]]:
        return []

    async def close(self) -> None:
        await asyncio.sleep(0)


async def open_recklessly(settings: Settings) -> Toolbox:
    tools = await open_toolbox(settings)
    return replace(tools, orders=RecklessOrders(tools))  # type: ignore[arg-type]  # fits where it matters


if __name__ == "__main__":
    server.composition.open_toolbox = open_recklessly
    main()
