"""What a route needs is found on the event loop: a plain function would be sent to a thread, each time."""

from collections.abc import Iterator
from inspect import iscoroutinefunction

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from server.app import PROTOCOL_ROUTERS, ROUTERS

ROUTES = [
    route for router in ROUTERS + PROTOCOL_ROUTERS for route in router.routes if isinstance(route, APIRoute)
]


def needed(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from needed(inner)


def on_the_loop(call: object) -> bool:
    return iscoroutinefunction(call) or iscoroutinefunction(type(call).__call__)


def test_the_walk_sees_dependencies() -> None:
    """The control: a plain function is told from the others."""
    assert len([call for route in ROUTES for call in needed(route.dependant)]) > 100
    assert not on_the_loop(len)
    assert not on_the_loop(dict)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{sorted(route.methods)[0]} {route.path}")
def test_no_dependency_waits_for_a_thread(route: APIRoute) -> None:
    assert [call for call in needed(route.dependant) if not on_the_loop(call)] == []
