"""The live page reads in an order that misses nothing."""

import json
from typing import Any

import pytest
from fastapi import Request

from server.console.pages.production import live_fragment
from server.console.public_api import ApiRefused

REFUSAL = {"error": {"code": "not_found", "message": "None.", "userMessage": "None.", "suggestion": "Look."}}


class Refusing:
    """An API that has nothing, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(REFUSAL).encode()})


async def test_the_story_is_asked_for_after_the_event_that_the_page_follows_from():
    """An older story would stay on the page of a gate: nothing more happens there."""
    api = Refusing()
    scope = {"type": "http", "app": api, "scheme": "http", "server": ("here", 80), "path": "/", "headers": []}
    with pytest.raises(ApiRefused):
        await live_fragment("1", Request(scope))
    assert api.asked == ["/api/productions/1"]
