"""Lines of `greenlight doctor --provider X`: is the vendor of language models there, and what does it take?

The list of models costs nothing; the one answer after it is the cheapest that can be bought. It belongs to no
production, and is booked in the ledger of this place as the text of whoever asks. While spending is stopped
nobody is asked at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

from server.accounts.visitor import LOCAL_USER
from server.vitals.trial import Books, books_of
from state.cost import ZERO, Money
from state.errors import GreenlightError, PriceUnknown, SpendingBlocked
from state.order import TextAnswer, Usage
from tools.clock import Clock
from tools.db.doctor import Check, Status
from tools.ledger.pricing import text_entry, text_price
from tools.model_keys import HOSTS, VARIABLES, base_url, key_of_process
from tools.models.base import Booking
from tools.models.catalog import OWN_SERVER, TextModelCard, TextProvider, text_card, text_models
from tools.models.live.asked import Asked, Listener
from tools.models.live.clients import Clients
from tools.models.live.keys import LentKey, Trouble
from tools.models.live.lending import lent
from tools.models.live.line import Line
from tools.models.live.listing import offered_by
from tools.models.live.patience import Patience
from tools.models.roles import OPENAI_MODEL, roles
from tools.settings import Settings

Vendor = Literal["openai", "google", "deepseek", "own"]
TOKENS = 16
QUESTION = Asked(system="", text="Say yes.", max_tokens=TOKENS)
PATIENCE = Patience(timeout_s=30.0, tries=1)


@dataclass(frozen=True)
class _OnlyKey:
    """The key of this process. Fits `tools.models.live.keys.KeyRing`."""

    key: LentKey

    async def lend(self, provider: TextProvider, *, but: Sequence[LentKey] = ()) -> LentKey:
        return self.key

    async def note_trouble(self, key: LentKey, trouble: Trouble, *, rest_s: float) -> None:
        """It is nobody's own: there is nothing to note."""


async def check_vendor(
    settings: Settings, vendor: Vendor, *, clock: Clock, user_id: str = LOCAL_USER
) -> list[Check]:
    """Ask for the models, then for one answer; what fails ends it with what to do. The user pays."""
    provider: TextProvider = "openai_compatible" if vendor == "own" else vendor
    secret = key_of_process(settings, provider)
    if secret is None:
        return [_failed(f"{vendor} key", f"{VARIABLES[provider]} is not set", f"Set {VARIABLES[provider]}.")]
    try:
        async with books_of(settings, user_id=user_id) as books:
            if vendor != "own":  # what costs nothing is never refused
                await books.refuse_if_stopped()
            return await _asked(settings, vendor, provider, secret, books=books, clock=clock)
    except GreenlightError as error:
        name = "spending" if isinstance(error, SpendingBlocked) else "database"
        return [_failed(name, f"{error.message} ({error.code}); nobody was asked", error.user_action)]


async def _asked(
    settings: Settings, vendor: Vendor, provider: TextProvider, secret: SecretStr, *, books: Books,
    clock: Clock,
) -> list[Check]:  # fmt: skip
    urls = {name: base_url(settings, name) for name in HOSTS}
    clients = Clients(urls, proxy=settings.https_proxy)
    found, step = list[Check](), "models"
    try:
        key, any_card = LentKey(secret), _any_card(provider)
        with lent(secret):
            offered = await offered_by(
                clients.client(any_card), any_card, clock=clock, timeout_s=PATIENCE.timeout_s
            )
        found.append(_models(vendor, offered, _wanted(settings, provider)))
        if (card := _cheapest(provider, offered)) is not None:
            step = "answer"
            line = Line(card=card, clients=clients, keys=_OnlyKey(key), patience=PATIENCE, clock=clock)
            began = clock.monotonic()
            answer = await _answer(line, books)
            found.append(_answered(vendor, card, answer, books, clock.monotonic() - began))
    except GreenlightError as error:
        message = f"{error.message} ({error.code}){_charged(error)}"
        found.append(_failed(f"{vendor} {step}", message, error.user_action))
    finally:
        await clients.close()
    return found


def _any_card(provider: TextProvider) -> TextModelCard:
    known = [card for card in text_models() if card.provider == provider]
    return known[0] if known else text_card(f"{OWN_SERVER}any")


def _wanted(settings: Settings, provider: TextProvider) -> list[str]:
    """The models of this provider that roles have by default."""
    told = {name for role in roles() for name in (role.model, *role.fallback)}
    cards = [text_card(settings.openai_model if name == OPENAI_MODEL else name) for name in sorted(told)]
    return sorted({card.vendor for card in cards if card.provider == provider})


def _cheapest(provider: TextProvider, offered: tuple[str, ...]) -> TextModelCard | None:
    """The model that asks the least for what it writes; of a server of one's own, the first it names."""
    if provider == "openai_compatible":
        return text_card(f"{OWN_SERVER}{offered[0]}") if offered else None
    cards = [card for card in text_models() if card.provider == provider and card.vendor in offered]
    return min(cards, key=lambda card: text_entry(provider, card.id).output, default=None)


def _models(vendor: Vendor, offered: tuple[str, ...], wanted: list[str]) -> Check:
    missing = [name for name in wanted if name not in offered]
    message = f"{len(offered)} offered"
    if present := [name for name in wanted if name in offered]:
        message += f"; {', '.join(present)} {'is' if len(present) == 1 else 'are'} there"
    if not missing and offered:
        return _check(f"{vendor} models", "ok", message)
    lacks = f"; {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not" if missing else ""
    remedy = "Ask the vendor for access with this key, or name another model for the roles that use it"
    remedy += " (OPENAI_MODEL)." if vendor == "openai" else "."
    return _failed(f"{vendor} models", message + lacks, remedy)


async def _answer(line: Line, books: Books) -> TextAnswer:
    async def ask(booking: Booking) -> TextAnswer:
        reply = await line.ask(QUESTION, booking, Listener())
        told = {"content": {"text": reply.text}, "provider": line.card.provider, "model": line.card.id}
        return TextAnswer.model_validate({**told, "usage": reply.usage})

    return await books.ask(ask, provider=line.card.provider, model=line.card.id, prompt=QUESTION.text)


def _answered(vendor: Vendor, card: TextModelCard, answer: TextAnswer, books: Books, took_s: float) -> Check:
    tokens = f"{answer.usage.prompt_tokens} tokens read, {answer.usage.completion_tokens} written"
    message = f"{card.title} answered in {took_s:.1f} s: {tokens}, {_price(card, answer.usage)}, {books.told}"
    return _check(f"{vendor} answer", "ok", message)


def _charged(error: GreenlightError) -> str:
    """What a failure cost, where the books know."""
    most = error.details.get("perhaps_charged_usd")
    return "" if most is None else f"; it may have cost ${most}, booked as unknown"


def _price(card: TextModelCard, took: Usage) -> str:
    cost = _cost(card, took)
    if cost is None:
        return "no price in the book"
    if took.estimated and cost != ZERO:
        return "of unknown price: the vendor counted nothing"
    return f"${cost.as_usd():f}"


def _cost(card: TextModelCard, took: Usage) -> Money | None:
    try:
        return text_price(
            card.provider, card.id, prompt_tokens=took.prompt_tokens, cached_tokens=took.cached_tokens,
            completion_tokens=took.completion_tokens,
        )  # fmt: skip
    except PriceUnknown:
        return None


def _check(name: str, status: Status, message: str, remedy: str = "") -> Check:
    return Check(name=name, status=status, message=message, remedy=remedy)


def _failed(name: str, message: str, remedy: str) -> Check:
    return _check(name, "failed", message, remedy)
