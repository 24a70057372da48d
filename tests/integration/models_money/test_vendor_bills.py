"""Billed <= the vendors' own invoices <= billed + unknown, and equal once the unknown are settled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from state.errors import GreenlightError, ProviderBusy, ProviderError
from tests.fakes import Crash
from tests.integration.models_money.asking import Asker
from tests.integration.models_money.mixture import CHAINS, Mixture
from tests.standins.model_vendors import faults
from tools.db import migrations
from tools.db.pool import Database
from tools.models.catalog import TextModelCard
from tools.models.live import exchange
from tools.models.live.failures import ours

SCHEMA = Path(migrations.__file__).with_name("schema_0014.sql")
LINES = "select coalesce(sum(billed), 0)::bigint as billed, coalesce(sum(unknown), 0)::bigint as unknown"


@pytest.mark.parametrize("vendor", CHAINS)
async def test_the_books_hold_the_vendors_bills_whatever_happens(asker: Asker, vendor: str) -> None:
    await play(asker, vendor, seed=1, questions=30)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, 5))
@pytest.mark.parametrize("vendor", CHAINS)
async def test_the_books_hold_the_bills_of_hundreds_of_questions(
    asker: Asker, vendor: str, seed: int
) -> None:
    mixture = await play(asker, vendor, seed=seed, questions=400)
    ends = {"answered", "cancelled", "dead"}
    assert ends | {f"talk {end}" for end in ends} <= set(mixture.happened)


async def play(asker: Asker, vendor: str, *, seed: int, questions: int) -> Mixture:
    mixture = Mixture(asker, vendor, seed)
    await mixture.play(questions)
    assert await asker.misbooked() == []
    assert await asker.settle_all() > 0, "something is unknown"
    billed, asked, most = await asker.amounts()
    assert billed == asked == most > 0
    row = await asker.shop.database.fetch_one(f"{LINES} from spending_lines")
    assert row == {"billed": asked, "unknown": 0}
    return mixture


@pytest.mark.parametrize("booked", [True, False])
async def test_what_was_lost_is_unknown(asker: Asker, booked: bool) -> None:
    """Not booked: the control, in which a request without an answer is closed with nothing unknown."""
    asker.vendors.openai.faults[:] = [faults.closed_unanswered(), faults.key_refused()]
    async with lost_requests(asker.shop.database, booked=booked):
        with pytest.raises(GreenlightError):
            await asker.note("a door", "gpt-5")
    billed, asked, most = await asker.amounts()
    assert (billed, asked <= most) == (0, booked)


@pytest.mark.parametrize("doubted", [True, False])
async def test_what_a_vendor_was_too_busy_for_may_be_billed(
    asker: Asker, monkeypatch: pytest.MonkeyPatch, doubted: bool
) -> None:
    """Not doubted: the control, in which a 503 in the vendor's own words counts as free."""
    if not doubted:
        monkeypatch.setattr(exchange, "ours", believing)
    asker.vendors.openai.faults[:] = [faults.overloaded(billed=True), faults.key_refused()]
    with pytest.raises(GreenlightError):
        await asker.note("a door", "gpt-5")
    billed, asked, most = await asker.amounts()
    assert (billed, 0 < asked <= most) == (0, doubted)


def believing(error: Exception, card: TextModelCard, **more: Any) -> ProviderError:
    made = ours(error, card, **more)
    made.kind = "throttled" if isinstance(made, ProviderBusy) else made.kind
    return made


async def test_whoever_takes_over_finds_nothing_reserved(asker: Asker) -> None:
    """Also when it asks nothing any more: what is not listed as unknown nobody could settle."""
    asker.dies = Crash()
    with pytest.raises(Crash):
        await asker.note("a door", "gpt-5")
    held = (await asker.worker.orders.costs(asker.production_id)).reserved
    await asker.succeed()
    costs = await asker.worker.orders.costs(asker.production_id)
    assert (costs.unknown, costs.reserved.micros) == (held, 0)
    assert await asker.settle_all() == 1
    billed, asked, most = await asker.amounts()
    assert billed == asked == most > 0


@asynccontextmanager
async def lost_requests(database: Database, *, booked: bool) -> AsyncIterator[None]:
    """The function that closes requests; not `booked` forgets those whose price nobody knows."""
    text = SCHEMA.read_text("utf-8")
    start = text.index("create function greenlight_end_text")
    whole = text[start : text.index("end $$;", start) + len("end $$;")].replace(
        "create f", "create or replace f"
    )
    forgetful = whole.replace("then sent.reserved else 0 end", "then 0 else 0 end")
    forgetful = forgetful.replace("cost = spent,", "cost = coalesce(spent, 0),")
    assert forgetful.count("else 0 end") + forgetful.count("coalesce(spent, 0),") > 2
    await database.execute(whole if booked else forgetful)
    yield
    await database.execute(whole)
