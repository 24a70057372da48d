"""Traces: nothing is sent to LangSmith unless our own setting asks for it.

LangChain looks at the environment, where a variable of another project on the same machine is enough
to send every brief and script away. Our switch wins over all of them, and what it lets out is redacted.
"""

import os
from typing import Any

import langsmith

from tools.redaction import REDACT
from tools.settings import Settings

NO_MORE = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
"""Switches of LangChain's first tracer. It is gone, and where one is still set every run would fail."""


def trace_only_if_asked(settings: Settings) -> None:
    """Switch the tracing of this process on or off, whatever the environment says."""
    for name in NO_MORE:
        os.environ.pop(name, None)
    if settings.tracing:
        langsmith.configure(enabled=True, client=langsmith.Client(anonymizer=redacted))
    else:
        langsmith.configure(enabled=False)


def redacted(traced: dict[str, Any]) -> dict[str, Any]:
    """Inputs, outputs, metadata or the error of a step, as they may leave."""
    cleaned: dict[str, Any] = REDACT.value(traced)
    return cleaned
