"""A production goes on at another machine: what previz drew there is drawn again here, once and for free."""

from pathlib import Path
from typing import cast

import pytest

from state.errors import ProviderFailed, StoreUnreachable
from tests.builders import a_request, an_order
from tests.fakes import FakeEngine, FakeStore
from tests.integration.orders.shop import Shop, Worker, no_fault
from tests.standins.farm_here import previz
from tools.orders.collecting import Collector


def at(folder: Path) -> FakeEngine:
    """A machine's own previz, for a shop that asks for no more than any engine has."""
    engine = previz(folder)
    engine.provider = "fake"
    return cast(FakeEngine, engine)


async def test_the_same_picture_is_made_where_the_production_is_now(
    shop: Shop, production: str, tmp_path: Path
):
    order = an_order(production, request=a_request("image", provider="fake"))
    first = await shop.worker(production, engine=at(tmp_path / "a"))
    ticket = await first.submit(order)
    await first.engine.aclose()
    second = await shop.worker(production, engine=at(tmp_path / "b"))

    made = await second.collect(ticket)

    assert made.media is not None
    assert await shop.outcomes(order.call_key) == ["done"], "one attempt, booked once"
    assert (await shop.row(order.call_key))["state"] == "done"
    await second.engine.aclose()


async def test_without_making_it_again_the_order_would_be_lost(
    shop: Shop, production: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The control: with the guard off, a machine that took over would fail the shot."""

    async def never(*_: object) -> bool:
        return False

    monkeypatch.setattr(Collector, "_made_again", never)
    first = await shop.worker(production, engine=at(tmp_path / "a"))
    ticket = await first.submit(an_order(production, request=a_request("image", provider="fake")))
    await first.engine.aclose()
    second = await shop.worker(production, engine=at(tmp_path / "b"))

    with pytest.raises(ProviderFailed):
        await second.collect(ticket)
    await second.engine.aclose()


class AwayStore(FakeStore):
    """A bucket that does not answer for a while."""

    away = True

    async def put(self, source: Path, *, user_id: str) -> object:  # type: ignore[override]
        if self.away:
            raise StoreUnreachable
        return await super().put(source, user_id=user_id)


async def test_a_store_that_is_away_fails_no_order(shop: Shop, production: str, worker: Worker):
    """What was paid for stays submitted, and is fetched when the store answers again."""
    store = AwayStore(shop.store.folder)
    shop.store = store
    away = await shop.worker(production, lease=worker.lease, fault=no_fault)
    order = an_order(production)
    ticket = await away.submit(order)
    with pytest.raises(StoreUnreachable):
        await away.collect(ticket)
    assert (await shop.row(order.call_key))["state"] == "submitted"

    store.away = False
    assert (await away.collect(ticket)).media is not None
    assert len(shop.provider.posts) == 1
