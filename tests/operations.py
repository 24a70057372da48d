"""The operations of our API, read from the routes: to write the whole description takes most of a second."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts


def operations_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method, in small letters as there, and path; `test_openapi` says that they are the same."""
    for told in iter_route_contexts(app.routes):
        route = told.original_route
        if isinstance(route, APIRoute) and told.include_in_schema:
            yield from ((method.lower(), str(told.path_format)) for method in sorted(told.methods or ()))
