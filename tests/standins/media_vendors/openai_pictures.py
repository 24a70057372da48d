"""OpenAI's gpt-image models: what generations and edits take, and how they answer."""

import base64
import io
import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from PIL import Image

from tests.standins.media_vendors.desk import Bill
from tests.standins.media_vendors.models import MediaModel, micro_usd
from tests.standins.media_vendors.openai_forms import Form, Sent
from tests.standins.media_vendors.results import Job, made
from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.plans import count

FIXED = ("1024x1024", "1536x1024", "1024x1536", "auto")
FORMATS = ("png", "webp", "jpeg")
COMMON = {
    "model",
    "prompt",
    "background",
    "moderation",
    "n",
    "output_compression",
    "output_format",
    "partial_images",
    "quality",
    "safety_identifier",
    "size",
    "stream",
    "user",
}
EDIT = (COMMON | {"input_fidelity"}) - {"moderation"}
MOST_PICTURES, MOST_BYTES, MOST_WORDS = 16, 50 << 20, 32000
PATCH, PICTURE_TOKENS = 32, 323
SHARES = {"low": 0.26, "medium": 1.03, "high": 4.06, "xhigh": 5.5, "max": 7.0}
"""Tokens of a patch of 32 by 32 pixels: 1024x1024 comes to 266, 1055 and 4157, near the published figures."""
Given = Mapping[str, Any]


def wrong(message: str, param: str | None = None, code: str | None = None) -> Rejected:
    return openai_error(400, message, param=param, code=code)


def check_known(given: Given, known: set[str]) -> None:
    for name in given:
        if name not in known:
            raise wrong(f"Unknown parameter: '{name}'.", name, "unknown_parameter")


def one_of(given: Given, name: str, allowed: tuple[str, ...], usual: str) -> str:
    value = given.get(name)
    value = usual if value is None else value
    if value not in allowed:
        told = ", ".join(f"'{one}'" for one in allowed[:-1]) + f", and '{allowed[-1]}'"
        raise wrong(f"Invalid value: '{value}'. Supported values are: {told}.", name, "invalid_value")
    return str(value)


def read(given: Given, model: MediaModel, pictures: tuple[Sent, ...] = ()) -> tuple[dict[str, Any], Bill]:
    """The order and its price. Raises `Rejected`."""
    prompt = given.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise wrong("Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter")
    if len(prompt) > MOST_WORDS:
        raise wrong(
            "Invalid 'prompt': string too long. Expected a string with maximum length "
            f"{MOST_WORDS}, but got a "
            f"string with length {len(prompt)} instead.",
            "prompt",
            "string_above_max_length",
        )
    kind = one_of(given, "output_format", FORMATS, "png")
    quality = one_of(given, "quality", model.qualities, "auto")
    back = one_of(given, "background", ("transparent", "opaque", "auto"), "auto")
    one_of(given, "moderation", ("low", "auto"), "auto")
    compression = whole(given, "output_compression", 0, 100, 100)
    if given.get("output_compression") is not None and kind == "png" and compression < 100:
        raise wrong("Compression less than 100 is not supported for PNG output format", "output_compression")
    if back == "transparent" and kind == "jpeg":
        raise wrong("Transparent background is not supported for JPEG output format", "background")
    quality, size = "high" if quality == "auto" else quality, size_of(given, model)
    number = whole(given, "n", 1, 10, 1)
    order = {
        "format": kind,
        "size": size,
        "aspect": f"{size[0]}x{size[1]}",
        "quality": max(1, compression),
        "grade": quality,
        "clear": back == "transparent",
        "samples": number,
        "prompt": prompt,
        "inputs": len(pictures),
        "stream": given.get("stream") in (True, "true"),
        "partial": whole(given, "partial_images", 0, 3, 0),
    }
    return order, _bill(order, model)


def _bill(order: dict[str, Any], model: MediaModel) -> Bill:
    wide, high = order["size"]
    each = round(-(-wide // PATCH) * -(-high // PATCH) * SHARES[order["grade"]])
    text, seen, out = count(order["prompt"]), order["inputs"] * PICTURE_TOKENS, each * order["samples"]
    order |= {"text_tokens": text, "picture_tokens": seen}
    exact = (
        model.price("input") * text + model.price("pictures") * seen + model.price("output") * Decimal(out)
    )
    return Bill(micro_usd(exact), text + seen, out)


def whole(given: Given, name: str, least: int, most: int, usual: int) -> int:
    value = given.get(name)
    if value is None:
        return usual
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise wrong(f"Invalid type for '{name}': expected an integer.", name, "invalid_type") from None
    if not least <= number <= most:
        side, bound = ("below_min", least) if number < least else ("above_max", most)
        raise wrong(f"Invalid '{name}': integer {side.replace('_', ' ')}imum value. Expected a value "
                    f"{'>=' if number < least else '<='} {bound}, but got {number} instead.", name,
                    f"integer_{side}_value")  # fmt: skip
    return number


def size_of(given: Given, model: MediaModel) -> tuple[int, int]:
    """The size in pixels; `auto` makes a landscape, as the one recording of it did."""
    size = given.get("size") or "auto"
    if size == "auto":
        return 1536, 1024
    found = re.fullmatch(r"(\d+)x(\d+)", str(size))
    if not model.free_size or found is None:
        one_of(given, "size", FIXED, "auto")
        found = re.fullmatch(r"(\d+)x(\d+)", str(size))
    assert found is not None
    wide, high = int(found[1]), int(found[2])
    if wide % 16 or high % 16:
        raise wrong("Invalid size: width and height must be divisible by 16.", "size", "invalid_value")
    if max(wide, high) > 3 * min(wide, high):
        raise wrong("Invalid size: the aspect ratio must be between 1:3 and 3:1.", "size", "invalid_value")
    if max(wide, high) > 3840 or wide * high > 3840 * 2160:
        raise wrong("Invalid size: the maximum supported resolution is 3840x2160.", "size", "invalid_value")
    return wide, high


def read_edit(form: Form, model: MediaModel) -> tuple[dict[str, Any], Bill]:
    """Raises `Rejected`."""
    pictures = tuple(one for one in form.files if one.field in ("image", "image[]"))
    masks = [one for one in form.files if one.field == "mask"]
    if not pictures:
        raise wrong("Missing required parameter: 'image'.", "image", "missing_required_parameter")
    if len(pictures) > MOST_PICTURES:
        raise wrong(
            "Invalid 'image': array too long. Expected an array with maximum length "
            f"{MOST_PICTURES}, but got an "
            f"array with length {len(pictures)} instead.",
            "image",
            "array_above_max_length",
        )
    sizes = [_checked(one) for one in pictures]
    if masks and _checked(masks[0], png=True) != sizes[0]:
        raise wrong(
            "Invalid mask image format - mask size does not match image size", "mask", "invalid_image_format"
        )
    if form.words.get("input_fidelity") is not None:
        if not model.fidelity:
            raise wrong(
                f"The model '{model.id}' does not support the 'input_fidelity' parameter.",
                "input_fidelity",
                "invalid_input_fidelity_model",
            )
        one_of(form.words, "input_fidelity", (*model.fidelity, model.fidelity[-1]), "low")
    return read(form.words, model, pictures)


def _checked(one: Sent, *, png: bool = False) -> tuple[int, int]:
    """Its size. Raises `Rejected` for what is none of the pictures that are taken."""
    kinds = ("PNG",) if png else ("PNG", "JPEG", "WEBP")
    if len(one.content) > MOST_BYTES:
        raise wrong("Invalid image: each image must be less than 50MB.", one.field)
    if one.mime not in ("image/png", "image/jpeg", "image/webp", "image/jpg"):
        raise wrong(
            f"Invalid file '{one.field}': unsupported mimetype ('{one.mime}'). Supported file formats are "
            "'image/jpeg', 'image/png', and 'image/webp'.",
            one.field,
            "unsupported_file_mimetype",
        )
    try:
        with Image.open(io.BytesIO(one.content), formats=kinds) as picture:
            size = picture.size
            picture.verify()
    except (OSError, SyntaxError, ValueError):
        raise wrong(
            "Invalid image file or mode for image 1, please check your image file.",
            one.field,
            "invalid_image_file",
        ) from None
    return size


def answer(job: Job, bill: Bill) -> dict[str, Any]:
    """The body of a good answer; of one with nothing in it, too."""
    order = job["order"]
    numbers = range(0 if job["fault"] == "no_media" else order["samples"])
    data = [{"b64_json": base64.b64encode(made(job, number).content).decode()} for number in numbers]
    return {"created": _second(job), **_terms(order), "data": data, "usage": _usage(order, bill)}


def events(job: Job, bill: Bill, kind: str) -> bytes:
    """A stream: as many partial pictures as were wanted, and the whole one."""
    order, picture = job["order"], base64.b64encode(made(job).content).decode()
    told = {"b64_json": picture, "created_at": _second(job), **_terms(order)}
    parts = [
        {"type": f"{kind}.partial_image", **told, "partial_image_index": n} for n in range(order["partial"])
    ]
    parts.append({"type": f"{kind}.completed", **told, "usage": _usage(order, bill)})
    return b"".join(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n".encode() for one in parts)


def _second(job: Job) -> int:
    return int(datetime.fromisoformat(job["ready"]).timestamp())


def _terms(order: dict[str, Any]) -> dict[str, Any]:
    return {"background": "transparent" if order["clear"] else "opaque", "output_format": order["format"],
            "quality": order["grade"], "size": order["aspect"]}  # fmt: skip


def _usage(order: dict[str, Any], bill: Bill) -> dict[str, Any]:
    return {
        "input_tokens": bill.prompt_tokens,
        "output_tokens": bill.output_tokens,
        "input_tokens_details": {
            "image_tokens": order["picture_tokens"],
            "text_tokens": order["text_tokens"],
        },
        "output_tokens_details": {"image_tokens": bill.output_tokens, "text_tokens": 0},
        "total_tokens": bill.prompt_tokens + bill.output_tokens,
    }
