"""Processes forked from one that has everything imported: to start a victim costs milliseconds, not seconds.

Python's own fork server imports the service once and then waits, without a thread, a loop or a connection;
every process is a fork of that moment and runs its module as `python -m` would. Output goes to a file.
"""

import asyncio
import atexit
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping
from multiprocessing import forkserver
from pathlib import Path

import psutil

WARM = "tests.warm"
FORKS = multiprocessing.get_context("forkserver")
ONE_THREAD = "OPENBLAS_NUM_THREADS"


class ForkedProcess:
    """What `asyncio.subprocess.Process` is, for a module instead of a program."""

    def __init__(self, module: str, *arguments: str, env: Mapping[str, str], log: Path) -> None:
        _serve_forks()
        self._process = FORKS.Process(target=_run, args=(module, arguments, dict(env), str(log)))
        self._process.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.exitcode

    async def wait(self) -> int:
        """Wait for its end."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        # A file of its own: two may wait for one process, and a loop knows a file once.
        sentinel = os.dup(self._process.sentinel)
        loop.add_reader(sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(sentinel)
            os.close(sentinel)
        code = self.returncode
        assert code is not None
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send it unless the process is gone."""
        if self.returncode is None:
            assert self._process.pid is not None
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send_signal(signal.SIGKILL)


@atexit.register
def _kill_what_is_left() -> None:
    """After a failed test one may stand frozen, and multiprocessing would wait for it at the end."""
    for process in multiprocessing.active_children():
        if isinstance(process, FORKS.Process):
            process.kill()


def _serve_forks() -> None:
    """Start the fork server unless it runs; numpy would begin a thread, and threads do not survive a fork."""
    FORKS.set_forkserver_preload([WARM])
    before = os.environ.get(ONE_THREAD)
    os.environ[ONE_THREAD] = "1"
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ[ONE_THREAD]
        else:
            os.environ[ONE_THREAD] = before


def _run(module: str, arguments: tuple[str, ...], env: dict[str, str], log: str) -> None:
    """Become the process that `python -m module` would be in this environment."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)
    # The fork server says nothing when what it should load cannot be found.
    assert WARM in sys.modules, f"the fork server has not loaded {WARM}"
    assert psutil.Process(os.getppid()).num_threads() == 1, "something that is loaded begins a thread"
    os.environ.clear()
    os.environ.update(env)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
