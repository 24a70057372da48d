"""One POST to an endpoint, and what its answer means."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import httpx

from server.hooks.schedule import read_retry_after
from server.hooks.signature import PREFIX
from state.errors import GreenlightError
from tools.redaction import REDACT, Redactor
from tools.web.transport import first_bytes

TIMEOUT_S = 15.0
KEPT_OF_ANSWER = 1024
READ_OF_ANSWER = 4 * KEPT_OF_ANSWER
"""More than is kept: a secret at the edge must be seen whole to be taken out."""
GONE = 410
AGENT = "Greenlight-Webhooks"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one attempt."""

    delivered: bool = False
    status_code: int | None = None
    problem: str = ""
    """Why it was not delivered, in words."""
    answer: str = ""
    retry_after_s: float | None = None
    blames_endpoint: bool = True
    """False when the fault is ours: then nothing is held against the endpoint."""

    @property
    def gone(self) -> bool:
        """Whether the receiver wants nothing more, ever."""
        return self.status_code == GONE


async def post(
    client: httpx.AsyncClient,
    url: str,
    *,
    headers: dict[str, str],
    body: bytes,
    now: datetime,
    secrets: Iterable[str] = (),
) -> Outcome:
    """Send a signed message; never raises over what the other side or the network does."""
    # With and without what every one of them begins with: a receiver may say either.
    known = Redactor(part for one in secrets for part in (one, one.removeprefix(PREFIX)))
    named = {
        **headers,
        "content-type": "application/json",
        "user-agent": AGENT,
        "accept-encoding": "identity",
    }
    try:
        async with (
            asyncio.timeout(TIMEOUT_S),
            client.stream("POST", url, content=body, headers=named) as answer,
        ):
            return _read(answer, await first_bytes(answer, READ_OF_ANSWER), now, known)
    except TimeoutError:
        return Outcome(problem=f"no answer within {TIMEOUT_S:.0f} seconds")
    except GreenlightError as exc:  # the address: not allowed any more, or unknown
        return Outcome(problem=exc.message)
    except httpx.TimeoutException:
        return Outcome(problem=f"no answer within {TIMEOUT_S:.0f} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as exc:
        # Its words may hold the address with what is secret in it; its kind says enough.
        return Outcome(problem=f"could not be reached ({type(exc).__name__})")


def _read(answer: httpx.Response, beginning: bytes, now: datetime, redactor: Redactor) -> Outcome:
    code = answer.status_code
    text = redactor.known(beginning.decode(errors="replace").replace("\x00", ""))
    kept = REDACT.text(text)[:KEPT_OF_ANSWER]
    if 200 <= code < 300:
        return Outcome(delivered=True, status_code=code, answer=kept)
    problem = "answered with a redirect, which is not followed" if 300 <= code < 400 else f"answered {code}"
    after = read_retry_after(answer.headers.get("retry-after"), now)
    return Outcome(status_code=code, problem=problem, answer=kept, retry_after_s=after)
