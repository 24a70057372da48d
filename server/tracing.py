"""Traces: to LangSmith or to an OpenTelemetry collector, and to neither unless our own setting asks for it.

LangChain looks at the environment, where a variable of another project on the same machine is enough
to send every brief and script away. Our switch wins over all of them, and what it lets out is redacted.
"""

import asyncio
import importlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import langsmith
import requests
from langgraph.config import get_config
from pydantic import SecretStr

from server.api.health import own_version
from server.runs.watched import node_span_id
from state.errors import SettingInvalid
from tools.orders.lease import current_lease
from tools.redaction import REDACT
from tools.settings import Settings
from tools.telemetry.spans import use_tracer

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

NO_MORE = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
"""Switches of LangChain's first tracer. It is gone, and where one is still set every run would fail."""
EXPORTER = "opentelemetry.exporter.otlp.proto.http.trace_exporter"
SENT_WITHIN_S = 10


def trace_only_if_asked(settings: Settings) -> None:
    """Switch the tracing of this process on or off, whatever the environment says."""
    for name in NO_MORE:
        os.environ.pop(name, None)
    if settings.tracing:
        langsmith.configure(enabled=True, client=langsmith_client(settings.https_proxy))
    else:
        langsmith.configure(enabled=False)


def langsmith_client(proxy: SecretStr | None = None) -> langsmith.Client:
    """A client of LangSmith that redacts what it sends, and follows no redirect: the key would go with it.

    It goes through the proxy that our own setting names, never through one of the environment.
    """
    session = _session()  # made before the client, which begins to ask while it is made
    session.max_redirects = 0
    if proxy is not None:
        REDACT.learn([proxy.get_secret_value()])
        session.proxies = {"https": proxy.get_secret_value()}
    return langsmith.Client(anonymizer=redacted, session=session)


def _session() -> requests.Session:
    """Lines that no proxy of the environment, and no file of it, has anything to do with."""
    session = requests.Session()
    session.trust_env = False
    return session


def redacted(traced: dict[str, Any]) -> dict[str, Any]:
    """Inputs, outputs, metadata or the error of a step, as they may leave."""
    cleaned: dict[str, Any] = REDACT.value(traced)
    return cleaned


def check_traces(settings: Settings) -> None:
    """See whether spans can be sent at all.

    Raises:
        SettingInvalid: OpenTelemetry is not installed.
    """
    if not settings.otel:
        return
    try:
        importlib.import_module(EXPORTER)
    except ImportError as exc:
        raise SettingInvalid(
            "GREENLIGHT_OTEL asks for traces, and OpenTelemetry is not installed.",
            user_action="Install it: `pip install 'greenlight[otel]'`, or unset GREENLIGHT_OTEL.",
            details={"setting": "GREENLIGHT_OTEL"},
        ) from exc


@asynccontextmanager
async def open_traces(settings: Settings, *, processor: "SpanProcessor | None" = None) -> AsyncIterator[None]:
    """Send the spans of this process to the collector, if the settings say so; the last ones at the end.

    Raises:
        SettingInvalid: OpenTelemetry is not installed.
    """
    if not settings.otel:
        yield
        return
    check_traces(settings)
    from tools.telemetry.otel import OtelTracer

    tracer = OtelTracer(
        processor or _to_collector(settings), service=settings.otel_service_name, version=own_version(),
        ratio=settings.otel_ratio, node=node_at_work,
    )  # fmt: skip
    use_tracer(tracer)
    try:
        yield
    finally:
        use_tracer(None)
        await asyncio.to_thread(tracer.close)


def node_at_work() -> str:
    """The span of the node that runs here; empty where none does."""
    lease = current_lease.get()
    try:
        namespace = str(get_config().get("configurable", {}).get("checkpoint_ns", ""))
    except RuntimeError:  # nobody drives a graph here
        return ""
    task_id = namespace.rpartition("|")[2].partition(":")[2]
    return node_span_id(task_id, lease.epoch) if lease is not None and task_id else ""


def _to_collector(settings: Settings) -> "SpanProcessor":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    told = settings.otlp_headers.get_secret_value() if settings.otlp_headers else ""
    pairs = (part.partition("=") for part in told.split(","))
    exporter = OTLPSpanExporter(
        session=_session(),
        endpoint=f"{settings.otlp_endpoint.rstrip('/')}/v1/traces", timeout=SENT_WITHIN_S,
        headers={name.strip(): value.strip() for name, found, value in pairs if found},
    )  # fmt: skip
    return BatchSpanProcessor(exporter)
