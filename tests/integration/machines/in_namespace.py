"""Runs a module inside a Linux network namespace, or in none: `NAMESPACE MODULE WORDS...`."""

import ctypes
import os
import runpy
import sys

CLONE_NEWNET = 0x40000000


def enter(namespace: str) -> None:
    """Live in this namespace from now on; before any thread or socket."""
    with open(f"/var/run/netns/{namespace}") as file:
        if ctypes.CDLL(None, use_errno=True).setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")


if __name__ == "__main__":
    given, module = sys.argv[1:3]
    if given:
        enter(given)
    sys.argv = [module, *sys.argv[3:]]
    os.chdir(os.environ["GREENLIGHT_DATA_DIR"])  # no `.env` of whoever runs the tests
    runpy.run_module(module, run_name="__main__", alter_sys=True)
