"""The composition root: what the process is made of, and the app in front of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from server.api import (
    agents,
    health,
    media,
    media_files,
    models,
    novela_events,
    novelas,
    production_events,
    productions,
    sessions,
    videos,
)
from server.deps import House
from server.problems import install_problems
from server.records.feed import NovelaBells
from server.records.project import Projector
from server.records.sessions import Sessions
from server.runs.accept import Runs
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.worker import Worker
from server.startup import check_settings, is_loopback
from server.traffic import BodyLimit, RequestLog
from tools.clock import SystemClock
from tools.db.connect import open_database
from tools.db.pool import Database
from tools.media.local import LocalMediaStore
from tools.settings import Settings

DRAIN_S = 20.0
"""How long a stopping process lets its productions come to the end of a step."""
Opener = Callable[[Settings], AbstractAsyncContextManager[House]]
DESCRIPTION = (
    "Turns a brief into a finished video. Start a production, follow its events, answer its gates,"
    " download the master. Errors under `/api` have one shape, with a code and a suggestion."
)
ROUTERS = (
    productions.router, production_events.router, novelas.router, novela_events.router, videos.router,
    agents.router, media.router, media_files.router, models.router, sessions.router, health.router,
)  # fmt: skip


def create_app(settings: Settings, *, opener: Opener) -> FastAPI:
    """The HTTP service on a house that is opened with the app and closed with it.

    `opener` is `open_house` with the graphs filled in: `partial(open_house, graphs=...)`.

    Raises:
        SettingInvalid: this version cannot do what the settings ask for.
    """
    check_settings(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opener(settings) as house:
            app.state.house = house
            yield

    app = FastAPI(
        title="Greenlight",
        version=health.own_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
    )
    install_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    _install_traffic(app, settings)
    return app


def _install_traffic(app: FastAPI, settings: Settings) -> None:
    """From the inside out: the request log is the last to see a request leave."""
    app.add_middleware(BodyLimit)
    if is_loopback(settings.host):
        # A page on the web must not reach a local service under a name of its own (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=own_hosts(settings), www_redirect=False)
    app.add_middleware(RequestLog)


def own_hosts(settings: Settings) -> list[str]:
    """The names under which a loopback service may be asked."""
    public = (settings.public_url or "").partition("://")[2].partition("/")[0].rpartition("@")[2]
    names = ["localhost", "127.0.0.1", "[::1]", "::1", settings.host, public.partition(":")[0]]
    return list(dict.fromkeys(name for name in names if name))


@asynccontextmanager
async def open_house(
    settings: Settings, *, graphs: Mapping[str, GraphSpec], drive: bool = True
) -> AsyncIterator[House]:
    """Everything a process needs, opened in order and closed in reverse.

    With `drive` the process also drives productions; without, other processes do.

    Raises:
        ConfigurationError: a setting or a folder cannot be used.
        DatabaseError: the database cannot be reached or has another schema.
    """
    async with AsyncExitStack() as stack:
        database = await open_database(settings, name="greenlight serve")
        stack.push_async_callback(database.close)
        store = await LocalMediaStore.open(settings)
        events = EventLog(database)
        stack.push_async_callback(events.close)
        await events.tail.open()
        projector, bells = Projector(database), NovelaBells(database)
        projector.attach(events)
        for work in (projector.run(), bells.run()):
            stack.push_async_callback(_stop, asyncio.create_task(work))
        sessions = Sessions(database, SystemClock())
        stack.push_async_callback(sessions.flush)
        if drive:
            await _drive(settings, database, graphs, events, stack)
        yield House(
            settings=settings,
            database=database,
            store=store,
            runs=Runs(database, graphs),
            events=events,
            sessions=sessions,
            bells=bells,
        )


async def _drive(
    settings: Settings,
    database: Database,
    graphs: Mapping[str, GraphSpec],
    events: EventLog,
    stack: AsyncExitStack,
) -> None:
    worker = Worker(
        database,
        graphs,
        events,
        slots=settings.workers,
        lease_ttl_s=settings.lease_ttl_s,
        sweep_every_s=settings.sweep_every_s,
    )
    await worker.start()
    stack.push_async_callback(worker.stop, timeout_s=DRAIN_S)


async def _stop(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
