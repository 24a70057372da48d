"""One house for every stock client: on a loop of its own, so that it lives on between the tests.

The first episode in a house waits for the processes that draw and speak; whoever comes later does not.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from anyio.from_thread import start_blocking_portal
from langgraph_sdk.client import LangGraphClient

from tests.acceptance.studio_lot import house
from tests.integration.protocol.live import listening

Bought = list[tuple[str, str, int]]


@contextmanager
def shared_house(database_url: str, folder: Path, models: Path) -> Iterator[str]:
    """The address at which it answers."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(_served(database_url, folder, models)) as url,
    ):
        yield url


@asynccontextmanager
async def _served(database_url: str, folder: Path, models: Path) -> AsyncIterator[str]:
    async with (
        house(database_url, folder, models) as parts,
        listening(parts.house, parts.tools.settings) as live,
    ):
        yield live.url


async def bought(client: LangGraphClient, thread: str) -> Bought:
    """Stage, item and take of all that engines were asked for, oldest first."""
    costs = await client.http.get(f"/api/productions/{thread}/costs")
    calls = costs["data"]["calls"]
    return [(one["stage"], one["item"], one["takeNumber"]) for one in calls if one["kind"] == "engine"]
