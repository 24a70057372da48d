"""Copying all media from one store to another, so that a house can move.

What lies at the new place already, with the same length, is not copied again: a store keeps a file
whole or not at all. So a copy that was broken off goes on where it was.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from state.errors import MediaDamaged, MediaMissing
from tools.media.store import MediaStore

AT_ONCE = 8


@dataclass
class Move:
    """What there is to copy, and how it went."""

    there: int = 0
    """Files that lay at the new place already."""
    wanted: list[tuple[str, int]] = field(default_factory=list)
    copied: int = 0
    gone: int = 0
    """Files that were deleted meanwhile."""
    damaged: list[str] = field(default_factory=list)
    """Keys of files that are not what their keys say; they were left where they are."""

    @property
    def wanted_bytes(self) -> int:
        """The length of all files to copy."""
        return sum(size for _, size in self.wanted)


async def plan_move(source: MediaStore, target: MediaStore) -> Move:
    """Compare both stores by key and length."""
    there = {key: size async for key, size in target.files()}
    move = Move()
    async for key, size in source.files():
        if there.get(key) == size:
            move.there += 1
        else:
            move.wanted.append((key, size))
    return move


async def copy_all(
    move: Move, source: MediaStore, target: MediaStore, *, told: Callable[[int], None] = lambda size: None
) -> None:
    """Copy what is wanted, a few at a time; `told` hears the length of each file that is done.

    Raises:
        StoreFull, StoreRefused, StoreUnreachable: nobody can go on; asking again goes on where it stopped.
    """
    turns = iter(move.wanted)

    async def work() -> None:
        for key, size in turns:
            await _copy(move, key, source, target)
            told(size)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from failed


async def _copy(move: Move, key: str, source: MediaStore, target: MediaStore) -> None:
    try:
        await target.take(key, await source.get(key))
    except MediaMissing:
        move.gone += 1
    except MediaDamaged:
        move.damaged.append(key)
    else:
        move.copied += 1
