"""A house for many, on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.load.house import FilmHouse


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[FilmHouse]:
    """Nobody works there yet; a test starts whom it needs."""
    opened = FilmHouse(tmp_path, database_url)
    yield opened
    opened.kill()
    for one in opened.staff:
        await one.process.wait()
