"""Where the pages join the service: their addresses, their files, and what a refusal looks like."""

from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from server.console.pages import accounts, keys, new_production, production, start
from server.console.public_api import ApiRefused, PublicApi
from server.console.rendering import STATIC, page

YEAR_S = 31_536_000


class PageFiles(StaticFiles):
    """Files whose address names their content are kept by browsers; the others are asked about again."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Any, status_code: int = 200) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        named = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable" if named else "no-cache"
        return answer


def install_console(app: FastAPI) -> None:
    """Open the pages of this app."""
    for each in (accounts, keys, start, new_production, production):
        app.include_router(each.router, include_in_schema=False)
    app.mount("/static", PageFiles(directory=STATIC), name="static")
    app.add_exception_handler(ApiRefused, _refused)


async def _refused(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, ApiRefused)  # noqa: S101  # registered for this class only
    account = PublicApi(request).account
    return page("problem.html", account=account, status=exc.status, problem=exc.problem)
