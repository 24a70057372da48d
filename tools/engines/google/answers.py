"""What Gemini answered to an order of a picture or a line: the file itself, or why there is none."""

import base64
import binascii
import io
import re
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from state.order import FailureKind, Medium
from tools.engines.google.files_of import suffix_of
from tools.engines.live.answer import said

UNFINISHED = frozenset({"", "STOP", "MAX_TOKENS", "NO_IMAGE", "FINISH_REASON_UNSPECIFIED"})
"""Reasons with which nothing was refused; any other one, known or not, is a refusal."""
CUT_SHORT = "MAX_TOKENS"
RATE = re.compile(r"(?:^|;)\s*rate=(\d{4,6})\s*(?:;|$)", re.I)
CHANNELS = re.compile(r"(?:^|;)\s*channels=([12])\s*(?:;|$)", re.I)
USUAL_RATE = 24_000
SAMPLE_BYTES = 2


@dataclass(frozen=True)
class Outcome:
    """A file as it is kept, or why there is none."""

    content: bytes = b""
    suffix: str = ".none"
    error: str = ""
    kind: FailureKind = "bad_output"
    billed: bool = True
    extra: dict[str, Any] = field(default_factory=dict)


def outcome_of(answer: Mapping[str, Any], medium: Medium) -> Outcome:
    """The outcome of an order that was answered with 200."""
    usage, billed = _usage(answer), _was_made(answer)
    blocked = _mapping(answer.get("promptFeedback")).get("blockReason")
    if blocked:
        words = f"Google refused the prompt: {said(blocked)}"
        return Outcome(error=words, kind="refused", billed=billed, extra=usage)
    candidate = _mapping(next(iter(_listed(answer.get("candidates"))), None))
    reason = said(candidate.get("finishReason"))
    blob = _last_blob(candidate, "image/" if medium == "image" else "audio/")
    if blob is None:
        return _nothing(candidate, reason, billed, usage)
    if medium == "voice" and reason == CUT_SHORT:
        return Outcome(error="Google stopped in the middle of the line", billed=billed, extra=usage)
    return _file(blob, medium, usage)


def _nothing(candidate: Mapping[str, Any], reason: str, billed: bool, usage: dict[str, Any]) -> Outcome:
    """No file: refused, or just none."""
    why = said(candidate.get("finishMessage"))
    told = ": ".join(one for one in (reason, why) if one)
    if reason in UNFINISHED:
        return Outcome(error=f"Google sent no file ({told or 'no word why'})", billed=billed, extra=usage)
    return Outcome(error=f"Google refused to make it: {told}", kind="refused", billed=billed, extra=usage)


def _file(blob: Mapping[str, Any], medium: Medium, usage: dict[str, Any]) -> Outcome:
    mime = str(blob.get("mimeType") or "").lower()
    try:
        content = base64.b64decode(_standard(str(blob.get("data") or "")), validate=True)
    except (binascii.Error, ValueError):
        return Outcome(error="Google sent a file that cannot be decoded", extra=usage)
    if medium == "voice" and "l16" in mime.split(";")[0]:
        content = as_wav(content, mime)
    suffix = suffix_of(content, medium)
    if not suffix:
        what = said(mime) or "something"
        return Outcome(error=f"Google sent {what} that is no {medium}, or none at all", extra=usage)
    return Outcome(content=content, suffix=suffix, extra=usage)


def as_wav(samples: bytes, mime: str) -> bytes:
    """A WAV of 16-bit samples, lowest byte first as Google sends them; rate and channels as the type says.

    Empty where there is not one sample, or half of one at the end: then it did not come whole.
    """
    rate, channels = RATE.search(mime), CHANNELS.search(mime)
    count = int(channels[1]) if channels else 1
    if not samples or len(samples) % (SAMPLE_BYTES * count):
        return b""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(count)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(int(rate[1]) if rate else USUAL_RATE)
        file.writeframes(samples)
    return out.getvalue()


def _last_blob(candidate: Mapping[str, Any], family: str) -> Mapping[str, Any] | None:
    """The last file of this family that is no thought: a model that thinks shows its sketches before."""
    return next(reversed([*_blobs(candidate, family)]), None)


def _blobs(candidate: Mapping[str, Any], family: str) -> Iterator[Mapping[str, Any]]:
    for part in map(_mapping, _listed(_mapping(candidate.get("content")).get("parts"))):
        blob = _mapping(part.get("inlineData"))
        if not part.get("thought") and str(blob.get("mimeType") or "").lower().startswith(family):
            yield blob


def _was_made(answer: Mapping[str, Any]) -> bool:
    """Whether something is billed of an answer without a file; without a count of tokens nobody knows.

    Pictures and speech are paid as tokens that the model wrote. Those of the prompt are no part of our price.
    """
    usage = _mapping(answer.get("usageMetadata"))
    return not usage or bool(usage.get("candidatesTokenCount"))


def _usage(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The tokens that were read and written, for who compares them with a bill."""
    usage = _mapping(answer.get("usageMetadata"))
    told = {
        "prompt_tokens": usage.get("promptTokenCount"),
        "written_tokens": usage.get("candidatesTokenCount"),
    }
    counted = {name: count for name, count in told.items() if isinstance(count, int)}
    return {"usage": counted} if counted else {}


def _standard(data: str) -> str:
    """Google's own JSON has the standard letters; its clients take those of addresses, too."""
    return data.replace("-", "+").replace("_", "/")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
