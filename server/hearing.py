"""Waveforms and beats of stored sounds: worked out once, kept in memory while they are asked for.

A key names its content, so what was found stays right. A restart forgets it: a second of work for a song.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path

from pydantic import BaseModel

from state.errors import FfmpegFailed, MediaError, UploadRejected
from tools.media.store import MediaStore
from tools.post.beats import Rhythm
from tools.post.samples import rhythm_of
from tools.post.waveform import Waveform, waveform

KEPT = 128
"""Answers in memory: the largest is 250 kB."""
AT_ONCE = 2
"""Sounds that are decoded at the same time, each with up to 350 MB of samples on the disk."""


class Hearing:
    """Listens to stored files. Whoever asks has checked whose they are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], BaseModel] = OrderedDict()
        self._turns: dict[tuple[str, int], asyncio.Lock] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def waveform(self, store: MediaStore, key: str, buckets: int) -> Waveform:
        """Peaks in so many buckets.

        Raises:
            MediaMissing: the file is gone.
            MediaError: it has no sound, or none that can be read.
        """
        found = await self._heard(store, key, buckets, lambda path: waveform(path, buckets))
        return Waveform.model_validate(found)

    async def rhythm(self, store: MediaStore, key: str) -> Rhythm:
        """Tempo, beats and onsets; errors as `waveform`."""
        return Rhythm.model_validate(await self._heard(store, key, 0, rhythm_of))

    async def _heard(
        self, store: MediaStore, key: str, buckets: int, listen: Callable[[Path], Awaitable[BaseModel]]
    ) -> BaseModel:
        """Each asked-for thing is worked out once, however many ask for it at the same time."""
        asked = (key, buckets)
        async with self._turns.setdefault(asked, asyncio.Lock()):
            try:
                path = await store.get(key)
                if asked not in self._kept:
                    self._keep(asked, await self._listened(path, listen))
                self._kept.move_to_end(asked)
                return self._kept[asked]
            finally:
                self._turns.pop(asked, None)

    async def _listened(self, path: Path, listen: Callable[[Path], Awaitable[BaseModel]]) -> BaseModel:
        try:
            async with self._places:
                return await listen(path)
        except (FfmpegFailed, UploadRejected) as exc:
            raise MediaError(
                "The sound of this file cannot be read.", user_action="Upload it again as WAV or MP3."
            ) from exc

    def _keep(self, asked: tuple[str, int], found: BaseModel) -> None:
        self._kept[asked] = found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
