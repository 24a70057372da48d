"""Agents that ask the stand-in vendors, over a ledger of their own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from state.cost import Money
from tests.conftest import TEMPLATE, in_database
from tests.fakes import FakeStore
from tests.integration.models_money.asking import Asker
from tests.integration.orders.shop import Shop
from tests.postgres import empty_at
from tests.standins.model_vendors import Vendors, model_vendors_here
from tools.db.pool import Database

SHARED = "test_models_money"


@pytest.fixture(scope="session")
def shared_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One database for these tests: copying one for each would cost more than the tests."""
    postgres_admin.execute(f"create database {SHARED} template {TEMPLATE}")
    yield in_database(postgres_url, SHARED)
    postgres_admin.execute(f"drop database {SHARED} with (force)")


@pytest.fixture
async def database(shared_url: str) -> AsyncIterator[Database]:
    """An open pool on the shared database, emptied."""
    empty_at(shared_url, "productions", "spending_stops", "spending_rules", "spending_warnings")
    opened = await Database.open(shared_url, max_size=8, name="test")
    yield opened
    await opened.close()


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    folder = tmp_path / "store"
    folder.mkdir()
    return Shop(database, FakeStore(folder))


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with model_vendors_here() as opened:
        yield opened


@pytest.fixture
async def asker(shop: Shop, vendors: Vendors) -> AsyncIterator[Asker]:
    production = await shop.production(ceiling=Money.usd("100000"))
    made = Asker(shop, vendors, await shop.worker(production))
    yield made
    await made.close()
