"""Serving as a process: checks first, then the house, then the doors; closed the other way round."""

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from server.app import create_app
from server.composition import open_parts
from server.deps import House
from server.logs import configure_logs, log_uncaught
from server.runs.graph_spec import GraphSpec
from server.runs.stop_signals import StopSignals
from server.startup import check_media, check_start
from server.vitals.text_model import look_for_model
from tools.ending import end_tasks
from tools.settings import Settings

IDLE_S = 75
"""How long a connection stays open between two requests: longer than proxies keep theirs (60 s), or now and
then one would be closed here at the very moment at which a request is sent on it."""
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

    A second signal cuts what is still answered and stops steps in their middle. Whatever keeps the
    process from starting is raised before anybody is listened to, so that the caller can say it in
    one sentence.

    Raises:
        ConfigurationError: a setting, the data folder or the port cannot be used.
        MediaError: media cannot be kept where the settings say.
        DatabaseError: the database cannot be reached or has another schema.
    """
    configure_logs(settings)
    log_uncaught()
    check_start(settings)
    await check_media(settings)
    with StopSignals() as signals:
        async with open_parts(settings, role="api", specs=specs, works=works, side_door=True) as parts:
            look = partial(look_for_model, settings, parts.house.vitals.text_model, clock=parts.tools.clock)
            server = HouseServer(_config(settings, parts.house), once_up=look)

            def leave() -> None:
                parts.house.vitals.stop()
                server.close()

            signals.on_first = leave

            def hurry() -> None:
                server.force_exit = True
                parts.worker.hurry()

            signals.on_second = hurry
            if announce is not None:
                announce(f"http://{settings.host}:{settings.port}")
            await server.serve()


def _config(settings: Settings, house: House) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings, opener=lambda _: nullcontext(house)),
        host=settings.host,
        port=settings.port,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the app has its own, for proxies that a setting names
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=CLOSE_S,
    )


def run_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run a serving process's work on the event loop that uvicorn prefers: uvloop, where there is one."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(work)


class HouseServer(uvicorn.Server):
    """Uvicorn, except that a signal ends its serving and nothing else.

    Its own way is to raise the signal again when it has closed its doors: that would kill the
    process before the productions have come to the end of a step.
    """

    def __init__(
        self, config: uvicorn.Config, *, once_up: Callable[[], Coroutine[Any, Any, None]] | None = None
    ) -> None:
        """`once_up` is done beside the serving, from when requests are taken to the end."""
        super().__init__(config)
        self._once_up = once_up
        self._beside: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take requests."""
        await super().startup(sockets=sockets)
        if self.started and self._once_up is not None:
            self._beside = asyncio.create_task(self._once_up(), name="once up")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take none any more."""
        await end_tasks([self._beside])
        await super().shutdown(sockets=sockets)

    def close(self) -> None:
        """End the serving: no new requests, and those that are answered now to their end."""
        self.handle_exit(signal.SIGTERM, None)  # which also tells the streams

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen to none: the process does, before and after the serving, too."""
        yield
