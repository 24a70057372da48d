"""A production with a lease, a provider that outlives us, and workers that order from it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes import FakeStore
from tests.integration.orders.shop import Shop, Worker
from tools.db.pool import Database


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    folder = tmp_path / "store"
    folder.mkdir()
    return Shop(database, FakeStore(folder))


@pytest.fixture
async def production(shop: Shop) -> str:
    return await shop.production()


@pytest.fixture
async def worker(shop: Shop, production: str) -> AsyncIterator[Worker]:
    made = await shop.worker(production)
    yield made
    await made.orders.close()
