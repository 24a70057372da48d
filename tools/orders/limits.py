"""How fast and how many at once each provider may be asked. The figures lie in `limits.toml`."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field

FIGURES = Path(__file__).with_name("limits.toml")


class ProviderLimits(BaseModel, frozen=True, extra="forbid"):
    """What one account of a provider may do, over all our workers."""

    name: str
    creates_a_minute: float | None = Field(default=None, gt=0)
    others_a_minute: float | None = Field(default=None, gt=0)
    in_flight: int | None = Field(default=None, ge=1)
    in_flight_source: str = ""
    ends_in_s: float = Field(default=3600, gt=0)
    """Seconds after its submit in which a job may still run; later it does not count, collected or not."""
    source: str = ""
    read_on: date | None = None
    verified: bool = False


@lru_cache(maxsize=1)
def known_limits() -> dict[str, ProviderLimits]:
    """The file, by provider, read once and checked."""
    entries = tomllib.loads(FIGURES.read_text("utf-8"))["provider"]
    return {entry["name"]: ProviderLimits.model_validate(entry) for entry in entries}
