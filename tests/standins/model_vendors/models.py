"""The models of each vendor, their limits and prices: the stand-ins' own table, never the product's."""

import tomllib
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.standins.model_vendors.plans import Usage
from tests.standins.model_vendors.talk import VendorName

CACHED_PART = Decimal("0.1")


@dataclass(frozen=True)
class Model:
    """What a vendor sells. A test changes one with `vendor.models[id] = replace(model, context=100)`."""

    id: str
    input: Decimal
    """USD per million tokens, which is micro-dollars per token."""
    cached: Decimal
    output: Decimal
    context: int
    max_output: int
    dated: str
    """The name under which it answers."""
    efforts: tuple[str, ...] = ()
    effort: str = "medium"
    """What it does when nothing is said."""
    sampling: str = "always"
    endpoints: tuple[str, ...] = ("chat", "responses")
    roles: tuple[str, ...] = ()
    """Those that its messages may have; all when there are none."""
    sees: bool = True
    signs: bool = False
    """Whether the signatures of its thoughts must come back with its tool calls."""

    @property
    def reasons(self) -> bool:
        return bool(self.efforts)

    def thinks(self, effort: str | None) -> bool:
        """Whether it reasons when it is told this effort, or none."""
        return self.reasons and (effort or self.effort) not in ("none", "minimal")

    def micro_usd(self, usage: Usage) -> int:
        """The price of a call in whole micro-dollars, half a one rounded up."""
        exact = (
            (usage.prompt - usage.cached) * self.input
            + usage.cached * self.cached
            + usage.output * self.output
        )
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    def shrunk(self, **limits: Any) -> "Model":
        return replace(self, **limits)


def known_models(vendor: VendorName) -> dict[str, Model]:
    """A copy that a test may change."""
    return dict(_read()[vendor])


@cache
def _read() -> dict[str, dict[str, Model]]:
    table = tomllib.loads(Path(__file__).with_name("models.toml").read_text())
    return {vendor: {id: _model(id, row) for id, row in rows.items()} for vendor, rows in table.items()}


def _model(id: str, row: dict[str, Any]) -> Model:
    read: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    for name in ("input", "cached", "output"):
        read[name] = Decimal(read[name]) if name in read else Decimal(read["input"]) * CACHED_PART
    return Model(id=id, **{"dated": id, **read})
