"""Spans told to OpenTelemetry. Imported only where traces are switched on: its SDK is an extra.

A production is a trace: its trace id is the production's id. Who knows a node's or a drive's id finds
its span alone (`spans.span_id_of`), so nothing has to be carried from one process to the next.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision, ParentBased, Sampler, SamplingResult
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    get_current_span,
    set_span_in_context,
    use_span,
)
from opentelemetry.trace import Span as OtelSpan

from state.errors import GreenlightError, ProviderError
from tools.redaction import REDACT
from tools.telemetry.spans import production_span_id, span_id_of

PREFIX = "greenlight."
chosen_ids: ContextVar[tuple[int, int]] = ContextVar("chosen_ids", default=(0, 0))
"""Trace and span that the next span is to be; 0 leaves it to chance."""


class ChosenIds(RandomIdGenerator):
    """Ids that were chosen, where some were."""

    def generate_trace_id(self) -> int:
        """The chosen one, or a new one."""
        return chosen_ids.get()[0] or int(super().generate_trace_id())

    def generate_span_id(self) -> int:
        """The chosen one, or a new one."""
        return chosen_ids.get()[1] or int(super().generate_span_id())


class Share(Sampler):
    """Keeps a share of all traces, the same ones in every process.

    By a digest of the trace's id: OpenTelemetry's own looks at its lower half, and in a random UUID that
    begins with the same two bits every time.
    """

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio

    def should_sample(
        self, parent_context: Context | None, trace_id: int, name: str, *args: Any, **kwargs: Any
    ) -> SamplingResult:
        """Whether this trace is kept."""
        if not self.keeps(trace_id):
            return SamplingResult(Decision.DROP)
        return SamplingResult(Decision.RECORD_AND_SAMPLE, kwargs.get("attributes"))

    def keeps(self, trace_id: int) -> bool:
        """The same answer for the same trace, everywhere."""
        return int(span_id_of("share", trace_id), 16) < self._ratio * (1 << 64)

    def get_description(self) -> str:
        """For whoever prints it."""
        return f"Share({self._ratio})"


class Told:
    """A span of ours over one of theirs."""

    def __init__(self, under: OtelSpan) -> None:
        self._under = under

    def tell(self, **facts: Any) -> None:
        """Add facts, redacted."""
        self._under.set_attributes(attributes(facts))

    def failed(self, kind: str, message: str = "") -> None:
        """Say that it failed."""
        self._under.set_attribute(f"{PREFIX}error_kind", kind)
        self._under.set_status(Status(StatusCode.ERROR, REDACT.text(message) or kind))


class OtelTracer:
    """Makes spans and hands the finished ones to a processor; nobody waits for where they go."""

    def __init__(
        self,
        processor: SpanProcessor,
        *,
        service: str = "greenlight",
        version: str = "",
        ratio: float = 1.0,
        node: Callable[[], str] = lambda: "",
    ) -> None:
        """`node` says the span id of the node that runs where it is called, if one does."""
        self._share = Share(ratio)
        self._node = node
        self._provider = TracerProvider(
            resource=Resource.create({"service.name": service, "service.version": version}),
            sampler=ParentBased(self._share), id_generator=ChosenIds(), shutdown_on_exit=False,
        )  # fmt: skip
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("greenlight", version)

    def close(self) -> None:
        """Send what is finished. It waits for the collector, so call it off the loop."""
        self._provider.shutdown()

    @contextmanager
    def span(
        self, name: str, facts: Mapping[str, Any], *, production: str, in_node: bool, span_id: str
    ) -> Iterator[Told]:
        """A span around a block; what is raised out of it is told by its code and redacted words."""
        with _chosen(0, int(span_id, 16) if span_id else 0):
            made = self._tracer.start_span(
                name, context=self._around(production, in_node), kind=SpanKind.INTERNAL,
                attributes=attributes({"production": production, **facts}),
            )  # fmt: skip
        told = Told(made)
        with use_span(made, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield told
            except GreenlightError as error:
                told.failed(error.kind if isinstance(error, ProviderError) else error.code, error.message)
                raise
            except Exception as error:
                told.failed(type(error).__name__)
                raise

    def note(
        self, name: str, facts: Mapping[str, Any], *, production: str, span_id: str, parent_id: str,
        began_ns: int, ended_ns: int, failure: str,
    ) -> None:  # fmt: skip
        """A span that is over already."""
        around = None if not parent_id else self._under(production, parent_id)
        trace_id = 0 if parent_id else _trace_id(production)
        with _chosen(trace_id, int(span_id, 16)):
            made = self._tracer.start_span(
                name, context=around or Context(), start_time=began_ns,
                attributes=attributes({"production": production, **facts}),
            )  # fmt: skip
        if failure:
            Told(made).failed(failure)
        made.end(ended_ns)

    def _around(self, production: str, in_node: bool) -> Context | None:
        """What a new span lies in; None is the one that is open here."""
        if in_node and (node := self._node()):
            return self._under(production, node)
        if get_current_span().get_span_context().is_valid:
            return None
        return self._under(production, production_span_id(production))

    def _under(self, production: str, parent_id: str) -> Context:
        """A parent that may be of another process, or not over yet. All processes sample alike."""
        trace_id = _trace_id(production)
        flags = TraceFlags(TraceFlags.SAMPLED if self._share.keeps(trace_id) else TraceFlags.DEFAULT)
        parent = SpanContext(trace_id, int(parent_id, 16), is_remote=True, trace_flags=flags)
        return set_span_in_context(NonRecordingSpan(parent), Context())


def attributes(facts: Mapping[str, Any]) -> dict[str, str | bool | int | float]:
    """Facts as they may leave, under names of ours."""
    cleaned = REDACT.value({name: value for name, value in facts.items() if value is not None})
    return {
        f"{PREFIX}{name}": value if isinstance(value, str | bool | int | float) else str(value)
        for name, value in cleaned.items()
    }


def _trace_id(production: str) -> int:
    try:
        return UUID(production).int
    except ValueError:  # a script's own word for one
        return int(span_id_of("trace", production) * 2, 16)


@contextmanager
def _chosen(trace_id: int, span_id: int) -> Iterator[None]:
    token = chosen_ids.set((trace_id, span_id))
    try:
        yield
    finally:
        chosen_ids.reset(token)
