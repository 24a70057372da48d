"""Requests that nobody would think of, sent to an app that runs in a thread beside the test."""

import io
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import requests
import urllib3
from anyio.from_thread import BlockingPortal, start_blocking_portal
from requests.adapters import HTTPAdapter

from server.sse import StreamLimits
from tests.integration.api.conftest import Lot, open_lot
from tests.integration.api.making import a_novela, a_production, done, mastered, said, tell
from tools.db.pool import Database
from tools.settings import Settings

HOST = "http://127.0.0.1"
BRIEF_STREAMS = StreamLimits(heartbeat_s=0.01, open_s=0.02)
"""A stream that nobody ends would be waited for."""


@dataclass
class Beside:
    """The app in its thread."""

    lot: Lot
    portal: BlockingPortal
    ids: dict[str, str]
    """Records that exist, by the name of the path's parameter."""

    def session(self, headers: dict[str, str]) -> requests.Session:
        """A session whose requests reach the app without a socket."""
        session = requests.Session()
        session.headers.update(headers)
        session.mount(HOST, InProcess(self))
        return session


class InProcess(HTTPAdapter):
    """Hands requests to the app and gives its answers the form of real ones."""

    def __init__(self, beside: Beside) -> None:
        super().__init__()
        self._beside = beside

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        answer = self._beside.portal.call(self._asked, request)
        raw = urllib3.HTTPResponse(
            body=io.BytesIO(answer.content), headers=dict(answer.headers), status=answer.status_code,
            version=11, preload_content=False, decode_content=False, request_method=request.method,
        )  # fmt: skip
        return self.build_response(request, raw)

    async def _asked(self, request: requests.PreparedRequest) -> httpx.Response:
        assert request.method is not None
        sent = {**request.headers, "Accept-Encoding": "identity"}
        headers = [(name.encode(), _latin(value)) for name, value in sent.items()]
        return await self._beside.lot.client.request(
            request.method, str(request.url), content=request.body, headers=headers
        )


def _latin(value: str | bytes) -> bytes:
    """As header values travel: requests writes them so, httpx would not."""
    return value if isinstance(value, bytes) else value.encode("latin-1")


@contextmanager
def app_beside(database_url: str, folder: Path) -> Iterator[Beside]:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(_lot(database_url, folder)) as lot,
    ):
        yield Beside(lot, portal, portal.call(_records, lot))


@asynccontextmanager
async def _lot(database_url: str, folder: Path) -> AsyncIterator[Lot]:
    database = await Database.open(database_url, max_size=4, name="any request")
    settings = Settings(data_dir=folder, link_secret="a-secret-for-the-tests")
    try:
        async with open_lot(database, settings, BRIEF_STREAMS) as lot:
            yield lot
    finally:
        await database.close()


async def _records(lot: Lot) -> dict[str, str]:
    """One of everything, so that not every answer is 404."""
    novela = (await a_novela(lot.client))["id"]
    production = await a_production(lot, novela_id=novela)
    await tell(lot, production, done(), said("A word."), mastered())
    await lot.runs.open_gate(production, "review_scene", "scene-1")
    video = await lot.database.fetch_one("select id from novela_videos")
    item = await lot.database.fetch_one("select id from media_library")
    left = {"provider": "fal", "label": "x", "key": "a-key-at-a-provider-1234"}
    key = (await lot.client.post("/api/settings/api-keys", json=left)).json()["data"]["id"]
    hook = await lot.client.post("/api/webhooks", json={"url": "http://127.0.0.1:9/"})
    endpoint = hook.json()["data"]["id"]
    sent = (await lot.client.post(f"/api/webhooks/{endpoint}/test")).json()["data"]["id"]
    assert video is not None
    assert item is not None
    return {
        "media_id": str(item["id"]),
        "novela_id": novela, "production_id": production, "video_id": str(video["id"]),
        "conversation_id": "talk", "key_id": key,
        "endpoint_id": endpoint, "delivery_id": sent,
    }  # fmt: skip
