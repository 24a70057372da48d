"""The HTTP service in front of a house: routes, errors, traffic. `composition.py` makes the house."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.trustedhost import TrustedHostMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.accounts.audit import Audit
from server.accounts.door import Door
from server.api import (
    admin,
    agent_chat,
    agents,
    api_tokens,
    archives,
    asset_uploads,
    audit,
    auth,
    branches,
    budget,
    costs,
    cuts,
    editor,
    erasure,
    estimate,
    exports,
    graphs,
    health,
    interchange,
    joins,
    library,
    media,
    media_files,
    metrics,
    models,
    novela_events,
    novelas,
    orders,
    production_events,
    production_history,
    productions,
    profile,
    provider_hooks,
    provider_keys,
    quality,
    reckoning,
    scenes,
    sessions,
    sounds,
    spending,
    statistics,
    story,
    stuck,
    text_models,
    tidy,
    trials,
    uploads,
    usage,
    videos,
    voiceovers,
    webhooks,
    workers,
)
from server.console.front_door import install_console
from server.deps import House
from server.limits.told import limits_in_words
from server.origins import LetIn, read_origins
from server.problems import install_problems
from server.protocol import (
    assistants,
    commands,
    meta,
    runs,
    stateless_runs,
    store,
    thread_join,
    thread_states,
    thread_stream,
    threads,
)
from server.protocol.live_stream import LiveStreams
from server.startup import check_settings, is_loopback
from server.traffic import BodyLimit, DepthLimit, OnlyEncrypted, OwnPages, RequestLog
from tools.settings import Settings

Opener = Callable[[Settings], AbstractAsyncContextManager[House]]
DESCRIPTION = (
    "Turns a brief into a finished video. Start a production, follow its events, answer its gates,"
    " download the master. Errors under `/api` have one shape, with a code and a suggestion."
)
ROUTERS = (
    productions.router, production_events.router, production_history.router, quality.router,
    estimate.router, novelas.router,
    novela_events.router, videos.router, agents.router, agent_chat.router, media.router, sounds.router,
    library.router, media_files.router,
    models.router, text_models.router, sessions.router, health.router, story.router, statistics.router,
    graphs.router, branches.router, cuts.router, joins.router, scenes.router, interchange.router,
    exports.router, editor.router, voiceovers.router, archives.router, spending.router, budget.router,
    costs.router, orders.router,
    reckoning.router, auth.router, profile.router, api_tokens.router,
    provider_keys.router, erasure.router, audit.router,
    admin.router, workers.router, stuck.router, tidy.router, webhooks.router,
    provider_hooks.router, metrics.router, usage.router, trials.router, uploads.router,
    asset_uploads.router,
)  # fmt: skip
PROTOCOL_ROUTERS = (
    meta.router, assistants.router, store.router, threads.router, thread_states.router, thread_join.router,
    runs.router, stateless_runs.router, commands.router, thread_stream.router,
)  # fmt: skip


def create_app(settings: Settings, *, opener: Opener) -> FastAPI:
    """The HTTP service on a house that is opened with the app and closed with it.

    `opener` is `server.composition.open_house`, or one that hands over a house that is open already.

    Raises:
        SettingInvalid: this version cannot do what the settings ask for.
    """
    check_settings(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opener(settings) as house:
            app.state.house = house
            yield

    # As FastAPI's own, except that the description at /docs needs no network.
    app = FastAPIOffline(
        redoc_url=None,
        static_url="/docs-files",
        title="Greenlight",
        version=health.own_version(),
        description=f"{DESCRIPTION}\n\n{limits_in_words(settings)}",
        lifespan=lifespan,
        # As they are: included, each would be built once more and looked for twice in every request.
        routes=[route for router in ROUTERS + PROTOCOL_ROUTERS for route in router.routes],
    )
    install_problems(app)
    install_console(app)
    _install_traffic(app, settings)
    return app


def _install_traffic(app: FastAPI, settings: Settings) -> None:
    """From the inside out: the request log sees all that leaves, with what the last net caught."""
    origins = read_origins(settings.cors_origins)
    app.add_middleware(LiveStreams)
    app.add_middleware(DepthLimit)
    app.add_middleware(BodyLimit)
    app.add_middleware(Audit)
    if settings.auth_mode == "token":
        app.add_middleware(Door)
    app.add_middleware(OwnPages, origins=origins)
    if is_loopback(settings.host):
        # A page on the web must not reach a local service under a name of its own (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=own_hosts(settings), www_redirect=False)
    if (settings.public_url or "").startswith("https://"):
        app.add_middleware(OnlyEncrypted)
    app.add_middleware(RequestLog)
    # Outside of it: a browser must be able to read that we failed, too.
    app.add_middleware(LetIn, origins=origins)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)


def own_hosts(settings: Settings) -> list[str]:
    """The names under which a loopback service may be asked."""
    public = (settings.public_url or "").partition("://")[2].partition("/")[0].rpartition("@")[2]
    names = ["localhost", "127.0.0.1", "[::1]", "::1", settings.host, public.partition(":")[0]]
    return list(dict.fromkeys(name for name in names if name))
