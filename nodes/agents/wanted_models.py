"""What a run's context says about its models."""

from collections.abc import Mapping

from state.context import RunContext
from tools.models.catalog import OFFLINE
from tools.models.choose import AcrossTiers, Wanted

ACROSS_TIERS: Mapping[str, AcrossTiers] = {"same_tier": "as_role_says", "any": "always"}
"""Nobody who wants to be asked is given a model of another tier in silence."""


def wanted_models(context: RunContext) -> Wanted:
    """The context's choice, as the house of models takes it."""
    return Wanted(
        model=context.text_model, by_role=context.text_models, fallbacks=context.text_fallbacks,
        may_stand_in=context.substitution != "never", tier=context.tier,
        across_tiers=ACROSS_TIERS.get(context.substitution, "never"),
    )  # fmt: skip


def asks_vendor(wanted: Wanted, role: str) -> bool:
    """Whether a role asks anybody at all."""
    return (wanted.by_role.get(role) or wanted.model) != OFFLINE
