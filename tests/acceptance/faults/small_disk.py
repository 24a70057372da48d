"""A real disk that is small, so that it can be full: a tmpfs of a test's own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.postgres import reachable_folder

MIB = 1 << 20
FILLER = "filler"


@cache
def why_not() -> str:
    """Why nothing can be mounted here; empty when it can."""
    if os.geteuid() != 0:
        return "to mount a small disk one has to be root"
    folder = reachable_folder()
    try:
        _mount(folder, 1)
        _unmount(folder)
    except (OSError, subprocess.CalledProcessError) as exc:
        return f"no disk can be mounted here: {getattr(exc, 'stderr', '') or exc}"
    finally:
        folder.rmdir()
    return ""


@dataclass(frozen=True)
class SmallDisk:
    """Mounted at `folder`."""

    folder: Path

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.folder / FILLER).open("ab", buffering=0) as out:
            for size in (MIB, 4096, 1):
                try:
                    while out.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        (self.folder / FILLER).unlink()


@contextmanager
def small_disk(mib: int) -> Iterator[SmallDisk]:
    """A disk of so many MiB; skips the test where none can be had."""
    if why := why_not():
        pytest.skip(why)
    folder = reachable_folder()
    _mount(folder, mib)
    try:
        yield SmallDisk(folder)
    finally:
        _unmount(folder)
        folder.rmdir()


def _mount(folder: Path, mib: int) -> None:
    options = f"size={mib}m,mode=0755"
    command = ["mount", "-t", "tmpfs", "-o", options, "greenlight-test", str(folder)]
    subprocess.run(command, check=True, capture_output=True, text=True)


def _unmount(folder: Path) -> None:
    """Lazily: what was killed a moment ago may still be going."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True, text=True)
