"""The processes that draw: as many as asked for, gone when their owner is gone."""

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from pathlib import Path

import cv2

from state.order import EngineRequest, ImageRequest, VideoRequest
from tools.engines.previz.jobs import REQUESTS, SUFFIXES
from tools.engines.previz.take import draw_panel, shoot_take


def render_now(request_json: str, target: str) -> None:
    """Draw one picture request to a file; runs inside a worker process."""
    request = REQUESTS.validate_json(request_json)
    if isinstance(request, ImageRequest):
        draw_panel(request, Path(target))
    elif isinstance(request, VideoRequest):
        shoot_take(request, Path(target))


def _begin() -> None:
    """Prepare a worker: one thread each, no Ctrl-C of its own, dead when its owner is."""
    cv2.setNumThreads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    owner = multiprocessing.parent_process()
    if owner is not None:
        threading.Thread(target=_follow, args=(owner.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    # A pool's workers wait for work forever when their owner is killed with -9.
    connection.wait([sentinel])
    os._exit(1)


class RenderPool:
    """A pool of drawing processes, started when first needed and again when it broke."""

    def __init__(self, processes: int = 0) -> None:
        self._count = processes or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._starting = threading.Lock()

    async def render(self, request: EngineRequest, folder: Path) -> Path:
        """Draw a picture request into a folder.

        Raises:
            BrokenProcessPool: a worker died twice over this.
            FfmpegFailed: the encoder stopped.
        """
        target = folder / f"made{SUFFIXES[request.medium]}"
        try:
            await self._run(request, target)
        except BrokenProcessPool:
            await self._run(request, target)
        return target

    @property
    def pids(self) -> list[int]:
        """The processes there are now."""
        return list(self._pool._processes or {}) if self._pool is not None else []

    async def _run(self, request: EngineRequest, target: Path) -> None:
        # Handing work in may start a process, and that waits for the disk.
        await asyncio.wrap_future(await asyncio.to_thread(self._hand_in, request, target))

    def _hand_in(self, request: EngineRequest, target: Path) -> "Future[None]":
        order = request.model_dump_json()
        with self._starting:
            try:
                return self._started().submit(render_now, order, str(target))
            except BrokenProcessPool:
                # Only the first to notice: the others find the new pool in its place.
                self._pool = None
                return self._started().submit(render_now, order, str(target))

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin)
        return self._pool

    def close(self) -> None:
        """End the processes; what they were drawing is dropped."""
        with self._starting:
            pool, self._pool = self._pool, None
        if pool is None:
            return
        workers = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        # Without this the interpreter's exit would wait for takes that nobody wants any more.
        for worker in workers:
            worker.terminate()
