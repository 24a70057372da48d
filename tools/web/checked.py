"""A URL that somebody else named, and the addresses behind it that may be connected to."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import httpx

from state.errors import AddressRefused, HostUnknown
from tools.web.addresses import Address, Reach, read_address

Resolver = Callable[[str, int], Awaitable[list[str]]]
"""Every address behind a host and a port; raises `HostUnknown`."""
LONGEST_URL = 2000
LOOKUPS, LOOKUP_S = 8, 5.0
PLAIN = re.compile(r"[!-~]+")
"""No blanks, no control characters, nothing that two programs could read differently."""
PORTS = {"https": 443, "http": 80}
NOT_PUBLIC = "points to an address that is not on the public internet"


async def ask_system(host: str, port: int) -> list[str]:
    """What the machine's resolver says, in its order.

    Raises:
        HostUnknown: it knows no such name.
    """
    ask = socket.getaddrinfo
    try:
        # Threads of their own: a name server that does not answer must not hold up whoever reads a file.
        async with asyncio.timeout(LOOKUP_S):
            found = await asyncio.get_running_loop().run_in_executor(
                _lookup_threads(), lambda: ask(host, port, type=socket.SOCK_STREAM)
            )
    except (OSError, UnicodeError):  # a timeout is an OSError
        raise HostUnknown(f"No address is known for {host}.", details={"host": host}) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_shape(url: str) -> httpx.URL:
    """A URL that may be looked up at all.

    Raises:
        AddressRefused: it is not http(s), names a user, or cannot be read; says which.
    """
    if not url or len(url) > LONGEST_URL or not PLAIN.fullmatch(url):
        raise _refused(f"must be an address of at most {LONGEST_URL} plain characters")
    try:
        read = httpx.URL(url)
    except httpx.InvalidURL:
        raise _refused("is no address") from None
    if read.scheme not in PORTS or not read.host:
        raise _refused("must begin with https:// and name a host")
    if read.userinfo:
        raise _refused("must hold no user name and no password")
    if read.fragment:
        raise _refused("must hold nothing behind a #")
    if not 1 <= (read.port or PORTS[read.scheme]) <= 65535 or read.port == 0:
        raise _refused("names a port that does not exist")
    return read


async def checked_addresses(url: httpx.URL, reach: Reach, resolver: Resolver = ask_system) -> list[Address]:
    """The addresses behind a URL, all of which may be connected to.

    Raises:
        AddressRefused: one of them may not, or it is plain http to where http may not go.
        HostUnknown: there is none.
    """
    addresses = [
        read_address(text) for text in await resolver(url.host, url.port or PORTS.get(url.scheme, 443))
    ]
    if not addresses:
        raise HostUnknown(f"No address is known for {url.host}.", details={"host": url.host})
    if not all(reach.allows(one) for one in addresses):
        raise _refused(NOT_PUBLIC)
    if url.scheme != "https" and not all(reach.is_own(one) for one in addresses):
        raise _refused("must begin with https://")
    return addresses


def _refused(problem: str) -> AddressRefused:
    fix = "Use an https address that anybody on the internet can reach."
    return AddressRefused(
        f"url: {problem}",
        user_action=fix,
        details={"fields": [{"field": "url", "problem": problem, "fix": fix}]},
    )


@lru_cache(maxsize=1)
def _lookup_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")
