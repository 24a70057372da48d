"""What fal is sent for a request, and that it knows every field of it."""

from typing import Any

import pytest
from PIL import Image

from state.tier import Tier
from tests.integration.engines.fal.fal_set import FROM_FRAME, Set, a_clip, a_panel
from tools.engines.catalog import made_in
from tools.engines.previews import drawn_with
from tools.ffmpeg.probe import probe

WIDE = {"width": 1312, "height": 736}
TIERS: tuple[Tier, ...] = ("draft", "final")
PNG = {"num_images": 1, "output_format": "png"}


@pytest.mark.parametrize(
    ("model", "endpoint"),
    [("fal-flux-schnell", "fal-ai/flux/schnell"), ("fal-flux-dev", "fal-ai/flux/dev")],
)
async def test_a_preview_and_a_remaster_go_to_their_models(fal: Set, model: str, endpoint: str):
    """S3-03, S3-04."""
    job = await fal.bought(a_panel(model, prompt="Ana at the door", seed=41))
    assert job.model == endpoint
    assert job.given == {"prompt": "Ana at the door", "seed": 41, "image_size": WIDE, **PNG}
    assert job.ignored == []


async def test_a_picture_is_changed_by_as_much_as_was_asked_for(fal: Set):
    """S3-03, S3-14: the style's picture is in the request."""
    source = fal.picture()
    request = a_panel("flux-dev-img2img", source=source, seed=41, parameters={"strength": 0.4})
    job = await fal.bought(request)
    assert (job.model, job.ignored) == ("fal-ai/flux/dev/image-to-image", [])
    address = job.given.pop("image_url")
    assert job.given == {"prompt": request.prompt, "seed": 41, "strength": 0.4, **PNG}
    assert address.startswith(f"{fal.vendors.fal.url}/files/b/")
    assert address.endswith(f"/{source.sha256}.png")
    assert job.start_size == (64, 36)


async def test_a_remaster_in_a_style_has_the_style_s_picture_and_the_script_in_its_request(fal: Set):
    """S3-03: the model's id and the style reference; the technical script is its prompt."""
    style, script = fal.picture(), "Low angle, hard key light, slow push in on Ana"
    model = drawn_with("fal-flux-schnell", force_remaster=True, styled=True)
    job = await fal.bought(a_panel(model, source=style, prompt=script, parameters={"strength": 0.3}))
    assert (job.model, job.given["prompt"], job.given["strength"]) == (
        "fal-ai/flux/dev/image-to-image", script, 0.3,
    )  # fmt: skip
    assert style.sha256 in job.given["image_url"]
    preview = drawn_with("fal-flux-schnell", styled=True)
    error = await fal.refused(a_panel(preview, source=style))
    assert "source: fal-flux-schnell takes none" in error.message, "its style is told in words"


@pytest.mark.parametrize(
    ("imagen3", "endpoint", "shape"),
    [(False, "fal-ai/flux/schnell", {"image_size": {"width": 736, "height": 1312}}),
     (True, "fal-ai/imagen3/fast", {"aspect_ratio": "9:16"})],
)  # fmt: skip
async def test_the_flag_moves_previews_to_imagen(fal: Set, imagen3: bool, endpoint: str, shape: Any):
    """S3-06: on, another tool is chosen; off, Flux."""
    request = a_panel(drawn_with("fal-flux-schnell", imagen3=imagen3), parameters={"aspect_ratio": "9:16"})
    job = await fal.bought(request)
    told = {name: value for name, value in job.given.items() if name in ("image_size", "aspect_ratio")}
    assert (job.model, told, job.given["prompt"], job.ignored) == (endpoint, shape, request.prompt, [])


@pytest.mark.parametrize(
    ("size", "sent"),
    [((720, 1280), (736, 1312)), ((1024, 1024), (992, 992)), ((1000, 1400), (864, 1152)),
     ((2100, 900), (1312, 736)), ((800, 600), (1152, 864))],
)  # fmt: skip
async def test_a_panel_has_the_nearest_shape_and_costs_one_megapixel(
    fal: Set, size: tuple[int, int], sent: tuple[int, int]
):
    """What is billed is rounded up to whole ones, and one was priced."""
    width, height = size
    name = await fal.order(a_panel().model_copy(update={"width": width, "height": height}))
    await fal.engine.wait(name)
    job = fal.vendors.books.jobs[name.rpartition("/")[2]]
    assert job.given["image_size"] == {"width": sent[0], "height": sent[1]}
    assert fal.vendors.books.micro_usd("fal") == 3_000


async def test_what_was_priced_wins_over_pixels(fal: Set):
    job = await fal.bought(a_panel(parameters={"aspect_ratio": "1:1"}))
    assert job.given["image_size"] == {"width": 992, "height": 992}
    job = await fal.bought(a_clip("luma-ray-2", parameters={"resolution": "540p", "duration": 9}))
    assert (job.given["resolution"], job.given["duration"]) == ("540p", "9s")


async def test_kling_makes_a_clip_of_words(fal: Set):
    """Its lengths are texts, and it takes no seed."""
    request = a_clip(
        prompt="Ana turns", negative_prompt="blur", duration_s=4.2, parameters={"cfg_scale": 0.7}
    )
    job = await fal.bought(request)
    assert job.model == "fal-ai/kling-video/v2.5-turbo/pro/text-to-video"
    assert job.given == {
        "prompt": "Ana turns", "negative_prompt": "blur", "duration": "5", "aspect_ratio": "16:9",
        "cfg_scale": 0.7,
    }  # fmt: skip
    assert job.ignored == []


@pytest.mark.parametrize(
    ("model", "endpoint", "last"),
    [("kling-2.5-turbo", FROM_FRAME, "tail_image_url"),
     ("kling-2.1-pro", "fal-ai/kling-video/v2.1/pro/image-to-video", "tail_image_url"),
     ("luma-ray-2", "fal-ai/luma-dream-machine/ray-2/image-to-video", "end_image_url"),
     ("luma-ray-2-flash", "fal-ai/luma-dream-machine/ray-2-flash/image-to-video", "end_image_url")],
)  # fmt: skip
async def test_a_clip_between_two_frames_has_both(fal: Set, model: str, endpoint: str, last: str):
    """S4-039."""
    first_frame, last_frame = fal.picture(), fal.picture(b"\x00\x40\x80")
    job = await fal.bought(a_clip(model, first_frame=first_frame, last_frame=last_frame))
    assert (job.model, job.ignored) == (endpoint, [])
    assert first_frame.sha256 in job.given["image_url"]
    assert last_frame.sha256 in job.given[last]


async def test_one_picture_for_both_ends_is_uploaded_once(fal: Set):
    frame = fal.picture()
    job = await fal.bought(a_clip(first_frame=frame, last_frame=frame))
    assert job.given["image_url"] == job.given["tail_image_url"]
    assert fal.asked("/files/upload") == 1


@pytest.mark.parametrize("model", ["luma-ray-2", "luma-ray-2-flash"])
async def test_luma_is_told_its_length_with_a_unit_and_its_lines(fal: Set, model: str):
    job = await fal.bought(a_clip(model, duration_s=5.4))
    assert job.given == {
        "prompt": "Ana turns round", "duration": "9s", "aspect_ratio": "16:9", "resolution": "720p"
    }  # fmt: skip
    assert job.ignored == []


async def test_nothing_asks_fal_to_forget_and_everything_has_an_end(fal: Set):
    """Without its input a lost job could not be found; without an end nobody could say that there is none."""
    await fal.order(a_clip())
    sent = fal.vendors.books.posts("fal")[-1].headers
    assert "x-fal-store-io" not in sent
    assert sent["x-fal-request-start-timeout"] == sent["x-fal-request-timeout"] == "300"
    assert '"expiration_duration_seconds": 2592000' in sent["x-fal-object-lifecycle-preference"]


@pytest.mark.parametrize("shape", ["16:9", "9:16"])
async def test_a_picture_comes_as_a_picture_with_its_seed(fal: Set, shape: str):
    """S3-57: the seed is a number; the address stays at the vendor."""
    name = await fal.order(a_panel(seed=7, parameters={"aspect_ratio": shape}))
    assert (await fal.engine.wait(name)).state == "succeeded"
    fetched = await fal.engine.fetch(name, fal.folder / "out")
    with Image.open(fetched.path) as image:
        assert (image.format, image.width > image.height) == ("PNG", shape == "16:9")
    assert (fetched.seed, fetched.path.suffix, fetched.extra) == (7, ".png", {})
    assert [path.name for path in (fal.folder / "out").iterdir()] == [fetched.path.name]


async def test_a_clip_comes_as_a_clip_of_its_length(fal: Set):
    name = await fal.order(a_clip("luma-ray-2-flash", parameters={"resolution": "540p"}))
    await fal.engine.wait(name)
    fetched = await fal.engine.fetch(name, fal.folder / "out")
    facts = await probe(fetched.path)
    assert (fetched.path.suffix, facts.width, facts.height) == (".mp4", 960, 540)
    assert facts.duration_s == pytest.approx(5, abs=0.1)


WRONG: list[tuple[Any, str]] = [
    (lambda fal: a_clip(parameters={"duration": 6}), "duration: kling-2.5-turbo cannot make 6 s; allowed"),
    (lambda fal: a_clip(duration_s=10.5), "duration_s: kling-2.5-turbo cannot make 10.5 s; allowed"),
    (lambda fal: a_clip(parameters={"resolution": "720p"}), "resolution: kling-2.5-turbo cannot"),
    (lambda fal: a_clip("luma-ray-2", parameters={"aspect_ratio": "1:1"}), "aspect_ratio: luma-ray-2"),
    (lambda fal: a_clip(parameters={"cfg_scale": 1.5}), "cfg_scale: 1.5 are more than 1"),
    (lambda fal: a_clip(parameters={"num_images": 4}), "num_images: kling-2.5-turbo has no such parameter"),
    (lambda fal: a_clip(prompt="x" * 2501), "prompt: 2501 characters are more than 2500"),
    (lambda fal: a_clip("luma-ray-2", prompt="x"), "prompt: 1 characters are less than 3"),
    (lambda fal: a_clip(references=[fal.picture()]), "references: kling-2.5-turbo takes none; leave it out"),
    (lambda fal: a_clip(extends=fal.picture()), "extends: kling-2.5-turbo takes none"),
    (lambda fal: a_clip(last_frame=fal.picture()), "last_frame: kling-2.5-turbo takes one only"),
    (lambda fal: a_clip("kling-2.1-pro"), "first_frame: fal-ai/kling-video/v2.1/pro/image-to-video needs it"),
    (lambda fal: a_panel("flux-dev-img2img"), "source: fal-ai/flux/dev/image-to-image needs it"),
    (lambda fal: a_panel(source=fal.picture()), "source: fal-flux-schnell takes none"),
    (lambda fal: a_panel(references=[fal.picture()]), "references: fal-flux-schnell takes none"),
    (lambda fal: a_panel("flux-dev-img2img", source=fal.picture(), parameters={"strength": 0.29}),
     "strength: flux-dev-img2img changes a picture by 0.3 to 0.5 here, not by 0.29"),
    (lambda fal: a_panel("flux-dev-img2img", source=fal.picture(), parameters={"strength": 0.51}),
     "strength: flux-dev-img2img changes a picture by 0.3 to 0.5 here, not by 0.51"),
    (lambda fal: a_panel("flux-dev-img2img", source=fal.picture(), parameters={"strength": "0.4"}),
     "strength: '0.4' is no number"),
    (lambda fal: a_panel(parameters={"duration": 5}), "duration: fal-flux-schnell makes no pictures"),
]  # fmt: skip


@pytest.mark.parametrize(("request_of", "problem"), WRONG, ids=[problem[:40] for _, problem in WRONG])
async def test_what_does_not_fit_is_told_by_name_and_nothing_leaves(fal: Set, request_of: Any, problem: str):
    error = await fal.refused(request_of(fal))
    assert problem in error.message
    assert (error.kind, error.code, error.provider) == ("invalid", "provider_misconfigured", "fal")
    assert error.details["fields"][0]["field"] == problem.partition(":")[0]
    assert "nothing was sent" in error.user_action
    assert fal.vendors.books.requests == []


@pytest.mark.parametrize("strength", [0.3, 0.5])
async def test_the_bounds_of_a_strength_are_inside(fal: Set, strength: float):
    """S3-14."""
    job = await fal.bought(
        a_panel("flux-dev-img2img", source=fal.picture(), parameters={"strength": strength})
    )
    assert job.given["strength"] == strength


def test_the_preview_of_dev_is_schnell_and_its_remaster_dev_itself():
    """S3-04: what switches between them is the tier of the production."""
    assert [made_in(tier, "fal-flux-dev") for tier in TIERS] == ["fal-flux-schnell", "fal-flux-dev"]


async def test_two_mistakes_are_told_at_once(fal: Set):
    error = await fal.refused(a_clip(parameters={"duration": 6}, references=[fal.picture()]))
    assert [one["field"] for one in error.details["fields"]] == ["duration", "references"]
