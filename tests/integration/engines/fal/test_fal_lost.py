"""An order whose answer was lost: one POST, and its job is found, or nobody can tell that there is none."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from state.errors import ProviderError
from state.order import ImageRequest, VideoRequest
from tests.integration.engines.fal.fal_set import KEY, Set, a_clip, a_panel
from tests.standins.job_vendors import Fault, Signal, faults
from tools.engines.base import CannotTell
from tools.engines.calling import Calling, calling
from tools.engines.catalog import model_card
from tools.engines.fal import finding
from tools.engines.fal.finding import EVERY_S, MAY_STILL_RUN, listed_after_s

DAY_S = 86_400
TAKEN = [
    faults.dropped(), faults.garbage(), faults.empty_body(), faults.server_error(503, accepted=True),
    faults.gateway_page(504, accepted=True),
]  # fmt: skip


async def found(fal: Set, request: ImageRequest | VideoRequest, *, since_s: float = 120) -> list[str]:
    since = datetime.now(UTC) - timedelta(seconds=since_s)
    return await fal.engine.find(request, call_key=KEY, since=since)


async def not_found(fal: Set, request: ImageRequest | VideoRequest, *, since_s: float = 120) -> None:
    """Its list has no such job, and one that still runs would be in none."""
    with pytest.raises(CannotTell, match=MAY_STILL_RUN):
        await found(fal, request, since_s=since_s)


async def lost(fal: Set, request: ImageRequest | VideoRequest, fault: Fault) -> str:
    """The name of the job that an order left behind, whose answer did not come."""
    fal.vendors.fal.faults.append(fault)
    await fal.refused(request)
    job = fal.vendors.books.orders("fal")[-1]
    return f"{'/'.join(job.model.split('/')[:2])}/requests/{job.id}"


@pytest.mark.parametrize("fault", TAKEN, ids=lambda fault: fault.kind)
async def test_a_lost_answer_is_one_post_and_the_job_is_found(fal: Set, fault: Fault):
    name = await lost(fal, a_panel(), fault)
    assert await found(fal, a_panel()) == [name]
    assert fal.posts() == ["fal-ai/flux/schnell"]
    assert (await fal.engine.wait(name)).state == "succeeded"


async def test_a_job_that_is_found_is_the_one_that_was_accepted(fal: Set):
    """The same name either way, or it would be adopted beside its own row."""
    name = await fal.order(a_clip("luma-ray-2"))
    await fal.engine.wait(name)
    assert await found(fal, a_clip("luma-ray-2")) == [name]


async def test_a_job_with_pictures_is_known_by_what_they_hold(fal: Set):
    """Their addresses are others with each upload."""
    one, other = fal.picture(), fal.picture(b"\x00\x40\x80")
    name = await lost(fal, a_clip(first_frame=one), faults.dropped())
    assert await found(fal, a_clip(first_frame=one)) == [name]
    await not_found(fal, a_clip(first_frame=other))
    await not_found(fal, a_clip(first_frame=one, last_frame=other))


@pytest.mark.parametrize(
    "changes", [{"seed": 8}, {"prompt": "Ana leaves"}, {"parameters": {"aspect_ratio": "1:1"}}], ids=str
)
async def test_another_order_s_job_is_not_taken(fal: Set, changes: dict[str, Any]):
    await lost(fal, a_panel(seed=7), faults.dropped())
    await not_found(fal, a_panel(seed=7).model_copy(update=changes))


async def test_a_job_from_before_the_order_is_not_its(fal: Set):
    await lost(fal, a_panel(), faults.dropped())
    await not_found(fal, a_panel(), since_s=-60)


async def test_a_job_that_was_sent_before_the_order_and_ended_after_is_not_its(fal: Set):
    fal.vendors.fal.hold = Signal()
    await lost(fal, a_panel(), faults.dropped())
    since = datetime.now(UTC)
    fal.vendors.fal.hold.set()
    with pytest.raises(CannotTell, match=MAY_STILL_RUN):
        await fal.engine.find(a_panel(), call_key=KEY, since=since)


async def test_a_job_of_the_day_before_yesterday_is_found(fal: Set):
    """The list itself looks back for one day."""
    name = await lost(fal, a_panel(), faults.dropped())
    await fal.engine.wait(name)
    job = fal.vendors.books.orders("fal")[-1]
    job.created_at -= 2 * DAY_S
    job.ended_at = (job.ended_at or 0) - 2 * DAY_S
    assert await found(fal, a_panel(), since_s=3 * DAY_S) == [name]


async def test_a_job_that_failed_is_found_as_well(fal: Set):
    """It is what became of the order, and nothing is bought beside it."""
    fal.vendors.fal.faults.append(faults.refused())
    name = await lost(fal, a_clip(), faults.dropped())
    assert await found(fal, a_clip()) == [name]
    assert (await fal.engine.status(name)).kind == "refused"


async def test_a_job_that_still_runs_is_waited_for_and_never_called_absent(fal: Set):
    """The list shows what has ended: to say now that there is none would pay twice."""
    fal.vendors.fal.hold = Signal()
    name = await lost(fal, a_clip(), faults.dropped())
    fal.time.then = {4: fal.vendors.fal.hold.set}
    assert await found(fal, a_clip()) == [name]
    assert fal.time.slept[:4] == [EVERY_S] * 4


@pytest.mark.parametrize("ago_s", [0, 7 * DAY_S])
async def test_a_job_that_never_ends_is_never_called_absent(fal: Set, ago_s: float):
    """Nothing that can be sent makes it end, so no time that passes proves that there is none."""
    fal.vendors.fal.hold = Signal()
    await lost(fal, a_clip(), faults.dropped())
    with calling(Calling(sent_ago_s=ago_s)):
        await not_found(fal, a_clip())


async def test_what_no_request_has_left_for_is_looked_for_in_the_list_alone(fal: Set):
    """A production out of a backup: what another place may have bought is waited for, and then sent."""
    with calling(Calling(sent_ago_s=None)):
        assert await found(fal, a_clip("luma-ray-2")) == []
    assert sum(fal.time.slept) == 660


@pytest.mark.parametrize("model", ["kling-2.5-turbo", "luma-ray-2"])
async def test_a_job_that_is_well_is_waited_for_as_long_as_it_may_take(fal: Set, model: str):
    """S3-55, S3-56: five minutes to start, which fal is asked to keep, and as long to run."""
    fal.vendors.fal.faults.append(faults.unread())
    await fal.refused(a_clip(model))
    # An order may have waited for hours before it was sent: how old it is proves nothing.
    await not_found(fal, a_clip(model), since_s=86_400)
    assert sum(fal.time.slept) == listed_after_s(model_card(model)) == 660


@pytest.mark.parametrize(("ago_s", "waits_s"), [(600, 60), (660, 0), (86_400, 0)])
async def test_what_left_long_ago_is_waited_for_no_longer(fal: Set, ago_s: float, waits_s: float):
    """Nobody can have sent it after its deadline, and that has passed so long ago."""
    fal.vendors.fal.faults.append(faults.unread())
    await fal.refused(a_clip("luma-ray-2"))
    with calling(Calling(sent_ago_s=ago_s)):
        await not_found(fal, a_clip("luma-ray-2"), since_s=2 * DAY_S)
    assert sum(fal.time.slept) == waits_s


async def test_a_list_that_cannot_be_asked_for_a_while_is_asked_on(fal: Set):
    name = await lost(fal, a_panel(), faults.dropped())
    fal.vendors.fal.faults += [
        faults.dropped("list"),
        faults.server_error(at="list"),
        faults.busy(30, at="list"),
    ]
    assert await found(fal, a_panel()) == [name]
    assert fal.time.slept == [EVERY_S, EVERY_S, 30.0]


async def test_a_list_that_stays_silent_proves_nothing(fal: Set):
    fal.vendors.fal.faults += [faults.server_error(at="list")] * 60
    with pytest.raises(ProviderError) as caught:
        await found(fal, a_panel())
    assert caught.value.kind == "ambiguous"


@pytest.mark.parametrize(
    ("fault", "kind"), [(faults.key_refused(at="list"), "auth"), (faults.key_refused(403, at="list"), None)]
)
async def test_a_key_that_may_not_see_the_list_cannot_tell(fal: Set, fault: Fault, kind: str | None):
    """403: it can order, and that is all."""
    await lost(fal, a_panel(), faults.dropped())
    fal.vendors.fal.faults.append(fault)
    with pytest.raises(ProviderError if kind else CannotTell) as caught:
        await found(fal, a_panel())
    assert getattr(caught.value, "kind", None) == kind


async def test_a_list_that_hides_what_was_asked_for_cannot_tell(fal: Set):
    """Where the account keeps no payloads, any of its jobs may be the one."""
    await lost(fal, a_panel(), faults.dropped())
    fal.vendors.books.orders("fal")[-1].keeps_payload = False
    with pytest.raises(CannotTell):
        await found(fal, a_panel())


async def test_all_pages_are_read(fal: Set, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    name = await fal.order(a_panel(seed=1))
    await fal.engine.wait(name)
    for seed in range(2, 7):
        await fal.engine.wait(await fal.order(a_panel(seed=seed)))
    assert await found(fal, a_panel(seed=1)) == [name]
    assert fal.asked(finding.LIST) == 3


async def test_a_list_without_an_end_cannot_tell(fal: Set, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "PAGE", 1)
    monkeypatch.setattr(finding, "MOST_PAGES", 2)
    for seed in range(3):
        await fal.engine.wait(await fal.order(a_panel(seed=seed)))
    with pytest.raises(CannotTell):
        await found(fal, a_panel(seed=9))
