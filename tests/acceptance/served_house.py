"""The real service as a process with its embedded database, and a visitor who uses it over HTTP only."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.integration.api.listening import Heard, listen

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120


class ServedHouse:
    """`greenlight serve` on a data folder; can be stopped as a power cut would."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._process: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[httpx.AsyncClient]:
        """Start the service on a free port; SIGTERM at the end unless it is gone already."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        env = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "GREENLIGHT_DATA_DIR": str(self.data_dir),
            "GREENLIGHT_PORT": str(port), "GREENLIGHT_WORKERS": "1",
        }  # fmt: skip
        with (self.data_dir / "serve.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "server.cli.main", "serve", cwd=ROOT, env=env, stdout=log, stderr=log
            )
        try:
            transport = httpx.AsyncHTTPTransport(retries=8)  # each waits twice as long
            url = f"http://127.0.0.1:{port}"
            async with httpx.AsyncClient(base_url=url, transport=transport, timeout=PATIENCE_S) as client:
                yield client
        finally:
            await self._end()

    async def cut_the_power(self) -> None:
        """Kill the service and the database at once; nobody gets to say goodbye."""
        assert self._process is not None
        [file] = (self.data_dir / "database").rglob("postmaster.pid")
        postmaster = psutil.Process(int(file.read_text().splitlines()[0]))
        self._process.kill()
        postmaster.kill()
        await self._process.wait()
        await asyncio.to_thread(postmaster.wait)

    async def _end(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self._process.wait(), PATIENCE_S)


class Visitor:
    """One person with one production, who writes down every event that the stream brings."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[Heard] = []

    async def start(self, client: httpx.AsyncClient, brief: dict[str, Any]) -> None:
        made = await client.post("/api/productions", json={"graph": "novela", "brief": brief})
        assert made.status_code == 202, made.text
        self.url = f"/api/productions/{made.json()['data']['productionId']}"

    async def hear(self, client: httpx.AsyncClient, count: int) -> None:
        """Listen to a few more events, then hang up in the middle."""
        async with listen(client, f"{self.url}/events", headers=self._where_i_was()) as ear:
            self.heard += await ear.take(count)

    async def hear_of(self, client: httpx.AsyncClient, words: str) -> None:
        """Listen until progress begins with these words, then hang up."""
        async with listen(client, f"{self.url}/events", headers=self._where_i_was()) as ear:
            while True:
                self.heard.append(await ear.next())
                told = self.heard[-1]
                if told.event == "progress" and told.data["payload"]["text"].startswith(words):
                    return

    async def to_gate(self, client: httpx.AsyncClient, name: str) -> dict[str, Any]:
        """Listen until a gate is open; its question without the links, which are new each time."""
        async with listen(client, f"{self.url}/events", headers=self._where_i_was()) as ear:
            while (found := await self.look(client))["status"] != "paused":
                assert found["status"] in ("queued", "running"), found
                await self._hear_until_something_ends(ear)
        [gate] = found["gates"]
        assert gate["gate"] == name, gate["gate"]
        for item in gate["request"]["items"]:
            item.pop("url", None)
        gate["request"].pop("animatic_url", None)
        return dict(gate)

    async def to_end(self, client: httpx.AsyncClient) -> None:
        async with listen(client, f"{self.url}/events", headers=self._where_i_was()) as ear:
            *rest, end = await ear.rest()
        assert end.data["payload"]["reason"] == "completed"
        self.heard += rest

    async def look(self, client: httpx.AsyncClient) -> dict[str, Any]:
        return dict((await client.get(self.url)).json()["data"])

    async def answer(self, client: httpx.AsyncClient, gate: dict[str, Any], **reply: Any) -> httpx.Response:
        if quote := gate["request"].get("quote"):
            reply |= {"quote_id": quote["quote_id"]}
        body = {"interrupt_id": gate["interruptId"], "reply": reply}
        return await client.post(f"{self.url}/answer", json=body)

    async def calls(self, client: httpx.AsyncClient, stage: str) -> list[dict[str, Any]]:
        """What was ordered for a stage so far, oldest first."""
        costs = (await client.get(f"{self.url}/costs")).json()["data"]
        return [call for call in costs["calls"] if call["stage"] == stage and call["kind"] == "engine"]

    async def whole_log(self, client: httpx.AsyncClient) -> list[Heard]:
        async with listen(client, f"{self.url}/events?since=0") as ear:
            return (await ear.rest())[:-1]

    def _where_i_was(self) -> dict[str, str]:
        return {"Last-Event-ID": self.heard[-1].id} if self.heard else {}

    async def _hear_until_something_ends(self, ear: Any) -> None:
        self.heard.append(await ear.next())
        while self.heard[-1].event != "lifecycle" or self.heard[-1].data["payload"]["event"] == "running":
            self.heard.append(await ear.next())
