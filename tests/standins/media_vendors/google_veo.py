"""Veo: what predictLongRunning takes, and what its operations say."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.standins.media_vendors.clips import SIZES
from tests.standins.media_vendors.desk import Bill
from tests.standins.media_vendors.google_words import check_picture, invalid, not_supported, only
from tests.standins.media_vendors.models import MediaModel, micro_usd
from tests.standins.media_vendors.results import Job

INSTANCE = {"prompt", "image", "lastFrame", "referenceImages", "video"}
PARAMETERS = {
    "sampleCount",
    "durationSeconds",
    "aspectRatio",
    "resolution",
    "personGeneration",
    "negativePrompt",
    "enhancePrompt",
}
PEOPLE = ("allow_all", "allow_adult", "dont_allow")
EXTENSION_S, LONGEST_INPUT_S = 7, 141
ANSWER = "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse"
AUDIO_FILTER = (
    "We encountered an issue with the audio for your prompt, which means we could not create "
    "your video. This can "
    "sometimes happen due to our safety filters or other processing issues. Please modify your "
    "request and try again. "
    "You have not been charged for this attempt."
)
REFUSED = (
    "The prompt could not be submitted. This prompt contains sensitive words that violate "
    "Google's Responsible AI "
    "practices. Try rephrasing the prompt. If you think this was an error, send feedback."
)
LIFE = timedelta(days=2)
Given = Mapping[str, Any]


def read(body: Given, model: MediaModel, seconds_of: Callable[[str], float]) -> tuple[dict[str, Any], Bill]:
    """The order and its price. Raises `Rejected`; `seconds_of` tells how long an earlier clip is."""
    given, asked = _instance(body), body.get("parameters") or {}
    only(given, INSTANCE)
    only(asked, PARAMETERS)
    _check_inputs(given, model)
    resolution, aspect = asked.get("resolution", "720p"), asked.get("aspectRatio", "16:9")
    _check_parameters(asked, model, resolution, aspect)
    seconds = _seconds(given, asked, model, resolution)
    billed, samples = seconds, asked.get("sampleCount", 1)
    if "video" in given:
        seconds = _input_seconds(given["video"], seconds_of) + EXTENSION_S
        billed = EXTENSION_S
    order = {
        "format": "mp4",
        "size": SIZES[resolution, aspect],
        "aspect": aspect,
        "seconds": seconds,
        "sound": model.sound,
        "samples": samples,
        "resolution": resolution,
        "prompt": given.get("prompt", ""),
        "references": len(given.get("referenceImages", [])),
        "first": "image" in given,
        "last": "lastFrame" in given,
        "extends": "video" in given,
        "webhook": body.get("webhookConfig"),
    }
    exact = model.price(resolution) * 1_000_000 * Decimal(billed) * samples
    return order, Bill(micro_usd(exact))


def _instance(body: Given) -> Given:
    unknown = set(body) - {"instances", "parameters", "webhookConfig", "model"}
    if unknown:
        raise invalid(f'Invalid JSON payload received. Unknown name "{min(unknown)}": Cannot find field.')
    instances = body.get("instances")
    if not isinstance(instances, list) or len(instances) != 1 or not isinstance(instances[0], Mapping):
        raise invalid("Exactly one instance is required.")
    return instances[0]


def _check_inputs(given: Given, model: MediaModel) -> None:
    prompt, references = given.get("prompt"), given.get("referenceImages", [])
    if not prompt and not {"image", "video"} & set(given):
        raise invalid("A prompt, an image or a video is required.")
    for name, can in (
        ("lastFrame", model.last_frame),
        ("referenceImages", model.references),
        ("video", model.extends),
    ):
        if name in given and not can:
            raise not_supported(name)
    _check_together(given, references, model)
    for name in "image", "lastFrame":
        if name in given:
            _check_image(given[name], name)
    for number, one in enumerate(references):
        if str(one.get("referenceType", "")).lower() != "asset":
            raise invalid(f"`referenceImages[{number}].referenceType` must be `asset`.")
        _check_image(one.get("image") or {}, f"referenceImages[{number}].image")


def _check_together(given: Given, references: list[Any], model: MediaModel) -> None:
    """Inputs that exclude or need each other."""
    if "lastFrame" in given and "image" not in given:
        raise invalid("`lastFrame` needs an `image`.")
    if references and {"image", "lastFrame", "video"} & set(given):
        raise invalid("`referenceImages` cannot be combined with `image`, `lastFrame` or `video`.")
    if "video" in given and "image" in given:
        raise invalid("`video` cannot be combined with `image`.")
    if references and not given.get("prompt"):
        raise invalid("`referenceImages` needs a prompt.")
    if len(references) > model.references:
        raise invalid(f"At most {model.references} reference images are supported.")


def _check_image(image: Given, where: str) -> None:
    only(image, {"bytesBase64Encoded", "mimeType"})
    if "bytesBase64Encoded" not in image:
        raise invalid(f"`{where}` has no `bytesBase64Encoded`.")
    check_picture(image["bytesBase64Encoded"], image.get("mimeType"), where)


def _check_parameters(asked: Given, model: MediaModel, resolution: Any, aspect: Any) -> None:
    if aspect not in ("16:9", "9:16"):
        raise invalid(f"`aspectRatio` must be 16:9 or 9:16, not {aspect}.")
    if resolution not in model.sizes:
        raise invalid(f"`resolution` must be one of {', '.join(model.sizes)}, not {resolution}.")
    if asked.get("personGeneration", PEOPLE[0]) not in PEOPLE:
        raise invalid(f"`personGeneration` must be one of {', '.join(PEOPLE)}.")
    samples = asked.get("sampleCount", 1)
    if not isinstance(samples, int) or not 1 <= samples <= model.samples:
        raise invalid(f"`sampleCount` must be from 1 to {model.samples}.")


def _seconds(given: Given, asked: Given, model: MediaModel, resolution: str) -> float:
    seconds = asked.get("durationSeconds", 8)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise invalid("The value type for `durationSeconds` needs to be a number.")
    if seconds not in model.seconds:
        told = ", ".join(map(str, model.seconds))
        raise invalid(
            f"The number value for `durationSeconds` is out of bound. Please provide one of {told}."
        )
    needs = [name for name in ("referenceImages", "video") if given.get(name)]
    needs += [resolution] if resolution in ("1080p", "4k") else []
    if needs and seconds != 8:
        raise invalid(f"`durationSeconds` must be 8 with {needs[0]}.")
    if "video" in given and resolution != "720p":
        raise invalid("An extension is 720p.")
    return seconds


def _input_seconds(video: Given, seconds_of: Callable[[str], float]) -> float:
    only(video, {"uri", "encodedVideo", "encoding"})
    if not video.get("uri"):
        raise invalid("`video` must be a clip that was generated by Veo, by its `uri`.")
    seconds = seconds_of(str(video["uri"]))
    if seconds > LONGEST_INPUT_S:
        raise invalid(f"The input video must not be longer than {LONGEST_INPUT_S} seconds.")
    return seconds


def name_of(job: Job) -> str:
    return f"models/{job['model']}/operations/{job['id']}"


def file_ids(job: Job) -> list[str]:
    """Letters and digits only, as google-genai looks for them in an address."""
    return [f"{job['id']}s{number}" for number in range(job["order"]["samples"])]


def operation(job: Job, ready: bool, base: str) -> dict[str, Any]:
    """What a look at the operation is answered."""
    if not ready:
        return {"name": name_of(job)}
    done: dict[str, Any] = {"name": name_of(job), "done": True}
    if job["fault"] in ("job_failed", "refused"):
        refused = job["fault"] == "refused"
        code, message = (3, job["form"] or REFUSED) if refused else (int(job["form"]), "Internal error.")
        return {**done, "error": {"code": code, "message": message}}
    return {**done, "response": {"@type": ANSWER, "generateVideoResponse": _outcome(job, base)}}


def _outcome(job: Job, base: str) -> dict[str, Any]:
    if job["fault"] == "no_media":
        return {}
    if job["fault"] == "filtered":
        return {
            "raiMediaFilteredCount": job["order"]["samples"],
            "raiMediaFilteredReasons": [job["form"] or AUDIO_FILTER] * job["order"]["samples"],
        }
    uris = [f"{base}/v1beta/files/{id}:download?alt=media" for id in file_ids(job)]
    return {"generatedSamples": [{"video": {"uri": uri}} for uri in uris]}


def expires(job: Job) -> datetime:
    """When its files are gone; of one that expired too early, when it was done."""
    ready = datetime.fromisoformat(job["ready"])
    return ready if job["fault"] == "expired" else ready + LIFE
