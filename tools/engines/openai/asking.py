"""From an order to the words of OpenAI: address, fields and files, checked before anything leaves."""

import tomllib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from state.order import EngineRequest, ImageRequest, VoiceRequest
from tools.engines.catalog import ModelCard, model_card, validate_parameters
from tools.engines.files import Files
from tools.engines.live.frames import nearest_ratio
from tools.engines.live.schema import InputSchema, checked_input, schemas
from tools.engines.live.wire import Upload

PROVIDER = "openai"
INPUTS = Path(__file__).with_name("inputs.toml")
LARGEST_PICTURE = 50_000_000
"""Bytes; each picture that is sent along must be smaller."""
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
NOT_TOLD = frozenset({"strength"})
"""What may stand among a picture's parameters, and OpenAI has no word for."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One order as it is sent."""

    path: str
    fields: dict[str, Any]
    pictures: tuple[Path, ...] = ()
    """Local files, sent along in this order."""
    mimes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Keys of the references that there was no room for."""

    def form(self) -> dict[str, str]:
        """The fields as a form has them."""
        return {name: str(value) for name, value in self.fields.items()}

    def uploads(self, opened: ExitStack) -> list[Upload]:
        """The pictures, open for as long as the stack is: they are read as they leave."""
        named = zip(self.pictures, self.mimes, strict=True)
        return [
            ("image[]", (f"{number}.{PICTURES[mime]}", opened.enter_context(path.open("rb")), mime))
            for number, (path, mime) in enumerate(named, 1)
        ]


def asked_for(request: EngineRequest, files: Files) -> Asked:
    """What is sent for an order. It looks at files, so it blocks.

    Raises:
        ProviderMisconfigured: `invalid`: the model cannot be asked for this; names the fields.
    """
    card = model_card(request.model)
    if card.provider != PROVIDER or card.medium != request.medium:
        words = f"openai makes no {request.medium} with {request.model}."
        raise ProviderMisconfigured(words, provider=PROVIDER, model=request.model, kind="invalid")
    if isinstance(request, ImageRequest):
        return _picture(request, card, files)
    if isinstance(request, VoiceRequest):
        return _speech(request, card)
    raise AssertionError("no card of openai makes anything else")


def _picture(request: ImageRequest, card: ModelCard, files: Files) -> Asked:
    known = {name: value for name, value in request.parameters.items() if name not in NOT_TOLD}
    _refuse(card, validate_parameters(card.id, known))
    schema = _schema(card)
    most = int(schema.fields["image"].most or 0)
    wanted = list({one.key: one for one in (request.source, *request.references) if one is not None}.values())
    sent = wanted[:most]
    fields: dict[str, Any] = {
        "model": card.vendor, "prompt": _words(request), "n": 1, "output_format": "png",
        "size": _size(request, card, schema), "quality": _qualities()[card.tier],
    }  # fmt: skip
    checked = {**fields, "image": [one.key for one in sent]} if sent else fields
    checked_input(schema, checked, provider=PROVIDER, model=card.id)
    _refuse(card, [problem for one in sent if (problem := _unsendable(one, files))])
    return Asked(
        path="images/edits" if sent else "images/generations", fields=fields,
        pictures=tuple(files[one.key] for one in sent), mimes=tuple(one.mime for one in sent),
        left_out=tuple(one.key for one in wanted[most:]),
    )  # fmt: skip


def _words(request: ImageRequest) -> str:
    """OpenAI has no field for what is not wanted."""
    if not request.negative_prompt:
        return request.prompt
    return f"{request.prompt}\n\nNot in the picture: {request.negative_prompt}"


def _size(request: ImageRequest, card: ModelCard, schema: InputSchema) -> str:
    """The offered size whose shape is the one that was priced, or else nearest to the order's."""
    shape = str(request.parameters.get("aspect_ratio") or "")
    shape = shape or nearest_ratio(request.width, request.height, card.aspect_ratios)
    wide, high = map(int, shape.split(":"))
    offered = [str(size).replace("x", ":") for size in schema.fields["size"].only]
    return nearest_ratio(wide, high, offered).replace(":", "x")


def _unsendable(media: MediaRef, files: Files) -> str:
    """Why a picture cannot be sent along; empty when it can."""
    if media.mime not in PICTURES:
        return f"image: {media.mime} is not taken; allowed are {', '.join(PICTURES)}"
    if media.key not in files:
        return f"image: {media.key} is not at hand"
    if (size := files[media.key].stat().st_size) >= LARGEST_PICTURE:
        return f"image: {size} bytes are too many; allowed are less than {LARGEST_PICTURE}"
    return ""


def _speech(request: VoiceRequest, card: ModelCard) -> Asked:
    schema = _schema(card)
    told = dict(request.parameters)
    fields: dict[str, Any] = {
        "model": card.vendor, "input": request.text, "voice": request.voice_id, "response_format": "wav",
        "speed": told.pop("rate", request.speed),
    }  # fmt: skip
    if style := told.pop("style", ""):
        fields["instructions"] = style
    elif request.expression != "neutral" and "instructions" in schema.fields:
        fields["instructions"] = f"Sound {request.expression}."
    checked_input(schema, {**told, **fields}, provider=PROVIDER, model=card.id)
    return Asked(path="audio/speech", fields=fields)


def _refuse(card: ModelCard, problems: list[str]) -> None:
    if problems:
        fields = [dict(zip(("field", "problem"), one.split(": ", 1), strict=False)) for one in problems]
        raise ProviderMisconfigured(
            f"{card.id} cannot be asked for this: {'; '.join(problems)}.", provider=PROVIDER, model=card.id,
            kind="invalid", details={"fields": fields},
            user_action="Change the named fields, or choose a model that can; nothing was sent or charged.",
        )  # fmt: skip


def _schema(card: ModelCard) -> InputSchema:
    return schemas(INPUTS)[card.vendor]


@lru_cache(maxsize=1)
def _qualities() -> Mapping[str, str]:
    found: Mapping[str, str] = tomllib.loads(INPUTS.read_text("utf-8"))["quality"]
    return found
