"""An agent that asks the stand-in vendors, its requests paired with their invoices one by one."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, SecretStr

from nodes.agents.agent import Agent, AgentDefinition, TextKey
from prompts import RenderedPrompt
from state.cost import Money
from state.order import TextAnswer, TextOrder
from tests.fakes import FakeClock
from tests.integration.orders.shop import Shop, Worker
from tests.standins.model_vendors import Books, Vendors
from tools.ledger.settling import settle, unknown_lines
from tools.ledger.text import close_left
from tools.models.base import Booking, ChatModel, TextCall, TextEnd, Tool
from tools.models.catalog import TextProvider, text_card
from tools.models.fallback import InTurn
from tools.models.live.clients import Clients
from tools.models.live.keys import LentKey
from tools.models.live.line import Line
from tools.models.live.model import LiveModel
from tools.models.live.patience import Patience

PATIENCE = Patience(timeout_s=120.0)
PLENTY = Money.usd("1000")
Attempt = tuple[str, int]


class Question(BaseModel, frozen=True):
    """What is asked."""

    words: str


class Note(BaseModel, frozen=True):
    """What is answered."""

    title: str
    lines: list[str]


class Hurry(FakeClock):
    """Pauses pass at once; a vendor is waited for until the test has had enough."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[asyncio.Event] = []

    async def sleep(self, seconds: float) -> None:
        if seconds < PATIENCE.timeout_s:
            return await super().sleep(seconds)
        mine = asyncio.Event()
        self._waiting.append(mine)
        await mine.wait()

    def enough(self) -> None:
        """Whoever is waited for now is waited for no longer."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            one.set()


class Noter(Agent[Question, Note]):
    """Has a tool, wants a shape, repairs once."""

    definition = AgentDefinition(
        id="noter", name="Noter", role="script_writer", system_prompt="", temperature=0.7, max_tokens=120,
        capabilities=(),
    )  # fmt: skip
    output = Note

    def prompt(self, input: Question) -> RenderedPrompt:
        return RenderedPrompt(text=f"Make a note of: {input.words}", digest="d", system="You take notes.")

    def tools(self, input: Question) -> Sequence[Tool]:
        async def look_up(arguments: Any) -> dict[str, Any]:
            return {"found": "nothing of that name"}

        shape = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
        return (Tool(name="look_up", description="Looks up.", parameters=shape, run=look_up),)


@dataclass
class Tills:
    """What each request of ours was billed: the book as it was before it, and before the next one."""

    books: Books
    invoices: dict[Attempt, list[int]] = field(default_factory=lambda: defaultdict(list))
    _last: tuple[Attempt, int] | None = None

    async def open(self, attempt: Attempt) -> None:
        """This request is about to leave; whatever was before it has its invoice."""
        await self.close()
        self._last = (attempt, len(self.books.invoices))

    async def close(self) -> None:
        """Wait until the vendors have done with all that reached them."""
        done = self.books.when(lambda book: all(one.outcome != "open" for one in book.requests))
        async with asyncio.timeout(20):
            await done.heard()
        if self._last is not None:
            attempt, before = self._last
            self.invoices[attempt] += [one.micro_usd for one in self.books.invoices[before:]]
            self._last = None


class Paired:
    """The booking of one question, with the till beside it."""

    def __init__(self, booking: Any, tills: Tills, dies: BaseException | None) -> None:
        self._booking, self._tills, self._dies = booking, tills, dies

    async def begin(self, call: TextCall) -> None:
        await self._tills.close()
        await self._booking.begin(call)
        await self._tills.open((self._booking.row.call_key, self._booking.row.attempt))

    def end(self, ended: TextEnd) -> None:
        if self._dies is not None:
            raise self._dies
        self._booking.end(ended)


@dataclass
class Asker:
    """One process that asks, and what comes after it."""

    shop: Shop
    vendors: Vendors
    worker: Worker
    clock: Hurry = field(default_factory=Hurry)
    dies: BaseException | None = None
    """Raised in place of a kill, when the next answer has come and is not booked yet."""
    talks: bool = False
    """Whether it asks beside the production: a talk takes no lease, and each turn has a key of its own."""
    turns: int = 0

    def __post_init__(self) -> None:
        self.tills = Tills(self.vendors.books)
        self.production_id = self.worker.lease.production_id
        self.clients = Clients(
            {
                "openai": f"{self.vendors.openai.url}/v1", "google": self.vendors.google.url,
                "deepseek": self.vendors.deepseek.url,
            }
        )  # fmt: skip

    async def lend(self, provider: TextProvider, *, but: Sequence[LentKey] = ()) -> LentKey:
        return LentKey(SecretStr(getattr(self.vendors, provider).key))

    async def note_trouble(self, *_: Any, **__: Any) -> None:
        """There is one key."""

    def model(self, *names: str) -> ChatModel:
        """The first, with the others behind it."""
        lines = [
            Line(card=text_card(name), clients=self.clients, keys=self, patience=PATIENCE, clock=self.clock)
            for name in names
        ]
        models = [LiveModel(line) for line in lines]
        return models[0] if len(models) == 1 else InTurn(models)

    async def ask(self, order: TextOrder, call: Any, *, allowance: Money | None = None) -> TextAnswer:
        async def paired(booking: Booking) -> TextAnswer:
            return await call(Paired(booking, self.tills, self.dies))

        if self.talks:
            self.turns += 1
            order = order.model_copy(update={"stage": "talk", "item": f"turn {self.turns}"})
        answer: TextAnswer = await self.worker.ask(order, paired, allowance=PLENTY, driven=not self.talks)
        return answer

    async def note(self, words: str, *models: str) -> Note:
        """Have one question answered."""
        key = TextKey(production_id=self.production_id, stage="script", item=words)
        return await Noter(self.model(*models), self).run(Question(words=words), key=key)

    async def succeed(self) -> None:
        """Whoever asked is gone; another takes over, and the net finds what was talked."""
        self.dies = None
        await close_left(self.shop.database, older_s=0)
        self.worker = await self.shop.worker(self.production_id)

    async def settle_all(self) -> int:
        """A person looks every unknown request up on the vendors' bills; how many there were."""
        await self.tills.close()
        found, many = await unknown_lines(self.shop.database, user_id="local", limit=100_000, offset=0)
        for row in found:
            call_key, _, number = row["line"].rpartition("#")
            billed = sum(self.tills.invoices[call_key, int(number)])
            await settle(self.shop.database, row["line"], Money(micros=billed), user_id="local")
        return many

    async def misbooked(self) -> list[tuple[str, int, list[int]]]:
        """The requests whose price is known and is not what the vendor asks for it."""
        await self.tills.close()
        rows = await self.shop.database.fetch_all(
            "select call_key, number, cost, outcome from order_attempts where cost is not null"
        )
        billed = [
            (row["outcome"], row["cost"], self.tills.invoices[row["call_key"], row["number"]]) for row in rows
        ]
        return [one for one in billed if one[1] != sum(one[2])]

    async def amounts(self) -> tuple[int, int, int]:
        """Billed, what the vendors ask for, and the most it can be."""
        await self.tills.close()
        costs = await self.worker.orders.costs(self.production_id)
        assert costs.reserved.micros == 0, "nothing is under way"
        asked = self.vendors.books.micro_usd()
        return costs.billed.micros, asked, costs.billed.micros + costs.unknown.micros

    async def close(self) -> None:
        await self.clients.close()
        await self.worker.orders.close()
