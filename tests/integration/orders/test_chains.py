"""The next engine makes it when the one before cannot be had, and nothing is ever bought from two at once."""

from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from state.cost import ZERO, FallbackCall, Money, PlannedCall
from state.errors import (
    BreakerOpen,
    EnginesFailed,
    NotApproved,
    OrderParked,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderRefused,
)
from state.order import EngineRequest, Order
from tests.builders import an_image_request, an_order
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.orders.shop import Shop, Worker, working
from tools.engines.base import JobStatus, Reconcile
from tools.engines.files import NO_FILES, Files
from tools.orders.chain import ALL_FAILED, Chain, Fitted, Handed, Made
from tools.orders.failures import failure_of
from tools.orders.quote import quote
from tools.orders.replaying import Replay, current_replay
from tools.orders.standing_in import Policy

KLING, LUMA, VEO = MODELS = ("kling-v2.1", "luma-ray-2", "google-veo-3.1")
CENT = Money.usd("0.01")
DIED = JobStatus(state="failed", kind="transient_job", error="runner died", billed=False)


class Vendors(FakeEngine):
    """Engines in one, with troubles by model; knows in which order they were asked."""

    def __init__(self, server: FakeProvider, *, reconcile: Reconcile = "findable") -> None:
        super().__init__(server, reconcile=reconcile)
        self.down: dict[str, str] = {}
        self.fails: dict[str, int] = {}
        """So many times, and then it works."""
        self.dying: set[str] = set()
        self.died = DIED
        self.asked: list[str] = []
        self.posts: dict[str, int] = defaultdict(int)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        self.asked.append(request.model)
        self.troubles = [self.down[request.model]] if request.model in self.down else []
        if self.fails.get(request.model, 0) > 0:
            self.fails[request.model] -= 1
            self.troubles = ["not_sent"]
        external_id = await super().submit(request, call_key=call_key, files=files)
        self.posts[request.model] += 1
        return external_id

    async def status(self, external_id: str) -> JobStatus:
        status = await super().status(external_id)
        return self.died if self.server.jobs[external_id].request.model in self.dying else status


def call(model: str, price: Money = CENT) -> PlannedCall:
    return PlannedCall(
        stage="take", item="1A", provider="fake", model=model, unit="second", units=Decimal(8), price=price
    )


CALLS = [call(model) for model in MODELS]


def wanted(production: str, cause: str = "first", **changes: Any) -> Order:
    request = an_image_request(model=KLING, **changes)
    return an_order(production, stage="take", item="1A", cause=cause, request=request)


class Set:
    """A worker with its engines, and the chain of one order."""

    def __init__(self, worker: Worker, engine: Vendors) -> None:
        self.worker, self.engine = worker, engine

    def chain(self, calls: list[PlannedCall] = CALLS, *, cause: str = "first", **more: Any) -> Chain:
        order = wanted(self.worker.lease.production_id, cause)
        return Chain(self.worker.orders, order, calls, **{"policy": "any", **more})

    async def submit(self, *arguments: Any, **more: Any) -> Handed:
        with working(self.worker.lease):
            return await self.chain(*arguments, **more).submit()

    async def make(self, *arguments: Any, **more: Any) -> Made:
        chain = self.chain(*arguments, **more)
        with working(self.worker.lease):
            return await chain.collect((await chain.submit()).ticket)

    @property
    def order_of_calls(self) -> list[str]:
        """Each model once, in the order in which they were first asked."""
        return list(dict.fromkeys(self.engine.asked))


@pytest.fixture
async def stage(shop: Shop, production: str) -> Any:
    engine = Vendors(shop.provider)
    worker = await shop.worker(production, engine=engine)
    yield Set(worker, engine)
    await worker.orders.close()


async def test_the_wanted_one_makes_it_where_it_can(stage: Set) -> None:
    made = await stage.make()
    assert (made.engine_used, made.family_used, made.fallback_triggered) == (KLING, "kling", False)
    assert (stage.engine.asked, made.delivery.model) == ([KLING], KLING)


async def test_kling_fails_and_luma_makes_it(stage: Set, shop: Shop) -> None:
    """S3-49, group 6a."""
    stage.engine.down = {KLING: "not_sent"}
    made = await stage.make()
    assert (made.engine_used, made.family_used, made.fallback_triggered) == (LUMA, "luma", True)
    assert [(one.model, one.kind) for one in made.tried] == [(KLING, "not_sent")]
    assert made.delivery.model == LUMA
    assert made.delivery.call_key == f"{stage.worker.lease.production_id}:take:1A:first~{LUMA}"


@pytest.mark.parametrize(
    "names", [(KLING, LUMA, VEO), (LUMA, VEO, KLING), (VEO, LUMA, KLING)], ids=lambda names: names[0]
)
async def test_they_are_asked_in_order_and_each_within_its_own_limits(
    stage: Set, names: tuple[str, ...]
) -> None:
    """S3-48, S3-51: a retryable error is retried on the same engine before the next is asked."""
    stage.engine.down = dict.fromkeys(names[:2], "not_sent")
    calls = [call(name) for name in names]
    order = wanted(stage.worker.lease.production_id)
    order = order.model_copy(update={"request": an_image_request(model=names[0])})
    with working(stage.worker.lease):
        handed = await Chain(stage.worker.orders, order, calls, policy="any").submit()
    assert stage.engine.asked == [names[0]] * 3 + [names[1]] * 3 + [names[2]]
    assert handed.engine_used == names[2]


@pytest.mark.parametrize(("failures", "used"), [(2, "wan-2.5-t2v-fast"), (3, "veo-3.1-fast")])
async def test_a_cheap_model_that_fails_three_times_is_left_for_the_next(
    stage: Set, failures: int, used: str
) -> None:
    """S4-038: with pauses that double; once fewer, and nobody else is asked."""
    cheap, following = "wan-2.5-t2v-fast", "veo-3.1-fast"
    stage.engine.fails = {cheap: failures}
    order = wanted(stage.worker.lease.production_id)
    order = order.model_copy(update={"request": an_image_request(model=cheap)})
    with working(stage.worker.lease):
        chain = Chain(stage.worker.orders, order, [call(cheap), call(following)], policy="same_tier")
        handed = await chain.submit()
    assert handed.engine_used == used
    assert stage.engine.asked == [cheap] * 3 + [following] * (used == following)
    assert stage.worker.clock.slept == [2.0, 4.0]


async def test_a_retryable_error_is_retried_before_another_is_asked(stage: Set) -> None:
    stage.engine.dying = {KLING}
    made = await stage.make()
    assert stage.engine.asked == [KLING] * 3 + [LUMA]
    assert made.engine_used == LUMA


async def test_when_all_fail_there_is_one_clear_error(stage: Set) -> None:
    """S3-50: with what each of them said, and no endless loop."""
    stage.engine.down = dict.fromkeys(MODELS, "not_sent")
    with pytest.raises(EnginesFailed, match=ALL_FAILED) as failed:
        await stage.submit()
    assert stage.order_of_calls == [KLING, LUMA, VEO]
    assert [one["model"] for one in failed.value.details["tried"]] == list(MODELS)
    assert all(model in failed.value.message for model in MODELS)
    with pytest.raises(EnginesFailed):
        failure_of(failed.value, wanted(stage.worker.lease.production_id))  # the run pauses
    stage.engine.down = {}
    assert (await stage.submit()).engine_used == KLING, "and once it is resumed they are asked again"


async def test_jobs_that_all_died_are_for_a_person(stage: Set) -> None:
    """The same orders cannot be sent again: a failed take that says what each engine said, not a pause."""
    stage.engine.dying = set(MODELS)
    with pytest.raises(ProviderFailed, match=ALL_FAILED) as failed:
        await stage.make()
    assert not isinstance(failed.value, EnginesFailed)
    failure = failure_of(failed.value, wanted(stage.worker.lease.production_id))
    assert (failure.kind, [one["model"] for one in failure.tried]) == ("transient_job", list(MODELS))


async def test_what_was_fitted_to_a_stand_in_is_what_it_is_sent(stage: Set, shop: Shop) -> None:
    stage.engine.down = {KLING: "auth"}
    request = an_image_request(model=LUMA, prompt="as Luma takes it")
    made = await stage.make(fitted={LUMA: Fitted(request=request, lacks=("a seed",))})
    [job] = shop.provider.jobs.values()
    assert (job.request.model, job.request.prompt) == (LUMA, "as Luma takes it")
    assert (made.instead_of, made.lacks, made.delivery.degraded) == (KLING, ("a seed",), True)


async def test_a_stand_in_that_refuses_how_it_was_fitted_is_passed_over(stage: Set) -> None:
    stage.engine.down = {KLING: "auth", LUMA: "invalid"}
    made = await stage.make()
    assert (made.engine_used, [one.kind for one in made.tried]) == (VEO, ["auth", "invalid"])


async def test_what_is_parked_has_a_ticket_where_it_is_placed(shop: Shop, production: str) -> None:
    """Its siblings are brought home before anybody is asked."""
    engine = Vendors(shop.provider, reconcile="blind")
    stage = Set(await shop.worker(production, engine=engine), engine)
    engine.down = {KLING: "lost_reply"}
    with working(stage.worker.lease):
        handed = await stage.chain().place()
        assert (handed.engine_used, handed.fallback_triggered) == (KLING, False)
        with pytest.raises(OrderParked):
            await stage.chain().collect(handed.ticket)
    assert stage.order_of_calls == [KLING]
    await stage.worker.orders.close()


async def test_a_stored_result_answers_the_wanted_one_and_what_stands_in(stage: Set, shop: Shop) -> None:
    """The decision is the same, whoever carries it out: a stand-in is no second thought of a person."""
    stage.engine.down = {KLING: "auth"}
    first = await stage.make(use_cache=True)
    other = await shop.production()
    worker = await shop.worker(other, engine=stage.engine)
    with working(worker.lease):
        chain = Chain(worker.orders, wanted(other), CALLS, policy="any", use_cache=True)
        again = await chain.collect((await chain.submit()).ticket)
    assert (again.engine_used, again.delivery.media) == (LUMA, first.delivery.media)
    assert len(shop.provider.posts) == 1
    await worker.orders.close()


async def test_an_open_breaker_is_skipped_without_a_call(stage: Set) -> None:
    """S3-64, through the chain."""
    stage.engine.down = {KLING: "not_sent"}
    for number in range(5):
        with pytest.raises(ProviderError):
            await stage.submit([call(KLING)], cause=f"{number}")
    stage.engine.asked.clear()
    made = await stage.make()
    assert (made.engine_used, stage.engine.asked) == (LUMA, [LUMA])


async def test_when_every_route_is_open_it_says_when_to_come_back_and_the_run_pauses(
    stage: Set, shop: Shop
) -> None:
    stage.engine.down = dict.fromkeys(MODELS, "not_sent")
    for number in range(5):
        with pytest.raises(ProviderFailed):
            await stage.submit(cause=f"{number}")
    stage.engine.asked.clear()
    with pytest.raises(ProviderBusy, match=ALL_FAILED) as busy:
        await stage.submit()
    assert stage.engine.asked == []
    back = busy.value.details["retry_at"]
    assert back > stage.worker.clock.now().isoformat()
    assert f"Come back on {back[:10]} at {back[11:19]} UTC" in busy.value.user_action
    with pytest.raises(ProviderBusy):
        failure_of(busy.value, wanted(stage.worker.lease.production_id))  # no failed take: the run pauses
    assert (await stage.worker.orders.costs(stage.worker.lease.production_id)).reserved == ZERO
    stage.engine.down = {}
    await shop.database.execute("update breakers set opened_at = opened_at - interval '60 s'")
    assert (await stage.make()).engine_used == KLING


@pytest.mark.parametrize("kind", ["refused", "invalid", "bad_output", "expired"])
async def test_what_is_about_the_order_itself_no_other_engine_is_asked(stage: Set, kind: str) -> None:
    stage.engine.down = {KLING: kind}
    with pytest.raises(ProviderError) as failed:
        await stage.submit()
    assert (failed.value.kind, stage.order_of_calls) == (kind, [KLING])


@pytest.mark.parametrize("kind", ["auth", "no_credit"])
async def test_a_key_that_does_not_work_is_no_matter_of_the_next(stage: Set, kind: str) -> None:
    stage.engine.down = {KLING: kind}
    assert (await stage.submit()).engine_used == LUMA


async def test_a_request_of_unknown_fate_is_never_raced(shop: Shop, production: str) -> None:
    """It may have been taken: until that is known, no other engine is asked."""
    engine = Vendors(shop.provider, reconcile="blind")
    stage = Set(await shop.worker(production, engine=engine), engine)
    engine.down = {KLING: "lost_reply"}
    for _ in range(2):
        with pytest.raises(OrderParked):
            await stage.submit()
    assert (stage.order_of_calls, len(shop.provider.posts)) == ([KLING], 1)
    await stage.worker.orders.close()


async def test_a_lost_answer_whose_job_cannot_be_looked_for_now_is_not_raced(
    stage: Set, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure has a kind that moves on, but it is of the question: the order itself is not over."""
    stage.engine.down = {KLING: "lost_reply"}

    async def cannot(*_: Any, **__: Any) -> list[str]:
        raise ProviderMisconfigured("the key is gone", kind="auth", provider="fake", model=KLING)

    with monkeypatch.context() as patched:
        patched.setattr(stage.engine, "find", cannot)
        with pytest.raises(ProviderMisconfigured):
            await stage.submit()
    assert stage.order_of_calls == [KLING]
    assert (await stage.submit()).engine_used == KLING
    assert len(shop.provider.posts) == 1


async def test_a_job_that_cannot_be_asked_about_is_not_raced(stage: Set, shop: Shop) -> None:
    handed = await stage.submit()
    stage.engine.ask_troubles = ["auth"]
    with working(stage.worker.lease), pytest.raises(ProviderMisconfigured):
        await stage.chain().collect(handed.ticket)
    with working(stage.worker.lease):
        assert (await stage.chain().collect(handed.ticket)).engine_used == KLING
    assert stage.engine.asked == [KLING]


async def test_placed_again_it_stays_with_the_engine_that_has_it(stage: Set, shop: Shop) -> None:
    """A node that runs again, in another process: the first engine works again and is not asked."""
    stage.engine.down = {KLING: "throttled"}
    first = await stage.submit()
    stage.engine.down = {}
    stage.engine.asked.clear()
    again = await stage.submit()
    assert (again.ticket, again.fallback_triggered, stage.engine.asked) == (first.ticket, True, [])
    assert (await stage.make()).delivery.model == LUMA
    assert len(shop.provider.posts) == 1


async def test_an_old_ticket_leads_to_the_engine_that_took_over(stage: Set, shop: Shop) -> None:
    """The state was stored before the first job died; meanwhile another engine has the order."""
    handed = await stage.submit()
    stage.engine.dying = {KLING}
    stage.engine.down = {LUMA: "not_sent"}
    with working(stage.worker.lease):
        assert (await stage.chain().collect(handed.ticket)).engine_used == VEO
        stage.engine.dying, stage.engine.down = set(), {}
        stage.engine.asked.clear()
        assert (await stage.chain().collect(handed.ticket)).engine_used == VEO
    assert stage.engine.asked == []


async def test_a_ticket_of_another_decision_is_brought_home_as_it_is(stage: Set) -> None:
    """Somebody changed the state by hand while the job ran: all that is asked for now has another cause."""
    ticket = (await stage.submit()).ticket
    with working(stage.worker.lease):
        made = await stage.chain(cause="update:1").collect(ticket)
    assert (made.ticket, made.engine_used, made.delivery.call_key) == (ticket, KLING, ticket.call_key)
    assert (made.fallback_triggered, stage.engine.asked) == (False, [KLING])


@pytest.mark.parametrize(("cause", "asked"), [("update:1", {KLING}), ("first", {KLING, LUMA})])
async def test_nobody_stands_in_for_what_another_decision_ordered(
    stage: Set, cause: str, asked: set[str]
) -> None:
    """Under its own one somebody does."""
    ticket = (await stage.submit()).ticket
    stage.engine.dying = {KLING}
    with working(stage.worker.lease), suppress(ProviderError):
        await stage.chain(cause=cause).collect(ticket)
    assert set(stage.engine.asked) == asked


@pytest.mark.parametrize(("policy", "asked"), [("never", [KLING]), ("ask", [KLING]), ("any", [KLING, LUMA])])
async def test_the_policy_decides_whether_another_is_asked(
    stage: Set, policy: Policy, asked: list[str]
) -> None:
    stage.engine.down = {KLING: "auth"}
    if policy == "any":
        await stage.submit(policy=policy)
    else:
        with pytest.raises(ProviderMisconfigured) as failed:
            await stage.submit(policy=policy)
        proposal = {"provider": "fake", "model": LUMA, "price_usd": "0.01"}
        assert failed.value.details.get("proposal") == (proposal if policy == "ask" else None)
    assert stage.order_of_calls == asked


async def test_what_a_person_agreed_to_is_bought(stage: Set) -> None:
    stage.engine.down = {KLING: "auth"}
    assert (await stage.submit(policy="ask", agreed=[LUMA])).engine_used == LUMA


def with_fallbacks(*calls: PlannedCall) -> PlannedCall:
    names = set(FallbackCall.model_fields)
    return calls[0].model_copy(
        update={"fallbacks": [FallbackCall(**one.model_dump(include=names)) for one in calls[1:]]}
    )


async def test_only_what_was_approved_stands_in(shop: Shop) -> None:
    """Luma was not in the approved chain: it is passed over, and Veo, which was, makes it."""
    production = await shop.production(preproduction="0")
    engine = Vendors(shop.provider)
    stage = Set(await shop.worker(production, engine=engine), engine)
    engine.down = {KLING: "not_sent"}
    approved = quote([with_fallbacks(call(KLING), call(VEO, CENT * 2))])
    with working(stage.worker.lease):
        await stage.worker.orders.approve(production, approved, cause="answer-1")
    handed = await stage.submit([call(KLING), call(LUMA), call(VEO, CENT * 2)])
    assert (handed.engine_used, stage.order_of_calls) == (VEO, [KLING, VEO])
    assert [one.kind for one in handed.tried] == ["not_sent", "quote_changed"]
    assert (await stage.worker.orders.costs(production)).reserved == CENT * 2
    await stage.worker.orders.close()


async def test_what_is_dearer_than_approved_is_not_bought(shop: Shop) -> None:
    production = await shop.production(preproduction="0")
    engine = Vendors(shop.provider)
    stage = Set(await shop.worker(production, engine=engine), engine)
    engine.down = {KLING: "not_sent"}
    with working(stage.worker.lease):
        approved = quote([with_fallbacks(call(KLING), call(LUMA))])
        await stage.worker.orders.approve(production, approved, cause="answer-1")
    with pytest.raises(ProviderFailed, match=ALL_FAILED):
        await stage.submit([call(KLING), call(LUMA, CENT * 2)])
    assert stage.order_of_calls == [KLING]
    await stage.worker.orders.close()


async def test_that_the_wanted_one_is_not_approved_is_told_as_ever(shop: Shop) -> None:
    production = await shop.production(preproduction="0")
    engine = Vendors(shop.provider)
    stage = Set(await shop.worker(production, engine=engine), engine)
    with pytest.raises(NotApproved):
        await stage.submit()
    assert engine.asked == []
    await stage.worker.orders.close()


async def test_a_billed_job_that_died_uses_the_approval_up(shop: Shop) -> None:
    """What was paid counts: another engine is bought only for what is left of what was approved."""
    production = await shop.production(preproduction="0")
    engine = Vendors(shop.provider)
    stage = Set(await shop.worker(production, engine=engine), engine)
    engine.dying = {KLING}
    engine.died = JobStatus(state="failed", kind="transient_job", error="runner died", billed=True)
    with working(stage.worker.lease):
        approved = quote([with_fallbacks(call(KLING), call(LUMA))])
        await stage.worker.orders.approve(production, approved, cause="answer-1")
    with pytest.raises(ProviderFailed, match=ALL_FAILED):
        await stage.make([call(KLING), call(LUMA)])
    assert stage.engine.asked == [KLING]
    assert (await stage.worker.orders.costs(production)).billed == CENT
    await stage.worker.orders.close()


async def test_a_refusal_stays_a_refusal(stage: Set) -> None:
    stage.engine.down = {KLING: "refused"}
    with pytest.raises(ProviderRefused):
        await stage.submit()


async def test_a_breaker_alone_stays_itself(stage: Set) -> None:
    """Where nothing may stand in, the error is that of the engine."""
    stage.engine.down = {KLING: "not_sent"}
    for number in range(5):
        with pytest.raises(ProviderError):
            await stage.submit([call(KLING)], cause=f"{number}")
    with pytest.raises(BreakerOpen):
        await stage.submit([call(KLING)])


@pytest.mark.parametrize(("references", "degraded"), [(0, False), (1, True)])
async def test_a_stand_in_that_lacks_something_marks_what_it_makes(
    shop: Shop, production: str, references: int, degraded: bool
) -> None:
    """Wan takes no reference pictures: where one was sent, its take is told as degraded."""
    engine = Vendors(shop.provider)
    stage = Set(await shop.worker(production, engine=engine), engine)
    engine.down = {KLING: "auth"}
    stored = await shop.store.put_bytes(b"a picture", user_id="local")
    order = wanted(production, references=[stored] * references)
    chain = Chain(stage.worker.orders, order, [call(KLING), call("wan-2.5-t2v")], policy="any")
    with working(stage.worker.lease):
        made = await chain.collect((await chain.submit()).ticket)
    assert (made.engine_used, made.delivery.degraded) == ("wan-2.5-t2v", degraded)
    await stage.worker.orders.close()


async def test_a_branch_goes_on_with_what_its_parent_ordered(stage: Set, shop: Shop) -> None:
    """It collects under the parent's ticket, orders the same for itself, and moves on where that dies."""
    handed = await stage.submit()
    branch = await shop.production(parent=stage.worker.lease.production_id)
    worker = await shop.worker(branch, engine=stage.engine)
    stage.engine.dying = {KLING}
    with working(worker.lease):
        chain = Chain(worker.orders, wanted(branch), CALLS, policy="any")
        made = await chain.collect(handed.ticket)
    assert (made.engine_used, made.delivery.call_key) == (LUMA, f"{branch}:take:1A:first~{LUMA}")
    await worker.orders.close()


@pytest.fixture
async def branch(stage: Set, shop: Shop) -> Any:
    """It left before the take, which Luma made because Kling was down; now everybody could be asked."""
    stage.engine.down = {KLING: "not_sent"}
    await stage.make()
    stage.engine.down = {}
    stage.engine.asked.clear()
    worker = await shop.worker(await shop.production(parent=stage.worker.lease.production_id))
    worker.orders._desk.engines = {"fake": stage.engine}
    yield Set(worker, stage.engine)
    await worker.orders.close()


async def test_a_branch_has_the_take_that_a_stand_in_made_for_its_parent(branch: Set) -> None:
    """The wanted one would make another take, and be paid for it: nothing was decided anew."""
    made = await branch.make()
    assert (made.engine_used, made.fallback_triggered, made.instead_of) == (LUMA, True, KLING)
    assert branch.engine.asked == []
    assert (await branch.worker.orders.costs(branch.worker.lease.production_id)).billed == ZERO


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        ({"policy": "never"}, [KLING]), ({"policy": "ask"}, [KLING]),
        ({"policy": "ask", "agreed": [LUMA]}, []), ({"cause": "another-answer"}, []),
    ],
)  # fmt: skip
async def test_only_who_may_stand_in_here_is_taken_over(
    branch: Set, terms: dict[str, Any], asked: list[str]
) -> None:
    await branch.make(**terms)
    assert branch.engine.asked == asked


async def test_what_the_quote_of_the_branch_does_not_list_is_not_taken_over(branch: Set) -> None:
    made = await branch.make([call(KLING), call(VEO)])
    assert (made.engine_used, branch.engine.asked) == (KLING, [KLING])


async def test_what_the_branch_asks_for_otherwise_is_made_anew(branch: Set) -> None:
    order = wanted(branch.worker.lease.production_id, prompt="Something else.")
    with working(branch.worker.lease):
        handed = await Chain(branch.worker.orders, order, CALLS, policy="any").submit()
    assert (handed.engine_used, branch.engine.asked) == (KLING, [KLING])


async def test_a_replay_repeats_which_engine_made_it(stage: Set, shop: Shop) -> None:
    """Nothing is asked and nothing is paid; the failed engine fails as it did."""
    stage.engine.down = {KLING: "auth"}
    first = await stage.make()
    again = await shop.production()
    token = current_replay.set(Replay(production_id=again, source_id=stage.worker.lease.production_id))
    try:
        stage.engine.asked.clear()
        chain = Chain(stage.worker.orders, wanted(again), CALLS, policy="any")
        made = await chain.collect((await chain.submit()).ticket)
    finally:
        current_replay.reset(token)
    assert (made.engine_used, made.delivery.media) == (LUMA, first.delivery.media)
    assert stage.engine.asked == []
