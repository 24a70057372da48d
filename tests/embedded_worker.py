"""A process of its own that uses an embedded server until it is told to let go, or is killed.

Arguments: the data folder, and a uid to become after the imports (0: stay).
"""

import asyncio
import os
import sys
from pathlib import Path

from tools.db.embedded import ensure_embedded, release_embedded
from tools.db.postmaster import refusal


async def main(folder: Path) -> None:
    print(await ensure_embedded(folder, durable=False), flush=True)  # the answer to whoever started this
    if sys.stdin.readline() == "release\n":
        await release_embedded(folder)


if __name__ == "__main__":
    if uid := int(sys.argv[2]):
        # Root's Python may lie where nobody else can read: import all that is imported late.
        asyncio.run(asyncio.to_thread(refusal, "postgresql://127.0.0.1:1/none"))
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    asyncio.run(main(Path(sys.argv[1])))
