"""The engine: pictures and lines are answered with the file itself, clips with the name of an operation."""

import asyncio
import re
import shutil
import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from state.errors import (
    DeadlinePassed,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderTimeout,
)
from state.order import EngineRequest, FailureKind, ImageRequest, Medium, VideoRequest, VoiceRequest
from tools.clock import Clock, SystemClock
from tools.engines.answers import Kept
from tools.engines.base import CannotTell, Fetched, JobStatus, Reconcile
from tools.engines.calling import calling, current_calling, key_for_call
from tools.engines.files import NO_FILES, Files
from tools.engines.google.answers import outcome_of
from tools.engines.google.asked import Asked
from tools.engines.google.clips import clip_asked
from tools.engines.google.failures import look_refused, order_refused
from tools.engines.google.files_of import HEAD, suffix_of
from tools.engines.google.kept import KeptAnswers
from tools.engines.google.made_clips import MadeClips
from tools.engines.google.operations import addresses, status_of
from tools.engines.google.pictures import picture_asked
from tools.engines.google.voices import voice_asked
from tools.engines.live.answer import Answer
from tools.engines.live.downloads import Downloads
from tools.engines.live.polling import ended
from tools.engines.live.wire import Wire, line_kind

HOST = "https://generativelanguage.googleapis.com"
KEY_HEADER = "x-goog-api-key"
READ_S = 240.0
"""A picture is the answer to its order, which may take as long, where no deadline says less."""
OPERATION = re.compile(r"models/[\w.-]+/operations/[\w-]+")
NOT_STOPPED = frozenset({400, 404, 405, 501})
"""How Google says that an operation cannot be cancelled: it promises that of no clip."""


class Google:
    """Google at a base URL. `spool` is a folder of this machine; `elsewhere` is who checks addresses."""

    provider: str = "google"
    media: frozenset[Medium] = frozenset({"image", "video", "voice"})
    reconcile: Reconcile = "blind"

    def __init__(
        self, base_url: str = HOST, *, spool: Path, elsewhere: httpx.AsyncBaseTransport,
        clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self._clock = clock or SystemClock()
        auth = (KEY_HEADER, "{}")
        self._wire = Wire("google", base_url, auth=auth)
        self._orders = Wire("google", base_url, auth=auth, read_s=READ_S)
        self._downloads = Downloads("google", self._wire.base_url, elsewhere=elsewhere)
        self._kept = KeptAnswers(spool)
        self._made = MadeClips(spool / "clips", self._clock)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Send exactly one request: of a picture or a line the file is here when this returns.

        Raises:
            DeadlinePassed: it was too late, and nothing was sent.
            ProviderError: with the kind that says whether a job may exist.
            WorkFolderFull: the answer came, and there is no room for it.
        """
        asked = await self._asked(request, files)
        answer = await self._orders.order(asked.path, json=asked.body)
        if not answer.is_good:
            raise order_refused(answer, model=request.model, now=self._clock.now())
        told = await asyncio.to_thread(answer.json)  # it may hold 30 MB of picture
        if isinstance(request, VideoRequest):
            return _operation_in(told, request)
        outcome = await asyncio.to_thread(outcome_of, told, request.medium)
        return await self._kept.keep(outcome, call_key=call_key, extra=asked.extra)

    async def status(self, external_id: str) -> JobStatus:
        """Ask once; of what was answered at once, nobody need be asked.

        Raises:
            ProviderError: it cannot be asked, or `expired`: nothing is known of it.
        """
        if not OPERATION.fullmatch(external_id):
            return await self._kept.status(external_id)
        return status_of(await self._operation(external_id))

    async def wait(self, external_id: str) -> JobStatus:
        """Look until the job has ended.

        Raises:
            ProviderError: it could not be asked several times in a row.
        """
        # Nobody is told where Google could ring, so a ring is not waited for.
        with calling(replace(current_calling.get(), webhook_url="")):
            return await ended(lambda: self.status(external_id))

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        """Copy the file into a folder: from the spool, or from Google, where a clip lies for two days.

        Raises:
            ProviderError: it is not there (any more), did not come whole, or is something else.
        """
        if OPERATION.fullmatch(external_id):
            return await self._fetched_clip(external_id, into)
        status = await self._kept.status(external_id)
        if status.state != "succeeded":
            raise self._failed(status.kind, status.error)
        kept = await self._kept.found(external_id)
        path = await asyncio.to_thread(_copied, await kept.file(), into)
        return Fetched(path=path, extra=kept.extra)

    async def answered(self, external_id: str) -> Kept | None:
        """What lies on this machine; of a clip nothing does."""
        return await self._kept.here(external_id)

    async def let_go(self, external_id: str) -> None:
        """Forget what lies on this machine."""
        await self._kept.drop(external_id)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """Answers that came to this machine and were lost here. What was lost on the way, Google cannot tell.

        Raises:
            CannotTell: no such answer is here.
        """
        found = await self._kept.unclaimed(call_key, since)
        if not found:
            raise CannotTell("Google has no list of what was ordered")
        return found

    async def cancel(self, external_id: str) -> None:
        """Ask Google to stop a clip, which it promises for none; what was answered at once is over.

        Raises:
            ProviderError: it could not be asked.
        """
        if not OPERATION.fullmatch(external_id):
            return
        answer = await self._wire.tell("POST", f"v1beta/{external_id}:cancel", json={})
        if not answer.is_good and answer.status not in NOT_STOPPED:
            raise look_refused(answer, now=self._clock.now())

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()
        await self._orders.aclose()
        await self._downloads.aclose()

    def classify(self, error: BaseException) -> FailureKind:
        """What kind of failure this is, read for a submit: when in doubt, a job may exist."""
        if isinstance(error, ProviderError):
            return error.kind  # type: ignore[return-value]  # ours are written with its words
        if isinstance(error, DeadlinePassed):
            return "not_sent"
        if isinstance(error, httpx.HTTPError | TimeoutError | ConnectionError):
            return line_kind(error)  # type: ignore[return-value]  # one of its words
        return "internal"

    async def _asked(self, request: EngineRequest, files: Files) -> Asked:
        if isinstance(request, ImageRequest):
            return await picture_asked(request, files)
        if isinstance(request, VideoRequest):
            return await clip_asked(request, files, self._made)
        if isinstance(request, VoiceRequest):
            return voice_asked(request)
        words = f"model: Google makes no {request.medium} that can be ordered here."
        raise ProviderMisconfigured(words, provider=self.provider, model=request.model, kind="invalid")

    async def _operation(self, name: str) -> dict[str, object]:
        answer: Answer = await self._wire.get(f"v1beta/{name}")
        if not answer.is_good:
            raise look_refused(answer, now=self._clock.now())
        return answer.json()

    async def _fetched_clip(self, name: str, into: Path) -> Fetched:
        found = addresses(await self._operation(name))
        if not found:
            raise self._failed("bad_output", "Google names no clip of this job.")
        key = {KEY_HEADER: key_for_call(self.provider)}
        saved = await self._downloads.save(
            self._near(found[0]), into, f"{uuid.uuid4().hex}.part", headers=key
        )
        path = await asyncio.to_thread(_named, saved.path)
        if path is None:
            raise self._failed("bad_output", f"Google sent {saved.size} bytes that are no clip.")
        await self._made.note(path, found[0])
        return Fetched(path=path)

    def _near(self, address: str) -> str:
        """A clip's address at the base URL: Google tells its own host, whatever stands before it here."""
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            return address
        query = f"?{parts.query}" if parts.query else ""
        return self._wire.address(f"{parts.path}{query}")

    def _failed(self, kind: FailureKind, words: str) -> ProviderFailed:
        return ProviderFailed(words, provider=self.provider, kind=kind)


def _operation_in(told: dict[str, object], request: EngineRequest) -> str:
    """The name of a clip's operation.

    Raises:
        ProviderTimeout: `ambiguous`, the answer names none, so a clip may be on its way namelessly.
    """
    name = told.get("name")
    if isinstance(name, str) and OPERATION.fullmatch(name):
        return name
    words = "Google took the order and did not say under which name."
    raise ProviderTimeout(words, provider="google", model=request.model, kind="ambiguous")


def _copied(source: Path, into: Path) -> Path:
    into.mkdir(parents=True, exist_ok=True)
    part = into / f".{source.name}.{uuid.uuid4().hex[:8]}"
    try:
        shutil.copyfile(source, part)
        return part.replace(into / source.name)
    finally:
        part.unlink(missing_ok=True)


def _named(part: Path) -> Path | None:
    """The file under the suffix of its content; None, and gone, where that is no clip."""
    with part.open("rb") as file:
        suffix = suffix_of(file.read(HEAD), "video")
    if not suffix:
        part.unlink()
        return None
    return part.replace(part.with_suffix(suffix))
