"""The equipment of this process: one toolbox, opened once, looked up by name.

Live objects never travel in state or context; nodes ask for the toolbox instead. The
server opens it in its lifespan; under Studio or in a script the first node opens it.
"""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from state.errors import FolderUnwritable
from state.order import Medium
from state.tier import Tier
from tools.clock import Clock, SystemClock
from tools.db.connect import open_database
from tools.db.pool import Database
from tools.engine_keys import VARIABLES, ProvidersKeys
from tools.engines.base import Engine
from tools.engines.catalog import made_in, model_card
from tools.engines.previz.engine import Previz
from tools.engines.previz.remote import RemotePreviz
from tools.engines.previz.renderers import renderers_for
from tools.engines.routing import Route, route_to
from tools.live_engines import Engines, open_engines
from tools.media.open import open_store
from tools.media.store import MediaStore
from tools.model_keys import open_models
from tools.models.choose import TextModels
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.orders.rings import Rings
from tools.orders.webhook_urls import webhook_url_of
from tools.redaction import REDACT, known_secrets
from tools.settings import Settings, settings
from tools.vault.provider_keys import ProviderKeys, open_provider_keys


@dataclass(frozen=True, kw_only=True)
class Toolbox:
    """Everything a node may use."""

    settings: Settings
    database: Database
    media: MediaStore
    engines: Mapping[str, Engine]
    """Those that may be ordered from; see `for_user`."""
    orders: Orders
    models: TextModels
    provider_keys: ProviderKeys
    """Users' own keys, to be looked up in the moment of a call."""
    clock: Clock
    engine_keys: ProvidersKeys | None = None
    """Says whose engines a user has keys for; None where no engine wants one."""
    rings: Rings | None = None
    """Hears when a provider rings; None where none can."""

    async def for_user(self, user_id: str) -> "Toolbox":
        """The same equipment with those engines alone that there is a key for, a user's or the process's."""
        if self.engine_keys is None:
            return self
        known = await self.engine_keys.providers_of(user_id)
        mine = [name for name in self.engines if name not in VARIABLES or name in known]
        return replace(self, engines={name: self.engines[name] for name in mine})

    def route(self, medium: Medium, model_id: str, *, tier: Tier = "final") -> Route:
        """Where an order for this model goes; a stand-in, or its draft, says what it stands in for.

        Raises:
            PremiumInDraft: a draft may not have this model, and there is none to take instead.
        """
        made = made_in(tier, model_id)
        route = route_to(medium, made, self.engines, provider=model_card(made).provider)
        return route if made == model_id else replace(route, stands_in_for=model_id)

    async def close(self) -> None:
        """Give everything back."""
        await self.orders.close()
        await self.models.close()
        for engine in self.engines.ready if isinstance(self.engines, Engines) else self.engines.values():
            await engine.aclose()
        if self.rings is not None:
            await self.rings.close()
        await self.media.close()
        await self.database.close()


_open: WeakKeyDictionary[asyncio.AbstractEventLoop, Toolbox] = WeakKeyDictionary()
_opening: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def toolbox() -> Toolbox:
    """The toolbox of this event loop, opened from the environment's settings if nobody has done so."""
    loop = asyncio.get_running_loop()
    async with _opening.setdefault(loop, asyncio.Lock()):
        if loop not in _open:
            _open[loop] = await open_toolbox(await asyncio.to_thread(settings))
        return _open[loop]


async def toolbox_for(user_id: str) -> Toolbox:
    """The toolbox of this event loop as one user may order from it."""
    return await (await toolbox()).for_user(user_id)


async def close_toolbox() -> None:
    """Close the toolbox of this event loop for good, if the first node opened one."""
    loop = asyncio.get_running_loop()
    # Never released: a node that still asks waits until the stopping server cancels it.
    await _opening.setdefault(loop, asyncio.Lock()).acquire()
    if (tools := _open.pop(loop, None)) is not None:
        await tools.close()


def use_toolbox(tools: Toolbox | None) -> None:
    """Make this the toolbox of the running event loop; None forgets it."""
    loop = asyncio.get_running_loop()
    if tools is None:
        _open.pop(loop, None)
    else:
        _open[loop] = tools


async def open_toolbox(chosen: Settings) -> Toolbox:
    """Open the database, the store and the engines.

    Raises:
        FolderUnwritable: the data folder, or that of the media, cannot be used.
        DatabaseDown: the database does not answer.
        SettingInvalid: the keys of the bucket are there by half.
    """
    REDACT.learn(known_secrets(chosen))
    await asyncio.to_thread(_prepare, chosen.data_dir)
    database = await open_database(chosen)
    try:
        media = await open_store(chosen)
    except BaseException:
        await database.close()
        raise
    clock = SystemClock()
    engines = open_engines(chosen, _previz(chosen), clock)
    options = OrderOptions.from_settings(chosen)
    keys = open_provider_keys(chosen, database, clock)
    engine_keys = ProvidersKeys(keys, chosen)
    # Without an address that providers can reach nobody rings, and nobody listens.
    rings = Rings(database) if chosen.public_url else None
    if rings is not None:
        await rings.open()
    orders = Orders(
        database, media, engines, options=options, clock=clock, keys=engine_keys,
        webhook_of=partial(webhook_url_of, settings=chosen), rings=rings,
    )  # fmt: skip
    models = open_models(chosen, keys, clock)
    return Toolbox(
        settings=chosen, database=database, media=media, engines=engines, orders=orders, models=models,
        provider_keys=keys, clock=clock, engine_keys=engine_keys, rings=rings,
    )  # fmt: skip


def _previz(chosen: Settings) -> Engine:
    if chosen.previz_url:
        return RemotePreviz(chosen.previz_url)
    renderers = partial(renderers_for, models=chosen.data_dir / "models")
    return Previz(chosen.data_dir / "previz", processes=chosen.render_processes, renderers=renderers)


def _prepare(folder: Path) -> None:
    probe = folder / f".writable-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
    except OSError as exc:
        raise FolderUnwritable(f"{folder} cannot be written to: {exc.strerror}") from exc
    finally:
        with suppress(OSError):
            probe.unlink()
