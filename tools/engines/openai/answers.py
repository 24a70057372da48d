"""What OpenAI's answers hold: the file itself, and what a body says that is no file."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

import filetype

from state.errors import ProviderTimeout
from tools.engines.live.answer import Answer

SUFFIXES = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "audio/wav": ".wav",
    "audio/x-wav": ".wav", "audio/mpeg": ".mp3",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file that was answered, or what is wrong with an answer that was paid for."""

    content: bytes
    suffix: str = ".bin"
    usage: dict[str, int] = field(default_factory=dict)
    """Tokens that are billed."""
    problem: str = ""
    """Why there is no usable file in it; empty when there is one."""


def picture_in(answer: Answer) -> Made:
    """The first picture of an answer. An address is none: these models never answer with one.

    Raises:
        ProviderError: `ambiguous`, the answer cannot be read.
    """
    body = answer.json()
    usage = _counted(body.get("usage"))
    listed = body.get("data")
    first = listed[0] if isinstance(listed, list) and listed else None
    encoded = first.get("b64_json") if isinstance(first, dict) else None
    if not isinstance(encoded, str) or not encoded:
        return Made(content=b"", usage=usage, problem="openai answered without a picture")
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return Made(content=b"", usage=usage, problem="openai answered with a picture that cannot be decoded")
    return Made(content=content, suffix=suffix_of(content), usage=usage)


def speech_in(answer: Answer) -> Made:
    """The sound that is the answer.

    Raises:
        ProviderError: `ambiguous`, it is neither sound nor says that it is.
    """
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if not kind.startswith("audio/") and kind != "application/octet-stream":
        words = f"openai sent an answer that cannot be read (status {answer.status})."
        raise ProviderTimeout(words, provider=answer.provider, kind="ambiguous")
    if not answer.body:
        return Made(content=b"", problem="openai answered without a sound")
    return Made(content=answer.body, suffix=suffix_of(answer.body, kind))


def suffix_of(content: bytes, said: str = "") -> str:
    """By the bytes; by what is said of them where they tell nothing."""
    return SUFFIXES.get(filetype.guess_mime(content[:8192]) or "") or SUFFIXES.get(said, ".bin")


def _counted(usage: Any) -> dict[str, int]:
    if not isinstance(usage, dict):
        return {}
    names = ("input_tokens", "output_tokens", "total_tokens")
    return {name: usage[name] for name in names if type(usage.get(name)) is int}
