"""The server process of a cluster: started, found again, stopped.

Its processes inherit an open file with a lock on it. The kernel frees that lock when the
last of them is gone, so the lock, and not a process id in a file, tells whether anything
of a server still lives on these data.
"""

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil
import psycopg

from state.errors import DatabaseDown, DatabaseFull
from tools.db.cluster import ENVIRONMENT, Cluster, complaint, may_change_account
from tools.db.locks import open_lock, try_exclusive
from tools.db.places import give_to_owner
from tools.db.reach import reason
from tools.full_disks import says_full

LEFTOVERS_TIMEOUT_S = 10.0
STOP_TIMEOUT_S = 60.0
PAUSE_S = 0.02
LOG_LIMIT_BYTES = 5_000_000
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
CARELESS = {"fsync": "off", "full_page_writes": "off"}
"""Loses data with the machine's power, and still none with a kill."""
PASSING = ("pre-existing shared memory block", "could not create any TCP/IP sockets")
"""Complaints that another try can cure: leftovers of a killed server, a port taken in between."""

_children: dict[Path, subprocess.Popen[bytes]] = {}
"""Servers that this process started: it must reap them."""


@dataclass(frozen=True)
class Postmaster:
    """A live server on a cluster; it has no port while it is still coming up."""

    pid: int
    port: int | None


def running(data: Path) -> Postmaster | None:
    """The live server of this cluster, whoever started it; None when its pid file is stale."""
    lines = _pid_file_lines(data)
    if not lines or not lines[0].isdigit():
        return None
    try:
        process = psutil.Process(int(lines[0]))
        if process.status() == psutil.STATUS_ZOMBIE or not _serves(process.cmdline(), data):
            return None
    except psutil.Error:
        return None
    return Postmaster(process.pid, int(lines[3]) if len(lines) > 3 and lines[3].isdigit() else None)


def start(cluster: Cluster, *, port: int | None, timeout_s: float) -> str:
    """Start the server, or wait for one that is coming up; its URL.

    `port` is tried first, so that clients of an earlier server find this one.

    Raises:
        DatabaseDown: it does not come up.
    """
    began = time.monotonic()
    while True:
        reap(cluster.data)
        found = running(cluster.data)
        url = _answering(cluster, found) if found else _start_if_free(cluster, port, began + timeout_s)
        if url is not None:
            return url
        limit_s = timeout_s if found else min(timeout_s, LEFTOVERS_TIMEOUT_S)
        if time.monotonic() > began + limit_s:
            who = "its server does not answer" if found else "an earlier server is still going down"
            raise DatabaseDown(f"the embedded database cannot be used: {who}")
        time.sleep(PAUSE_S)


def stop(data: Path, server_lock: Path) -> None:
    """Stop the server of this cluster and wait until all of it is gone.

    Raises:
        DatabaseDown: it does not stop.
    """
    found = running(data)
    if found is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(found.pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    with open_lock(server_lock) as lock:
        while running(data) or not try_exclusive(lock):
            reap(data)
            if time.monotonic() > deadline:
                raise DatabaseDown(f"the embedded database did not stop in {STOP_TIMEOUT_S:.0f} s")
            time.sleep(PAUSE_S)
    reap(data, timeout_s=LEFTOVERS_TIMEOUT_S)


def reap(data: Path, *, timeout_s: float = 0) -> None:
    """Let go of a server of ours that has ended, or does so within `timeout_s`."""
    child = _children.get(data)
    if child is None:
        return
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout_s)
        del _children[data]


def refusal(url: str) -> str | None:
    """Why no connection can be had at `url`, or None when one can."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as exc:
        return reason(exc)
    return None


def free_port(wanted: int | None) -> int:
    """The wanted port if nobody listens on it, else any free one."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # As the server does, so that connections still closing do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port or 0))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DatabaseDown("this machine has no free port for the embedded database")


def _answering(cluster: Cluster, found: Postmaster) -> str | None:
    """The URL of a live server, once it takes connections."""
    url = cluster.url(found.port) if found.port else None
    return url if url and refusal(url) is None else None


def _start_if_free(cluster: Cluster, port: int | None, deadline: float) -> str | None:
    """Start unless processes of an earlier server still live; None when it must be tried again."""
    with open_lock(cluster.places.server_lock) as lock:
        if not try_exclusive(lock) or running(cluster.data):
            return None
        # It is dead, as the lock is free; only the kernel may not have said so yet.
        reap(cluster.data, timeout_s=LEFTOVERS_TIMEOUT_S)
        _drop_stale_pid(cluster.data)
        url_port = free_port(port)
        said = _log_length(cluster.places.log)
        process = _launch(cluster, url_port, lock)
        if _came_up(process, cluster.url(url_port), deadline):
            return cluster.url(url_port)
    words = complaint(cluster.places.log.read_bytes()[said:])
    if any(text in words for text in PASSING):
        return None
    kind = DatabaseFull if says_full(words) else DatabaseDown
    raise kind(f"the embedded database did not start: {words}")


def _launch(cluster: Cluster, port: int, lock: IO[bytes]) -> subprocess.Popen[bytes]:
    settings = SETTINGS if cluster.durable else SETTINGS | CARELESS
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    cluster.places.log.touch(mode=0o600)
    give_to_owner(cluster.places.log)
    with may_change_account(), cluster.places.log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603  # our own program, no shell, no outside text
            [cluster.programs / "postgres", "-D", cluster.data, "-p", str(port), *options],
            cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=True, pass_fds=(lock.fileno(),),
            **(cluster.account.popen_arguments() if cluster.account else {}),
        )  # fmt: skip
    _children[cluster.data] = process
    return process


def _came_up(process: subprocess.Popen[bytes], url: str, deadline: float) -> bool:
    """Wait for an answer; false when the server ended instead.

    Raises:
        DatabaseDown: it is alive and gave no answer in time; it goes on, and may be found later.
    """
    while process.poll() is None:
        trouble = refusal(url)
        if trouble is None:
            return True
        if time.monotonic() > deadline:
            raise DatabaseDown(f"the embedded database is still starting: {trouble}")
        time.sleep(PAUSE_S)
    return False


def _drop_stale_pid(data: Path) -> None:
    """Remove a pid file that names a stranger: the server would take it for another server.

    A pid that no longer exists is left to the server, which then looks for shared memory too.
    """
    lines = _pid_file_lines(data)
    if lines and lines[0].isdigit() and psutil.pid_exists(int(lines[0])):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _log_length(log: Path) -> int:
    """How much was said before; a log that got too long is begun anew."""
    length = log.stat().st_size if log.exists() else 0
    if length > LOG_LIMIT_BYTES:
        log.unlink()
        return 0
    return length


def _pid_file_lines(data: Path) -> list[str]:
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return []


def _serves(command: list[str], data: Path) -> bool:
    """True for the command line of a `postgres` on these data."""
    if not command or Path(command[0]).name not in ("postgres", "postmaster") or "-D" not in command:
        return False
    named = command[command.index("-D") + 1 :][:1]
    return bool(named) and Path(named[0]).resolve() == data.resolve()
