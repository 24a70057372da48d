"""A production with a lease, a provider that outlives us, and workers that order from it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import TEMPLATE, in_database
from tests.fakes import FakeStore
from tests.integration.orders.shop import Shop, Worker
from tests.postgres import empty_at
from tools.db.pool import Database

SHARED = "test_orders"
MONEY = ("spending_stops", "spending_rules", "spending_warnings", "spending_alerts", "audit_logs")


@pytest.fixture(scope="session")
def shared_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One database for these tests: copying one for each would cost more than the tests."""
    postgres_admin.execute(f"create database {SHARED} template {TEMPLATE}")
    yield in_database(postgres_url, SHARED)
    postgres_admin.execute(f"drop database {SHARED} with (force)")


@pytest.fixture
async def database(shared_url: str) -> AsyncIterator[Database]:
    """An open pool on the shared database, emptied."""
    empty_at(shared_url, "productions", "breakers", "provider_limits", *MONEY)
    opened = await Database.open(shared_url, max_size=8, name="test")
    yield opened
    await opened.close()


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
