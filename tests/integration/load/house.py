"""A house for many: its processes on one database and one data folder, and what each of them takes."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from tests.forked import ForkedProcess
from tests.integration.machines.buying_worker import POSTS

ROOT = Path(__file__).parents[3]
VISITORS = "crowd"
"""The name of the tests' own connections; all others are the house's."""
PATIENCE_S = 120
MIB = 2**20


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Vitals:
    """What one process takes at one moment."""

    rss_mib: float
    pss_mib: float
    files: int
    threads: int
    tasks: int
    objects: int = 0
    """What Python keeps track of after a collection; 0 when nobody asked."""


@dataclass
class Staff:
    """One process of the house."""

    verb: str
    process: ForkedProcess | asyncio.subprocess.Process
    pid: int
    vitals_port: int

    def cpu_s(self) -> float:
        """Seconds that it has computed so far."""
        return sum(psutil.Process(self.pid).cpu_times()[:2])

    async def vitals(self, *, objects: bool = False) -> Vitals:
        """What it takes now."""
        answer, asked = await asyncio.open_connection("127.0.0.1", self.vitals_port)
        try:
            asked.write(b"objects\n" if objects else b"\n")
            told = json.loads(await answer.read())
        finally:
            asked.close()
        await asked.wait_closed()
        seen = psutil.Process(self.pid)
        memory = await asyncio.to_thread(seen.memory_full_info)
        return Vitals(
            rss_mib=memory.rss / MIB, pss_mib=memory.pss / MIB, files=seen.num_fds(),
            threads=seen.num_threads(), **told,
        )  # fmt: skip


@dataclass
class FilmHouse:
    """Where films are made: `greenlight serve` and any number of `greenlight work`."""

    folder: Path
    url: str
    jobs_take_s: str = "1-5"
    seed: int = 1
    slots: int = 8
    forked: bool = True
    """Forked from a process that has everything loaded, or started as an operator does."""
    staff: list[Staff] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    @property
    def server(self) -> Staff:
        return self.staff[0]

    @property
    def scratch(self) -> Path:
        """Where its processes put temporary files."""
        return self.folder / "tmp"

    async def start(self, verb: str, *words: str, **env: str) -> Staff:
        """One more process; all of them share the data folder."""
        for part in ("data", "tmp"):
            (self.folder / part).mkdir(exist_ok=True)
        port = free_port()
        module = ("tests.integration.machines.in_namespace", "", "tests.integration.load.film_house")
        process = await self._run(*module, verb, *words, env=self._environment(port) | env)
        pid = process.pid
        assert pid is not None
        self.staff.append(Staff(verb, process, pid, port))
        return self.staff[-1]

    async def _run(
        self, module: str, *words: str, env: dict[str, str]
    ) -> ForkedProcess | asyncio.subprocess.Process:
        log = self.folder / "house.log"
        if self.forked:
            return ForkedProcess(module, *words, env=env, log=log)
        with log.open("ab") as file:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, *words, env=env, cwd=ROOT, stdout=file, stderr=file
            )

    def _environment(self, vitals_port: int) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANGGRAPH_STRICT_MSGPACK": "true",
            "GREENLIGHT_DATABASE_URL": self.url, "GREENLIGHT_DATA_DIR": str(self.folder / "data"),
            "GREENLIGHT_PORT": str(self.port), "GREENLIGHT_WORKERS": str(self.slots),
            "GREENLIGHT_LOG_LEVEL": "WARNING", "TMPDIR": str(self.scratch), "BOOKS": str(self.folder),
            "JOBS_TAKE_S": self.jobs_take_s, "SEED": str(self.seed), "VITALS_PORT": str(vitals_port),
        }  # fmt: skip

    @asynccontextmanager
    async def client(
        self, *, connections: int = 100, kept: int | None = None
    ) -> AsyncIterator[httpx.AsyncClient]:
        """Somebody who asks it over HTTP, as soon as it answers; `kept` connections stay open between."""
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=kept)
        transport = httpx.AsyncHTTPTransport(retries=9, limits=limits)  # each waits twice as long
        base = f"http://127.0.0.1:{self.port}"
        async with httpx.AsyncClient(base_url=base, transport=transport, timeout=PATIENCE_S) as client:
            assert (await client.get("/health")).status_code == 200, self.log()
            yield client

    async def close(self) -> None:
        """Stop everybody in order."""
        for one in self.staff:
            if one.process.returncode is None:
                one.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            for one in self.staff:
                assert await one.process.wait() == 0, self.log()
        self.staff.clear()

    def kill(self) -> None:
        """End what a failed test left."""
        for one in self.staff:
            if one.process.returncode is None:
                one.process.kill()

    def invoices(self) -> Counter[str]:
        """How often each order was sent, by the provider's own book."""
        book = self.folder / POSTS
        return Counter(book.read_text().splitlines() if book.exists() else [])

    def log(self) -> str:
        log = self.folder / "house.log"
        return log.read_text()[-3000:] if log.exists() else ""
