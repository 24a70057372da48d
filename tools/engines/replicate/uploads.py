"""Files that go along with an order: small ones inside it, larger ones brought to Replicate before.

Bringing one costs nothing and makes no job; what was brought and never used is removed there after a day.
"""

import asyncio
import base64
import re
from datetime import datetime
from pathlib import Path

from state.errors import ProviderError, ProviderMisconfigured, ProviderTimeout
from state.media import MediaRef
from tools.engines.files import Files
from tools.engines.live.wire import Wire
from tools.engines.replicate.failures import raise_not_sent, raise_unless_good

MOST_INSIDE = 256 * 1000
"""Larger ones are to be brought (the vendor's words: data URLs up to 256 kB)."""
FILE_ADDRESS = re.compile(r"/v1/files/([A-Za-z0-9_=-]{1,128})(?:/download)?(?:\?.*)?\Z")


class Uploads:
    """Brings files to Replicate."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def addresses(self, media: list[MediaRef], files: Files, *, now: datetime) -> dict[str, str]:
        """Where Replicate can read each file, by media key.

        Raises:
            ProviderError: `not_sent`, or why this account cannot bring any; the order was not sent.
        """
        paths = {one.key: _path(one, files) for one in media}
        try:
            return {one.key: await self._address(one, paths[one.key], now) for one in media}
        except ProviderError as error:
            raise_not_sent(error)

    async def sha256_of(self, address: str, *, now: datetime) -> str:
        """The digest of a file that was brought; empty when it is gone or was never there.

        Raises:
            ProviderError: it cannot be asked.
        """
        found = FILE_ADDRESS.search(address)
        if found is None:
            return ""
        answer = await self._wire.get(f"v1/files/{found.group(1)}")
        if answer.status == 404:
            return ""
        raise_unless_good(answer, now=now)
        sums = answer.json().get("checksums")
        return str(sums.get("sha256") or "") if isinstance(sums, dict) else ""

    async def _address(self, media: MediaRef, path: Path, now: datetime) -> str:
        if (await asyncio.to_thread(path.stat)).st_size > MOST_INSIDE:
            return await self._brought(media, path, now)
        content = await asyncio.to_thread(path.read_bytes)
        return f"data:{media.mime};base64,{base64.b64encode(content).decode()}"

    async def _brought(self, media: MediaRef, path: Path, now: datetime) -> str:
        name = f"{media.sha256[:32]}{path.suffix}"
        with await asyncio.to_thread(path.open, "rb") as content:
            form = {"content": (name, content, media.mime)}
            answer = await self._wire.tell("POST", "v1/files", files=form)
        raise_unless_good(answer, now=now)
        urls = answer.json().get("urls")
        address = urls.get("get") if isinstance(urls, dict) else None
        if not isinstance(address, str) or not address:
            words = "Replicate took a file and did not say where it is."
            raise ProviderTimeout(words, provider="replicate", kind="ambiguous")
        return address


def _path(media: MediaRef, files: Files) -> Path:
    if media.key not in files:
        raise ProviderMisconfigured(
            "A picture that this order refers to was not handed over with it.", provider="replicate",
            kind="invalid", details={"fields": [{"field": "references", "problem": "its file is missing"}]},
        )  # fmt: skip
    return files[media.key]
