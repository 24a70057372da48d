"""What an ffmpeg may use that reads a stranger's file."""

import shutil
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of one process; where one is reached, the system ends it."""

    cpu_s: int = 60
    memory_bytes: int = 4 << 30
    file_bytes: int = 1 << 30
    """Of each file that it writes."""

    def prefix(self) -> tuple[str, ...]:
        """What goes before the command; nothing where the system has no such tool."""
        tool = _tool()
        if tool is None:
            return ()
        return (tool, f"--cpu={self.cpu_s}", f"--as={self.memory_bytes}", f"--fsize={self.file_bytes}", "--")


@lru_cache(maxsize=1)
def _tool() -> str | None:
    return shutil.which("prlimit")
