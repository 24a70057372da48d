"""Replay, fork and re-shoot of the micro-episode: what is free, what is paid, what stays as it was."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from server.branches.fork import Difference, fork
from server.branches.replay import replay
from server.branches.report import Report
from server.branches.reshoot import Wish, offer, reshoot
from server.cli.replay import ended
from server.composition import Parts
from state.order import EngineRequest
from tests.acceptance.studio_lot import USER, Walk, begin
from tests.integration.branches.tables import everything
from tools.engines.base import Engine
from tools.engines.files import Files


@pytest.fixture
def cuts_anew() -> bool:
    """Replays compare files: nothing of them may be handed out."""
    return True


class Till:
    """The offline engine behind a till: it notes what it is asked to make."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.sold: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files) -> str:
        self.sold.append(call_key.partition(":")[2].rpartition(":")[0])
        return await self._engine.submit(request, call_key=call_key, files=files)

    def since(self) -> list[str]:
        """What was sold since this was asked last."""
        sold, self.sold = sorted(self.sold), []
        return sold


LISTENING: list[list[object]] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        for heard in LISTENING:
            heard.append(arguments[1])


sys.addaudithook(_hear)


@contextmanager
def sockets() -> Iterator[list[object]]:
    """Every address that this process connects to meanwhile, however it does so."""
    heard: list[object] = []
    LISTENING.append(heard)
    try:
        yield heard
    finally:
        LISTENING.remove(heard)


async def made(parts: Parts) -> Walk:
    """An episode with one panel that was sent back."""
    walk = await begin(parts)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    await walk.answer(**{"1B": {"light": "YELLOW", "note": "at sunset"}})
    for gate in ("review_storyboard", "review_scene"):
        await walk.to_gate(gate)
        await walk.answer()
    await walk.to_end()
    return walk


async def test_replay_is_free_a_fork_pays_for_what_differs_and_a_re_shoot_for_one_take(parts: Parts) -> None:
    till = Till(parts.tools.engines["previz"])
    parts.tools.engines["previz"] = till  # type: ignore[index]
    walk = await made(parts)
    sold = till.since()
    before = await everything(parts, walk.production_id)

    await _replays(parts, walk, till)
    assert await everything(parts, walk.production_id) == before
    await _forks(parts, walk, till)
    assert await everything(parts, walk.production_id) == before
    await _shoots_again(parts, walk, till)
    assert "storyboard:1A" in sold, "the till does count"
    report = await _replayed(parts, walk.production_id)
    assert report.identical, report.differences


async def _replayed(parts: Parts, production_id: str) -> Report:
    started = await replay(parts.house, production_id, user_id=USER)
    return await ended(parts, started.production_id)


async def _replays(parts: Parts, walk: Walk, till: Till) -> None:
    """No socket but the database's, nothing written to the ledger, nothing paid, the same files."""
    with sockets() as heard:
        report = await _replayed(parts, walk.production_id)
    assert report.identical, report.differences
    assert (report.ledger_rows, till.since()) == (0, [])
    assert report.calls == len(await parts.tools.orders.history(walk.production_id))
    assert {"deliverables.master.mp4", "deliverables.ledger.json"} <= (
        await _digests(parts, report.production_id)
    ).keys()
    assert [one for one in heard if not _is_database(parts, one)] == []
    costs = await parts.tools.orders.costs(report.production_id)
    assert costs == type(costs)()


def _is_database(parts: Parts, address: object) -> bool:
    url = parts.tools.database.url
    host = address[0] if isinstance(address, tuple) else address
    return str(host).partition("/.s.PGSQL")[0] in url.replace("%2F", "/")


async def _forks(parts: Parts, walk: Walk, till: Till) -> None:
    """The first storyboard, answered differently: 1C is drawn anew, 1B is shot as it was written."""
    first = (await _asked(parts, walk, "review_storyboard"))[0]
    reply = {"approve_all": True, "items": {"1C": {"light": "RED"}}}
    branch = await fork(
        parts.house, walk.production_id, Difference(checkpoint_id=first, reply=reply), user_id=USER
    )
    other = Walk(parts, branch.production_id)
    await other.to_gate("review_storyboard")
    await other.answer()
    await other.to_gate("review_scene")
    assert till.since() == ["storyboard:1C", "take:1B"]
    theirs, ours = [await _digests(parts, one.production_id) for one in (walk, other)]
    changed = {name for name in ours if name.startswith(("panels.", "takes.")) and ours[name] != theirs[name]}
    assert changed == {"panels.1B.media", "panels.1C.media", "takes.1B.media", "takes.1B.thumbnail"}
    history = await parts.tools.orders.history(branch.production_id)
    assert {row["adopted_from"] is None for row in history if row["kind"] == "text"} <= {False}


async def _asked(parts: Parts, walk: Walk, node: str) -> list[str]:
    rows = await parts.tools.database.fetch_all(
        "select distinct checkpoint_id from checkpoint_writes where thread_id = %s and task_path like %s"
        " order by 1",
        [walk.production_id, f"%, {node}"],
    )
    return [row["checkpoint_id"] for row in rows]


async def _shoots_again(parts: Parts, walk: Walk, till: Till) -> None:
    """One order, one new take with the next number; every other file stays the same."""
    before, wish = await _digests(parts, walk.production_id), Wish(shot="1A", note="closer")
    offered = await offer(parts.house, walk.production_id, wish, user_id=USER)
    assert [call.item for call in offered.quote.calls] == ["1A"]
    await reshoot(parts.house, walk.production_id, wish, user_id=USER)
    await walk.to_end()
    assert till.since() == ["take:1A"]
    takes = [row for row in await walk.orders("take") if row["item"] == "1A"]
    assert [(row["take_number"], row["state"]) for row in takes] == [(1, "done"), (2, "done")]
    now = await _digests(parts, walk.production_id)
    changed = {name for name in now if now[name] != before[name]}
    assert changed == {
        "takes.1A.media", "takes.1A.thumbnail", "reels.1", "cut", "deliverables.master.mp4",
        "deliverables.animatic.mp4", "deliverables.contact-sheet.png",
        "deliverables.script.fountain", "deliverables.episode.json", "deliverables.ledger.json",
        "deliverables.ledger.csv", "deliverables.provenance.json", "deliverables.quality.json",
        "signature.media",
    }  # fmt: skip


async def _digests(parts: Parts, production_id: str) -> dict[str, str]:
    """The digest of every file that the newest state names, by where it is named."""
    snapshot = await parts.house.threads.snapshots.read(production_id, graph="novela")
    found: dict[str, str] = {}

    def look(value: Any, path: str) -> None:
        if isinstance(value, dict) and "sha256" in value:
            found[path] = value["sha256"]
        elif isinstance(value, dict):
            for name, part in value.items():
                look(part, f"{path}.{name}".lstrip("."))

    look(snapshot.values, "")
    return found
