"""Turns the event log into rows: scenes, messages, media, deliveries, totals.

Rows and the position in the log move in one transaction, so every event counts once,
whoever projects it and however often the process dies.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import structlog
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from pydantic import ValidationError

from server.records import media_rows, messages, novelas, videos
from server.records.novelas import Connection
from server.records.productions import SQL as PRODUCTIONS
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
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
log = structlog.stdlib.get_logger(__name__)
Where = dict[str, Any]
"""Whose, of what, which event, when: user, novela, production, event, at, episode, scene."""


async def catch_up(database: Database, production_id: str) -> int:
    """Apply everything that this production's log holds and the rows do not; how many events that was."""
    await database.execute(SQL["begin"], {"production": production_id})
    applied = 0
    while count := await _apply_some(database, production_id):
        applied += count
    return applied


async def catch_up_all(database: Database) -> int:
    """Catch up on every production that is behind: after a crash, and as a slow safety net."""
    applied = 0
    for row in await database.fetch_all(SQL["behind"]):
        applied += await catch_up(database, str(row["production_id"]))
    return applied


async def _apply_some(database: Database, production_id: str) -> int:
    async with database.transaction() as connection:
        at = await (await connection.execute(SQL["lock"], {"production": production_id})).fetchone()
        if at is None:
            return 0
        params = {"production": production_id, "position": at["position"]}
        events = await (await connection.execute(SQL["read"], params)).fetchall()
        for event in events:
            await _apply(connection, _where(at, production_id, event), event)
        if events:
            await connection.execute(SQL["move"], {**params, "position": events[-1]["seq"]})
        return len(events)


async def _apply(connection: Connection, where: Where, event: DictRow) -> None:
    payload = event["payload"]
    if event["method"] == "lifecycle":
        await _run_ended(connection, where, payload)
        return
    if event["method"] != "custom" or not isinstance(payload, dict):
        return
    step = STEPS.get(str(payload.get("name")))
    if step is None:
        return
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
    facts = {"title": told.title, "job_id": told.call_key}
    await media_rows.keep_media(connection, place, told.media, thumbnail=told.thumbnail, **facts)
    if told.thumbnail:
        await media_rows.keep_media(connection, place, told.thumbnail, **facts)


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
    ended = payload.get("event") if isinstance(payload, dict) else None
    if where["novela"] and ended in ("failed", "cancelled"):
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
        "episode": None,
        "scene": None,
    }
