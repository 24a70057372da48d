"""Gemini's two kinds of streams: server-sent events with `alt=sse`, and one JSON array without."""

import json

from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.google_parts import Parts
from tests.standins.model_vendors.plans import Piece, Plan


class _Events:
    """What both have in common: which events there are."""

    content_type = ""

    def __init__(self, plan: Plan, parts: Parts) -> None:
        self._plan, self._parts = plan, parts
        self._gone = self._told = 0

    def opening(self) -> bytes:
        return b""

    def piece(self, piece: Piece) -> bytes:
        self._gone += 1
        event = self._parts.piece(piece, self._plan.after(self._gone))
        return b"" if event is None else self._word(json.dumps(event))

    def closing(self) -> bytes:
        return self._word(json.dumps(self._parts.last()))

    def broken(self) -> bytes:
        return self._word('{"candidates": [{"content": {"par')

    def failed(self, no: Rejected) -> bytes:
        return self._word(json.dumps(no.body))

    def _word(self, text: str) -> bytes:
        raise NotImplementedError


class ServerEvents(_Events):
    content_type = "text/event-stream"

    def _word(self, text: str) -> bytes:
        return f"data: {text}\r\n\r\n".encode()


class ArrayEvents(_Events):
    content_type = "application/json; charset=UTF-8"

    def closing(self) -> bytes:
        return super().closing() + b"]\n"

    def _word(self, text: str) -> bytes:
        self._told += 1
        return f"{'[' if self._told == 1 else ',' + chr(13) + chr(10)}{text}\n".encode()
