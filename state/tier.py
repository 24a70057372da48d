"""Draft and final: how good, and how dear, the models of a production may be."""

from collections.abc import Mapping
from typing import Any, Literal

Tier = Literal["draft", "final"]
"""What a production is made in: a draft buys from cheap models only, a final from all."""
ModelTier = Literal["draft", "final", "any"]
"""What a model is: cheap, premium, or made on a machine of one's own at no cost, which fits both."""


def tier_of(context: Mapping[str, Any]) -> Tier:
    """The tier of a production by its context; those from before there were tiers are final."""
    return "draft" if context.get("tier") == "draft" else "final"


def fits(model: ModelTier, production: Tier) -> bool:
    """Whether a production of this tier may have this model."""
    return production == "final" or model != "final"


def alike(one: ModelTier, other: ModelTier) -> bool:
    """Whether one may stand in for the other where only the same tier may."""
    return one == other or "any" in (one, other)
