"""Spans that a test can read: told to a list instead of a collector."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tools.telemetry.otel import PREFIX, OtelTracer
from tools.telemetry.spans import use_tracer


class Heard:
    """The spans that are over."""

    def __init__(self, exporter: InMemorySpanExporter) -> None:
        self._exporter = exporter

    @property
    def spans(self) -> Sequence[ReadableSpan]:
        return self._exporter.get_finished_spans()

    def named(self, name: str) -> list[ReadableSpan]:
        return [span for span in self.spans if span.name == name]

    def one(self, name: str) -> ReadableSpan:
        [span] = self.named(name)
        return span


@contextmanager
def listening(*, node: Callable[[], str] = lambda: "", ratio: float = 1.0) -> Iterator[Heard]:
    exporter = InMemorySpanExporter()
    tracer = OtelTracer(SimpleSpanProcessor(exporter), node=node, ratio=ratio)
    use_tracer(tracer)
    try:
        yield Heard(exporter)
    finally:
        use_tracer(None)
        tracer.close()


def facts(span: ReadableSpan) -> dict[str, Any]:
    return {name.removeprefix(PREFIX): value for name, value in (span.attributes or {}).items()}


def parent_of(span: ReadableSpan) -> int:
    return span.parent.span_id if span.parent is not None else 0


def id_of(span: ReadableSpan) -> int:
    assert span.context is not None
    return span.context.span_id


def trace_of(span: ReadableSpan) -> int:
    assert span.context is not None
    return span.context.trace_id
