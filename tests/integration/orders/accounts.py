"""A provider with accounts, and processes that order from it with keys of users and of their own."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from state.errors import KeyNotTaken, ModelWithheld, ProviderFailed
from state.order import EngineRequest, Order
from tests.builders import A_MASTER_KEY
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.orders.shop import ImpatientClock, Shop, Worker
from tools.engine_keys import ProvidersKeys
from tools.engines.base import CannotTell, Fetched, JobStatus
from tools.engines.calling import key_for_call
from tools.engines.files import NO_FILES, Files
from tools.orders.lease import Lease
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.settings import Settings
from tools.vault.provider_keys import ProviderKeys

FIRST, SECOND, OURS, OTHERS = (
    f"r8_{name}-key-of-the-tests-0000" for name in ("first", "second", "process", "rotated")
)


class Accounts(FakeEngine):
    """Replicate with accounts: a key sees the jobs of its own account alone.

    `bad` keys are not taken, `withheld` are models that a key may not use; who is `blind` lists no jobs.
    """

    def __init__(self, provider: FakeProvider) -> None:
        super().__init__(provider)
        self.provider = "replicate"
        self.bad, self.calls, self.owner = set[str](), list[tuple[str, str]](), dict[str, str]()
        self.withheld = set[tuple[str, str]]()
        self.blind = False

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        key = self._called("submit")
        if key in self.bad:
            raise KeyNotTaken("it does not take this key", provider="replicate", kind="auth")
        if (key, request.model) in self.withheld:
            raise ModelWithheld("not for this key", provider="replicate", model=request.model, kind="auth")
        job = await super().submit(request, call_key=call_key, files=files)
        self.owner[job] = key
        return job

    async def wait(self, external_id: str) -> JobStatus:
        self._seen("wait", external_id)
        return await super().status(external_id)

    async def status(self, external_id: str) -> JobStatus:
        self._seen("status", external_id)
        return await super().status(external_id)

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        self._called("fetch")
        return await super().fetch(external_id, into)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        key = self._called("find")
        if key in self.bad:
            raise KeyNotTaken("it does not take this key", provider="replicate", kind="auth")
        if self.blind:
            raise CannotTell
        found = await super().find(request, call_key=call_key, since=since)
        return [job for job in found if self.owner[job] == key]

    def bought(self, order: Order, key: str) -> str:
        """A job that somebody else has ordered with this key."""
        job = self.server.receive(order.request, "of the original").external_id
        self.owner[job] = key
        return job

    def _seen(self, call: str, external_id: str) -> None:
        if self._called(call) != self.owner[external_id]:
            raise ProviderFailed("no such job", provider="replicate", kind="expired")

    def _called(self, call: str) -> str:
        key = key_for_call("replicate")
        self.calls.append((call, key))
        return key


async def a_worker(
    shop: Shop, engine: Accounts, keys: ProviderKeys, settings: Settings, *, lease: Lease | None = None
) -> Worker:
    clock = ImpatientClock(shop.database)
    orders = Orders(
        shop.database, shop.store, {"replicate": engine}, options=OrderOptions(), clock=clock,
        keys=ProvidersKeys(keys, settings),
    )  # fmt: skip
    return Worker(orders, lease or await shop.lease(await shop.production()), engine, clock)


async def kept(keys: ProviderKeys, *secrets: str) -> list[dict[str, Any]]:
    rows = []
    for label, secret in enumerate(secrets):
        rows.append(
            await keys.add("local", provider="replicate", label=f"key {label}", key=SecretStr(secret))
        )
    return rows


def of_process(key: str) -> Settings:
    return Settings(master_key=SecretStr(A_MASTER_KEY), replicate_api_token=SecretStr(key))
