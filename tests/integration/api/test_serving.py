"""The service as a process: it starts with checks, logs JSON without secrets, and ends cleanly."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server.serve import serve
from state.errors import DatabaseDown, FolderUnwritable, PortTaken
from tests.integration.api.listening import listen
from tools.db.pool import Database
from tools.settings import Settings

SECRET = "sk-canary0123456789abcdef"
ROOT = Path(__file__).parents[3]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
async def process(database_url: str, tmp_path: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "GREENLIGHT_DATABASE_URL": database_url,
        "GREENLIGHT_DATA_DIR": str(tmp_path), "GREENLIGHT_PORT": str(port), "GREENLIGHT_WORKERS": "1",
        "OPENAI_API_KEY": SECRET,
    }  # fmt: skip
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.api.served_process",
        cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield started, port
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


async def logged_until(stream: asyncio.StreamReader, text: str) -> list[str]:
    """The process's lines up to the one that holds `text`."""
    lines: list[str] = []
    while not lines or text not in lines[-1]:
        line = await asyncio.wait_for(stream.readline(), 60)
        assert line, "".join(lines)
        lines.append(line.decode())
    return lines


async def test_it_answers_logs_and_ends_cleanly(
    process: tuple[asyncio.subprocess.Process, int], database: Database
) -> None:
    served, port = process
    assert served.stderr is not None
    lines = await logged_until(served.stderr, "Uvicorn running")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20) as client:
        assert (await client.get("/health")).json()["ok"] is True
        leak = {"graph": "novela", "brief": {"title": "Refused", "description": SECRET}}
        made = (await client.post("/api/productions", json=leak)).json()["data"]
        async with listen(client, f"/api/productions/{made['productionId']}/events") as ear:
            assert (await ear.rest())[-1].data["payload"]["reason"] == "completed"
        novela = {"title": "T", "description": "D", "genre": "drama", "targetEpisodes": 1}
        made = (await client.post("/api/novelas", json=novela)).json()["data"]
        async with listen(client, f"/api/novelas/{made['id']}/events") as ear:
            served.send_signal(signal.SIGTERM)
            [end] = await ear.rest()
    assert end.data["payload"] == {"reason": "shutdown", "lastEventId": 0, "reconnect": True}
    lines += (await asyncio.wait_for(served.stderr.read(), 30)).decode().splitlines()
    assert await served.wait() == 0, "the house was not closed"
    session = await database.fetch_one("select last_activity - created_at as open from sessions")
    assert session is not None, "the session was written back as the house closed"
    assert session["open"].total_seconds() > 0
    entries = [json.loads(line) for line in lines]
    assert {"message", "level", "logger", "timestamp"} <= set(entries[0])
    assert any("Traceback" in entry.get("exception", "") for entry in entries), "the failed run is logged"
    assert SECRET not in "".join(lines)


async def test_what_keeps_it_from_starting_is_one_sentence(database_url: str, tmp_path: Path) -> None:
    nobody = f"postgresql://u:pa55word@127.0.0.1:{free_port()}/x"
    (tmp_path / "file").touch()
    port = free_port()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        cases = {
            PortTaken: Settings(database_url=database_url, data_dir=tmp_path, port=taken.getsockname()[1]),
            DatabaseDown: Settings(database_url=nobody, data_dir=tmp_path, port=port),
            FolderUnwritable: Settings(
                database_url=database_url, data_dir=tmp_path / "file" / "x", port=port
            ),
        }
        for family, settings in cases.items():
            with pytest.raises(family) as caught:
                await serve(settings)
            assert "\n" not in caught.value.message
            assert "pa55word" not in caught.value.message
