"""Everything of the product that fetches, as the product itself makes it, in front of a host that lies.

`FETCHERS` is what fetchers.toml lists and what all tests of this folder run through.
"""

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from langsmith import utils
from opentelemetry.sdk.trace import TracerProvider
from pydantic import SecretStr
from requests.adapters import HTTPAdapter

from server import tracing
from server.hooks.opening import reach_of
from server.hooks.post import TIMEOUT_S, post
from state.media import MediaRef
from tests import media_files
from tests.builders import a_request
from tests.contracts.handed import Handed
from tests.fakes import FakeClock, FakeEngine
from tests.integration.models.asking import Noted, Ring, in_words
from tests.standins.job_vendors.signatures import SECRET, a_key, fal_headers, replicate_headers
from tools.clock import SystemClock
from tools.engines.previz.remote import RemotePreviz
from tools.live_engines import open_engines
from tools.mail.smtp import SmtpMailer
from tools.media.s3_bucket import S3Bucket, s3_client
from tools.media_place import Bucket
from tools.model_keys import HOSTS, base_url
from tools.models.catalog import text_card
from tools.models.live.asked import Listener
from tools.models.live.clients import Clients
from tools.models.live.line import Line
from tools.models.live.patience import Patience
from tools.settings import Settings
from tools.web.transport import web_client

KEY = "key-of-the-account-0123456789abcdef"
BODY = b'{"id": "job-a", "request_id": "job-a", "status": "succeeded"}'
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


CODES = (301, 302, 303, 307, 308)


@dataclass
class Stage:
    """Where a fetcher is tried: the host that it is configured for, a folder, and the address it is given."""

    base_url: str
    folder: Path
    given: str = ""
    """The address that a user names, for what asks users for one."""

    def settings(self, **more: Any) -> Settings:
        at = self.base_url
        return Settings(
            data_dir=self.folder, replicate_base_url=at, fal_base_url=at, google_base_url=at,
            openai_base_url=f"{at}/v1", deepseek_base_url=at, model_server_url=f"{at}/v1", previz_url=at,
            aws_endpoint_url_s3=at, aws_access_key_id="local", aws_secret_access_key=SecretStr(KEY),
            aws_region="eu-central-1", auth_mode="token", **more,
        )  # fmt: skip


Fetch = Callable[[], Awaitable[object]]
Opened = Callable[[Stage], AbstractAsyncContextManager[Fetch]]


@dataclass(frozen=True)
class Fetcher:
    """One way in which the product reaches for something."""

    open: Opened
    names: Callable[[str], object] | None = None
    """The answer in which the configured host names an address; None: it names none that is fetched."""
    given: bool = False
    """Whether a user names the address instead."""
    codes: tuple[int, ...] = CODES
    """In which ways it can be sent on."""


@asynccontextmanager
async def _engine(
    stage: Stage, provider: str, does: Callable[[Handed, Stage], Fetch]
) -> AsyncIterator[Fetch]:
    clock = FakeClock()
    engine = open_engines(stage.settings(), FakeEngine(), clock)[provider]
    handed = Handed(engine, KEY, pause=clock.sleep)
    yield does(handed, stage)
    await handed.aclose()


def _of(provider: str, does: Callable[[Handed, Stage], Fetch]) -> Opened:
    return lambda stage: _engine(stage, provider, does)


def _fetches(job: str) -> Callable[[Handed, Stage], Fetch]:
    return lambda engine, stage: lambda: engine.fetch(job, stage.folder / "fetched")


def _looks(job: str) -> Callable[[Handed, Stage], Fetch]:
    return lambda engine, stage: lambda: engine.status(job)


def _cancels(job: str) -> Callable[[Handed, Stage], Fetch]:
    return lambda engine, stage: lambda: engine.cancel(job)


def _orders(medium: Any, **named: Any) -> Callable[[Handed, Stage], Fetch]:
    request = a_request(medium, **named)
    return lambda engine, stage: lambda: engine.submit(request, call_key="p:stage:item:first")


def _finds(medium: Any, **named: Any) -> Callable[[Handed, Stage], Fetch]:
    request = a_request(medium, **named)
    return lambda engine, stage: lambda: engine.find(request, call_key="p:stage:item:first", since=SINCE)


def _uploads(engine: Handed, stage: Stage) -> Fetch:
    """An order with a first frame, which has to lie with the vendor before."""
    content = media_files.solid(b"\xc8\x50\x28", size=(1280, 720))
    digest = hashlib.sha256(content).hexdigest()
    path = stage.folder / f"{digest}.png"
    path.write_bytes(content)
    media = MediaRef(key=f"image/ana/{digest}.png", mime="image/png", sha256=digest, size_bytes=len(content))
    request = a_request(
        "video", provider="fal", model="kling-2.5-turbo", width=1280, height=720, duration_s=5.0,
        first_frame=media,
    )  # fmt: skip
    return lambda: engine.submit(request, call_key="p:stage:item:first", files={media.key: path})


def _differences(engine: Handed, stage: Stage) -> Fetch:
    bare: Any = engine._engine
    return lambda: engine._called(lambda: bare.differences("flux-schnell"))


@asynccontextmanager
async def _replicates_secret(stage: Stage) -> AsyncIterator[Fetch]:
    from tools.engines.replicate.webhook import ReplicateSigned

    async def fetch() -> None:
        clock = SystemClock()
        signed = ReplicateSigned(stage.base_url, clock=clock)
        headers = replicate_headers(SECRET, "msg-1", int(clock.now().timestamp()), BODY)
        await signed.read(headers, BODY, key=SecretStr(KEY))

    yield fetch


@asynccontextmanager
async def _fals_keys(stage: Stage) -> AsyncIterator[Fetch]:
    from tools.engines.fal.webhook import FalSigned

    async def fetch() -> None:
        clock = SystemClock()
        signed = FalSigned(stage.base_url, clock=clock)
        await signed.read(fal_headers(a_key(), "job-a", int(clock.now().timestamp()), BODY), BODY)

    yield fetch


@asynccontextmanager
async def _model(stage: Stage, name: str) -> AsyncIterator[Fetch]:
    settings = stage.settings()
    clients = Clients({provider: base_url(settings, provider) for provider in HOSTS})
    line = Line(
        card=text_card(name), clients=clients, keys=Ring([KEY]), patience=Patience(tries=1),
        clock=SystemClock(),
    )  # fmt: skip
    yield lambda: line.ask(in_words(), Noted(), Listener())
    await clients.close()


@asynccontextmanager
async def _farm(stage: Stage) -> AsyncIterator[Fetch]:
    farm = RemotePreviz(str(stage.settings().previz_url))
    yield lambda: farm.fetch("job1", stage.folder / "fetched")
    await farm.aclose()


@asynccontextmanager
async def _webhooks(stage: Stage) -> AsyncIterator[Fetch]:
    """As `open_sender` makes its client, where people sign in."""
    client = web_client(reach_of(stage.settings()), timeout_s=TIMEOUT_S)

    yield lambda: post(client, stage.given, headers={}, body=b"{}", now=SINCE)
    await client.aclose()


@asynccontextmanager
async def _bucket(stage: Stage) -> AsyncIterator[Fetch]:
    client = s3_client(stage.settings(), connections=2, tries=1)
    bucket = S3Bucket(client, Bucket("media", "greenlight"))

    yield lambda: asyncio.to_thread(lambda: list(bucket.read("image/ana/a.png")))
    bucket.close()


@asynccontextmanager
async def _collector(stage: Stage) -> AsyncIterator[Fetch]:
    settings = stage.settings(otel=True, otlp_endpoint=stage.base_url, otlp_headers=SecretStr(f"x-key={KEY}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tracing, "SENT_WITHIN_S", 0.2)  # it tries again until then
        sender = tracing._to_collector(settings)
    spans = TracerProvider(shutdown_on_exit=False)
    spans.add_span_processor(sender)

    def send() -> None:
        spans.get_tracer("fetching").start_span("a step").end()
        sender.force_flush()

    yield lambda: asyncio.to_thread(send)
    await asyncio.to_thread(spans.shutdown)


@asynccontextmanager
async def _langsmith(stage: Stage) -> AsyncIterator[Fetch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGSMITH_ENDPOINT", stage.base_url)
        patch.setenv("LANGSMITH_API_KEY", KEY)
        utils.get_env_var.cache_clear()
        client = tracing.langsmith_client()
        utils.get_env_var.cache_clear()
    for scheme in ("http://", "https://"):
        client.session.mount(scheme, HTTPAdapter(max_retries=0))
    ask = partial(client.request_with_retries, "POST", "/runs", stop_after_attempt=1)
    yield lambda: asyncio.to_thread(ask, request_kwargs={"data": b"{}"})
    client.cleanup()
    await asyncio.to_thread(_threads_of_langsmith_ended)


def _threads_of_langsmith_ended() -> None:
    """Its client asks the other side what it can in a thread of its own, which `cleanup` leaves behind."""
    for thread in threading.enumerate():
        if "tracing_control_thread_func" in thread.name:
            thread.join(20)


@asynccontextmanager
async def _mail(stage: Stage) -> AsyncIterator[Fetch]:
    parts = urlsplit(stage.base_url)
    mailer = SmtpMailer(
        stage.settings(
            smtp_host=parts.hostname, smtp_port=parts.port, smtp_security="none", smtp_from="a@example.org"
        )
    )
    yield lambda: mailer.send(to="ana@example.org", subject="A gate waits", text="It does.")


RESULT = {"status": "succeeded", "model": "black-forest-labs/flux-schnell", "input": {}, "error": None}
OPERATION = "models/veo-3.1-generate-preview/operations/a1b2c3"


def _replicates(url: str) -> object:
    return {**RESULT, "id": "job1", "output": [url]}


def _fals(url: str) -> object:
    return {"images": [{"url": url, "content_type": "image/png"}], "seed": 1}


def _googles(url: str) -> object:
    video = {"generatedSamples": [{"video": {"uri": url}}]}
    return {"name": OPERATION, "done": True, "response": {"generateVideoResponse": video}}


def _fals_storage(url: str) -> object:
    return {"token": "token-of-the-storage", "token_type": "Bearer", "base_url": url}


STATUS_OF = {
    "replicate": "job1",
    "fal": "fal-ai/flux/requests/job1",
    "google": OPERATION,
}
FLUX: dict[str, Any] = {"provider": "replicate", "model": "flux-schnell"}
PANEL: dict[str, Any] = {"provider": "fal", "model": "fal-flux-schnell", "width": 1280, "height": 720}
BANANA: dict[str, Any] = {"provider": "google", "model": "google-nano-banana"}
GPT: dict[str, Any] = {"provider": "openai", "model": "gpt-image-1.5", "width": 1536, "height": 1024}
FETCHERS: dict[str, Fetcher] = {
    "replicate results": Fetcher(_of("replicate", _fetches("job1")), _replicates),
    "fal results": Fetcher(_of("fal", _fetches(STATUS_OF["fal"])), _fals),
    "google results": Fetcher(_of("google", _fetches(OPERATION)), _googles),
    "fal uploads": Fetcher(_of("fal", _uploads), _fals_storage),
    "replicate looks": Fetcher(_of("replicate", _looks("job1"))),
    "replicate orders": Fetcher(_of("replicate", _orders("image", **FLUX))),
    "replicate lists": Fetcher(_of("replicate", _finds("image", **FLUX))),
    "replicate cancels": Fetcher(_of("replicate", _cancels("job1"))),
    "replicate versions": Fetcher(_of("replicate", _differences)),
    "replicate signing secret": Fetcher(_replicates_secret),
    "fal looks": Fetcher(_of("fal", _looks(STATUS_OF["fal"]))),
    "fal orders": Fetcher(_of("fal", _orders("image", **PANEL))),
    # A list that cannot be read is asked for a hundred times.
    "fal lists": Fetcher(_of("fal", _finds("image", **PANEL)), codes=(307,)),
    "fal cancels": Fetcher(_of("fal", _cancels(STATUS_OF["fal"]))),
    "fal signing keys": Fetcher(_fals_keys),
    "google looks": Fetcher(_of("google", _looks(OPERATION))),
    "google orders": Fetcher(_of("google", _orders("image", **BANANA))),
    "google cancels": Fetcher(_of("google", _cancels(OPERATION))),
    "openai orders": Fetcher(_of("openai", _orders("image", **GPT))),
    "openai models": Fetcher(partial(_model, name="gpt-5")),
    "google models": Fetcher(partial(_model, name="gemini-2.5-flash")),
    "deepseek models": Fetcher(partial(_model, name="deepseek-chat")),
    "own models": Fetcher(partial(_model, name="own/gpt-4o")),
    "previz farm": Fetcher(_farm),
    "webhooks": Fetcher(_webhooks, given=True),
    # botocore stumbles over a 303 and leaves its line to the garbage collector.
    "bucket": Fetcher(_bucket, codes=(301, 302, 307, 308)),
    "collector": Fetcher(_collector),
    "langsmith": Fetcher(_langsmith),
    "mail": Fetcher(_mail, codes=()),
}
