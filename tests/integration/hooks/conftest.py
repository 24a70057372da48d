"""Endpoints, an outbox and senders on a database of the room's own, with a clock that tests move."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from server.hooks.deliveries import Deliveries
from server.hooks.endpoints import Endpoints
from server.hooks.facts import EVENT_TYPES
from server.hooks.sender import Sender
from server.records.project import catch_up
from tests.conftest import TEMPLATE
from tests.fakes import FakeClock
from tests.integration.api.accounts.conftest import Mailbox
from tests.integration.api.stand_ins import Hand
from tests.integration.vault.conftest import a_vault
from tests.postgres import in_database, run_kept
from tests.standins.receiver import Receiver, receiver_here
from tools.db.pool import Database
from tools.vault.vault import Vault
from tools.web.addresses import LOOPBACK, Reach
from tools.web.checked import Resolver, ask_system
from tools.web.transport import web_client

CONSOLE = "https://studio.example.org"
EMPTY = """
delete from productions; delete from media_library; delete from agent_messages; delete from webhook_endpoints;
delete from notices; delete from users where user_id <> 'local';
insert into users (user_id, email, password_hash)
values ('ana', 'ana@example.org', 'x'), ('eva', 'eva@example.org', 'x');
"""
GATE = {
    "gate": "review_storyboard", "round": 1, "title": "The storyboard", "question": "Is it good?",
    "items": [{"item": "1A", "title": "The letter", "media": {"key": "image/ana/secret-place.png"}}],
}  # fmt: skip


@dataclass
class HooksLot:
    """What a test may hold on to."""

    database: Database
    clock: FakeClock
    endpoints: Endpoints
    deliveries: Deliveries
    hand: Hand
    mailbox: Mailbox
    receiver: Receiver

    async def endpoint(
        self, user: str = "ana", *, url: str = "", events: Any = EVENT_TYPES
    ) -> tuple[str, str]:
        """A new endpoint's id and secret; without a url at the receiver."""
        row, secret = await self.endpoints.add(
            user, url=url or self.receiver.url, description="", events=events
        )
        return row["id"], secret.get_secret_value()

    async def production(self, user: str = "ana", *, title: str = "The Letter") -> str:
        row = await self.database.fetch_one(
            "insert into productions (user_id, graph, title) values (%s, 'novela', %s)"
            " returning production_id::text as id",
            [user, title],
        )
        assert row is not None
        return str(row["id"])

    async def tell(self, production: str, method: str, payload: Any) -> None:
        """An event of the log, and the projection that follows it."""
        await self.hand.tell(production, method, payload)
        await catch_up(self.database, production)

    async def asks(self, production: str, gate_id: str = "gate-1", **changes: Any) -> None:
        """The production waits at a gate."""
        waiting = Jsonb([{"id": gate_id, "value": {**GATE, **changes}}])
        await self.database.execute(
            "update productions set status = 'paused', interrupts = %s where production_id = %s",
            [waiting, production],
        )
        asked = {"interrupt_id": gate_id, "payload": {**GATE, **changes}, "response_schema": {}}
        await self.tell(production, "input.requested", asked)

    async def ends(self, production: str, status: str = "completed", **more: Any) -> None:
        await self.tell(production, "lifecycle", {"event": status, "status": status, **more})

    async def notices(self) -> list[dict[str, Any]]:
        return await self.database.fetch_all("select * from notices order by created_at, notice_id")

    async def attempts(self) -> list[dict[str, Any]]:
        return await self.database.fetch_all("select * from notice_attempts order by at, number")

    @asynccontextmanager
    async def sender(
        self,
        *,
        mails: bool = False,
        vault: Vault | None = None,
        reach: Reach | None = None,
        resolver: Resolver = ask_system,
        **timing: float,
    ) -> AsyncIterator[Sender]:
        """A sender of this process, which runs only when it is told to."""
        opened = vault or a_vault()

        async def open_vault() -> Vault:
            return opened

        sender = Sender(
            self.database, self.clock, open_vault=open_vault, console=CONSOLE,
            mailer=self.mailbox if mails else None,
            client=web_client(reach or Reach(also=LOOPBACK), timeout_s=5, resolver=resolver), **timing,
        )  # fmt: skip
        yield sender
        await sender.close()

    async def send(self, **settings: Any) -> int:
        """Send what is due."""
        async with self.sender(**settings) as sender:
            return await sender.send_due()

    def passes(self, **span: float) -> None:
        seconds = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
        self.clock.passed_s += sum(seconds[unit] * count for unit, count in span.items())


@pytest.fixture(scope="session")
def shared_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    postgres_admin.execute(f"create database hooks_tests template {TEMPLATE}")
    yield in_database(postgres_url, "hooks_tests")
    postgres_admin.execute("drop database hooks_tests with (force)")


@pytest.fixture
def database_url(shared_url: str) -> str:
    """The shared database with two users, who listen to nothing yet."""
    run_kept(shared_url, EMPTY)
    return shared_url


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiver_here() as one:
        yield one


@pytest.fixture
async def lot(database: Database, receiver: Receiver) -> HooksLot:
    clock, vault = FakeClock(), a_vault()

    async def open_vault() -> Vault:
        return vault

    endpoints = Endpoints(database, clock, open_vault=open_vault, reach=Reach(also=LOOPBACK))
    return HooksLot(database, clock, endpoints, Deliveries(endpoints), Hand(database), Mailbox(), receiver)
