"""Who speaks a line, with which voice, and what that costs. Nobody is asked and nothing is written down."""

import hashlib
import json
from dataclasses import dataclass
from typing import NoReturn

from server.voiceovers.wish import Film, Wish, said_of
from state.cost import ZERO, Money, PlannedCall, Quote
from state.errors import BriefIncomplete, ReviewRefused
from state.order import Order, VoiceRequest
from state.script import Language
from state.seeds import seed_for
from tools.engines.catalog import models_for
from tools.engines.previz.casting import voices_for
from tools.engines.provider_voices import voice_book
from tools.engines.routing import Route
from tools.orders.planned_sound import planned_speech
from tools.orders.quote import quote
from tools.registry import Toolbox

STAGE = "voiceover"
"""Of its orders: what lines of the editor cost stands in the books under it."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A line that could be spoken."""

    order: Order
    call: PlannedCall
    route: Route
    user_id: str
    request: VoiceRequest

    @property
    def price(self) -> Money:
        """What it costs."""
        return self.call.price

    @property
    def quote(self) -> Quote:
        """The price, as it is written down when it is approved."""
        return quote([self.call])

    @property
    def approval(self) -> str:
        """What its user names to approve it: nobody else's, of no other line, and of this price."""
        told = "\n".join((self.user_id, self.order.production_id, self.quote.quote_id))
        return hashlib.sha256(told.encode()).hexdigest()[:24]

    def is_approved(self, quote_id: str | None) -> bool:
        """Whether it may be bought on this word.

        Raises:
            ReviewRefused: something else was approved.
        """
        if quote_id is not None and quote_id != self.approval:
            raise ReviewRefused(
                "The quote that was approved is not the one of this line.",
                user_action=f"Look at the price again, then approve quote {self.approval}.",
                details={"quote_id": self.approval, "price_usd": self.price.dollars()},
            )
        return self.price == ZERO or quote_id is not None


def plan_of(wish: Wish, film: Film, tools: Toolbox) -> Plan:
    """The order for a line; `tools` are those that this user may order with.

    Raises:
        BriefIncomplete: no such model, or no such voice; the field is named, with those that there are.
        PremiumInDraft: the production is a draft, and this model is of the final tier.
        PriceUnknown: the model has no price.
    """
    wanted = wish.model or film.model
    known = [card.id for card in models_for("voice")]
    if wanted not in known:
        _refuse("model", f"there is no voice model {wanted!r}", f"Use one of {', '.join(known)}.")
    route = tools.route("voice", wanted, tier=film.tier)
    request = VoiceRequest(
        provider=route.provider, model=route.model, text=wish.text, language=wish.language or film.language,
        voice_id=_voice(wish, film, route), expression=wish.expression, speed=wish.speed,
    )  # fmt: skip
    item = _item(request, wish.take)
    request = request.model_copy(update={"seed": seed_for(film.seed, STAGE, item)})
    return Plan(
        order=Order(production_id=film.production_id, stage=STAGE, item=item, request=request),
        call=planned_speech(wish.text, stage=STAGE, item=item, model=route.model, rate=wish.speed),
        route=route, user_id=film.user_id, request=request,
    )  # fmt: skip


def _item(request: VoiceRequest, take: int) -> str:
    told = json.dumps(said_of(request, take), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _voice(wish: Wish, film: Film, route: Route) -> str:
    """The voice that was named, else the narrator's, else the first of this language.

    Raises:
        BriefIncomplete: the model has no such voice.
    """
    language = wish.language or film.language
    if wish.voice:
        if (found := _found(wish.voice, route.model, language)) is None:
            instead = f" speaks, because there is no key for {route.stands_in_for}, and"
            problem = f"{route.model}{instead if route.stands_in_for else ''} has no voice {wish.voice!r}"
            known = ", ".join(_known(route.model, language))
            _refuse("voice", f"{problem} in {language}", f"Use one of {known}, or leave it out.")
        return found
    if (narrator := film.narrator) is not None:
        theirs = narrator.voices.get(route.model, "") if voice_book(route.model) else narrator.voice_id
        if theirs and (found := _found(theirs, route.model, language)) is not None:
            return found
    return _known(route.model, language)[0]


def _found(name: str, model: str, language: Language) -> str | None:
    if (book := voice_book(model)) is not None:
        return book.voice(name)
    return name if name in voices_for(language) else None


def _known(model: str, language: Language) -> tuple[str, ...]:
    book = voice_book(model)
    return book.names if book is not None else tuple(voices_for(language))


def _refuse(field: str, problem: str, fix: str) -> NoReturn:
    raise BriefIncomplete(
        f"{field}: {problem}",
        user_action=fix,
        details={"fields": [{"field": field, "problem": problem, "fix": fix}]},
    )
