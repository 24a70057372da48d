"""The events of a streamed response, in the order in which OpenAI sends them."""

import json
from typing import Any

from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.openai_body import Body
from tests.standins.model_vendors.plans import Piece, Plan
from tests.standins.model_vendors.wire import EVENTS


class ResponseEvents:
    """Opens and closes the items of the output around the pieces."""

    content_type = EVENTS["content-type"]

    def __init__(self, plan: Plan, body: Body) -> None:
        self._plan, self._body = plan, body
        self._number = 0
        self._left = list(enumerate(body.items))
        """The items that are still to come, with their places."""
        self._open: tuple[int, dict[str, Any]] | None = None

    def opening(self) -> bytes:
        created = self._event("response.created", response=self._body.started())
        return created + self._event("response.in_progress", response=self._body.started())

    def piece(self, piece: Piece) -> bytes:
        sent = b""
        if piece.first or self._open is None:
            sent = self._close() + self._open_next()
        assert self._open is not None
        place, item = self._open
        where: dict[str, Any] = {"item_id": item["id"], "output_index": place}
        match piece.kind:
            case "reasoning":
                if item["summary"]:
                    sent += self._event(
                        "response.reasoning_summary_text.delta", **where, summary_index=0, delta=piece.text
                    )
            case "call":
                sent += self._event("response.function_call_arguments.delta", **where, delta=piece.text)
            case "text":
                sent += self._event(
                    "response.output_text.delta", **where, content_index=0, delta=piece.text, logprobs=[]
                )
            case "refusal":
                sent += self._event("response.refusal.delta", **where, content_index=0, delta=piece.text)
        return sent

    def closing(self) -> bytes:
        sent = self._close()
        while self._left:  # without a piece of their own: an empty message, a thought nobody shows
            sent += self._open_next() + self._close()
        finished = self._body.finished()
        return sent + self._event(f"response.{finished['status']}", response=finished)

    def broken(self) -> bytes:
        return b'event: response.output_text.delta\ndata: {"type":"response.output_te\n\n'

    def failed(self, no: Rejected) -> bytes:
        error = no.body["error"]
        told = {name: error[name] for name in ("type", "code", "message", "param")}
        said = {name: error[name] for name in ("code", "message")}
        failed = {**self._body.started("failed"), "error": said}
        return self._event("error", error=told) + self._event("response.failed", response=failed)

    def _open_next(self) -> bytes:
        place, item = self._open = self._left.pop(0)
        begun = dict(item)
        for name in {"content", "arguments", "summary"} & set(item):
            begun[name] = type(item[name])()
        if "status" in begun:
            begun["status"] = "in_progress"
        sent = self._event("response.output_item.added", output_index=place, item=begun)
        where: dict[str, Any] = {"item_id": item["id"], "output_index": place}
        for number, part in enumerate(item.get("content", [])):
            word = "refusal" if part["type"] == "refusal" else "text"
            sent += self._event(
                "response.content_part.added", **where, content_index=number, part={**part, word: ""}
            )
        for number, part in enumerate(item.get("summary", [])):
            sent += self._event(
                "response.reasoning_summary_part.added",
                **where,
                summary_index=number,
                part={**part, "text": ""},
            )
        return sent

    def _close(self) -> bytes:
        if self._open is None:
            return b""
        place, item = self._open
        self._open, sent = None, b""
        where: dict[str, Any] = {"item_id": item["id"], "output_index": place}
        for number, part in enumerate(item.get("content", [])):
            sent += self._part_done(part, {**where, "content_index": number})
        for number, part in enumerate(item.get("summary", [])):
            at = {**where, "summary_index": number}
            sent += self._event("response.reasoning_summary_text.done", **at, text=part["text"])
            sent += self._event("response.reasoning_summary_part.done", **at, part=part)
        if "arguments" in item:
            sent += self._event(
                "response.function_call_arguments.done",
                **where,
                arguments=item["arguments"],
                name=item["name"],
            )
        return sent + self._event("response.output_item.done", output_index=place, item=item)

    def _part_done(self, part: dict[str, Any], where: dict[str, Any]) -> bytes:
        if part["type"] == "refusal":
            sent = self._event("response.refusal.done", **where, refusal=part["refusal"])
        else:
            sent = self._event("response.output_text.done", **where, text=part["text"], logprobs=[])
        return sent + self._event("response.content_part.done", **where, part=part)

    def _event(self, kind: str, **fields: Any) -> bytes:
        event = {"type": kind, "sequence_number": self._number, **fields}
        self._number += 1
        return f"event: {kind}\ndata: {json.dumps(event, separators=(',', ':'))}\n\n".encode()
