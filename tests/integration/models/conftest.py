"""The three vendors' stand-ins in the test's own event loop, and our clients for them."""

import ssl
from collections.abc import AsyncIterator

import pytest

from tests.integration.models.asking import at_vendors
from tests.standins.model_vendors import Vendors, model_vendors_here
from tools.models.live.clients import Clients

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture(autouse=True)
def no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-ins speak plain http: reading everybody's certificates for each client takes a while."""
    monkeypatch.setattr(ssl, "create_default_context", lambda *files, **more: NO_CERTIFICATES)


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with model_vendors_here() as started:
        yield started


@pytest.fixture
async def clients(vendors: Vendors) -> AsyncIterator[Clients]:
    made = Clients(at_vendors(vendors))
    yield made
    await made.close()
