"""Gemini's pictures and voices: what generateContent takes of their models, and how it answers."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from tests.standins.media_vendors.desk import Bill
from tests.standins.media_vendors.google_words import check_picture, invalid
from tests.standins.media_vendors.models import MediaModel, micro_usd
from tests.standins.media_vendors.results import Job, made
from tests.standins.media_vendors.sounds import seconds_of
from tests.standins.model_vendors import google_fields as fields
from tests.standins.model_vendors.google_contents import turns_of, words_of
from tests.standins.model_vendors.plans import PICTURE_TOKENS, count

Given = Mapping[str, Any]
SQUARES = {
    "1:1": (1024, 1024), "2:3": (832, 1248), "3:2": (1248, 832), "3:4": (864, 1184), "4:3": (1184, 864),
    "4:5": (896, 1152), "5:4": (1152, 896), "9:16": (768, 1344), "16:9": (1344, 768), "21:9": (1536, 672),
}  # fmt: skip
TIMES = {"1K": 1, "2K": 2, "4K": 4}
VOICES = (
    "Zephyr",
    "Puck",
    "Charon",
    "Kore",
    "Fenrir",
    "Leda",
    "Orus",
    "Aoede",
    "Callirrhoe",
    "Autonoe",
    "Enceladus",
    "Iapetus",
    "Umbriel",
    "Algieba",
    "Despina",
    "Erinome",
    "Algenib",
    "Rasalgethi",
    "Laomedeia",
    "Achernar",
    "Alnilam",
    "Schedar",
    "Gacrux",
    "Pulcherrima",
    "Achird",
    "Zubenelgenubi",
    "Vindemiatrix",
    "Sadachbia",
    "Sadaltager",
    "Sulafat",
)
TOKENS_PER_S = 25
MOST_TTS_TOKENS = 8192
PCM = "audio/L16;codec=pcm;rate=24000"
SIGNATURE = base64.b64encode(b"stand-in of a picture's signature").decode()


def read(body: Any, model: MediaModel) -> tuple[dict[str, Any], Bill]:
    """The order and its price. Raises `Rejected`."""
    sent = fields.read(body)
    wanted = sent.get("generationConfig") or {}
    if sent.get("tools"):
        raise invalid("Function calling is not enabled for this model")
    text = "".join(turn.text for turn in turns_of(sent.get("contents"))) + words_of(
        sent.get("systemInstruction")
    )
    return (
        _picture(sent, wanted, text, model) if model.kind == "picture" else _speech(sent, wanted, text, model)
    )


def _check_modalities(wanted: Given, model: MediaModel, allowed: tuple[set[str], ...]) -> None:
    asked = {str(one).upper() for one in wanted.get("responseModalities") or []}
    if asked and asked in allowed:
        return
    if asked or set() not in allowed:
        told = "\n".join("* " + ", ".join(sorted(one, reverse=True)) for one in allowed if one)
        raise invalid(
            "The requested combination of response modalities "
            f"({', '.join(sorted(asked)) or 'TEXT'}) is not supported "
            f"by the model. models/{model.id} accepts the following combination of response "
            f"modalities:\n{told}\n"
        )


def _picture(sent: Given, wanted: Given, text: str, model: MediaModel) -> tuple[dict[str, Any], Bill]:
    _check_modalities(wanted, model, (set(), {"TEXT", "IMAGE"}, {"IMAGE"}))
    config = wanted.get("imageConfig") or {}
    for name in config:
        if fields.camel(name) not in ("aspectRatio", "imageSize"):
            raise invalid(f'Invalid JSON payload received. Unknown name "{name}" at '
                          "'generation_config.image_config': Cannot find field.")  # fmt: skip
    config = {fields.camel(name): value for name, value in config.items()}
    aspect, size = config.get("aspectRatio", "1:1"), config.get("imageSize", "1K")
    if aspect not in SQUARES:
        raise invalid(f"aspect_ratio must be one of {', '.join(SQUARES)}.")
    if size not in model.sizes:
        raise invalid(f"image_size must be one of {', '.join(model.sizes)}.")
    inputs = _inputs(sent)
    if inputs > model.inputs:
        raise invalid(f"Please use at most {model.inputs} images in your request to models/{model.id}.")
    order = {
        "format": "png",
        "size": [side * TIMES[size] for side in SQUARES[aspect]],
        "aspect": aspect,
        "prompt": text,
        "inputs": inputs,
        "quality": 90,
        "tokens": dict(model.tokens)[size],
    }
    price = model.price(size, "picture") * 1_000_000
    return order, Bill(micro_usd(price), count(text) + inputs * PICTURE_TOKENS, order["tokens"])


def _inputs(sent: Given) -> int:
    found = 0
    for content in sent["contents"]:
        for part in content.get("parts", []):
            if "inlineData" in part:
                check_picture(
                    part["inlineData"].get("data"), part["inlineData"].get("mimeType"), "inline_data.data"
                )
            found += "inlineData" in part or "fileData" in part
    return found


def _speech(sent: Given, wanted: Given, text: str, model: MediaModel) -> tuple[dict[str, Any], Bill]:
    _check_modalities(wanted, model, ({"AUDIO"},))
    if _inputs(sent):
        raise invalid("Image input modality is not enabled for this model")
    tokens = count(text)
    if tokens > MOST_TTS_TOKENS:
        raise invalid(f"The input token count ({tokens}) exceeds the maximum number of tokens allowed "
                      f"({MOST_TTS_TOKENS}).")  # fmt: skip
    lines = _lines(fields_of(wanted.get("speechConfig") or {}), text)
    order = {"format": "pcm", "lines": lines, "voices": VOICES, "speed": 1.0}
    seconds = sum(seconds_of(words) for _, words in lines)
    out = round(seconds * TOKENS_PER_S)
    exact = model.price("input") * tokens + model.price("output") * out
    return {**order, "tokens": out}, Bill(micro_usd(exact), tokens, out)


def fields_of(value: Any) -> Any:
    """Names in camelCase all the way down: both spellings are taken."""
    if isinstance(value, Mapping):
        return {fields.camel(name): fields_of(inner) for name, inner in value.items()}
    return [fields_of(one) for one in value] if isinstance(value, list) else value


def _lines(speech: Given, text: str) -> list[tuple[str, str]]:
    many = speech.get("multiSpeakerVoiceConfig")
    if many is None:
        return [(_voice(speech.get("voiceConfig") or {}, default="Kore"), text)]
    if "voiceConfig" in speech:
        raise invalid("voice_config and multi_speaker_voice_config are mutually exclusive.")
    speakers = many.get("speakerVoiceConfigs") or []
    if len(speakers) != 2:
        raise invalid(f"multi_speaker_voice_config must have exactly 2 speakers, got {len(speakers)}.")
    voices = {one.get("speaker", ""): _voice(one.get("voiceConfig") or {}) for one in speakers}
    names = "|".join(map(re.escape, voices))
    spoken = re.findall(rf"^\s*({names}):\s*(.+)$", text, re.MULTILINE)
    return [(voices[name], words) for name, words in spoken] or [(next(iter(voices.values())), text)]


def _voice(config: Given, default: str = "") -> str:
    name = (config.get("prebuiltVoiceConfig") or {}).get("voiceName", default)
    found = next((one for one in VOICES if one.lower() == str(name).lower()), None)
    if found is None:
        raise invalid(f"Voice name {name} is not supported. Allowed voice names are: "
                      f"{', '.join(sorted(VOICES)).lower()}")  # fmt: skip
    return found


def answer(job: Job, model: MediaModel, bill: Bill) -> dict[str, Any]:
    """The body of a good answer, or of a refusal."""
    refused, usage = job["fault"] == "refused", {"promptTokenCount": bill.prompt_tokens}
    told = {"modelVersion": job["model"], "responseId": f"standin-{job['id']}"}
    details = {"promptTokensDetails": [{"modality": "TEXT", "tokenCount": bill.prompt_tokens}]}
    if refused and job["form"].startswith("blocked"):
        reason = job["form"].removeprefix("blocked").strip() or "PROHIBITED_CONTENT"
        usage["totalTokenCount"] = bill.prompt_tokens
        return {"promptFeedback": {"blockReason": reason}, "usageMetadata": {**usage, **details}, **told}
    if refused or job["fault"] == "no_media":
        usual = "IMAGE_SAFETY" if model.kind == "picture" else "OTHER"
        reason = (job["form"] or usual) if refused else "STOP"
        candidate: dict[str, Any] = {"content": {} if refused else {"role": "model"}, "finishReason": reason}
        usage["totalTokenCount"] = bill.prompt_tokens
    else:
        candidate = {"content": {"parts": [_part(job, model)], "role": "model"}, "finishReason": "STOP"}
        usage |= {
            "candidatesTokenCount": bill.output_tokens,
            "totalTokenCount": bill.prompt_tokens + bill.output_tokens,
        }
        kind = "IMAGE" if model.kind == "picture" else "AUDIO"
        details["candidatesTokensDetails"] = [{"modality": kind, "tokenCount": bill.output_tokens}]
    return {"candidates": [{**candidate, "index": 0}], "usageMetadata": {**usage, **details}, **told}


def _part(job: Job, model: MediaModel) -> dict[str, Any]:
    file = made(job)
    mime = PCM if model.kind == "speech" else file.mime
    part: dict[str, Any] = {"inlineData": {"mimeType": mime, "data": base64.b64encode(file.content).decode()}}
    return {**part, "thoughtSignature": SIGNATURE} if model.signs else part
