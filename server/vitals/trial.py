"""The books of one paid question that no production asks: those of this place, where it has any."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from state.order import TextAnswer, TextOrder
from tools.db.connect import open_database
from tools.db.places import Places
from tools.ledger.ledger import Ledger
from tools.ledger.refusals import refusal_error
from tools.ledger.stops import Stops
from tools.models.base import UNBOOKED
from tools.orders.asking import Call, ask_alone
from tools.orders.options import OrderOptions
from tools.settings import Settings

STAGE = "doctor"


@dataclass(frozen=True)
class Books:
    """Where a trial is booked; without a ledger nowhere, and nobody can have stopped it."""

    ledger: Ledger | None
    user_id: str

    @property
    def told(self) -> str:
        """What a person is told of the booking."""
        if self.ledger is None:
            return "not booked: there is no database here"
        return f"booked for {self.user_id} (`greenlight costs --by provider,model`)"

    async def refuse_if_stopped(self) -> None:
        """Look at the stop switch before anything leaves, free questions too.

        Raises:
            SpendingStopped: for everybody, or for this user.
        """
        stops = await Stops(self.ledger.database).in_force(self.user_id) if self.ledger is not None else []
        for stop in stops:
            reason = "stopped_all" if stop.user_id is None else "stopped_user"
            raise refusal_error({"reason": reason, "stop_id": stop.stop_id, "why": stop.reason})

    async def ask(self, call: Call, *, provider: str, model: str, prompt: str) -> TextAnswer:
        """Make the call, and book each request of it.

        Raises:
            SpendingBlocked: nothing left.
            GreenlightError: what the call raised.
        """
        if self.ledger is None:
            return await call(UNBOOKED)
        order = TextOrder(
            production_id="", stage=STAGE, item=uuid.uuid4().hex, agent=STAGE, provider=provider, model=model,
            prompt=prompt, prompt_digest="",
        )  # fmt: skip
        return await ask_alone(self.ledger, order, call, user_id=self.user_id)


@asynccontextmanager
async def books_of(settings: Settings, *, user_id: str) -> AsyncIterator[Books]:
    """The books of this place: of the database that is named, or of the embedded one if it was ever begun.

    Raises:
        DatabaseDown, SchemaOutdated, DatabaseHalted: there are books, and they cannot be opened.
    """
    if settings.database_url is None and not Places(settings.data_dir).dsn.exists():
        yield Books(None, user_id)
        return
    database = await open_database(settings, max_size=2, name="greenlight doctor")
    try:
        day_budget = OrderOptions.from_settings(settings).day_budget
        yield Books(Ledger(database, day_budget=day_budget), user_id)
    finally:
        await database.close()
