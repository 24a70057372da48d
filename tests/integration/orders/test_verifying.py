"""What passes as a result, and what does not: by the bytes alone."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from state.errors import FfmpegFailed, ProviderFailed
from state.media import MediaRef
from state.order import EngineRequest
from tests.builders import a_music_request, a_video_request, a_voice_request, an_image_request
from tests.media_files import picture, solid, sound
from tests.real_results import flat_clip, real_result, short_tone
from tests.standins.media_vendors.clips import clip, silent_film
from tests.standins.media_vendors.looks import Look
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.probe import probe
from tools.media.inspect import Contents, inspect
from tools.orders import verifying
from tools.orders.verifying import verify

PANEL, LINE, MUSIC = an_image_request(), a_voice_request(), a_music_request()
TAKE = a_video_request(duration_s=2.0)
WIDE, NOT_WIDE = (32, 18), "instead of 1.78 times as wide as high"
VEO = Look("google", "veo-3.1", "job", "16:9", False)
DARK = Look("google", "veo-3.1", "job", "16:9", True)


async def told(path: Path, content: bytes, request: EngineRequest) -> str:
    """Why it is none; empty when it is one."""
    await asyncio.to_thread(path.write_bytes, content)
    error = await anyhow(verify(path, request))
    if error is None:
        return ""
    about = (error.kind, error.provider, error.model)
    assert about == ("bad_output", request.provider, request.model)
    return error.message.partition("than was ordered: ")[2]


async def anyhow(looked: Awaitable[None]) -> ProviderFailed | None:
    try:
        await looked
    except ProviderFailed as error:
        return error
    return None


def damaged(content: bytes) -> bytes:
    """In its middle, so that its boxes still add up."""
    at = len(content) // 3
    return content[:at] + b"\x55" * 200 + content[at + 200 :]


def no_heading(content: bytes) -> bytes:
    """An MP3 that does not say how long it is: the frame that does is left out."""
    return content[content.index(b"\xff\xfb", content.index(b"Lavc") + 1) :]


@pytest.mark.parametrize("request_", [PANEL, TAKE, LINE, MUSIC], ids=lambda one: one.medium)
async def test_what_was_ordered_passes(request_: EngineRequest, tmp_path: Path) -> None:
    assert await told(tmp_path / "result", real_result(request_), request_) == ""


@pytest.mark.parametrize("kind", ["wav", "mp3", "ipod", "adts"])
async def test_a_sound_may_come_in_each_kind_we_keep(kind: str, tmp_path: Path) -> None:
    assert await told(tmp_path / "result", sound(kind), LINE) == ""


SOMETHING_ELSE: dict[str, tuple[EngineRequest, Callable[[], bytes], str]] = {
    "a sound for a panel": (PANEL, lambda: short_tone(), "a sound (audio/wav) instead of a picture"),
    "words for a panel": (PANEL, lambda: b"refused, sorry", "a text (text/plain) instead of a picture"),
    "a panel for a take": (TAKE, lambda: picture(size=WIDE), "a picture (image/png) instead of a clip"),
    "a panel for a line": (LINE, lambda: picture(), "a picture (image/png) instead of a sound"),
    "a clip for music": (MUSIC, lambda: flat_clip(*WIDE, 4), "a clip (video/mp4) instead of a sound"),
    "half a panel": (PANEL, lambda: picture(size=(320, 180))[:-60], "the picture is damaged"),
    "a clip without its last byte": (TAKE, lambda: flat_clip(*WIDE, 2)[:-1], "the clip is cut short"),
    "a damaged clip": (
        TAKE, lambda: damaged(silent_film(VEO, (320, 180), 2.0)), "the clip cannot be decoded to its end",
    ),
    "half a line": (LINE, lambda: short_tone(3)[:-100_000], "the sound is cut short"),
    "a line of no length": (LINE, lambda: short_tone(0), "the sound is silent"),
    "half an mp3": (
        LINE, lambda: sound("mp3")[: len(sound("mp3")) // 2], "the sound ends after 0.24 of 0.50 s",
    ),
    "half an m4a": (LINE, lambda: sound("ipod")[:-50], "the clip is cut short"),
    "a black panel": (PANEL, lambda: solid(b"\x00\x03\x09", WIDE), "the picture is black"),
    "a black take": (TAKE, lambda: flat_clip(*WIDE, 2, 16), "the clip is black"),
    "a black take with sound": (TAKE, lambda: clip(DARK, (320, 180), 2.0, tone=True), "the clip is black"),
    "a silent line": (LINE, lambda: short_tone(1, 0.0), "the sound is silent"),
    "silent music": (MUSIC, lambda: short_tone(1, 0.0005), "the sound is silent"),
    "half a take": (TAKE, lambda: flat_clip(*WIDE, 1), "the clip is 1.12 s long instead of 2 s"),
    "a square panel": (PANEL, lambda: picture(size=(20, 20)), f"it is 20x20 {NOT_WIDE}"),
    "an upright take": (TAKE, lambda: flat_clip(18, 32, 2), f"it is 18x32 {NOT_WIDE}"),
    "nothing": (PANEL, lambda: b"", "the file is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", SOMETHING_ELSE)
async def test_what_is_something_else_is_told_in_words(name: str, tmp_path: Path) -> None:
    request, content, why = SOMETHING_ELSE[name]
    assert await told(tmp_path / "result", content(), request) == why


@pytest.mark.parametrize(("seconds", "passes"), [(1.625, False), (1.75, True), (2.0, True), (8.0, True)])
async def test_a_quarter_of_a_second_may_be_missing_and_any_may_be_over(
    seconds: float, passes: bool, tmp_path: Path
) -> None:
    content = flat_clip(*WIDE, seconds - 1 / 8)
    assert (await told(tmp_path / "result", content, TAKE) == "") is passes


async def test_a_dark_shot_is_not_a_black_one(tmp_path: Path) -> None:
    assert await told(tmp_path / "night", flat_clip(*WIDE, 2, 40), TAKE) == ""
    assert await told(tmp_path / "night", solid(b"\x10\x14\x30", WIDE), PANEL) == ""


@pytest.mark.parametrize(
    ("size", "passes"), [((1344, 768), True), ((1280, 704), True), ((1536, 1024), False)]
)
async def test_a_shape_may_be_as_far_off_as_a_vendor_s_sizes_are(
    size: tuple[int, int], passes: bool, tmp_path: Path
) -> None:
    assert (await told(tmp_path / "result", picture(size=size), PANEL) == "") is passes


async def test_the_shape_is_the_priced_one_the_card_s_or_that_of_the_first_frame(tmp_path: Path) -> None:
    content = picture(size=(1536, 1024))
    priced = an_image_request(parameters={"aspect_ratio": "3:2"})
    on_card = an_image_request(provider="openai", model="gpt-image-1.5")
    begun = MediaRef(key="a.png", mime="image/png", sha256="a", size_bytes=1, width=1536, height=1024)
    for request in (priced, on_card, an_image_request(source=begun), an_image_request(references=[begun])):
        assert await told(tmp_path / "result", content, request) == ""
    words = an_image_request(parameters={"aspect_ratio": "match_input_image"})
    assert "1536x1024" in await told(tmp_path / "result", content, words)


async def test_a_length_that_is_only_guessed_is_not_held_against_a_sound(tmp_path: Path) -> None:
    """Of an MP3 without a heading nobody knows how long it should be."""
    assert await told(tmp_path / "result", no_heading(sound("mp3")), LINE) == ""


async def test_what_an_edit_list_hides_is_not_missing(tmp_path: Path) -> None:
    """A clip whose first second was cut off without encoding it anew still holds that second."""
    whole, cut = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    whole.write_bytes(flat_clip(*WIDE, 4))
    await run_ffmpeg(["-ss", "1", *local_input(whole), "-c", "copy", cut])
    assert (await probe(cut)).frame_count == 33
    assert await told(cut, cut.read_bytes(), a_video_request(duration_s=3.0)) == ""
    assert "3.12 s long" in await told(cut, cut.read_bytes(), a_video_request(duration_s=4.0))


async def test_a_file_that_nobody_could_look_at_is_not_called_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "LOOK_S", 0.0)
    with pytest.raises(FfmpegFailed, match="took longer"):
        await told(tmp_path / "result", flat_clip(*WIDE, 2), TAKE)


async def test_however_many_arrive_few_are_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, most = 0, 0

    async def counted(path: Path) -> Contents:
        nonlocal reading, most
        reading += 1
        most = max(most, reading)
        found = await inspect(path)
        reading -= 1
        return found

    monkeypatch.setattr(verifying, "inspect", counted)
    path = tmp_path / "panel.png"
    path.write_bytes(real_result(PANEL))
    await asyncio.gather(*(verify(path, PANEL) for _ in range(20)))
    assert (most, reading) == (verifying.AT_ONCE, 0)


@pytest.mark.parametrize(
    ("size", "priced", "problem"),
    [
        ((1280, 648), "720p", ""),
        ((1280, 720), "720p", ""),
        ((1280, 646), "720p", "it is 1280x646 where 720p was paid for"),
        ((640, 360), "720p", "it is 640x360 where 720p was paid for"),
        ((360, 640), "720p", "it is 360x640 where 720p was paid for"),
        ((640, 360), "480p", "it is 640x360 where 480p was paid for"),
        ((640, 360), "", ""),
    ],
)
def test_a_clip_has_the_lines_that_were_paid_for(size: tuple[int, int], priced: str, problem: str) -> None:
    """Nine tenths of them at least, because sizes go by 16 or 64."""
    contents = Contents(mime="video/mp4", width=size[0], height=size[1])
    request = a_video_request(parameters={"resolution": priced} if priced else {})
    assert verifying._smallness(contents, request) == problem
