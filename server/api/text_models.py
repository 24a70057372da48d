"""The language models that may write, and which of them this user can have here: no provider is asked."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from server.api.wire import Answer, Wire
from server.briefs import BRIEFS
from server.deps import House, HouseDep, UserDep
from server.limits.guard import COUNTED
from server.trials.verified import Doubt, Tried, text_doubts
from state.errors import ModelBanned, PriceUnknown
from state.tier import Tier
from tools.ledger.pricing import text_entry
from tools.model_keys import HOSTS, VARIABLES, key_of_process
from tools.models.catalog import OFFLINE, TextModelCard, TextProvider, text_card, text_models
from tools.models.choose import check_name, premium_named
from tools.models.roles import OPENAI_MODEL, roles

router = APIRouter(prefix="/api/models/text", tags=["models"], dependencies=COUNTED)
LENT = ("active", "rate_limited")
"""A key of one's own that is lent now or soon."""


class TextModelView(Wire):
    """One language model."""

    id: str = Field(description="As in `text_model` of a context.", examples=["gpt-5"])
    name: str = Field(description="Its name.")
    provider: TextProvider = Field(description="Whose it is.")
    tier: Literal["draft", "final"] = Field(description="What it is good enough for.")
    here: bool = Field(description="Whether there is a key for it: your own, or this server's.")
    fits: bool = Field(description="Whether the graph and the tier that were asked for take it.")
    unverified: list[Doubt] = Field(description="`price`, unless somebody compared it with a bill.")
    tried_at: datetime | None = Field(
        description="When a trial of this server last had an answer of it; null is never."
    )
    input_usd: str | None = Field(
        description="US dollars for a million tokens that it reads; null is unknown.", examples=["1.25"]
    )
    output_usd: str | None = Field(description="The same for those that it writes.", examples=["10"])


class TextRoleView(Wire):
    """The model that `live` means for a role."""

    graph: str = Field(description="The role's graph.", examples=["novela"])
    role: str = Field(description="As in `text_models` of a context.", examples=["script_writer"])
    model: str = Field(description="The role's own model.", examples=["gpt-5"])
    here: bool = Field(description="Whether there is a key for it.")


class TextCatalogueView(Wire):
    """Who may write here."""

    models: list[TextModelView] = Field(description="Every language model that we know.")
    roles: list[TextRoleView] = Field(description="What `live` means, for the graph that was asked for.")
    own_server: bool = Field(description="Whether models `own/NAME` of a server of one's own can be asked.")
    settings: list[str] = Field(
        description="What to set for those that are not here.", examples=[["OPENAI_API_KEY"]]
    )


@router.get("", summary="List language models")
async def list_text_models(
    house: HouseDep,
    user_id: UserDep,
    graph: Annotated[str, Query(max_length=60, description="Whose agents would have them.")] = "",
    tier: Annotated[Tier, Query(description="Of which tier the production would be.")] = "final",
) -> Answer[TextCatalogueView]:
    """All that may write, what they cost, and for which of them this user has a key here."""
    here = await _providers(house, user_id)
    tried = await house.tried.read()
    missing = [VARIABLES[one] for one in VARIABLES if one not in here]
    return Answer(
        data=TextCatalogueView(
            models=[_model(card, here, graph, tier, tried) for card in text_models()],
            roles=_roles(house.settings.openai_model, here, graph),
            own_server="openai_compatible" in here,
            settings=missing,
        )
    )


async def _providers(house: House, user_id: str) -> set[TextProvider]:
    """Those for which there is a key."""
    own = {row["provider"] for row in await house.provider_keys.listed(user_id) if row["status"] in LENT}
    return {one for one in HOSTS if one in own or key_of_process(house.settings, one) is not None}


def _model(
    card: TextModelCard, here: set[TextProvider], graph: str, tier: Tier, tried: Tried
) -> TextModelView:
    read, written = _prices(card)
    return TextModelView(
        id=card.id, name=card.title, provider=card.provider, tier=card.tier, here=card.provider in here,
        fits=_fits(card, graph, tier), unverified=list(text_doubts(card)),
        tried_at=tried.get((card.provider, card.id)), input_usd=read, output_usd=written,
    )  # fmt: skip


def _fits(card: TextModelCard, graph: str, tier: Tier) -> bool:
    try:
        check_name(graph, card.id)
    except ModelBanned:
        return False
    return premium_named(card.id, tier) is None


def _prices(card: TextModelCard) -> tuple[str, str] | tuple[None, None]:
    try:
        entry = text_entry(card.provider, card.id)
    except PriceUnknown:
        return None, None
    return str(entry.input), str(entry.output)


def _roles(openai_model: str, here: set[TextProvider], wanted: str) -> list[TextRoleView]:
    found = [
        (card.graph, card.role, openai_model if card.model == OPENAI_MODEL else card.model)
        for card in roles()
        if card.graph in BRIEFS and wanted in ("", card.graph)
    ]
    return [
        TextRoleView(
            graph=graph, role=role, model=name, here=name == OFFLINE or text_card(name).provider in here
        )
        for graph, role, name in found
    ]
