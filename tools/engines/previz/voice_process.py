"""Our end of the voice's processes: started on first use, one line at a time, started again when they die.

Two processes with half of the cores each say a scene in two thirds of the time that one
with all of them takes: the model's sums do not share out evenly.
"""

import asyncio
import atexit
import contextlib
import json
import os
import select
import subprocess  # the worker must outlive any one event loop
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from state.errors import (
    ConfigurationError,
    FolderUnwritable,
    ProviderFailed,
    ProviderRefused,
    ProviderTimeout,
)
from tools.engines.previz.voice_job import VoiceJob

PROJECT = Path(__file__).resolve().parents[3]
IDLE_S = 300.0
DEADLINE_S = 300.0
PROCESSES = 2
LAST_LINES = 6
NAMES: dict[str, Any] = {"provider": "previz", "model": "kokoro-82m"}


class VoiceProcess:
    """One voice process. Requests queue in the order they come; `threads` 0 is its share of the cores.

    It is bound to no event loop. It ends after `idle_s` without a request, on `close`, and
    with this process, however that ends.
    """

    def __init__(
        self,
        models_dir: Path,
        *,
        idle_s: float = IDLE_S,
        deadline_s: float = DEADLINE_S,
        threads: int = 0,
    ) -> None:
        self.models_dir = models_dir
        """Where the assembled model lies; read when a worker starts."""
        self._idle_s = idle_s
        self._deadline_s = deadline_s
        self._threads = threads or max(1, _cores() // PROCESSES)
        self.waiting = 0
        """Lines that were handed in and are not said yet."""
        self._child: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._last_lines: list[str] = []
        self._idle: threading.Timer | None = None
        # One thread makes every exchange, so nothing here needs a lock.
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voice")

    @property
    def pid(self) -> int | None:
        """The running worker, or None."""
        child = self._child
        return child.pid if child and child.poll() is None else None

    async def speak(self, job: VoiceJob) -> dict[str, Any]:
        """Have a line spoken into `job.into` and return its `Delivery.extra`.

        Raises:
            ProviderRefused: nothing in the line can be spoken.
            ProviderFailed: the process died twice over this line.
            ProviderTimeout: it gave no answer within the deadline.
            ConfigurationError: the voice model is missing, damaged or cannot be kept.
        """
        self.waiting += 1
        try:
            return await asyncio.wrap_future(self._lane.submit(self._speak, job))
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """End the process and wait for it. The next request starts a new one."""
        self._lane.submit(self._end).result()

    def _speak(self, job: VoiceJob) -> dict[str, Any]:
        self._stay_awake()
        line = json.dumps(asdict(job)).encode() + b"\n"
        answer = self._exchange(line) or self._exchange(line)
        self._sleep_later()
        if answer is None:
            raise ProviderFailed(
                "The voice process died twice over this line", kind="transient_job",
                details={"last_lines": self._last_lines}, **NAMES,
            )  # fmt: skip
        return _extra(answer)

    def _exchange(self, line: bytes) -> dict[str, Any] | None:
        """Send a line and read its answer; None when the process died."""
        child = self._running()
        if child is None:
            return None
        with contextlib.suppress(BrokenPipeError):
            _pipe(child.stdin).write(line)
            return self._answer(child)
        self._end()
        return None

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._child = self._started()
        ready = self._answer(self._child)
        if ready and "error" in ready:
            self._end()
            kinds = {kind.code: kind for kind in (ConfigurationError, FolderUnwritable)}
            code = ready["error"].pop("code")
            raise kinds.get(code, ConfigurationError)(**ready["error"])
        return self._child

    def _started(self) -> subprocess.Popen[bytes]:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the child
        module = "tools.engines.previz.voice_worker"
        arguments = [str(self.models_dir.resolve()), str(os.getpid()), str(self._threads)]
        return subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", module, *arguments], cwd=PROJECT, bufsize=0, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip

    def _answer(self, child: subprocess.Popen[bytes]) -> dict[str, Any] | None:
        """One line from the child; None when it died instead."""
        give_up = time.monotonic() + self._deadline_s
        descriptor, content = _pipe(child.stdout).fileno(), b""
        while not content.endswith(b"\n"):
            readable, _, _ = select.select([descriptor], [], [], max(0.0, give_up - time.monotonic()))
            if not readable:
                self._end()
                raise ProviderTimeout(f"The voice gave no answer in {self._deadline_s:.0f} s", **NAMES)
            chunk = os.read(descriptor, 65536)
            if not chunk:
                self._end()
                return None
            content += chunk
        answer: dict[str, Any] = json.loads(content)
        return answer

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with contextlib.suppress(BrokenPipeError):
                    _pipe(pipe).close()
        if self._errors is not None:
            self._errors.seek(0)
            self._last_lines = self._errors.read().decode("utf-8", "replace").splitlines()[-LAST_LINES:]
            self._errors.close()
            self._errors = None

    def _stay_awake(self) -> None:
        if self._idle is not None:
            self._idle.cancel()

    def _sleep_later(self) -> None:
        self._idle = threading.Timer(self._idle_s, self._lane.submit, (self._end,))
        self._idle.daemon = True
        self._idle.start()


class VoiceProcesses:
    """All voices of this process: the next line goes to whoever has the fewest waiting.

    The second process starts only when a line comes while the first one is speaking.
    """

    def __init__(self, models_dir: Path) -> None:
        self._processes = [VoiceProcess(models_dir) for _ in range(min(PROCESSES, _cores()))]

    @property
    def pids(self) -> list[int]:
        """The workers that are running."""
        return [one.pid for one in self._processes if one.pid is not None]

    def take_models_from(self, models_dir: Path) -> None:
        """Where the model lies; read when a worker starts."""
        for one in self._processes:
            one.models_dir = models_dir

    async def speak(self, job: VoiceJob) -> dict[str, Any]:
        """As `VoiceProcess.speak`."""
        return await min(self._processes, key=lambda one: one.waiting).speak(job)

    def close(self) -> None:
        """End all workers and wait for them."""
        for one in self._processes:
            one.close()


def voice_processes(models_dir: Path) -> VoiceProcesses:
    """The voices of this process; a new start of a worker takes the model from `models_dir`."""
    processes = _of_process(os.getpid())
    processes.take_models_from(models_dir)
    return processes


@lru_cache(maxsize=1)
def _of_process(pid: int) -> VoiceProcesses:
    """A fork gets its own: two must not talk through one pipe."""
    processes = VoiceProcesses(Path("models"))
    for one in processes._processes:
        atexit.register(one._end)
    return processes


def _cores() -> int:
    return os.cpu_count() or 1


def _extra(answer: dict[str, Any]) -> dict[str, Any]:
    if "unspeakable" in answer:
        raise ProviderRefused("Nothing in this line can be spoken", kind="invalid", **NAMES)
    if "error" in answer:
        raise ProviderFailed(answer["error"]["message"], kind="internal", **NAMES)
    extra: dict[str, Any] = answer["extra"]
    return extra


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ProviderFailed("The voice process has no pipe", kind="internal", **NAMES)
    return pipe
