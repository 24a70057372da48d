"""Everything that may happen to a question, drawn from a seed."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from state.errors import GreenlightError
from tests.fakes import Crash
from tests.integration.models_money.asking import Asker
from tests.standins.model_vendors import Asked, Gate, Said, Tokens, ToolCall, faults
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.plans import prompt_tokens

CHAINS = {
    "openai": ("gpt-5", "gpt-5-mini"), "google": ("gemini-2.5-pro", "gemini-2.5-flash"),
    "deepseek": ("deepseek-chat", "deepseek-reasoner"),
}  # fmt: skip
FAULTS: tuple[Callable[[], Fault], ...] = (
    faults.busy, faults.quota_exhausted, faults.key_refused, faults.no_balance, faults.server_error,
    lambda: faults.server_error(billed=True), faults.overloaded, faults.gateway_page,
    lambda: faults.overloaded(billed=True), lambda: faults.server_error(504, billed=True),
    lambda: faults.gateway_page(504, billed=True), lambda: faults.gateway_page(503, billed=True),
    faults.closed_unread, faults.closed_unanswered, lambda: faults.closed_unanswered(billed=False),
    lambda: faults.cut(0), lambda: faults.cut(1), lambda: faults.cut(3), lambda: faults.cut(99),
    lambda: faults.stream_hangs(0), lambda: faults.stream_hangs(2), faults.answer_hangs,
    lambda: faults.answer_hangs(billed=False), faults.broken_json, lambda: faults.broken_event(1),
    lambda: faults.broken_event(3), faults.empty_body, faults.failed_in_stream,
)  # fmt: skip
ANSWERS = (
    "good",
    "good",
    "unfitting",
    "endless",
    "refused",
    "filtered",
    "blocked",
    "empty",
    "tool",
    "no json",
)
ENDS = ("", "", "", "ticks", "request", "piece", "death")
GOOD = {"title": "What was said", "lines": ["A door.", "A key, in the lock."]}
UNFITTING = {"title": "No lines"}


@dataclass
class Mixture:
    """Asks one question after the other, and lets things happen to them."""

    asker: Asker
    vendor: str
    seed: int
    happened: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.draw = random.Random(f"{self.vendor} {self.seed}")  # noqa: S311 - no secret
        self.place = getattr(self.asker.vendors, self.vendor)
        self.place.brain = self._say
        self.gate: Gate | None = None

    async def play(self, questions: int) -> None:
        """So many questions, asked until they are answered or given up, the books looked at after each."""
        for number in range(questions):
            tries = self.draw.choice((1, 2, 3))
            for _ in range(tries):
                await self._once(f"question {number}")
                await self.check()
                if self._last == "answered":
                    break

    async def check(self) -> None:
        """Billed <= invoices <= billed + unknown."""
        billed, asked, most = await self.asker.amounts()
        assert billed <= asked <= most, (self.vendor, self.seed, self.happened)

    async def _once(self, words: str) -> None:
        end = self.draw.choice(ENDS)
        self.place.faults[:] = [self.draw.choice(FAULTS)() for _ in range(self.draw.choice((0, 0, 1, 1, 2)))]
        hangs = any(fault.kind == "hang" for fault in self.place.faults)
        self.gate = Gate(self.draw.randrange(4)) if end == "piece" else None
        self.asker.dies = Crash() if end == "death" else None
        self.asker.talks = self.draw.randrange(3) == 0
        chain = CHAINS[self.vendor][: self.draw.choice((1, 2))]
        task = asyncio.create_task(self.asker.note(words, *chain))
        impatient = asyncio.create_task(self._lose_patience()) if hangs else None
        if end not in ("", "death"):
            await self._until(end, task)
            task.cancel()
        self._last = await self._ended(task)
        self.happened[f"talk {self._last}" if self.asker.talks else self._last] += 1
        if impatient is not None:
            impatient.cancel()
            await asyncio.gather(impatient, return_exceptions=True)
        if self._last == "dead":
            await self.asker.succeed()

    async def _ended(self, task: "asyncio.Task[Any]") -> str:
        try:
            await task
        except asyncio.CancelledError:
            return "cancelled"
        except Crash:
            return "dead"
        except GreenlightError as error:
            return error.code
        finally:
            if self.gate is not None:
                self.gate.open()
        return "answered"

    async def _lose_patience(self) -> None:
        """As long as a vendor has a question, again and again."""
        books = self.asker.vendors.books
        while True:
            await books.when(lambda book: any(one.outcome == "open" for one in book.requests)).heard()
            for _ in range(self.draw.randrange(1, 60)):
                await asyncio.sleep(0)
            self.asker.clock.enough()

    async def _until(self, end: str, task: "asyncio.Task[Any]") -> None:
        """Wait for the moment at which the caller goes away."""
        if end == "ticks":
            for _ in range(self.draw.randrange(300)):
                await asyncio.sleep(0)
            return
        if end == "piece" and self.gate is not None:
            moment = self.gate.reached
        else:
            posts = len(self.asker.vendors.books.posts())
            moment = self.asker.vendors.books.when(lambda book: len(book.posts()) > posts)
        heard = asyncio.create_task(moment.heard())
        await asyncio.wait({heard, task}, return_when=asyncio.FIRST_COMPLETED)
        heard.cancel()
        await asyncio.gather(heard, return_exceptions=True)

    def _say(self, asked: Asked) -> Said:
        kind = self.draw.choice(ANSWERS)
        tokens = Tokens(cached=self.draw.randrange(prompt_tokens(asked) + 1))
        gate = self.gate
        if kind == "refused":
            return Said(refusal="I would rather not.", tokens=tokens, before_piece=gate)
        if kind == "blocked":  # Google's words for it cannot say what was cached
            return Said(finish="blocked")
        if kind in ("filtered", "empty"):
            return Said(text="A do" if kind == "filtered" else "", finish=kind, tokens=tokens)  # type: ignore[arg-type]  # one of them
        if kind == "tool" and asked.tools and "look_up" in {tool.name for tool in asked.tools}:
            return Said(calls=(ToolCall("look_up", {"name": "key"}),), tokens=tokens, before_piece=gate)
        content = {
            "unfitting": json.dumps(UNFITTING), "no json": "a note",
            "endless": json.dumps({**GOOD, "lines": ["again and again"] * self.draw.choice((40, 400))}),
        }.get(kind, json.dumps(GOOD))  # fmt: skip
        forced = {tool.name for tool in asked.tools} & {"Note"}
        if forced:
            return Said(calls=(ToolCall("Note", content),), tokens=tokens, before_piece=gate)
        return Said(text=content, tokens=tokens, before_piece=gate)
