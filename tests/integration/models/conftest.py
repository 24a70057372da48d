"""The three vendors' stand-ins in the test's own event loop, and our clients for them."""

from collections.abc import AsyncIterator

import pytest

from tests.integration.models.asking import at_vendors
from tests.standins.model_vendors import Vendors, model_vendors_here
from tools.models.live.clients import Clients


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with model_vendors_here() as started:
        yield started


@pytest.fixture
async def clients(vendors: Vendors) -> AsyncIterator[Clients]:
    made = Clients(at_vendors(vendors))
    yield made
    await made.close()
