"""The seam to traces: `with span("order submit", production=id, item="2A") as told: ...`.

Without a tracer a span is one object that does nothing, so whoever opens one pays for a call and no
more. What is told is plain values; the tracer redacts them before they leave.
"""

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, Self


class Span(Protocol):
    """Something that takes time."""

    def tell(self, **facts: Any) -> None:
        """Add facts: words, numbers, truths."""

    def failed(self, kind: str, message: str = "") -> None:
        """Say that it failed, and how; the last word counts."""


class Tracer(Protocol):
    """What becomes of spans."""

    def span(
        self, name: str, facts: Mapping[str, Any], *, production: str, in_node: bool, span_id: str
    ) -> AbstractContextManager[Span]:
        """A span around a block."""

    def note(
        self, name: str, facts: Mapping[str, Any], *, production: str, span_id: str, parent_id: str,
        began_ns: int, ended_ns: int, failure: str,
    ) -> None:  # fmt: skip
        """A span that is over already, in nanoseconds since 1970."""


class NoSpan:
    """A span that nobody looks at."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def tell(self, **facts: Any) -> None:
        """Nobody listens."""

    def failed(self, kind: str, message: str = "") -> None:
        """Nobody listens."""


NO_SPAN = NoSpan()
_tracers: list[Tracer] = []


def use_tracer(tracer: Tracer | None) -> None:
    """Have this process's spans told to this tracer from now on; None to nobody."""
    _tracers[:] = [] if tracer is None else [tracer]


def is_traced() -> bool:
    """Whether anybody looks: what is dear to find out need not be found out otherwise."""
    return bool(_tracers)


def span(
    name: str, *, production: str, in_node: bool = False, span_id: str = "", **facts: Any
) -> AbstractContextManager[Span]:
    """A span inside the one that is open here, or in the trace of its production.

    With `in_node` it belongs to the node that is running. `span_id` is for those whom others name as parent.
    """
    if not _tracers:
        return NO_SPAN
    return _tracers[0].span(name, facts, production=production, in_node=in_node, span_id=span_id)


def note(
    name: str, *, production: str, span_id: str, parent_id: str, began_ns: int, ended_ns: int,
    failure: str = "", **facts: Any,
) -> None:  # fmt: skip
    """Tell of a span that is over already."""
    for tracer in _tracers:
        tracer.note(
            name, facts, production=production, span_id=span_id, parent_id=parent_id,
            began_ns=began_ns, ended_ns=ended_ns, failure=failure,
        )  # fmt: skip


def span_id_of(*parts: object) -> str:
    """An id that everybody who knows the parts finds alone: 16 hexadecimal digits."""
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()[:16]


def production_span_id(production: str) -> str:
    """The span at the root of a production's trace."""
    return span_id_of("production", production)
