"""What the stand-ins hand out is what was ordered, real, and tells whose it is."""

import base64
import io
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from tests.standins.job_vendors import colour_of, faults
from tests.standins.job_vendors.clips import clip
from tests.standins.job_vendors.models import Model
from tests.unit.standins.job_client import KLING, SCHNELL, SDXL, SMALL, VEO


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    image.load()
    return image


def probed(media: bytes) -> dict[str, Any]:
    with av.open(io.BytesIO(media)) as container:
        told: dict[str, Any] = {"seconds": container.duration / 1e6, "kinds": []}
        for stream in container.streams:
            told["kinds"].append(stream.codec_context.name)
            if stream.type == "video":
                told["size"] = (stream.width, stream.height)
                told["fps"] = float(stream.average_rate)
        return told


def frames(clip: bytes) -> list[np.ndarray]:
    with av.open(io.BytesIO(clip)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def loudness(media: bytes) -> float:
    with av.open(io.BytesIO(media)) as container:
        return max(float(np.abs(frame.to_ndarray()).max()) for frame in container.decode(audio=0))


@pytest.mark.parametrize(
    ("model", "changes", "size", "kind"),
    [
        (SDXL, {}, (64, 48), "PNG"),
        (SCHNELL, {}, (64, 48), "JPEG"),
        (SCHNELL, {"image_size": "square", "output_format": "png"}, (512, 512), "PNG"),
        ("black-forest-labs/flux-schnell", {"prompt": "x", "aspect_ratio": "16:9", "megapixels": "0.25"},
         (672, 384), "WEBP"),
        ("black-forest-labs/flux-schnell", {"prompt": "x", "output_format": "jpg", "megapixels": "0.25"},
         (512, 512), "JPEG"),
        ("google/nano-banana-pro", {"prompt": "x", "aspect_ratio": "16:9", "resolution": "1K"}, (1360, 768),
         "JPEG"),
    ],
)  # fmt: skip
async def test_a_picture_has_the_ordered_size_and_form(customer, model, changes, size, kind):
    image = opened(await customer.fetched(await customer.bought(model, **changes)))
    assert (image.size, image.format) == (size, kind)


@pytest.mark.parametrize(
    ("model", "changes", "size", "seconds", "kinds"),
    [
        (VEO, {}, (1280, 720), 4, ["h264", "aac"]),
        (VEO, {"generate_audio": False, "aspect_ratio": "9:16"}, (720, 1280), 4, ["h264"]),
        (KLING, {}, (720, 720), 5, ["h264"]),
        ("fal-ai/luma-dream-machine/ray-2", {"prompt": "a door", "duration": "9s"}, (960, 540), 9, ["h264"]),
        ("fal-ai/luma-dream-machine/ray-2-flash", {"prompt": "a door"}, (960, 540), 5, ["h264"]),
        ("fal-ai/kling-video/v2.5-turbo/pro/text-to-video", {"prompt": "a door"}, (1920, 1080), 5, ["h264"]),
    ],
)
async def test_a_clip_has_the_ordered_size_and_length(customer, model, changes, size, seconds, kinds):
    told = probed(await customer.fetched(await customer.bought(model, **changes)))
    assert told == {"seconds": pytest.approx(seconds, abs=0.01), "kinds": kinds, "size": size, "fps": 24}


@pytest.mark.parametrize(
    ("model", "changes", "codec", "seconds"),
    [
        ("minimax/music-1.5", {"prompt": "slow and sad", "lyrics": "one two three four"}, "mp3float", 12),
        ("meta/musicgen", {"prompt": "x", "duration": 3}, "pcm_s16le", 3),
    ],
)
async def test_music_has_the_ordered_form_and_length(customer, model, changes, codec, seconds):
    song = await customer.fetched(await customer.bought(model, **changes))
    told = probed(song)
    assert told["kinds"] == [codec]
    assert told["seconds"] == pytest.approx(seconds, abs=0.06)
    assert loudness(song) > 0


async def test_each_job_has_a_colour_of_its_own_and_moves(customer):
    first, second = await customer.bought(KLING), await customer.bought(KLING)

    shown = frames(await customer.fetched(first))

    assert len(shown) == 5 * 24
    assert np.abs(shown[60][400, 5].astype(int) - colour_of(first.id)).max() < 12
    assert np.abs(np.subtract(colour_of(first.id), colour_of(second.id))).max() > 12
    assert np.abs(shown[0].astype(int) - shown[1]).max() > 50
    assert shown[60][20:160, 20:400].min(axis=2).max() > 220, "the words are white"


async def test_a_picture_that_was_sent_along_decides_the_shape_and_is_seen(customer):
    red = io.BytesIO()
    Image.new("RGB", (90, 160), (255, 0, 0)).save(red, "PNG")
    form = {"content": ("red.png", red.getvalue(), "image/png")}
    replicate = customer.vendors.replicate
    sent = await customer.web.post(f"{replicate.url}/v1/files", files=form, headers=customer.key(replicate))

    job = await customer.bought(
        "kwaivgi/kling-v2.1", prompt="x", start_image=sent.json()["urls"]["get"]
    )  # fmt: skip
    shown = frames(await customer.fetched(job))[30]

    assert shown.shape == (1280, 720, 3)
    assert shown[10, 719, 0] > 200
    assert shown[10, 719, 1] < 60


async def test_files_are_made_once(customer):
    job = await customer.bought(SDXL, num_outputs=3)
    addresses = await customer.addresses(job)

    first = [(await customer.web.get(one)).content for one in addresses]
    again = [(await customer.web.get(one)).content for one in addresses]

    assert len(set(first)) == 3
    assert first == again
    assert customer.vendors.studio.made == 3


async def test_a_part_of_a_file_can_be_asked_for(customer):
    job = await customer.bought(SDXL)
    (address,) = await customer.addresses(job)
    whole = await customer.fetched(job)

    part = await customer.web.get(address, headers={"range": "bytes=10-19"})
    head = await customer.web.head(address)
    beyond = await customer.web.get(address, headers={"range": f"bytes={len(whole)}-"})

    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert head.headers["content-length"] == str(len(whole))
    assert beyond.status_code == 416


async def spoilt(customer, fault, model, **changes) -> bytes:
    customer.vendor(model).faults.append(fault)
    made = await customer.fetched(await customer.bought(model, **changes))
    assert customer.vendors.books.kinds_met() == {fault.kind: 1}
    return made


async def test_a_picture_comes_for_a_clip_and_a_sound_for_a_picture(customer):
    assert opened(await spoilt(customer, faults.wrong_kind(), KLING)).format == "PNG"


async def test_a_sound_comes_for_a_picture(customer):
    assert probed(await spoilt(customer, faults.wrong_kind(), SDXL))["kinds"] == ["pcm_s16le"]


async def test_the_size_is_wrong(customer):
    assert probed(await spoilt(customer, faults.wrong_size(), KLING))["size"] == (360, 360)


async def test_the_length_is_wrong(customer):
    assert probed(await spoilt(customer, faults.wrong_duration(), KLING))["seconds"] == pytest.approx(2.5)


async def test_a_clip_is_black_and_still(customer):
    assert max(frame.max() for frame in frames(await spoilt(customer, faults.black(), KLING))[::24]) < 8


async def test_a_clip_is_silent(customer):
    made = await spoilt(customer, faults.silent(), VEO)
    assert probed(made)["kinds"] == ["h264", "aac"]
    assert loudness(made) == 0


async def test_silence_waits_for_an_order_with_sound(customer):
    customer.vendors.replicate.faults.append(faults.silent())
    await customer.fetched(await customer.bought(VEO, generate_audio=False))
    assert not customer.vendors.books.met
    assert customer.vendors.replicate.faults == [faults.silent()]


async def test_a_file_has_only_its_first_half(customer):
    made = await spoilt(customer, faults.truncated(), VEO)
    with pytest.raises(av.error.InvalidDataError):
        probed(made)


async def test_a_file_is_empty(customer):
    assert await spoilt(customer, faults.no_bytes(), SCHNELL) == b""


async def test_what_is_small_enough_for_tests_is_valid(customer):
    for model in SMALL:
        assert (await customer.order(model)).status_code in (200, 201)


def least(model: Model) -> dict[str, str]:
    """What must be given, and no more."""
    image = io.BytesIO()
    Image.new("RGB", (32, 18), (1, 2, 3)).save(image, "PNG")
    picture = f"data:image/png;base64,{base64.b64encode(image.getvalue()).decode()}"
    needed = [name for name, row in model.input.items() if row.get("required")]
    film = f"data:video/mp4;base64,{base64.b64encode(clip(Image.new('RGB', (64, 36)), 1.0)).decode()}"
    files = {"image": picture, "video": film}
    return {
        name: next((file for kind, file in files.items() if kind in name), "a door in the rain")
        for name in needed
    }


@pytest.mark.parametrize("vendor", ["replicate", "fal"])
async def test_every_model_that_makes_files_can_be_ordered(customer, vendor):
    for model in getattr(customer.vendors, vendor).models.values():
        if model.makes != "text":
            job = await customer.bought(model.id, **least(model))
            assert len(await customer.addresses(job)) == 1, model.id
            assert customer.vendors.books.invoices[-1].micro_usd > 0


@pytest.mark.parametrize(
    ("resolution", "size", "price"), [("1080p", (1920, 1080), 1), ("2k", (2560, 1440), 2)]
)
async def test_a_clip_is_made_larger_as_long_as_it_was(customer, resolution, size, price):
    """Billed by its seconds, twice for 2k."""
    small = clip(Image.new("RGB", (64, 36)), 2.0)
    address = f"data:video/mp4;base64,{base64.b64encode(small).decode()}"
    endpoint = "fal-ai/bytedance-upscaler/upscale/video"
    job = await customer.bought(endpoint, video_url=address, target_resolution=resolution)
    assert (job.start_size, job.clip_s) == ((64, 36), 2.0)
    assert customer.vendors.books.invoices[-1].micro_usd == 2 * 7_200 * price
    assert customer.vendors.fal.order_of(job).size == size


async def test_what_is_no_clip_is_not_made_larger(customer):
    bad = f"data:video/mp4;base64,{base64.b64encode(b'no clip').decode()}"
    job = await customer.bought("fal-ai/bytedance-upscaler/upscale/video", video_url=bad)
    assert job.failure
