"""A production's stored states, the newest first: where it stood, what was asked, what it held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from langgraph.types import StateSnapshot

from server.branches.places import SQL, Place, find_place, find_production
from server.deps import House

COUNTED = ("scenes_done", "panels", "takes", "voices", "deliverables")
"""What a person asks of a state: how much of the film was there."""


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """One stored state."""

    checkpoint_id: str
    parent_id: str | None
    namespace: str
    step: int
    source: str
    run_id: str | None
    at: datetime | None
    next: list[str]
    asks: list[dict[str, Any]] = field(default_factory=list)
    """The questions that were raised here: `interrupt_id`, `gate`, `title`."""
    holds: dict[str, int] = field(default_factory=dict)
    """How many of each: panels, takes, ..."""

    @property
    def line(self) -> str:
        """The state in one line."""
        where = " > ".join([*(part.partition(":")[0] for part in self.namespace.split("|") if part), ""])
        ahead = f"{where}{', '.join(self.next) or 'the end'}"
        asked = "".join(f" asks {one['gate'] or 'a question'}: {one['title']}" for one in self.asks)
        held = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.holds.items() if count)
        return f"step {self.step}, before {ahead}{';' + asked if asked else ''}{'; ' + held if held else ''}"


async def list_checkpoints(
    house: House, production_id: str, *, user_id: str, limit: int, before: str | None = None
) -> list[Checkpoint]:
    """The newest states, of the graph and of the subgraphs in it, before a given one.

    Raises:
        RunNotFound: there is no such production of this user.
    """
    production = await find_production(house.database, production_id, user_id=user_id)
    if production["graph"] not in house.specs:
        return []
    params = {"source": production_id, "before": before, "limit": limit}
    rows = await house.database.fetch_all(SQL["list"], params)
    found = []
    for row in rows:
        snapshot = await house.threads.snapshots.read(
            production_id, graph=production["graph"], checkpoint_id=row["checkpoint_id"],
            checkpoint_ns=row["namespace"],
        )  # fmt: skip
        found.append(_checkpoint(snapshot, row["namespace"]))
    return found


async def read_checkpoint(
    house: House, production_id: str, checkpoint_id: str, *, user_id: str
) -> tuple[Checkpoint, dict[str, Any]]:
    """One state with everything in it.

    Raises:
        RunNotFound, RecordNotFound, RecordConflict: as `find_place`.
    """
    place: Place = await find_place(
        house.database, production_id, user_id=user_id, checkpoint_id=checkpoint_id, graphs=house.specs
    )
    snapshot = await house.threads.snapshots.read(
        production_id, graph=place.graph, checkpoint_id=checkpoint_id, checkpoint_ns=place.namespace
    )
    return _checkpoint(snapshot, place.namespace), dict(snapshot.values or {})


def _checkpoint(snapshot: StateSnapshot, namespace: str) -> Checkpoint:
    metadata: Mapping[str, Any] = snapshot.metadata or {}
    parent = (snapshot.parent_config or {}).get("configurable", {}).get("checkpoint_id")
    return Checkpoint(
        checkpoint_id=snapshot.config["configurable"]["checkpoint_id"],
        parent_id=parent,
        namespace=namespace,
        step=int(metadata.get("step", -1)),
        source=str(metadata.get("source", "")),
        run_id=metadata.get("run_id"),
        at=datetime.fromisoformat(snapshot.created_at) if snapshot.created_at else None,
        next=list(snapshot.next),
        asks=list(_questions(snapshot)),
        holds={name: len(snapshot.values[name]) for name in COUNTED if snapshot.values.get(name)},
    )


def _questions(snapshot: StateSnapshot) -> Iterator[dict[str, Any]]:
    """What was asked in this state itself; what a subgraph asked stands at the subgraph's own state."""
    for task in snapshot.tasks:
        for interrupt in () if task.state is not None else task.interrupts:
            value = interrupt.value if isinstance(interrupt.value, dict) else {}
            yield {
                "interrupt_id": interrupt.id,
                "gate": str(value.get("gate", "")),
                "title": str(value.get("title", "")),
            }
