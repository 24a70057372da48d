"""Google's stand-in in the test's own event loop, and our engine for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.engines.google.ordering import Shop, an_engine
from tests.standins.model_vendors import Vendors, model_vendors_here


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with model_vendors_here() as started:
        yield started


@pytest.fixture
async def shop(vendors: Vendors, tmp_path: Path) -> AsyncIterator[Shop]:
    spool = tmp_path / "spool"
    engine = an_engine(vendors.google.url, spool)
    yield Shop(vendors, engine, spool)
    await engine.aclose()
