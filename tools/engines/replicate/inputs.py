"""From an order to the input of one of Replicate's models: which of our words fills which of its fields.

What a model takes is data (`inputs.toml`, the card); here stands only what our words are called there. A
field that a model does not have is left out where it is a wish (a seed, words to avoid), else refused.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from state.order import EngineRequest, ImageRequest, MusicRequest, VideoRequest
from tools.engines.catalog import ModelCard, model_card, upscale_problem, validate_parameters
from tools.engines.live.frames import lines_of, nearest_ratio, resolution_of
from tools.engines.live.schema import InputSchema, checked_input, schemas

INPUTS = Path(__file__).parent / "inputs.toml"
NEWEST = "newest"
MOST_SEED = 2**31
PIXELS = 1024 * 1024
"""As many as models that are told width and height have learnt from; with more, things are there twice."""
STEP = 8
"""Their sides are whole multiples of it."""
SHAPES = ("16:9", "9:16", "1:1")
LARGEST = "2K"
"""Of the sizes that a picture may be told: the last one that costs no more than the first."""
FIRST_FRAME, LAST_FRAME = ("start_image", "image"), ("end_image", "last_frame")
MODES = {"720p": "standard", "1080p": "pro"}
LONGEST_TASTE = 300
SHAPE = ("duration", "resolution", "aspect_ratio")
SEEN_TO_HERE = ("strength", "reference_images")
"""Of the parameters: how much a picture is changed, and a number that was planned with; the files count."""

Files = dict[str, MediaRef | list[MediaRef]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An input that has been checked; its files are not at the provider yet."""

    card: ModelCard
    schema: InputSchema
    version: str
    """Of a model that is ordered by it; empty for an official one, `newest` where it is to be looked up."""
    plain: dict[str, Any]
    files: Files

    @property
    def media(self) -> list[MediaRef]:
        """Every file, each once."""
        sent = [one for value in self.files.values() for one in _as_list(value)]
        return list({one.key: one for one in sent}.values())

    def whole(self, addresses: Mapping[str, str]) -> dict[str, Any]:
        """The input with the addresses, by media key, at which the files are now."""
        return {**self.plain, **{name: _addressed(value, addresses) for name, value in self.files.items()}}


@dataclass
class _Draft:
    """An input in the making, and all that is wrong with it."""

    request: EngineRequest
    card: ModelCard
    schema: InputSchema
    plain: dict[str, Any] = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def takes(self, name: str) -> bool:
        return name in self.schema.fields

    def only(self, name: str) -> tuple[str, ...]:
        return tuple(str(one) for one in self.schema.fields[name].only)

    def wish(self, name: str, value: Any) -> None:
        """A field that is left out where the model has none of the name."""
        if self.takes(name) and value is not None:
            self.plain[name] = value

    def place(self, ours: str, names: tuple[str, ...], media: MediaRef | None) -> None:
        """A file that belongs into the first field of these that there is; without one it is refused."""
        if media is None:
            return
        name = next((one for one in names if self.takes(one)), None)
        if name is None:
            self.problems.append(
                f"{ours}: {self.card.id} takes none; leave it out, or choose a model that does"
            )
        else:
            self.files[name] = media


def asked_input(request: EngineRequest) -> Asked:
    """The input of an order's model, checked; nothing is read, sent or looked up.

    Raises:
        ProviderMisconfigured: `invalid`, names the field and what is allowed.
    """
    card = model_card(request.model)
    schema = schemas(INPUTS).get(card.vendor) if card.provider == "replicate" else None
    if schema is None or card.medium != request.medium:
        raise _unfit(request, [f"model: Replicate makes no {request.medium} with {request.model}"])
    draft = _Draft(request, card, schema)
    _fill(draft, request)
    if draft.problems:
        raise _unfit(request, draft.problems)
    keys = {name: _keys(value) for name, value in draft.files.items()}
    checked_input(schema, {**draft.plain, **keys}, provider="replicate", model=request.model)
    return Asked(
        card=card, schema=schema, version=version_of(card.vendor), plain=draft.plain, files=draft.files
    )


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(INPUTS.read_text("utf-8"))["versions"]
    return found


def version_of(vendor: str) -> str:
    """The version that a model is ordered by; empty for an official one."""
    return _versions().get(vendor, "")


def _unfit(request: EngineRequest, problems: list[str]) -> ProviderMisconfigured:
    split = (one.partition(": ") for one in problems)
    return ProviderMisconfigured(
        f"{request.model} cannot be asked for this: {'; '.join(problems)}.",
        provider="replicate", model=request.model, kind="invalid",
        details={"fields": [{"field": name, "problem": said} for name, _, said in split]},
        user_action="Change the named fields, or choose a model that can; nothing was sent or charged.",
    )  # fmt: skip


def _fill(draft: _Draft, request: EngineRequest) -> None:
    if isinstance(request, ImageRequest):
        _words(draft, request)
        _picture(draft, request)
    elif isinstance(request, VideoRequest):
        _words(draft, request)
        _clip(draft, request)
    elif isinstance(request, MusicRequest):
        _music(draft, request)


def _words(draft: _Draft, request: ImageRequest | VideoRequest) -> None:
    given = request.parameters
    told = {name: value for name, value in given.items() if name not in SEEN_TO_HERE}
    draft.problems += validate_parameters(draft.card.id, told)
    draft.plain["prompt"] = request.prompt
    draft.wish("negative_prompt", given.get("negative_prompt", request.negative_prompt) or None)
    _seed(draft, given.get("seed", request.seed))


def _seed(draft: _Draft, seed: Any) -> None:
    """Ours may be larger than theirs; the same one always becomes the same one."""
    draft.wish("seed", seed % MOST_SEED if isinstance(seed, int) and not isinstance(seed, bool) else seed)


def _picture(draft: _Draft, request: ImageRequest) -> None:
    if draft.takes("aspect_ratio"):
        draft.plain["aspect_ratio"] = _ratio(draft, request)
    if draft.takes("width"):
        draft.plain["width"], draft.plain["height"] = _sides(request.width, request.height)
    if draft.takes("resolution"):
        cheap = [one for one in draft.only("resolution") if lines_of(one) <= lines_of(LARGEST)]
        draft.plain["resolution"] = resolution_of(request, cheap)
    if draft.takes("output_format") and "png" in draft.only("output_format"):
        draft.plain["output_format"] = "png"
    _given_pictures(draft, request)


def _ratio(draft: _Draft, request: ImageRequest | VideoRequest) -> str:
    offered = [one for one in draft.card.aspect_ratios if one in draft.only("aspect_ratio")]
    asked = request.parameters.get("aspect_ratio")
    return str(asked) if asked is not None else nearest_ratio(request.width, request.height, offered)


def _sides(width: int, height: int) -> tuple[int, int]:
    """The same shape with no more pixels than the model knows, in its steps."""
    scale = min(1.0, (PIXELS / (width * height)) ** 0.5)
    fit = [max(64, int(side * scale / STEP + 0.5) * STEP) for side in (width, height)]
    return fit[0], fit[1]


def _given_pictures(draft: _Draft, request: ImageRequest) -> None:
    """A picture to be changed comes first; the others are only looked at."""
    if draft.takes("image_input"):
        most = int(draft.schema.fields["image_input"].most or 0)
        looked_at = [*([request.source] if request.source else []), *request.references]
        if looked_at:
            draft.files["image_input"] = looked_at[:most]
        return
    draft.place("source", ("image",), request.source)
    if request.references and draft.card.reference_images and request.source is None:
        draft.place("references", ("image",), request.references[0])
    elif request.references and not draft.card.reference_images:
        draft.problems += validate_parameters(draft.card.id, {"reference_images": len(request.references)})
    if "image" in draft.files:
        draft.wish("prompt_strength", request.parameters.get("strength"))


def _clip(draft: _Draft, request: VideoRequest) -> None:
    _length(draft, request)
    _shape(draft, request)
    if draft.takes("generate_audio"):
        # A take is without sound, and sound is charged for.
        draft.plain["generate_audio"] = request.parameters.get("generate_audio", False)
    draft.wish("enable_prompt_expansion", request.parameters.get("enable_prompt_expansion"))
    if request.extends is not None:
        draft.problems.append(f"extends: {draft.card.id} makes no clip longer; order a clip of its own")
    if problem := upscale_problem(draft.card, request):
        draft.problems.append(problem)
    _frames(draft, request)


def _length(draft: _Draft, request: VideoRequest) -> None:
    """The shortest that covers what is ordered: takes are trimmed to their shots."""
    asked = request.parameters.get("duration", request.duration_s)
    lengths = sorted(int(one) for one in draft.schema.fields["duration"].only)
    if isinstance(asked, str | bool):
        return  # told as a problem by the catalogue already
    fits = next((one for one in lengths if one >= asked), None)
    if fits is None:
        draft.problems.append(f"duration: {draft.card.id} makes {lengths[-1]} s at most, not {asked:g} s")
    else:
        draft.plain["duration"] = fits


def _shape(draft: _Draft, request: VideoRequest) -> None:
    if draft.takes("size"):
        _size(draft, request)
    if draft.takes("aspect_ratio"):
        draft.plain["aspect_ratio"] = _ratio(draft, request)
    if draft.takes("resolution"):
        draft.plain["resolution"] = resolution_of(request, draft.only("resolution"))
    if draft.takes("mode"):
        draft.plain["mode"] = MODES.get(resolution_of(request, tuple(MODES)), "")


def _size(draft: _Draft, request: VideoRequest) -> None:
    sizes = {_named(size): size for size in draft.only("size")}
    lines = sorted({lines for lines, _ in sizes}, key=lines_of)
    shape = request.parameters.get("aspect_ratio")
    if shape is None:
        shape = nearest_ratio(request.width, request.height, sorted({shape for _, shape in sizes}))
    size = sizes.get((resolution_of(request, lines), str(shape)))
    if size is None:
        wanted = {"resolution": resolution_of(request, lines), "aspect_ratio": shape}
        wrong = "aspect_ratio" if shape not in {one for _, one in sizes} else "resolution"
        offered = ", ".join(f"{one} {of}" for one, of in sizes)
        draft.problems.append(f"{wrong}: {draft.card.id} has no {wanted[wrong]} here; there are {offered}")
    else:
        draft.plain["size"] = size


def _named(size: str) -> tuple[str, str]:
    """`1280*720` as `720p` and `16:9`."""
    width, height = (int(side) for side in size.split("*"))
    return f"{min(width, height)}p", nearest_ratio(width, height, SHAPES)


def _frames(draft: _Draft, request: VideoRequest) -> None:
    draft.place("first_frame", FIRST_FRAME, request.first_frame)
    draft.place("last_frame", LAST_FRAME, request.last_frame)
    if request.first_frame is None and any(_needed(draft, name) for name in FIRST_FRAME):
        draft.problems.append(f"first_frame: {draft.card.id} needs a picture to begin with")
    if "end_image" in draft.files and draft.plain.get("mode") != MODES["1080p"]:
        draft.problems.append(f"resolution: {draft.card.id} takes a last frame at 1080p only")
    if request.references:
        _references(draft, request)


def _needed(draft: _Draft, name: str) -> bool:
    return draft.takes(name) and draft.schema.fields[name].required


def _references(draft: _Draft, request: VideoRequest) -> None:
    """As many of the first as the model takes.

    None beside a frame: the model follows one of the two, and a frame was ordered for this very clip.
    """
    most = draft.card.reference_images
    if most and (request.first_frame or request.last_frame):
        return
    sent = request.references[: most or None]
    shape: dict[str, Any] = {name: draft.plain[name] for name in SHAPE if name in draft.plain}
    problems = validate_parameters(draft.card.id, {**shape, "reference_images": len(sent)})
    draft.problems += [one for one in problems if one not in draft.problems]
    if not problems:
        draft.files["reference_images"] = sent


def _music(draft: _Draft, request: MusicRequest) -> None:
    draft.plain["prompt"] = _taste(draft, request)
    if draft.takes("lyrics"):
        draft.plain["lyrics"] = request.lyrics
    elif request.lyrics:
        draft.problems.append(f"lyrics: {draft.card.id} does not sing; leave them out")
    draft.wish("duration", ceil(request.duration_s))
    _seed(draft, request.seed)


def _taste(draft: _Draft, request: MusicRequest) -> str:
    """The order's words, and what they leave open as far as there is room for it."""
    most = int(draft.schema.fields["prompt"].most or LONGEST_TASTE)
    told = request.prompt
    for more in (request.mood, request.genre, f"{request.tempo_bpm} BPM"):
        longer = f"{told}, {more}"
        told = longer if more and more not in told and len(longer) <= most else told
    return told


def _as_list(value: MediaRef | list[MediaRef]) -> list[MediaRef]:
    return value if isinstance(value, list) else [value]


def _keys(value: MediaRef | list[MediaRef]) -> str | list[str]:
    return [one.key for one in value] if isinstance(value, list) else value.key


def _addressed(value: MediaRef | list[MediaRef], addresses: Mapping[str, str]) -> str | list[str]:
    return [addresses[one.key] for one in value] if isinstance(value, list) else addresses[value.key]
