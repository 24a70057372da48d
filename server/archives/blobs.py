"""The binary values of checkpoints, taken apart without building anything that they name.

A value is msgpack; what is more than plain data is an extension that names a Python class. The strict
serializer builds none that it does not know when it reads them. Here they are refused before they are stored,
but for the state classes of the graph itself: langgraph writes those, and they are read as plain data.
"""

from collections.abc import Callable, Collection
from typing import Any

import ormsgpack
from langgraph.checkpoint.serde._msgpack import SAFE_MSGPACK_METHODS, SAFE_MSGPACK_TYPES
from langgraph.graph.state import CompiledStateGraph

from server.runs.graph_spec import AnyGraph

KNOWN_TYPES = frozenset({"msgpack", "bytes", "null", "empty"})
"""How the saver writes a value. `json` and `pickle` name classes in ways of their own and never arrive."""
BUILDS = frozenset({0, 1, 2, 5})
"""langgraph's extensions that build `(module, name, arguments, ...)`."""
CALLS = 3
"""The extension that calls `(module, name, argument, method)`."""
DEEPEST = 60
MODEL = 5
"""Of these the one that a pydantic model is written as."""
Change = Callable[[str], str]
Named = tuple[str, str]


def state_classes(graph: AnyGraph) -> frozenset[Named]:
    """The classes that this graph and its subgraphs keep their state in."""
    graphs = [graph, *(inner for _, inner in graph.get_subgraphs(recurse=True))]
    schemas = [
        schema for one in graphs if isinstance(one, CompiledStateGraph) for schema in one.builder.schemas
    ]
    return frozenset((schema.__module__, schema.__name__) for schema in schemas)


class Extension:
    """One extension as it is stored: its number, and its content taken apart."""

    def __init__(self, code: int, content: Any) -> None:
        self.code = code
        self.content = content


def check_blob(kind: str | None, blob: bytes, known: Collection[Named]) -> None:
    """Let pass what the strict serializer would read back as it was written.

    Raises:
        ValueError: another kind of value, damaged, or naming a class that is never built here.
    """
    if kind is not None and kind not in KNOWN_TYPES:
        raise ValueError(f"holds a value of the kind {kind!r}, which is never read")
    if kind == "msgpack":
        for code, content in _apart(blob)[1]:
            _check_named(code, content, known)


def renamed_blob(kind: str | None, blob: bytes, change: Change) -> bytes:
    """The same value with every text in it changed; values that no change touches stay byte for byte."""
    if kind != "msgpack":
        return blob
    touched: list[bool] = []

    def tell(text: str) -> str:
        fresh = change(text)
        if fresh != text:
            touched.append(True)
        return fresh

    content = _changed(_apart(blob)[0], tell)
    return _together(content) if touched else blob


def _apart(blob: bytes, depth: int = 0) -> tuple[Any, list[tuple[int, Any]]]:
    """The value, and every extension in it at any depth."""
    if depth > DEEPEST:
        raise ValueError("nests values deeper than any checkpoint does")
    found: list[Extension] = []

    def extension(code: int, content: bytes) -> Extension:
        one = Extension(code, content)
        found.append(one)
        return one

    try:
        value = ormsgpack.unpackb(blob, ext_hook=extension, option=ormsgpack.OPT_NON_STR_KEYS)
    except ormsgpack.MsgpackDecodeError as exc:
        raise ValueError("holds a value that is damaged") from exc
    named: list[tuple[int, Any]] = []
    # After the reading, because an error inside of a hook comes out as another one.
    for one in found:
        one.content, inner = _apart(one.content, depth + 1)
        named += [(one.code, one.content), *inner]
    return value, named


def _check_named(code: int, content: Any, known: Collection[Named]) -> None:
    if not isinstance(content, list | tuple) or len(content) < 3:
        raise ValueError("holds a value that no checkpoint holds")
    module, name = content[0], content[1]
    if not isinstance(module, str) or not isinstance(name, str):
        raise ValueError("holds a value that no checkpoint holds")
    if code in BUILDS and (module, name) in SAFE_MSGPACK_TYPES:
        return
    if code == MODEL and (module, name) in known:
        return
    if code == CALLS and len(content) == 4 and (module, name, content[3]) in SAFE_MSGPACK_METHODS:
        return
    raise ValueError(f"names {module[:100]}.{name[:100]}, which is never built from a checkpoint")


def _changed(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {_changed(key, change): _changed(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(inner, change) for inner in value]
    if isinstance(value, Extension):
        return Extension(value.code, _changed(value.content, change))
    return value


def _together(value: Any) -> bytes:
    return ormsgpack.packb(
        value,
        default=lambda one: ormsgpack.Ext(one.code, _together(one.content)),
        option=ormsgpack.OPT_NON_STR_KEYS,
    )
