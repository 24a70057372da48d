"""Fal's storage: a token, an upload to the CDN, the older way by a signed address [src: fal_client 1.0.3]."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from tests.standins.job_vendors.clocks import stamp
from tests.standins.job_vendors.shelf import Shelf, Upload
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.wire import Request

TOKEN_LIFE_S = 600.0


class Storage:
    """Who holds a token may upload; who has an address may read."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.tokens: dict[str, float] = {}
        self.promised: dict[str, tuple[str, str, float | None]] = {}
        """Names, kinds and ends of files whose bytes are still to come."""

    def token(self, url: str, now: float) -> dict[str, Any]:
        """POST /storage/auth/token"""
        token = secrets.token_urlsafe(24)
        self.tokens[token] = now + TOKEN_LIFE_S
        return {"token": token, "token_type": "Bearer", "base_url": url,
                "expires_at": stamp(now + TOKEN_LIFE_S).replace("Z", "+00:00")}  # fmt: skip

    def upload(self, request: Request, url: str, now: float) -> dict[str, Any]:
        """POST /files/upload with the token. Raises `Rejected`."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or self.tokens.get(token, 0) <= now:
            raise Rejected(401, {"detail": "Invalid or expired token"}, {}, "token")
        name = request.headers.get("x-fal-file-name", "upload.bin").replace("/", "_")
        mime = request.headers.get("content-type", "application/octet-stream")
        return {"access_url": self._keep(request.body, name, mime, url, now, life_s(request.headers))}

    def _keep(self, content: bytes, name: str, mime: str, url: str, now: float, life: float | None) -> str:
        id = secrets.token_hex(12)
        self.shelf.put(Upload(id, name, mime, content, now, None if life is None else now + life))
        return f"{url}/files/b/{id}/{name}"

    def promise(self, request: Request, url: str, now: float) -> dict[str, Any]:
        """POST /storage/upload/initiate"""
        told = json.loads(request.body or b"{}")
        id, name = secrets.token_hex(12), str(told.get("file_name", "upload.bin")).replace("/", "_")
        self.promised[id] = (name, str(told.get("content_type", "")), life_s(request.headers))
        return {
            "upload_url": f"{url}/storage/put/{id}?signature=stand-in",
            "file_url": f"{url}/files/b/{id}/{name}",
        }

    def put(self, id: str, request: Request, now: float) -> None:
        """PUT to the signed address, once. Raises `Rejected`."""
        if id not in self.promised:
            raise Rejected(403, {"detail": "Signature is not valid"}, {}, "signature")
        name, mime, life = self.promised.pop(id)
        self.shelf.put(Upload(id, name, mime, request.body, now, None if life is None else now + life))


def life_s(headers: Mapping[str, str]) -> float | None:
    """How long files live, as the customer wants it; None: for ever [doc, src]."""
    for name in ("x-fal-object-lifecycle-preference", "x-fal-object-lifecycle"):
        if headers.get(name):
            wanted = json.loads(headers[name]).get("expiration_duration_seconds")
            return None if wanted is None else float(wanted)
    return None
