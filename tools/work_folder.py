"""One folder per piece of work, gone when it is done; made and removed off the event loop."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tools.full_disks import room_in


@asynccontextmanager
async def work_folder(purpose: str, *, inside: Path | None = None) -> AsyncIterator[Path]:
    """An empty folder of our own; whatever is left in it is removed, also after an error.

    Raises:
        WorkFolderFull: no room for it, or for what was made in it.
    """
    place = inside or Path(await asyncio.to_thread(tempfile.gettempdir))
    with room_in(place):
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix=f"greenlight-{purpose}-", dir=place))
        try:
            yield folder
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def write_text(path: Path, text: str) -> Path:
    """Write a small UTF-8 file off the event loop."""
    await asyncio.to_thread(path.write_text, text, encoding="utf-8")
    return path
