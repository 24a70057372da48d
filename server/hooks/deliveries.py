"""What was sent to an endpoint: the list, every attempt, once more by hand, and a message to try it with."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.hooks.endpoints import Endpoints
from state.errors import RecordConflict, RecordNotFound
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
TEST = "webhook.test"
DeliveryStatus = Literal["waiting", "delivered", "failed", "dropped"]


@dataclass(frozen=True)
class Deliveries:
    """The outbox as the owner of an endpoint sees it."""

    endpoints: Endpoints

    async def listed(
        self, user_id: str, endpoint_id: str, *, status: DeliveryStatus | None, limit: int, offset: int
    ) -> tuple[list[DictRow], int]:
        """A page of them, newest first, and how many there are.

        Raises:
            RecordNotFound: this user has no such endpoint.
        """
        await self.endpoints.read(user_id, endpoint_id)
        named = {**self._named(user_id, endpoint_id), "status": status, "limit": limit, "offset": offset}
        rows = await self.endpoints.database.fetch_all(SQL["list"], named)
        return rows, rows[0]["total"] if rows else 0

    async def read(self, user_id: str, endpoint_id: str, delivery_id: str) -> DictRow:
        """One of them with its data and all `tries`.

        Raises:
            RecordNotFound: this endpoint of this user has no such delivery.
        """
        named = {**self._named(user_id, endpoint_id), "id": delivery_id}
        row = await self.endpoints.database.fetch_one(SQL["one"], named)
        if row is None:
            raise RecordNotFound("This webhook has no such delivery.")
        tries = await self.endpoints.database.fetch_all(SQL["attempts"], {"id": delivery_id})
        return {**row, "tries": tries}

    async def send_again(self, user_id: str, endpoint_id: str, delivery_id: str) -> DictRow:
        """Send it once more, under the same id, as soon as somebody is free.

        Raises:
            RecordNotFound: this endpoint of this user has no such delivery.
            RecordConflict: it is on its way, or the endpoint is switched off.
        """
        await self.read(user_id, endpoint_id, delivery_id)
        await self._listening(user_id, endpoint_id)
        named = {**self._named(user_id, endpoint_id), "id": delivery_id}
        if await self.endpoints.database.fetch_one(SQL["again"], named) is None:
            raise RecordConflict("It is being sent at this moment.", user_action="Look at it in a minute.")
        return await self.read(user_id, endpoint_id, delivery_id)

    async def send_test(self, user_id: str, endpoint_id: str) -> DictRow:
        """A message of type `webhook.test`, sent like every other one.

        Raises:
            RecordNotFound: this user has no such endpoint.
            RecordConflict: it is switched off.
        """
        await self._listening(user_id, endpoint_id)
        data = {"message": "This is a test. Nothing has happened."}
        named: dict[str, Any] = {
            **self._named(user_id, endpoint_id), "key": f"test:{uuid.uuid4()}", "data": Jsonb(data),
        }  # fmt: skip
        row = await self.endpoints.database.fetch_one(SQL["test"], named)
        if row is None:
            raise RecordNotFound("There is no such account any more.")
        return await self.read(user_id, endpoint_id, row["id"])

    async def _listening(self, user_id: str, endpoint_id: str) -> None:
        if not (await self.endpoints.read(user_id, endpoint_id))["enabled"]:
            raise RecordConflict("This webhook is switched off.", user_action="Switch it on first.")

    def _named(self, user_id: str, endpoint_id: str) -> dict[str, Any]:
        return {"user": user_id, "endpoint": endpoint_id, "now": self.endpoints.clock.now()}
