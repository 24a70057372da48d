"""Services: what fails together, and how patient we are with it. The figures lie in `services.toml`."""

import tomllib
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from tools.engines.routing import OFFLINE

FIGURES = Path(__file__).with_name("services.toml")
OUR_OWN = frozenset({OFFLINE})
"""Makers in this house: nobody else's machines, so neither breaker nor limit."""


class BreakerFigures(BaseModel, frozen=True, extra="forbid"):
    """When a service is left alone, and for how long."""

    failures: int = Field(ge=1)
    within_s: float = Field(gt=0)
    rest_s: float = Field(gt=0)
    trial_s: float = Field(gt=0)
    source: str


class Family(BaseModel, frozen=True, extra="forbid"):
    """Models that are one thing behind different names: where one of them is down, so are the others."""

    name: str
    models: tuple[str, ...]
    retries: int | None = None
    """How often a dispatch is tried again on the same engine; None where nobody has said."""
    pauses: Literal["fixed", "exponential"] = "exponential"
    first_s: float = 0
    timeout_s: float | None = None
    """How long after its submit a job may take; None is as long as its card says."""
    source: str = ""


class Figures(BaseModel, frozen=True, extra="forbid"):
    """The whole file."""

    breaker: BreakerFigures
    family: tuple[Family, ...]


@lru_cache(maxsize=1)
def figures() -> Figures:
    """The file, read once and checked."""
    return Figures.model_validate(tomllib.loads(FIGURES.read_text("utf-8")))


@lru_cache(maxsize=256)
def family_of(model: str) -> Family:
    """The family of a model; one of its own where it is in none."""
    for family in figures().family:
        if any(fnmatchcase(model, pattern) for pattern in family.models):
            return family
    return Family(name=model, models=(model,))


def service_of(provider: str, model: str) -> str:
    """What has one breaker: a family of models at one provider, such as `fal/kling`."""
    return f"{provider}/{family_of(model).name}"
