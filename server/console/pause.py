"""What a person can do on the page about a production that pauses without a question."""

from dataclasses import dataclass, field
from typing import Any

from server.api.productions import ProductionDetail
from server.api.text_models import TextCatalogueView
from server.console.writers import LIVE, Choice, choices_for
from server.ways import proposal_of

OF_AN_OLDER_VERSION = ("another_model",)
"""A pause that says no ways: going on with another model was possible then, too."""

NOTHING = "0.00"
HEADLINES = {
    "provider_key_missing": "There is no key for the language model",
    "provider_key_not_taken": "The provider does not take the key",
    "provider_credit_used_up": "There is no credit left at the provider",
    "provider_misconfigured": "The provider does not take the request",
    "provider_busy": "The provider is too busy",
    "breaker_open": "The engine fails too often to be asked",
    "provider_timeout": "The provider gave no whole answer",
    "provider_refused": "The language model will not answer these words",
    "answer_unusable": "What the language model answered cannot be used",
    "model_unknown": "This language model cannot be had",
    "model_withheld": "The provider does not let this key use this model",
    "not_served_here": "The provider does not serve this place",
    "model_banned": "This language model may not write here",
    "context_too_long": "There is more to read than this language model can",
    "price_unknown": "Nobody knows what this model costs",
    "key_damaged": "A key that is kept here cannot be opened",
    "master_key_absent": "A key that is kept here cannot be opened",
    "budget_exceeded": "The ceiling is reached",
    "text_allowance_used_up": "The text allowance is used up",
    "day_budget_exceeded": "Today's budget is used up",
    "credits_used_up": "There are no credits left",
    "spending_stopped": "Spending is stopped",
    "not_approved": "A price was not approved",
    "quote_changed": "The price is not what was approved",
    "engines_failed": "No engine could make it",
    "stand_in_proposed": "Another engine could make it",
    "order_parked": "Nobody knows whether this was made",
    "premium_in_draft": "This model is too dear for a draft",
}
"""What happened, in a few words, by the code of the failure."""
STOPPED = "It cannot go on by itself"


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One choice of who writes: for everybody, or for a role."""

    name: str
    label: str
    now: str
    choices: list[Choice]


@dataclass(frozen=True, kw_only=True)
class Raise:
    """An amount that may be raised here, what it is now, and what of it is gone."""

    field: str
    label: str
    button: str
    now: str
    gone: str = ""


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """Another engine that a person may let make it."""

    wanted: str
    model: str
    provider: str
    price: str
    agreed: list[str]
    """Those that may stand in already."""


@dataclass(frozen=True, kw_only=True)
class Pause:
    """The controls that a pause has; none of them does anything before somebody uses it."""

    headline: str
    everybody: Pick | None = None
    roles: list[Pick] = field(default_factory=list)
    own_server: bool = False
    own_key: bool = False
    stand_in: StandIn | None = None
    amount: Raise | None = None


def pause_of(production: ProductionDetail, writers: TextCatalogueView) -> Pause:
    """The controls for what stopped this production; `writers` are those of its graph and tier."""
    error: dict[str, Any] = production.error or {}
    told = error.get("ways")
    named = [one["name"] for one in told] if isinstance(told, list) else OF_AN_OLDER_VERSION
    roles = [one.role for one in writers.roles]
    offers = "another_model" in named and bool(roles)
    return Pause(
        headline=HEADLINES.get(str(error.get("code")), STOPPED),
        everybody=_for_everybody(production, writers) if offers else None,
        roles=[_for_role(role, production, writers) for role in roles] if offers else [],
        own_server=writers.own_server,
        own_key="own_key" in named,
        stand_in=_stand_in(error) if "stand_in" in named else None,
        amount=_amount(production, named),
    )


def _for_everybody(production: ProductionDetail, writers: TextCatalogueView) -> Pick:
    now = production.text_model
    return Pick(
        name="text_model", label="Who writes from here on", now=now, choices=choices_for(writers, now)
    )


def _for_role(role: str, production: ProductionDetail, writers: TextCatalogueView) -> Pick:
    now = production.text_models.get(role, "")
    same = Choice(id="", words="As chosen above", group="")
    choices = [same, *(one for one in choices_for(writers, now) if one.id != LIVE)]
    label = role.replace("_", " ").capitalize()
    return Pick(name=f"text_models.{role}", label=label, now=now, choices=choices)


def _stand_in(error: dict[str, Any]) -> StandIn | None:
    if (offered := proposal_of(error)) is None:
        return None
    return StandIn(
        wanted=str(error.get("model") or ""), model=offered.model, provider=offered.provider,
        price=offered.price_usd, agreed=offered.agreed,
    )  # fmt: skip


def _amount(production: ProductionDetail, named: Any) -> Raise | None:
    costs = production.costs
    if "raise_text" in named:
        return Raise(
            field="textAllowanceUsd", label="All text never more than (US dollars)",
            button="Raise the text allowance", now=costs.text_allowance,
        )  # fmt: skip
    if "raise_ceiling" in named:
        return Raise(
            field="ceilingUsd", label="Never more than (US dollars)", button="Raise the ceiling",
            now=costs.ceiling, gone="" if costs.billed == NOTHING else costs.billed,
        )  # fmt: skip
    return None
