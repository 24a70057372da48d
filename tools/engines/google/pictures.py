"""A picture, in the words of Gemini's image models."""

from typing import Any

from state.media import MediaRef
from state.order import ImageRequest
from tools.engines.catalog import ModelCard
from tools.engines.files import Files
from tools.engines.google.asked import Asked, card_of, checked, only, schema_of
from tools.engines.google.attached import as_many, encoded, left_out, picture_problems
from tools.engines.live.frames import nearest_ratio, resolution_of


async def picture_asked(request: ImageRequest, files: Files) -> Asked:
    """The request for one picture; a picture that is to be changed goes before the references.

    Raises:
        ProviderMisconfigured: `invalid`, the model cannot be asked for this.
    """
    card = card_of(request)
    sent, references = _pictures(request, card)
    fields = checked(card, _fields(request, card, sent), picture_problems(_named(sent)))
    parts: list[dict[str, Any]] = [{"text": fields["text"]}]
    for one in sent:
        data = await encoded(one, files, model=card.id)
        parts.append({"inlineData": {"mimeType": one.mime, "data": data}})
    config = {name: fields[name] for name in ("aspectRatio", "imageSize") if name in fields}
    return Asked(
        f"v1beta/models/{card.vendor}:generateContent",
        {
            "contents": [{"role": "user", "parts": parts}],
            "generationConfig": {"responseModalities": ["IMAGE"], "imageConfig": config},
        },
        left_out(request.references, references),
    )


def _pictures(request: ImageRequest, card: ModelCard) -> tuple[list[MediaRef], list[MediaRef]]:
    """All that is sent along, and the references among it."""
    described = schema_of(card).fields.get("images")
    most = int(described.most or 0) if described else len(request.references)
    first = [request.source] if request.source else []
    taken = sum(one.size_bytes for one in first)
    references = as_many(request.references, most - len(first), taken_bytes=taken)
    return [*first, *references], references


def _named(sent: list[MediaRef]) -> dict[str, MediaRef | None]:
    return {f"images[{number}]": one for number, one in enumerate(sent)}


def _fields(request: ImageRequest, card: ModelCard, sent: list[MediaRef]) -> dict[str, Any]:
    ratios, sizes = only(card, "aspectRatio"), only(card, "imageSize")
    ratio = request.parameters.get("aspect_ratio") or nearest_ratio(request.width, request.height, ratios)
    fields: dict[str, Any] = {"text": _words(request), "aspectRatio": ratio}
    if sizes or "resolution" in request.parameters:
        fields["imageSize"] = resolution_of(request, sizes or ("1K",))
    return {**fields, "images": [one.key for one in sent]} if sent else fields


def _words(request: ImageRequest) -> str:
    """Gemini has no field for what must not be seen."""
    without = f"\n\nThe picture must not show: {request.negative_prompt}." if request.negative_prompt else ""
    return f"{request.prompt}{without}" if request.prompt else ""
