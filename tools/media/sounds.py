"""Sounds from people to lay under a film: read as every upload is (`clips.py`), in bounds of its own."""

from pathlib import Path

from state.errors import UploadRejected
from state.media import MediaRef
from tools.media.clips import made_anew
from tools.media.inspect import inspect
from tools.media.store import MediaStore
from tools.work_folder import work_folder

SHORTEST_S, LONGEST_S = 1.0, 900.0
MAX_SOUND_BYTES = 200_000_000
"""A quarter of an hour of stereo at 48 kHz, not compressed, is 173 MB."""
SENT_AS = {
    "audio/mpeg": "audio/mpeg", "audio/mp3": "audio/mpeg",
    "audio/wav": "audio/wav", "audio/x-wav": "audio/wav", "audio/wave": "audio/wav",
    "audio/mp4": "audio/mp4", "audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4",
    "audio/aac": "audio/aac",
}  # fmt: skip
"""The names that programs have for the kinds that are taken."""
_KINDS = "Send an MP3, WAV, M4A or AAC file of 1 second to 15 minutes."


async def upload_sound(store: MediaStore, source: Path, *, user_id: str) -> MediaRef:
    """Store the sound of an uploaded file as WAV, MP3 or M4A; what it is and how long decides its content.

    Raises:
        UploadRejected: no MP3, WAV, M4A or AAC sound, damaged, or not of 1 second to 15 minutes.
        StoreFull, WorkFolderFull: no room left.
    """
    async with work_folder("sound") as folder:
        try:
            found = await inspect(source)
            if found.mime not in SENT_AS:
                raise UploadRejected(f"the file is no sound, but {found.mime}")
            kept = await store.put(await _within(await made_anew(source, folder)), user_id=user_id)
        except UploadRejected as exc:
            raise UploadRejected(exc.message, user_action=_KINDS) from exc
    return kept


async def _within(fresh: Path) -> Path:
    """Our own copy says how long it is; what was sent may promise anything."""
    seconds = (await inspect(fresh)).duration_s or 0.0
    if seconds < SHORTEST_S:
        raise UploadRejected(f"the sound is {seconds:.1f} s long; at least {SHORTEST_S:.0f} s are needed")
    if seconds > LONGEST_S:
        raise UploadRejected(f"the sound is longer than {LONGEST_S / 60:.0f} minutes")
    return fresh
