"""The micro-episode is killed at every kind of moment and ends as if nothing had happened."""

import pytest

from tests.acceptance.faults.film_set import FilmSet
from tests.acceptance.faults.reckless_worker import RecklessOrders
from tools.faults import POINTS
from tools.orders.place import Orders

AT_EACH_POINT = [
    "before_intent", "before_checkpoint", "after_intent", "after_checkpoint:3", "after_post",
    "between_checkpoint_and_event:3", "after_id", "during_download", "after_bytes", "before_done",
]  # fmt: skip
WORST = ["after_intent", "after_post", "between_checkpoint_and_event:3", "after_bytes"]
"""Where most could be lost or bought again: enough for each day."""
EPISODE_POINTS = {fault.partition(":")[0] for fault in AT_EACH_POINT}
"""Of the ledger and the checkpoints. The others are played on shooting days, in `test_many_kills.py`."""


def test_every_kill_has_its_point():
    assert set(POINTS) >= EPISODE_POINTS


@pytest.mark.parametrize("points", [WORST, pytest.param(AT_EACH_POINT, marks=pytest.mark.soak)], ids=len)
async def test_killed_again_and_again_it_ends_the_same_and_buys_once(scene: FilmSet, points: list[str]):
    """Same pictures, same words, one POST per planned order, by the provider's own invoices."""
    calm_id, calm = await scene.make()
    assert calm.status == "completed"
    planned = scene.bought(calm_id)
    assert planned, "the farm was never asked"

    killed_id, killed = await scene.make(points)
    print("kills per point:", dict(scene.kills))  # the report the figures come from
    assert scene.kills == dict.fromkeys((point.partition(":")[0] for point in points), 1)
    assert killed == calm
    assert scene.bought(killed_id) == planned
    assert set(planned.values()) == {1}


@pytest.mark.nightly
async def test_without_the_guard_the_same_kill_buys_twice(scene: FilmSet):
    """The control: workers whose ledger forgets across processes. The books show what the guard prevents."""
    scene.module = "tests.acceptance.faults.reckless_worker"
    production_id, _ = await scene.make(["after_post", "before_done"])
    assert max(scene.bought(production_id).values()) > 1


def test_the_worker_without_the_guard_can_be_asked_whatever_orders_can():
    """Otherwise it stands still at the first question that is new, and shows nothing."""
    asked = {name for name in vars(Orders) if not name.startswith("_")} | {"parked", "cancelling"}
    assert asked <= set(dir(RecklessOrders))
