"""One adapter at one stand-in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.engines.fal.fal_set import Set, fal_set


@pytest.fixture
async def fal(tmp_path: Path) -> AsyncIterator[Set]:
    async with fal_set(tmp_path) as made:
        yield made
