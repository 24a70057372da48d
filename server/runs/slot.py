"""One worker slot: a connection of its own, the saver on it, and the claim of a production."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import DictRow

from server.runs.graph_spec import AnyGraph, GraphSpec
from server.runs.saver import SlotSaver
from server.runs.shortcut import Accept
from server.runs.sizes import SizeLimits
from state.errors import DatabaseDown
from tools.db.pool import CONNECTION_LOST, is_cut, working_settings
from tools.db.sql import named_queries
from tools.faults import fault_point
from tools.orders.lease import Lease

SQL = named_queries(Path(__file__).with_name("queries.sql"))
CLAIM = f"{SQL['named']}\n{SQL['claim']}"
CLAIM_NEXT = f"{SQL['next']}\n{SQL['claim']}"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A production that is ours for now, and the run to drive."""

    lease: Lease
    graph: str
    context: dict[str, Any]
    run_id: str | None
    """None when the production had no run that waits."""
    kind: str = "start"
    input: Any = None
    options: dict[str, Any] = field(default_factory=dict)
    """How this run was asked for: see `asked.RunOptions`."""
    attempts: int = 1
    trouble: dict[str, Any] | None = None
    """What failed under it last, if that was the database or the store."""
    cancel_requested: bool = False
    taken_over: bool = False
    """A predecessor's lease ran out; it may be frozen rather than dead."""
    redriven: bool = False
    """Somebody has driven this run before."""
    replay_of: str | None = None
    """The production whose records answer every call; None for one that buys."""


class Slot:
    """Drives one production at a time."""

    def __init__(self, url: str, graphs: Mapping[str, GraphSpec], limits: SizeLimits | None = None) -> None:
        self._url = url
        self.limits = limits or SizeLimits()
        self._specs = graphs
        self._graphs: dict[str, AnyGraph] = {}
        self._connection: AsyncConnection[DictRow] | None = None
        self._saver: SlotSaver | None = None

    @property
    def saver(self) -> SlotSaver:
        assert self._saver is not None  # noqa: S101 - a claim opens it
        return self._saver

    def graph(self, name: str) -> AnyGraph:
        """The graph with this slot's saver; its subgraphs inherit it."""
        if name not in self._graphs:
            self._graphs[name] = self._specs[name].graph.copy({"checkpointer": self.saver})
        return self._graphs[name]

    async def claim(
        self, production_id: str, *, owner: str, ttl_s: float, job: int | None = None
    ) -> Claim | None:
        """Take the production if nobody holds it, and cut a predecessor that may be frozen.

        With a `job` take that out of the queue as well; None when somebody else has it.
        """
        params = {"production": production_id, "owner": owner, "ttl": ttl_s, "job": job}
        return await self._taken(CLAIM, params)

    async def claim_next(self, *, owner: str, ttl_s: float, patience_s: float) -> Claim | None:
        """Take the production that is most due; None when nothing waits.

        Whoever has waited for longer than `patience_s` counts as one class higher.
        """
        params = {"owner": owner, "ttl": ttl_s, "job": None, "patience": patience_s}
        return await self._taken(CLAIM_NEXT, params | {"graphs": list(self._specs)})

    async def _taken(self, statement: str, params: dict[str, Any]) -> Claim | None:
        try:
            row = await self._fetch(statement, params)
        except OperationalError:  # an idle connection may have been cut, and only notices when it is used
            row = await self._fetch(statement, params)
        if row is None:
            return None
        claim = _claim(row["production_id"], params["owner"], row)
        await fault_point("after_claim", wire=self._wire)
        if claim.taken_over:
            place = {"production": claim.lease.production_id, "epoch": claim.lease.epoch}
            await self._fetch(SQL["cut_predecessors"], place)
        self.saver.begin(claim.lease)
        return claim

    @property
    def is_ready(self) -> bool:
        """Whether the connection is open and, as far as this machine knows, was not cut while it was idle."""
        return self._connection is not None and not is_cut(self._connection)

    async def begin(
        self, production_id: str, accept: Accept, *, owner: str, ttl_s: float
    ) -> tuple[DictRow, Claim] | None:
        """Accept a run and claim its production, in one; the run's row and the claim, or None.

        Raises:
            DatabaseDown: nobody knows whether it was accepted; it is not driven here.
        """
        try:
            row = await accept(await self.open(), {"owner": owner, "ttl": ttl_s})
        except CONNECTION_LOST as exc:
            raise DatabaseDown(str(exc).strip().splitlines()[0] if str(exc) else None) from exc
        if row is None:
            return None
        claim = _claim(production_id, owner, row)
        await fault_point("after_claim", wire=self._wire)
        self.saver.begin(claim.lease, empty=row["empty"])
        return row, claim

    async def claim_idle(self, production_id: str, user_id: str, *, owner: str, ttl_s: float) -> Claim | None:
        """Take a production that nobody drives and no run waits to drive; None when somebody does."""
        params = {"production": production_id, "user": user_id, "owner": owner, "ttl": ttl_s}
        row = await self._fetch(SQL["claim_idle"], params)
        if row is None:
            return None
        lease = Lease(production_id=production_id, user_id=row["user_id"], owner=owner, epoch=row["epoch"])
        self.saver.begin(lease)
        return Claim(lease=lease, graph=row["graph"], context=row["context"], run_id=None)

    def _wire(self) -> int:
        assert self._connection is not None  # noqa: S101 - something was fetched over it
        return self._connection.fileno()

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _fetch(self, statement: str, params: dict[str, Any]) -> DictRow | None:
        connection = await self.open()
        return await (await connection.execute(statement, params)).fetchone()

    async def open(self) -> AsyncConnection[DictRow]:
        """Connect now, or again if the connection was cut."""
        if self._connection is None or self._connection.closed or self._connection.broken:
            settings = working_settings("greenlight-slot")
            self._connection = await AsyncConnection[DictRow].connect(self._url, **settings)
            self._saver = SlotSaver(self._connection, self.limits)
            self._graphs.clear()
        return self._connection


def _claim(production_id: str, owner: str, row: DictRow) -> Claim:
    lease = Lease(production_id=production_id, user_id=row["user_id"], owner=owner, epoch=row["epoch"])
    if row["run_id"] is None:
        return Claim(lease=lease, graph=row["graph"], context=row["context"], run_id=None)
    return Claim(
        lease=lease,
        graph=row["graph"],
        context=row["context"],
        run_id=row["run_id"],
        kind=row["kind"],
        input=row["input"],
        options=row["options"] or {},
        attempts=row["attempts"],
        trouble=row.get("trouble"),
        cancel_requested=row["cancel_requested"],
        taken_over=bool(row["taken_over"]),
        redriven=bool(row["redriven"]),
        replay_of=row["replay_of"],
    )
