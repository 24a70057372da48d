"""Where a house keeps its things: in memory as all tests do, or on a disk that Postgres waits for."""

import os
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from tests.postgres import reachable_folder, run_apart
from tools.db.embedded import ensure_embedded, stop_embedded
from tools.db.migrate import migrate

DISK = Path(os.environ.get("SOAK_DISK") or "/var/tmp")  # noqa: S108 - a folder of our own in it; kept on disk by custom
IN_MEMORY = ("tmpfs", "ramfs", "devtmpfs")
PAGE = bytes(8192)
KEEPS_ALL = ("on", "on", "on")
PROMISES = """
select current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
       current_setting('data_directory')
"""


@dataclass(frozen=True)
class Place:
    """A folder and the database of one house."""

    folder: Path
    url: str
    durable: bool = False

    def keeps_all(self) -> bool:
        """Whether this server, before it calls something written, waits until that is on a disk."""
        *promises, data = self._asked()
        return tuple(promises) == KEEPS_ALL and file_system(Path(data)) not in IN_MEMORY

    def told(self) -> str:
        """What a reader of the figures must know of it."""
        *promises, data = self._asked()
        usual, most = self.fsync_ms()
        disk = file_system(Path(data))
        return (
            f"fsync, full_page_writes, synchronous_commit: {', '.join(promises)}; data on {disk},"
            f" where a page takes {usual:.2f} ms to be kept, at most {most:.1f} ms"
        )

    def _asked(self) -> tuple[str, ...]:
        with psycopg.connect(self.url) as connection:
            found = connection.execute(PROMISES).fetchone()
        assert found is not None
        return found

    def fsync_ms(self, times: int = 100) -> tuple[float, float]:
        """What one page costs to be on this disk: usually, and at most."""
        took = []
        with (self.folder / "page").open("wb", buffering=0) as page:
            for _ in range(times):
                began = time.perf_counter()
                page.write(PAGE)
                os.fsync(page.fileno())
                took.append((time.perf_counter() - began) * 1000)
        return statistics.median(took), max(took)


@contextmanager
def durable_place() -> Iterator[Place]:
    """A server as `greenlight serve` brings it, and the house's files beside it, on a disk."""
    kind = file_system(DISK)
    assert kind not in IN_MEMORY, f"{DISK} is {kind}: set SOAK_DISK to a folder on a disk"
    folder = reachable_folder(DISK)
    try:
        house, server = folder / "house", folder / "postgres"
        house.mkdir()
        url = run_apart(lambda: ensure_embedded(server))
        run_apart(lambda: migrate(url))
        yield Place(house, url, durable=True)
    finally:
        run_apart(lambda: stop_embedded(server))
        shutil.rmtree(folder)


def file_system(folder: Path) -> str:
    """Its kind: that of the nearest folder above where something is mounted."""
    mounted = {one.mountpoint: one.fstype for one in psutil.disk_partitions(all=True)}
    real = folder.resolve()
    return next((mounted[str(one)] for one in (real, *real.parents) if str(one) in mounted), "unknown")
