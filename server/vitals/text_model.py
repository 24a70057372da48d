"""Whether the vendor offers the model that agents ask by default: looked up once, when the service is up."""

import asyncio
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

import structlog
from pydantic import SecretStr

from state.errors import GreenlightError
from tools.clock import Clock
from tools.model_keys import HOSTS, base_url, key_of_process
from tools.models.catalog import TextModelCard, text_card
from tools.settings import Settings

log = structlog.stdlib.get_logger(__name__)
PATIENCE_S = 5.0
State = Literal["available", "missing", "unknown"]


@dataclass
class SeenModel:
    """The default model, and what is known of it in this process."""

    name: str
    state: State = "unknown"


async def look_for_model(settings: Settings, seen: SeenModel, *, clock: Clock) -> None:
    """Ask the vendor's list of models once and keep what it says. Nothing leaves without a key.

    Whatever goes wrong is told in the log: the model stays unknown, and the service goes on.
    """
    try:
        card = text_card(seen.name)
        key = key_of_process(settings, card.provider)
        if key is None:
            return
        offered = await _offered(settings, card, key, clock=clock)
    except GreenlightError as exc:
        log.warning("text_model_unknown", model=seen.name, problem=exc.message, advice=exc.user_action)
        return
    seen.state = "available" if card.vendor in offered else "missing"
    if seen.state == "available":
        log.info("text_model_available", model=seen.name, provider=card.provider)
    else:
        advice = "Ask the vendor for access with this key, or name another model with OPENAI_MODEL."
        log.warning("text_model_missing", model=seen.name, provider=card.provider, advice=advice)


async def _offered(
    settings: Settings, card: TextModelCard, key: SecretStr, *, clock: Clock
) -> tuple[str, ...]:
    # In a thread: the vendors' packages take seconds to load, and the service answers meanwhile.
    await asyncio.to_thread(import_module, "tools.models.live.listing")
    from tools.models.live.clients import Clients
    from tools.models.live.lending import lent
    from tools.models.live.listing import offered_by

    urls = {name: base_url(settings, name) for name in HOSTS}
    clients = Clients(urls, proxy=settings.https_proxy)
    try:
        with lent(key):
            return await offered_by(clients.client(card), card, clock=clock, timeout_s=PATIENCE_S)
    finally:
        await clients.close()
