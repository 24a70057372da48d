"""What a run's context says about its models."""

from state.context import RunContext
from tools.models.catalog import OFFLINE
from tools.models.choose import Wanted


def wanted_models(context: RunContext) -> Wanted:
    """The context's choice, as the house of models takes it."""
    return Wanted(
        model=context.text_model, by_role=context.text_models, fallbacks=context.text_fallbacks,
        may_stand_in=context.substitution != "never", tier=context.tier,
        across_tiers=context.substitution == "any",
    )  # fmt: skip


def asks_vendor(wanted: Wanted, role: str) -> bool:
    """Whether a role asks anybody at all."""
    return (wanted.by_role.get(role) or wanted.model) != OFFLINE
