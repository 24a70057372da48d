"""One line to one model, with a key that is lent and a booking that keeps what it was told."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, SecretStr

from state.errors import BudgetExceeded, KeyMissing
from tests.fakes import FakeClock
from tests.standins.model_vendors import Vendors
from tools.clock import Clock, SystemClock
from tools.models.base import Booking, ModelAnswer, Picture, TextCall, TextEnd, Tool
from tools.models.catalog import TextModelCard, TextProvider
from tools.models.live.asked import Asked
from tools.models.live.clients import Clients
from tools.models.live.keys import LentKey, Trouble
from tools.models.live.line import Line
from tools.models.live.model import LiveModel
from tools.models.live.patience import Patience

KEY = "sk-test-4f1d7c9b2a6e8035"


@dataclass
class Noted:
    """A booking: every request that was begun, and how each one ended."""

    begun: list[TextCall] = field(default_factory=list)
    ended: list[TextEnd] = field(default_factory=list)

    async def begin(self, call: TextCall) -> None:
        self.begun.append(call)

    def end(self, ended: TextEnd) -> None:
        self.ended.append(ended)


class Refusing(Noted):
    """There is no money for any request."""

    async def begin(self, call: TextCall) -> None:
        raise BudgetExceeded("The text allowance is used up.")


@dataclass
class Ring:
    """Keys of one user, in order; what a vendor did not take is set aside."""

    keys: list[str] = field(default_factory=lambda: [KEY])
    own: bool = False
    noted: list[tuple[str, Trouble, float]] = field(default_factory=list)

    async def lend(self, provider: TextProvider, *, but: Sequence[LentKey] = ()) -> LentKey:
        aside = {key for key, _, _ in self.noted} | {key.own for key in but}
        if but and aside >= {*self.keys}:
            raise KeyMissing("There is no other key.", provider=provider, kind="auth")
        first = next((key for key in self.keys if key not in aside), self.keys[-1])
        return LentKey(SecretStr(first), first if self.own else None)

    async def note_trouble(self, key: LentKey, trouble: Trouble, *, rest_s: float) -> None:
        self.noted.append((key.own, trouble, rest_s))


class HandClock(FakeClock):
    """A limit passes only when a test moves the clock; pauses pass at once and are kept."""

    def __init__(self, limit_s: float = 120.0) -> None:
        super().__init__()
        self.limit_s, self.pauses = limit_s, list[float]()
        self.watched = asyncio.Event()
        self._ends: list[tuple[float, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        if seconds != self.limit_s:
            self.pauses.append(seconds)
            return
        over = asyncio.Event()
        self._ends.append((self.passed_s + seconds, over))
        self.watched.set()
        await over.wait()

    def move(self, seconds: float) -> None:
        """Let so much time pass."""
        self.passed_s += seconds
        for end, over in self._ends:
            if end <= self.passed_s:
                over.set()


@dataclass(frozen=True)
class Words:
    """A prompt as it was rendered."""

    text: str = "Which is the largest city? Answer in JSON."
    system: str = "You are a helpful assistant."
    digest: str = ""


class City(BaseModel):
    city: str
    country: str


class Nothing(BaseModel):
    """What a prompt was rendered from; live models do not look at it."""


def clients_at(url: str) -> Clients:
    """Clients that find every vendor at this address."""
    return Clients({"openai": f"{url}/v1", "google": url, "deepseek": url, "openai_compatible": f"{url}/v1"})


def at_vendors(vendors: Vendors) -> dict[TextProvider, str]:
    """Where each provider is; OpenAI's stand-in is also the server of one's own."""
    return {
        "openai": f"{vendors.openai.url}/v1",
        "google": vendors.google.url,
        "deepseek": vendors.deepseek.url,
        "openai_compatible": f"{vendors.openai.url}/v1",
    }


def vendor_of(vendors: Vendors, card: TextModelCard) -> Any:
    """The stand-in that a model is asked at."""
    return {"google": vendors.google, "deepseek": vendors.deepseek}.get(card.provider, vendors.openai)


def ring_for(vendors: Vendors, card: TextModelCard) -> "Ring":
    """The one good key."""
    return Ring([vendor_of(vendors, card).key])


def in_words(text: str = "Say something.", **other: Any) -> Asked:
    """A question that wants words."""
    return Asked(**{"system": "You are brief.", "text": text, "max_tokens": 200, **other})


async def ask_for_city(
    line: Line, booking: Booking, tools: Sequence[Tool] = (), pictures: Sequence[Picture] = (), **other: Any
) -> ModelAnswer:
    """An answer in the shape of a city."""
    wanted: Mapping[str, Any] = {"temperature": 0.7, "max_tokens": 200, **other}
    return await LiveModel(line).answer(
        Words(), output=City, input=Nothing(), tools=tools, pictures=pictures, booking=booking, **wanted
    )


def a_line(
    card: TextModelCard, clients: Clients, ring: Any = None, clock: Clock | None = None, **patience: Any
) -> Line:
    """A line that tries once, on the machine's clock, unless it is told otherwise."""
    told = Patience(**{"tries": 1, **patience})
    return Line(card=card, clients=clients, keys=ring or Ring(), patience=told, clock=clock or SystemClock())


def a_card(**other: Any) -> TextModelCard:
    """A card as recordings need them: any name, answers whole."""
    like = {
        "id": other.get("vendor", "any"), "provider": "openai", "vendor": "any", "title": "The model",
        "tier": "draft", "context_tokens": 128_000, "output_tokens": 16_000, "sampling": "no",
        "shape": "json_schema", "reasoning": False, "streams": False,
    }  # fmt: skip
    return TextModelCard.model_validate({**like, **other})
