"""A house for many, on a database of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.integration.load.house import FilmHouse
from tests.integration.load.places import Place, durable_place


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """In memory, as all tests; with the parameter `durable` on a disk."""
    if getattr(request, "param", "") == "durable":
        with durable_place() as found:
            yield found
    else:
        yield Place(tmp_path, request.getfixturevalue("database_url"))


@pytest.fixture
async def house(place: Place) -> AsyncIterator[FilmHouse]:
    """Nobody works there yet; a test starts whom it needs."""
    opened = FilmHouse(place.folder, place.url)
    yield opened
    opened.kill()
    for one in opened.staff:
        await one.process.wait()
