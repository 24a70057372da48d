"""Which pages of other origins a visitor's browser lets in, and what their requests may carry.

A program sends no origin and is not meant here. What is not named here is refused by the browser
when it reads and by `traffic.OwnPages` when it changes something.
"""

import re
from dataclasses import dataclass

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from state.errors import SettingInvalid

STUDIO = ("https://smith.langchain.com", "https://eu.smith.langchain.com")
ORIGIN = r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[1-9][0-9]{0,4})?"
THIS_MACHINE = r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::[1-9][0-9]{0,4})?"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EXPOSED = (
    "Location", "Content-Location", "X-Pagination-Total", "X-Pagination-Next", "X-Request-Id",
    "Retry-After", "RateLimit", "RateLimit-Policy",
)  # fmt: skip
"""Without the first two no client of another origin can come back to a stream."""
PREFLIGHT_S = 600


@dataclass(frozen=True, kw_only=True)
class Origins:
    """The pages that are let in."""

    named: tuple[str, ...] = ()
    this_machine: bool = False
    everybody: bool = False

    def allow(self, origin: str) -> bool:
        """Whether a page of this origin is let in."""
        if self.everybody or origin in self.named:
            return True
        return self.this_machine and re.fullmatch(THIS_MACHINE, origin) is not None


def read_origins(text: str) -> Origins:
    """The setting: origins and the words `local`, `studio`, `none` and `*`, between commas.

    Raises:
        SettingInvalid: names what is no origin.
    """
    said = [part.strip().rstrip("/").lower() for part in text.split(",") if part.strip()]
    words = {"local", "studio", "none", "*"}
    for part in said:
        if part not in words and re.fullmatch(ORIGIN, part) is None:
            raise SettingInvalid(
                f"GREENLIGHT_CORS_ORIGINS: {part!r} is no origin; write https://host or http://host:port,"
                " or one of the words local, studio, none.",
                details={"setting": "GREENLIGHT_CORS_ORIGINS"},
            )
    named = [part for part in said if part not in words]
    return Origins(
        named=tuple(named + list(STUDIO) * ("studio" in said)),
        this_machine="local" in said,
        everybody="*" in said,
    )


class LetIn:
    """Tells browsers which origins may call LangGraph's routes; `/api` belongs to our own pages."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self.app = app
        self.cors = CORSMiddleware(
            app,
            allow_origins=["*"] if origins.everybody else origins.named,
            allow_origin_regex=THIS_MACHINE if origins.this_machine else None,
            allow_methods=METHODS,
            # Stock clients send x-api-key, x-auth-scheme and more from release to release. Nothing a page
            # could add here is secret: the browser sends no cookie along.
            allow_headers=["*"],
            expose_headers=EXPOSED,
            # Without it Chrome keeps a hosted Studio from a server on the visitor's own machine.
            allow_private_network=True,
            max_age=PREFLIGHT_S,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope["type"] == "http" and scope["path"].startswith("/api")
        await (self.app if ours else self.cors)(scope, receive, send)
