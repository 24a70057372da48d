"""Where providers of pictures and clips ring when a job changes (S1-68, S1-69). No login: they sign."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from server.api.wire import ERRORS
from server.deps import HouseDep
from server.problems import ErrorAnswer
from tools.orders.webhook_urls import ROOM

router = APIRouter(
    prefix=ROOM, tags=["webhooks of providers"], responses={status: ERRORS[status] for status in (413, 422)}
)
REFUSED: dict[int | str, dict[str, Any]] = {
    403: {"model": ErrorAnswer, "description": "The provider has not signed these bytes, or not now."},
    404: {"model": ErrorAnswer, "description": "Nobody is rung for at this address."},
    503: {"model": ErrorAnswer, "description": "The signature cannot be checked now; deliver it again."},
}
BODY = {
    "required": True,
    "description": "Read as bytes, because the signature is of them; then as JSON, whatever it is called.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


# Uncounted: all deliveries of a provider come from a few addresses, and who has no token costs one look.
@router.post(
    "/{provider}/{token}", status_code=204, summary="Ring for a job", responses=REFUSED,
    openapi_extra={"requestBody": BODY},
)  # fmt: skip
async def ring(
    provider: Annotated[str, Path(description="Who rings.", examples=["replicate", "fal"])],
    token: Annotated[
        str,
        Path(description="Names the order; only its provider was told it.", examples=["0f" * 16]),
    ],
    request: Request,
    house: HouseDep,
) -> None:
    """For Replicate and fal, who are given this address with each job; deliveries are signed in their way.

    Replicate: `webhook-id`, `webhook-timestamp`, `webhook-signature` (Standard Webhooks). Fal:
    `x-fal-webhook-request-id`, `-user-id`, `-timestamp`, `-signature` (Ed25519). The time may be five minutes
    from ours. Nothing of what is delivered is believed: whoever waits for the job looks at the provider.
    So the same delivery again, one about another job and one that is late change nothing and are answered
    alike.
    """
    row = await house.doorbell.find(provider, token)
    await house.doorbell.ring(row, request.headers, await request.body())
