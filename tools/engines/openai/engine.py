"""OpenAI as an engine: one POST that answers with the file itself, kept here until it is collected.

There is no job at OpenAI to look at, to find or to cancel: whoever loses the answer on its way has lost the
file. What has come lies here, and is found by its order until its id is known.
"""

import asyncio
import shutil
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from state.errors import ProviderError
from state.order import EngineRequest, FailureKind, Medium
from tools.clock import Clock, SystemClock
from tools.engines.answers import Kept
from tools.engines.base import CannotTell, Fetched, JobStatus, Reconcile
from tools.engines.files import NO_FILES, Files
from tools.engines.live.answer import Answer
from tools.engines.live.spool import Spool
from tools.engines.live.unclaimed import Unclaimed
from tools.engines.live.wire import Wire, line_kind
from tools.engines.openai.answers import Made, picture_in, speech_in
from tools.engines.openai.asking import PROVIDER, Asked, asked_for
from tools.engines.openai.errors import error_in
from tools.engines.openai.headings import write_true_length
from tools.full_disks import room_in

HOST = "https://api.openai.com/v1"
ANSWERS_IN_S = 240.0
"""Where no deadline is set: a picture of high quality takes minutes."""
PROBLEM = "problem"
"""In what is kept beside an answer: why it holds no usable file."""


class OpenAIEngine:
    """Pictures and voices of OpenAI, or of whoever speaks as it does at this base URL."""

    provider: str = PROVIDER
    media: frozenset[Medium] = frozenset({"image", "voice"})
    reconcile: Reconcile = "blind"

    def __init__(self, base_url: str = HOST, *, spool: Path, clock: Clock | None = None) -> None:
        self._wire = Wire(PROVIDER, base_url, auth=("authorization", "Bearer {}"), read_s=ANSWERS_IN_S)
        self._spool = Spool(spool, PROVIDER)
        self._unclaimed = Unclaimed(spool.with_name(f"{spool.name}-unclaimed"))
        self._clock = clock or SystemClock()

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Send exactly one POST, wait for the file that answers it, and keep that on the disk.

        Raises:
            DeadlinePassed: it was too late, and nothing was sent.
            ProviderError: with the kind that says whether it was paid; `invalid` before anything is sent.
            WorkFolderFull: there is no room for what was answered.
        """
        asked = await asyncio.to_thread(asked_for, request, files)
        answer = await self._sent(asked)
        if not answer.is_good:
            raise error_in(answer, model=request.model, now=self._clock.now())
        read = speech_in if request.medium == "voice" else picture_in
        made = await asyncio.to_thread(read, answer)
        return await self._spool.keep(
            made.content, call_key=call_key, suffix=made.suffix, extra=_kept_beside(made, asked),
            noting=partial(self._unclaimed.note, call_key),
        )  # fmt: skip

    async def status(self, external_id: str) -> JobStatus:
        """An answer that lies here has ended, well or not.

        Raises:
            ProviderFailed: `expired`, it was not stored, and does not lie on this machine.
        """
        kept = await self._spool.found(external_id)
        await self._unclaimed.claimed(external_id)
        if problem := kept.extra.get(PROBLEM) or kept.problem:
            return JobStatus(state="failed", progress=1.0, error=str(problem), kind="bad_output", billed=True)
        return JobStatus(state="succeeded", progress=1.0)

    async def wait(self, external_id: str) -> JobStatus:
        """As `status`: there is nothing to wait for."""
        return await self.status(external_id)

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        """Copy the kept file; a sound gets the heading that fits its length.

        Raises:
            ProviderFailed: `expired`, it was not stored, and does not lie on this machine.
            WorkFolderFull: there is no room for the copy.
        """
        kept = await self._spool.found(external_id)
        await self._unclaimed.claimed(external_id)
        path = await asyncio.to_thread(_copied, await kept.file(), into)
        return Fetched(path=path, extra={name: one for name, one in kept.extra.items() if name != PROBLEM})

    async def answered(self, external_id: str) -> Kept | None:
        """What lies on this machine; a sound has the heading that fits its length from then on."""
        kept = await self._spool.here(external_id)
        if kept is not None:
            await asyncio.to_thread(_mended, await kept.file())
        return kept

    async def let_go(self, external_id: str) -> None:
        """Forget what lies on this machine."""
        await self._unclaimed.claimed(external_id)
        await self._spool.drop(external_id)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """Answers that came to this machine and were lost here. OpenAI keeps no list of what it drew or said.

        Raises:
            CannotTell: no such answer is here.
        """
        names = await self._unclaimed.names(call_key, since)
        found = [name for name in names if await self._spool.here(name) is not None]
        if not found:
            raise CannotTell("OpenAI has no list of what was ordered")
        return found

    async def cancel(self, external_id: str) -> None:
        """Nothing: what has an id has been answered, and OpenAI takes no cancellations."""

    def classify(self, error: BaseException) -> FailureKind:
        """What kind of failure this is, read for a submit: when in doubt, it was paid."""
        if isinstance(error, ProviderError):
            return error.kind  # type: ignore[return-value]  # ours are written with its words
        if isinstance(error, httpx.HTTPError):
            return line_kind(error)  # type: ignore[return-value]  # one of two of its words
        return "ambiguous" if isinstance(error, TimeoutError | ConnectionError) else "internal"

    async def aclose(self) -> None:
        """Close the connections; what is kept stays."""
        await self._wire.aclose()

    async def _sent(self, asked: Asked) -> Answer:
        if not asked.pictures:
            return await self._wire.order(asked.path, json=asked.fields)
        with ExitStack() as opened:
            uploads = await asyncio.to_thread(asked.uploads, opened)
            return await self._wire.order(asked.path, data=asked.form(), files=uploads)


def _kept_beside(made: Made, asked: Asked) -> dict[str, Any]:
    told = {PROBLEM: made.problem, "usage": made.usage, "left_out": list(asked.left_out)}
    return {name: value for name, value in told.items() if value}


def _copied(kept: Path, into: Path) -> Path:
    with room_in(into):
        into.mkdir(parents=True, exist_ok=True)
        path = Path(shutil.copyfile(kept, into / kept.name))
        _mended(path)
        return path


def _mended(path: Path) -> None:
    if path.suffix == ".wav":
        write_true_length(path)
