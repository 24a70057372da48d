"""The ledger of a replay: every call is answered from what was recorded, and nothing is written to it.

A replay's keys differ from those it repeats: another production, other gate tasks. So a call is
known by what is asked for: stage, item and request. Where the same was asked more than once,
the records are taken in their order, each once; which one a call took is kept, so that a
replay that dies takes the same ones again. Provider and model are not compared: a house
without that provider replays as well.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from state.errors import ReplayDiverged
from state.order import Order
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.requests import changed_fields, request_hash
from tools.ledger.rows import Claim, OrderRow

SQL = named_queries(Path(__file__).with_suffix(".sql"))
WHO_MADE_IT = frozenset({"provider", "model"})


@dataclass
class Replay:
    """The replay that this task works for."""

    production_id: str
    source_id: str
    diverged: ReplayDiverged | None = None
    """The first call that nothing answered. A node may take it for a failed order; the run must not."""
    signatures: Callable[[], Awaitable[list[Any]]] | None = None
    """Reads what the source has signed: a signature is random, and so is taken from there."""


current_replay: ContextVar[Replay | None] = ContextVar("current_replay", default=None)
"""Set by whoever drives a replay; the ledger is then read only."""


class Recordings:
    """Finds the recorded row for a call."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer(self, replay: Replay, claim: Claim) -> OrderRow:
        """The row that answers this call, the same one every time.

        Raises:
            ReplayDiverged: nothing like it was recorded.
        """
        while (row := await self.answered(replay, claim.call_key)) is None:
            candidates = await self._candidates(replay, claim)
            fitting = [one for one in candidates if _essence(one.request) == _essence(claim.request)]
            if not fitting:
                replay.diverged = replay.diverged or _diverged(claim, candidates)
                raise replay.diverged
            taken = {"call_key": claim.call_key, "source_key": fitting[0].call_key}
            await self._database.execute(SQL["take"], {"replay": replay.production_id, **taken})
        return row

    async def answered(self, replay: Replay, call_key: str) -> OrderRow | None:
        """The row that a call of this replay was answered with."""
        params = {"replay": replay.production_id, "call_key": call_key}
        row = await self._database.fetch_one(SQL["answered"], params)
        return None if row is None else OrderRow.of(row)

    async def has(self, replay: Replay, order: Order) -> bool:
        """Whether anything was recorded for this stage and item that no other call has taken."""
        if await self.answered(replay, order.call_key) is not None:
            return True
        asked = {"kind": "engine", "stage": order.stage, "item": order.item, "cause": order.cause}
        named = {"replay": replay.production_id, "source": replay.source_id, **asked}
        return bool(await self._database.fetch_all(SQL["candidates"], named))

    async def _candidates(self, replay: Replay, claim: Claim) -> list[OrderRow]:
        params = {
            "replay": replay.production_id, "source": replay.source_id, "kind": claim.kind,
            "stage": claim.stage, "item": claim.item, "cause": claim.cause,
        }  # fmt: skip
        return [OrderRow.of(row) for row in await self._database.fetch_all(SQL["candidates"], params)]


def _essence(request: Mapping[str, Any]) -> str:
    return request_hash({name: value for name, value in request.items() if name not in WHO_MADE_IT})


def _diverged(claim: Claim, candidates: list[OrderRow]) -> ReplayDiverged:
    """Name the call, and what is different about it if it was made with another request."""
    details: dict[str, Any] = {"call_key": claim.call_key, "stage": claim.stage, "item": claim.item}
    if not candidates:
        return ReplayDiverged(f"The {claim.stage} call for {claim.item} was never recorded.", details=details)
    fields = [
        name for name in changed_fields(candidates[0].request, claim.request) if name not in WHO_MADE_IT
    ]
    return ReplayDiverged(
        f"The {claim.stage} call for {claim.item} was recorded with another {', '.join(fields)}.",
        details={**details, "recorded_key": candidates[0].call_key, "changed": fields},
    )
