"""`greenlight` as it is, with the shooting day for its graph and a folder for its provider.

`GUARD_OFF` takes one guard away: what the controls of the fault tests are made of.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import server.composition
from server.cli.main import main
from server.runs import accept, drive, events, saver
from server.runs.lease_keeper import LeaseKeeper
from tests.acceptance.faults.day import Lab, day_graphs
from tests.acceptance.faults.reckless_worker import RecklessOrders
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.registry import Toolbox, open_toolbox
from tools.resilience.deadline import Deadline
from tools.settings import Settings

FENCE = "and epoch = %(epoch)s"
Guard = Callable[[], None]


def no_ledger() -> None:
    """Every order is sent whenever somebody asks for it."""


def no_deadline() -> None:
    """Whoever was frozen before it sent sends when it wakes."""
    Deadline.check = lambda self: None  # type: ignore[method-assign]


def no_fence() -> None:
    """Whoever lost a production goes on writing into it."""
    for queries in (events.SQL, saver.SQL):
        for name in ("append", "finish", "put", "put_writes", "replace_writes"):
            if name in queries:
                queries[name] = queries[name].replace(FENCE, "and %(epoch)s::bigint is not null")  # type: ignore[index]


def no_binding() -> None:
    """An answer goes to whatever is asked when it comes."""

    def bind(production: Mapping[str, Any], interrupt_id: str | None) -> dict[str, Any]:
        return dict(production["interrupts"][0])

    accept._bind = bind  # type: ignore[assignment]
    accept._repeated = lambda *_: None  # type: ignore[assignment]


def no_waiting() -> None:
    """A run fails of what passes by itself, instead of being tried again."""
    drive.AWAY = ()  # type: ignore[assignment]


def no_ids() -> None:
    """What is written twice is there twice."""
    events.SQL["append"] = events.SQL["append"].replace("draft.id,", "draft.id || gen_random_uuid(),")  # type: ignore[index]


def no_renewal() -> None:
    """A lease lasts as long as it was taken for."""
    LeaseKeeper._beat = lambda *_: None  # type: ignore[method-assign]


GUARDS: dict[str, Guard] = {
    "ledger": no_ledger, "deadline": no_deadline, "fence": no_fence, "binding": no_binding,
    "waiting": no_waiting, "ids": no_ids, "renewal": no_renewal,
}  # fmt: skip


async def open_at_the_lab(settings: Settings) -> Toolbox:
    tools = await open_toolbox(settings)
    await tools.orders.close()
    engines = {**tools.engines, "fake": Lab(Path(os.environ["BOOKS"]), holds=False)}
    orders = Orders(tools.database, tools.media, engines, options=OrderOptions.from_settings(settings))
    opened = replace(tools, orders=orders)
    if os.environ.get("GUARD_OFF") == "ledger":
        return replace(opened, orders=RecklessOrders(replace(tools, engines=engines)))  # type: ignore[arg-type]
    return opened


if __name__ == "__main__":
    if guard := os.environ.get("GUARD_OFF"):
        GUARDS[guard]()
    server.composition.open_toolbox = open_at_the_lab
    server.composition.graph_specs = day_graphs  # type: ignore[assignment]
    main()
