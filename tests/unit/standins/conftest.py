"""The vendors, and the real SDKs pointed at them."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import openai
import pytest

from tests.standins.model_vendors import Vendors, model_vendors


@pytest.fixture(scope="session")
def shared_vendors() -> Iterator[Vendors]:
    with model_vendors() as vendors:
        yield vendors


@pytest.fixture
def vendors() -> Iterator[Vendors]:
    with model_vendors() as started:
        yield started


@pytest.fixture
async def lines() -> AsyncIterator[httpx2.AsyncClient]:
    """For LangChain, which keeps its own connections open and lets nobody close them."""
    async with httpx2.AsyncClient() as opened:
        yield opened


@pytest.fixture
async def client(vendors: Vendors) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(
        base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key, max_retries=0, timeout=20
    ) as made:
        yield made
