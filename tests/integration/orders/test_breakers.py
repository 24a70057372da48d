"""A service that fails is left alone by all workers, and one order of all of them is let through to see."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from state.errors import BreakerOpen, GreenlightError, ProviderError, ProviderTimeout
from state.order import Order
from tests.builders import an_image_request, an_order
from tests.fakes import FakeEngine
from tests.integration.orders.shop import Shop, Worker
from tools.db.pool import Database
from tools.engines.base import JobStatus
from tools.orders.breakers import Breakers, BreakerState
from tools.orders.services import figures, service_of

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
KLING = "fake/kling"
NO_GUARD = """
create or replace function greenlight_let_through(
    named text, key text, rest_s float8, trial_s float8, moment timestamptz default clock_timestamp()
) returns jsonb language sql volatile as $$ select null::jsonb $$
"""


def after(seconds: float = 0, microseconds: int = 0) -> datetime:
    return BEGAN + timedelta(seconds=seconds, microseconds=microseconds)


def kling(production: str, item: str, **changes: Any) -> Order:
    request = an_image_request(model="kling-v2.1", prompt=f"A wave breaks, {item}")
    return an_order(production, **{"item": item, "request": request, **changes})


async def fail(database: Database, moment: datetime, *, key: str = "x") -> bool:
    """Tell one failure, at a moment; whether the breaker is open then."""
    rules = figures().breaker
    told = await database.fetch_one(
        "select greenlight_service_failed(%s, %s, false, %s, %s, %s) as open",
        (KLING, key, rules.failures, rules.within_s, moment),
    )
    assert told is not None
    return bool(told["open"])


async def ask(database: Database, moment: datetime, *, key: str = "trial") -> dict[str, Any] | None:
    rules = figures().breaker
    told = await database.fetch_one(
        "select greenlight_let_through(%s, %s, %s, %s, %s) as told",
        (KLING, key, rules.rest_s, rules.trial_s, moment),
    )
    assert told is not None
    return None if told["told"] is None else dict(told["told"])


async def opened(database: Database) -> datetime:
    """A breaker that was opened at the fifth failure; when that was."""
    for second in range(5):
        await fail(database, after(second))
    return after(4)


async def time_passes(database: Database, seconds: float) -> None:
    """As if what the breakers know had been so long ago."""
    await database.execute(
        "update breakers set opened_at = opened_at - make_interval(secs => %(s)s),"
        " trial_until = trial_until - make_interval(secs => %(s)s)",
        {"s": seconds},
    )


async def fails(worker: Worker, order: Order, kind: str = "not_sent", *, tries: int = 9) -> GreenlightError:
    """A dispatch that fails however often it is tried."""
    worker.engine.troubles = [kind] * tries
    with pytest.raises(GreenlightError) as failed:
        await worker.submit(order)
    worker.engine.troubles = []
    return failed.value


@asynccontextmanager
async def guard(database: Database, *, on: bool) -> AsyncIterator[None]:
    """The control: everybody is let through."""
    found = await database.fetch_one("select pg_get_functiondef('greenlight_let_through'::regproc) as source")
    assert found is not None
    if not on:
        await database.execute(NO_GUARD)
    try:
        yield
    finally:
        await database.execute(found["source"])


def test_the_figures_are_the_missions() -> None:
    rules = figures().breaker
    assert (rules.failures, rules.within_s, rules.rest_s) == (5, 120, 60)


@pytest.mark.parametrize(
    ("provider", "model", "service"),
    [
        ("fal", "kling-v2.1", "fal/kling"),
        ("replicate", "kling-v2.1-pro", "replicate/kling"),
        ("fal", "luma-ray-2", "fal/luma"),
        ("google", "google-veo-3.1", "google/veo"),
        ("google", "google-veo-3.1-fast", "google/veo"),
        ("fal", "flux-schnell", "fal/flux"),
        ("openai", "gpt-image-1", "openai/gpt-image-1"),
    ],
)
def test_a_service_is_a_family_of_models_at_a_provider(provider: str, model: str, service: str) -> None:
    assert service_of(provider, model) == service


@pytest.mark.parametrize(("late_by", "open_then"), [(0, True), (1, False)])
async def test_the_fifth_failure_within_the_window_opens_it(
    database: Database, late_by: int, open_then: bool
) -> None:
    """At 120 s exactly it is within; a microsecond later the first one is forgotten."""
    for second in (0, 30, 60, 90):
        assert await fail(database, after(second)) is False
    assert await fail(database, after(120, late_by)) is open_then
    assert (await ask(database, after(120, late_by)) is not None) is open_then


async def test_spread_over_more_than_the_window_they_open_nothing(database: Database) -> None:
    assert [await fail(database, after(31 * number)) for number in range(20)] == [False] * 20
    assert await ask(database, after(31 * 20)) is None


@pytest.mark.parametrize(("rested", "through"), [(59_999_999, False), (60_000_000, True)])
async def test_after_a_minute_one_is_let_through(database: Database, rested: int, through: bool) -> None:
    moment = await opened(database) + timedelta(microseconds=rested)
    told = await ask(database, moment)
    assert told is not None
    assert (told == {"trial": True}) is through
    if not through:
        assert told["open"]
        assert told["back_in_s"] == pytest.approx(0.000001, abs=1e-9)


async def test_beside_the_trial_nobody_is_let_through(database: Database) -> None:
    moment = await opened(database) + timedelta(seconds=60)
    assert await ask(database, moment, key="first") == {"trial": True}
    other = await ask(database, moment, key="second")
    assert other is not None
    assert other["back_in_s"] == figures().breaker.trial_s
    assert await ask(database, moment, key="first") == {"trial": True}, "its own tries go on"


async def test_a_trial_that_fails_opens_it_again(database: Database) -> None:
    moment = await opened(database) + timedelta(seconds=60)
    await ask(database, moment, key="first")
    assert await fail(database, moment, key="first") is True
    again = await ask(database, moment + timedelta(seconds=59.999999))
    assert again is not None
    assert "open" in again
    assert await ask(database, moment + timedelta(seconds=60)) == {"trial": True}


async def test_what_was_sent_before_it_opened_says_nothing_new(database: Database) -> None:
    since = await opened(database)
    await fail(database, since + timedelta(seconds=50), key="slow one")
    assert await ask(database, since + timedelta(seconds=60)) == {"trial": True}
    await fail(database, since + timedelta(seconds=61), key="slower one")
    assert await ask(database, since + timedelta(seconds=61)) == {"trial": True}, "the trial goes on"


async def test_a_trial_whose_process_died_holds_nobody_up_for_good(database: Database) -> None:
    moment = await opened(database) + timedelta(seconds=60)
    await ask(database, moment, key="dead")
    patience = timedelta(seconds=figures().breaker.trial_s)
    waiting = await ask(database, moment + patience - timedelta(microseconds=1), key="next")
    assert waiting is not None
    assert "open" in waiting
    assert await ask(database, moment + patience, key="next") == {"trial": True}


@pytest.mark.parametrize("on", [True, False])
async def test_of_two_workers_who_ask_at_once_one_gets_the_trial(
    database: Database, shared_url: str, on: bool
) -> None:
    """On pools of their own, ten times; without the guard both are let through each time."""
    moment = await opened(database) + timedelta(seconds=60)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(guard(database, on=on))
        pools = [await Database.open(shared_url, max_size=2, name=f"worker {n}") for n in range(2)]
        for pool in pools:
            stack.push_async_callback(pool.close)
        for number in range(10):
            at = moment + timedelta(seconds=figures().breaker.trial_s * number)
            asked = (ask(pool, at, key=f"{number} {who}") for who, pool in enumerate(pools))
            answers = await asyncio.gather(*asked)
            let_through = [told for told in answers if told is None or "trial" in told]
            assert len(let_through) == (1 if on else 2)


@pytest.mark.parametrize("on", [True, False])
async def test_five_failed_dispatches_keep_every_worker_away(shop: Shop, production: str, on: bool) -> None:
    """The second worker, in another production, sends nothing to what the first opened. S3-62, S3-64."""
    first, second = await shop.worker(production), await shop.worker(await shop.production())
    for number in range(5):
        assert isinstance(await fails(first, kling(production, f"{number}A")), ProviderTimeout)
    async with guard(shop.database, on=on):
        order = kling(second.lease.production_id, "1A")
        if on:
            with pytest.raises(BreakerOpen, match="kling at fake failed too often") as refused:
                await second.submit(order)
            assert refused.value.details["retry_at"] in refused.value.user_action.replace(
                " at ", "T"
            ).replace(" UTC", "+00:00")
            assert (refused.value.engine, second.clock.slept) == (True, []), "it is skipped at once"
        else:
            await second.submit(order)
    assert shop.provider.posts == ([] if on else [order.call_key])
    if on:
        assert (await shop.row(order.call_key))["attempt"] == 0
        assert await Breakers(shop.database, second.clock).states() == [
            BreakerState.model_validate(
                {"service": KLING, "state": "OPEN", "failures": 5, "opened_at": await since(shop.database)}
            )
        ]
    await first.orders.close()
    await second.orders.close()


async def since(database: Database) -> datetime:
    row = await database.fetch_one("select opened_at from breakers where service = %s", (KLING,))
    assert row is not None
    return row["opened_at"]  # type: ignore[no-any-return]


async def test_what_was_not_let_through_is_sent_when_it_is_placed_again(
    worker: Worker, shop: Shop, production: str
) -> None:
    """Nothing is lost and nothing is held: its price is free meanwhile, and the trial closes the breaker."""
    for number in range(5):
        await fails(worker, kling(production, f"{number}A"))
    order = kling(production, "9A")
    with pytest.raises(BreakerOpen):
        await worker.submit(order)
    assert (await shop.row(order.call_key))["cost_reserved"] == 0
    await time_passes(shop.database, 60)
    await worker.place(order)
    assert await shop.outcomes(order.call_key) == ["done"]
    assert await shop.database.fetch_all("select * from breakers") == [], "closed, and forgotten"


async def test_other_services_go_on(worker: Worker, shop: Shop, production: str) -> None:
    for number in range(5):
        await fails(worker, kling(production, f"{number}A"))
    luma = kling(production, "9A", request=an_image_request(model="luma-ray-2"))
    await worker.submit(luma)
    assert shop.provider.posts == [luma.call_key]


@pytest.mark.parametrize("kind", ["refused", "invalid", "auth", "no_credit", "throttled"])
async def test_what_is_not_the_services_fault_opens_nothing(
    worker: Worker, shop: Shop, production: str, kind: str
) -> None:
    for number in range(6):
        await fails(worker, kling(production, f"{number}A"), kind)
    await worker.submit(kling(production, "9A"))
    assert await shop.database.fetch_all("select * from breakers") == []


async def test_jobs_that_die_open_it_and_only_a_finished_job_closes_it(
    worker: Worker, shop: Shop, production: str
) -> None:
    """A service that takes every order and finishes none: that the trial was taken says nothing."""
    died = JobStatus(state="failed", kind="transient_job", error="runner died")
    tickets = [await worker.submit(kling(production, f"{number}A")) for number in range(5)]
    worker.engine.job_troubles = [died] * 99
    for ticket in tickets:
        with pytest.raises(ProviderError):
            await worker.collect(ticket)
    await time_passes(shop.database, 60)
    trial = await worker.submit(kling(production, "8A"))
    with pytest.raises(BreakerOpen):
        await worker.submit(kling(production, "9A"))
    worker.engine.job_troubles = []
    await worker.collect(trial)
    await worker.submit(kling(production, "9A"))


async def test_a_job_that_died_is_made_again_once_the_service_is_back(
    worker: Worker, shop: Shop, production: str
) -> None:
    died = JobStatus(state="failed", kind="transient_job", error="runner died")
    ticket = await worker.submit(kling(production, "9A"))
    for number in range(4):
        await fails(worker, kling(production, f"{number}A"))
    worker.engine.job_troubles = [died]
    with pytest.raises(BreakerOpen):
        await worker.collect(ticket)
    assert await shop.outcomes(ticket.call_key) == ["transient_job"], "nothing left since"
    await time_passes(shop.database, 60)
    await worker.collect(ticket)
    assert await shop.outcomes(ticket.call_key) == ["transient_job", "done"]


async def test_an_answer_that_was_lost_for_good_counts(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    for number in range(5):
        await fails(worker, kling(production, f"{number}A"), "lost_reply", tries=1)
    with pytest.raises(BreakerOpen):
        await worker.submit(kling(production, "9A"))
    await worker.orders.close()


async def test_while_all_is_well_it_costs_one_statement_for_a_request(
    worker: Worker, shop: Shop, production: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    for name in ("fetch_one", "execute"):
        real = getattr(shop.database, name)

        async def spy(statement: str, params: Any = None, *, real: Any = real) -> Any:
            said.append(statement)
            return await real(statement, params)

        monkeypatch.setattr(shop.database, name, spy)
    await worker.place(kling(production, "1A"))
    about = [
        one for one in said if "greenlight_enter" in one or "service_failed" in one or "trial_over" in one
    ]
    assert len(about) == 1
    assert "greenlight_enter" in about[0]
