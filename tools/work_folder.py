"""One folder per piece of work, gone when it is done; made and removed off the event loop."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


@asynccontextmanager
async def work_folder(purpose: str, *, inside: Path | None = None) -> AsyncIterator[Path]:
    """An empty folder of our own; whatever is left in it is removed, also after an error."""
    made = await asyncio.to_thread(tempfile.mkdtemp, prefix=f"greenlight-{purpose}-", dir=inside)
    folder = Path(made)
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def write_text(path: Path, text: str) -> Path:
    """Write a small UTF-8 file off the event loop."""
    await asyncio.to_thread(path.write_text, text, encoding="utf-8")
    return path
