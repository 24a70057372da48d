"""Gemini's pictures as google-genai gets them, and what their models do not take."""

import pytest
from google.genai import errors, types

from tests.standins.media_vendors.faults import black, nothing_made, refused, truncated, wrong_media
from tests.standins.media_vendors.looks import who_made
from tests.unit.standins.media_asking import NANO, PRO, draw, drawn_in, opened, png

PICTURE = types.Part.from_bytes(data=png(), mime_type="image/png")


@pytest.mark.parametrize(
    ("model", "image", "size", "micro_usd"),
    [
        (NANO, {}, (1024, 1024), 39_000),
        (NANO, {"aspect_ratio": "16:9"}, (1344, 768), 39_000),
        (PRO, {"aspect_ratio": "9:16", "image_size": "2K"}, (1536, 2688), 134_000),
    ],
)
async def test_a_picture_has_the_size_that_was_ordered(gemini, vendors, model, image, size, micro_usd):
    answer = await draw(gemini, model=model, **image)
    picture = drawn_in(answer)
    assert (picture.size, picture.format, who_made(picture)) == (size, "PNG", "google")
    assert answer.candidates[0].finish_reason == "STOP"
    assert vendors.books.micro_usd("google", model) == micro_usd
    (invoice,) = vendors.books.invoices
    assert (invoice.job, invoice.model) == (vendors.google.media.jobs[0]["id"], model)


async def test_no_two_jobs_look_alike(gemini):
    first, second = drawn_in(await draw(gemini)), drawn_in(await draw(gemini))
    assert first.tobytes() != second.tobytes()


async def test_references_are_taken_up_to_the_bound(gemini, vendors):
    await draw(gemini, [PICTURE] * 3 + ["A cat"])
    await draw(gemini, [PICTURE] * 14 + ["A cat"], model=PRO)
    assert [job["order"]["inputs"] for job in vendors.google.media.jobs] == [3, 14]
    for model, many in (NANO, 4), (PRO, 15):
        with pytest.raises(errors.ClientError, match="Please use at most"):
            await draw(gemini, [PICTURE] * many + ["A cat"], model=model)
    kept = vendors.google.requests[0].body["contents"][0]["parts"][0]["inlineData"]
    assert kept["data"] != "", "what is sent along is in the book"


@pytest.mark.parametrize(
    ("contents", "image", "words"),
    [
        ("A cat", {"aspect_ratio": "7:5"}, "aspect_ratio must be one of"),
        ("A cat", {"image_size": "2K"}, "image_size must be one of"),
        (
            types.Part.from_bytes(data=b"no picture", mime_type="image/png"),
            {},
            "Unable to process input image",
        ),
        (types.Part.from_bytes(data=png(), mime_type="image/gif"), {}, "Unsupported MIME type: image/gif"),
    ],
)
async def test_what_the_model_does_not_take_is_rejected_unpaid(gemini, vendors, contents, image, words):
    with pytest.raises(errors.ClientError, match=words) as no:
        await draw(gemini, contents, **image)
    assert (no.value.code, no.value.status) == (400, "INVALID_ARGUMENT")
    assert (vendors.books.invoices, vendors.books.jobs, vendors.books.posted) == ([], {}, 1)


async def test_other_modalities_and_other_methods_are_rejected(gemini):
    with pytest.raises(errors.ClientError, match="combination of response modalities"):
        await gemini.aio.models.generate_content(
            model=NANO, contents="x", config=types.GenerateContentConfig(response_modalities=["AUDIO"])
        )
    with pytest.raises(errors.ClientError, match="is not supported for predictLongRunning"):
        await gemini.aio.models.generate_videos(model=NANO, source=types.GenerateVideosSource(prompt="x"))
    gemini._api_client._http_options.headers["x-goog-api-key"] = "AIzaWrong"
    with pytest.raises(errors.ClientError, match="API key not valid"):
        await draw(gemini)


@pytest.mark.parametrize(
    "reason",
    ["IMAGE_SAFETY", "NO_IMAGE", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER", "SAFETY"],
)
async def test_a_refusal_is_a_finish_reason_without_a_picture(gemini, vendors, reason):
    vendors.google.faults.append(refused(reason))
    answer = await draw(gemini)
    assert (answer.candidates[0].finish_reason, answer.candidates[0].content.parts) == (reason, None)
    assert (vendors.books.invoices, vendors.books.met[0].fault) == ([], f"refused {reason}")


async def test_a_blocked_prompt_has_no_candidates(gemini, vendors):
    vendors.google.faults.append(refused("blocked PROHIBITED_CONTENT"))
    answer = await draw(gemini)
    assert (answer.candidates, answer.prompt_feedback.block_reason) == (None, "PROHIBITED_CONTENT")


async def test_success_with_nothing_in_it(gemini, vendors):
    vendors.google.faults.append(nothing_made())
    answer = await draw(gemini)
    assert (answer.candidates[0].finish_reason, answer.candidates[0].content.parts) == ("STOP", None)
    assert vendors.books.invoices == []


async def test_a_refusal_may_be_paid_if_a_test_wants_it(gemini, vendors):
    vendors.google.faults += [refused(billed=True), nothing_made(billed=True)]
    for _ in range(2):
        assert (await draw(gemini)).candidates[0].content.parts is None
    assert vendors.books.micro_usd() == 2 * 39_000


async def test_bad_pictures_are_paid_and_bad(gemini, vendors):
    vendors.google.faults += [black(), truncated(), wrong_media()]
    assert drawn_in(await draw(gemini)).getextrema() == ((0, 0), (0, 0), (0, 0))
    for trouble in OSError, OSError:
        answer = await draw(gemini)
        with pytest.raises(trouble):
            opened(answer.candidates[0].content.parts[0].inline_data.data)
    assert vendors.books.micro_usd() == 3 * 39_000
    assert [one.fault for one in vendors.books.met] == ["black", "truncated", "wrong_media"]
