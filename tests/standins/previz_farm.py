"""A provider to test against: Previz behind HTTP, with an invoice book and faults on demand.

It behaves as providers do: every POST is a new job and is booked, whoever asks twice
pays twice. The book is on disk, one line a POST, written before the answer leaves, so
it tells the truth after any kill.

    python -m tests.standins.previz_farm --folder /tmp/farm --port 0
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import uuid
from collections import Counter, deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from state.errors import ProviderError
from tests.standins.hasty import hasty
from tools.engines.files import files_needed
from tools.engines.previz.engine import Previz
from tools.engines.previz.jobs import REQUESTS, request_digest


@dataclass(frozen=True)
class Fault:
    """What the next POST meets.

    `drop`, `slow` and `error_after` come after the job was taken and booked;
    `reject` and `error_before` in its place. `slow` waits `seconds` before it answers.
    """

    kind: str
    status: int = 500
    seconds: float = 0.0
    retry_after: str = ""


class Dropped(Response):
    """An answer whose connection ends before its body: the client learns nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"400"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})


class InvoiceBook:
    """One JSON line per accepted POST, in the order they came."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.lines: list[dict[str, Any]] = []
        if path.exists():
            self.lines = [json.loads(line) for line in path.read_text().splitlines() if line.endswith("}")]

    def add(self, line: dict[str, Any]) -> None:
        with self._path.open("a") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.lines.append(line)

    def posts(self) -> dict[str, int]:
        return dict(Counter(line["call_key"] for line in self.lines))


class Farm:
    """The farm's state and its routes."""

    def __init__(self, folder: Path, *, processes: int = 1, engine: Previz | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.book = InvoiceBook(folder / "invoices.jsonl")
        self.engine = engine or Previz(folder / "jobs", processes=processes)
        self._ids = {line["id"]: line["job"] for line in self.book.lines}
        self.faults: deque[Fault] = deque()
        self.files_taken = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/jobs", self.post, methods=["POST"]),
                Route("/jobs", self.list, methods=["GET"]),
                Route("/jobs/{id}", self.look, methods=["GET"]),
                Route("/jobs/{id}", self.delete, methods=["DELETE"]),
                Route("/jobs/{id}/file", self.file, methods=["GET"]),
                Route("/files/{sha256}", self.take_file, methods=["PUT"]),
                Route("/files/{sha256}", self.has_file, methods=["HEAD"]),
                Route("/jobs/{id}/extra", self.extra, methods=["GET"]),
                Route("/control/posts", self.posts, methods=["GET"]),
                Route("/control/faults", self.plan_faults, methods=["POST"]),
            ],
            lifespan=self._lifespan,
        )

    @contextlib.asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        yield
        await self.engine.aclose()

    async def post(self, request: Request) -> Response:
        fault = self.faults.popleft() if self.faults else Fault("none")
        if fault.kind == "reject":
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            return JSONResponse({"detail": "too many"}, status_code=429, headers=headers)
        if fault.kind == "error_before":
            return JSONResponse({"detail": "no"}, status_code=fault.status)
        body = await request.json()
        try:
            order = REQUESTS.validate_python(body["request"])
        except ValueError as exc:
            return JSONResponse({"detail": str(exc)[:400]}, status_code=422)
        external_id = f"farm-{uuid.uuid4().hex}"
        try:
            kept = {media.key: self._file(media.sha256) for media in files_needed(order)}
            files = {key: path for key, path in kept.items() if path.is_file()}
            job = await self.engine.submit(order, call_key=external_id, files=files)
        except ProviderError as exc:
            return JSONResponse({"detail": exc.message}, status_code=422)
        line = {"id": external_id, "job": job, "call_key": body["call_key"], "digest": request_digest(order)}
        self._ids[external_id] = job
        await asyncio.to_thread(self.book.add, line | {"created_at": datetime.now(UTC).isoformat()})
        return await self._answer(fault, external_id)

    async def take_file(self, request: Request) -> Response:
        content, sha256 = await request.body(), request.path_params["sha256"]
        if hashlib.sha256(content).hexdigest() != sha256:
            return JSONResponse({"detail": "not what it is called"}, status_code=422)
        self._file(sha256).parent.mkdir(exist_ok=True)
        await asyncio.to_thread(self._file(sha256).write_bytes, content)
        self.files_taken += 1
        return Response(status_code=204)

    async def has_file(self, request: Request) -> Response:
        known = self._file(request.path_params["sha256"]).is_file()
        return Response(status_code=204 if known else 404)

    def _file(self, sha256: str) -> Path:
        return self.folder / "files" / Path(sha256).name

    async def _answer(self, fault: Fault, external_id: str) -> Response:
        if fault.kind == "drop":
            return Dropped()
        if fault.kind == "error_after":
            return JSONResponse({"detail": "oops"}, status_code=fault.status)
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        return JSONResponse({"id": external_id}, status_code=201)

    async def list(self, request: Request) -> Response:
        since = datetime.fromisoformat(request.query_params.get("since", "1970-01-01T00:00:00+00:00"))
        shown = ("id", "digest", "created_at")
        jobs = [
            {k: line[k] for k in shown}
            for line in self.book.lines
            if datetime.fromisoformat(line["created_at"]) >= since
        ]
        return JSONResponse({"jobs": jobs})

    async def look(self, request: Request) -> Response:
        job = self._ids.get(request.path_params["id"])
        if job is None:
            return JSONResponse({"detail": "unknown"}, status_code=404)
        waited = float(request.query_params.get("wait", "0"))
        status = await self.engine.status(job)
        if waited and status.state in ("queued", "running"):
            with contextlib.suppress(TimeoutError):
                status = await asyncio.wait_for(self.engine.wait(job), waited)
        return JSONResponse(
            {"state": status.state, "progress": status.progress, "error": status.error, "kind": status.kind}
        )

    async def _fetched(self, request: Request) -> tuple[Path, dict[str, Any]] | None:
        job = self._ids.get(request.path_params["id"])
        if job is None or (await self.engine.status(job)).state != "succeeded":
            return None
        done = await self.engine.fetch(job, self.folder / "out")
        return done.path, {"extra": done.extra, "seed": done.seed, "suffix": done.path.suffix}

    async def file(self, request: Request) -> Response:
        done = await self._fetched(request)
        return FileResponse(done[0]) if done else JSONResponse({"detail": "no file"}, status_code=404)

    async def extra(self, request: Request) -> Response:
        done = await self._fetched(request)
        return JSONResponse(done[1]) if done else JSONResponse({"detail": "no file"}, status_code=404)

    async def delete(self, request: Request) -> Response:
        job = self._ids.get(request.path_params["id"])
        if job is None:
            return JSONResponse({"detail": "unknown"}, status_code=404)
        await self.engine.cancel(job)
        return Response(status_code=204)

    async def posts(self, request: Request) -> Response:
        return JSONResponse({"posts": self.book.posts(), "total": len(self.book.lines)})

    async def plan_faults(self, request: Request) -> Response:
        for fault in await request.json():
            times = fault.pop("times", 1)
            self.faults.extend([Fault(**fault)] * times)
        return JSONResponse({"planned": len(self.faults)})


class _Announcing(uvicorn.Server):
    """Prints the port it really listens on, for whoever started it with port 0."""

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(json.dumps({"port": port}), flush=True)


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--hasty", action="store_true", help="make everything, and nothing to look at")
    given = parser.parse_args()
    engine = hasty(given.folder / "jobs") if given.hasty else None
    farm = Farm(given.folder, processes=given.processes, engine=engine)
    config = uvicorn.Config(farm.app(), host="127.0.0.1", port=given.port, log_level="error")
    _Announcing(config).run()


if __name__ == "__main__":
    main()
