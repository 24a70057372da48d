"""Replay, fork and re-shoot of the micro-episode: what is free, what is paid, what stays as it was."""

import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from server.branches.fork import Difference, fork
from server.branches.replay import replay
from server.branches.report import Report, replay_report
from server.composition import Parts
from state.order import EngineRequest
from tests.acceptance.studio_lot import USER, Walk, begin, house
from tools.engines.files import Files
from tools.engines.base import Engine


class CountedEngine:
    """The offline engine behind a till: it notes what it is asked to make."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.sold: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files) -> str:
        self.sold.append(call_key.partition(":")[2])
        return await self._engine.submit(request, call_key=call_key, files=files)


def put_till(parts: Parts) -> CountedEngine:
    till = CountedEngine(parts.tools.engines["previz"])
    parts.tools.engines["previz"] = till  # type: ignore[index]
    return till


async def test_walk(parts: Parts) -> None:
    import time
    t=time.time()
    till = put_till(parts)
    walk = await begin(parts)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    await walk.answer(**{"1B": {"light": "YELLOW", "note": "at sunset"}})
    await walk.to_gate("review_storyboard")
    await walk.answer()
    await walk.to_gate("review_scene")
    await walk.answer()
    await walk.to_end()
    print("made", time.time()-t, till.sold)
    t=time.time()
    till.sold.clear()
    started = await replay(parts.house, walk.production_id, user_id=USER)
    async for event in parts.events.follow(started.production_id):
        if event.method == "lifecycle" and not event.namespace:
            report = await replay_report(parts.house, started.production_id, user_id=USER)
            if report.finished: break
    print("replayed", time.time()-t, till.sold)
    print(report)
    assert 0
