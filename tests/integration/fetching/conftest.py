"""The world, and in it a host that a fetcher is configured for and that answers as a test wants."""

import asyncio
import json
import socket
import ssl
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import certifi
import pytest

from tests.certificates import certified
from tests.integration.fetching.fetchers import Fetch, Fetcher, Stage
from tests.integration.fetching.world import PUBLIC_NAME, World, a_world
from tests.standins.receiver import Received, Receiver, answer, receiver_here

MOVED = "/moved"


@dataclass(frozen=True)
class Address:
    """One of addresses.toml."""

    id: str
    url: str
    why: str
    lands: bool
    names: dict[str, list[list[str]]]


def all_addresses() -> list[dict[str, Any]]:
    """As they are written down."""
    listed = tomllib.loads(Path(__file__).with_name("addresses.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = listed["address"]
    return found


@dataclass
class Liar:
    """The configured host, the public one, and the world around both."""

    world: World
    host: Receiver
    public: Receiver
    folder: Path

    @property
    def stage(self) -> Stage:
        return Stage(f"http://127.0.0.1:{self.host.port}", self.folder, given=f"https://{PUBLIC_NAME}/in")

    def addresses(self) -> list[Address]:
        """The corpus, with the canary's port in it."""
        return [
            Address(
                one["id"], one["url"].replace("{port}", str(self.world.canary.port)), one["why"],
                one.get("lands", True), one.get("names", {}),
            )
            for one in all_addresses()
        ]  # fmt: skip

    def names(self, fetcher: Fetcher, stage: Stage, url: str) -> None:
        """This address is named wherever somebody else can name one."""
        stage.given = url
        if fetcher.names is not None:
            says(self.host, told(fetcher.names(url)))

    def redirects(self, fetcher: Fetcher, stage: Stage, code: int, url: str) -> None:
        """Everybody is sent on; what the host names lies with itself, and has moved."""
        moved = answer(f"{code} Moved", f"location: {url}", body="It is elsewhere.")
        if fetcher.names is None:
            return says(self.public if fetcher.given else self.host, moved)
        named = told(fetcher.names(f"{stage.base_url}{MOVED}"))
        answers(self.host, lambda message: moved if message.path.startswith(MOVED) else named)


def told(said: object) -> bytes:
    """An answer of JSON."""
    return answer("200 OK", "content-type: application/json", body=json.dumps(said))


def says(who: Receiver, reply: bytes) -> None:
    """Each request is answered so."""
    answers(who, lambda _: reply)


def answers(who: Receiver, reply: Callable[[Received], bytes]) -> None:
    """Each request is answered as `reply` has it."""
    who.on_message = lambda message: who.answers.append(reply(message))


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """The public host's certificate, and the CA of it."""
    return certified(PUBLIC_NAME, tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="session")
def both_loopbacks() -> None:
    """Half of the corpus is IPv6, and a canary that cannot sit there would see nothing of it."""
    with socket.socket(socket.AF_INET6) as line:
        try:
            line.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no ::1, where the canary has to sit as well")


@pytest.fixture
async def liar(
    tmp_path: Path, papers: tuple[ssl.SSLContext, Path], both_loopbacks: None
) -> AsyncIterator[Liar]:
    (server_side, pem), public = papers, Receiver()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certifi, "where", lambda: str(pem))
        async with a_world(patch) as world, receiver_here() as host, _served(public, server_side):
            world.own.add(("127.0.0.1", host.port))
            world.public = ("127.0.0.1", public.port)
            yield Liar(world, host, public, tmp_path)
            await world.settle()


@asynccontextmanager
async def _served(receiver: Receiver, server_side: ssl.SSLContext) -> AsyncIterator[None]:
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=server_side)
    receiver.port = server.sockets[0].getsockname()[1]
    yield
    server.close()
    await server.wait_closed()


async def outcome(fetch: Fetch) -> BaseException | None:
    """What a fetcher ends with; it must not hang."""
    async with asyncio.timeout(20):
        try:
            await fetch()
        except Exception as exc:
            return exc
    return None
