"""What LangGraph clients are served with: runs, checkpoints, and hands for a thread that stands still."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.limits.quotas import Quotas
from server.runs.graph_spec import GraphSpec
from server.runs.hands import Hands
from server.runs.shortcut import Shortcut
from server.runs.sizes import SizeLimits
from server.threads.change_state import StateChanges
from server.threads.create import ThreadRuns
from server.threads.snapshots import Snapshots
from tools.db.pool import Database


@dataclass(frozen=True, kw_only=True)
class Threads:
    """One per process."""

    runs: ThreadRuns
    snapshots: Snapshots
    hands: Hands
    changes: StateChanges


def open_threads(
    database: Database,
    specs: Mapping[str, GraphSpec],
    *,
    quotas: Quotas | None = None,
    shortcut: Shortcut | None = None,
    limits: SizeLimits | None = None,
) -> Threads:
    """The parts on one database; `hands.close` gives their connections back."""
    hands = Hands(database, specs, limits)
    return Threads(
        runs=ThreadRuns(database, specs, quotas=quotas, shortcut=shortcut),
        snapshots=Snapshots(database, specs),
        hands=hands,
        changes=StateChanges(database, specs, hands, limits),
    )
