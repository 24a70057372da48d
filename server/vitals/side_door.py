"""A second listener for monitors, where the settings ask for one: figures and health, and no login.

Processes that only work have no other door; servers with accounts may keep monitors apart from people.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.startup import check_port
from server.vitals.figures import Figures
from server.vitals.vitals import Part, Vitals
from tools.settings import Settings


@asynccontextmanager
async def open_side_door(settings: Settings, figures: Figures, vitals: Vitals) -> AsyncIterator[None]:
    """Listen on `GREENLIGHT_METRICS_PORT` while the block lasts; without one nothing is opened.

    Raises:
        PortTaken: somebody else has the port.
    """
    if settings.metrics_port is None:
        yield
        return
    check_port(settings.metrics_host, settings.metrics_port, setting="GREENLIGHT_METRICS_PORT")
    server = _Quiet(
        uvicorn.Config(
            side_app(figures, vitals), host=settings.metrics_host, port=settings.metrics_port,
            lifespan="off", log_config=None, access_log=False, server_header=False,
            timeout_graceful_shutdown=1,
        )
    )  # fmt: skip
    serving = asyncio.create_task(server.serve(), name="side door")
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def side_app(figures: Figures, vitals: Vitals) -> Starlette:
    """The three things that a monitor asks."""

    async def metrics(_: Request) -> Response:
        return Response(await figures.text(), media_type=CONTENT_TYPE_LATEST)

    async def live(_: Request) -> Response:
        return told(vitals.alive())

    async def ready(_: Request) -> Response:
        return told(await vitals.ready())

    routes = [Route("/metrics", metrics), Route("/health/live", live), Route("/health/ready", ready)]
    return Starlette(routes=routes)


def told(parts: list[Part]) -> JSONResponse:
    """200 when all parts are well, else 503 with those that are not."""
    wrong = {part.name: part.problem for part in parts if not part.ok}
    return JSONResponse({"ok": not wrong, "problems": wrong}, status_code=503 if wrong else 200)


class _Quiet(uvicorn.Server):
    """Leaves the signals to the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
