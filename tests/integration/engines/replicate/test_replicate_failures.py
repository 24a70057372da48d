"""Every row of the table of failures: the kind, the error, one POST."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from state.errors import (
    DeadlinePassed,
    KeyMissing,
    KeyNotTaken,
    ModelUnknown,
    ModelWithheld,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from tests.contracts.handed import Handed
from tests.fakes import FakeClock
from tests.integration.engines.replicate.replicate_shop import (
    KEY,
    Answers,
    Closed,
    Shop,
    an_order,
    answering,
)
from tests.standins.job_vendors import Fault, faults
from tools.clock import SystemClock
from tools.engines.replicate import Replicate
from tools.resilience.deadline import Deadline, current_deadline

FLUX, CLIP = an_order("flux-schnell"), an_order("veo-3.1-fast", "video", duration_s=4)
PROBLEM = {"title": "Input validation failed", "detail": "- input.x: no", "status": 422}
WRONG = [{"type": "enum", "field": "input.duration", "description": "must be one of 4, 6, 8"}]


@pytest.mark.parametrize(
    ("fault", "kind", "error", "taken"),
    [
        (faults.dropped(), "ambiguous", ProviderTimeout, 1),
        (faults.unread(), "ambiguous", ProviderTimeout, 0),
        (faults.server_error(500), "ambiguous", ProviderTimeout, 0),
        (faults.server_error(503, accepted=True), "ambiguous", ProviderTimeout, 1),
        (faults.gateway_page(502), "ambiguous", ProviderTimeout, 0),
        (faults.gateway_page(504, accepted=True), "ambiguous", ProviderTimeout, 1),
        (faults.garbage(), "ambiguous", ProviderTimeout, 1),
        (faults.empty_body(), "ambiguous", ProviderTimeout, 1),
        (faults.busy(5), "throttled", ProviderBusy, 0),
        (faults.busy(None), "throttled", ProviderBusy, 0),
        (faults.key_refused(401), "auth", KeyNotTaken, 0),
        (faults.key_refused(403), "auth", ModelWithheld, 0),
        (faults.no_credit(), "no_credit", VendorCreditUsedUp, 0),
    ],
    ids=lambda value: value.kind + str(value.status or "") if isinstance(value, Fault) else "",
)
async def test_an_order_that_fails_is_one_post_and_one_typed_error(
    shop: Shop, fault: Fault, kind: str, error: type[ProviderError], taken: int
) -> None:
    """A reply that is lost is never asked for by a second POST."""
    shop.meets(fault)

    with pytest.raises(ProviderError) as failed:
        await shop.submit(FLUX)

    assert (failed.value.kind, type(failed.value), failed.value.provider) == (kind, error, "replicate")
    assert shop.engine.classify(failed.value) == kind
    assert len(shop.orders) == 1
    assert len(shop.vendors.books.orders()) == taken
    assert shop.vendors.books.kinds_met().total() == 1
    assert failed.value.details == ({"retry_after_s": 5.0} if fault.retry_after_s else {})


async def test_no_answer_in_time_leaves_the_fate_of_the_order_open(shop: Shop) -> None:
    shop.meets(faults.hangs())
    token = current_deadline.set(Deadline.after(0.3, clock=SystemClock()))
    try:
        with pytest.raises(ProviderTimeout) as failed:
            await shop.submit(FLUX)
    finally:
        current_deadline.reset(token)
    assert (failed.value.kind, len(shop.orders), len(shop.vendors.books.orders())) == ("ambiguous", 1, 1)


async def test_what_nobody_got_may_be_sent_again() -> None:
    engine = Replicate("http://127.0.0.1:9", elsewhere=Closed())
    with pytest.raises(ProviderTimeout) as failed:
        await Handed(engine, "r8_test").submit(FLUX, call_key=KEY)
    assert failed.value.kind == "not_sent"
    await engine.aclose()


async def test_after_the_deadline_nothing_leaves(shop: Shop) -> None:
    clock = FakeClock()
    token = current_deadline.set(Deadline.after(1, clock=clock))
    clock.passed_s = 2
    try:
        with pytest.raises(DeadlinePassed):
            await shop.submit(an_order("musicgen", "music"))
    finally:
        current_deadline.reset(token)
    assert shop.requests == []


async def test_without_a_key_nothing_leaves(shop: Shop) -> None:
    with pytest.raises(KeyMissing):
        await shop.bare.submit(FLUX, call_key=KEY)
    assert shop.requests == []


@dataclass(frozen=True)
class Row:
    """An answer to an order, and what it is read as."""

    status: int
    body: Any
    kind: str
    error: type[ProviderError]
    headers: tuple[tuple[str, str], ...] = ()
    details: Any = None


LIMITED = {"detail": "Request was throttled. Your rate limit resets in ~30s.", "status": 429}


@pytest.mark.parametrize(
    "row",
    [
        Row(429, LIMITED, "throttled", ProviderBusy, details={"retry_after_s": 30.0}),
        Row(429, {**LIMITED, "retry_after": 7}, "throttled", ProviderBusy, details={"retry_after_s": 7.0}),
        Row(429, {**LIMITED, "retry_after": 7}, "throttled", ProviderBusy, (("retry-after", "12"),),
            {"retry_after_s": 12.0}),
        Row(429, {"retry_after": True}, "throttled", ProviderBusy, details={}),
        Row(429, {"retry_after": -3}, "throttled", ProviderBusy, details={"retry_after_s": 0.0}),
        Row(429, [], "throttled", ProviderBusy, details={}),
        Row(422, {**PROBLEM, "invalid_fields": WRONG}, "invalid", ProviderMisconfigured,
            details={"fields": [{"field": "input.duration", "problem": "enum: must be one of 4, 6, 8"}]}),
        Row(422, {**PROBLEM, "invalid_fields": "x"}, "invalid", ProviderMisconfigured, details={}),
        Row(400, {"detail": ["odd"]}, "invalid", ProviderMisconfigured, details={}),
        Row(404, {"detail": "The requested resource could not be found."}, "invalid", ModelUnknown),
        Row(401, b"<html>", "auth", KeyNotTaken),
        Row(403, {"detail": "This account has been suspended."}, "auth", KeyNotTaken),
        Row(403, {"detail": "You may not run this model."}, "auth", ModelWithheld),
        Row(402, {"title": "Insufficient credit"}, "no_credit", VendorCreditUsedUp),
        Row(408, {}, "ambiguous", ProviderTimeout), Row(409, {}, "ambiguous", ProviderTimeout),
        Row(307, {}, "ambiguous", ProviderTimeout, (("location", "/elsewhere"),)),
        Row(500, b"", "ambiguous", ProviderTimeout),
        Row(503, {}, "ambiguous", ProviderTimeout, (("retry-after", "4"),), {"retry_after_s": 4.0}),
        Row(529, b"\xff", "ambiguous", ProviderTimeout),
        Row(201, b"{", "ambiguous", ProviderTimeout), Row(201, b"[" * 9999, "ambiguous", ProviderTimeout),
        Row(201, {"status": "starting"}, "ambiguous", ProviderTimeout),
        Row(201, {"id": 7}, "ambiguous", ProviderTimeout), Row(201, [], "ambiguous", ProviderTimeout),
    ],
    ids=lambda row: f"{row.status}-{row.kind}",
)  # fmt: skip
async def test_each_answer_has_its_kind(row: Row) -> None:
    answers = Answers(row.status, row.body, dict(row.headers))
    async with answering(answers.answer) as engine:
        with pytest.raises(ProviderError) as failed:
            await engine.submit(FLUX, call_key=KEY)
    assert (failed.value.kind, type(failed.value)) == (row.kind, row.error)
    assert len(answers.came) == 1, "nobody tries again, nobody follows"
    assert row.details is None or failed.value.details == row.details
    assert len(failed.value.message) < 400


@pytest.mark.parametrize(
    ("fault", "kind", "billed"),
    [
        (faults.refused(), "refused", True),
        (faults.filtered_video(), "refused", True),
        (faults.empty_success(), "refused", True),
        (faults.failed(), "transient_job", True),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
async def test_a_job_that_ends_badly_says_why_and_whether_it_is_charged(
    shop: Shop, tmp_path: Path, fault: Fault, kind: str, billed: bool
) -> None:
    shop.meets(fault)
    external_id = await shop.submit(CLIP)

    status = await shop.engine.wait(external_id)

    assert (status.state, status.kind, status.billed) == ("failed", kind, billed)
    assert status.error.startswith("Replicate")
    assert len(shop.vendors.books.invoices) == billed
    with pytest.raises(ProviderFailed) as failed:
        await shop.engine.fetch(external_id, tmp_path)
    assert failed.value.kind == kind
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(faults.wrong_kind(), "bad_output"), (faults.no_bytes(), "bad_output"), (faults.expired(), "expired")],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
async def test_a_file_that_is_none_or_gone_is_told_and_leaves_nothing_behind(
    shop: Shop, tmp_path: Path, fault: Fault, kind: str
) -> None:
    shop.meets(fault)
    external_id = await shop.submit(CLIP)
    assert (await shop.engine.wait(external_id)).state == "succeeded"
    with pytest.raises(ProviderError) as failed:
        await shop.engine.fetch(external_id, tmp_path)
    assert failed.value.kind == kind
    assert os.listdir(tmp_path) == []


async def test_a_download_that_breaks_off_is_asked_for_again(shop: Shop, tmp_path: Path) -> None:
    shop.meets(faults.cut())
    external_id = await shop.submit(FLUX)
    with pytest.raises(ProviderError) as failed:
        await shop.engine.fetch(external_id, tmp_path)
    assert failed.value.kind == "ambiguous"
    assert os.listdir(tmp_path) == []
    assert (await shop.engine.fetch(external_id, tmp_path)).path.stat().st_size > 0
    assert len(shop.orders) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.dropped("look"), "ambiguous"), (faults.busy(3, at="look"), "throttled"),
        (faults.server_error(500, at="look"), "ambiguous"), (faults.garbage(at="look"), "ambiguous"),
    ],
    ids=["dropped", "busy", "error", "garbage"],
)  # fmt: skip
async def test_a_look_that_fails_says_nothing_about_the_job(shop: Shop, fault: Fault, kind: str) -> None:
    external_id = await shop.submit(FLUX)
    shop.meets(fault)
    with pytest.raises(ProviderError) as failed:
        await shop.engine.status(external_id)
    assert failed.value.kind == kind
    assert (await shop.engine.status(external_id)).state == "succeeded"


@pytest.mark.parametrize(
    ("external_id", "asked"), [("no-such-job", 1), ("../files", 0), ("a/cancel", 0), ("a?b=c", 0), ("", 0)]
)
async def test_a_job_that_nobody_knows_is_gone(shop: Shop, external_id: str, asked: int) -> None:
    """And what is no id leads to no other address."""
    with pytest.raises(ProviderFailed) as failed:
        await shop.engine.status(external_id)
    assert failed.value.kind == "expired"
    assert len(shop.requests) == asked


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("x"), "not_sent"), (httpx.PoolTimeout("x"), "not_sent"),
        (httpx.ReadTimeout("x"), "ambiguous"), (httpx.RemoteProtocolError("x"), "ambiguous"),
        (TimeoutError(), "ambiguous"), (RuntimeError(), "internal"),
        (ProviderError("x", kind="no such kind"), "internal"),
        (ProviderError("x", kind="refused"), "refused"),
    ],
)  # fmt: skip
def test_when_in_doubt_a_job_may_exist(shop_less: Replicate, error: Exception, kind: str) -> None:
    assert shop_less.classify(error) == kind


@pytest.fixture
def shop_less() -> Replicate:
    return Replicate(elsewhere=Closed())
