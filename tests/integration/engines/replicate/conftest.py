"""The vendor's stand-in, and the adapter in front of it."""

from collections.abc import AsyncIterator

import pytest

from tests.integration.engines.replicate.replicate_shop import Shop, shop_here


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with shop_here() as opened:
        yield opened
