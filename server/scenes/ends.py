"""The first and the last frame of a take, as pictures in the store."""

import asyncio
from collections import OrderedDict

from server.deps import House
from state.errors import MediaMissing
from state.media import MediaRef
from state.take import Take
from tools.post.stills import frame_at
from tools.work_folder import work_folder

AT_ONCE = 4
REMEMBERED = 5_000
"""Pictures whose keys this process knows: a take never changes, so neither do its ends."""


class TakeEnds:
    """Cuts the ends out of takes, each once in this process."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, int], MediaRef] = OrderedDict()
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def of(
        self, house: House, take: Take, *, seconds: float, fps: int, user_id: str
    ) -> tuple[MediaRef, MediaRef] | None:
        """The first frame that is seen of it and the last; None where its file is not there any more."""
        media = take.media
        if media is None:
            return None
        shown = round(min(seconds, media.duration_s or seconds) * fps)
        try:
            first, last = [
                await self._frame(house, media, number, fps, user_id) for number in (0, max(0, shown - 1))
            ]
        except MediaMissing:
            return None
        return first, last

    async def _frame(self, house: House, media: MediaRef, number: int, fps: int, user_id: str) -> MediaRef:
        if (known := self._known.get((media.key, number))) is not None:
            try:
                await house.store.get(known.key)
            except MediaMissing:  # cleared meanwhile: it is cut out again
                del self._known[media.key, number]
            else:
                return known
        source = await house.store.get(media.key)
        async with self._gate, work_folder("ends") as folder:
            picture = await frame_at(source, number / fps, folder / "frame.png")
            stored = await house.store.put(picture, user_id=user_id)
        self._known[media.key, number] = stored
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return stored
