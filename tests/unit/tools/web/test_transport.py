"""Connected to what was checked: a name server that changes its mind reaches nobody."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from state.errors import AddressRefused
from tests.certificates import certified
from tools.web.addresses import LOOPBACK, Reach
from tools.web.transport import CheckedTransport, first_bytes, web_client

ANYWHERE = Reach(also=(ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")))
"""The check switched off."""


class Rebinding:
    """A name server that says something else each time."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0)


class Canary:
    """Listens on loopback and counts who comes."""

    def __init__(self) -> None:
        self.hits: list[bytes] = []
        self.port = 0
        self.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.hits.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@pytest.fixture
async def canary() -> AsyncIterator[Canary]:
    one = Canary()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    yield one
    server.close()
    await server.wait_closed()


class Seen(httpx.AsyncBaseTransport):
    """Writes down where requests would go; the addresses in `down` do not answer."""

    def __init__(self, *down: str) -> None:
        self.down = down
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.host in self.down:
            raise httpx.ConnectError("down", request=request)
        return httpx.Response(200)


async def test_the_connection_goes_to_the_checked_address_under_the_asked_name() -> None:
    resolver, seen = Rebinding(["1.1.1.1"], ["127.0.0.1"]), Seen()
    async with httpx.AsyncClient(
        transport=CheckedTransport(Reach(), resolver=resolver, inner=seen)
    ) as client:
        await client.post("https://hooks.example.org:8443/in?a=1", content=b"x")
    sent = seen.requests[0]
    assert str(sent.url) == "https://1.1.1.1:8443/in?a=1"
    assert sent.headers["host"] == "hooks.example.org:8443"
    assert sent.extensions["sni_hostname"] == "hooks.example.org"
    assert resolver.asked == 1


async def test_a_name_that_turns_to_loopback_reaches_nobody(canary: Canary) -> None:
    resolver = Rebinding(["1.1.1.1"], ["127.0.0.1"])
    assert await resolver("hooks.example.org", 443) == ["1.1.1.1"]  # as it was when it was registered
    async with web_client(Reach(), timeout_s=5, resolver=resolver) as client:
        with pytest.raises(AddressRefused):
            await client.post(f"https://hooks.example.org:{canary.port}/")
    assert canary.hits == []


async def test_without_the_check_the_canary_is_hit(canary: Canary) -> None:
    """The control."""
    async with web_client(ANYWHERE, timeout_s=5, resolver=Rebinding(["127.0.0.1"])) as client:
        assert (await client.post(f"http://hooks.example.org:{canary.port}/")).status_code == 200
    assert b"host: hooks.example.org" in canary.hits[0].lower()


async def test_a_redirect_is_not_followed_and_where_it_is_it_is_checked(canary: Canary) -> None:
    canary.answer = b"HTTP/1.1 302 Found\r\nlocation: http://inside.example/\r\ncontent-length: 0\r\n\r\n"
    url = f"http://127.0.0.1:{canary.port}/"
    async with web_client(Reach(also=LOOPBACK), timeout_s=5) as client:
        assert (await client.post(url)).status_code == 302
    resolver = Rebinding(["127.0.0.1"], ["10.0.0.1"])
    async with web_client(Reach(also=LOOPBACK), timeout_s=5, resolver=resolver, redirects=3) as client:
        with pytest.raises(AddressRefused):
            await client.get(url)
    assert (len(canary.hits), resolver.asked) == (2, 2)


async def test_the_environments_proxy_is_not_asked(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is behind the proxy's port: whoever asked it would fail."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9")
    async with web_client(ANYWHERE, timeout_s=5, resolver=Rebinding(["127.0.0.1"])) as client:
        await client.get(f"http://hooks.example.org:{canary.port}/")
    assert len(canary.hits) == 1


async def test_another_address_of_the_same_host_is_tried_when_one_does_not_answer() -> None:
    seen = Seen("2606::1")
    resolver = Rebinding(["2606::1", "1.1.1.1"])
    async with httpx.AsyncClient(
        transport=CheckedTransport(Reach(), resolver=resolver, inner=seen)
    ) as client:
        assert (await client.get("https://example.org/")).status_code == 200
    assert [request.url.host for request in seen.requests] == ["2606::1", "1.1.1.1"]


@pytest.mark.parametrize(("named", "reached"), [("hooks.example.org", True), ("somebody.else.org", False)])
async def test_the_certificate_is_that_of_the_name_and_not_of_the_address(
    tmp_path: Path, named: str, reached: bool
) -> None:
    canary = Canary()
    server_side, pem = certified(named, tmp_path)
    client_side = ssl.create_default_context(cafile=str(pem))
    server = await asyncio.start_server(canary.serve, "127.0.0.1", 0, ssl=server_side)
    url = f"https://hooks.example.org:{server.sockets[0].getsockname()[1]}/"
    transport = CheckedTransport(
        Reach(also=LOOPBACK), resolver=Rebinding(["127.0.0.1"]),
        inner=httpx.AsyncHTTPTransport(verify=client_side, trust_env=False),
    )  # fmt: skip
    async with server, httpx.AsyncClient(transport=transport, trust_env=False) as client:
        if reached:
            assert (await client.get(url)).status_code == 200
        else:
            with pytest.raises(httpx.ConnectError, match="Hostname mismatch"):
                await client.get(url)
    assert len(canary.hits) == reached


async def test_of_a_long_answer_only_the_beginning_is_read(canary: Canary) -> None:
    canary.answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + b"a" * 100_000
    async with (
        web_client(Reach(also=LOOPBACK), timeout_s=5) as client,
        client.stream("GET", f"http://127.0.0.1:{canary.port}/") as answer,
    ):
        assert await first_bytes(answer, 1000) == b"a" * 1000


async def test_what_one_receiver_sets_goes_to_no_other(canary: Canary) -> None:
    """One client is for all users, and two of them may have endpoints at one host."""
    canary.answer = canary.answer.replace(b"\r\n\r\n", b"\r\nset-cookie: who=ana; path=/\r\n\r\n")
    async with web_client(Reach(also=LOOPBACK), timeout_s=5) as client:
        for _ in range(2):
            await client.post(f"http://127.0.0.1:{canary.port}/")
    assert len(canary.hits) == 2
    assert b"cookie" not in b"".join(canary.hits).lower()
