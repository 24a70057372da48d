"""A Postgres of a test's own, which dies and comes back when it is told to."""

import asyncio
from pathlib import Path

from tests.postgres import Death, end_server
from tools.db.embedded import ensure_embedded, release_embedded


class OwnPostgres:
    """The server of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""

    async def start(self) -> None:
        """Start it, or start it again, and wait until it answers."""
        began = bool(self.url)
        self.url = await ensure_embedded(self.folder, durable=False)
        if began:
            await release_embedded(self.folder)

    async def die(self, death: Death) -> None:
        """End every process of it, one way or the other."""
        await asyncio.to_thread(end_server, self.folder, death)
