"""The three vendors together: in a thread, or in the event loop of the test."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.standins.media_vendors.clocks import RealTime, Time
from tests.standins.media_vendors.desk import Desk
from tests.standins.model_vendors.books import Books
from tests.standins.model_vendors.brains import dutiful
from tests.standins.model_vendors.deepseek_vendor import DeepSeek
from tests.standins.model_vendors.google_vendor import Google
from tests.standins.model_vendors.openai_vendor import OpenAI
from tests.standins.model_vendors.signals import Signal
from tests.standins.model_vendors.talk import Brain
from tests.standins.model_vendors.vendor import Vendor
from tests.standins.model_vendors.wire import Server


class Vendors:
    """OpenAI, Google and DeepSeek, and the one book in which they write; with a file, they remember it.

    `clock` and `scale` are those of what takes its time: pictures, clips and voices.
    """

    def __init__(
        self, brain: Brain = dutiful, *, file: Path | None = None, clock: Time | None = None, scale: float = 0
    ) -> None:
        self.books = Books(file)
        self.openai = OpenAI(self.books, brain)
        self.google = Google(self.books, brain)
        self.deepseek = DeepSeek(self.books, brain)
        for desk in self.desks:
            desk.clock, desk.scale = clock or RealTime(), scale

    @property
    def desks(self) -> tuple[Desk, ...]:
        """Those that sell pictures, clips or voices."""
        return (self.openai.media, self.google.media)

    @property
    def all(self) -> tuple[Vendor, ...]:
        return (self.openai, self.google, self.deepseek)

    def think_with(self, brain: Brain) -> None:
        """Give all three the same brain."""
        for vendor in self.all:
            vendor.brain = brain

    async def start(self) -> None:
        for vendor in self.all:
            await vendor.server.start()

    async def stop(self) -> None:
        for vendor in self.all:
            await vendor.server.stop()

    def complain(self) -> None:
        """Raise what went wrong inside, so that no test passes over it."""
        for vendor in self.all:
            if vendor.troubles:
                raise vendor.troubles[0]


@contextmanager
def serving(servers: Sequence[Server]) -> Iterator[None]:
    """Serve in a thread until the end of the block."""
    ready, enough = threading.Event(), Signal()

    async def serve() -> None:
        for server in servers:
            await server.start()
        ready.set()
        await enough.heard()
        for server in servers:
            await server.stop()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="stand-ins", daemon=True)
    thread.start()
    try:
        assert ready.wait(10), "the stand-ins did not start"
        yield
    finally:
        enough.set()
        thread.join(10)
        assert not thread.is_alive(), "the stand-ins do not stop"


@contextmanager
def model_vendors(
    brain: Brain = dutiful, *, file: Path | None = None, clock: Time | None = None, scale: float = 0
) -> Iterator[Vendors]:
    """The vendors in a thread until the end of the block: for clients that block and those that do not."""
    vendors = Vendors(brain, file=file, clock=clock, scale=scale)
    with serving([vendor.server for vendor in vendors.all]):
        yield vendors
    vendors.complain()


@asynccontextmanager
async def model_vendors_here(
    brain: Brain = dutiful, *, file: Path | None = None, clock: Time | None = None, scale: float = 0
) -> AsyncIterator[Vendors]:
    """The vendors in this event loop: for clients that do not block it, and for measuring."""
    vendors = Vendors(brain, file=file, clock=clock, scale=scale)
    await vendors.start()
    try:
        yield vendors
    finally:
        await vendors.stop()
    vendors.complain()
