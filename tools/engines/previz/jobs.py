"""Jobs as files, so that any process can look at one, finish it or find it.

`<id>.json` is the order, `<id>.done.json` names the result beside it, `<id>.error.json`
says why there is none, `<id>.cancelled` that nobody wants it. Every file appears whole
or not at all.
"""

import hashlib
import json
import os
import shutil
import socket
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from pydantic import TypeAdapter

from state.order import EngineRequest
from tools.engines.files import NO_FILES, Files
from tools.engines.previz.references import keep_references, kept_references

REQUESTS: TypeAdapter[EngineRequest] = TypeAdapter(EngineRequest)
SUFFIXES = {"image": ".png", "video": ".mp4", "voice": ".wav", "music": ".wav"}


def request_digest(request: EngineRequest) -> str:
    """SHA-256 of the canonical JSON of a request."""
    canonical = json.dumps(request.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def job_id(request: EngineRequest, call_key: str) -> str:
    """The one id under which this order can exist here."""
    both = hashlib.sha256(f"{call_key}\n{request_digest(request)}".encode())
    return f"previz-{both.hexdigest()[:32]}"


def is_id(external_id: str) -> bool:
    """Whether this may be a file's name here: ids come from callers."""
    return external_id.replace("-", "").isalnum() and external_id.isascii()


@dataclass(frozen=True, kw_only=True)
class Result:
    """A rendered job: its file, still in the folder, and what comes with it."""

    path: Path
    extra: dict[str, Any] = field(default_factory=dict)
    seed: int | None = None


class JobFolder:
    """The jobs of one folder. Blocking and quick: call it from a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(
        self, request: EngineRequest, call_key: str, *, created_at: datetime, files: Files = NO_FILES
    ) -> str:
        """Note a job down; noting it again revives one that failed or was cancelled."""
        external_id = job_id(request, call_key)
        self.folder.mkdir(parents=True, exist_ok=True)
        keep_references(files, self.folder)
        for mark in (".error.json", ".cancelled"):
            self._at(external_id, mark).unlink(missing_ok=True)
        if not self._at(external_id, ".json").exists():
            job = {
                "call_key": call_key,
                "digest": request_digest(request),
                "created_at": created_at.astimezone(UTC).isoformat(),
                "request": request.model_dump(mode="json"),
            }
            self._put(external_id, ".json", job)
        return external_id

    def knows(self, external_id: str) -> bool:
        """Whether such a job was ever noted down."""
        return is_id(external_id) and self._at(external_id, ".json").exists()

    def request(self, external_id: str) -> EngineRequest:
        """What the job asks for."""
        return REQUESTS.validate_python(self._get(external_id, ".json")["request"])

    def lay_out(self, request: EngineRequest, scratch: Path) -> None:
        """Put the files that a request refers to where its renderer looks for them."""
        keep_references(kept_references(request, self.folder), scratch)

    def created_at(self, external_id: str) -> datetime:
        """When the job was noted down."""
        return datetime.fromisoformat(self._get(external_id, ".json")["created_at"])

    def result(self, external_id: str) -> Result | None:
        """The finished file, if it is there."""
        try:
            done = self._get(external_id, ".done.json")
        except FileNotFoundError:
            return None
        path = self.folder / done["file"]
        return Result(path=path, extra=done["extra"], seed=done["seed"]) if path.exists() else None

    def error(self, external_id: str) -> tuple[str, str] | None:
        """Kind and message, if it failed."""
        try:
            failed = self._get(external_id, ".error.json")
        except FileNotFoundError:
            return None
        return failed["kind"], failed["message"]

    def is_cancelled(self, external_id: str) -> bool:
        """Whether it was cancelled."""
        return self._at(external_id, ".cancelled").exists()

    def finish(self, external_id: str, made: Path, *, extra: dict[str, Any], seed: int | None) -> None:
        """Adopt a rendered file: first the bytes, then the note that they are complete."""
        final = self.folder / f"{external_id}{made.suffix}"
        made.replace(final)
        self._put(external_id, ".done.json", {"file": final.name, "extra": extra, "seed": seed})

    def fail(self, external_id: str, kind: str, message: str) -> None:
        """Note why there is no result."""
        self._put(external_id, ".error.json", {"kind": kind, "message": message})

    def cancel(self, external_id: str) -> None:
        """Note that nobody wants it any more; a finished job stays finished."""
        if self.knows(external_id) and self.result(external_id) is None:
            self._put(external_id, ".cancelled", {})

    def scratch(self, external_id: str) -> Path:
        """A folder of one renderer's own, on the same disk; those of dead renderers go."""
        here = socket.gethostname()
        for old in self.folder.glob(f".{external_id}.{here}.*"):
            if not psutil.pid_exists(int(old.name.rsplit(".", 2)[1])):
                shutil.rmtree(old, ignore_errors=True)
        path = self.folder / f".{external_id}.{here}.{os.getpid()}.{uuid.uuid4().hex[:8]}"
        path.mkdir(parents=True)
        return path

    def _at(self, external_id: str, suffix: str) -> Path:
        if not is_id(external_id):
            raise FileNotFoundError(external_id)
        return self.folder / f"{external_id}{suffix}"

    def _get(self, external_id: str, suffix: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._at(external_id, suffix).read_text())
        return content

    def _put(self, external_id: str, suffix: str, content: dict[str, Any]) -> None:
        target = self._at(external_id, suffix)
        part = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
        with part.open("w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
