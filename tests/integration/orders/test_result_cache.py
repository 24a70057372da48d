"""An equal order of the same user is answered by what was bought before: at no cost, for seven days."""

import asyncio
from datetime import timedelta
from itertools import product
from typing import Any

import psycopg
import pytest

from state.context import RunContext
from state.cost import ZERO, CostReport, Money
from state.errors import NotApproved
from state.order import Delivery, Order
from tests.builders import a_video_request, an_image_request, an_order
from tests.integration.orders.shop import Shop
from tools.ledger.ledger import Ledger
from tools.ledger.results import LASTS_S, SQL, find_result
from tools.ledger.rows import Claim
from tools.ledger.stops import Stops

CENT = Money.usd("0.01")
MANY = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
                    model, request, request_hash, state, owner_epoch, webhook_token, cost_quoted, media,
                    done_at)
select 'key-' || n, %s, 'local', 'take', n || 'A', 'first', 1, 'image', 'fake', 'fake-image',
       '{}', 'hash-' || n, 'done', 1, 'token-' || n, 10000, '{}', now()
from generate_series(1, 5000) n
"""


@pytest.fixture
async def first(shop: Shop, production: str) -> Delivery:
    """What was bought first."""
    return await (await shop.worker(production)).place(an_order(production), price=CENT)


async def again(shop: Shop, production_id: str = "", *, use_cache: bool = True, **changes: Any) -> Delivery:
    """The same order in another production, at the same price."""
    production_id = production_id or await shop.production()
    worker = await shop.worker(production_id)
    ticket = await worker.submit(an_order(production_id, **changes), price=CENT, use_cache=use_cache)
    return await worker.collect(ticket)


async def made_ago(shop: Shop, seconds: float) -> None:
    """Let so much time pass since the results there are were stored."""
    await shop.database.execute(
        "update orders set done_at = clock_timestamp() - make_interval(secs => %s)", (seconds,)
    )


async def test_the_same_order_again_is_answered_for_nothing(shop: Shop, first: Delivery) -> None:
    second = await again(shop)
    assert (second.media, second.seed, second.extra) == (first.media, first.seed, first.extra)
    assert second.cost == ZERO
    assert len(shop.provider.posts) == 1


async def test_who_does_not_want_it_buys(shop: Shop, first: Delivery) -> None:
    """The control of every test here: without the switch the same order is bought."""
    assert (await again(shop, use_cache=False)).cost == CENT
    assert len(shop.provider.posts) == 2


def test_a_run_wants_it_unless_it_says_otherwise() -> None:
    assert RunContext().use_cache
    assert not RunContext(use_cache=False).use_cache


@pytest.mark.parametrize(
    "request_",
    [
        an_image_request(prompt="Ana in the garden"), an_image_request(seed=8),
        an_image_request(model="fake-image-2"), an_image_request(width=640),
        an_image_request(parameters={"resolution": "1080p"}), a_video_request(),
    ],
    ids=["prompt", "seed", "model", "size", "parameter", "medium"],
)  # fmt: skip
async def test_whatever_is_asked_otherwise_is_bought(shop: Shop, first: Delivery, request_: Any) -> None:
    await again(shop, request=request_)
    assert len(shop.provider.posts) == 2


async def test_prompt_model_and_seed_are_not_run_together(shop: Shop) -> None:
    """A digest of the three written one after the other would be the same for both."""
    await again(shop, request=an_image_request(prompt="room 1", model="flux", seed=23))
    await again(shop, request=an_image_request(prompt="room", model="flux", seed=123))
    assert len(shop.provider.posts) == 2


async def test_another_place_in_the_film_is_the_same_picture(shop: Shop, first: Delivery) -> None:
    second = await again(shop, item="4C", stage="take")
    assert second.take_number == 1
    assert len(shop.provider.posts) == 1


@pytest.mark.parametrize("cause", ["a-gate's-task-id", "redo-0123", "start:run-2"])
async def test_what_somebody_asked_for_anew_is_bought(shop: Shop, first: Delivery, cause: str) -> None:
    """RED, regenerate and re-shoot are answers at gates; an automatic redo names what it replaces."""
    await again(shop, cause=cause)
    assert len(shop.provider.posts) == 2


async def test_asked_anew_in_the_same_production_it_is_bought(shop: Shop, production: str) -> None:
    await again(shop, production)
    await again(shop, production, cause="a-gate's-task-id")
    assert len(shop.provider.posts) == 2


async def test_a_change_by_hand_takes_what_another_production_has(shop: Shop, first: Delivery) -> None:
    assert (await again(shop, cause="update:1")).cost == ZERO


async def test_what_was_sent_back_answers_nobody(shop: Shop, production: str, first: Delivery) -> None:
    """Answered RED and made with another seed: whoever orders the first one again wants another chance."""
    await again(shop, production, cause="a-gate's-task-id", request=an_image_request(seed=8))
    await again(shop)
    assert len(shop.provider.posts) == 3


async def test_what_was_asked_for_instead_is_taken(shop: Shop, production: str, first: Delivery) -> None:
    """Made again by the same request: the newest is the one that was kept."""
    kept = await again(shop, production, cause="a-gate's-task-id")
    second = await again(shop)
    assert (await shop.row(second.call_key))["adopted_from"] == kept.call_key


async def test_of_another_user_nothing_is_taken(shop: Shop, first: Delivery) -> None:
    other = await shop.production()
    await shop.database.execute("insert into users (user_id) values ('eve') on conflict do nothing")
    await shop.database.execute("update productions set user_id = 'eve' where production_id = %s", (other,))
    await again(shop, other)
    assert len(shop.provider.posts) == 2


async def test_the_look_itself_knows_user_and_request(shop: Shop, first: Delivery) -> None:
    """What it finds is compared once more where it is adopted: each of the two looks holds alone."""
    other = await shop.production()
    assert await find_result(shop.database, _claim(an_order(other)))
    assert not await find_result(shop.database, _claim(an_order(other, request=an_image_request(seed=8))))
    await shop.database.execute("insert into users (user_id) values ('eve') on conflict do nothing")
    await shop.database.execute("update productions set user_id = 'eve' where production_id = %s", (other,))
    assert not await find_result(shop.database, _claim(an_order(other)))


async def test_what_was_found_is_looked_at_again_where_it_is_adopted(shop: Shop, first: Delivery) -> None:
    """Cleared between the look and the claim: it is bought."""
    production = await shop.production()
    worker, claim = await shop.worker(production), _claim(an_order(production))
    stored = await find_result(shop.database, claim)
    await shop.database.execute("update orders set request_hash = 'cleared', media = null")
    row, new = await Ledger(shop.database).claim(claim, epoch=worker.lease.epoch, stored=stored)
    assert (row.state, row.cost_reserved, new) == ("intent", CENT.micros, True)


@pytest.mark.parametrize(("age_s", "posts"), [(LASTS_S - 60, 1), (LASTS_S, 2)])
async def test_it_lasts_seven_days(shop: Shop, first: Delivery, age_s: float, posts: int) -> None:
    await made_ago(shop, age_s)
    await again(shop)
    assert len(shop.provider.posts) == posts


async def test_the_last_millisecond_counts(shop: Shop, first: Delivery) -> None:
    """604,800 s are over when they are over."""
    stored = (await shop.row(first.call_key))["done_at"]
    claim = _claim(an_order(await shop.production()))
    for age, found in [(604_799.999, first.call_key), (604_800.0, None)]:
        result = await find_result(shop.database, claim, at=stored + timedelta(seconds=age))
        assert (result and result.call_key) == found


async def test_what_the_cache_gave_lengthens_nothing(shop: Shop, first: Delivery) -> None:
    """The seven days are those of the purchase."""
    await made_ago(shop, LASTS_S - 60)
    await again(shop)
    await shop.database.execute(
        "update orders set done_at = done_at - interval '2 minutes' where adopted_from is null"
    )
    await again(shop)
    assert len(shop.provider.posts) == 2


async def test_a_file_that_is_gone_is_bought_again(shop: Shop, first: Delivery) -> None:
    await shop.store.delete(first.media.key)
    assert (await again(shop)).cost == CENT
    assert len(shop.provider.posts) == 2


@pytest.mark.parametrize(
    "change",
    [
        "imported_micros = 0", "elsewhere = true", "degraded = true", "state = 'failed'", "media = null",
        "request_hash = 'cleared'", "cost_quoted = 0",
    ],
)  # fmt: skip
async def test_what_is_not_wholly_ours_answers_nothing(shop: Shop, first: Delivery, change: str) -> None:
    """Out of an archive, by a stand-in, without a result, cleared, or free: bought."""
    await shop.database.execute(f"update orders set {change}")
    await again(shop)
    assert len(shop.provider.posts) == 2


async def test_of_a_deleted_production_nothing_is_taken(shop: Shop, production: str, first: Delivery) -> None:
    await shop.database.execute(
        "update productions set deleted_at = now() where production_id = %s", (production,)
    )
    await again(shop)
    assert len(shop.provider.posts) == 2


async def test_what_was_taken_stays_when_its_source_goes(
    shop: Shop, production: str, first: Delivery
) -> None:
    """The file belongs to both: the row names it itself."""
    second = await again(shop)
    await shop.database.execute("delete from productions where production_id = %s", (production,))
    assert (await shop.row(second.call_key))["media"] == second.media.model_dump(mode="json")


async def test_a_stand_in_s_order_takes_nothing(shop: Shop, first: Delivery) -> None:
    production = await shop.production()
    worker = await shop.worker(production)
    ticket = await worker.submit(an_order(production), price=CENT, degraded=True, use_cache=True)
    assert ticket.external_id == "job-2"


async def test_nothing_is_reserved_and_nobody_has_to_approve(shop: Shop, first: Delivery) -> None:
    poor = await shop.production(ceiling=ZERO, preproduction="0")
    assert (await again(shop, poor)).cost == ZERO
    worker = await shop.worker(poor)
    with pytest.raises(NotApproved):  # the control
        await worker.submit(an_order(poor, item="9Z"), price=CENT)
    assert await worker.orders.costs(poor) == CostReport(spared=CENT)


async def test_a_stop_of_spending_holds_up_nothing_that_costs_nothing(shop: Shop, first: Delivery) -> None:
    await Stops(shop.database).stop("local", by="local")
    assert (await again(shop)).cost == ZERO


async def test_the_log_and_the_books_say_so(shop: Shop, first: Delivery) -> None:
    second = await again(shop)
    rows = await shop.database.fetch_all("select payload from events where payload ->> 'name' = 'from_cache'")
    [told] = [row["payload"]["payload"] for row in rows]
    assert (told["item"], told["take"], told["spared_usd"]) == ("1A", 1, "0.01")
    [line] = await shop.database.fetch_all(
        "select status, billed, quoted, spared from spending_lines where call_key = %s", (second.call_key,)
    )
    assert line == {"status": "from_cache", "billed": 0, "quoted": 0, "spared": CENT.micros}


async def test_placed_again_it_is_the_same_answer_and_told_once(shop: Shop, first: Delivery) -> None:
    production = await shop.production()
    second = await again(shop, production)
    assert await again(shop, production) == second
    rows = await shop.database.fetch_all("select from events where payload ->> 'name' = 'from_cache'")
    assert len(rows) == 1


async def test_an_order_that_is_there_is_never_exchanged(shop: Shop, production: str) -> None:
    """Sent before there was a result: its own job is waited for."""
    other = await shop.production()
    ticket = await (await shop.worker(other)).submit(an_order(other), price=CENT)
    await again(shop, production)
    second = await (await shop.worker(other)).submit(an_order(other), price=CENT, use_cache=True)
    assert second.external_id == ticket.external_id == "job-1"


async def test_two_at_once_are_both_bought(shop: Shop) -> None:
    """Only what is finished answers: nobody's order waits for another production's."""
    productions = [await shop.production() for _ in range(2)]
    made = await asyncio.gather(*(again(shop, one) for one in productions))
    assert [one.cost for one in made] == [CENT, CENT]
    assert (await again(shop)).cost == ZERO
    assert len(shop.provider.posts) == 2


async def test_two_places_of_one_production_share_a_result_at_once(shop: Shop, first: Delivery) -> None:
    production = await shop.production()
    worker = await shop.worker(production)
    orders = [an_order(production, item=item) for item in ("1A", "2A", "3A")]
    tickets = await asyncio.gather(*(worker.submit(one, price=CENT, use_cache=True) for one in orders))
    assert {ticket.take_number for ticket in tickets} == {1}
    assert len(shop.provider.posts) == 1


async def test_a_fork_takes_its_ancestor_s_first(shop: Shop, production: str, first: Delivery) -> None:
    newer = await again(shop, use_cache=False)
    fork = await shop.production(parent=production)
    adopted = await again(shop, fork)
    row = await shop.row(adopted.call_key)
    assert newer.call_key != row["adopted_from"] == first.call_key
    assert row["spared_micros"] == 0


class Counted:
    """Counts the statements that leave for the database."""

    def __init__(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        execute = psycopg.AsyncConnection.execute

        async def counted(connection: Any, *arguments: Any, **more: Any) -> Any:
            self.count += 1
            return await execute(connection, *arguments, **more)

        monkeypatch.setattr(psycopg.AsyncConnection, "execute", counted)


@pytest.mark.parametrize(("price", "more"), [(ZERO, 0), (CENT, 1)])
async def test_what_costs_nothing_asks_the_database_no_more(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, price: Money, more: int
) -> None:
    """The fewest of three: a lease that is renewed meanwhile asks as well."""
    counts: dict[bool, list[int]] = {False: [], True: []}
    for use_cache, number in product(counts, range(3)):
        production = await shop.production()
        worker, order = await shop.worker(production), an_order(production, item=f"{use_cache}")
        order = order.model_copy(update={"request": an_image_request(prompt=f"{use_cache} {number}")})
        with monkeypatch.context() as patched:
            counted = Counted(shop, patched)
            await worker.submit(order, price=price, use_cache=use_cache)
        counts[use_cache].append(counted.count)
    assert min(counts[True]) - min(counts[False]) == more


async def test_the_look_reads_no_table_as_a_whole(shop: Shop, production: str) -> None:
    """Among thousands of orders of one user it goes by the index of what may answer."""
    await shop.database.execute(MANY, (production,))
    await shop.database.execute("analyze orders")
    asked = _claim(an_order(production)).model_dump(
        include={"production_id", "provider", "model", "call_key"}
    )
    named = {**asked, "request_hash": "hash-7", "lasts_s": LASTS_S, "at": None}
    rows = await shop.database.fetch_all(f"explain {SQL['find']}", named)
    plan = " ".join(row["QUERY PLAN"] for row in rows)
    assert "orders_results" in plan
    assert "Seq Scan on orders" not in plan


def _claim(order: Order) -> Claim:
    return Claim.of_order(order, price=CENT, price_edition="2026-11", prompt_digest="")
