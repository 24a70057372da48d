"""Composes and plays the music of an episode: the offline engine's orchestra."""

import asyncio
import contextlib
import hashlib
import json
import sys
from pathlib import Path

from state.errors import ProviderFailed
from state.order import MusicRequest
from tools.engines.base import Fetched

PROJECT = Path(__file__).resolve().parents[3]
LAST_LINES = 6


async def render_music(request: MusicRequest, into: Path) -> Fetched:
    """Write the music as a WAV file in the folder `into`: stereo, 48 kHz, exactly `duration_s`.

    Turns of the story fall on downbeats with a riser before and a blow on them; the last
    chord rings out to the last sample. `extra` holds `beats` (seconds) and `tempo_bpm`. The
    same request gives the same bytes.

    Raises:
        ProviderFailed: the process that plays it ended early.
    """
    target = _target(request, into)
    printed = await _run("music_worker", str(target), given=request.model_dump_json().encode())
    return Fetched(path=target, extra=json.loads(printed), seed=request.seed)


def _target(request: MusicRequest, into: Path) -> Path:
    digest = hashlib.sha256(request.model_dump_json().encode()).hexdigest()[:16]
    return into.resolve() / f"music-{digest}.wav"


async def _run(module: str, *arguments: str, given: bytes) -> bytes:
    """A process of its own, because minutes of samples would hold the event loop up."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"tools.engines.previz.{module}", *arguments, cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        printed, errors = await process.communicate(given)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        lines = errors.decode("utf-8", "replace").strip().splitlines()[-LAST_LINES:]
        raise ProviderFailed(
            f"The music was not finished: {lines[-1] if lines else 'no message'}",
            provider="previz", model="orchestra", details={"last_lines": lines},
        )  # fmt: skip
    return printed
