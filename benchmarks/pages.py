"""How long the pages take: what the server needs, and what a phone's browser needs to show one (S1-79).

The wall of the demo's storyboard is measured, twelve panels at 1080p, over loopback with an empty cache.
Without a Chromium on this machine only the server's part is measured, and the report says so.

    python -m benchmarks.pages                 # prints a table, exits 1 when a page takes 3 s or more
"""

import asyncio
import json
import os
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import httpx
import uvicorn
from rich.console import Console
from rich.table import Table

from server.app import create_app
from server.composition import Parts, open_parts
from server.logs import configure_logs
from tools.settings import Settings

ROOT = Path(__file__).parents[1]
LIMIT_S = 3.0
ROUNDS = 7
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def main() -> int:
    """Make the wall once, then open every page a few times."""
    with tempfile.TemporaryDirectory(prefix="greenlight-bench-") as folder:
        Path(folder).chmod(0o755)
        settings = Settings(data_dir=Path(folder), log_level="WARNING")
        configure_logs(settings)
        return asyncio.run(_measure(settings))


async def _measure(settings: Settings) -> int:
    async with open_parts(settings) as parts:
        production = await _to_storyboard(parts)
        paths = {"list": "/", "form": "/new", "storyboard": f"/productions/{production}"}
        async with _served(parts) as url:
            server = {name: await _server_s(url + path) for name, path in paths.items()}
            browser = await _browser_s({name: url + path for name, path in paths.items()})
    _print(server, browser)
    return int(any(took >= LIMIT_S for took in (*server.values(), *browser.values())))


async def _to_storyboard(parts: Parts) -> str:
    """Start the demo's brief and approve its budget; the production waits with its wall."""
    brief = json.loads((ROOT / "examples" / "novela.json").read_text("utf-8"))
    runs = parts.house.runs
    accepted = await runs.start(
        user_id="local", graph="novela", title=brief["title"], brief=brief, context={"review": "ask"}
    )
    identity = accepted.production_id
    async for event in parts.house.events.follow(identity):
        if event.method != "lifecycle" or event.namespace:
            continue
        state = await runs.state(user_id="local", production_id=identity)
        gate = state.interrupts[0]["value"] if state.interrupts else {}
        if gate.get("gate") == "review_storyboard":
            break
        if gate.get("gate") == "approve_budget":
            reply = {"approve_all": True, "quote_id": gate["quote"]["quote_id"]}
            await runs.answer(user_id="local", production_id=identity, interrupt_id=None, reply=reply)
    return identity


@asynccontextmanager
async def _served(parts: Parts) -> AsyncIterator[str]:
    app = create_app(parts.house.settings, opener=lambda _: nullcontext(parts.house))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None, access_log=False))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving


async def _server_s(url: str) -> float:
    """The median time until the page's last byte."""
    took = []
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            (await client.get(url, headers={"Accept": "text/html"})).raise_for_status()
            took.append(time.perf_counter() - started)
    return statistics.median(took)


async def _browser_s(urls: dict[str, str]) -> dict[str, float]:
    """The slowest of a few loads with an empty cache, until every picture in the window is there."""
    if CHROMIUM is None:
        return {}
    from playwright.async_api import async_playwright

    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    slowest: dict[str, float] = {}
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(executable_path=CHROMIUM, args=flags)
        for name, url in urls.items():
            took = []
            for _ in range(ROUNDS):
                context = await browser.new_context(viewport={"width": 390, "height": 844})
                page = await context.new_page()
                started = time.perf_counter()
                await page.goto(url, wait_until="load")
                took.append(time.perf_counter() - started)
                await context.close()
            slowest[name] = max(took)
        await browser.close()
    return slowest


def _print(server: dict[str, float], browser: dict[str, float]) -> None:
    table = Table(title=f"Pages: the limit is {LIMIT_S:.0f} s")
    for heading in ("page", "server, median", "phone browser, slowest"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for name, took in server.items():
        shown = f"{browser[name] * 1000:.0f} ms" if name in browser else "no Chromium here"
        table.add_row(name, f"{took * 1000:.0f} ms", shown)
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
