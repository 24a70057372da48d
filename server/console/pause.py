"""What a person can do on the page about a production that pauses without a question."""

from dataclasses import dataclass, field
from typing import Any

from server.api.productions import ProductionDetail
from server.api.text_models import TextCatalogueView
from server.console.writers import LIVE, Choice, choices_for

OF_AN_OLDER_VERSION = ("another_model",)
"""A pause that says no ways: going on with another model was possible then, too."""

NOTHING = "0.00"


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
class Pause:
    """The controls that a pause has; none of them does anything before somebody uses it."""

    everybody: Pick | None = None
    roles: list[Pick] = field(default_factory=list)
    own_server: bool = False
    own_key: bool = False
    amount: Raise | None = None


def pause_of(production: ProductionDetail, writers: TextCatalogueView) -> Pause:
    """The controls for what stopped this production; `writers` are those of its graph and tier."""
    error: dict[str, Any] = production.error or {}
    told = error.get("ways")
    named = [one["name"] for one in told] if isinstance(told, list) else OF_AN_OLDER_VERSION
    roles = [one.role for one in writers.roles]
    offers = "another_model" in named and bool(roles)
    return Pause(
        everybody=_for_everybody(production, writers) if offers else None,
        roles=[_for_role(role, production, writers) for role in roles] if offers else [],
        own_server=writers.own_server,
        own_key="own_key" in named,
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
