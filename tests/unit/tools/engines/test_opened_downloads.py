"""A download that is given up while its file is being opened leaves no file open."""

import asyncio
import os
from pathlib import Path

import pytest

from tools.engines.live.downloads import _opened


async def test_what_is_opened_for_nobody_is_closed(tmp_path: Path) -> None:
    """A pipe that nobody reads opens only when somebody does: after the download was given up."""
    pipe = tmp_path / "part"
    os.mkfifo(pipe)
    opening = asyncio.create_task(_opened(pipe))
    await asyncio.sleep(0)
    opening.cancel()
    reader = await asyncio.to_thread(os.open, pipe, os.O_RDONLY)
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert await asyncio.to_thread(os.read, reader, 1) == b"", "its writer has closed it"
    os.close(reader)


async def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await _opened(tmp_path / "nowhere" / "part")
