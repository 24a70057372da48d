"""A real folder of another machine that does not answer: a file system whose server has gone."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

FUSE = Path("/dev/fuse")


@contextmanager
def dead_mount(folder: Path) -> Iterator[None]:
    """Within the block every call below `folder` fails with ENOTCONN; skips where there can be none."""
    if os.geteuid() != 0 or not FUSE.exists():
        pytest.skip("to mount a folder whose server has gone one has to be root and to have FUSE")
    _mount(folder)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def _mount(folder: Path) -> None:
    server = os.open(FUSE, os.O_RDWR)
    options = f"fd={server},rootmode=40000,user_id=0,group_id=0"
    command = ["mount", "-i", "-t", "fuse", "-o", options, "greenlight-test", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, pass_fds=[server])
    except (OSError, subprocess.CalledProcessError) as exc:
        pytest.skip(f"nothing can be mounted here: {getattr(exc, 'stderr', '') or exc}")
    finally:
        os.close(server)  # that was its server
    with suppress(OSError):
        os.stat(folder)
        raise AssertionError("it answers")
