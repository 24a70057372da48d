"""What is sold: kinds, limits, prices. The stand-ins' own table, never the product's."""

import tomllib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal["picture", "clip", "speech"]


@dataclass(frozen=True)
class MediaModel:
    """One model. A test sells it at another price with `media.models[id] = replace(model, usd={...})`."""

    id: str
    kind: Kind
    usd: dict[str, str]
    latency_s: float
    sizes: tuple[str, ...] = ()
    seconds: tuple[int, ...] = ()
    tokens: tuple[tuple[str, int], ...] = ()
    """What a picture of each size counts as."""
    inputs: int = 16
    """Pictures that may be sent along."""
    references: int = 0
    last_frame: bool = False
    extends: bool = False
    sound: bool = False
    samples: int = 1
    signs: bool = False
    retired: bool = False
    free_size: bool = False
    instructed: bool = False
    fidelity: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ("low", "medium", "high", "auto")

    def price(self, *names: str) -> Decimal:
        """The figure of the first of these names that it has."""
        return Decimal(next(self.usd[name] for name in names if name in self.usd))


def micro_usd(exact: Decimal) -> int:
    """Whole micro-dollars of an amount that is told in them, half a one rounded up."""
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def sold_by(vendor: str) -> dict[str, MediaModel]:
    """A copy that a test may change."""
    return dict(_read().get(vendor, {}))


@cache
def _read() -> dict[str, dict[str, MediaModel]]:
    table = tomllib.loads(Path(__file__).with_name("media.toml").read_text())
    return {vendor: {id: _model(id, row) for id, row in rows.items()} for vendor, rows in table.items()}


def _model(id: str, row: dict[str, Any]) -> MediaModel:
    row = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    row |= {"tokens": tuple(row.get("tokens", {}).items())}
    return MediaModel(id=id, **{name: value for name, value in row.items() if name != "from"})
