"""What this place has tried, and whom it could try."""

from contextlib import suppress
from pathlib import Path

from server.trials.verified import Tried
from state.errors import DatabaseError, GreenlightError
from tools.db.embedded import ensure_embedded, release_embedded
from tools.db.places import Places
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.engine_keys import keys_of_process
from tools.model_keys import HOSTS, key_of_process
from tools.settings import Settings

SQL = named_queries(Path(__file__).with_suffix(".sql"))
OWN = "openai_compatible"


async def tried_here(database: Database) -> Tried:
    """Which models were tried, and when last."""
    rows = await database.fetch_all(SQL["all_tried"])
    return {(row["provider"], row["model"]): row["tried_at"] for row in rows}


class LastTried:
    """What was tried, for lists that must be shown while the database is away, too."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._found: Tried = {}

    async def read(self) -> Tried:
        """As it is now, or as it was when it could last be read."""
        with suppress(DatabaseError):
            self._found = await tried_here(self._database)
        return self._found


async def tried_in_place(settings: Settings) -> Tried | None:
    """The same for a look from outside, which changes no schema; None where nobody can say."""
    try:
        if settings.database_url is not None:
            return await _look(settings.database_url.get_secret_value())
        if not Places(settings.data_dir).dsn.exists():
            return {}
        url = await ensure_embedded(settings.data_dir)
        try:
            return await _look(url)
        finally:
            await release_embedded(settings.data_dir)
    except GreenlightError:
        return None


def providers_with_keys(settings: Settings) -> frozenset[str]:
    """Those that this process has a key for, of pictures and sound or of words."""
    words = {one for one in HOSTS if one != OWN and key_of_process(settings, one) is not None}
    return frozenset(keys_of_process(settings)) | words


async def _look(url: str) -> Tried | None:
    database = await Database.open(url, max_size=1, name="doctor")
    try:
        row = await database.fetch_one(SQL["is_there"])
        return await tried_here(database) if row is not None and row["there"] else None
    finally:
        await database.close()
