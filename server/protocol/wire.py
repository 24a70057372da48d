"""How LangGraph's routes read and write JSON: unknown fields are ignored, answers can always be read."""

import json
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import orjson
from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from server.problems import brief_incomplete
from server.sent_text import check_storable

MOST_OFFSET = 1_000_000_000
JSON_SENT_AS = frozenset({"", "text/plain"})
"""What a client may call JSON besides its own name: Studio sends text, some send nothing."""
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Detail(BaseModel):
    """Every refusal on these routes looks like this."""

    detail: str = Field(description="What went wrong, in one sentence.", examples=["Nothing has this id."])


ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Detail, "description": "The body cannot be read at all."},
    404: {"model": Detail, "description": "There is no such thing for this user."},
    409: {"model": Detail, "description": "It cannot be done now; nothing was changed."},
    413: {"model": Detail, "description": "The body is too large."},
    422: {"model": Detail, "description": "A field is wrong; the words name it."},
    429: {"model": Detail, "description": "Too much for now; `Retry-After` says when to send it again."},
    503: {"model": Detail, "description": "The database cannot be reached."},
}


class ProtocolBody(BaseModel):
    """What a stock client sends: more than any one server knows, and only text that can be stored."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, sent: Any) -> Any:
        check_storable(sent)
        return sent


class JsonRequest(Request):
    """A request whose body is read as strict JSON: no NaN, no half characters, no bottomless nesting."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = orjson.loads(await self.body())
        return self._json


class JsonRoute(APIRoute):
    """A route that takes JSON whatever the client calls it."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def read_as_json(request: Request) -> Response:
            return await handle(JsonRequest(_as_json(request), request.receive))

        return read_as_json


def _as_json(request: Request) -> Any:
    sent_as = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent_as not in JSON_SENT_AS:
        return request.scope
    others = [pair for pair in request.scope["headers"] if pair[0] != b"content-type"]
    return {**request.scope, "headers": [*others, (b"content-type", b"application/json")]}


class JsonAnswer(Response):
    """An answer that every client can read: NaN becomes null, what JSON does not know becomes text."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return dump_json(content)


def dump_json(value: Any) -> bytes:
    """Compact JSON of anything a graph may hold."""
    try:
        return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:  # a whole number of more than 64 bits
        return json.dumps(_without_nan(value), default=_plain, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """A message or another model as its fields, a time as ISO 8601 says it, everything else as its text."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    if isinstance(value, float) and value - value != 0:
        return None
    return value


def found(view: type[BaseModel], name: str) -> Any:
    """The list that a search answers with: `select` may leave out any field."""
    fields: dict[str, Any] = {
        key: (field.annotation | None, Field(default=None, description=field.description))  # type: ignore[operator]  # made at run time
        for key, field in view.model_fields.items()
    }
    part: Any = create_model(name, __doc__=view.__doc__, **fields)
    return list[part]


def page_headers(*, total: int, offset: int, shown: int) -> dict[str, str]:
    """Where a page lies; the next offset is absent on the last one."""
    following = offset + shown
    more = {"X-Pagination-Next": str(following)} if shown and following < total else {}
    return {"X-Pagination-Total": str(total), **more}


ENVELOPE_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Detail, "description": "This is no JSON, or not of this shape; the words name the field."},
    404: {"model": Detail, "description": "There is no such thing for this user."},
    422: {"model": Detail, "description": "The id in the path is none."},
    503: {"model": Detail, "description": "The database cannot be reached."},
}


class EnvelopeRoute(JsonRoute):
    """A route of protocol v2: a body that cannot be read is 400, whatever else is wrong is in the answer."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def refuse_malformed(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as exc:
                raise HTTPException(400, brief_incomplete(exc.errors()).message) from exc

        return refuse_malformed
