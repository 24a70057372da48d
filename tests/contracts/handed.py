"""An engine as `tools.orders` calls it: with a key, and where the provider may ring."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from state.order import EngineRequest, FailureKind
from tools.engines.answers import AnswersWithFiles
from tools.engines.base import Engine, Fetched, JobStatus
from tools.engines.calling import Calling, Pause, calling, current_calling
from tools.engines.files import NO_FILES, Files

T = TypeVar("T")


class Handed:
    """Every call of the engine is made with this key."""

    def __init__(
        self, engine: Engine, key: str, *, webhook_url: str = "", pause: Pause | None = None
    ) -> None:
        self._engine = engine
        paused = {} if pause is None else {"pause": pause}
        self._call = Calling(key=SecretStr(key), webhook_url=webhook_url, **paused)
        self.provider, self.media, self.reconcile = engine.provider, engine.media, engine.reconcile
        if isinstance(engine, AnswersWithFiles):  # of the object, so that it is such an engine itself
            self.answered, self.let_go = engine.answered, engine.let_go

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        return await self._called(lambda: self._engine.submit(request, call_key=call_key, files=files))

    async def status(self, external_id: str) -> JobStatus:
        return await self._called(lambda: self._engine.status(external_id))

    async def wait(self, external_id: str) -> JobStatus:
        return await self._called(lambda: self._engine.wait(external_id))

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        return await self._called(lambda: self._engine.fetch(external_id, into))

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        return await self._called(lambda: self._engine.find(request, call_key=call_key, since=since))

    async def cancel(self, external_id: str) -> None:
        await self._called(lambda: self._engine.cancel(external_id))

    async def aclose(self) -> None:
        await self._engine.aclose()

    def classify(self, error: BaseException) -> FailureKind:
        return self._engine.classify(error)

    async def _called(self, call: Callable[[], Awaitable[T]]) -> T:
        around = current_calling.get()
        handed = {name: getattr(around, name) for name in ("answers", "sent_ago_s", "unowned")}
        with calling(replace(self._call, **handed)):
            return await call()
