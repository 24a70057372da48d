"""A production as a storm sees it: some orders, handed in and brought home as the graphs' nodes do it.

It is driven by one process after the other. A process ends when all of its orders have ended, when it has to
pause, or when it dies; the next one places every order once more, as a resume does.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nodes.parallel import in_parallel
from state.cost import Money, PlannedCall
from state.errors import GreenlightError, LeaseLost, NotApproved
from state.order import EngineRequest, Medium, Order, Ticket
from tests.builders import a_request
from tests.fakes import Crash
from tests.integration.orders.shop import Shop, working
from tests.integration.storms.lot import LINE, Lot
from tests.integration.storms.passing import ProcessClock
from tools.ledger.cancels import CancelBooks
from tools.ledger.ledger import Ledger
from tools.orders.cancelling import Cancelling
from tools.orders.desk import FaultHook
from tools.orders.failures import failure_of
from tools.orders.limits import ProviderLimits
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.orders.planned import priced_parameters
from tools.orders.pricing import submit_priced
from tools.orders.quote import planned_call, quote
from tools.resilience.retry import Backoff

AT_ONCE = 6
KILLED, CANCELLED, POINTS = 0.2, 0.1, 40
"""How many of the first two processes die or are cancelled, and at how many fault points at the latest."""
AT_REST = ("ended", "order_parked", "job waits", "not_approved")
MOST_PROCESSES = 12
CEILING = Money.usd("50")
ANSWERS_IN_S = 3.0
"""Real seconds until a request that nobody answers is given up."""
NO_LIMITS = {name: ProviderLimits(name=name) for name in ("replicate", "fal", "google", "openai")}
CANCEL = (
    "update productions set status = 'cancelled', epoch = epoch + 1, lease_owner = null, lease_until = null"
    " where production_id = %s"
)
MINUTE_PASSES = (
    "update breakers set opened_at = opened_at - interval '61 s',"
    " trial_until = trial_until - interval '400 s'",
    "update provider_limits set counted_at = counted_at - interval '61 s'",
)


@dataclass(frozen=True)
class Sort:
    """One thing that can be bought."""

    stage: str
    medium: Medium
    model: str
    units: int = 1
    parameters: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


WIDE = {"width": 640, "height": 360}
SORTS: dict[str, tuple[Sort, ...]] = {
    "replicate": (
        Sort("storyboard", "image", "flux-schnell", more=WIDE),
        Sort("music", "music", "musicgen", more={"duration_s": 4.0}),
        Sort("take", "video", "wan-2.5-t2v-fast", 5, {"resolution": "480p"}, {"duration_s": 5.0, **WIDE}),
    ),
    "fal": (
        Sort("storyboard", "image", "fal-flux-schnell", more=WIDE),
        Sort("take", "video", "luma-ray-2-flash", 5, {"resolution": "540p"}, {"duration_s": 5.0, **WIDE}),
    ),
    "google": (
        Sort("storyboard", "image", "google-nano-banana", more=WIDE),
        Sort("voice", "voice", "gemini-tts", len(LINE.format(word="s0000i0")), more={"voice_id": "Kore"}),
        Sort("take", "video", "google-veo-3.1-fast", 4, {"resolution": "720p"}, {"duration_s": 4.0, **WIDE}),
    ),
    "openai": (
        Sort("storyboard", "image", "gpt-image-1-mini", more={"width": 600, "height": 400}),
        Sort(
            "voice", "voice", "gpt-4o-mini-tts", len(LINE.format(word="s0000i0")), more={"voice_id": "coral"}
        ),
    ),
    "previz": (Sort("storyboard", "image", "previz-animatic", more=WIDE),),
}  # fmt: skip
MIX = ("replicate", "fal", "google", "openai")


@dataclass
class Wish:
    """One order, what it is planned at, and its word."""

    word: str
    order: Order
    planned: PlannedCall
    ticket: Ticket | None = None
    end: str = ""
    """`done`, the kind that it failed as, or empty."""


Meanwhile = Callable[[], Awaitable[object]]


class Mortal:
    """The process dies at its so manieth point, or something happens outside then. Who is dead stays dead."""

    def __init__(self, at: int | None = None, meanwhile: Meanwhile | None = None) -> None:
        self._left, self._meanwhile = at, meanwhile
        self.dead = False

    async def __call__(self, name: str) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                await self._now()
        if self.dead:
            raise Crash

    async def _now(self) -> None:
        self._left = None
        if self._meanwhile is None:
            self.dead = True
        else:
            await self._meanwhile()


@dataclass
class Shoot:
    """One production in its storm."""

    shop: Shop
    lot: Lot
    number: int
    seed: int
    options: dict[str, Any] = field(default_factory=dict)
    chosen: Sequence[Sort] = ()
    wishes: list[Wish] = field(default_factory=list)
    production_id: str = ""
    told: list[str] = field(default_factory=list)
    """What became of each of its processes."""

    def __post_init__(self) -> None:
        self.dice = random.Random(f"{self.seed} {self.number}")  # noqa: S311 - no secret

    async def begin(self) -> None:
        """Plan, quote and approve; every second one is let buy up to its ceiling without asking."""
        approves = self.number % 2 == 0
        self.production_id = await self.shop.production(
            ceiling=CEILING, preproduction="0" if approves else "1000"
        )
        self.wishes = [self._wish(place, sort) for place, sort in enumerate(self._sorts())]
        if approves:
            calls = [one.planned for one in self.wishes]
            async with self.process() as orders:
                await orders.approve(self.production_id, quote(calls), cause="budget")

    def _sorts(self) -> list[Sort]:
        """One of each vendor, one more of any, and now and then one that is drawn here."""
        if self.chosen:
            return list(self.chosen)
        found = [self.dice.choice(SORTS[vendor]) for vendor in MIX]
        found.append(self.dice.choice([sort for vendor in MIX for sort in SORTS[vendor]]))
        return [*found, *(SORTS["previz"] if self.number % 5 == 0 else ())]

    def _wish(self, place: int, sort: Sort) -> Wish:
        word = f"s{self.number:04d}i{place}"
        planned = planned_call(
            stage=sort.stage, item=f"{place + 1}A", model_id=sort.model, units=sort.units,
            parameters=sort.parameters,
        )  # fmt: skip
        order = Order(
            production_id=self.production_id, stage=sort.stage, item=planned.item,
            request=_request(sort, word, planned, seed=self.number * 10 + place),
        )  # fmt: skip
        return Wish(word, order, planned)

    # Its life.

    async def live(self, *, kills: bool = True) -> None:
        """Process after process until all orders have ended, or only a person can go on."""
        for number in range(MOST_PROCESSES):
            self.told.append(await self.go_on(self._fate() if kills and number < 2 else Mortal()))
            if self.told[-1] in AT_REST:
                return
            if self.told[-1] == "cancelled":
                await self.stop_jobs()
                await self.resume()
            for statement in MINUTE_PASSES:
                await self.shop.database.execute(statement)

    def _fate(self) -> Mortal:
        chance = self.dice.random()
        if chance < KILLED:
            return Mortal(self.dice.randrange(POINTS))
        return Mortal(self.dice.randrange(POINTS), self.cancel) if chance < KILLED + CANCELLED else Mortal()

    async def go_on(self, fate: Mortal) -> str:
        """One process; why it ended."""
        lease = await self.shop.lease(self.production_id)
        async with self.process(fate) as orders:
            with working(lease):
                return await self._place_all(orders, fate)

    async def _place_all(self, orders: Orders, fate: Mortal) -> str:
        [outcome] = await asyncio.gather(self._nodes(orders), return_exceptions=True)
        if fate.dead:
            return "killed"
        if isinstance(outcome, LeaseLost):
            return "cancelled"
        if isinstance(outcome, GreenlightError):
            return "job waits" if outcome.job_waits else outcome.code
        if isinstance(outcome, BaseException):
            raise outcome
        return "ended"

    async def _nodes(self, orders: Orders) -> None:
        """`submit_*`, then `collect_*`."""

        asked_again: list[NotApproved] = []

        async def hand_in(wish: Wish) -> None:
            try:
                wish.ticket, wish.end = await submit_priced(orders, wish.order, wish.planned), ""
            except NotApproved as error:  # the budget is asked about again; its siblings are kept
                asked_again.append(error)
                wish.end = "not_approved"
            except GreenlightError as error:
                wish.end = failure_of(error, wish.order).kind

        async def bring_home(wish: Wish) -> None:
            assert wish.ticket is not None
            try:
                await orders.collect(wish.ticket)
                wish.end = "done"
            except GreenlightError as error:
                wish.end = failure_of(error, wish.ticket).kind

        for wish in self.wishes:
            wish.ticket, wish.end = None, ""
        await in_parallel(self.wishes, hand_in, at_once=AT_ONCE)
        await in_parallel([one for one in self.wishes if one.ticket], bring_home, at_once=AT_ONCE)
        if asked_again:
            raise asked_again[0]

    def process(self, fault: FaultHook | None = None) -> "Process":
        """Orders with a clock and a desk of their own, at the same vendors."""
        clock = ProcessClock(self.lot.passing, self.shop.database, self.production_id)
        chosen = {
            "backoff": Backoff(tries=4, first_s=0.3), "submit_timeout_s": ANSWERS_IN_S, "settle_s": 0.1,
            "limits": NO_LIMITS, **self.options,
        }  # fmt: skip
        orders = Orders(
            self.shop.database, self.shop.store, self.lot.engines, ledger=Ledger(self.shop.database),
            options=OrderOptions(**chosen), clock=clock, fault=fault or Mortal(), keys=self.lot.keys,
        )  # fmt: skip
        return Process(orders)

    # What a person does.

    async def cancel(self) -> None:
        """Cancelled from outside, whoever drives it."""
        await self.shop.database.execute(CANCEL, (self.production_id,))

    async def stop_jobs(self) -> None:
        """Every provider is told, until each has said what became of its job or nobody asks any more."""
        async with self.process() as orders:
            stops = Cancelling(orders._desk, CancelBooks(self.shop.database, pause_s=0))
            while await stops.round():
                pass

    async def resume(self) -> None:
        await self.shop.database.execute(
            "update productions set status = 'running' where production_id = %s", (self.production_id,)
        )


class Process:
    """Orders that are closed at the end."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    async def __aenter__(self) -> Orders:
        return self._orders

    async def __aexit__(self, *_: object) -> None:
        await self._orders.close()


def _request(sort: Sort, word: str, planned: PlannedCall, *, seed: int) -> EngineRequest:
    told: dict[str, Any] = {"provider": planned.provider, "model": planned.model, "seed": seed, **sort.more}
    if sort.medium == "voice":
        return a_request("voice", text=LINE.format(word=word), **told)
    if parameters := priced_parameters(planned):
        told["parameters"] = parameters
    return a_request(sort.medium, prompt=f"A door, {word}", **told)
