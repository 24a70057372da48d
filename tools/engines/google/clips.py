"""A clip, in the words of Veo: text, first frame, both frames, references, or one clip made longer."""

from math import ceil
from typing import Any

from state.media import MediaRef
from state.order import VideoRequest
from tools.engines.catalog import ModelCard, upscale_problem
from tools.engines.files import Files
from tools.engines.google.asked import Asked, card_of, checked, only, schema_of
from tools.engines.google.attached import as_many, encoded, picture_problems
from tools.engines.google.clip_rules import clip_rules
from tools.engines.google.made_clips import MadeClips
from tools.engines.live.frames import nearest_ratio, resolution_of

PARAMETERS = ("durationSeconds", "resolution", "aspectRatio", "negativePrompt", "sampleCount")


async def clip_asked(request: VideoRequest, files: Files, made: MadeClips) -> Asked:
    """The request for one clip. Seed, sound and frame rate cannot be told to Veo here.

    Raises:
        ProviderMisconfigured: `invalid`, the model cannot be asked for this.
    """
    card = card_of(request)
    references = _references(request, card)
    fields = _fields(request, card, references)
    address = await made.address(request.extends) if request.extends else ""
    fields = checked(card, fields, _further(request, fields, references, address))
    instance: dict[str, Any] = {"prompt": fields["prompt"]}
    for name, frame in _frames(request).items():
        if frame is not None:
            instance[name] = await _picture(frame, files, card)
    if references:
        instance["referenceImages"] = [
            {"image": await _picture(one, files, card), "referenceType": "asset"} for one in references
        ]
    if request.extends:
        # Its type beside it is refused ("`encoding` isn't supported by this model").
        instance["video"] = {"uri": address}
    parameters = {name: fields[name] for name in PARAMETERS if name in fields}
    path = f"v1beta/models/{card.vendor}:predictLongRunning"
    return Asked(path, {"instances": [instance], "parameters": parameters})


def _references(request: VideoRequest, card: ModelCard) -> list[MediaRef]:
    described = schema_of(card).fields.get("referenceImages")
    most = int(described.most or 0) if described else len(request.references)
    return as_many(request.references, most)


def _frames(request: VideoRequest) -> dict[str, MediaRef | None]:
    return {"image": request.first_frame, "lastFrame": request.last_frame}


def _fields(request: VideoRequest, card: ModelCard, references: list[MediaRef]) -> dict[str, Any]:
    ratios = only(card, "aspectRatio")
    ratio = request.parameters.get("aspect_ratio") or nearest_ratio(request.width, request.height, ratios)
    fields: dict[str, Any] = {"prompt": request.prompt, "aspectRatio": ratio}
    fields |= {"negativePrompt": request.negative_prompt} if request.negative_prompt else {}
    fields |= {name: one.key for name, one in _frames(request).items() if one is not None}
    fields |= {"referenceImages": [one.key for one in references]} if request.references else {}
    fields |= {"video": request.extends.key} if request.extends else {}
    samples = only(card, "sampleCount")
    return {**fields, **({"sampleCount": samples[0]} if samples else {}), **_size(request, card, fields)}


def _size(request: VideoRequest, card: ModelCard, fields: dict[str, Any]) -> dict[str, Any]:
    """Length and resolution that fit each other; what was priced is never changed.

    Where nothing was, the shortest clip that covers the shot is taken before the larger picture: seconds are
    paid for, and the master is scaled.
    """
    sizes = [
        {"durationSeconds": seconds, **({"resolution": one} if one else {})}
        for seconds in _lengths(request, card)
        for one in _resolutions(request, card)
    ]
    rules = clip_rules()
    return next((one for one in sizes if not rules.problems({**fields, **one})), sizes[0])


def _lengths(request: VideoRequest, card: ModelCard) -> list[Any]:
    offered = sorted(only(card, "durationSeconds"))
    if request.extends:  # by how much is not a choice
        return offered[::-1]
    if (priced := request.parameters.get("duration")) is not None:
        return [int(priced) if isinstance(priced, float) and priced.is_integer() else priced]
    covering = [one for one in offered if one >= request.duration_s]
    return covering or [ceil(request.duration_s)]


def _resolutions(request: VideoRequest, card: ModelCard) -> list[str]:
    offered = [str(one) for one in only(card, "resolution")]
    if not offered:
        # Such a model makes one size and is told none; another one that was priced is refused by the check.
        priced = str(request.parameters.get("resolution", ""))
        return ["" if priced in (*card.resolutions, "") else priced]
    wanted = resolution_of(request, offered)
    if "resolution" in request.parameters or wanted not in offered:
        return [wanted]
    return offered[offered.index(wanted) :: -1]


def _further(
    request: VideoRequest, fields: dict[str, Any], references: list[MediaRef], address: str
) -> list[str]:
    """What the fields' own ranges do not say."""
    pictures = {f"referenceImages[{number}]": one for number, one in enumerate(references)}
    wrong = [*clip_rules().problems(fields), *picture_problems({**_frames(request), **pictures})]
    wrong += filter(None, [upscale_problem(card_of(request), request)])
    if request.extends is None:
        return wrong
    clip = request.extends
    lines = min(clip.width, clip.height) if clip.width and clip.height else None
    if problem := clip_rules().extension.problem(clip.duration_s, lines):
        wrong.append(problem)
    if not address:
        wrong.append(
            "extends: Google extends only clips that it made in the last two days, and this machine has"
            " fetched no such clip; make the shot anew, or shoot a second one"
        )
    return wrong


async def _picture(media: MediaRef, files: Files, card: ModelCard) -> dict[str, str]:
    return {"bytesBase64Encoded": await encoded(media, files, model=card.id), "mimeType": media.mime}
