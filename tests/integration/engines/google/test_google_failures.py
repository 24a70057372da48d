"""Every kind of failure at Google: what we call it, that one POST left, and what is charged."""

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from state.errors import (
    KeyMissing,
    KeyNotTaken,
    ModelUnknown,
    ModelWithheld,
    NotServedHere,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from state.order import Medium
from tests.contracts.handed import Handed
from tests.integration.engines.google.ordering import JOB, KEY, Shop, an_engine, asked, telling
from tests.standins.media_vendors import faults
from tests.standins.media_vendors.faults import met_at
from tests.standins.model_vendors.faults import Fault, closed_unread, key_refused, no_balance
from tools.clock import SystemClock
from tools.engines.base import CannotTell
from tools.orders.failures import ERRORS
from tools.resilience.deadline import Deadline, current_deadline

CANARY = "AIzaCanary0123456789abcdefghijklmnopqr"
OF_THE_ORDER: list[tuple[Fault, str, type[ProviderError], float | None]] = [
    (faults.closed_unanswered(), "ambiguous", ProviderTimeout, None),
    (closed_unread(), "ambiguous", ProviderTimeout, None),
    (faults.cut(), "ambiguous", ProviderTimeout, None),
    (faults.broken_json(), "ambiguous", ProviderTimeout, None),
    (faults.empty_body(), "ambiguous", ProviderTimeout, None),
    (faults.server_error(), "ambiguous", ProviderTimeout, None),
    (faults.server_error(502, billed=True), "ambiguous", ProviderTimeout, None),
    (faults.server_error(504), "ambiguous", ProviderTimeout, None),
    (faults.gateway_page(), "ambiguous", ProviderTimeout, None),
    (faults.overloaded(), "ambiguous", ProviderTimeout, None),
    (faults.busy(7), "throttled", ProviderBusy, 7),
    (faults.busy(None), "throttled", ProviderBusy, None),
    (faults.quota_exhausted(), "no_credit", VendorCreditUsedUp, None),
    (faults.billing_limit(), "no_credit", VendorCreditUsedUp, None),
    (no_balance(), "no_credit", VendorCreditUsedUp, None),
    (key_refused(), "auth", KeyNotTaken, None),
    (faults.denied(), "auth", ModelWithheld, None),
]


@pytest.mark.parametrize(
    ("fault", "kind", "error", "wait_s"), OF_THE_ORDER, ids=[one[0].name for one in OF_THE_ORDER]
)
@pytest.mark.parametrize("medium", ["image", "video"])
async def test_an_order_that_fails_is_sent_once_and_told_by_its_kind(
    shop: Shop, medium: Medium, fault: Fault, kind: str, error: type[ProviderError], wait_s: float | None
) -> None:
    shop.vendors.google.faults.append(fault)
    with pytest.raises(ProviderError) as caught:
        await shop.ends(asked(medium))
    assert (type(caught.value), caught.value.kind) == (error, kind)
    assert issubclass(error, ERRORS[kind])  # type: ignore[index]  # a word of FailureKind
    assert caught.value.details.get("retry_after_s") == wait_s
    assert len(shop.vendors.books.requests) == 1, "and nothing else was asked either"
    assert shop.vendors.google.faults == [], "the fault was met"


async def test_where_nobody_listens_nothing_was_sent(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    engine = an_engine(url, tmp_path)
    with pytest.raises(ProviderTimeout) as caught:
        await Handed(engine, CANARY).submit(asked("video"), call_key=KEY)
    assert caught.value.kind == "not_sent"
    await engine.aclose()


async def test_no_answer_within_the_deadline_may_be_a_job(shop: Shop) -> None:
    shop.vendors.google.faults.append(faults.answer_hangs())
    token = current_deadline.set(Deadline.after(0.2, clock=SystemClock()))
    began = time.monotonic()
    try:
        with pytest.raises(ProviderTimeout) as caught:
            await shop.ends(asked("image"))
    finally:
        current_deadline.reset(token)
    assert (caught.value.kind, shop.posted, time.monotonic() - began < 2) == ("ambiguous", 1, True)


async def test_without_a_key_nothing_is_sent(shop: Shop) -> None:
    with pytest.raises(KeyMissing):
        await shop.engine.submit(asked("image"), call_key=KEY)
    assert shop.vendors.books.requests == []


async def test_a_model_that_is_gone_is_unknown(shop: Shop) -> None:
    """Preview models are retired: then it is the catalogue's word that must change (S5-032)."""
    shop.vendors.google.media.models.pop("veo-3.1-generate-preview")
    with pytest.raises(ModelUnknown) as caught:
        await shop.ends(asked("video"))
    assert (caught.value.kind, shop.posted) == ("invalid", 1)


async def test_a_field_that_google_refuses_is_named() -> None:
    violation = {"field": "generation_config.image_config", "description": "Unknown name"}
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
    error = await submitted(400, {"status": "INVALID_ARGUMENT", "message": "no", "details": details})
    assert (type(error), error.kind) == (ProviderMisconfigured, "invalid")
    assert error.details["fields"] == [{"field": "generation_config.image_config", "problem": "Unknown name"}]


HERE = "User location is not supported for the API use without a billing account linked."
ODD: list[tuple[int, dict[str, Any], str, type[ProviderError]]] = [
    (400, {"status": "FAILED_PRECONDITION", "message": "enable billing"}, "no_credit", VendorCreditUsedUp),
    (400, {"status": "FAILED_PRECONDITION", "message": HERE}, "auth", NotServedHere),
    (403, {"status": "PERMISSION_DENIED", "message": HERE}, "auth", NotServedHere),
    (403, {"details": [{"reason": "BILLING_DISABLED"}]}, "no_credit", VendorCreditUsedUp),
    (429, {"message": "Your prepayment credits are depleted."}, "no_credit", VendorCreditUsedUp),
    (402, {}, "no_credit", VendorCreditUsedUp),
    (400, {"details": [{"reason": "API_KEY_INVALID"}]}, "auth", KeyNotTaken),
    (401, {"status": "UNAUTHENTICATED"}, "auth", KeyNotTaken),
    (403, {"details": [{"reason": "CONSUMER_SUSPENDED"}]}, "auth", KeyNotTaken),
    (403, {"message": "Your API key was reported as leaked."}, "auth", KeyNotTaken),
    (403, {"message": "The caller does not have permission"}, "auth", ModelWithheld),
    (429, {"message": "Please retry in 12.5s."}, "throttled", ProviderBusy),
    (429, {"details": "none", "message": ["odd"]}, "throttled", ProviderBusy),
    (499, {"status": "CANCELLED"}, "ambiguous", ProviderTimeout),
    (408, {}, "ambiguous", ProviderTimeout),
    (413, {}, "invalid", ProviderMisconfigured),
    (302, {}, "invalid", ProviderMisconfigured),
]


@pytest.mark.parametrize(("status", "told", "kind", "error"), ODD)
async def test_a_status_and_a_reason_mean_one_thing(
    status: int, told: dict[str, Any], kind: str, error: type[ProviderError]
) -> None:
    raised = await submitted(status, told)
    assert (type(raised), raised.kind) == (error, kind)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"error": "no"}', b'{"error": {"details": [1]}}', b"\xff"]
)
async def test_an_error_of_any_form_is_read(body: bytes) -> None:
    assert (await submitted(400, body)).kind == "invalid"


@pytest.mark.parametrize(
    ("headers", "message", "wait_s"),
    [
        ({"retry-after": "3"}, "Please retry in 12.5s.", 3),
        ({}, "Please retry in 12.5s.", 12.5),
        ({"retry-after-ms": "250"}, "", 0.25),
    ],
)
async def test_how_long_to_wait_is_read_where_it_is_said(
    headers: dict[str, str], message: str, wait_s: float
) -> None:
    error = await submitted(429, {"message": message}, headers)
    assert error.details["retry_after_s"] == wait_s


async def submitted(status: int, told: Any, headers: dict[str, str] | None = None) -> ProviderError:
    """What an order raises that is answered so."""
    body = told if isinstance(told, bytes) else {"error": {"code": status, **told}}
    path = "/v1beta/models/gemini-2.5-flash-image:generateContent"
    async with telling("POST", path, body, status, headers) as player:
        engine = an_engine(player.url, Path("/nowhere"))
        with pytest.raises(ProviderError) as caught:
            await Handed(engine, CANARY).submit(asked("image"), call_key=KEY)
        await engine.aclose()
    assert len(player.sent) == 1
    return caught.value


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "../../x"}, {"name": 7}, []])
async def test_an_order_of_a_clip_without_a_name_may_be_a_job(body: Any, tmp_path: Path) -> None:
    path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    async with telling("POST", path, body) as player:
        engine = an_engine(player.url, tmp_path)
        with pytest.raises(ProviderTimeout) as caught:
            await Handed(engine, CANARY).submit(asked("video"), call_key=KEY)
        await engine.aclose()
    assert caught.value.kind == "ambiguous"


OF_THE_JOB: list[tuple[Medium, Fault, str]] = [
    ("image", faults.refused(), "refused"),
    ("image", faults.refused("SAFETY"), "refused"),
    ("image", faults.refused("blocked PROHIBITED_CONTENT"), "refused"),
    ("voice", faults.refused(), "refused"),
    ("image", faults.nothing_made(), "bad_output"),
    ("voice", faults.nothing_made(), "bad_output"),
    ("video", faults.filtered(), "refused"),
    ("video", faults.filtered("The faces of minors"), "refused"),
    ("video", faults.refused(), "refused"),
    ("video", faults.job_failed(), "transient_job"),
    ("video", faults.job_failed(8), "transient_job"),
    ("video", faults.job_failed(5), "invalid"),
    ("video", faults.nothing_made(), "bad_output"),
]


@pytest.mark.parametrize(
    ("medium", "fault", "kind"), OF_THE_JOB, ids=[f"{one[0]} {one[1].name}" for one in OF_THE_JOB]
)
async def test_a_job_without_a_result_says_why_and_is_not_charged(
    shop: Shop, medium: Medium, fault: Fault, kind: str
) -> None:
    """Google charges for a clip that was made, and for tokens that were written: here neither."""
    shop.vendors.google.faults.append(fault)
    status = await shop.ends(asked(medium))
    assert (status.state, status.kind, status.billed) == ("failed", kind, False)
    assert fault.form.removeprefix("blocked ") in status.error
    assert (shop.vendors.books.micro_usd(), shop.posted) == (0, 1)


@pytest.mark.parametrize("medium", ["image", "video"])
async def test_what_failed_is_not_fetched(shop: Shop, tmp_path: Path, medium: Medium) -> None:
    shop.vendors.google.faults.append(faults.nothing_made())
    engine = shop.as_called()
    name = await engine.submit(asked(medium), call_key=KEY)
    with pytest.raises(ProviderFailed) as caught:
        await engine.fetch(name, tmp_path / "into")
    assert caught.value.kind == "bad_output"


@pytest.mark.parametrize("medium", ["image", "video"])
async def test_something_else_than_was_ordered_is_bad_output(
    shop: Shop, tmp_path: Path, medium: Medium
) -> None:
    shop.vendors.google.faults.append(faults.wrong_media())
    engine = shop.as_called()
    name = await engine.submit(asked(medium), call_key=KEY)
    status = await engine.wait(name)
    if status.state == "succeeded":
        with pytest.raises(ProviderFailed) as caught:
            await engine.fetch(name, tmp_path / "into")
        assert caught.value.kind == "bad_output"
    else:
        assert (status.kind, status.billed) == ("bad_output", True)
    assert not [*(tmp_path / "into").glob("*")], "nothing of it stays"


LOOKED_AT = [
    faults.busy(1),
    faults.server_error(),
    faults.closed_unanswered(),
    faults.broken_json(),
    faults.cut(),
]


@pytest.mark.parametrize("fault", LOOKED_AT, ids=lambda one: one.name)
async def test_a_look_that_fails_is_taken_again(shop: Shop, fault: Fault) -> None:
    shop.vendors.google.faults.append(met_at("poll", fault))
    assert (await shop.ends(asked("video"))).state == "succeeded"
    assert (shop.posted, shop.vendors.google.faults) == (1, [])


async def test_a_line_that_stays_bad_is_told(shop: Shop) -> None:
    shop.vendors.google.faults += [met_at("poll", faults.server_error())] * 5
    with pytest.raises(ProviderTimeout) as caught:
        await shop.ends(asked("video"))
    assert caught.value.kind == "ambiguous"


async def test_a_key_that_is_taken_away_in_between_ends_the_waiting(shop: Shop) -> None:
    shop.vendors.google.faults.append(met_at("poll", faults.denied()))
    with pytest.raises(KeyNotTaken):
        await shop.ends(asked("video"))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (met_at("download", faults.cut()), "ambiguous"),
        (met_at("download", faults.closed_unanswered()), "ambiguous"),
        (met_at("download", faults.server_error()), "ambiguous"),
        (met_at("download", faults.busy(1)), "throttled"),
        (faults.expired(), "expired"),
    ],
    ids=lambda one: getattr(one, "name", one),
)
async def test_a_clip_comes_whole_or_not_at_all(shop: Shop, tmp_path: Path, fault: Fault, kind: str) -> None:
    shop.vendors.google.faults.append(fault)
    engine = shop.as_called()
    name = await engine.submit(asked("video"), call_key=KEY)
    assert (await engine.wait(name)).state == "succeeded"
    with pytest.raises(ProviderError) as caught:
        await engine.fetch(name, tmp_path / "into")
    assert (caught.value.kind, [*(tmp_path / "into").glob("*")]) == (kind, [])
    if kind != "expired":
        assert (await engine.fetch(name, tmp_path / "into")).path.is_file(), "the next try has it"
    assert shop.posted == 1


async def test_a_clip_that_trickles_comes(shop: Shop, tmp_path: Path) -> None:
    shop.vendors.google.faults.append(faults.trickle(0))
    assert (await shop.gets(asked("video"), tmp_path / "into")).path.is_file()


@pytest.mark.parametrize("name", [JOB, "0" * 64, "no-such-job", "", "models/a/operations/../../../x", "../x"])
async def test_a_job_that_nobody_knows_is_gone(shop: Shop, tmp_path: Path, name: str) -> None:
    engine = shop.as_called()
    calls: list[Callable[[], Any]] = [lambda: engine.status(name), lambda: engine.fetch(name, tmp_path)]
    for call in calls:
        with pytest.raises(ProviderFailed) as caught:
            await call()
        assert caught.value.kind == "expired"
    assert {one.path for one in shop.vendors.books.requests} <= {f"/v1beta/{JOB}"}


async def test_cancel_reaches_google_which_stops_nothing(shop: Shop) -> None:
    """No way to stop a clip is documented: it is asked the usual way, and its no is no failure of ours."""
    engine = shop.as_called()
    name = await engine.submit(asked("video"), call_key=KEY)
    await engine.cancel(name)
    assert (await engine.wait(name)).state == "succeeded"
    path = f"/v1beta/{name}:cancel"
    async with telling("POST", path, {}) as player:
        other = an_engine(player.url, shop.spool)
        await Handed(other, CANARY).cancel(name)
        await other.aclose()
    assert [(one.method, one.path) for one in player.sent] == [("POST", path)]


async def test_a_cancellation_that_could_not_be_asked_for_is_told(tmp_path: Path) -> None:
    async with telling("POST", f"/v1beta/{JOB}:cancel", {}, 503) as player:
        engine = an_engine(player.url, tmp_path)
        with pytest.raises(ProviderTimeout):
            await Handed(engine, CANARY).cancel(JOB)
        await engine.aclose()


async def test_nobody_reads_the_key(shop: Shop, tmp_path: Path) -> None:
    """Not in an error, its causes, its details or a name; Google quotes what it was sent."""
    quoted = {"message": f"The key {CANARY} is not valid", "details": [{"reason": "API_KEY_INVALID"}]}
    errors = [await submitted(400, quoted), await submitted(500, quoted), await submitted(429, quoted)]
    with pytest.raises(ProviderError) as caught:
        await shop.as_called(CANARY).submit(asked("video"), call_key=KEY)
    for error in [*errors, caught.value]:
        told = [error, error.__cause__, error.__context__]
        shown = " ".join(f"{one!r} {one} {getattr(one, 'details', '')}" for one in told)
        assert CANARY not in shown
    assert CANARY not in f"{shop.engine!r} {vars(shop.engine)!r}"


async def test_a_lost_reply_is_looked_for_nowhere(shop: Shop) -> None:
    """Google has no list: it is parked, and nothing is sent again."""
    shop.vendors.google.faults.append(faults.closed_unanswered())
    engine, began = shop.as_called(), SystemClock().now()
    with pytest.raises(ProviderTimeout):
        await engine.submit(asked("video"), call_key=KEY)
    with pytest.raises(CannotTell):
        await engine.find(asked("video"), call_key=KEY, since=began)
    assert (shop.posted, len(shop.vendors.books.requests), engine.reconcile) == (1, 1, "blind")


async def test_an_order_that_is_given_up_is_not_sent_again(shop: Shop) -> None:
    shop.vendors.google.faults.append(faults.answer_hangs())
    task = asyncio.create_task(shop.ends(asked("image")))
    await shop.vendors.books.when(lambda book: book.posted == 1).heard()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert shop.posted == 1
