"""What every request passes: an id, a log line, a size limit, a host and an origin check, and a last net."""

import time
import uuid
from collections.abc import Mapping
from types import MappingProxyType

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.archives.format import MAX_FILE_BYTES
from server.nesting import Nesting
from server.origins import Origins
from server.problems import foreign_page, unexpected
from server.sent_files import MAX_BODY_BYTES
from tools.media.clips import LOOK
from tools.media.sounds import MAX_SOUND_BYTES
from tools.media.upload import MAX_UPLOAD_BYTES
from tools.telemetry.meters import REQUEST_SECONDS

log = structlog.stdlib.get_logger("server.traffic")
BODY_LIMIT_BYTES = 1_048_576
NESTING_LIMIT = 64
"""Brackets within brackets in any body. The domain API allows fewer (`sent_text.DEPTH_LIMIT`)."""
UPLOAD_LIMIT_BYTES = MAX_UPLOAD_BYTES + 1
MAX_SENT_BYTES = LOOK.file_bytes
UPLOADS = {
    ("POST", "/api/media"): UPLOAD_LIMIT_BYTES,
    ("POST", "/api/media/sounds"): MAX_SOUND_BYTES,
    ("POST", "/api/editor/upload-music"): MAX_SOUND_BYTES,
    ("POST", "/api/upload"): MAX_BODY_BYTES,
    ("POST", "/api/products/upload"): MAX_BODY_BYTES,
    ("POST", "/api/archives"): MAX_FILE_BYTES,
}
SENT_TO = "/api/assets/upload/"
"""Below it lie files that are sent piece by piece; each is as long as was announced."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestLog:
    """Numbers and logs each request, and answers for errors that nobody foresaw."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex[:12]
        state = scope.setdefault("state", {})
        seen: dict[str, int] = {}

        async def numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.update(state.pop("limit_headers", {}))  # a stream may stay open for days
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, numbered)
            except Exception:  # the top of a request: nothing above may see a traceback
                log.exception("request_crashed", path=scope["path"], method=scope["method"])
                if "status" in seen:
                    raise
                await unexpected(scope["path"])(scope, receive, numbered)
            took_s = time.perf_counter() - started
            status = seen.get("status", 0)
            REQUEST_SECONDS.labels(*_labels(scope, status)).observe(took_s)
            took = round(took_s * 1000, 1)
            log.info("request", method=scope["method"], path=scope["path"], status=status, took_ms=took)


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _labels(scope: Scope, status: int) -> tuple[str, str, str]:
    """The route as it was declared, never the path: that holds ids, and whatever strangers make up."""
    route = getattr(scope.get("route"), "path", None)
    method = scope["method"] if scope["method"] in METHODS else "other"
    return method, route if isinstance(route, str) else "none", f"{status // 100}xx" if status else "cut"


class OwnPages:
    """Lets no page of another site start, answer or cancel anything with a visitor's browser.

    Programs send neither header. A browser says where a request comes from: in `Sec-Fetch-Site`, and
    where it does not trust the connection enough for that, in `Origin`. On LangGraph's routes the
    pages that `origins` lets in may act; under `/api` our own alone.
    """

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        acts = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        if acts and _is_foreign(scope) and not self._let_in(scope):
            await foreign_page(scope["path"])(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _let_in(self, scope: Scope) -> bool:
        origin = Headers(scope=scope).get("origin")
        return origin is not None and not scope["path"].startswith("/api") and self.origins.allow(origin)


def _is_foreign(scope: Scope) -> bool:
    return comes_from_elsewhere(Headers(scope=scope))


def comes_from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that a page of another site asks."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


class OnlyEncrypted:
    """Has browsers come back by https alone, for a year; for a server whose address begins with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, told if scope["type"] == "http" else send)


class DepthLimit:
    """Refuses bodies that are nested without end, before anybody parses them."""

    def __init__(self, app: ASGIApp, limit: int = NESTING_LIMIT) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or not _may_be_json(scope):
            await self.app(scope, receive, send)
            return
        nesting = Nesting()

        async def measured() -> Message:
            message = await receive()
            if nesting.deepest(message.get("body", b"")) > self.limit:
                raise HTTPException(422, f"The body is nested deeper than {self.limit} levels.")
            return message

        await self.app(scope, measured, send)


def _may_be_json(scope: Scope) -> bool:
    kind = Headers(scope=scope).get("content-type", "").lower()
    return not kind or "json" in kind or kind.startswith(("text/", "application/x-www-form-urlencoded"))


class BodyLimit:
    """Reads no more of a body than its route may have, whatever its length claims to be."""

    def __init__(
        self,
        app: ASGIApp,
        limit: int = BODY_LIMIT_BYTES,
        uploads: Mapping[tuple[str, str], int] = MappingProxyType(UPLOADS),
    ) -> None:
        self.app = app
        self.limit = limit
        self.uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.uploads.get((scope["method"], scope["path"]), self.limit)
        if scope["method"] == "PATCH" and scope["path"].startswith(SENT_TO):
            limit = MAX_SENT_BYTES
        claimed = Headers(scope=scope).get("content-length", "0")
        read = int(claimed) if claimed.isdigit() and int(claimed) > limit else 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413, f"The request is larger than {limit} bytes.")
            return message

        await self.app(scope, counted, send)
