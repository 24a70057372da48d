"""From a request to what fal's model is sent, wholly checked before anything leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from state.order import EngineRequest, ImageRequest, VideoRequest
from tools.engines.catalog import (
    ModelCard,
    model_card,
    strength_problem,
    upscale_problem,
    validate_parameters,
)
from tools.engines.fal.places import PROVIDER
from tools.engines.live.frames import nearest_ratio, resolution_of
from tools.engines.live.schema import InputSchema, schemas

INPUTS = Path(__file__).with_name("inputs.toml")
FROM_FRAME = {
    f"{one}{text}": f"{one}/image-to-video"
    for one, text in (
        ("fal-ai/kling-video/v2.5-turbo/pro", "/text-to-video"),
        ("fal-ai/luma-dream-machine/ray-2", ""),
        ("fal-ai/luma-dream-machine/ray-2-flash", ""),
    )
}
"""The endpoint that makes the same, for the same price, from a first frame."""
SIZES = {
    "16:9": (1312, 736), "9:16": (736, 1312), "1:1": (992, 992), "4:3": (1152, 864), "3:4": (864, 1152),
}  # fmt: skip
"""Pixels, by 16, as many as one megapixel holds: the next one would be billed whole. (What the vendor calls
`square_hd` is 1024 by 1024, and a little more than one.)"""
PASSED_ON = ("strength", "guidance_scale", "num_inference_steps", "cfg_scale", "loop")
"""Parameters that are called the same at the vendor, and that change no price."""
TO_COME = "to be uploaded"
OURS = {"image_url": ("source", "first_frame"), "video_url": ("upscales",) * 2,
        "tail_image_url": ("last_frame",) * 2, "end_image_url": ("last_frame",) * 2}  # fmt: skip
"""What a picture or a clip calls the vendor's field for a file."""
ACTION = "Change the named fields, or choose a model that can; nothing was sent or charged."


@dataclass(frozen=True)
class Wish:
    """What one endpoint is asked for."""

    card: ModelCard
    endpoint: str
    body: dict[str, Any]
    """The input without its files."""
    files: dict[str, MediaRef] = field(default_factory=dict)
    """What is to be uploaded, by the vendor's field."""


def wish_of(request: EngineRequest) -> Wish:
    """What to send for a request.

    Raises:
        ProviderMisconfigured: `invalid`, names every field that does not fit, and what is allowed.
    """
    card = model_card(request.model)
    if card.provider != PROVIDER or card.medium != request.medium:
        raise _invalid(request.model, [f"model: fal makes no {request.medium} with it"])
    assert isinstance(request, ImageRequest | VideoRequest)  # noqa: S101 - fal's cards are of no other medium
    endpoint = _endpoint(card, request)
    schema = schemas(INPUTS)[endpoint]
    problems = [*_parameter_problems(card, schema, request), *_file_problems(card, schema, request)]
    if not problems:
        wish = _filled(card, schema, request)
        sent = {**wish.body, **dict.fromkeys(wish.files, TO_COME)}
        problems = [_in_our_words(one, request) for one in schema.problems(sent)]
    if problems:
        raise _invalid(request.model, problems)
    return wish


def _endpoint(card: ModelCard, request: ImageRequest | VideoRequest) -> str:
    if isinstance(request, VideoRequest) and request.first_frame is not None:
        return FROM_FRAME.get(card.vendor, card.vendor)
    return card.vendor


def _parameter_problems(
    card: ModelCard, schema: InputSchema, request: ImageRequest | VideoRequest
) -> list[str]:
    left_out = {name for name in PASSED_ON if name in schema.fields}
    if not card.aspect_ratios:  # its shape is that of the picture which it is given
        left_out.add("aspect_ratio")
    known = {name: value for name, value in request.parameters.items() if name not in left_out}
    problems = validate_parameters(card.id, known)
    if out_of_bounds := strength_problem(card, request.parameters):
        problems.append(out_of_bounds)
    if (
        isinstance(request, VideoRequest)
        and not card.upscales
        and "duration" not in request.parameters
        and _seconds(card, request) is None
    ):
        problems.append(
            f"duration_s: {card.id} cannot make {request.duration_s:g} s; allowed are {card.durations_s} s"
        )
    return problems


def _file_problems(card: ModelCard, schema: InputSchema, request: ImageRequest | VideoRequest) -> list[str]:
    found = [_taken_none(card, "references")] if len(request.references) > card.reference_images else []
    if isinstance(request, ImageRequest):
        return found + ([_taken_none(card, "source")] if request.source and not card.edits else [])
    if request.extends is not None:
        found.append(_taken_none(card, "extends"))
    if problem := upscale_problem(card, request):
        found.append(problem)
    if request.last_frame is not None and request.first_frame is None:
        found.append(f"last_frame: {card.id} takes one only together with first_frame")
    return found


def _taken_none(card: ModelCard, name: str) -> str:
    return f"{name}: {card.id} takes none; leave it out, or choose a model that does"


def _filled(card: ModelCard, schema: InputSchema, request: ImageRequest | VideoRequest) -> Wish:
    """Whatever of the request this endpoint has a field for."""
    asked = _picture(card, request) if isinstance(request, ImageRequest) else _clip(card, schema, request)
    asked |= {name: value for name, value in request.parameters.items() if name in PASSED_ON}
    files = _files(request)
    return Wish(
        card, schema.vendor, {name: value for name, value in asked.items() if name in schema.fields},
        {name: media for name, media in files.items() if name in schema.fields},
    )  # fmt: skip


def _picture(card: ModelCard, request: ImageRequest) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "prompt": request.prompt, "seed": request.seed, "num_images": 1, "output_format": "png",
    }  # fmt: skip
    if not card.aspect_ratios:
        return asked
    shape = _ratio(card, request)
    width, height = SIZES[shape]
    return {**asked, "image_size": {"width": width, "height": height}, "aspect_ratio": shape}


def _clip(card: ModelCard, schema: InputSchema, request: VideoRequest) -> dict[str, Any]:
    if card.upscales:  # as long as the clip, and as wide for its height
        return {"target_resolution": resolution_of(request, card.resolutions), "target_fps": "30fps"}
    asked: dict[str, Any] = {"prompt": request.prompt, "duration": _length(card, schema, request)}
    if negative := request.parameters.get("negative_prompt", request.negative_prompt):
        asked["negative_prompt"] = negative
    if card.aspect_ratios:
        asked["aspect_ratio"] = _ratio(card, request)
    if card.resolutions:
        asked["resolution"] = resolution_of(request, card.resolutions)
    return asked


def _ratio(card: ModelCard, request: ImageRequest | VideoRequest) -> str:
    priced = request.parameters.get("aspect_ratio")
    return str(priced) if priced else nearest_ratio(request.width, request.height, card.aspect_ratios)


def _length(card: ModelCard, schema: InputSchema, request: VideoRequest) -> str:
    """Kling has texts such as `5`, Luma such as `5s`."""
    seconds = request.parameters.get("duration") or _seconds(card, request)
    said = [str(one) for one in schema.fields["duration"].only]
    return next((one for one in said if float(one.rstrip("s")) == seconds), str(seconds))


def _seconds(card: ModelCard, request: VideoRequest) -> float | None:
    """The shortest length that covers the take: it may be a little shorter than the clip that was priced."""
    lengths = card.durations_s.only if card.durations_s else ()
    return min((one for one in lengths if one >= request.duration_s), default=None)


def _files(request: ImageRequest | VideoRequest) -> dict[str, MediaRef]:
    if isinstance(request, ImageRequest):
        named = {"image_url": request.source}
    else:
        last = request.last_frame
        named = {
            "image_url": request.first_frame, "tail_image_url": last, "end_image_url": last,
            "video_url": request.upscales,
        }  # fmt: skip
    return {name: media for name, media in named.items() if media is not None}


def _in_our_words(problem: str, request: ImageRequest | VideoRequest) -> str:
    name, _, said = problem.partition(": ")
    of_a_picture, of_a_clip = OURS.get(name, (name, name))
    ours = of_a_picture if isinstance(request, ImageRequest) else of_a_clip
    return f"{ours}: {said}"


def _invalid(model: str, problems: list[str]) -> ProviderMisconfigured:
    fields = [dict(zip(("field", "problem"), one.split(": ", 1), strict=True)) for one in problems]
    details: Mapping[str, Any] = {"fields": fields}
    return ProviderMisconfigured(
        f"{model} cannot be asked for this: {'; '.join(problems)}.", provider=PROVIDER, model=model,
        kind="invalid", details=dict(details), user_action=ACTION,
    )  # fmt: skip
