"""How tests run the embedded server: apart from their own event loops, in folders it can reach."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any


def run_apart(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run async work away from the loops of the tests: for session fixtures and plain tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def in_database(url: str, name: str) -> str:
    """The same server, another database."""
    server, _, rest = url.rpartition("/")
    return f"{server}/{name}{rest[rest.find('?') :] if '?' in rest else ''}"


def reachable_folder() -> Path:
    """A temporary folder that another account may enter; pytest's own may be 0700."""
    folder = Path(tempfile.mkdtemp(prefix="greenlight-tests-"))
    folder.chmod(0o755)
    return folder
