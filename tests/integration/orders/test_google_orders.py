"""Orders from Google's stand-in, from the ledger to the store: paid, found again, tried again, parked."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from state.cost import Money
from state.errors import OrderParked, ProviderRefused
from state.order import Delivery, Medium, Order
from tests.builders import an_order
from tests.fakes import Crash, CrashAt
from tests.integration.engines.google.ordering import Shop as Google
from tests.integration.engines.google.ordering import an_engine, asked
from tests.integration.orders.shop import ImpatientClock, Shop, no_fault, working
from tests.standins.media_vendors import faults
from tests.standins.model_vendors import model_vendors_here
from tools.ledger.ledger import Ledger
from tools.media.local import LocalMediaStore
from tools.orders.lease import Lease
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.orders.quote import price_of
from tools.resilience.retry import Backoff


@dataclass
class Till:
    """A production that orders from Google, by one process after the other."""

    shop: Shop
    google: Google
    store: LocalMediaStore
    production: str
    lease: Lease
    opened: list[Orders] = field(default_factory=list)

    def orders(self, fault: Any = no_fault) -> Orders:
        """A process of its own, with the engine of this machine."""
        made = Orders(
            self.shop.database, self.store, {"google": self.google.as_called()},
            ledger=Ledger(self.shop.database), clock=ImpatientClock(self.shop.database), fault=fault,
            options=OrderOptions(backoff=Backoff(tries=4, first_s=0.01)),
        )  # fmt: skip
        self.opened.append(made)
        return made

    def order(self, medium: Medium, **changes: Any) -> Order:
        return an_order(self.production, request=asked(medium, **changes))

    async def place(self, order: Order, fault: Any = no_fault) -> Delivery:
        units = {"image": 1, "video": 4, "voice": 13}[order.request.medium]
        price = price_of("google", order.request.model, units, resolution="720p")
        with working(self.lease):
            return await self.orders(fault).place(order, price=price)


@pytest.fixture
async def till(shop: Shop, tmp_path: Path) -> AsyncIterator[Till]:
    async with model_vendors_here() as vendors:
        engine = an_engine(vendors.google.url, tmp_path / "spool")
        google = Google(vendors, engine, tmp_path / "spool")
        store = LocalMediaStore(tmp_path / "media", b"a secret", keep_free_bytes=0)
        production = await shop.production(ceiling=Money.usd("20"))
        made = Till(shop, google, store, production, await shop.lease(production))
        yield made
        for orders in made.opened:
            await orders.close()
        await engine.aclose()


@pytest.mark.parametrize(
    ("medium", "parameters", "mime"),
    [
        ("image", {}, "image/png"),
        ("video", {"resolution": "720p", "duration": 4}, "video/mp4"),
        ("voice", {}, "audio/wav"),
    ],
)
async def test_what_is_ordered_lies_in_our_store(
    till: Till, medium: Medium, parameters: dict[str, Any], mime: str
) -> None:
    """S5-056: our copy, whole and of its kind by our own look at it, and no address of the provider."""
    order = till.order(medium, parameters=parameters)
    done = await till.place(order)
    assert (done.media.mime, till.google.posted) == (mime, 1)
    assert (await till.store.get(done.media.key)).stat().st_size == done.media.size_bytes
    told = [await till.shop.row(order.call_key), done.model_dump()]
    assert "://" not in str(told)


async def test_a_process_that_dies_before_it_has_the_id_finds_the_picture(till: Till) -> None:
    """Google cannot be asked; the answer was here already."""
    order = till.order("image")
    with pytest.raises(Crash):
        await till.place(order, CrashAt("after_post"))
    assert (await till.place(order)).media.mime == "image/png"
    assert till.google.posted == 1
    assert await till.shop.outcomes(order.call_key) == ["done"], "one attempt, and it was adopted"


async def test_a_clip_whose_name_was_lost_is_parked(till: Till) -> None:
    order = till.order("video")
    with pytest.raises(Crash):
        await till.place(order, CrashAt("after_post"))
    for _ in range(2):
        with pytest.raises(OrderParked):
            await till.place(order)
    assert (till.google.posted, (await till.shop.row(order.call_key))["state"]) == (1, "unknown")


@pytest.mark.parametrize("medium", ["image", "video"])
async def test_a_dropped_reply_is_one_post_and_parked(till: Till, medium: Medium) -> None:
    till.google.vendors.google.faults.append(faults.closed_unanswered())
    with pytest.raises(OrderParked):
        await till.place(till.order(medium))
    assert till.google.posted == 1


@pytest.mark.parametrize("fault", [faults.refused(), faults.filtered()], ids=lambda one: one.name)
async def test_a_refusal_is_never_tried_again(till: Till, fault: faults.Fault) -> None:
    till.google.vendors.google.faults.append(fault)
    order = till.order("video" if fault.kind == "filtered" else "image")
    for _ in range(2):
        with pytest.raises(ProviderRefused):
            await till.place(order)
    assert (till.google.posted, till.google.vendors.books.micro_usd()) == (1, 0)


@pytest.mark.parametrize(
    "fault", [faults.nothing_made(), faults.truncated(), faults.wrong_media()], ids=lambda one: one.name
)
@pytest.mark.parametrize("medium", ["image", "video"])
async def test_a_bad_file_is_tried_once_more(till: Till, medium: Medium, fault: faults.Fault) -> None:
    till.google.vendors.google.faults.append(fault)
    assert (await till.place(till.order(medium))).media.size_bytes > 0
    assert till.google.posted == 2


async def test_a_busy_google_is_asked_again_when_it_said_so(till: Till) -> None:
    till.google.vendors.google.faults.append(faults.busy(7))
    assert (await till.place(till.order("voice"))).media.mime == "audio/wav"
    assert till.google.posted == 2, "the first was no job"
    assert len(till.google.vendors.books.jobs) == 1
