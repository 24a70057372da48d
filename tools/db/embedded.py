"""The Postgres server that comes with the package: one per data folder, shared by processes.

Whoever comes first starts it; the others find its URL. It outlives the process that
started it. It ends with `stop_embedded`, or when the last process that uses it lets go:
each holds a shared file lock, and the one that can get that lock alone is the last.
"""

import asyncio
import atexit
import os
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from state.errors import FolderUnwritable
from tools.db import postmaster
from tools.db.account import server_account
from tools.db.binaries import programs
from tools.db.cluster import Cluster
from tools.db.locks import alone, open_lock, share, try_exclusive, unlock
from tools.db.places import MACHINE_FOLDERS, Places, write_private

START_TIMEOUT_S = 120.0
"""Generous: after a crash the server first plays its log back."""


@dataclass
class _Hold:
    """This process's share in a server, and how often it was asked for."""

    lock: IO[bytes]
    count: int
    process_id: int


_holds: dict[Path, _Hold] = {}
_holds_guard = threading.RLock()


async def ensure_embedded(
    data_dir: Path,
    *,
    start_timeout_s: float = START_TIMEOUT_S,
    durable: bool = True,
    machine_folders: Sequence[Path] = MACHINE_FOLDERS,
) -> str:
    """The URL of a server that answers, started if need be; call `release_embedded` as often.

    Without `durable` a power cut may lose everything: for tests, where disks are slow. The
    `machine_folders` are used only when the server's account cannot reach the data folder.

    Raises:
        FolderUnwritable: the data folder cannot be used or is full.
        DatabaseDown: the server does not come up.
    """
    return await asyncio.to_thread(_ensure, Places(data_dir, machine_folders), start_timeout_s, durable)


async def release_embedded(data_dir: Path) -> None:
    """Undo one `ensure_embedded`; the last one on this machine stops the server."""
    await asyncio.to_thread(_release, data_dir)


async def stop_embedded(data_dir: Path) -> None:
    """Stop the server of this folder, whoever uses it."""
    await asyncio.to_thread(_stop, data_dir)


def _ensure(asked: Places, timeout_s: float, durable: bool) -> str:
    places = Places(asked.data_dir.resolve(), asked.machine_folders)
    places.make()
    try:
        with alone(places.start_lock, timeout_s=timeout_s):
            url = _answering(places) or _start(places, timeout_s, durable)
            _take(places)
    except OSError as exc:
        raise FolderUnwritable(f"cannot use {places.folder}: {exc.strerror}") from exc
    return url


def _answering(places: Places) -> str | None:
    """The known URL, if our server lives and the one behind the URL knows the password."""
    if not places.dsn.exists() or postmaster.running(places.cluster) is None:
        return None
    url = places.dsn.read_text(encoding="utf-8").strip()
    return url if postmaster.refusal(url) is None else None


def _start(places: Places, timeout_s: float, durable: bool) -> str:
    account = server_account(places.cluster)
    data = places.settle(account)
    homes = [*places.machine_folders, places.folder]
    cluster = Cluster(
        places=places,
        data=data,
        account=account,
        programs=programs(account, homes),
        password=_password(places),
        durable=durable,
    )
    cluster.make()
    url = postmaster.start(cluster, port=_last_port(places), timeout_s=timeout_s)
    write_private(places.dsn, url)
    return url


def _password(places: Places) -> str:
    """Made once, before the cluster: it outlives every crash in between."""
    if not places.password.exists():
        write_private(places.password, secrets.token_urlsafe(32))
    return places.password.read_text(encoding="utf-8").strip()


def _last_port(places: Places) -> int | None:
    if not places.dsn.exists():
        return None
    port = psycopg.conninfo.conninfo_to_dict(places.dsn.read_text(encoding="utf-8").strip()).get("port")
    return int(port) if port else None


def _take(places: Places) -> None:
    with _holds_guard:
        hold = _holds.get(places.data_dir)
        if hold is None or hold.process_id != os.getpid():
            hold = _Hold(lock=open_lock(places.users_lock), count=0, process_id=os.getpid())
            share(hold.lock)
            _holds[places.data_dir] = hold
        hold.count += 1


def _release(data_dir: Path) -> None:
    places = Places(data_dir.resolve())
    with _holds_guard:
        hold = _holds.get(places.data_dir)
        if hold is None or hold.process_id != os.getpid():
            return
        hold.count -= 1
        if hold.count > 0:
            return
        del _holds[places.data_dir]
    # A folder that was deleted meanwhile has nothing left to stop.
    if places.folder.exists():
        with alone(places.start_lock, timeout_s=START_TIMEOUT_S):
            if try_exclusive(hold.lock):
                postmaster.stop(places.cluster, places.server_lock)
    unlock(hold.lock)


def _stop(data_dir: Path) -> None:
    places = Places(data_dir.resolve())
    with _holds_guard:
        hold = _holds.pop(places.data_dir, None)
    if hold is not None:
        unlock(hold.lock)
    if places.folder.exists():
        with alone(places.start_lock, timeout_s=START_TIMEOUT_S):
            postmaster.stop(places.cluster, places.server_lock)


@atexit.register
def _release_all() -> None:
    """A process that ends without closing its database must not leave a server behind."""
    for data_dir, hold in list(_holds.items()):
        hold.count = 1
        _release(data_dir)
