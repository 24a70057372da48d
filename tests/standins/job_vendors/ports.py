"""The server of a vendor, on a port that can be asked for: whoever starts again is found where it was."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.standins.model_vendors.wire import Out, Request, Server


class PortServer(Server):
    """Port 0 takes a free one, and stays at it."""

    def __init__(
        self,
        answer: Callable[[Request, Out], Awaitable[None]],
        unread: Callable[[Request], bool],
        port: int = 0,
    ) -> None:
        super().__init__(answer, unread)
        self.port = port

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]
