"""Passwords: argon2id, off the event loop, a few at a time, as slow for an unknown address as for others."""

import asyncio

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 6
LONGEST = 100
AT_ONCE = 2
"""Each takes 64 MiB and a core: a crowd at the door must not take the machine."""


class Passwords:
    """Hashes and checks."""

    def __init__(self, argon2: Argon2Hasher | None = None) -> None:
        self._hasher = PasswordHash((argon2 or Argon2Hasher(),))
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        """The argon2id hash with its own salt and figures."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def check(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        """Whether it is right, and a newer hash when the kept one was made with older figures.

        Without a kept one this takes as long and is never right, so that time tells nothing.
        """
        if kept is None:
            kept = self._nobodys = self._nobodys or await self.hash("nobody has this password")
            await self._verify(password, kept)
            return False, None
        return await self._verify(password, kept)

    async def _verify(self, password: str, kept: str) -> tuple[bool, str | None]:
        async with self._turn:
            return await asyncio.to_thread(self._hasher.verify_and_update, password, kept)
