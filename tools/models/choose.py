"""Which chat model a role gets, and which ones the novela graph refuses."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from pydantic import SecretStr

from state.errors import GreenlightError, ModelBanned, PremiumInDraft
from state.tier import Tier, alike, fits
from tools.clock import Clock
from tools.models.base import ChatModel
from tools.models.catalog import OFFLINE, Effort, TextProvider, text_card, text_tier
from tools.models.fallback import InTurn
from tools.models.live.keys import KeyRing
from tools.models.live.patience import Patience
from tools.models.offline import OfflineWriter
from tools.models.roles import OPENAI_MODEL, RoleCard, role_card
from tools.tiers import model_in

if TYPE_CHECKING:
    from tools.models.live.clients import Clients
    from tools.models.live.model import LiveModel

LIVE = "live"
"""The model that a role has by default, instead of one named model for all."""
GPT_4_FAMILY = re.compile(r"gpt[^a-z0-9]*4(?![0-9]*b(?![a-z])|all)")
"""In what `_bare` leaves of a name. GPT4All and a GPT of 4 or 40 billion parameters are others."""
WITHOUT_GPT_4 = frozenset({"novela"})


AcrossTiers = Literal["never", "as_role_says", "always"]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a run's context says about its models."""

    model: str = OFFLINE
    """One model for all roles, the offline writer, or `live`: each role's own."""
    by_role: Mapping[str, str] = field(default_factory=dict)
    fallbacks: Mapping[str, str] = field(default_factory=dict)
    may_stand_in: bool = True
    tier: Tier = "final"
    across_tiers: AcrossTiers = "always"
    """When a role's own stand-in may be of another tier than the model of the role. One that a person has
    named is of the tier that they wanted."""


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """A model that may answer, and whether a person has named it."""

    name: str
    named: bool


class TextModels:
    """Makes the models of one process: each for one user, whose keys it is asked with."""

    def __init__(
        self,
        base_urls: Mapping[TextProvider, str],
        ring_of: Callable[[str], KeyRing],
        clock: Clock,
        *,
        openai_model: str = "gpt-5",
        proxy: SecretStr | None = None,
    ) -> None:
        self._base_urls, self._ring_of, self._clock = base_urls, ring_of, clock
        self._openai_model, self._proxy = openai_model, proxy
        self._clients: Clients | None = None

    def for_role(self, graph: str, role: str, wanted: Wanted, *, user_id: str) -> ChatModel:
        """The model of a role, with those that stand in for it.

        Raises:
            ModelBanned: the graph refuses it.
            ModelUnknown: the catalogue has no such model.
            PremiumInDraft: a draft, and somebody named a model of the final tier.
            SettingInvalid: the graph has no such role.
        """
        card = role_card(graph, role)
        with said_of(role):
            return self._chosen(graph, card, wanted, user_id)

    def _chosen(self, graph: str, card: RoleCard, wanted: Wanted, user_id: str) -> ChatModel:
        chain = [replace(one, name=self._named(one.name)) for one in _chain(card, wanted)]
        if graph in WITHOUT_GPT_4:
            for one in chain:
                refuse_banned(one.name)
        models = [self._model(name, card, user_id) for name in _in_tier(card, chain, wanted)]
        return models[0] if len(models) == 1 else InTurn(models)

    def named(self, model_id: str, *, user_id: str, patience: Patience | None = None) -> "LiveModel":
        """One vendor's model, outside any role.

        Raises:
            ModelUnknown: the catalogue has no such model.
        """
        return self._live(model_id, user_id, patience or Patience())

    async def close(self) -> None:
        """Close the connections to the vendors."""
        if self._clients is not None:
            await self._clients.close()

    def _named(self, name: str) -> str:
        return self._openai_model if name == OPENAI_MODEL else name

    def _model(self, name: str, card: RoleCard, user_id: str) -> ChatModel:
        if name == OFFLINE:
            return OfflineWriter()
        patience = Patience(timeout_s=card.timeout_s, tries=card.tries, first_s=card.first_s)
        return self._live(name, user_id, patience, effort=card.effort)

    def _live(
        self, name: str, user_id: str, patience: Patience, *, effort: Effort | None = None
    ) -> "LiveModel":
        card = text_card(name)
        # Here and not above: the vendors' packages take two seconds to load, and the offline writer needs
        # none of them.
        from tools.models.live.clients import Clients
        from tools.models.live.line import Line
        from tools.models.live.model import LiveModel

        self._clients = self._clients or Clients(self._base_urls, proxy=self._proxy)
        line = Line(
            card=card, clients=self._clients, keys=self._ring_of(user_id), patience=patience,
            clock=self._clock,
        )  # fmt: skip
        return LiveModel(line, effort=effort)


@contextmanager
def said_of(role: str) -> Iterator[None]:
    """What is wrong with a model is told with the role that it was chosen for."""
    try:
        yield
    except GreenlightError as error:
        error.role = role
        raise


def refuse_banned(model_id: str) -> str:
    """Return the id unless it belongs to the GPT-4 family, in any spelling a vendor or proxy uses.

    Raises:
        ModelBanned: names the model.
    """
    if GPT_4_FAMILY.search(_bare(model_id)):
        raise ModelBanned(
            f"The novela graph does not work with {model_id}: models of the GPT-4 family are refused.",
            details={"model": model_id},
        )
    return model_id


def _bare(name: str) -> str:
    """The name as a vendor or a proxy reads it: plain small letters and figures, nothing unseen."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn"))


def check_name(
    graph: str,
    name: str,
    *,
    stands_in: bool = False,
    roles: Iterable[str] = (),
    openai_model: str = OPENAI_MODEL,
) -> None:
    """See whether a run's context may name this model for these roles; `live` is nobody that could stand in.

    `openai_model` is what OPENAI_MODEL names; unless it is said, it was looked at when the process began.

    Raises:
        ModelBanned: the graph refuses it, or what it means here.
        ModelUnknown: there is none of this name; the message lists those there are.
    """
    own = name == LIVE and not stands_in
    for one in _own_models(graph, roles) if own else [name]:
        meant = openai_model if one == OPENAI_MODEL else one
        if graph in WITHOUT_GPT_4:
            refuse_banned(meant)
        if meant not in (OFFLINE, OPENAI_MODEL):
            text_card(meant)


def check_default(name: str) -> None:
    """See whether OPENAI_MODEL may name this model: every graph's roles may have it, the novela's too.

    Raises:
        ModelBanned, ModelUnknown: it may not.
    """
    refuse_banned(name)
    if name != OFFLINE:
        text_card(name)


def _own_models(graph: str, roles: Iterable[str]) -> list[str]:
    cards = [role_card(graph, role) for role in roles]
    return [one for card in cards for one in (card.model, *card.fallback)]


def premium_named(name: str, tier: Tier) -> str | None:
    """What a draft takes instead of this model, which somebody names; None where it may have the model.

    Raises:
        ModelUnknown: the catalogue has no such model.
    """
    if name in (OFFLINE, OPENAI_MODEL, LIVE) or fits(text_tier(name), tier):
        return None
    return model_in(tier, text_card(name))


def _chain(card: RoleCard, wanted: Wanted) -> list[_Candidate]:
    """The role's model and those behind it; the role's own stand in for its own model only."""
    said = wanted.by_role.get(card.role) or wanted.model
    own = said == LIVE
    behind = [_Candidate(name=name, named=False) for name in (card.fallback if own else ())]
    if card.role in wanted.fallbacks:
        behind = [_said(wanted.fallbacks[card.role])]
    first = _Candidate(name=card.model, named=False) if own else _said(said)
    return [first, *(behind if wanted.may_stand_in else ())]


def _said(name: str) -> _Candidate:
    """Whoever says `openai` leaves it to the setting which model that is."""
    return _Candidate(name=name, named=name != OPENAI_MODEL)


def _in_tier(card: RoleCard, chain: list[_Candidate], wanted: Wanted) -> list[str]:
    """The models that are asked in a production of this tier, each once."""
    says = wanted.across_tiers
    across = card.fallback_of_any_tier if says == "as_role_says" else says == "always"
    first, *behind = [(one, _as_made(one, wanted.tier)) for one in chain]
    of_first = text_tier(first[1])
    kept = [name for one, name in behind if one.named or across or alike(of_first, text_tier(name))]
    return list(dict.fromkeys([first[1], *kept]))


def _as_made(one: _Candidate, tier: Tier) -> str:
    if one.name == OFFLINE or tier == "final":
        return one.name
    draft = model_in(tier, text_card(one.name))
    if one.named and draft != one.name:
        raise PremiumInDraft(
            f"This production is a draft, and {one.name} is a model of the final tier.",
            user_action=f"Name {draft} instead, or fork the production with `tier` final and go on there.",
            details={"model": one.name, "draft": draft},
        )
    return draft
