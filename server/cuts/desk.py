"""The cut of a production on somebody's desk: opened where its graph stored it, edited, and shown.

HTTP and the command line both work through it, so both do the same.
"""

import asyncio
from collections.abc import Sequence, Set
from dataclasses import dataclass

from server.archives.renaming import Renaming
from server.deps import House
from state import edits
from state.errors import EditRefused, MediaMissing, RecordConflict, RecordNotFound
from state.media import MediaRef
from state.timeline import KEPT, Timeline
from tools.cuts.book import CutBook, Edited
from tools.cuts.media import keys_named, with_facts
from tools.media.keys import check_key, digest_in
from tools.media.reference import sure_reference_of
from tools.post.looks.plan import check_effect
from tools.post.transitions import check_transition
from tools.post.words_refused import check_words

NOT_YET = "This production has no cut yet."


@dataclass(frozen=True, kw_only=True)
class OnDesk:
    """A cut, and whether its graph has assembled another one since it was opened."""

    edited: Edited
    outdated: bool


class CutDesk:
    """What a user may do with the cut of a production."""

    def __init__(self, house: House, user_id: str) -> None:
        self._house, self._user = house, user_id
        self.book = CutBook(house.database)

    async def open(self, production_id: str, *, version: int | None = None) -> OnDesk:
        """The cut as it is now, or at a version; begun with what the graph assembled where nobody has yet.

        Raises:
            RecordConflict: there is nothing to be cut yet.
            RecordNotFound: this user has no such production, or the cut no such version.
        """
        assembled = await self._assembled(production_id)
        try:
            edited = await self.book.read(production_id, user_id=self._user, version=version)
        except RecordNotFound:
            if version is not None or assembled is None:
                raise
            first = await self._timeline(assembled)
            edited = await self.book.open(production_id, first, made_of=assembled.sha256, user_id=self._user)
        return await self._laid_out(production_id, edited, assembled)

    async def edit(
        self, production_id: str, operations: Sequence[edits.Operation], *, seen: int | None = None
    ) -> OnDesk:
        """Carry operations out, all or none, with the facts of the files that they name.

        Raises:
            EditRefused: one of them cannot be made.
            MediaMissing: this user has no such file.
            RecordConflict: the cut has changed since it was seen.
        """
        now = await self.open(production_id)
        for number, operation in enumerate(operations):
            _check_shown(operation, now.edited.timeline, number)
        known = await self.facts_of({key for one in operations for key in keys_named(one)})
        made = [with_facts(one, known) for one in operations]
        edited = await self.book.edit(production_id, made, user_id=self._user, seen=seen)
        return await self.as_made(production_id, edited)

    async def undo(self, production_id: str, *, count: int = 1, seen: int | None = None) -> OnDesk:
        """So many edits back."""
        await self.open(production_id)
        edited = await self.book.undo(production_id, user_id=self._user, count=count, seen=seen)
        return await self.as_made(production_id, edited)

    async def redo(self, production_id: str, *, count: int = 1, seen: int | None = None) -> OnDesk:
        """So many edits on."""
        await self.open(production_id)
        edited = await self.book.redo(production_id, user_id=self._user, count=count, seen=seen)
        return await self.as_made(production_id, edited)

    async def restore(self, production_id: str, version: int, *, seen: int | None = None) -> OnDesk:
        """The cut as it was at a version."""
        await self.open(production_id)
        edited = await self.book.restore(production_id, version, user_id=self._user, seen=seen)
        return await self.as_made(production_id, edited)

    async def take_over(self, production_id: str) -> OnDesk:
        """What the graph has assembled since, as a new version.

        Raises:
            RecordConflict: it has assembled nothing since.
        """
        now = await self.open(production_id)
        assembled = await self._assembled(production_id)
        if assembled is None or not now.outdated:
            raise RecordConflict(
                "The production was not cut anew since.", user_action="Go on with the cut as it is."
            )
        timeline = await self._timeline(assembled)
        edited = await self.book.take_over(
            production_id, timeline, made_of=assembled.sha256, user_id=self._user
        )
        return await self.as_made(production_id, edited)

    async def as_made(self, production_id: str, edited: Edited) -> OnDesk:
        """What this very change has made: read again it could be what somebody else has made since."""
        return await self._laid_out(production_id, edited, await self._assembled(production_id))

    async def _laid_out(self, production_id: str, edited: Edited, assembled: MediaRef | None) -> OnDesk:
        made_of = await self.book.made_of(production_id, user_id=self._user)
        return OnDesk(edited=edited, outdated=assembled is not None and assembled.sha256 != made_of)

    async def _assembled(self, production_id: str) -> MediaRef | None:
        """The cut that the graph stored last.

        Raises:
            RecordConflict: there is none, and there never was one.
        """
        state = await self._house.runs.state(user_id=self._user, production_id=production_id)
        kept = state.values.get("cut")
        if kept:
            return MediaRef.model_validate(kept)
        try:  # taken back by a change by hand: what was opened before is still there
            await self.book.read(production_id, user_id=self._user)
        except RecordNotFound:
            raise RecordConflict(
                NOT_YET, user_action="Wait until its shots are taken: the cut is assembled behind them."
            ) from None
        return None

    async def _timeline(self, assembled: MediaRef) -> Timeline:
        """Its file is as its graph wrote it, also where it came from elsewhere: its files are ours here."""
        path = await self._house.store.get(assembled.key)
        text = (await asyncio.to_thread(path.read_bytes)).decode()
        return Timeline.model_validate_json(Renaming(self._user)(text), context=KEPT)

    async def facts_of(self, keys: Set[str]) -> dict[str, MediaRef]:
        """What the store knows of these files.

        Raises:
            MediaMissing: this user has no such file.
        """
        return {key: await self._file(key) for key in sorted(keys)}

    async def _file(self, key: str) -> MediaRef:
        check_key(key)
        if key.split("/")[1] != self._user:
            raise MediaMissing(f"You have no file {key}.", user_action="Name one of your media library.")
        path = await self._house.store.get(key)
        return await asyncio.to_thread(sure_reference_of, path, digest_in(key), self._user)


def _check_shown(operation: edits.Operation, timeline: Timeline, number: int) -> None:
    """Whether the film can show it: there are such transitions and looks, and room for what is written.

    Raises:
        EditRefused: it cannot.
    """
    try:
        if isinstance(operation, edits.SetTransition) and operation.style is not None:
            check_transition(operation.style, operation.length, timeline.fps)
        effects = operation.effects if isinstance(operation, edits.SetEffects) else []
        for effect in operation.clip.effects if isinstance(operation, edits.AddClip) else effects:
            check_effect(effect)
        check_words(operation, timeline)
    except EditRefused as error:
        error.details["number"] = number
        raise
