"""The switch that stops spending: for one user, or for everybody."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel

from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("stops.sql"))


class Stop(BaseModel, frozen=True):
    """One stop of spending, from its beginning to its release."""

    stop_id: int
    user_id: str | None
    """Whose spending; None is everybody's."""
    reason: str
    stopped_by: str
    stopped_at: datetime
    """No paid request left after this."""
    on_their_way: int
    """Requests that could not be held back any more: they were allowed to leave a moment before."""
    at_providers: int
    """Jobs that providers had already; they are paid, and fetched."""
    stops_jobs: bool = False
    """Whether those are stopped instead, where they still can be."""
    released_by: str | None = None
    released_at: datetime | None = None


class Stops:
    """Stops and releases. Holds no state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stop(self, user_id: str | None, *, by: str, reason: str = "", jobs: bool = False) -> Stop:
        """Stop spending: once this returns no paid request leaves. A stop in force stays as it is.

        With `jobs` paid jobs at providers are stopped there, too: whoever sweeps tells them. A user's own
        stop and that of somebody else for this user stand beside each other.
        """
        asked = {"user": user_id, "by": by, "reason": reason}
        row = await self._database.fetch_one(SQL["stop"], asked)
        assert row is not None  # noqa: S101 - the function returns the row in force
        if jobs:
            row = await self._database.fetch_one(SQL["stop_jobs"], {"stop": row["stop_id"]}) or row
        return Stop.model_validate(row)

    async def release(self, user_id: str | None, *, by: str, own: bool = False) -> Stop | None:
        """Release the stop of this user, or of everybody; the stop that was in force, None where none was.

        Where two are in force it is somebody else's; with `own` it is only ever the user's own.
        """
        row = await self._database.fetch_one(SQL["release"], {"user": user_id, "by": by, "own": own})
        return None if row is None else Stop.model_validate(row)

    async def in_force(self, user_id: str | None = None) -> list[Stop]:
        """The stops that hold this user up, or all there are; the whole place's first."""
        rows = await self._database.fetch_all(SQL["in_force"], {"user": user_id})
        return [Stop.model_validate(row) for row in rows]

    async def is_user(self, user_id: str) -> bool:
        """Whether there is such a user to stop."""
        return await self._database.fetch_one(SQL["is_user"], {"user": user_id}) is not None
