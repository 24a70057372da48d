"""Messages of the log as content-block events: a start, blocks that grow, an end with what was used.

One message is many rows of the log, and one row may be several events: a row holds what a model
said since the row before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from langchain_core.messages import AIMessage, AIMessageChunk

from server.deps import LoggedEvent as Row

Data = dict[str, Any]
ROLES = {
    "ai": "ai",
    "AIMessageChunk": "ai",
    "human": "human",
    "HumanMessageChunk": "human",
    "system": "system",
}
"""Tools' results are no messages of this channel: the state holds them."""
GROWING = {"text": "text", "reasoning": "reasoning", "tool_call_chunk": "args"}
"""Blocks that come in pieces, and the field that grows."""


@dataclass
class _Open:
    """A message that is still being said."""

    identity: str
    blocks: dict[Any, Data] = field(default_factory=dict)
    usage: Data = field(default_factory=dict)
    facts: Data = field(default_factory=dict)


class OpenMessages:
    """Turns rows of messages, in order, into the data of content-block events."""

    def __init__(self) -> None:
        self._open: dict[str, _Open] = {}

    def read(self, row: Row) -> Iterator[Data]:
        """The events of the next row."""
        told = row.payload["message"]
        role = ROLES.get(told.get("type", ""))
        if role is None:
            return
        identity = str(told.get("id") or row.event_id)
        message = self._open.get(identity)
        if message is None:
            message = self._open[identity] = _Open(identity)
            yield _start(message, role, row)
        for key, block in _blocks(told):
            yield from _grow(message, key, block)
        _add_facts(message, told)
        if row.payload["last"]:
            del self._open[identity]
            yield from _finish(message)

    def give_up(self) -> Iterator[Data]:
        """The run is over; whatever was being said will not be finished."""
        for message in self._open.values():
            yield {
                "event": "error",
                "id": message.identity,
                "message": "The run ended before this message did.",
            }
        self._open.clear()


def _start(message: _Open, role: str, row: Row) -> Data:
    told = row.payload["metadata"] or {}
    facts = {
        "provider": told.get("ls_provider"),
        "model": told.get("ls_model_name"),
        "run_id": row.run_id,
        "langgraph_node": told.get("langgraph_node"),
    }
    known = {name: fact for name, fact in facts.items() if fact is not None}
    return {"event": "message-start", "role": role, "id": message.identity, "metadata": known}


def _blocks(told: Data) -> Iterator[tuple[Any, Data]]:
    """The pieces of a message with what tells them apart: their own index, or kind and place."""
    kind = AIMessageChunk if told["type"] == "AIMessageChunk" else AIMessage
    shown = {**told, "type": "AIMessageChunk" if kind is AIMessageChunk else "ai"}
    for place, block in enumerate(kind.model_validate(shown).content_blocks):
        found: Data = dict(block)
        key = found.get("index")
        yield (key if key is not None else (found.get("type"), place)), found


def _grow(message: _Open, key: Any, piece: Data) -> Iterator[Data]:
    name = GROWING.get(str(piece.get("type")), "")
    known = message.blocks.get(key)
    if known is None:
        known = message.blocks[key] = {**piece, name: ""} if name else piece
        at = len(message.blocks) - 1
        yield _event(message, "content-block-start", at, content=_without_index(known))
    else:
        known.update({field: fact for field, fact in piece.items() if fact is not None and field != name})
    if name and piece.get(name):
        known[name] += piece[name]
        at = list(message.blocks).index(key)
        yield _event(message, "content-block-delta", at, delta=_delta(known, name, piece[name]))


def _delta(block: Data, name: str, piece: str) -> Data:
    """A piece of text; a call of a tool is sent as far as it is known, which is what every client reads."""
    if name == "args":
        return {"type": "block-delta", "fields": _without_index(block)}
    return {"type": f"{name}-delta", name: piece}


def _add_facts(message: _Open, told: Data) -> None:
    message.facts.update(told.get("response_metadata") or {})
    for name, count in (told.get("usage_metadata") or {}).items():
        before = message.usage.get(name)
        message.usage[name] = before + count if isinstance(before, int) and isinstance(count, int) else count


def _finish(message: _Open) -> Iterator[Data]:
    for at, block in enumerate(message.blocks.values()):
        yield _event(message, "content-block-finish", at, content=_whole(_without_index(block)))
    end: Data = {"event": "message-finish", "id": message.identity}
    if message.usage:
        end["usage"] = message.usage
    yield end | ({"metadata": message.facts} if message.facts else {})


def _whole(block: Data) -> Data:
    """A block as it is when nothing is added any more: a call of a tool has arguments, or cannot be read."""
    if block.get("type") != "tool_call_chunk":
        return block
    named = {"id": block.get("id"), "name": block.get("name") or ""}
    try:
        arguments = orjson.loads(block["args"] or "{}")
    except ValueError:
        arguments = None
    if isinstance(arguments, dict):
        return {"type": "tool_call", **named, "args": arguments}
    return {
        "type": "invalid_tool_call",
        **named,
        "args": block["args"],
        "error": "The arguments are no JSON.",
    }


def _without_index(block: Data) -> Data:
    return {name: value for name, value in block.items() if name != "index"}


def _event(message: _Open, word: str, at: int, **more: Data) -> Data:
    """Every event names its message: two models may speak at the same time."""
    return {"event": word, "id": message.identity, "index": at, **more}
