"""One render of `composer.py` in a process of its own: what it took stands on standard output, as JSON."""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

import scipy.signal  # noqa: F401 - a server has it loaded long before

from benchmarks.composer_films import by_hand, finished, joined, large, long_cut
from state.timeline import Timeline
from tools.post.master import render_master
from tools.post.piece_cache import PieceCache
from tools.post.pieces import Pieces

CUTS = {"joined": joined, "finished": finished, "large": large, "long": long_cut}


def main(side: str, name: str, folder: str, into: str) -> None:
    """`side` is `hand` or `ours`; `name` a cut, behind a colon what is changed in it."""
    started_s, before_s = time.monotonic(), _cpu_s()
    told = asyncio.run(_rendered(side, name, Path(folder), Path(into)))
    told |= {"wall_s": time.monotonic() - started_s, "cpu_s": _cpu_s() - before_s}
    print(json.dumps(told))


def _cpu_s() -> float:
    """Of this process and of all that it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


async def _rendered(side: str, name: str, folder: Path, into: Path) -> dict[str, float]:
    if side == "hand":
        await by_hand(name, folder, into)
        return {}
    heard: list[Pieces] = []
    # Only the long cut is rendered again with what was kept of it.
    cache = PieceCache(folder / "kept") if name.startswith("long") else None
    await render_master(
        _cut(name), resolve=lambda key: folder / key, into=into, work=folder / "work", cache=cache,
        tell=heard.append,
    )  # fmt: skip
    [pieces] = heard
    return {"encoded": pieces.encoded, "kept": pieces.kept, "copied": pieces.copied}


def _cut(name: str) -> Timeline:
    kind, _, change = name.partition(":")
    return long_cut(change) if kind == "long" else CUTS[kind]()


if __name__ == "__main__":
    main(*sys.argv[1:])
