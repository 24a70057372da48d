"""Turns the event log into rows: scenes, messages, media, deliveries, totals.

Rows and the position in the log move in one transaction, so every event counts once,
whoever projects it and however often the process dies.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from pydantic import ValidationError

from server.hooks.facts import CUSTOM, ENDS, may_be_told
from server.hooks.outbox import listened, put_in_outbox
from server.records import media_rows, messages, novelas, videos
from server.records.novelas import Connection
from server.records.productions import SQL as PRODUCTIONS
from server.runs.events import Draft, EventLog
from state.errors import DatabaseDown
from state.events import (
    MasterDone,
    MediaStored,
    MessageSent,
    PlanWritten,
    SceneDone,
    SceneFailed,
    ScenePlanned,
    SceneProgress,
    SceneStarted,
)
from state.messages import AgentMessage
from tools.clock import Clock, SystemClock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.faults import fault_point

SQL = named_queries(Path(__file__).with_suffix(".sql"))
log = structlog.stdlib.get_logger(__name__)
MOST_AT_ONCE = 100
SAFETY_NET_S = 5.0
REST_S = 60.0
Where = dict[str, Any]
"""Whose, of what, which event, when: user, novela, production, event, at, episode, scene, branch, replay."""


class Projector:
    """Keeps the rows of this process's productions up with their logs."""

    def __init__(
        self, database: Database, clock: Clock | None = None, *, safety_s: float = SAFETY_NET_S
    ) -> None:
        self._database = database
        self._safety_s = safety_s
        self._clock = clock or SystemClock()
        self._due: dict[str, None] = {}
        self._news: dict[str, None] = {}
        """Productions with news that change no row, and that somebody outside may want to hear."""
        self._resting: dict[str, float] = {}
        """Productions whose events could not be applied, and when they are tried again."""
        self._bell = asyncio.Event()

    def attach(self, events: EventLog) -> None:
        """Hear of what this process writes, and of what no process's log does.

        What another process writes is for its own projector: if each did it, every process more would cost
        all others. What it leaves behind when it dies is found by the safety net.
        """
        events.on_written = self._written
        events.tail.on_unlogged = self.due

    def _written(self, production_id: str, drafts: Iterable[Draft]) -> None:
        """Events that become no row and that nobody is told of cost nothing."""
        if any(becomes_rows(draft.method, draft.payload) for draft in drafts):
            self.due(production_id)
        elif any(may_be_told(draft.method, draft.payload) for draft in drafts):
            self._news[production_id] = None
            self._bell.set()

    def due(self, production_id: str) -> None:
        """Catch up on this production soon."""
        self._due[production_id] = None
        self._bell.set()

    async def run(self) -> None:
        """Catch up on everything that was left behind, then on what is due, until cancelled."""
        while True:
            try:
                await self._look_for_more()
                await self._work()
            except DatabaseDown as exc:
                # The log keeps what the rows lack; the next round finds it.
                log.warning("projection_waits", problem=exc.message)
                await asyncio.sleep(SAFETY_NET_S)

    async def _look_for_more(self) -> None:
        """The slow safety net: what a crash or a lost notice left behind."""
        for production_id in await left_behind(self._database):
            if self._resting.get(production_id, 0.0) <= self._clock.monotonic():
                self.due(production_id)

    async def _work(self) -> None:
        """What is due, as it comes, until it is time to look for more."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._safety_s
        while loop.time() < until:
            await self._sort_news()
            if self._due:
                production_id = next(iter(self._due))
                del self._due[production_id]
                await self._catch_up(production_id)
            elif not self._news:
                self._bell.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(until):
                        await self._bell.wait()

    async def _sort_news(self) -> None:
        """One statement says of how many productions nobody wants to hear."""
        if self._news:
            news, self._news = self._news, {}
            self._due |= dict.fromkeys(await listened(self._database, news))

    async def _catch_up(self, production_id: str) -> None:
        try:
            await catch_up(self._database, production_id)
        except DatabaseDown:
            raise
        except Exception:  # the worker loop: one production's trouble is not the others'
            self._resting[production_id] = self._clock.monotonic() + REST_S
            log.exception("projection_failed", production_id=production_id)


def becomes_rows(method: str, payload: Any) -> bool:
    """Whether an event can change a row at all."""
    if not isinstance(payload, dict):
        return False
    if method == "custom":
        return payload.get("name") in STEPS
    return method == "lifecycle" and payload.get("status") in ENDED


async def catch_up(database: Database, production_id: str) -> int:
    """Apply everything that this production's log holds and the rows do not; how many events that was."""
    await database.execute(SQL["begin"], {"production": production_id})
    applied = 0
    while True:
        async with database.transaction() as connection:
            count = await _apply_some(connection, production_id)
            if count:
                await fault_point("in_projection", wire=connection.fileno)
        applied += count
        if count < MOST_AT_ONCE:
            return applied


async def left_behind(database: Database) -> list[str]:
    """Productions whose log holds something that the rows lack."""
    named = {"steps": list(STEPS), "ended": list(ENDED), "told": list(CUSTOM), "told_ends": list(ENDS)}
    await database.execute(SQL["pass_over"], named)
    return [str(row["production_id"]) for row in await database.fetch_all(SQL["behind"])]


async def catch_up_all(database: Database) -> int:
    """Catch up on every production that is behind; how many events that was."""
    return sum([await catch_up(database, production) for production in await left_behind(database)])


async def project_all(connection: Connection, production_id: str) -> None:
    """Apply a whole log in the transaction of who wrote it. Nobody outside is told: it happened elsewhere."""
    await connection.execute(SQL["begin"], {"production": production_id})
    while await _apply_some(connection, production_id, tells=False) == MOST_AT_ONCE:
        pass


async def _apply_some(connection: Connection, production_id: str, *, tells: bool = True) -> int:
    at = await (await connection.execute(SQL["lock"], {"production": production_id})).fetchone()
    if at is None or at["position"] >= at["last_seq"]:
        return 0
    params = {"production": production_id, "position": at["position"], "last": at["last_seq"]}
    read = await connection.execute(SQL["read"], {**params, "most": MOST_AT_ONCE})
    events = await read.fetchall()
    if events:
        # Novela first, its feed second: everybody locks in this order.
        await connection.execute(SQL["lock_novela"], {"novela": at["novela_id"]})
    for event in events:
        await _apply(connection, _where(at, production_id, event), event)
        if tells:
            await put_in_outbox(connection, at, event)
    reached = events[-1]["seq"] if len(events) == MOST_AT_ONCE else at["last_seq"]
    await connection.execute(SQL["move"], {**params, "position": reached})
    return len(events)


async def _apply(connection: Connection, where: Where, event: DictRow) -> None:
    payload = event["payload"]
    if event["method"] == "lifecycle":
        await _run_ended(connection, where, payload)
        return
    if event["method"] != "custom" or not isinstance(payload, dict):
        return
    step = STEPS.get(str(payload.get("name")))
    if step is None or (where["replay"] and step is not _master_done):
        return  # a replay tells again what its parent told
    try:
        await step(connection, where, payload.get("payload"))
    except ValidationError as exc:
        # A node told nonsense: that is its defect, and the events after it must still count.
        log.error("event_not_understood", told=payload.get("name"), problems=exc.errors(include_input=False))


async def _plan(connection: Connection, where: Where, payload: Any) -> None:
    told = PlanWritten.model_validate(payload)
    if where["novela"]:
        await novelas.remember_plan(
            connection,
            where["novela"],
            user_id=where["user"],
            plan=told.plan.model_dump(mode="json"),
            estimated=told.estimated_usd,
        )


async def _scene_planned(connection: Connection, where: Where, payload: Any) -> None:
    told = ScenePlanned.model_validate(payload)
    if where["novela"]:
        await videos.plan_scene(connection, where, told)
        await messages.link_scene(connection, where, episode=told.episode, scene=told.scene)


async def _scene_started(connection: Connection, where: Where, payload: Any) -> None:
    told = SceneStarted.model_validate(payload)
    if where["novela"]:
        await videos.start_scene(connection, where, told)


async def _scene_progress(connection: Connection, where: Where, payload: Any) -> None:
    told = SceneProgress.model_validate(payload)
    if where["novela"]:
        await videos.move_scene_on(connection, where, told)


async def _scene_done(connection: Connection, where: Where, payload: Any) -> None:
    told = SceneDone.model_validate(payload)
    if where["novela"]:
        await videos.finish_scene(connection, where, told)
    place = {**where, "episode": told.episode, "scene": told.scene}
    await media_rows.keep_media(
        connection,
        place,
        told.media,
        title=told.title,
        job_id=told.call_key,
        thumbnail=told.thumbnail,
    )
    if told.thumbnail:
        await media_rows.keep_media(connection, place, told.thumbnail, title=told.title, job_id=told.call_key)


async def _scene_failed(connection: Connection, where: Where, payload: Any) -> None:
    told = SceneFailed.model_validate(payload)
    if where["novela"]:
        await videos.fail_scene(connection, where, told)


async def _media(connection: Connection, where: Where, payload: Any) -> None:
    told = MediaStored.model_validate(payload)
    await media_rows.keep_media(
        connection,
        {**where, "episode": told.episode, "scene": told.scene},
        told.media,
        title=told.title,
        job_id=told.call_key,
        thumbnail=told.thumbnail,
    )


async def _message(connection: Connection, where: Where, payload: Any) -> None:
    told = MessageSent(message=AgentMessage.model_validate(payload))
    await messages.write_message(connection, where, told.message)


async def _master_done(connection: Connection, where: Where, payload: Any) -> None:
    told = MasterDone.model_validate(payload)
    for file in told.files:
        await connection.execute(
            PRODUCTIONS["deliver"],
            {
                "production": where["production"],
                "name": file.name,
                "title": file.title,
                "media": Jsonb(file.media.model_dump(mode="json")),
                "at": where["at"],
            },
        )
        if where["replay"]:
            continue
        await media_rows.keep_media(
            connection,
            {**where, "episode": told.episode},
            file.media,
            title=file.title or file.name,
            file_name=file.name,
            thumbnail=told.thumbnail if file.media.media_type == "video" else None,
        )
    if where["novela"]:
        await novelas.finish_episode(
            connection,
            where["novela"],
            user_id=where["user"],
            episode=told.episode,
            production_id=where["production"],
            at=where["at"],
        )


async def _run_ended(connection: Connection, where: Where, payload: Any) -> None:
    """A root run that failed or was cancelled takes its open scenes with it."""
    ended = payload.get("status") if isinstance(payload, dict) else None
    if where["novela"] and ended in ENDED:
        await videos.fail_open_scenes(connection, where, message=f"The production {ENDED[ended]}.")


ENDED = {"failed": "ended with an error", "cancelled": "was cancelled"}
Step = Callable[[Connection, Where, Any], Awaitable[None]]
STEPS: dict[str, Step] = {
    "plan": _plan,
    "scene_planned": _scene_planned,
    "scene_started": _scene_started,
    "scene_progress": _scene_progress,
    "scene_done": _scene_done,
    "scene_failed": _scene_failed,
    "media": _media,
    "message": _message,
    "master_done": _master_done,
}


def _where(at: DictRow, production_id: str, event: DictRow) -> Where:
    return {
        "user": at["user_id"],
        "novela": str(at["novela_id"]) if at["novela_id"] else None,
        "production": production_id,
        "event": event["event_id"],
        "at": event["at"],
        "episode": at["episode_number"],
        "scene": None,
        "branch": at["branch"],
        "replay": at["replay"],
    }
