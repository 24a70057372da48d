"""The guard at the routes: who is asking, which class it is, and what the answer's headers say."""

import ipaddress
from typing import Any

from fastapi import Depends, Request

from server.deps import HouseDep, UserDep
from server.limits.classes import RouteClass, declared, is_own_page
from server.limits.window import SPAN_S, Verdict
from state.errors import TooManyRequests


async def admit(request: Request, house: HouseDep, user_id: UserDep) -> None:
    """Let a request of this user in, or refuse it before anything is done.

    Raises:
        TooManyRequests: all places of the route's class are taken.
    """
    if house.windows is not None and not is_own_page():
        await _take_place(request, house, f"user:{user_id}")


async def admit_address(request: Request, house: HouseDep) -> None:
    """As `admit`, for routes that nobody signs in for: the address is counted.

    Raises:
        TooManyRequests: all places of the route's class are taken.
    """
    if house.windows is not None and not is_own_page():
        await _take_place(request, house, f"address:{address_of(request)}")


COUNTED = (Depends(admit),)
"""What the routes of a router need so that they are counted by user."""
COUNTED_BY_ADDRESS = (Depends(admit_address),)
"""The same where nobody is logged in yet."""


def address_of(request: Request) -> str:
    """The address that is counted: of IPv6 the network, because a visitor has all of it."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped or ipaddress.ip_network((int(address) >> 64 << 64, 64)))


async def _take_place(request: Request, house: HouseDep, identifier: str) -> None:
    assert house.windows is not None  # noqa: S101  # both callers have looked
    verdict = await house.windows.admit(identifier, await _class_of(request))
    request.state.limit_headers = limit_headers(verdict)
    if not verdict.admitted:
        raise TooManyRequests(
            f"Too many requests: {verdict.allowed} of this kind are allowed in {SPAN_S} seconds.",
            user_action=f"Try again in {verdict.free_in_s} seconds.",
            details={"limit": verdict.endpoint, "allowed": verdict.allowed, "window_s": SPAN_S},
            retry_after_s=verdict.free_in_s,
        )


async def _class_of(request: Request) -> RouteClass:
    kind = declared(request.scope.get("endpoint"))
    return kind(await _sent(request)) if callable(kind) else kind


async def _sent(request: Request) -> Any:
    """The body, which the route reads too and which is kept; None where it is no JSON."""
    try:
        return await request.json()
    except (ValueError, RecursionError):
        return None


def limit_headers(verdict: Verdict) -> dict[str, str]:
    """The limit in the words of the draft standard, and in the older ones that clients read."""
    name, left, reset = verdict.endpoint, max(verdict.allowed - verdict.used, 0), verdict.free_in_s
    return {
        "RateLimit-Policy": f'"{name}";q={verdict.allowed};w={SPAN_S}',
        "RateLimit": f'"{name}";r={left};t={reset}',
        "RateLimit-Limit": str(verdict.allowed),
        "RateLimit-Remaining": str(left),
        "RateLimit-Reset": str(reset),
    }
