"""The fetchers by what can be tried on them, and all their guards taken away."""

from typing import Any

import httpx
import httpx2
import pytest
import requests

from tests.integration.fetching import listed
from tests.integration.fetching.fetchers import FETCHERS
from tools.engines.fal.storage import Storage
from tools.web.transport import CheckedTransport

NAMED = [name for name, fetcher in FETCHERS.items() if fetcher.names or fetcher.given]
WEB = [name for name, fetcher in FETCHERS.items() if fetcher.codes]
OURS = [name for name in WEB if listed.fetchers()[name]["guard"] == "ours"]
"""The others have no guard that could be taken away: their libraries go nowhere else by themselves."""
RESULTS = ["replicate results", "fal results", "google results"]
"""Files, which may lie on other hosts."""


def unguarded(patch: pytest.MonkeyPatch) -> None:
    """All that holds: the check of addresses, and that clients follow no redirect by themselves."""
    for library in (httpx, httpx2):
        made = library.AsyncClient.__init__

        def careless(self: Any, *args: Any, made: Any = made, **named: Any) -> None:
            made(self, *args, **{**named, "follow_redirects": True, "max_redirects": 5})

        patch.setattr(library.AsyncClient, "__init__", careless)

    many = property(lambda _: 5, lambda _, most: None)
    patch.setattr(requests.Session, "max_redirects", many, raising=False)

    async def unchecked(self: Any, request: httpx.Request) -> httpx.Response:
        answer: httpx.Response = await self._inner.handle_async_request(request)
        return answer

    patch.setattr(CheckedTransport, "handle_async_request", unchecked)
    patch.setattr(Storage, "_base", lambda self, told: told["base_url"])
