"""The scenes of a novela and their takes.

The projector writes; people read. A scene keeps its place through every regeneration,
and every take keeps what it cost.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.records.novelas import Connection, add_up, begin_novela, tell
from state.errors import RecordConflict, RecordNotFound
from state.events import SceneDone, SceneFailed, ScenePlanned, SceneProgress, SceneStarted
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


async def list_videos(database: Database, novela_id: str, *, user_id: str) -> list[DictRow]:
    """The timeline of a novela: by episode, then by scene."""
    return await database.fetch_all(SQL["of_novela"], {"novela": novela_id, "user": user_id})


async def get_video(database: Database, video_id: str, *, user_id: str) -> DictRow:
    """One scene.

    Raises:
        RecordNotFound: there is none with this id that this user may see.
    """
    row = await database.fetch_one(SQL["get"], {"id": video_id, "user": user_id})
    if row is None:
        raise RecordNotFound("No such video.", user_action="Check the id; the novela's page lists them.")
    return row


async def list_takes(database: Database, video_id: str, *, user_id: str) -> list[DictRow]:
    """Every take of a scene with what it cost, oldest first."""
    return await database.fetch_all(SQL["takes"], {"id": video_id, "user": user_id})


async def video_at(
    database: Database, *, user_id: str, novela_id: str, episode: int, scene: int
) -> DictRow | None:
    """The scene at a place of the timeline, if it exists yet."""
    place = {"user": user_id, "novela": novela_id, "episode": episode, "scene": scene}
    return await database.fetch_one(SQL["at_place"], place)


async def next_scene(database: Database, *, user_id: str, novela_id: str, episode: int) -> int:
    """The first scene of an episode that is not finished."""
    row = await database.fetch_one(
        SQL["next_scene"], {"user": user_id, "novela": novela_id, "episode": episode}
    )
    return int(row["scene"]) if row else 1


async def add_video(database: Database, fields: dict[str, Any], *, user_id: str) -> DictRow:
    """Write a scene that was just asked for, and tell who follows the novela.

    Raises:
        RecordConflict: the episode has this scene already.
    """
    try:
        async with database.transaction() as connection:
            row = await _row(connection, "add", {**_json(fields), "user": user_id})
            await begin_novela(connection, row["novela_id"], user_id=user_id)
            await tell_video(connection, row["id"], novela_id=row["novela_id"])
    except psycopg.errors.UniqueViolation as exc:
        raise RecordConflict(
            f"Episode {fields['episode']} has a scene {fields['scene']} already.",
            user_action="Regenerate that scene, or choose the next number.",
        ) from exc
    return row


async def ask_again(database: Database, video_id: UUID, fields: dict[str, Any], *, user_id: str) -> DictRow:
    """Note that an existing scene was asked for, with its model and parameters."""
    async with database.transaction() as connection:
        row = await _row(connection, "ask_again", {**_json(fields), "id": video_id, "user": user_id})
        await begin_novela(connection, row["novela_id"], user_id=user_id)
        return row


async def plan_scene(connection: Connection, where: dict[str, Any], told: ScenePlanned) -> None:
    """A scene is written: make its row, or fill it in."""
    row = await _row(
        connection,
        "plan",
        {
            **_place(where, told.episode, told.scene),
            "title": told.title,
            "prompt": told.prompt,
            "model": told.model_id,
            "parameters": Jsonb(told.parameters),
            "estimated": told.estimated_usd,
            "created_by": told.created_by,
            "validated_by": told.validated_by,
            "conversation": told.conversation_id,
        },
    )
    if row["inserted"]:
        await tell_video(connection, row["id"], novela_id=where["novela"])


async def start_scene(connection: Connection, where: dict[str, Any], told: SceneStarted) -> None:
    """A scene is being shot, for the first time or again."""
    row = await _row(
        connection,
        "start",
        {
            **_place(where, told.episode, told.scene),
            "job": told.call_key,
            "model": told.model_id,
            "parameters": Jsonb(told.parameters),
        },
    )
    await begin_novela(connection, where["novela"], user_id=where["user"])
    await tell_video(connection, row["id"], novela_id=where["novela"])


async def move_scene_on(connection: Connection, where: dict[str, Any], told: SceneProgress) -> None:
    """The bar moves; it never moves back, and only finishing brings it to 100."""
    percent = min(99, int(told.progress * 100))
    await connection.execute(SQL["move_on"], {**_place(where, told.episode, told.scene), "progress": percent})


async def finish_scene(connection: Connection, where: dict[str, Any], told: SceneDone) -> None:
    """A take of a scene is there: the row shows it, the take keeps its cost, the novela adds up."""
    facts = _done(where, told)
    row = await _row(connection, "finish", facts)
    await _keep_take(connection, where, row["id"], {**facts, "status": "completed"})


async def fail_scene(connection: Connection, where: dict[str, Any], told: SceneFailed) -> None:
    """A scene could not be made; what it cost all the same is kept."""
    error = {"code": told.code, "userMessage": told.message, "suggestion": told.user_action}
    place = {**_place(where, told.episode, told.scene), "job": told.call_key or None}
    row = await _row(connection, "fail", {**place, "error": Jsonb(error)})
    take = {
        "job": told.call_key, "status": "failed", "model": "", "parameters": Jsonb({}), "s3_key": None,
        "estimated": None, "actual": told.actual_usd,
    }  # fmt: skip
    await _keep_take(connection, where, row["id"], take)


async def _keep_take(
    connection: Connection, where: dict[str, Any], video_id: UUID, take: dict[str, Any]
) -> None:
    """One take per job: a node that tells it again after a crash changes nothing."""
    params = {**where, **take, "video": video_id}
    await connection.execute(SQL["keep_take"], params)
    await connection.execute(SQL["count_takes"], params)
    await add_up(connection, where["novela"], user_id=where["user"])
    await tell_video(connection, video_id, novela_id=where["novela"])


async def fail_open_scenes(connection: Connection, where: dict[str, Any], *, message: str) -> None:
    """The run ended while scenes were being shot: none of them may look busy for ever."""
    error = Jsonb({"code": "run_ended", "userMessage": message, "suggestion": "Resume the production."})
    params = {**where, "error": error}
    for row in await (await connection.execute(SQL["fail_open"], params)).fetchall():
        await tell_video(connection, row["id"], novela_id=where["novela"])


async def tell_video(connection: Connection, video_id: UUID, *, novela_id: str | UUID) -> None:
    """Write the live update `novela:{id}:video:update` with the whole record."""
    await tell(connection, SQL["tell"], novela_id=str(novela_id), video=video_id)


def media_path(key: str) -> str:
    """The unsigned path of a stored file, as it is kept in rows; links are signed when shown."""
    return f"/media/{key}"


def _place(where: dict[str, Any], episode: int, scene: int) -> dict[str, Any]:
    return {**where, "episode": episode, "scene": scene}


def _done(where: dict[str, Any], told: SceneDone) -> dict[str, Any]:
    return {
        **_place(where, told.episode, told.scene),
        "title": told.title,
        "prompt": told.prompt,
        "model": told.model_id,
        "parameters": Jsonb(told.parameters),
        "job": told.call_key,
        "output_url": media_path(told.media.key),
        "s3_key": told.media.key,
        "thumbnail_url": media_path(told.thumbnail.key) if told.thumbnail else None,
        "duration": told.duration_s,
        "size": told.media.size_bytes,
        "estimated": told.estimated_usd,
        "actual": told.actual_usd,
        "created_by": told.created_by,
        "validated_by": told.validated_by,
        "conversation": told.conversation_id,
    }


def _json(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "parameters": Jsonb(fields["parameters"])}


async def _row(connection: Connection, name: str, params: dict[str, Any]) -> DictRow:
    row = await (await connection.execute(SQL[name], params)).fetchone()
    if row is None:
        raise RecordNotFound("No such video.")
    return row
