"""The checkpointer of one worker slot: strict, fenced by the lease's epoch, one statement per write.

The library's saver sends one statement per channel and per write. This one sends one in all, and
the statement writes nothing when a successor has claimed the production.
"""

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde import _msgpack
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.serde.types import ERROR
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from server.runs.scales import Scales
from server.runs.sizes import SizeLimits
from server.runs.words import Words
from state.errors import LeaseLost, SettingInvalid
from tools.db.sql import named_queries
from tools.faults import fault_point
from tools.orders.lease import Lease
from tools.redaction import REDACT

SQL = named_queries(Path(__file__).with_name("saver.sql"))
KINDS = frozenset({"null", "bytes", "bytearray", "msgpack"})
TOLD_OF_A_TASK = frozenset({*WRITES_IDX_MAP, "__error_source_node__"})
"""What langgraph writes about a task; all else is what the task made."""
Pool = AsyncConnectionPool[AsyncConnection[DictRow]]


def require_strict_msgpack() -> None:
    """Refuse to run when a row in the checkpoint tables could make Python import what it names.

    Raises:
        SettingInvalid: LANGGRAPH_STRICT_MSGPACK was not on when langgraph was loaded.
    """
    if not _msgpack.STRICT_MSGPACK_ENABLED:
        raise SettingInvalid(
            "LANGGRAPH_STRICT_MSGPACK must be true before langgraph is loaded",
            details={"setting": "LANGGRAPH_STRICT_MSGPACK"},
        )


class StrictSerializer(JsonPlusSerializer):
    """Reads only what it writes: the library still takes an older kind, JSON that names classes."""

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        if data[0] not in KINDS:
            raise NotImplementedError(f"a checkpoint of the kind {data[0]!r} is not read here")
        return super().loads_typed(data)


def strict_serializer() -> JsonPlusSerializer:
    """Plain data, LangChain messages and langgraph's own types; nothing else is ever rebuilt."""
    return StrictSerializer(allowed_msgpack_modules=None, pickle_fallback=False)


class SlotSaver(AsyncPostgresSaver):
    """Writes checkpoints for the production whose lease the slot holds."""

    lease: Lease | None = None
    words: Words | None = None
    """What tasks have said is kept before what they wrote is stored; None: nobody listens."""

    def __init__(self, connection: AsyncConnection[DictRow] | Pool, limits: SizeLimits | None = None) -> None:
        super().__init__(connection, serde=strict_serializer())
        self._known: dict[str, asyncio.Event] = {}
        self._refused: dict[str, BaseException] = {}
        self._empty = False
        self._failed: BaseException | None = None
        """Why a task's writes were not stored."""
        self._order = asyncio.Lock()
        """What langgraph sends first is stored first, however long it waits."""
        self._scales = Scales(limits or SizeLimits(), lambda value: len(self.serde.dumps_typed(value)[1]))

    def begin(self, lease: Lease, *, empty: bool = False) -> None:
        """Write for this lease from now on. `empty`: its claim made the production, nothing is stored yet."""
        self.lease, self.words = lease, None
        self._known.clear()
        self._refused.clear()
        self._failed, self._empty = None, empty
        self._scales.begin(lease.production_id)

    async def settled(self, checkpoint_id: str) -> None:
        """Wait until a checkpoint is stored, so that no event names one that is not.

        Raises:
            BaseException: it was not, for this reason, and may not be told.
        """
        await self._known.setdefault(checkpoint_id, asyncio.Event()).wait()
        if checkpoint_id in self._refused:
            raise self._refused[checkpoint_id]

    def _settle(self, checkpoint_id: str) -> None:
        self._known.setdefault(checkpoint_id, asyncio.Event()).set()

    def with_allowlist(self, extra_allowlist: Collection[tuple[str, ...]]) -> "SlotSaver":
        """Graph states may not widen the list: channels hold JSON only."""
        return self

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        if self._empty:  # and nobody else can have stored anything: the lease is the first one
            return None
        found = await super().aget_tuple(config)
        if found is not None and self.lease is not None:
            self._settle(found.checkpoint["id"])
        return found

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        try:
            async with self._order:  # the step's own writes are stored first
                self._require_writes()
                async with self.lock:
                    await fault_point("before_checkpoint", wire=self._wire)
            await self._write(SQL["put"], self._checkpoint_row(config, checkpoint, metadata, new_versions))
        except BaseException as error:
            self._refused[checkpoint["id"]] = error
            raise
        finally:
            self._settle(checkpoint["id"])
        await fault_point("after_checkpoint", wire=self._wire)
        configurable = config["configurable"]
        place = {"thread_id": configurable["thread_id"], "checkpoint_ns": configurable["checkpoint_ns"]}
        return {"configurable": place | {"checkpoint_id": checkpoint["id"]}}

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        configurable = config["configurable"]
        place = (configurable["thread_id"], configurable["checkpoint_ns"], configurable["checkpoint_id"])
        # An exception's text is kept with the task, and nobody knows what a provider quotes in it.
        kept = [(name, _told(value) if name == ERROR else value) for name, value in _whole(writes)]
        rows = self._dump_writes(*place, task_id, task_path, kept)
        self._scales.check_writes(kept, [len(row[8]) for row in rows])
        words = self.words
        self._require_lease(place[0])
        async with self._order:
            try:
                if words is not None:
                    await words.kept(task_id, task_path)
                self._require_lease(place[0])
                await self._store_writes(place, task_id, task_path, rows)
            except BaseException as error:
                if self.words is words:
                    self._failed = error
                raise

    def _require_lease(self, thread_id: str) -> None:
        """What comes late is of a production that this slot has let go: its place is somebody else's now."""
        if self.lease is None or self.lease.production_id != thread_id:
            raise LeaseLost()

    def _require_writes(self) -> None:
        """A checkpoint ends its step for good: not when a task of it has left nothing."""
        if self._failed is not None:
            raise self._failed

    async def _store_writes(
        self, place: tuple[str, str, str], task_id: str, task_path: str, rows: list[tuple[Any, ...]]
    ) -> None:
        special = all(row[6] in WRITES_IDX_MAP for row in rows)
        if special:  # each has a slot of its own; the last one wins
            rows = list({row[5]: row for row in rows}.values())
        await self._write(
            SQL["replace_writes" if special else "put_writes"],
            {
                "thread": place[0], "ns": place[1], "checkpoint_id": place[2],
                "task_id": task_id, "task_path": task_path,
                "indexes": [row[5] for row in rows], "channels": [row[6] for row in rows],
                "types": [row[7] for row in rows], "blobs": [row[8] for row in rows],
            },
        )  # fmt: skip

    def _checkpoint_row(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> dict[str, Any]:
        configurable = config["configurable"]
        values = checkpoint["channel_values"]
        apart = {name: value for name, value in values.items() if not is_inlined(value)}
        versions = {name: version for name, version in new_versions.items() if name in apart}
        blobs = self._dump_blobs(configurable["thread_id"], configurable["checkpoint_ns"], apart, versions)
        inlined = {name: value for name, value in values.items() if name not in apart}
        fresh = {row[2]: len(row[5] or b"") for row in blobs} | {
            name: len(value) if isinstance(value, str) else 8 for name, value in inlined.items()
        }
        self._scales.check_state(configurable["checkpoint_ns"], values, fresh)
        return {
            "thread": configurable["thread_id"],
            "ns": configurable["checkpoint_ns"],
            "checkpoint_id": checkpoint["id"],
            "parent_id": configurable.get("checkpoint_id"),
            "checkpoint": Jsonb({**checkpoint, "channel_values": inlined}),
            "metadata": Jsonb(get_serializable_checkpoint_metadata(config, metadata)),
            "channels": [row[2] for row in blobs],
            "versions": [row[3] for row in blobs],
            "types": [row[4] for row in blobs],
            "blobs": [row[5] for row in blobs],
        }

    def _wire(self) -> int:
        assert isinstance(self.conn, AsyncConnection)  # noqa: S101 - a slot's saver has one of its own
        return self.conn.fileno()

    async def _write(self, query: str, params: dict[str, Any]) -> None:
        if self.lease is None:
            raise LeaseLost()
        self._empty = False
        params |= {"production": self.lease.production_id, "epoch": self.lease.epoch}
        async with self._cursor() as cursor:
            await cursor.execute(query, params)
            if cursor.rowcount == 0 or (await cursor.fetchone() or {}).get("fenced", 0) == 0:
                raise LeaseLost()


def _whole(writes: Sequence[tuple[str, Any]]) -> Sequence[tuple[str, Any]]:
    """Nothing of what a task made that failed or was cut off: langgraph takes half of it for all.

    Who goes on would not run that task again, and what it was about to start would never be started.
    """
    if all(name != ERROR for name, _ in writes):
        return writes
    return [(name, value) for name, value in writes if name in TOLD_OF_A_TASK]


def _told(error: Any) -> str:
    return REDACT.text(error if isinstance(error, str) else repr(error))


def is_inlined(value: Any) -> bool:
    """Whether the checkpoint row itself holds this channel, as the library's saver decides it."""
    return value is None or isinstance(value, str | int | float | bool)
