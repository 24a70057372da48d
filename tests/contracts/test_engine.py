"""What every engine must do, whoever stands behind it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from state.errors import DeadlinePassed, ProviderError
from state.order import EngineRequest, FailureKind
from tests.contracts.engines import ENGINES, EngineCase
from tests.fakes import FakeClock
from tools.engines.base import CannotTell, Engine
from tools.resilience.deadline import Deadline, current_deadline

LONG_AGO = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture(params=sorted(ENGINES))
async def case(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EngineCase]:
    async with ENGINES[request.param](tmp_path) as made:
        yield made


async def finished(engine: Engine, request: EngineRequest, key: str = "p:stage:item:first") -> str:
    external_id = await engine.submit(request, call_key=key)
    assert (await engine.wait(external_id)).state == "succeeded"
    return external_id


async def test_it_makes_what_it_says_it_makes(case: EngineCase, tmp_path: Path) -> None:
    assert {request.medium for request in case.requests} == case.engine.media
    for number, request in enumerate(case.requests):
        external_id = await finished(case.engine, request, f"p:stage:{number}:first")
        fetched = await case.engine.fetch(external_id, tmp_path)
        assert fetched.path.parent == tmp_path
        assert fetched.path.stat().st_size > 0


async def test_one_submit_is_one_request(case: EngineCase, tmp_path: Path) -> None:
    """And asking, fetching or finding is none."""
    if case.posts is None:
        pytest.skip("nobody counts at the other side")
    external_id = await finished(case.engine, case.requests[0])
    await case.engine.status(external_id)
    await case.engine.fetch(external_id, tmp_path)
    assert case.posts() == 1


async def test_two_orders_are_two_jobs(case: EngineCase) -> None:
    first = await finished(case.engine, case.requests[0], "p:stage:1:first")
    second = await finished(case.engine, case.requests[0], "p:stage:2:first")
    assert first != second


async def test_another_process_can_collect(case: EngineCase, tmp_path: Path) -> None:
    if case.reopen is None:
        pytest.skip("its jobs live and die with the process")
    external_id = await case.engine.submit(case.requests[0], call_key="p:stage:1:first")
    other = case.reopen()
    assert (await other.wait(external_id)).state == "succeeded"
    assert (await other.fetch(external_id, tmp_path)).path.is_file()


async def test_a_job_that_ended_stays_ended(case: EngineCase) -> None:
    external_id = await finished(case.engine, case.requests[0])
    assert (await case.engine.wait(external_id)).state == "succeeded"
    assert (await case.engine.status(external_id)).progress == 1.0


async def test_a_lost_job_is_found_or_said_to_be_unfindable(case: EngineCase) -> None:
    key = "p:stage:1:first"
    external_id = await finished(case.engine, case.requests[0], key)
    try:
        found = await case.engine.find(case.requests[0], call_key=key, since=LONG_AGO)
    except CannotTell:
        assert case.engine.reconcile in ("blind", "webhook_only")
    else:
        assert external_id in found


async def test_nothing_is_found_where_nothing_was_sent(case: EngineCase) -> None:
    if case.engine.reconcile in ("blind", "webhook_only"):
        pytest.skip("it cannot be asked")
    looking = case.engine.find(case.requests[0], call_key="p:stage:1:first", since=LONG_AGO)
    if case.proves_none:
        assert await looking == []
    else:
        with pytest.raises(CannotTell):
            await looking


async def test_a_repeated_submit_is_the_same_job_where_that_is_promised(case: EngineCase) -> None:
    if case.engine.reconcile != "idempotent_submit":
        pytest.skip("not promised")
    key = "p:stage:1:first"
    once = await case.engine.submit(case.requests[0], call_key=key)
    assert await case.engine.submit(case.requests[0], call_key=key) == once


async def test_nothing_is_sent_after_the_deadline(case: EngineCase) -> None:
    """A process that was frozen on its way to the provider must give up."""
    if not case.checks_deadline:
        pytest.skip("it sends nothing to anybody")
    clock = FakeClock()
    token = current_deadline.set(Deadline.after(1, clock=clock))
    clock.passed_s = 2
    try:
        with pytest.raises(DeadlinePassed):
            await case.engine.submit(case.requests[0], call_key="p:stage:1:first")
    finally:
        current_deadline.reset(token)
    assert case.posts is None or case.posts() == 0


async def test_an_unknown_job_is_an_error(case: EngineCase) -> None:
    with pytest.raises(ProviderError) as caught:
        await case.engine.status("no-such-job")
    assert caught.value.kind in get_args(FailureKind)


async def test_what_it_cannot_make_is_refused(case: EngineCase) -> None:
    for request in case.bad_requests:
        with pytest.raises(ProviderError) as caught:
            await case.engine.submit(request, call_key="p:stage:bad:first")
        assert caught.value.kind in ("invalid", "refused")


async def test_cancelling_what_ended_is_harmless(case: EngineCase) -> None:
    job = await finished(case.engine, case.requests[0])
    await case.engine.cancel(job)
    assert (await case.engine.status(job)).state == "succeeded"


async def test_every_error_has_a_kind(case: EngineCase) -> None:
    for error in (TimeoutError(), ConnectionError(), RuntimeError()):
        assert case.engine.classify(error) in get_args(FailureKind)
