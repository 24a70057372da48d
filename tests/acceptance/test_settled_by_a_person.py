"""Replies are lost at a provider that cannot be asked: a person settles, and the production goes on."""

from typing import Any

from server.composition import Parts
from state.errors import ProviderTimeout
from state.order import EngineRequest
from tests.acceptance.studio_lot import USER, Walk, begin, sold
from tests.acceptance.test_paid_novela import ON_WAN, Paid, sold_by_the_second  # noqa: F401 - a fixture
from tools.engines.base import CannotTell
from tools.engines.files import NO_FILES, Files


class LosesReplies(Paid):
    """Lists no jobs. The answers to requests for these are lost, each once."""

    reconcile = "blind"

    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.loses = set[str]()
        self.jobs = dict[str, str]()

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        job = await super().submit(request, call_key=call_key, files=files)
        item = ":".join(call_key.split(":")[1:3])
        self.jobs[item] = job
        if item in self.loses:
            self.loses.remove(item)
            raise ProviderTimeout("the answer was lost", kind="ambiguous", provider=self.provider)
        return job

    async def find(self, *_: Any, **__: Any) -> list[str]:
        raise CannotTell


async def parked(walk: Walk, *items: str) -> dict[str, str]:
    """The production waits for a person to say what became of these: their keys."""
    state = await walk.to_end("paused")
    assert state.interrupts == []
    assert state.error is not None
    assert (state.error["code"], state.error["ways"]) == ("order_parked", ["settle"])
    found, total = await walk.parts.house.parked.listed(USER, production_id=walk.production_id)
    assert total == len(found)
    keys = {f"{one.stage}:{one.item}": one.call_key for one in found}
    assert sorted(keys) == sorted(items)
    return keys


async def settle(walk: Walk, key: str, decision: Any, job: str = "") -> None:
    await walk.parts.house.parked.settle(key, decision, user_id=USER, attempt=1, external_id=job)


async def resume(walk: Walk) -> None:
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)


async def test_a_lost_reply_is_settled_each_way_and_the_rest_is_not_disturbed(parts: Parts) -> None:
    shop: LosesReplies = sold(parts, LosesReplies(parts.tools.engines["previz"]))
    walk = await begin(parts, **ON_WAN)
    await walk.to_gate("approve_budget")
    shop.loses = {"storyboard:1B"}
    await walk.answer()
    first = await parked(walk, "storyboard:1B")
    await resume(walk)
    assert await parked(walk, "storyboard:1B") == first, "what nobody settled is not sent again"
    await settle(walk, first["storyboard:1B"], "it_never_arrived")
    await resume(walk)
    gate = await walk.to_gate("review_storyboard")
    assert all(item["media"] for item in gate["items"])
    assert sorted(shop.posts) == ["storyboard:1A", "storyboard:1B", "storyboard:1B", "storyboard:1C"]

    shop.posts.clear()
    shop.loses = {"take:1A", "take:1C"}
    await walk.answer()
    lost = await parked(walk, "take:1A", "take:1C")
    sibling = [row for row in await walk.orders("take") if row["item"] == "1B"]
    assert [row["state"] for row in sibling] == ["done"], "it was brought home before anybody was asked"
    await settle(walk, lost["take:1A"], "it_is_this_job", shop.jobs["take:1A"])
    await settle(walk, lost["take:1C"], "give_up")
    await resume(walk)
    gate = await walk.to_gate("review_scene")
    assert sorted(shop.posts) == ["take:1A", "take:1B", "take:1C"], "nothing was bought by itself"
    shown = {item["item"]: item for item in gate["items"]}
    assert shown["1A"]["media"]
    assert "given up by a person" in shown["1C"]["text"]

    await walk.answer(**{"1C": {"light": "RED"}})
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_scene")
    await walk.answer()
    await walk.to_end()
    assert sorted(shop.posts) == ["take:1A", "take:1B", "take:1C", "take:1C"]
    assert [row for row in await walk.orders("take") if row["item"] == "1B"] == sibling
    await books(walk)


async def books(walk: Walk) -> None:
    """Sent again: both prices. The job that it was: once. Given up: of unknown fate, and the new one paid."""
    rows = [row for row in await walk.orders() if row["provider"] == "replicate"]
    takes = {(row["item"], row["cause"] == "first"): row for row in rows if row["stage"] == "take"}
    found, given_up, anew = takes["1A", True], takes["1C", True], takes["1C", False]
    assert amounts(found) == (found["cost_quoted"], 0, 0)
    assert amounts(given_up) == (0, given_up["cost_quoted"], 0)
    assert amounts(anew) == (anew["cost_quoted"], 0, 0)
    [panel] = [row for row in rows if row["stage"] == "storyboard" and row["item"] == "1B"]
    assert amounts(panel) == (panel["cost_quoted"], panel["cost_quoted"], 0)


def amounts(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["cost_actual"], row["cost_unknown"], row["cost_reserved"]
