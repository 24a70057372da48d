"""Serving as a process: checks first, then the house, then the doors; closed the other way round."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from server.app import create_app
from server.composition import open_house
from server.logs import configure_logs, log_uncaught
from server.runs.graph_spec import GraphSpec
from server.startup import check_media, check_start
from tools.settings import Settings

CLOSE_S = 10
"""How long open requests may take to end; streams are told and end at once."""


async def serve(
    settings: Settings,
    *,
    specs: Mapping[str, GraphSpec] | None = None,
    announce: Callable[[str], None] | None = None,
    works: bool = True,
) -> None:
    """Answer requests until SIGTERM or SIGINT; `announce` is told the address once all is open.

    Without `works` other processes drive the productions.

    Whatever keeps the process from starting is raised before anybody is listened to, so that the
    caller can say it in one sentence.

    Raises:
        ConfigurationError: a setting, the data folder or the port cannot be used.
        MediaError: media cannot be kept where the settings say.
        DatabaseError: the database cannot be reached or has another schema.
    """
    configure_logs(settings)
    log_uncaught()
    check_start(settings)
    await check_media(settings)
    async with open_house(settings, specs=specs, works=works) as house:
        app = create_app(settings, opener=lambda _: nullcontext(house))
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # the app has its own, for proxies that a setting names
            timeout_graceful_shutdown=CLOSE_S,
        )
        if announce is not None:
            announce(f"http://{settings.host}:{settings.port}")
        await HouseServer(config).serve()


def run_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run a serving process's work on the event loop that uvicorn prefers: uvloop, where there is one."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(work)


class HouseServer(uvicorn.Server):
    """Uvicorn, except that a signal ends its serving and nothing else.

    Its own way is to raise the signal again when it has closed its doors: that would kill the
    process before the productions have come to the end of a step.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen to both signals while serving; afterwards a second one stops the process at once."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, self.handle_exit, one, None)
        try:
            yield
        finally:
            for one in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(one)
