"""A database for the room's tests, two users in it, and a vault with a master key of the tests."""

import base64
from collections.abc import Iterator

import psycopg
import pytest

from tests.builders import A_MASTER_KEY
from tests.conftest import TEMPLATE
from tests.fakes import FakeClock
from tests.postgres import in_database, run_kept
from tools.db.pool import Database
from tools.vault.provider_keys import ProviderKeys
from tools.vault.vault import Vault

EMPTY = """
delete from provider_keys; delete from users where user_id <> 'local';
insert into users (user_id) values ('ana'), ('eva');
"""


def in_bytes(*master_keys: str) -> list[bytes]:
    return [base64.b64decode(key) for key in master_keys or (A_MASTER_KEY,)]


def a_vault(*master_keys: str) -> Vault:
    return Vault(in_bytes(*master_keys))


def keys_of(database: Database, *master_keys: str, clock: FakeClock | None = None) -> ProviderKeys:
    """The keys as a process with these master keys sees them."""
    return ProviderKeys(database, clock or FakeClock(), open_vault=lambda: a_vault(*master_keys))


@pytest.fixture(scope="session")
def shared_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    postgres_admin.execute(f"create database vault_tests template {TEMPLATE}")
    yield in_database(postgres_url, "vault_tests")
    postgres_admin.execute("drop database vault_tests with (force)")


@pytest.fixture
def database_url(shared_url: str) -> str:
    """The shared database with two users and no keys."""
    run_kept(shared_url, EMPTY)
    return shared_url


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def keys(database: Database, clock: FakeClock) -> ProviderKeys:
    return keys_of(database, clock=clock)
