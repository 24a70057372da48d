"""Both vendors together: in a thread, or in the event loop of the test."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.standins.job_vendors.books import JobBooks
from tests.standins.job_vendors.clocks import Time
from tests.standins.job_vendors.fal_vendor import Fal
from tests.standins.job_vendors.replicate_vendor import Replicate
from tests.standins.job_vendors.studio import Studio
from tests.standins.job_vendors.vendor import JobVendor
from tests.standins.model_vendors.house import serving


class JobVendors:
    """Replicate and fal, the one book in which they write, and the one studio that makes their files."""

    def __init__(
        self, time: Time | None = None, *, pace: float = 0.0, folder: Path | None = None,
        ports: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        """With a folder the books are kept in it, and who starts again with it goes on."""
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self.books = JobBooks(path=folder / "books.jsonl" if folder else None)
        self.studio = Studio()
        self.replicate = Replicate(self.books, self.studio, time, pace=pace, folder=folder, port=ports[0])
        self.fal = Fal(self.books, self.studio, time, pace=pace, folder=folder, port=ports[1])

    @property
    def all(self) -> tuple[JobVendor, ...]:
        return (self.replicate, self.fal)

    async def start(self) -> None:
        for vendor in self.all:
            await vendor.start()

    async def stop(self) -> None:
        for vendor in self.all:
            await vendor.stop()

    def complain(self) -> None:
        """Raise what went wrong inside, so that no test passes over it."""
        for vendor in self.all:
            vendor.complain()


@contextmanager
def job_vendors(
    time: Time | None = None, *, pace: float = 0.0, folder: Path | None = None
) -> Iterator[JobVendors]:
    """The vendors in a thread until the end of the block: for clients that block and those that do not."""
    vendors = JobVendors(time, pace=pace, folder=folder)
    with serving([vendors]):  # type: ignore[list-item]  # starts and stops as a server does
        yield vendors
    vendors.complain()


@asynccontextmanager
async def job_vendors_here(
    time: Time | None = None, *, pace: float = 0.0, folder: Path | None = None
) -> AsyncIterator[JobVendors]:
    """The vendors in this event loop."""
    vendors = JobVendors(time, pace=pace, folder=folder)
    await vendors.start()
    try:
        yield vendors
    finally:
        await vendors.stop()
    vendors.complain()
