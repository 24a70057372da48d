"""The binary values of checkpoints, taken apart without building anything that they name.

A value is msgpack; what is more than plain data is an extension that names a Python class. The strict
serializer refuses classes it does not know when it reads them. Here they are refused before they are stored.
"""

from collections.abc import Callable
from typing import Any

import ormsgpack
from langgraph.checkpoint.serde._msgpack import SAFE_MSGPACK_METHODS, SAFE_MSGPACK_TYPES

KNOWN_TYPES = frozenset({"msgpack", "bytes", "null", "empty"})
"""How the saver writes a value. `json` and `pickle` name classes in ways of their own and never arrive."""
BUILDS = frozenset({0, 1, 2, 5})
"""langgraph's extensions that build `(module, name, arguments, ...)`."""
CALLS = 3
"""The extension that calls `(module, name, argument, method)`."""
DEEPEST = 60
Change = Callable[[str], str]


class Extension:
    """One extension as it is stored: its number, and its content taken apart."""

    def __init__(self, code: int, content: Any) -> None:
        self.code = code
        self.content = content


def check_blob(kind: str | None, blob: bytes) -> None:
    """Let pass what the strict serializer would read back as it was written.

    Raises:
        ValueError: another kind of value, damaged, or naming a class that is never built here.
    """
    if kind is not None and kind not in KNOWN_TYPES:
        raise ValueError(f"holds a value of the kind {kind!r}, which is never read")
    if kind == "msgpack":
        _apart(blob)


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

    content = _changed(_apart(blob), tell)
    return _together(content) if touched else blob


def _apart(blob: bytes, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise ValueError("nests values deeper than any checkpoint does")

    def extension(code: int, content: bytes) -> Extension:
        inner = _apart(content, depth + 1)
        _check_named(code, inner)
        return Extension(code, inner)

    try:
        return ormsgpack.unpackb(blob, ext_hook=extension, option=ormsgpack.OPT_NON_STR_KEYS)
    except ormsgpack.MsgpackDecodeError as exc:
        raise ValueError("holds a value that is damaged") from exc


def _check_named(code: int, content: Any) -> None:
    if not isinstance(content, list | tuple) or len(content) < 3:
        raise ValueError("holds a value that no checkpoint holds")
    module, name = content[0], content[1]
    if not isinstance(module, str) or not isinstance(name, str):
        raise ValueError("holds a value that no checkpoint holds")
    if code in BUILDS and (module, name) in SAFE_MSGPACK_TYPES:
        return
    if code == CALLS and len(content) == 4 and (module, name, content[3]) in SAFE_MSGPACK_METHODS:
        return
    raise ValueError(f"names {module}.{name}, which is never built from a checkpoint")


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
