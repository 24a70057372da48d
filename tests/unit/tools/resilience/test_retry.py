"""Only the kind decides, and only so often."""

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
