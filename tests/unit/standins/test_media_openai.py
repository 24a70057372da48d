"""OpenAI's pictures and speech as its SDK gets them, and what they do not take."""

import openai
import pytest

from tests.standins.media_vendors.faults import black, endless_wav, nothing_made, refused, silent, truncated
from tests.standins.media_vendors.looks import who_made, who_sounds
from tests.standins.media_vendors.openai_voices import VOICES
from tests.standins.media_vendors.sounds import tone_hz
from tests.unit.standins.media_asking import drawn_in, heard, heard_wav, png

OLD, NEW, TTS = "gpt-image-1.5", "gpt-image-2", "gpt-4o-mini-tts"
WORDS = "One two three four five."
TONES = {name: tone_hz(name, VOICES) for name in VOICES}


async def draw(client, model=OLD, **more):
    return await client.images.generate(model=model, prompt="A cat", **more)


async def edit(client, *pictures, model=OLD, **more):
    files = [(f"{number}.png", content, "image/png") for number, content in enumerate(pictures)]
    return await client.images.edit(model=model, prompt="A cat", image=files, **more)


async def say(client, **more):
    asked = {"model": TTS, "voice": "coral", "input": WORDS, **more}
    async with client.audio.speech.with_streaming_response.create(**asked) as answer:
        return answer.headers["content-type"], b"".join([piece async for piece in answer.iter_bytes()])


@pytest.mark.parametrize(
    ("model", "more", "size", "kind", "tokens"),
    [
        (OLD, {"size": "1024x1536", "quality": "low"}, (1024, 1536), "PNG", 399),
        (OLD, {"output_format": "jpeg", "output_compression": 50}, (1536, 1024), "JPEG", 6236),
        (NEW, {"size": "1536x864", "quality": "medium", "output_format": "webp"}, (1536, 864), "WEBP", 1335),
    ],
)
async def test_a_picture_is_what_was_ordered(client, vendors, model, more, size, kind, tokens):
    answer = await draw(client, model, **more)
    picture = drawn_in(answer)
    assert (picture.size, picture.format, who_made(picture)) == (size, kind, "openai")
    assert (answer.size, answer.output_format) == (f"{size[0]}x{size[1]}", kind.lower())
    assert answer.usage.output_tokens == tokens
    invoice = vendors.books.invoices[0]
    assert (invoice.prompt_tokens, invoice.completion_tokens) == (2, tokens)
    assert invoice.micro_usd == 2 * 5 + tokens * (32 if model == OLD else 30)


async def test_several_pictures_and_a_clear_ground(client, vendors):
    answer = await draw(client, n=2, size="1024x1024", quality="low", background="transparent")
    assert [len(answer.data), answer.background] == [2, "transparent"]
    assert drawn_in(answer).getpixel((512, 900)) == (0, 0, 0, 0)
    assert vendors.books.micro_usd() == 10 + 2 * 266 * 32


async def test_a_stream_ends_with_the_whole_picture(client):
    events = [
        event
        async for event in await draw(client, stream=True, partial_images=2, quality="low", size="1024x1024")
    ]
    assert [event.type for event in events] == ["image_generation.partial_image"] * 2 + [
        "image_generation.completed"
    ]
    assert events[-1].usage.output_tokens == 266


async def test_pictures_are_sent_along_up_to_sixteen(client, vendors):
    answer = await edit(client, *[png()] * 16, quality="low", input_fidelity="high", mask=("m.png", png()))
    assert (answer.usage.input_tokens_details.image_tokens, drawn_in(answer).size) == (16 * 323, (1536, 1024))
    files = vendors.openai.requests[0].body["files"]
    assert ([one["field"] for one in files].count("image[]"), files[-1]["field"]) == (16, "mask")
    with pytest.raises(openai.BadRequestError, match="maximum length 16"):
        await edit(client, *[png()] * 17)


@pytest.mark.parametrize(
    ("model", "more", "param"),
    [
        (OLD, {"size": "1536x864"}, "size"),
        (NEW, {"size": "1000x1000"}, "size"),
        (NEW, {"size": "3840x1024"}, "size"),
        (NEW, {"size": "4096x2048"}, "size"),
        (OLD, {"quality": "hd"}, "quality"),
        (OLD, {"quality": "max"}, "quality"),
        (OLD, {"response_format": "url"}, "response_format"),
        (OLD, {"style": "vivid"}, "style"),
        (OLD, {"n": 11}, "n"),
        (OLD, {"output_format": "tiff"}, "output_format"),
        (OLD, {"output_format": "jpeg", "background": "transparent"}, "background"),
        (OLD, {"extra_body": {"seed": 4}}, "seed"),
        ("gpt-image-9", {}, "model"),
        ("gpt-4o-mini-tts", {}, "model"),
    ],
)
async def test_what_pictures_do_not_take_is_rejected_unpaid(client, vendors, model, more, param):
    with pytest.raises(openai.BadRequestError) as no:
        await draw(client, model, **more)
    assert no.value.param == param
    assert (vendors.books.jobs, vendors.books.invoices) == ({}, [])


@pytest.mark.parametrize("model", ["gpt-image-1", "dall-e-3"])
async def test_models_that_are_gone_are_not_found(client, vendors, model):
    with pytest.raises(openai.NotFoundError, match="deprecated"):
        await draw(client, model)
    vendors.openai.media.offer(model, like=OLD)
    assert (await draw(client, model, size="1024x1024", quality="low")).data


async def test_bad_inputs_of_an_edit(client):
    for picture, mask, param in (
        (b"nothing", None, "image[]"),
        (png(), ("m.png", png((8, 8))), "mask"),
        (png(), ("m.png", b"x"), "mask"),
    ):
        with pytest.raises(openai.BadRequestError) as no:
            await edit(client, picture, **({"mask": mask} if mask else {}))
        assert no.value.param == param
    with pytest.raises(openai.BadRequestError, match="input_fidelity"):
        await edit(client, png(), model=NEW, input_fidelity="high")
    with pytest.raises(openai.BadRequestError, match="unsupported mimetype"):
        await client.images.edit(model=OLD, prompt="x", image=("a.txt", b"words", "text/plain"))


async def test_refusals_are_told_and_unpaid(client, vendors):
    vendors.openai.faults += [refused(), refused("content_policy_violation")]
    for code, kind in (("moderation_blocked", "image_generation_user_error"),
                       ("content_policy_violation", "invalid_request_error")):  # fmt: skip
        with pytest.raises(openai.BadRequestError) as no:
            await draw(client)
        assert (no.value.code, no.value.type) == (code, kind)
    assert vendors.books.invoices == []


async def test_pictures_that_are_bad_or_not_there(client, vendors):
    vendors.openai.faults += [nothing_made(), black(), truncated()]
    assert (await draw(client)).data == []
    assert drawn_in(await draw(client, quality="low")).getextrema() == ((0, 0), (0, 0), (0, 0))
    cut = await draw(client, quality="low")
    with pytest.raises(OSError, match="truncated"):
        drawn_in(cut)
    assert len(vendors.books.invoices) == 2


@pytest.mark.parametrize(
    ("kind", "mime", "rate"),
    [("mp3", "audio/mpeg", 24000), ("opus", "audio/opus", 48000), ("aac", "audio/aac", 24000),
     ("flac", "audio/flac", 24000), ("wav", "audio/wav", 24000)],
)  # fmt: skip
async def test_speech_in_each_format(client, kind, mime, rate):
    said, content = await say(client, response_format=kind)
    samples, found = heard(content)
    assert (said, found) == (mime, rate)
    assert len(samples) / found == pytest.approx(2.0, abs=0.1)
    assert who_sounds(samples, found, TONES) == "coral"


async def test_bare_samples_speed_and_events(client, vendors):
    assert len((await say(client, response_format="pcm"))[1]) == 2 * 48000
    assert heard_wav((await say(client, response_format="wav", speed=2))[1]) == 1.0
    kind, told = await say(client, response_format="pcm", stream_format="sse", instructions="Softly.")
    assert (kind.split(";")[0], told.count(b"speech.audio.delta") > 9, told.count(b"speech.audio.done")) == (
        "text/event-stream", True, 1,
    )  # fmt: skip
    await say(client, model="tts-1", voice="alloy")
    assert [one.micro_usd for one in vendors.books.invoices] == [484, 244, 485, len(WORDS) * 15]


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"voice": "nobody"}, "voice"),
        ({"input": "x" * 4097}, "input"),
        ({"input": ""}, "input"),
        ({"speed": 4.1}, "speed"),
        ({"response_format": "ogg"}, "response_format"),
        ({"extra_body": {"seed": 1}}, "seed"),
        ({"model": "tts-1", "voice": "verse"}, "voice"),
        ({"model": "tts-1", "voice": "alloy", "stream_format": "sse"}, "stream_format"),
        ({"model": "tts-9"}, "model"),
    ],
)
async def test_what_speech_does_not_take_is_rejected_unpaid(client, vendors, more, param):
    with pytest.raises(openai.BadRequestError) as no:
        await say(client, **more)
    assert (no.value.param, vendors.books.invoices) == (param, [])


async def test_speech_that_is_silent_empty_or_does_not_know_its_length(client, vendors):
    vendors.openai.faults += [silent(), nothing_made(), endless_wav()]
    assert not heard((await say(client, response_format="wav"))[1])[0].any()
    assert (await say(client))[1] == b""
    endless = (await say(client, response_format="wav"))[1]
    assert endless[4:8] == endless[40:44] == b"\xff\xff\xff\xff"
    assert heard(endless)[0].shape == (48000, 1)


def test_blocking_clients_are_served_too(vendors):
    with openai.OpenAI(base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key) as client:
        answer = client.images.generate(model=NEW, prompt="A cat", size="1024x1024", quality="low")
        edited = client.images.edit(model=NEW, prompt="A dog", image=("a.png", png()), quality="low")
        assert drawn_in(answer).size == (1024, 1024)
        assert len(edited.data) == 1
        said = client.audio.speech.create(model=TTS, voice="coral", input=WORDS, response_format="wav")
        assert heard_wav(said.content) == 2.0


async def test_a_wrong_key_buys_nothing(vendors, lines):
    stranger = openai.AsyncOpenAI(
        base_url=f"{vendors.openai.url}/v1", api_key="sk-wrong", http_client=lines, max_retries=0
    )
    for ask in draw, edit, say:
        with pytest.raises(openai.AuthenticationError):
            await ask(stranger, *([png()] if ask is edit else []))
    assert (vendors.books.jobs, vendors.books.posted) == ({}, 3)
