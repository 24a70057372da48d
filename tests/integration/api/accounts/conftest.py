"""The same lot with accounts: a clock that tests move, a mailbox that keeps what is sent."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from server.accounts.accounts import Accounts, open_accounts
from server.accounts.passwords import Passwords
from tests.builders import A_MASTER_KEY
from tests.fakes import FakeClock
from tests.integration.api.conftest import Lot
from tools.db.pool import Database
from tools.settings import Settings

PASSWORD = "a long sentence"


@dataclass
class Mailbox:
    """A `Mailer` that delivers into a list."""

    mails: list[dict[str, str]] = field(default_factory=list)

    async def send(self, *, to: str, subject: str, text: str) -> None:
        self.mails.append({"to": to, "subject": subject, "text": text})

    def token(self) -> str:
        """What stands behind the `#` of the last link."""
        found = re.search(r"/reset#(\S+)", self.mails[-1]["text"])
        assert found is not None
        return found[1]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, link_secret="a-secret-for-the-tests", auth_mode="token",
        auth_secret="a-secret-that-signs-tokens-in-the-tests", master_key=A_MASTER_KEY,
    )  # fmt: skip


@pytest.fixture
async def accounts(
    settings: Settings, database: Database, clock: FakeClock, mailbox: Mailbox
) -> AsyncIterator[Accounts]:
    quick = Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1))
    opened = open_accounts(settings, database, clock, mailer=mailbox, passwords=quick)
    yield opened
    await opened.close()


async def registered(lot: Lot, email: str = "ana@example.org", **fields: Any) -> dict[str, Any]:
    """A new account's tokens."""
    body = {"email": email, "password": PASSWORD, **fields}
    answer = await lot.client.post("/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def status_for(lot: Lot, token: str, path: str = "/api/productions") -> int:
    """What somebody with this token is answered."""
    return (await lot.client.get(path, headers=bearing(token))).status_code


async def refreshed(lot: Lot, token: str) -> httpx.Response:
    return await lot.client.post("/api/auth/refresh", json={"refreshToken": token})


def days(clock: FakeClock, count: float) -> None:
    clock.passed_s += timedelta(days=count).total_seconds()
