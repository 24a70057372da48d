"""Two API processes on one database, one of which works too; restarted and killed while they are asked."""

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import httpx

from tests.forked import ForkedProcess
from tests.integration.machines.conftest import SHARED_KEY

ROLES = {"works": ("serve",), "answers": ("serve", "--no-work")}
PATIENCE_S = 60


class Replicas:
    """Processes with a port and a data folder each."""

    def __init__(self, folder: Path, database_url: str, *, module: str) -> None:
        self.folder = folder
        self.ports = {role: free_port() for role in ROLES}
        self.ends: Counter[str] = Counter()
        self._url = database_url
        self._module = module
        self._running: dict[str, ForkedProcess] = {}

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Replicas"]:
        try:
            for role in ROLES:
                self._start(role)
            await asyncio.gather(*(self.ready(role) for role in ROLES))
            yield self
        finally:
            for process in self._running.values():
                process.kill()
                await process.wait()

    def address(self, role: str) -> str:
        return f"http://127.0.0.1:{self.ports[role]}"

    async def restart(self, role: str, how: signal.Signals) -> None:
        """End it one way or the other and start it again."""
        process = self._running[role]
        process.send_signal(how)
        async with asyncio.timeout(PATIENCE_S):
            code = await process.wait()
        assert code == (0 if how == signal.SIGTERM else -how), self.log(role)
        self.ends[f"{role} {how.name}"] += 1
        self._start(role)
        await self.ready(role)  # one at a time, as an operator does

    async def ready(self, role: str) -> None:
        """Wait until it answers."""
        async with asyncio.timeout(PATIENCE_S), httpx.AsyncClient(verify=False) as client:  # noqa: S501 - http
            while True:
                assert self._running[role].returncode is None, self.log(role)
                try:
                    await client.get(f"{self.address(role)}/ok")
                    return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)  # another process opens its door, and tells nobody

    async def restart_at(self, news: "asyncio.Queue[int]", dice: Random, *, every: int) -> None:
        """Restart one of them at each so-manieth cut."""
        while cut := await news.get():
            if every and cut % every == 0:
                how = dice.choice([signal.SIGTERM, signal.SIGKILL])
                await self.restart(dice.choice(list(ROLES)), how)

    def log(self, role: str) -> str:
        file = self.folder / f"{role}.log"
        return file.read_text()[-3000:] if file.exists() else ""

    def _start(self, role: str) -> None:
        data = self.folder / role
        data.mkdir(exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"], "LANGGRAPH_STRICT_MSGPACK": "true",
            "GREENLIGHT_DATABASE_URL": self._url, "GREENLIGHT_DATA_DIR": str(data),
            "GREENLIGHT_PORT": str(self.ports[role]), "GREENLIGHT_WORKERS": "2",
            "GREENLIGHT_MEDIA": str(self.folder / "media"), "GREENLIGHT_LINK_SECRET": "l" * 32,
            "GREENLIGHT_MASTER_KEY": SHARED_KEY, "GREENLIGHT_RENDER_PROCESSES": "1",
            "GREENLIGHT_LEASE_TTL_S": "1", "GREENLIGHT_SWEEP_EVERY_S": "0.3",
        }  # fmt: skip
        self._running[role] = ForkedProcess(
            "tests.integration.machines.in_namespace", "", self._module, *ROLES[role],
            env=environment, log=self.folder / f"{role}.log",
        )  # fmt: skip


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
