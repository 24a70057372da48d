"""Each way of failing at fal, and the kind it is told as: only the kind decides what happens next."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from state.errors import (
    KeyNotTaken,
    ModelWithheld,
    ProviderBusy,
    ProviderError,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from tests.contracts.handed import Handed
from tests.integration.engines.fal.fal_set import CANARY, KEY, Nowhere, Set, a_clip, a_panel
from tests.standins.job_vendors import Fault, Signal, faults
from tests.standins.model_vendors.errors import Rejected
from tools.clock import SystemClock
from tools.engines.base import JobStatus
from tools.engines.fal import Fal
from tools.resilience.deadline import Deadline, current_deadline

SUBMITS: list[tuple[Fault, str, type[ProviderError]]] = [
    (faults.dropped(), "ambiguous", ProviderTimeout),
    (faults.unread(), "ambiguous", ProviderTimeout),
    (faults.garbage(), "ambiguous", ProviderTimeout),
    (faults.empty_body(), "ambiguous", ProviderTimeout),
    (faults.server_error(500), "ambiguous", ProviderTimeout),
    (faults.server_error(503, accepted=True), "ambiguous", ProviderTimeout),
    (faults.gateway_page(502), "ambiguous", ProviderTimeout),
    (faults.gateway_page(504, accepted=True), "ambiguous", ProviderTimeout),
    (faults.busy(7), "throttled", ProviderBusy),
    (faults.busy(None), "throttled", ProviderBusy),
    (faults.key_refused(401), "auth", KeyNotTaken),
    (faults.key_refused(403), "auth", ModelWithheld),
    (faults.no_credit(), "no_credit", VendorCreditUsedUp),
]


@pytest.mark.parametrize(("fault", "kind", "error"), SUBMITS, ids=lambda one: getattr(one, "kind", None))
async def test_a_submit_that_fails_has_its_kind_and_is_sent_once(
    fal: Set, fault: Fault, kind: str, error: type[ProviderError]
):
    fal.vendors.fal.faults.append(fault)
    caught = await fal.refused(a_panel())
    assert (caught.kind, type(caught)) == (kind, error)
    assert (caught.provider, caught.model) == ("fal", "fal-flux-schnell")
    assert fal.posts() == ["fal-ai/flux/schnell"]
    assert fal.vendors.books.kinds_met("fal").total() == 1


async def test_how_long_to_stay_away_is_handed_on(fal: Set):
    fal.vendors.fal.faults += [faults.busy(7), faults.busy(None)]
    assert (await fal.refused(a_panel())).details == {"retry_after_s": 7.0}
    assert (await fal.refused(a_panel())).details == {}


async def test_an_account_runs_out_of_credit_in_between(fal: Set):
    await fal.order(a_panel())
    fal.vendors.fal.credit_micro_usd = 0
    error = await fal.refused(a_panel())
    assert (error.kind, error.code) == ("no_credit", "provider_credit_used_up")
    assert "Exhausted balance" in error.message


async def test_silence_is_waited_for_until_the_deadline(fal: Set):
    fal.vendors.fal.faults.append(faults.hangs())
    token = current_deadline.set(Deadline.after(0.2, clock=SystemClock()))
    try:
        assert (await fal.refused(a_panel())).kind == "ambiguous"
    finally:
        current_deadline.reset(token)
    assert len(fal.posts()) == 1


async def test_nobody_there_is_not_sent(fal: Set):
    await fal.vendors.fal.stop()
    error = await fal.refused(a_panel())
    assert (error.kind, type(error)) == ("not_sent", ProviderTimeout)


async def ended(fal: Set, fault: Fault, *, clip: bool = False) -> JobStatus:
    fal.vendors.fal.faults.append(fault)
    return await fal.engine.wait(await fal.order(a_clip() if clip else a_panel()))


BROKEN = [
    "request_timeout", "startup_timeout", "runner_scheduling_failure", "runner_connection_timeout",
    "runner_disconnected", "runner_connection_refused", "runner_connection_error", "runner_server_error",
    "internal_error",
]  # fmt: skip


@pytest.mark.parametrize("error_type", BROKEN)
async def test_what_breaks_at_fal_is_theirs_and_not_charged(fal: Set, error_type: str):
    """ "Server errors (HTTP 500+) are never charged", says fal."""
    status = await ended(fal, faults.failed(error_type))
    assert (status.state, status.kind, status.billed) == ("failed", "transient_job", False)
    assert fal.vendors.books.micro_usd("fal") == 0


@pytest.mark.parametrize("fault", [faults.refused(), faults.filtered_video()], ids=lambda one: one.kind)
async def test_what_is_refused_is_told_with_its_field(fal: Set, fault: Fault):
    """It counts as charged: fal says that what is 4xx may be."""
    status = await ended(fal, fault, clip=True)
    assert (status.state, status.kind, status.billed) == ("failed", "refused", True)
    assert status.error.startswith("fal refused the content: The content could not be processed")
    assert status.error.endswith("(prompt)")


async def test_a_picture_that_was_blacked_out_is_a_refusal_and_charged(fal: Set):
    status = await ended(fal, faults.black())
    assert (status.state, status.kind, status.billed) == ("failed", "refused", True)
    assert fal.vendors.books.micro_usd("fal") > 0


@pytest.mark.parametrize("clip", [False, True])
async def test_a_success_without_a_file_is_none(fal: Set, clip: bool):
    status = await ended(fal, faults.empty_success(), clip=clip)
    assert (status.state, status.kind, status.billed) == ("failed", "bad_output", True)


async def test_an_input_that_fal_does_not_take_names_the_field(fal: Set):
    """Our table said that it would fit: the vendor's has changed."""
    model = fal.vendors.fal.models["fal-ai/flux/schnell"]
    taken = {**model.input, "seed": {"type": "integer", "maximum": 3}}
    fal.vendors.fal.models[model.id] = replace(model, input=taken)
    status = await fal.engine.wait(await fal.order(a_panel(seed=7)))
    assert (status.state, status.kind) == ("failed", "invalid")
    assert status.error.endswith("(seed)")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(faults.dropped("look"), "ambiguous"), (faults.server_error(at="look"), "ambiguous"),
     (faults.gateway_page(at="look"), "ambiguous"), (faults.garbage(at="look"), "ambiguous"),
     (faults.busy(3, at="look"), "throttled"), (faults.key_refused(at="look"), "auth")],
    ids=lambda one: getattr(one, "kind", None),
)  # fmt: skip
async def test_a_look_that_fails_says_nothing_of_the_job(fal: Set, fault: Fault, kind: str):
    name = await fal.order(a_panel())
    fal.vendors.fal.faults.append(fault)
    with pytest.raises(ProviderError) as caught:
        await fal.engine.status(name)
    assert caught.value.kind == kind
    assert (await fal.engine.status(name)).state == "succeeded"


async def test_waiting_puts_up_with_looks_that_fail(fal: Set):
    name = await fal.order(a_panel())
    fal.vendors.fal.faults += [faults.server_error(at="look"), faults.busy(11, at="look")]
    assert (await fal.engine.wait(name)).state == "succeeded"
    assert 11.0 in fal.time.slept


async def test_a_job_is_looked_at_every_two_seconds_and_with_a_ring_every_thirty(fal: Set):
    """S2-117."""
    hold = fal.vendors.fal.hold = Signal()
    fal.time.then = {3: hold.set}
    await fal.engine.wait(await fal.order(a_panel()))
    assert fal.time.slept[:3] == [2.0, 2.0, 2.0]


FILES: list[tuple[Fault, str]] = [
    (faults.expired(), "expired"), (faults.no_bytes(), "bad_output"), (faults.wrong_kind(), "bad_output"),
    (faults.cut(), "ambiguous"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "kind"), FILES, ids=[fault.kind for fault, _ in FILES])
@pytest.mark.parametrize("clip", [False, True])
async def test_a_file_that_is_none_is_told_as_what_it_is(fal: Set, fault: Fault, kind: str, clip: bool):
    fal.vendors.fal.faults.append(fault)
    name = await fal.order(a_clip() if clip else a_panel())
    assert (await fal.engine.wait(name)).state == "succeeded"
    with pytest.raises(ProviderError) as caught:
        await fal.engine.fetch(name, fal.folder / "out")
    assert caught.value.kind == kind
    assert fal.vendors.books.kinds_met() == {fault.kind: 1}


async def test_a_file_that_was_cut_is_whole_the_next_time(fal: Set):
    fal.vendors.fal.faults.append(faults.cut())
    name = await fal.order(a_panel())
    await fal.engine.wait(name)
    with pytest.raises(ProviderError):
        await fal.engine.fetch(name, fal.folder / "out")
    assert list((fal.folder / "out").iterdir()) == []
    assert (await fal.engine.fetch(name, fal.folder / "out")).path.is_file()


def rejected(status: int, **body: str) -> Callable[..., dict[str, Any]]:
    def answer(*_: object) -> dict[str, Any]:
        raise Rejected(status, body, {}, "spoilt")

    return answer


UPLOADS = [
    ("token", rejected(500, detail="Internal Server Error"), "not_sent"),
    ("token", rejected(404, detail="Not found"), "not_sent"),
    ("token", rejected(403, detail="User is locked. Reason: TOP_UP."), "no_credit"),
    ("token", rejected(401, detail="No"), "auth"),
    ("token", lambda *_: {}, "not_sent"),
    ("token", lambda *_: [], "not_sent"),
    ("upload", rejected(502, detail="Bad gateway"), "not_sent"),
    ("upload", rejected(401, detail="Invalid or expired token"), "not_sent"),
    ("upload", rejected(413, detail="Too large"), "invalid"),
    ("upload", rejected(429, detail="Slow down, retry in 4s"), "throttled"),
    ("upload", lambda *_: {"url": "elsewhere"}, "not_sent"),
]


@pytest.mark.parametrize(("half", "answer", "kind"), UPLOADS)
async def test_an_upload_that_fails_sent_nothing(fal: Set, half: str, answer: Any, kind: str):
    setattr(fal.vendors.fal.storage, half, answer)
    error = await fal.refused(a_clip(first_frame=fal.picture()))
    assert (error.kind, fal.posts()) == (kind, [])
    assert error.details.get("retry_after_s") == (4.0 if kind == "throttled" else None)


@pytest.mark.parametrize("place", ["{}", "http://files.fal.media", "https://fal.media.evil.org", "://", ""])
async def test_pictures_go_to_nobody_s_files_but_fal_s(fal: Set, place: str):
    """Whatever the answer names that is not fal's: the files that we know are asked instead."""
    granted, elsewhere = fal.vendors.fal.storage.token, fal.vendors.replicate
    named = place.format(elsewhere.url)
    fal.vendors.fal.storage.token = lambda url, now: {**granted(url, now), "base_url": named}
    await fal.order(a_clip(first_frame=fal.picture()))
    assert fal.vendors.books.posts("replicate") == []
    assert fal.asked("/files/upload") == 1


async def test_a_place_of_fal_s_that_lies_inside_gets_no_pictures(fal: Set):
    """Its name is fal's; where it leads is looked at all the same."""
    granted = fal.vendors.fal.storage.token
    named = "https://inside.fal.media"
    fal.vendors.fal.storage.token = lambda url, now: {**granted(url, now), "base_url": named}
    error = await fal.refused(a_clip(first_frame=fal.picture()))
    assert (error.kind, fal.posts(), fal.asked("/files/upload")) == ("not_sent", [], 0)
    assert "inside.fal.media lies inside" in error.message


async def test_a_storage_that_stays_silent_is_given_up_before_the_order_is_due(fal: Set):
    """Else nobody could say whether the order had left."""
    asked = asyncio.Event()

    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silence, "127.0.0.1")
    engine = Fal(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", elsewhere=Nowhere())
    token = current_deadline.set(Deadline.after(0.3, clock=SystemClock()))
    try:
        with pytest.raises(ProviderTimeout, match="did not take the pictures in time") as caught:
            await Handed(engine, CANARY).submit(
                a_clip(first_frame=fal.picture()), call_key=KEY, files=fal.files
            )
    finally:
        current_deadline.reset(token)
        await engine.aclose()
        server.close()
    assert (caught.value.kind, asked.is_set()) == ("not_sent", True)


async def test_a_key_that_may_not_upload_is_told_as_that(fal: Set):
    fal.vendors.fal.keys.remove(CANARY)
    error = await fal.refused(a_clip(first_frame=fal.picture()))
    assert (error.kind, fal.posts()) == ("auth", [])


async def test_a_picture_that_is_not_here_is_told_before_anything_leaves(fal: Set):
    frame = fal.picture()
    fal.files.clear()
    error = await fal.refused(a_clip(first_frame=frame))
    assert (error.kind, fal.vendors.books.requests) == ("invalid", [])


async def test_our_own_mistake_and_a_lost_line_are_told_apart(fal: Set):
    kinds = [fal.engine.classify(one) for one in (TimeoutError(), ConnectionError(), ValueError())]
    assert kinds == ["ambiguous", "ambiguous", "internal"]
    assert fal.engine.classify(await fal.refused(a_panel("flux-dev-img2img"))) == "invalid"
