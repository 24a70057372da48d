"""Which requests are counted together. A route says so where it is declared; otherwise it is `general`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, TypeVar

RouteClass = Literal["upload", "generate", "refine", "production", "general"]
Decide = Callable[[Any], RouteClass]
"""Reads the class from what was sent. It gets any JSON value, and must not fail over it."""
Route = TypeVar("Route", bound=Callable[..., Any])

_DECLARED: dict[Callable[..., Any], RouteClass | Decide] = {}
_OWN_PAGE: ContextVar[bool] = ContextVar("own_page", default=False)


def counts_as(kind: RouteClass | Decide) -> Callable[[Route], Route]:
    """Declare the class of a route: `@router.post(...)` above, `@counts_as("generate")` below it."""

    def declare(route: Route) -> Route:
        _DECLARED[route] = kind
        return route

    return declare


def declared(route: Callable[..., Any] | None) -> RouteClass | Decide:
    """The class that a route was declared with, or how to tell it."""
    return _DECLARED.get(route, "general") if route is not None else "general"


def of_answer(sent: Any) -> RouteClass:
    """The class of an answer to a gate in the domain API."""
    return of_replies([sent.get("reply")]) if isinstance(sent, dict) else "refine"


def of_run(sent: Any) -> RouteClass:
    """The class of a body that creates a LangGraph run: an answer is what it answers, all else generates."""
    command = sent.get("command") if isinstance(sent, dict) else None
    if not isinstance(command, dict) or command.get("resume") is None:
        return "generate"
    resume = command["resume"]
    several = list(resume.values()) if isinstance(resume, dict) else []
    return of_replies([resume, *several])


def of_command(sent: Any) -> RouteClass:
    """The class of a command of protocol v2."""
    method = sent.get("method") if isinstance(sent, dict) else None
    if method == "run.start":
        return "generate"
    if method != "input.respond":
        return "general"
    params = sent.get("params")
    if not isinstance(params, dict):
        return "refine"
    responses = params.get("responses")
    each = responses if isinstance(responses, list) else [params]
    return of_replies([one.get("response") for one in each if isinstance(one, dict)])


def of_replies(replies: list[Any]) -> RouteClass:
    """An answer that approves a quote buys; every other one refines."""
    buys = any(isinstance(reply, dict) and reply.get("quote_id") for reply in replies)
    return "production" if buys else "refine"


@contextmanager
def own_page() -> Iterator[None]:
    """What is asked inside is asked by a page of ours, within the process: the visitor asked once."""
    token = _OWN_PAGE.set(True)
    try:
        yield
    finally:
        _OWN_PAGE.reset(token)


def is_own_page() -> bool:
    """Whether a page of ours is asking, and not somebody outside."""
    return _OWN_PAGE.get()
