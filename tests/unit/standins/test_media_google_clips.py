"""Veo as google-genai gets it: operations, three outcomes, files, and what it does not take."""

import io
from datetime import timedelta

import pytest
from google.genai import errors, types

from tests.standins.media_vendors.clocks import HandTime
from tests.standins.media_vendors.faults import (
    black,
    expired,
    filtered,
    job_failed,
    late,
    never,
    nothing_made,
    refused,
    silent,
    truncated,
    wrong_duration,
    wrong_media,
)  # fmt: skip
from tests.standins.media_vendors.google_veo import AUDIO_FILTER
from tests.standins.media_vendors.looks import who_made, who_sounds
from tests.standins.model_vendors import Signal, model_vendors_here
from tests.unit.standins.media_asking import VEO, as_image, opened, plain, shoot, watched

FAST, VEO2 = "veo-3.1-fast-generate-preview", "veo-2.0-generate-001"


async def fetched(gemini, operation) -> bytes:
    done = await gemini.aio.operations.get(operation)
    return await gemini.aio.files.download(file=done.response.generated_videos[0])


@pytest.mark.parametrize(
    ("model", "config", "size", "micro_usd"),
    [
        (VEO, {"duration_seconds": 4}, (1280, 720), 1_600_000),
        (FAST, {"aspect_ratio": "9:16", "duration_seconds": 4}, (720, 1280), 400_000),
        pytest.param(
            FAST,
            {"resolution": "1080p", "duration_seconds": 8},
            (1920, 1080),
            960_000,
            marks=pytest.mark.nightly,
        ),
        pytest.param(
            VEO,
            {"resolution": "4k", "duration_seconds": 8},
            (3840, 2160),
            4_800_000,
            marks=pytest.mark.nightly,
        ),
        (VEO2, {"duration_seconds": 5}, (1280, 720), 1_750_000),
    ],
)
async def test_a_clip_is_what_was_ordered(gemini, vendors, model, config, size, micro_usd):
    operation = await shoot(gemini, model, **config)
    assert (operation.done, operation.response) == (None, None)
    found, seconds, picture, sound = watched(await fetched(gemini, operation))
    assert (found, who_made(picture)) == (size, "google")
    assert seconds == pytest.approx(config["duration_seconds"], abs=0.05)
    assert (who_sounds(sound, 48000) if sound is not None else None) == (None if model == VEO2 else "google")
    assert vendors.books.micro_usd() == micro_usd


def test_blocking_clients_are_served_too(gemini, vendors):
    source, config = (
        types.GenerateVideosSource(prompt="A cat"),
        types.GenerateVideosConfig(duration_seconds=4),
    )
    operation = gemini.models.generate_videos(model=VEO, source=source, config=config)
    done = gemini.operations.get(operation)
    content = gemini.files.download(file=done.response.generated_videos[0])
    assert watched(content)[1] == pytest.approx(4, abs=0.05)


async def test_the_sdk_is_told_googles_own_host_if_that_is_wanted(gemini, vendors):
    vendors.google.media.tells_google_host = True
    vendors.google.media.redirects = True
    operation = await gemini.aio.operations.get(await shoot(gemini, duration_seconds=4))
    video = operation.response.generated_videos[0]
    assert video.video.uri.startswith("https://generativelanguage.googleapis.com/v1beta/files/")
    assert watched(await gemini.aio.files.download(file=video))[0] == (1280, 720)


async def test_pictures_and_clips_are_taken_as_inputs(gemini, vendors):
    reference = types.VideoGenerationReferenceImage(image=as_image(), reference_type="ASSET")
    await shoot(
        gemini, source={"prompt": "x", "image": as_image()}, last_frame=as_image(), duration_seconds=4
    )
    await shoot(gemini, reference_images=[reference] * 3, duration_seconds=8)
    first = await gemini.aio.operations.get(await shoot(gemini, duration_seconds=4))
    video = first.response.generated_videos[0].video
    longer = await shoot(gemini, source={"prompt": "x", "video": video}, duration_seconds=8)
    assert watched(await fetched(gemini, longer))[1] == pytest.approx(4 + 7, abs=0.05)
    orders = [job["order"] for job in vendors.google.media.jobs]
    assert [(one["first"], one["last"], one["references"], one["extends"]) for one in orders] == [
        (True, True, 0, False), (False, False, 3, False), (False, False, 0, False), (False, False, 0, True),
    ]  # fmt: skip
    assert vendors.books.invoices[-1].micro_usd == 7 * 400_000


REFERENCE = types.VideoGenerationReferenceImage(image=as_image(), reference_type="ASSET")
BAD = types.Image(image_bytes=b"nothing", mime_type="image/png")
PROMPT, FRAMED = {"prompt": "x"}, {"prompt": "x", "image": as_image()}
ELSEWHERE = {"prompt": "x", "video": types.Video(uri="https://example.com/files/abc", mime_type="video/mp4")}


@pytest.mark.parametrize(
    ("model", "source", "config", "words"),
    [
        (VEO, PROMPT, {"duration_seconds": 5}, "durationSeconds"),
        (VEO, PROMPT, {"duration_seconds": 6, "resolution": "1080p"}, "must be 8 with 1080p"),
        (VEO, PROMPT, {"duration_seconds": 4, "resolution": "4k"}, "must be 8 with 4k"),
        (VEO, PROMPT, {"duration_seconds": 4, "reference_images": [REFERENCE]}, "must be 8 with ref"),
        (VEO, PROMPT, {"reference_images": [REFERENCE] * 4}, "At most 3"),
        (VEO, FRAMED, {"reference_images": [REFERENCE]}, "cannot be combined"),
        (VEO, PROMPT, {"last_frame": as_image()}, "needs an `image`"),
        (VEO, {"prompt": "x", "image": BAD}, {}, "Unable to process input image"),
        (VEO, PROMPT, {"aspect_ratio": "1:1"}, "aspectRatio"),
        (VEO, PROMPT, {"resolution": "480p"}, "resolution"),
        (VEO, PROMPT, {"person_generation": "everybody"}, "personGeneration"),
        (VEO, PROMPT, {"number_of_videos": 2}, "sampleCount"),
        (VEO, ELSEWHERE, {}, "not one that was generated by Veo"),
        (VEO2, PROMPT, {"reference_images": [REFERENCE]}, "`referenceImages` isn't supported"),
        (VEO2, PROMPT, {"resolution": "1080p"}, "resolution"),
        ("veo-9", PROMPT, {}, "models/veo-9 is not found"),
    ],
)  # fmt: skip
async def test_what_veo_does_not_take_is_rejected_unpaid(gemini, vendors, model, source, config, words):
    with pytest.raises(errors.ClientError, match=words):
        await shoot(gemini, model, source, **config)
    assert (vendors.books.jobs, vendors.books.invoices) == ({}, [])


async def test_fields_of_vertex_are_not_the_developers(vendors):
    async with plain(vendors.google) as web:
        for name in "seed", "generateAudio", "fps", "storageUri":
            body = {"instances": [{"prompt": "x"}], "parameters": {name: 1}}
            no = await web.post(f"/v1beta/models/{VEO}:predictLongRunning", json=body)
            assert (no.status_code, no.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
            assert f"`{name}` isn't supported by this model" in no.json()["error"]["message"]


async def test_a_filtered_clip_is_done_without_an_error_and_without_a_bill(gemini, vendors):
    vendors.google.faults += [filtered(), filtered("A real person.")]
    for reason in AUDIO_FILTER, "A real person.":
        done = await gemini.aio.operations.get(await shoot(gemini))
        assert (done.done, done.error, done.response.generated_videos) == (True, None, None)
        assert (done.response.rai_media_filtered_count, done.response.rai_media_filtered_reasons) == (
            1,
            [reason],
        )
    assert vendors.books.invoices == []


async def test_an_operation_may_end_with_an_error(gemini, vendors):
    vendors.google.faults += [job_failed(13), refused(), nothing_made()]
    ended = [await gemini.aio.operations.get(await shoot(gemini)) for _ in range(3)]
    assert [(one.error or {}).get("code") for one in ended] == [13, 3, None]
    assert "Responsible AI" in ended[1].error["message"]
    assert ended[2].response.generated_videos is None
    assert vendors.books.invoices == []


async def test_bad_clips_are_paid_and_bad(gemini, vendors):
    vendors.google.faults += [black(), silent(), wrong_duration(), wrong_media(), truncated()]
    dark, mute, short, picture, cut = [
        await fetched(gemini, await shoot(gemini, duration_seconds=4)) for _ in range(5)
    ]
    assert (who_made(watched(dark)[2]), watched(dark)[2].getextrema()[0][1] < 20) == (None, True)
    assert abs(watched(mute)[3]).max() < 1e-3
    assert watched(short)[1] == pytest.approx(2, abs=0.05)
    assert opened(picture).format == "PNG"
    with pytest.raises(Exception, match=r"Invalid data|moov|End of file"):
        watched(cut)
    assert vendors.books.micro_usd() == 5 * 1_600_000


async def test_time_passes_by_hand(gemini, vendors):
    clock = vendors.google.media.clock = HandTime()
    vendors.google.media.scale = 0.5
    operation = await shoot(gemini)
    clock.advance(29)
    assert (await gemini.aio.operations.get(operation)).done is None
    clock.advance(1)
    assert (await gemini.aio.operations.get(operation)).done


async def test_a_house_may_have_a_clock_from_the_beginning():
    clock, body = HandTime(), {"instances": [{"prompt": "x"}]}
    async with model_vendors_here(clock=clock, scale=1) as vendors, plain(vendors.google) as web:
        name = (await web.post(f"/v1beta/models/{VEO}:predictLongRunning", json=body)).json()["name"]
        assert (await web.get(f"/v1beta/{name}")).json() == {"name": name}
        clock.advance(60)
        assert (await web.get(f"/v1beta/{name}")).json()["done"]


async def test_late_and_never(gemini, vendors):
    release = Signal()
    clock = vendors.google.media.clock = HandTime()
    vendors.google.faults += [late(20), late(release=release), never()]
    first, second, third = [await shoot(gemini) for _ in range(3)]
    assert [(await gemini.aio.operations.get(one)).done for one in (first, second, third)] == [None] * 3
    clock.advance(20)
    release.set()
    assert [(await gemini.aio.operations.get(one)).done for one in (first, second, third)] == [
        True,
        True,
        None,
    ]
    clock.advance(10**6)
    assert (await gemini.aio.operations.get(third)).done is None
    assert len(vendors.books.invoices) == 2, "what never is made is not billed"


async def test_files_are_gone_after_two_days(gemini, vendors):
    clock = vendors.google.media.clock = HandTime()
    done = await gemini.aio.operations.get(await shoot(gemini, duration_seconds=4))
    video = done.response.generated_videos[0]
    clock.advance(timedelta(days=2).total_seconds() - 1)
    assert await gemini.aio.files.download(file=video)
    clock.advance(1)
    with pytest.raises(errors.ClientError, match="may not exist") as no:
        await gemini.aio.files.download(file=video)
    assert (no.value.code, no.value.status) == (403, "PERMISSION_DENIED")


async def test_a_file_may_be_gone_at_once(gemini, vendors):
    vendors.google.faults.append(expired())
    with pytest.raises(errors.ClientError, match="may not exist"):
        await fetched(gemini, await shoot(gemini))
    assert len(vendors.books.invoices) == 1


async def test_a_download_needs_the_key(gemini, vendors):
    done = await gemini.aio.operations.get(await shoot(gemini, duration_seconds=4))
    uri = done.response.generated_videos[0].video.uri
    async with plain(vendors.google) as web:
        no = await web.get(uri, headers={"x-goog-api-key": ""})
        yes = await web.get(uri)
        unknown = await web.get(f"/v1beta/models/{VEO}/operations/nothing")
    assert (no.status_code, yes.status_code, unknown.status_code) == (403, 200, 404)
    assert yes.headers["content-type"] == "video/mp4"


async def test_each_wrong_key_has_its_own_answer(vendors):
    path, body = f"/v1beta/models/{VEO}:predictLongRunning", {"instances": [{"prompt": "x"}]}
    async with plain(vendors.google) as web:
        told = [
            (await web.post(path, json=body, headers=heads)).json()["error"]
            for heads in (
                {"x-goog-api-key": "AIzaWrong"}, {"x-goog-api-key": ""},
                {"x-goog-api-key": "", "authorization": "Bearer ya29.wrong"},
            )
        ]  # fmt: skip
    assert [(one["code"], one["status"]) for one in told] == [
        (400, "INVALID_ARGUMENT"), (403, "PERMISSION_DENIED"), (401, "UNAUTHENTICATED"),
    ]  # fmt: skip
    assert told[0]["details"][0]["reason"] == "API_KEY_INVALID"
    assert (vendors.books.jobs, vendors.books.posted) == ({}, 3)


async def test_uploads_arrive_and_cannot_be_fetched_again(gemini, vendors):
    sent = await gemini.aio.files.upload(file=io.BytesIO(b"x" * 100), config={"mime_type": "video/mp4"})
    assert (sent.size_bytes, sent.state, sent.source) == (100, "ACTIVE", "UPLOADED")
    assert (await gemini.aio.files.get(name=sent.name)).uri == sent.uri
    async with plain(vendors.google) as web:
        assert (await web.get(f"/v1beta/{sent.name}:download?alt=media")).status_code == 400
    await gemini.aio.files.delete(name=sent.name)
    with pytest.raises(errors.ClientError, match="may not exist"):
        await gemini.aio.files.get(name=sent.name)


async def test_a_heavy_clip_is_still_a_clip(gemini, vendors):
    vendors.google.media.weight_bytes = 3_000_000
    content = await fetched(gemini, await shoot(gemini, duration_seconds=4))
    assert len(content) == 3_000_000
    assert watched(content)[1] == pytest.approx(4, abs=0.05)
