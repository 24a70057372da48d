"""Answers that are files, in the media store: one machine collects what another one was sent.

A file goes from the disk of the machine that ordered into the store, and is noted with the order's request
before the order has its id. Only then it is let go here. Where the store does not answer, it stays here.
"""

from functools import partial
from pathlib import Path

import structlog

from state.errors import (
    FolderUnwritable,
    MediaDamaged,
    MediaError,
    MediaMissing,
    ProviderFailed,
    UploadRejected,
)
from tools.db.pool import Database
from tools.engines.answers import AnswersWithFiles, Kept
from tools.engines.base import Engine
from tools.ledger.answers import StoredAnswer, answer_under
from tools.ledger.rows import OrderRow
from tools.media.store import MediaStore
from tools.orders.failures import error_of

log = structlog.get_logger(__name__)


class StoredAnswers:
    """The `Answers` of one order."""

    def __init__(self, database: Database, store: MediaStore, row: OrderRow) -> None:
        self._database, self._store, self._row = database, store, row

    async def found(self, external_id: str) -> Kept | None:
        """What was answered under this id; None where nothing of it was stored."""
        answer = await answer_under(self._database, self._row, external_id)
        if answer is None:
            return None
        return Kept(dict(answer.extra), partial(self._file, answer.media), answer.problem)

    async def stored(self, engine: Engine, external_id: str) -> StoredAnswer | None:
        """Put what lies on this machine under an id into the store; None where that is nothing, or fails."""
        if not isinstance(engine, AnswersWithFiles):
            return None
        try:
            kept = await engine.answered(external_id)
            return None if kept is None else await self._put(kept)
        except (MediaError, FolderUnwritable, OSError) as error:  # it is paid, and it is here: that counts
            facts = {"call_key": self._row.call_key, "external_id": external_id}
            log.error("answer_not_stored", **facts, problem=str(error))
            return None

    async def _put(self, kept: Kept) -> StoredAnswer:
        file = await kept.file()
        if not file.stat().st_size:
            return StoredAnswer(extra=kept.extra)
        try:
            media = await self._store.put(file, user_id=self._row.user_id)
        except UploadRejected as refused:
            return StoredAnswer(extra=kept.extra, problem=refused.message)
        return StoredAnswer(media=media.key, extra=kept.extra)

    async def _file(self, key: str | None) -> Path:
        if key is None:
            raise self._gone("held no file that is kept")
        try:
            return await self._store.get(key)
        except (MediaMissing, MediaDamaged) as exc:
            raise self._gone(f"is not in the store any more: {exc.message}") from exc

    def _gone(self, why: str) -> ProviderFailed:
        words = f"the answer of {self._row.provider} {why}"
        error = error_of("expired", words, provider=self._row.provider, model=self._row.model)
        assert isinstance(error, ProviderFailed)  # noqa: S101 - what is expired failed
        return error
