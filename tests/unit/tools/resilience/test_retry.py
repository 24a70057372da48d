"""Only the kind decides, and only so often."""

from datetime import timedelta
from math import inf

import pytest

from state.errors import ProviderError
from tests.fakes import FakeClock
from tools.resilience.retry import NO_JOB_YET, READ_AGAIN, Backoff, with_retries


class Call:
    """Fails with these kinds, then works."""

    def __init__(self, *kinds: str, **details: object) -> None:
        self.kinds = list(kinds)
        self.details = details
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        if self.kinds:
            raise ProviderError(kind=self.kinds.pop(0), details=self.details)
        return "done"


def certain(tries: int = 5) -> Backoff:
    return Backoff(tries=tries, first_s=1, longest_s=5, jitter=lambda: 1.0)


async def test_the_pauses_double_up_to_a_bound() -> None:
    clock = FakeClock()
    assert (
        await with_retries(Call(*["throttled"] * 4), kinds=NO_JOB_YET, backoff=certain(), clock=clock)
        == "done"
    )
    assert clock.slept == [1, 2, 4, 5]


@pytest.mark.parametrize(("share", "pause_s"), [(0.0, 0.0), (0.5, 2.0), (1.0, 4.0)])
def test_jitter_is_full(share: float, pause_s: float) -> None:
    backoff = Backoff(first_s=4, jitter=lambda: share)
    assert backoff.pause_s(1, ProviderError()) == pause_s


async def test_what_the_provider_asks_for_counts_first() -> None:
    clock = FakeClock()
    await with_retries(Call("throttled", retry_after_s=30), kinds=NO_JOB_YET, backoff=certain(), clock=clock)
    assert clock.slept == [30]


@pytest.mark.parametrize(("asked_s", "slept"), [(60, [60]), (60.001, []), (86400, [])])
async def test_who_asks_for_more_than_a_minute_is_not_waited_for(asked_s: float, slept: list[float]) -> None:
    """The error says when to come back."""
    clock, call = FakeClock(), Call("throttled", retry_after_s=asked_s)
    calling = with_retries(call, kinds=NO_JOB_YET, backoff=certain(), clock=clock)
    if slept:
        assert await calling == "done"
    else:
        with pytest.raises(ProviderError) as failed:
            await calling
        when = clock.now() + timedelta(seconds=asked_s)
        assert failed.value.details["retry_at"] == when.isoformat(timespec="seconds")
        assert f"{when:%Y-%m-%d} at {when:%H:%M:%S} UTC" in failed.value.user_action
    assert clock.slept == slept


@pytest.mark.parametrize(("asked_s", "slept"), [(60, [60, 60]), (50, [50, 50]), (40, [40, 40, 40])])
async def test_all_pauses_together_are_two_minutes_at_most(asked_s: float, slept: list[float]) -> None:
    clock, call = FakeClock(), Call(*["throttled"] * 4, retry_after_s=asked_s)
    with pytest.raises(ProviderError):
        await with_retries(call, kinds=NO_JOB_YET, backoff=certain(9), clock=clock)
    assert (clock.slept, call.made) == (slept, len(slept) + 1)


async def test_control_without_the_bounds_a_day_is_waited() -> None:
    clock, unbound = FakeClock(), Backoff(longest_asked_s=inf, most_s=inf)
    await with_retries(Call("throttled", retry_after_s=86400), kinds=NO_JOB_YET, backoff=unbound, clock=clock)
    assert clock.slept == [86400]


async def test_our_own_long_pauses_count_as_well() -> None:
    clock, slow = FakeClock(), Backoff(tries=9, first_s=40, longest_s=90, jitter=lambda: 1.0)
    with pytest.raises(ProviderError) as failed:
        await with_retries(Call(*["not_sent"] * 9), kinds=NO_JOB_YET, backoff=slow, clock=clock)
    assert (clock.slept, "retry_at" in failed.value.details) == ([40, 80], False)


async def test_tries_end() -> None:
    call = Call(*["not_sent"] * 9)
    with pytest.raises(ProviderError):
        await with_retries(call, kinds=NO_JOB_YET, backoff=certain(3), clock=FakeClock())
    assert call.made == 3


@pytest.mark.parametrize("kind", ["ambiguous", "transient_job", "refused", "invalid", "auth", "internal"])
async def test_a_paid_request_is_never_repeated_blindly(kind: str) -> None:
    call = Call(kind)
    with pytest.raises(ProviderError):
        await with_retries(call, kinds=NO_JOB_YET, backoff=certain(), clock=FakeClock())
    assert call.made == 1


async def test_reading_may_be_repeated_after_a_lost_answer() -> None:
    assert (
        await with_retries(Call("ambiguous"), kinds=READ_AGAIN, backoff=certain(), clock=FakeClock())
        == "done"
    )
