"""OpenAI's speech: what it takes and how it is sent."""

import base64
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.standins.media_vendors.desk import Bill
from tests.standins.media_vendors.models import MediaModel, micro_usd
from tests.standins.media_vendors.openai_pictures import check_known, one_of, wrong
from tests.standins.media_vendors.sounds import seconds_of
from tests.standins.model_vendors.plans import count

VOICES = (
    "alloy",
    "ash",
    "ballad",
    "coral",
    "echo",
    "fable",
    "onyx",
    "nova",
    "sage",
    "shimmer",
    "verse",
    "marin",
    "cedar",
)
OLD_VOICES = tuple(one for one in VOICES if one not in ("ballad", "verse", "marin", "cedar"))
FORMATS = ("mp3", "opus", "aac", "flac", "wav", "pcm")
KNOWN = {"model", "input", "voice", "instructions", "response_format", "speed", "stream_format"}
MOST_WORDS, TOKENS_PER_S = 4096, 20
PIECE = 4096


def read(given: Mapping[str, Any], model: MediaModel) -> tuple[dict[str, Any], Bill]:
    """The order and its price. Raises `Rejected`."""
    check_known(given, KNOWN)
    words = given.get("input")
    if not isinstance(words, str) or not words.strip():
        raise wrong("Missing required parameter: 'input'.", "input", "missing_required_parameter")
    if len(words) > MOST_WORDS:
        raise wrong(
            "Invalid 'input': string too long. Expected a string with maximum length "
            f"{MOST_WORDS}, but got a "
            f"string with length {len(words)} instead.",
            "input",
            "string_above_max_length",
        )
    voices = VOICES if model.instructed else OLD_VOICES
    voice = _voice(given, voices)
    kind = one_of(given, "response_format", FORMATS, "mp3")
    stream = one_of(given, "stream_format", ("sse", "audio"), "audio")
    if stream == "sse" and not model.instructed:
        raise wrong(f"Streaming events are not supported for {model.id}.", "stream_format", "invalid_value")
    speed = given.get("speed", 1.0)
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not 0.25 <= speed <= 4:
        raise wrong("Invalid 'speed': expected a number from 0.25 to 4.0.", "speed", "invalid_value")
    order = {
        "format": kind,
        "lines": [(voice, words)],
        "voices": (*voices, "custom"),
        "speed": speed,
        "stream": stream,
    }
    return order, _bill(words, given.get("instructions") or "", speed, model)


def _voice(given: Mapping[str, Any], voices: tuple[str, ...]) -> str:
    voice = given.get("voice")
    if isinstance(voice, Mapping) and voice.get("id"):
        return "custom"
    if voice is None:
        raise wrong("Missing required parameter: 'voice'.", "voice", "missing_required_parameter")
    return one_of(given, "voice", voices, "")


def _bill(words: str, instructions: str, speed: float, model: MediaModel) -> Bill:
    if "chars" in model.usd:
        return Bill(micro_usd(model.price("chars") * len(words)))
    tokens, out = count(words + instructions), round(seconds_of(words, speed) * TOKENS_PER_S)
    return Bill(micro_usd(model.price("input") * tokens + model.price("output") * Decimal(out)), tokens, out)


def events(content: bytes, bill: Bill) -> bytes:
    """As server-sent events."""
    parts: list[dict[str, Any]] = [
        {"type": "speech.audio.delta", "audio": base64.b64encode(content[start : start + PIECE]).decode()}
        for start in range(0, len(content), PIECE)
    ]
    usage = {"input_tokens": bill.prompt_tokens, "output_tokens": bill.output_tokens,
             "total_tokens": bill.prompt_tokens + bill.output_tokens}  # fmt: skip
    parts.append({"type": "speech.audio.done", "usage": usage})
    return b"".join(f"data: {json.dumps(one)}\n\n".encode() for one in parts)
