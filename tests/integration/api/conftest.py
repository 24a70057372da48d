"""A house with a real database, a real store and a stand-in run engine, and clients for it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
import uvicorn
from fastapi import FastAPI

from server.accounts.accounts import Accounts
from server.app import create_app
from server.deps import House
from server.records.feed import NovelaBells
from server.records.project import Projector
from server.records.sessions import Sessions
from server.runs.events import EventLog
from server.sse import StreamLimits
from server.threads.parts import open_threads
from server.trials.trials import Trials
from server.voiceovers.voiceovers import Voiceovers
from tests.conftest import TEMPLATE
from tests.integration.api.stand_ins import Hand, RememberingRuns
from tests.postgres import in_database, run_kept
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.media.local import LocalMediaStore
from tools.settings import Settings

CLEAN = """
delete from rate_limit_buckets; delete from workers;
delete from procrastinate_jobs; delete from productions; delete from orders; delete from novelas;
delete from agent_messages;
delete from media_library; delete from user_chat_messages; delete from sessions;
delete from users where user_id <> 'local'; delete from audit_logs; delete from provider_keys;
delete from webhook_endpoints; delete from notices; delete from tidyings;
delete from spending_stops; delete from spending_rules; delete from spending_warnings;
delete from spending_alerts; delete from tried_models;
"""


@pytest.fixture(scope="session")
def shared_database_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One migrated database for the whole folder: making one takes longer than most of its tests."""
    postgres_admin.execute(f"create database test_api template {TEMPLATE}")
    yield in_database(postgres_url, "test_api")
    postgres_admin.execute("drop database test_api with (force)")


@pytest.fixture
def database_url(shared_database_url: str) -> Iterator[str]:
    """The folder's database, emptied after each test."""
    yield shared_database_url
    run_kept(shared_database_url, CLEAN)


@dataclass
class Lot:
    """Everything a test may hold on to."""

    app: FastAPI
    client: httpx.AsyncClient
    house: House
    runs: RememberingRuns
    hand: Hand
    events: EventLog
    projector: Projector
    database: Database
    store: LocalMediaStore


@pytest.fixture
def limits() -> StreamLimits:
    return StreamLimits()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, link_secret="a-secret-for-the-tests")


@pytest.fixture
async def accounts() -> Accounts | None:
    """None, as everywhere without `GREENLIGHT_AUTH_MODE=token`."""
    return None


@pytest.fixture
async def lot(
    database: Database, settings: Settings, limits: StreamLimits, accounts: Accounts | None
) -> AsyncIterator[Lot]:
    async with open_lot(database, settings, limits, accounts) as opened:
        yield opened


@asynccontextmanager
async def open_lot(
    database: Database,
    settings: Settings,
    limits: StreamLimits,
    accounts: Accounts | None = None,
    trials: Trials | None = None,
    store: LocalMediaStore | None = None,
    voiceovers: Voiceovers | None = None,
) -> AsyncIterator[Lot]:
    """A house on this database, its app, and whatever a test moves by hand."""
    store = store or await LocalMediaStore.open(settings)
    projector, bells = Projector(database), NovelaBells(database)
    runs, events = RememberingRuns(database), EventLog(database)
    projector.attach(events)
    house = House(
        settings=settings, database=database, store=store, runs=runs, events=events,
        threads=open_threads(database, runs.specs), sessions=Sessions(database, SystemClock()), bells=bells,
        limits=limits, accounts=accounts, slots=settings.workers,
        trials=trials, voiceovers=voiceovers,
    )  # fmt: skip

    @asynccontextmanager
    async def opener(_: Settings) -> AsyncIterator[House]:
        async with asyncio.TaskGroup() as group:
            work = [group.create_task(projector.run()), group.create_task(bells.run())]
            await bells.listening.wait()
            await events.tail.open()
            yield house
            await house.threads.hands.close()
            await events.close()
            for task in work:
                task.cancel()

    app = create_app(settings, opener=opener)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield Lot(app, client, house, runs, Hand(database), events, projector, database, store)


@pytest.fixture
async def served(lot: Lot) -> AsyncIterator[httpx.AsyncClient]:
    """The same app behind a real server: streams need one."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(lot.app, lifespan="off", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as client:
        yield client
    server.should_exit = True
    await serving
    listener.close()
