"""The vendors, and the real SDKs pointed at them."""

from collections.abc import AsyncIterator, Iterator

import httpx
import httpx2
import openai
import pytest
from google import genai
from google.genai import types

from tests.standins.job_vendors import SteppedTime, job_vendors_here
from tests.standins.model_vendors import Vendors, model_vendors
from tests.standins.receiver import Receiver, receiver_here
from tests.unit.standins.gemini import PLAIN
from tests.unit.standins.job_client import Customer


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
    """Quickly made, and closed: LangChain keeps its own open and lets nobody close them."""
    async with httpx2.AsyncClient(verify=False) as opened:
        yield opened


@pytest.fixture
async def client(vendors: Vendors, lines: httpx2.AsyncClient) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(
        base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key, max_retries=0, timeout=20,
        http_client=lines,
    )  # fmt: skip


@pytest.fixture
async def gemini(vendors: Vendors) -> AsyncIterator[genai.Client]:
    options = types.HttpOptions(base_url=vendors.google.url, timeout=20_000, **PLAIN)
    made = genai.Client(api_key=vendors.google.key, http_options=options)
    yield made
    await made.aio.aclose()
    made.close()


@pytest.fixture
async def customer() -> AsyncIterator[Customer]:
    """Of Replicate and fal, who are at once done and whose time stands still."""
    time = SteppedTime()
    async with job_vendors_here(time) as vendors, httpx.AsyncClient(verify=False, timeout=30) as web:  # noqa: S501
        yield Customer(vendors, web, time)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Where the customer wants to be told."""
    async with receiver_here() as opened:
        yield opened
