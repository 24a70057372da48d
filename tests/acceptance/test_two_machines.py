"""One Postgres, one bucket, a data folder per machine: an episode wanders from worker to worker.

The front door runs in this process and drives nothing; each worker is a process of its own. The first one
leaves after the storyboard, and the second one shoots, cuts and masters from what lies in the bucket.
"""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from server.composition import Parts, open_parts
from tests.acceptance.studio_lot import PATIENCE_S, Walk, begin
from tests.builders import A_MASTER_KEY
from tests.forked import ForkedProcess
from tests.integration.protocol.live import listening
from tools.ffmpeg.probe import probe
from tools.media_place import Bucket
from tools.settings import Settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server

pytestmark = pytest.mark.soak  # an episode by three processes: a minute of two cores
LINK_SECRET = "a-link-secret-of-all-machines"


class Machines:
    """Data folders that know nothing of each other, and what all machines are told."""

    def __init__(self, folder: Path, models: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._models = models
        self._environment = environment

    def data(self, name: str) -> Path:
        folder = self.folder / name
        if not folder.exists():
            folder.mkdir()
            (folder / "models").symlink_to(self._models)
        return folder

    @asynccontextmanager
    async def worker(self, name: str) -> AsyncIterator[None]:
        """`greenlight work` until the end of the block, then SIGTERM."""
        env = {**self._environment, "GREENLIGHT_DATA_DIR": str(self.data(name))}
        log = self.folder / f"{name}.log"
        process = ForkedProcess("server.cli.main", "work", "--slots", "1", env=env, log=log)
        try:
            async with asyncio.timeout(PATIENCE_S):
                yield
        finally:
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0, log.read_text()[-2000:]


@pytest.fixture
def machines(
    s3_here: "S3Server", s3_place: Bucket, database_url: str, tmp_path: Path, voice_models: Path
) -> Machines:
    environment = {
        "PATH": os.environ["PATH"], "LANGGRAPH_STRICT_MSGPACK": "true", "GREENLIGHT_RENDER_PROCESSES": "1",
        "GREENLIGHT_DATABASE_URL": database_url, "GREENLIGHT_MEDIA": str(s3_place),
        "GREENLIGHT_LINK_SECRET": LINK_SECRET, "GREENLIGHT_MASTER_KEY": A_MASTER_KEY, **s3_here.environment,
    }  # fmt: skip
    return Machines(tmp_path, voice_models, environment)


@pytest.fixture
async def door(
    machines: Machines, s3_here: "S3Server", s3_place: Bucket, database_url: str
) -> AsyncIterator[Parts]:
    settings = Settings.model_validate(
        {
            "data_dir": machines.data("door"), "database_url": database_url, "media": str(s3_place),
            "link_secret": LINK_SECRET, **s3_here.settings,
        }
    )  # fmt: skip
    async with open_parts(settings, works=False) as parts:
        yield parts


async def test_an_episode_is_made_by_two_machines_and_played_by_a_third(door: Parts, machines: Machines):
    walk = await begin(door, shots_per_scene=1)
    async with machines.worker("first"):
        await walk.to_gate("approve_budget")
        await walk.answer()
        await walk.to_gate("review_storyboard")
    async with machines.worker("second"):
        await walk.answer()
        await walk.to_gate("review_scene")
        await walk.answer()
        await walk.to_end()

    assert not list(machines.data("first").glob("media/*")), "nothing lies in a folder of one machine"
    await plays(door, walk, machines.folder / "master.mp4")


async def plays(door: Parts, walk: Walk, into: Path) -> None:
    """As a player does: the beginning, the end, then all of it; straight out of the bucket."""
    async with (
        listening(door.house, door.tools.settings) as live,
        httpx.AsyncClient(base_url=live.url) as client,
    ):
        files = (await client.get(f"/api/productions/{walk.production_id}/files")).json()["data"]
        [link] = [file["url"] for file in files if file["name"] == "master.mp4"]
        whole = (await client.get(link)).raise_for_status().content
        head, tail = [
            await client.get(link, headers={"Range": asked}) for asked in ("bytes=0-99", "bytes=-100")
        ]
        assert (head.status_code, head.content, tail.content) == (206, whole[:100], whole[-100:])
        assert head.headers["content-range"] == f"bytes 0-99/{len(whole)}"
        [told] = [file["url"] for file in files if file["name"] == "episode.json"]
        assert json.loads((await client.get(told)).content)["scenes"]
    await asyncio.to_thread(into.write_bytes, whole)
    facts = await probe(into)
    assert (facts.width, facts.height, facts.video_codec, facts.audio_codec) == (320, 180, "h264", "aac")
    assert not list(door.tools.settings.data_dir.glob("media_cache/*/video/*/*")), "no copy was made for it"
