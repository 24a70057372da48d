"""What else is asked of fal: to stop, to ring, and never with anything that is not its own."""

import logging

import pytest

from state.errors import DeadlinePassed, ProviderError
from tests.fakes import FakeClock
from tests.integration.engines.fal.fal_set import CANARY, Set, a_clip, a_panel, fal_set
from tests.standins.job_vendors import Signal, fal_vendor, faults
from tests.standins.job_vendors.fal_vendor import Fal as Vendor
from tests.standins.model_vendors.errors import Rejected
from tools.engines.fal.places import Hosts, JobName
from tools.resilience.deadline import Deadline, current_deadline

SECRET = CANARY.partition(":")[2]
HOOK = "https://house.example.org/hooks/fal/0123?a=1&b=2"


async def test_a_cancel_reaches_the_provider(fal: Set):
    fal.vendors.fal.hold = Signal()
    name = await fal.order(a_clip())
    assert (await fal.engine.status(name)).state in ("queued", "running")
    await fal.engine.cancel(name)
    assert [one.state for one in fal.vendors.books.orders("fal")] == ["canceled"]
    status = await fal.engine.wait(name)
    assert (status.state, status.billed) == ("cancelled", None)


async def test_stopping_what_is_over_or_unknown_is_harmless(fal: Set):
    name = await fal.order(a_panel())
    await fal.engine.wait(name)
    await fal.engine.cancel(name)
    await fal.engine.cancel("fal-ai/flux/requests/00000000-aaaa-bbbb-cccc-000000000000")
    assert (await fal.engine.status(name)).state == "succeeded"


async def test_a_cancel_that_is_not_answered_is_an_error(fal: Set):
    fal.vendors.fal.hold = Signal()
    name = await fal.order(a_panel())
    fal.vendors.fal.faults += [faults.server_error(at="cancel"), faults.dropped("cancel")]
    for _ in range(2):
        with pytest.raises(ProviderError) as caught:
            await fal.engine.cancel(name)
        assert caught.value.kind == "ambiguous"


async def test_a_cancel_that_fal_does_not_take_is_an_error(fal: Set, monkeypatch: pytest.MonkeyPatch):
    """Only its own words for a job that is over mean that: the job may go on, and cost."""
    name = await fal.order(a_panel())
    refused = Rejected(400, {"detail": "Try another time"}, {}, "odd")

    async def odd(vendor, *given):
        raise refused

    routes = [(*one[:2], odd, one[3]) if one[0] == "PUT" else one for one in fal_vendor.ROUTES]
    monkeypatch.setattr(fal_vendor, "ROUTES", routes)
    with pytest.raises(ProviderError, match="Try another time"):
        await fal.engine.cancel(name)


async def test_too_late_nothing_leaves_not_even_a_picture(fal: Set):
    clock = FakeClock()
    token = current_deadline.set(Deadline.after(1, clock=clock))
    clock.passed_s = 2
    try:
        with pytest.raises(DeadlinePassed):
            await fal.order(a_clip(first_frame=fal.picture()))
    finally:
        current_deadline.reset(token)
    assert fal.vendors.books.requests == []


async def test_an_upload_that_takes_too_long_leaves_the_order_unsent(fal: Set):
    clock = FakeClock()
    storage = fal.vendors.fal.storage
    upload = storage.upload

    def slowly(*given):
        clock.passed_s = 2
        return upload(*given)

    storage.upload = slowly
    token = current_deadline.set(Deadline.after(1, clock=clock))
    try:
        with pytest.raises(DeadlinePassed):
            await fal.order(a_clip(first_frame=fal.picture()))
    finally:
        current_deadline.reset(token)
    assert (fal.asked("/files/upload"), fal.posts()) == (1, [])


async def test_the_provider_is_told_where_to_ring(tmp_path):
    async with fal_set(tmp_path, webhook_url=HOOK) as fal:
        hold = fal.vendors.fal.hold = Signal()
        fal.time.then = {1: hold.set}
        name = await fal.order(a_panel())
        assert fal.vendors.books.orders("fal")[-1].webhook == HOOK
        await fal.engine.wait(name)
        assert fal.time.slept[0] == 30.0
        fal.vendors.books.orders("fal")[-1].webhook = ""  # nobody is there to be rung


async def test_without_an_address_nobody_rings(fal: Set):
    await fal.order(a_panel())
    assert fal.vendors.books.orders("fal")[-1].webhook == ""


FAULTS = [
    faults.dropped(), faults.server_error(), faults.busy(), faults.key_refused(), faults.no_credit(),
    faults.garbage(), faults.gateway_page(),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}-{fault.status}")
async def test_no_error_holds_the_key(fal: Set, fault, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    fal.vendors.fal.faults.append(fault)
    error = await fal.refused(a_panel())
    shown = [str(error), repr(error), error.message, repr(error.details), repr(fal.engine), caplog.text]
    assert [one for one in shown if SECRET in one or CANARY in one] == []


async def test_words_that_quote_the_key_are_kept_without_it(fal: Set, monkeypatch: pytest.MonkeyPatch):
    """The control is the answer itself: it does hold the key."""
    quoting = faults.server_error()
    failure = Vendor.failure

    def quoted(vendor, fault):
        answer = failure(vendor, fault)
        answer.body["detail"] = f"no use for Key {CANARY} here"
        return answer

    monkeypatch.setattr(Vendor, "failure", quoted)
    fal.vendors.fal.faults.append(quoting)
    error = await fal.refused(a_panel())
    assert "no use for" in error.message
    assert SECRET not in error.message


async def test_the_key_goes_to_the_storage_and_the_token_to_the_files(fal: Set):
    await fal.order(a_clip(first_frame=fal.picture()))
    asked = {
        one.path.partition("?")[0]: one.headers["authorization"] for one in fal.vendors.books.posts("fal")
    }
    assert asked.pop("/files/upload").startswith("Bearer ")
    assert set(asked.values()) == {f"Key {CANARY}"}


async def test_a_file_elsewhere_is_fetched_past_the_address_check(fal: Set, monkeypatch: pytest.MonkeyPatch):
    """And here nothing passes it: with the guard off, this address would be asked."""
    output = Vendor.output

    def inside(vendor, job):
        return {**output(vendor, job), "images": [{"url": "http://169.254.169.254/latest"}]}

    monkeypatch.setattr(Vendor, "output", inside)
    name = await fal.order(a_panel())
    with pytest.raises(ProviderError) as caught:
        await fal.engine.fetch(name, fal.folder / "out")
    assert (caught.value.kind, "lies inside" in caught.value.message) == ("bad_output", True)


NO_NAMES = [
    "", "no-such-job", "../../v1/keys", "fal-ai/../requests/x", "a/b/requests/..", "http://other/a/b/requests/x",
]  # fmt: skip


@pytest.mark.parametrize("name", NO_NAMES)
async def test_what_is_no_job_s_name_is_never_asked_for(fal: Set, name: str):
    with pytest.raises(ProviderError) as caught:
        await fal.engine.status(name)
    assert (caught.value.kind, fal.vendors.books.requests) == ("expired", [])


async def test_a_job_that_fal_does_not_know_is_gone(fal: Set):
    with pytest.raises(ProviderError) as caught:
        await fal.engine.status("fal-ai/flux/requests/00000000-aaaa-bbbb-cccc-000000000000")
    assert caught.value.kind == "expired"


async def test_of_addresses_in_an_answer_only_the_queue_s_own_count():
    queue, told = "https://queue.fal.run", {"request_id": "ab-1"}
    other = {**told, "response_url": f"{queue}/fal-ai/moved/requests/ab-1"}
    assert str(JobName.told("fal-ai/flux/dev", other, queue=queue)) == "fal-ai/moved/requests/ab-1"
    for address in (
        None, "", 7, "fal-ai/moved/requests/ab-1", "https://queue.falrun.com/fal-ai/moved/requests/ab-1",
        f"{queue}.evil.org/a/b/requests/ab-1", f"{queue}/fal-ai/moved/requests/of-another",
        f"{queue}/../x/requests/ab-1",
    ):  # fmt: skip
        answer = {**told, "response_url": address}
        assert str(JobName.told("fal-ai/flux/dev", answer, queue=queue)) == "fal-ai/flux/requests/ab-1"
    for nonsense in (None, 7, "", "a/b", "../x", {"id": 1}):
        assert JobName.told("fal-ai/flux/dev", {"request_id": nonsense}, queue=queue) is None


def test_without_an_address_it_is_fal_itself():
    hosts = Hosts.at(None)
    assert [hosts.queue, hosts.rest, hosts.api, hosts.files] == [
        "https://queue.fal.run", "https://rest.fal.ai", "https://api.fal.ai", "https://v3.fal.media",
    ]  # fmt: skip
    assert set(vars(Hosts.at("http://127.0.0.1:1/")).values()) == {"http://127.0.0.1:1"}
