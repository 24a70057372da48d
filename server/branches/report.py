"""What came of a replay, held against what it repeats: the nodes in their order, the digests of all files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from server.branches.places import find_production
from server.branches.replay import SQL
from server.deps import House
from state.errors import RecordNotFound


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something that did not come out as it was."""

    what: str
    """`end`, `node` or `file`."""
    where: str
    recorded: str | None
    replayed: str | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """A replay so far."""

    production_id: str
    parent_production_id: str
    parent_checkpoint_id: str | None
    status: str
    finished: bool
    error: dict[str, Any] | None
    calls: int
    """Calls that were answered from the record."""
    ledger_rows: int
    """Orders of its own; a replay has none."""
    nodes: int
    files: int
    differences: list[Difference] = field(default_factory=list)

    @property
    def identical(self) -> bool:
        """Whether it has ended and nothing came out differently."""
        return self.finished and not self.differences


async def replay_report(house: House, production_id: str, *, user_id: str) -> Report:
    """Compare a replay with its parent, as far as it has come.

    Raises:
        RecordNotFound: this user has no replay with this id.
    """
    row = await house.database.fetch_one(SQL["replay"], {"production": production_id, "user": user_id})
    if row is None:
        raise RecordNotFound("There is no such replay.", user_action="Begin one with POST .../replay.")
    source_id, finished = row["source_id"], not row["working"]
    files = await _files(house, production_id, row["graph"])
    nodes = await _trace(house, await _own_runs(house, production_id), user_id=user_id)
    differences: list[Difference] = []
    if finished:
        recorded = await _recorded_trace(house, source_id, user_id=user_id)
        differences += _ends(row)
        differences += _nodes(
            recorded[-len(nodes) or None :] if row["parent_checkpoint_id"] else recorded, nodes
        )
        differences += _digests(await _files(house, source_id, row["graph"]), files)
    return Report(
        production_id=production_id, parent_production_id=source_id,
        parent_checkpoint_id=row["parent_checkpoint_id"], status=row["status"], finished=finished,
        error=row["error"], calls=row["calls"], ledger_rows=row["ledger_rows"], nodes=len(nodes),
        files=len(files), differences=differences,
    )  # fmt: skip


async def _own_runs(house: House, production_id: str) -> list[str]:
    rows = await house.database.fetch_all(SQL["runs_of"], {"production": production_id})
    return [row["run_id"] for row in rows]


async def _recorded_trace(house: House, source_id: str, *, user_id: str) -> list[str]:
    """The runs of the line to the source's newest state, its ancestors' among them."""
    source = await find_production(house.database, source_id, user_id=user_id)
    params = {"source": source_id, "head": source["head"], "after": None, "user": user_id}
    rows = await house.database.fetch_all(SQL["plan"], params)
    return await _trace(house, [row["run_id"] for row in rows], user_id=user_id)


async def _trace(house: House, runs: list[str], *, user_id: str) -> list[str]:
    """The nodes that finished, a subgraph after what is inside it, siblings in the order they began."""
    rows = await house.database.fetch_all(SQL["trace"], {"runs": runs, "user": user_id})
    last: dict[str, int] = {}
    for row in rows:
        for name in (*row["namespace"], _segment(row)):
            last[name] = max(last.get(name, 0), row["place"])
    rows.sort(key=lambda row: (last[_segment(row)], -len(row["namespace"])))
    return [" > ".join([*(name.partition(":")[0] for name in row["namespace"]), row["node"]]) for row in rows]


def _segment(row: dict[str, Any]) -> str:
    """The name of a task in the namespace of what is inside it."""
    return f"{row['node']}:{row['task']}"


def _latter(recorded: list[str], count: int) -> list[str]:
    """As many of the last nodes: a replay from a checkpoint does not repeat those before it."""
    return recorded[max(len(recorded) - count, 0) :]


async def _files(house: House, production_id: str, graph: str) -> dict[str, str]:
    """The digest of every file that the newest state names, by where it is named."""
    snapshot = await house.threads.snapshots.read(production_id, graph=graph)
    return dict(_named_files(snapshot.values, ""))


def _named_files(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("sha256"), str) and "key" in value:
            yield path, value["sha256"]
            return
        for name, part in value.items():
            yield from _named_files(part, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _named_files(part, f"{path}.{place}")


def _ends(row: dict[str, Any]) -> Iterator[Difference]:
    if row["status"] != row["source_status"]:
        yield Difference(what="end", where="status", recorded=row["source_status"], replayed=row["status"])


def _nodes(recorded: list[str], replayed: list[str]) -> Iterator[Difference]:
    """The first node that is another one: all after it follow from that."""
    for place, (before, now) in enumerate(zip_longest(recorded, replayed), start=1):
        if before != now:
            yield Difference(what="node", where=f"node {place}", recorded=before, replayed=now)
            return


def _digests(recorded: dict[str, str], replayed: dict[str, str]) -> Iterator[Difference]:
    for path in sorted(recorded.keys() | replayed.keys()):
        if recorded.get(path) != replayed.get(path):
            yield Difference(
                what="file", where=path, recorded=recorded.get(path), replayed=replayed.get(path)
            )
