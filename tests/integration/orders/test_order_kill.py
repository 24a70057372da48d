"""Real processes: killed with -9 at a named point, or frozen and woken too late."""

import asyncio
import os
import signal
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.forked import ForkedProcess
from tests.integration.orders.shop import Shop

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("point", ["after_intent", "after_post", "before_done"])
async def test_a_killed_process_pays_once(
    point: str, shop: Shop, production: str, shared_url: str, tmp_path: Path
) -> None:
    (tmp_path / "faults.log").touch()
    killed, _ = await start(production, shared_url, tmp_path, GREENLIGHT_FAULT=point).ended()
    assert killed == -signal.SIGKILL
    code, digest = await start(production, shared_url, tmp_path).ended()
    assert (code, len(digest)) == (0, 64)
    assert len((tmp_path / "posts.log").read_text().splitlines()) == 1
    kills = [line.split()[0] for line in (tmp_path / "faults.log").read_text().splitlines()]
    assert kills == [point]


@pytest.mark.parametrize(("hold", "posts"), [("careful", 1), ("careless", 2)])
async def test_a_frozen_process_wakes_too_late_to_send(
    hold: str, posts: int, production: str, shared_url: str, tmp_path: Path, shop: Shop
) -> None:
    """Stopped right before sending; its successor buys; then it goes on. `careless` is the control."""
    frozen = start(production, shared_url, tmp_path, HOLD=hold)
    await wait_for(tmp_path / "held")
    frozen.process.send_signal(signal.SIGSTOP)
    code, _ = await start(production, shared_url, tmp_path).ended()
    assert code == 0
    (tmp_path / "go").touch()
    frozen.process.send_signal(signal.SIGCONT)
    code, errors = await frozen.ended()
    assert code == 1
    assert "DeadlinePassed" in errors or "LeaseLost" in errors
    assert len((tmp_path / "posts.log").read_text().splitlines()) == posts


async def wait_for(file: Path) -> None:
    """Another process makes it."""
    async with asyncio.timeout(20):
        while not await asyncio.to_thread(file.exists):  # no event crosses processes
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Victim:
    """A process that places one order, and what it prints."""

    process: ForkedProcess
    log: Path

    async def ended(self) -> tuple[int, str]:
        """Its exit code and what it printed."""
        async with asyncio.timeout(60):
            code = await self.process.wait()
        return code, self.log.read_text()


def start(production: str, url: str, data_dir: Path, **more: str) -> Victim:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "GREENLIGHT_DATABASE_URL": url,
        "GREENLIGHT_DATA_DIR": str(data_dir),
        "GREENLIGHT_LEASE_TTL_S": "0.5",
        **more,
    }
    log = data_dir / f"victim-{uuid.uuid4().hex}.log"
    module = "tests.integration.orders.victim"
    return Victim(ForkedProcess(module, production, env=environment, log=log), log)
