"""A real process, killed with -9 at a named point, then started again."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.integration.orders.shop import Shop

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("point", ["after_intent", "after_post", "before_done"])
async def test_a_killed_process_pays_once(
    point: str, shop: Shop, production: str, shared_url: str, tmp_path: Path
) -> None:
    (tmp_path / "faults.log").touch()
    killed, _ = await victim(production, shared_url, tmp_path, fault=point)
    assert killed == -signal.SIGKILL
    code, digest = await victim(production, shared_url, tmp_path)
    assert (code, len(digest)) == (0, 64)
    assert len((tmp_path / "posts.log").read_text().splitlines()) == 1
    kills = [line.split()[0] for line in (tmp_path / "faults.log").read_text().splitlines()]
    assert kills == [point]


async def victim(production: str, url: str, data_dir: Path, *, fault: str = "") -> tuple[int, str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "GREENLIGHT_DATABASE_URL": url,
        "GREENLIGHT_DATA_DIR": str(data_dir),
        "GREENLIGHT_LEASE_TTL_S": "0.5",
        "GREENLIGHT_FAULT": fault,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.orders.victim", production,
        env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()
