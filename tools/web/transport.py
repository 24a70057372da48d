"""httpx, connected to the address that was checked, under the name that was asked for."""

import httpx

from tools.cookies import no_cookies
from tools.web.addresses import Address, Reach
from tools.web.checked import Resolver, ask_system, checked_addresses, checked_shape

MOST_TRIED = 3
"""Addresses of one host: a machine without IPv6 must still reach a host that has both."""
MOST_AT_ONCE = 100


class CheckedTransport(httpx.AsyncBaseTransport):
    """Looks a host up once per request, checks every address, and connects to one of them."""

    def __init__(
        self,
        reach: Reach,
        *,
        resolver: Resolver = ask_system,
        inner: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._reach = reach
        self._resolver = resolver
        # No connection is kept: the pool goes by address, and two names may share one.
        limits = httpx.Limits(max_connections=MOST_AT_ONCE, max_keepalive_connections=0)
        self._inner = inner or httpx.AsyncHTTPTransport(trust_env=False, retries=0, limits=limits)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, unless its host is where nothing of ours may go.

        Raises:
            AddressRefused, HostUnknown: nothing was sent, nobody was connected to.
        """
        url = checked_shape(str(request.url))
        addresses = await checked_addresses(url, self._reach, self._resolver)
        *others, last = addresses[:MOST_TRIED]
        for address in others:
            try:
                return await self._inner.handle_async_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # nothing was sent; the next address of the same host
        return await self._inner.handle_async_request(_pinned(request, last))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()


def web_client(
    reach: Reach, *, timeout_s: float, resolver: Resolver = ask_system, redirects: int = 0
) -> httpx.AsyncClient:
    """A client for addresses that somebody else chose; each redirect, if any are followed, is checked too.

    Proxies and certificates of the environment are not used: a proxy would connect where it likes. Cookies
    are not kept: the client is for all users, and each of them may name the same host.
    """
    return httpx.AsyncClient(
        transport=CheckedTransport(reach, resolver=resolver),
        trust_env=False,
        timeout=timeout_s,
        follow_redirects=redirects > 0,
        max_redirects=redirects,
        cookies=no_cookies(),
    )


async def first_bytes(answer: httpx.Response, most: int) -> bytes:
    """The beginning of a streamed answer as it was sent, never unpacked; what follows is not read."""
    read = bytearray()
    async for piece in answer.aiter_raw():
        read += piece
        if len(read) >= most:
            break
    return bytes(read[:most])


def _pinned(request: httpx.Request, address: Address) -> httpx.Request:
    """The same request to one address; `Host` and TLS go on naming the host."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )
