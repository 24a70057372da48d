"""Which step follows which, and where a person is asked. `GRAPHS` names what can be started."""

from collections.abc import Callable, Mapping
from typing import Any

from langgraph.graph.state import CompiledStateGraph

from graphs.export import build_export
from graphs.novela import build_novela

GRAPHS: Mapping[str, Callable[[], CompiledStateGraph[Any, Any, Any, Any]]] = {
    "novela": build_novela,
    "export": build_export,
}
