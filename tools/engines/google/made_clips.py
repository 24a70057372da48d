"""Where the clips that Google made lie at Google: what extends one must name it by that address."""

import asyncio
import hashlib
import json
from contextlib import suppress
from pathlib import Path

import structlog

from state.media import MediaRef
from tools.clock import Clock
from tools.engines.google.clip_rules import clip_rules

log = structlog.get_logger(__name__)


class MadeClips:
    """Notes of clips that were fetched here, by the digest of their content; a clip lives for two days there.

    They are worth nothing but an extension: without them it is refused before anything is sent.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    async def note(self, clip: Path, address: str) -> None:
        """Remember where a clip lies that was fetched just now, if that can be written down.

        The clip is here and paid for: that it cannot be extended is the smaller loss.
        """
        try:
            await asyncio.to_thread(self._note, clip, address)
        except OSError as exc:
            log.warning("clip_not_noted", folder=str(self._folder), error=exc.strerror)

    async def address(self, media: MediaRef) -> str:
        """Where Google has this clip; empty where it has not, or not any more."""
        return await asyncio.to_thread(self._address, media.sha256)

    def _note(self, clip: Path, address: str) -> None:
        with clip.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._drop_old()
        until = self._clock.now().timestamp() + clip_rules().extension.clip_lives_s
        part = self._folder / f".{digest}.part"
        part.write_text(json.dumps({"address": address, "until": until}), "utf-8")
        part.replace(self._folder / f"{digest}.json")

    def _address(self, digest: str) -> str:
        found = self._read(self._folder / f"{digest}.json")
        return str(found["address"]) if found else ""

    def _read(self, note: Path) -> dict[str, object] | None:
        """A note that still holds; one that a power cut left half written is none."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept: dict[str, object] = json.loads(note.read_text("utf-8"))
            if float(str(kept["until"])) > self._clock.now().timestamp():
                return kept
        return None

    def _drop_old(self) -> None:
        for note in self._folder.glob("*.json"):
            if self._read(note) is None:
                note.unlink(missing_ok=True)
