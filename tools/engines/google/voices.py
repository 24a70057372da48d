"""A spoken line, in the words of Gemini's speech models: how it is to be said stands before what is said."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from state.order import VoiceRequest
from tools.engines.google.asked import Asked, card_of, checked, only
from tools.engines.provider_voices import voice_book

WORDS = Path(__file__).with_name("voices.toml")
CALM = 0.05
"""A speed so near to 1 is the usual one."""


def voice_asked(request: VoiceRequest) -> Asked:
    """The request for one line.

    Raises:
        ProviderMisconfigured: `invalid`, Gemini has no such voice.
    """
    card = card_of(request)
    names = {str(one).lower(): str(one) for one in only(card, "voiceName")}
    book = voice_book(card.id)
    name = (book.voice(request.voice_id) if book else None) or request.voice_id
    fields = checked(
        card,
        {
            "text": spoken(request),
            "voiceName": names.get(name.lower(), name),
            "languageCode": _words()["languages"][request.language],
        },
        [],
    )
    speech = {
        "voiceConfig": {"prebuiltVoiceConfig": {"voiceName": fields["voiceName"]}},
        "languageCode": fields["languageCode"],
    }
    return Asked(
        f"v1beta/models/{card.vendor}:generateContent",
        {
            "contents": [{"role": "user", "parts": [{"text": fields["text"]}]}],
            "generationConfig": {"responseModalities": ["AUDIO"], "speechConfig": speech},
        },
        {"voice": fields["voiceName"]},
    )


def spoken(request: VoiceRequest) -> str:
    """The line with its direction: `Say in a sad voice, slowly: ...`; the bare line where there is none."""
    asked = request.parameters
    manner = str(asked.get("style") or _words()["expressions"].get(request.expression, ""))
    pitch = _graded(asked.get("pitch", 0), "in a higher pitch", "in a lower pitch", "in a {} pitch")
    told = [one for one in (manner, _pace(request), pitch) if one]
    return f"Say {', '.join(told)}: {request.text}" if told else request.text


def _pace(request: VoiceRequest) -> str:
    """By `rate`, a factor or words, else by the order's speed."""
    rate = request.parameters.get("rate", request.speed)
    offset = rate - 1 if isinstance(rate, int | float) else rate
    return _graded(offset, "faster than usual", "slower than usual", "at a {} pace")


def _graded(value: str | float, more: str, less: str, words: str) -> str:
    if isinstance(value, str):
        return words.format(value) if value else ""
    if abs(value) < CALM:
        return ""
    return more if value > 0 else less


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text("utf-8"))
