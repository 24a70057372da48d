"""A database of their own for all storms."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import TEMPLATE, in_database
from tests.fakes import FakeStore
from tests.integration.orders.shop import Shop
from tests.postgres import empty_at
from tools.db.pool import Database
from tools.orders import buying
from tools.orders.patience import Patience, patience_of

SHARED = "test_storms"


@pytest.fixture(scope="session")
def shared_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    postgres_admin.execute(f"create database {SHARED} template {TEMPLATE}")
    yield in_database(postgres_url, SHARED)
    postgres_admin.execute(f"drop database {SHARED} with (force)")


@pytest.fixture
async def database(shared_url: str) -> AsyncIterator[Database]:
    """An open pool on the shared database, emptied."""
    empty_at(shared_url, "productions", "breakers", "provider_limits")
    opened = await Database.open(shared_url, max_size=16, name="test")
    yield opened
    await opened.close()


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    folder = tmp_path / "store"
    folder.mkdir()
    return Shop(database, FakeStore(folder))


@pytest.fixture(autouse=True)
def answers_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in earnest for as long as a picture may take: that is the one wait on no clock of ours."""

    def hurried(model: str) -> Patience:
        return Patience(ends_in_s=patience_of(model).ends_in_s)

    monkeypatch.setattr(buying, "patience_of", hurried)
