"""The API's house on a database of this folder's own, and the stock Python client in front of it."""

import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from langgraph_sdk.client import LangGraphClient

from tests.conftest import TEMPLATE, fresh_database
from tests.integration.api import conftest as api
from tests.integration.api.conftest import CLEAN, Lot
from tests.integration.protocol.live import Live, live_house
from tests.postgres import in_database, run_kept

limits, lot, served, settings, accounts = api.limits, api.lot, api.served, api.settings, api.accounts
CLEAN_HERE = f"{CLEAN} delete from assistants; delete from store;"


@pytest.fixture(scope="session")
def protocol_database_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One migrated database for the whole folder."""
    postgres_admin.execute(f"create database test_protocol template {TEMPLATE}")
    yield in_database(postgres_url, "test_protocol")
    postgres_admin.execute("drop database test_protocol with (force)")


@pytest.fixture
def database_url(protocol_database_url: str) -> Iterator[str]:
    """The folder's database, emptied after each test."""
    yield protocol_database_url
    run_kept(protocol_database_url, CLEAN_HERE)


@pytest.fixture
async def sdk(lot: Lot) -> AsyncIterator[LangGraphClient]:
    """LangGraph's own client, unmodified, without a socket."""
    transport = httpx.ASGITransport(app=lot.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield LangGraphClient(client)


@pytest.fixture(scope="module")
def own_database(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """A migrated database for one file, whose tests look at what was found in it once."""
    yield from fresh_database(postgres_url, postgres_admin)


@pytest.fixture
async def live(database_url: str, tmp_path: Path) -> AsyncIterator[Live]:
    """The house behind a real server, with a worker and a quick heartbeat."""
    async with live_house(database_url, tmp_path, heartbeat_s=0.2) as house:
        yield house


@pytest.fixture
def thread() -> str:
    """The id of a thread that is not there yet."""
    return str(uuid.uuid4())
