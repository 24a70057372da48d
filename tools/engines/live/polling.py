"""Waiting for a provider's job: looked at politely, and at once when the provider rings."""

from collections.abc import Awaitable, Callable

from state.errors import ProviderError
from tools.engines.base import JobStatus
from tools.engines.calling import current_calling
from tools.resilience.retry import READ_AGAIN

EVERY_S = 2.0
"""Between two looks (mission row S2-117)."""
RINGS_EVERY_S = 30.0
"""Where the provider rings when something has changed: the net below a ring that is lost."""
LOOKS_LOST = 5
"""So many looks in a row may fail."""
ENDED = ("succeeded", "failed", "cancelled")


async def ended(look: Callable[[], Awaitable[JobStatus]], *, every_s: float = EVERY_S) -> JobStatus:
    """Look until the job has ended. How long that may take, whoever waits decides.

    Raises:
        ProviderError: it cannot be asked, several times in a row, or knows no such job.
    """
    lost = 0
    while True:
        try:
            status = await look()
        except ProviderError as error:
            lost += 1
            if error.kind not in READ_AGAIN or lost >= LOOKS_LOST:
                raise
            await _pause(_asked(error) or every_s * 2**lost)
            continue
        lost = 0
        if status.state in ENDED:
            return status
        await _pause(_between(status, every_s))


def _between(status: JobStatus, every_s: float) -> float:
    """Providers ring when a job has ended; that it begins is only seen by who looks."""
    call = current_calling.get()
    if call.began is not None and status.state == "running":
        call.began()
    waits_for_its_begin = call.began is not None and status.state == "queued"
    return RINGS_EVERY_S if call.webhook_url and not waits_for_its_begin else every_s


async def _pause(seconds: float) -> None:
    await current_calling.get().pause(seconds)


def _asked(error: ProviderError) -> float | None:
    asked = error.details.get("retry_after_s")
    return float(asked) if isinstance(asked, int | float) else None
