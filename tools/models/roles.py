"""Which model each role of each graph has by default, read from `roles.toml`."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field

from state.errors import SettingInvalid
from tools.models.catalog import Effort

ROLES = Path(__file__).with_name("roles.toml")
OPENAI_MODEL = "openai"
"""Stands for the model that OPENAI_MODEL names."""


class RoleCard(BaseModel, frozen=True, extra="forbid"):
    """One role of one graph."""

    graph: str
    role: str
    model: str
    fallback: tuple[str, ...] = ()
    """Models that stand in when this one fails, in order."""
    fallback_of_any_tier: bool = False
    """Whether they may be of another tier than its model where a run leaves that to the role."""
    timeout_s: float = Field(gt=0)
    tries: int = Field(ge=1)
    first_s: float = Field(gt=0)
    effort: Effort | None = None


@lru_cache(maxsize=1)
def roles() -> tuple[RoleCard, ...]:
    """Every role, in the file's order."""
    return tuple(RoleCard.model_validate(entry) for entry in tomllib.loads(ROLES.read_text("utf-8"))["role"])


def longest_timeout_s() -> float:
    """After so long no role waits for an answer any more."""
    return max(card.timeout_s for card in roles())


def roles_of(graph: str) -> tuple[str, ...]:
    """The names of a graph's roles, in the file's order."""
    return tuple(card.role for card in roles() if card.graph == graph)


def role_card(graph: str, role: str) -> RoleCard:
    """One role's card.

    Raises:
        SettingInvalid: this graph has no such role; names those it has.
    """
    for card in roles():
        if (card.graph, card.role) == (graph, role):
            return card
    known = ", ".join(roles_of(graph))
    raise SettingInvalid(f"{role!r} is no role of {graph}; there are {known or 'none'}.")
