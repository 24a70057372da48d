"""One line to one model, with a key that is lent and a booking that keeps what it was told."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from state.errors import BudgetExceeded
from tests.fakes import FakeClock
from tools.clock import Clock, SystemClock
from tools.models.base import TextCall, TextEnd
from tools.models.catalog import TextModelCard, TextProvider
from tools.models.live.clients import Clients
from tools.models.live.keys import LentKey, Trouble
from tools.models.live.line import Line
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

    async def lend(self, provider: TextProvider) -> LentKey:
        aside = {key for key, _, _ in self.noted}
        first = next((key for key in self.keys if key not in aside), self.keys[-1])
        return LentKey(SecretStr(first), first if self.own else None)

    async def note_trouble(self, key: LentKey, trouble: Trouble, *, rest_s: float) -> None:
        self.noted.append((key.own, trouble, rest_s))


def clients_at(url: str) -> Clients:
    """Clients that find every vendor at this address."""
    return Clients({"openai": f"{url}/v1", "google": url, "deepseek": url, "openai_compatible": f"{url}/v1"})


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


__all__ = ["KEY", "FakeClock", "Noted", "Refusing", "Ring", "a_card", "a_line", "clients_at"]
