"""Files that customers uploaded, and references that jobs are given: own files, data URLs, loopback."""

import base64
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx


class Unreachable(ValueError):
    """A reference that cannot be read, as a vendor would find."""


@dataclass
class Upload:
    """One file of a customer."""

    id: str
    name: str
    mime: str
    content: bytes
    created_at: float
    expires_at: float | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Shelf:
    """Uploads by their ids; in a folder too, when there is one."""

    folder: Path | None = None
    uploads: dict[str, Upload] = field(default_factory=dict)
    fetched: dict[str, bytes] = field(default_factory=dict)
    """What was read from other servers of this machine, by address."""
    insets: dict[str, bytes] = field(default_factory=dict)
    """The first picture that came with a job, by the job's id."""

    def __post_init__(self) -> None:
        for file in sorted(self.folder.glob("*")) if self.folder and self.folder.is_dir() else ():
            made, _, rest = file.name.partition("~")
            id, _, kind = rest.partition("~")
            mime = kind.replace("_", "/")
            self.uploads[id] = Upload(id, id, mime, file.read_bytes(), float(made), None)

    def put(self, upload: Upload) -> Upload:
        self.uploads[upload.id] = upload
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = f"{upload.created_at}~{upload.id}~{upload.mime.replace('/', '_')}"
            (self.folder / name).write_bytes(upload.content)
        return upload

    async def read(self, address: str, own: str, now: float) -> bytes | None:
        """The bytes behind a reference; None for a server elsewhere, which nobody here may ask.

        `own` is the vendor's own address. Raises `Unreachable`.
        """
        if address.startswith("data:"):
            return _data(address)
        if address.startswith(own):
            return self._own(address, now)
        where = urlsplit(address)
        if where.scheme not in ("http", "https"):
            raise Unreachable(f"no address: {address[:80]}")
        if where.hostname not in ("127.0.0.1", "localhost"):
            return None
        return await self._fetch(address)

    def _own(self, address: str, now: float) -> bytes:
        parts = urlsplit(address).path.split("/")
        upload = next((self.uploads[part] for part in parts if part in self.uploads), None)
        if upload is None or (upload.expires_at is not None and upload.expires_at <= now):
            raise Unreachable("no such file")
        return upload.content

    async def _fetch(self, address: str) -> bytes:
        async with httpx.AsyncClient(verify=False, timeout=20, trust_env=False) as web:  # noqa: S501 - loopback
            try:
                answer = await web.get(address)
            except httpx.HTTPError as exc:
                raise Unreachable(str(exc)) from exc
        if answer.status_code != 200:
            raise Unreachable(f"status {answer.status_code}")
        self.fetched[address] = answer.content
        return answer.content


def _data(address: str) -> bytes:
    head, _, text = address.partition(",")
    try:
        return base64.b64decode(text, validate=True) if head.endswith(";base64") else text.encode()
    except ValueError as exc:
        raise Unreachable("broken data URL") from exc
