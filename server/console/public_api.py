"""The public API, asked from within the process: pages see what every client sees, refusals included."""

import json
from typing import Any, TypeVar

import httpx
from fastapi import Request
from pydantic import BaseModel

from server.limits.classes import own_page
from server.problems import Problem

T = TypeVar("T", bound=BaseModel)
PASSED_ON = ("authorization", "cookie")
"""Headers of the visitor that decide what the API lets them see."""


class ApiRefused(Exception):
    """The API said no to a page; `status` and `problem` are its own."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem.message)
        self.status = status
        self.problem = problem


class PublicApi:
    """One visitor's view of `/api`; no socket is opened."""

    def __init__(self, request: Request) -> None:
        self._transport = httpx.ASGITransport(app=request.app)
        self._base = f"{request.url.scheme}://{request.url.netloc}"
        self._state = request.state
        self._headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}

    @property
    def account(self) -> str | None:
        """What to call the visitor; None where there are no accounts."""
        visitor = getattr(self._state, "visitor", None)
        return visitor.shown_as if visitor else None

    async def one(self, model: type[T], path: str, **params: Any) -> T:
        """The answer's data as a wire model."""
        return model.model_validate((await self._get(path, params))["data"])

    async def many(self, model: type[T], path: str, **params: Any) -> list[T]:
        """The answer's list as wire models."""
        return [model.model_validate(each) for each in (await self._get(path, params))["data"]]

    async def page(self, model: type[T], path: str, **params: Any) -> tuple[list[T], dict[str, int]]:
        """One page of a list, and where it lies."""
        body = await self._get(path, params)
        return [model.model_validate(each) for each in body["data"]], body["pagination"]

    async def _get(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        asked = httpx.Request("GET", f"{self._base}{path}", params=params, headers=self._headers)
        with own_page():
            answer = await self._transport.handle_async_request(asked)
        body: dict[str, Any] = json.loads(await answer.aread())
        if answer.status_code >= 400:
            raise ApiRefused(answer.status_code, Problem.model_validate(body["error"]))
        return body
