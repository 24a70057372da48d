"""A process that has one question answered by a vendor, and is killed. Run by `test_text_kill.py`.

With UNRECORDED set it kills itself when the answer has come, before it is written down.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from pydantic import SecretStr

from nodes.agents.agent import TextKey
from state.order import TextAnswer, TextOrder
from tests.fakes import FakeStore
from tests.integration.models_money.asking import PATIENCE, PLENTY, Noter, Question
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.models.base import Booking, TextEnd
from tools.models.catalog import TextProvider, text_card
from tools.models.live.clients import Clients
from tools.models.live.keys import LentKey
from tools.models.live.line import Line
from tools.models.live.model import LiveModel
from tools.orders.place import Orders
from tools.settings import read_settings


class Dying:
    """The booking, with death in the place of what would be noted."""

    def __init__(self, booking: Booking) -> None:
        self.begin = booking.begin

    def end(self, ended: TextEnd) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Recorder:
    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    async def ask(self, order: TextOrder, call: Any, *, allowance: Any = None) -> TextAnswer:
        dying = (lambda booking: call(Dying(booking))) if os.environ.get("UNRECORDED") else call
        return await self._orders.ask(order, dying, allowance=PLENTY)


class OneKey:
    async def lend(self, provider: TextProvider, *, but: Sequence[LentKey] = ()) -> LentKey:
        return LentKey(SecretStr(os.environ["VENDOR_KEY"]))

    async def note_trouble(self, *_: Any, **__: Any) -> None:
        """There is one key."""


async def main(production_id: str, model: str, words: str) -> None:
    settings = read_settings()
    assert settings.database_url is not None
    database = await Database.open(settings.database_url.get_secret_value(), max_size=2, name="victim")
    orders = Orders(database, FakeStore(settings.data_dir), {})
    card = text_card(model)
    clients = Clients({card.provider: os.environ["VENDOR_URL"]})
    line = Line(card=card, clients=clients, keys=OneKey(), patience=PATIENCE, clock=SystemClock())
    key = TextKey(production_id=production_id, stage="script", item=words)
    await Noter(LiveModel(line), Recorder(orders)).run(Question(words=words), key=key)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
