"""Speaks one line: the offline engine's voices."""

import hashlib
from pathlib import Path

from state.errors import BriefRefused, ProviderRefused
from state.order import VoiceRequest
from tools.engines.base import Fetched
from tools.engines.previz.casting import acting, voice
from tools.engines.previz.speech_manner import rises
from tools.engines.previz.speech_text import spoken_words
from tools.engines.previz.voice_job import VoiceJob
from tools.engines.previz.voice_process import NAMES, voice_processes
from tools.settings import settings

QUESTION_RISE = 0.7
"""The model lets every sentence fall by a fifth to a third; a question has to end above that."""


async def render_voice(request: VoiceRequest, into: Path, *, models: Path | None = None) -> Fetched:
    """Speak a line into a WAV file in the folder `into`: mono, 24 kHz, 16 bit, -20 LUFS.

    `extra` holds `words` (one `WordTime` per word as written), `visemes` (mouth shapes
    without gaps) and `sample_rate`. The same request gives the same bytes. The voice model
    is assembled once in the folder `models`, by default in the data folder of the settings.

    Raises:
        ProviderRefused: unknown voice, or nothing in the line can be spoken.
        ConfigurationError: the voice model's packages are missing or damaged.
    """
    job = voice_job(request, into)
    extra = await voice_processes(models or settings().data_dir / "models").speak(job)
    return Fetched(path=Path(job.into), extra=extra, seed=request.seed)


def voice_job(request: VoiceRequest, into: Path) -> VoiceJob:
    """A request with voice, acting and words resolved.

    Raises:
        ProviderRefused: as `render_voice`.
    """
    words = spoken_words(request.text, request.language)
    if not words:
        raise ProviderRefused(
            "Nothing in this line can be spoken", kind="invalid", user_action="Give the line words.", **NAMES
        )
    try:
        speaker, manner = voice(request.voice_id, request.language), acting(request.expression)
    except BriefRefused as exc:
        raise ProviderRefused(exc.message, kind="invalid", user_action=exc.user_action, **NAMES) from exc
    return VoiceJob(
        shown=[word.shown for word in words],
        said=[word.said for word in words],
        accent=speaker.accent,
        mix=speaker.mix,
        speed=request.speed * speaker.pace * manner.pace,
        pitch=speaker.pitch * manner.pitch,
        gain_db=manner.gain_db,
        span=manner.span,
        rise=QUESTION_RISE if rises(request.text, request.language) else 0.0,
        breath=manner.breath,
        edge=manner.edge,
        seed=request.seed,
        into=str(into.resolve() / f"voice-{_digest(request)}.wav"),
    )


def _digest(request: VoiceRequest) -> str:
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()[:16]
