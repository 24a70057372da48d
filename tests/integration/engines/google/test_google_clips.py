"""What is sent for a clip of Veo in each of its modes, and what comes of it."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from state.errors import ProviderError, ProviderMisconfigured
from tests.contracts.handed import Handed
from tests.integration.engines.google.ordering import (
    FAST,
    JOB,
    KEY,
    OLD,
    VEO,
    Shop,
    a_picture,
    an_engine,
    asked,
    in_base64,
    pictures,
    telling,
)
from tests.standins.media_vendors.faults import late
from tests.standins.model_vendors import Signal
from tools.engines.google.engine import HOST
from tools.ffmpeg.probe import probe


def instance(shop: Shop) -> dict[str, Any]:
    found: dict[str, Any] = shop.sent["instances"][0]
    return found


async def test_the_clip_is_a_file_of_the_length_and_shape_that_was_ordered(
    shop: Shop, tmp_path: Path
) -> None:
    order = asked("video", width=720, height=1280, duration_s=3.4)
    fetched = await shop.gets(order, tmp_path / "into")
    facts = await probe(fetched.path)
    assert (fetched.path.suffix, fetched.path.parent) == (".mp4", tmp_path / "into")
    assert (facts.width, facts.height, round(facts.duration_s or 0)) == (720, 1280, 4)
    assert [*(tmp_path / "into").iterdir()] == [fetched.path], "nothing half-fetched stays"
    assert "http" not in str(fetched.extra), "an address of the provider is no result (S5-056)"


async def test_words_alone(shop: Shop) -> None:
    """Mode one of S5-050. Seed, sound and frame rate are not taken by this API."""
    await shop.ends(asked("video", prompt="Ana turns", negative_prompt="rain", duration_s=6))
    assert shop.sent == {
        "instances": [{"prompt": "Ana turns"}],
        "parameters": {
            "durationSeconds": 6, "resolution": "720p", "aspectRatio": "16:9", "negativePrompt": "rain",
        },
    }  # fmt: skip
    assert shop.vendors.books.posts()[-1].path == "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"


async def test_a_first_frame(shop: Shop, tmp_path: Path) -> None:
    frame, path = a_picture(tmp_path)
    await shop.ends(asked("video", first_frame=frame), files={frame.key: path})
    assert instance(shop)["image"] == {"bytesBase64Encoded": in_base64(path), "mimeType": "image/png"}
    assert (shop.job["first"], shop.job["last"], shop.job["references"]) == (True, False, 0)


async def test_first_and_last_frame(shop: Shop, tmp_path: Path) -> None:
    (first, one), (last, two) = a_picture(tmp_path), a_picture(tmp_path, 1)
    order = asked("video", first_frame=first, last_frame=last)
    await shop.ends(order, files={first.key: one, last.key: two})
    assert instance(shop)["lastFrame"]["bytesBase64Encoded"] == in_base64(two)
    assert (shop.job["first"], shop.job["last"]) == (True, True)


async def test_three_references_of_five_for_eight_seconds(shop: Shop, tmp_path: Path) -> None:
    """S5-051: three slots, in their order."""
    refs, files = pictures(tmp_path, 5)
    await shop.ends(asked("video", references=refs, duration_s=8), files=files)
    sent = instance(shop)["referenceImages"]
    assert [one["image"]["bytesBase64Encoded"] for one in sent] == [
        in_base64(files[one.key]) for one in refs[:3]
    ]
    assert {one["referenceType"] for one in sent} == {"asset"}
    assert (shop.job["references"], shop.job["seconds"]) == (3, 8)


@pytest.mark.parametrize(
    ("size", "seconds", "parameters", "sent"),
    [
        ((1280, 720), 3.1, {}, (4, "720p")),
        ((1280, 720), 4.5, {}, (6, "720p")),
        ((1920, 1080), 7.2, {}, (8, "1080p")),
        ((3840, 2160), 8, {}, (8, "4k")),
        # Seconds cost money and pixels do not: a short shot stays short.
        ((1920, 1080), 3.1, {}, (4, "720p")),
        ((1280, 720), 3.1, {"duration": 8}, (8, "720p")),
        ((1920, 1080), 3.1, {"duration": 8.0}, (8, "1080p")),
        ((1920, 1080), 8, {"resolution": "720p"}, (8, "720p")),
        ((1280, 720), 3.1, {"resolution": "1080p"}, (8, "1080p")),
    ],
)
async def test_length_and_resolution_fit_each_other(
    shop: Shop, size: tuple[int, int], seconds: float, parameters: dict[str, Any], sent: tuple[int, str]
) -> None:
    """S5-054: 4, 6 or 8 s; 720p, 1080p and 4k, the larger ones for 8 s only."""
    order = asked("video", width=size[0], height=size[1], duration_s=seconds, parameters=parameters)
    assert (await shop.ends(order)).state == "succeeded"
    told = shop.sent["parameters"]
    assert (told["durationSeconds"], told["resolution"]) == sent


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"duration_s": 8.5}, "durationSeconds"),
        ({"parameters": {"duration": 5}}, "durationSeconds"),
        ({"parameters": {"duration": 4, "resolution": "1080p"}}, "durationSeconds"),
        ({"parameters": {"duration": 6, "resolution": "4k"}}, "durationSeconds"),
        ({"parameters": {"resolution": "480p"}}, "resolution"),
        ({"parameters": {"aspect_ratio": "1:1"}}, "aspectRatio"),
        ({"prompt": ""}, "prompt"),
        ({"model": OLD, "duration_s": 7}, ""),
        ({"model": OLD, "parameters": {"duration": 7}}, "durationSeconds"),
        ({"model": OLD, "parameters": {"resolution": "1080p"}}, "resolution"),
    ],
)
async def test_what_veo_does_not_make_is_named_and_never_sent(
    shop: Shop, changes: dict[str, Any], field: str
) -> None:
    if not field:  # 7 s are covered by 8
        assert (await shop.ends(asked("video", **changes))).state == "succeeded"
        return
    with pytest.raises(ProviderMisconfigured) as caught:
        await shop.ends(asked("video", **changes))
    assert (caught.value.kind, shop.posted) == ("invalid", 0)
    assert field in {one["field"] for one in caught.value.details["fields"]}


@pytest.mark.parametrize(
    ("model", "with_", "field"),
    [
        (VEO, ("references", "first_frame"), "referenceImages"),
        (VEO, ("references", "first_frame", "last_frame"), "referenceImages"),
        (VEO, ("last_frame",), "image"),
        (OLD, ("references",), "referenceImages"),
        (OLD, ("first_frame", "last_frame"), "lastFrame"),
    ],
)
async def test_pictures_that_exclude_each_other_are_named_and_never_sent(
    shop: Shop, tmp_path: Path, model: str, with_: tuple[str, ...], field: str
) -> None:
    one, path = a_picture(tmp_path)
    given = {name: [one] if name == "references" else one for name in with_}
    with pytest.raises(ProviderMisconfigured) as caught:
        await shop.ends(asked("video", model=model, duration_s=8, **given), files={one.key: path})
    assert [each["field"] for each in caught.value.details["fields"]] == [field]
    assert shop.posted == 0


async def test_references_for_less_than_eight_seconds_are_refused_where_less_was_priced(
    shop: Shop, tmp_path: Path
) -> None:
    refs, files = pictures(tmp_path, 1)
    with pytest.raises(ProviderMisconfigured, match="referenceImages needs durationSeconds to be 8, not 4"):
        await shop.ends(asked("video", references=refs, parameters={"duration": 4}), files=files)
    assert shop.posted == 0


async def test_veo_two_is_told_neither_resolution_nor_more_than_one_clip(shop: Shop) -> None:
    """It refuses the first, and how many it makes unasked is not known."""
    await shop.ends(asked("video", model=OLD, width=1920, height=1080, duration_s=5))
    assert shop.sent["parameters"] == {"durationSeconds": 5, "aspectRatio": "16:9", "sampleCount": 1}


async def test_the_faster_model_is_asked_by_its_own_name(shop: Shop) -> None:
    """S5-055, S5-032: which name, the card says."""
    await shop.ends(asked("video", model=FAST))
    assert "/veo-3.1-fast-generate-preview:" in shop.vendors.books.posts()[-1].path


async def test_a_job_on_its_way_is_running_until_it_is_done(shop: Shop) -> None:
    release = Signal()
    shop.vendors.google.faults.append(late(release=release))
    engine, seen = shop.as_called(), []
    name = await engine.submit(asked("video"), call_key=KEY)
    assert (await engine.status(name)).state == "running"

    async def pause(seconds: float) -> None:
        seen.append(seconds)
        release.set()
        await asyncio.sleep(0)

    # Google is told no address to ring, so it is looked at as often as without one.
    waiting = shop.as_called(webhook_url="https://hooks.example.org/x", pause=pause)
    assert ((await waiting.wait(name)).progress, seen) == (1.0, [2.0])


async def test_a_download_may_be_sent_on(shop: Shop, tmp_path: Path) -> None:
    shop.vendors.google.media.redirects = True
    assert (await shop.gets(asked("video"), tmp_path / "into")).path.stat().st_size > 10_000


async def test_google_s_own_host_is_asked_where_the_base_url_says(shop: Shop, tmp_path: Path) -> None:
    """Behind a proxy or a stand-in, answers still name the host that Google knows itself by."""
    shop.vendors.google.media.tells_google_host = True
    fetched = await shop.gets(asked("video"), tmp_path / "into")
    assert (await probe(fetched.path)).width == 1280


async def test_the_key_goes_to_google_alone(tmp_path: Path) -> None:
    """An answer that names somebody else's address is followed without the key."""
    heard: list[httpx.Request] = []

    def stranger(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return httpx.Response(404)

    clip = {"video": {"uri": "https://elsewhere.example.org/a.mp4"}}
    done = {"name": JOB, "done": True, "response": {"generateVideoResponse": {"generatedSamples": [clip]}}}
    async with telling("GET", f"/v1beta/{JOB}", done) as player:
        engine = an_engine(player.url, tmp_path / "spool", elsewhere=httpx.MockTransport(stranger))
        with pytest.raises(ProviderError) as caught:
            await Handed(engine, "AIzaCanary0123456789abcdefghijklmnopqr").fetch(JOB, tmp_path)
        await engine.aclose()
    assert caught.value.kind == "expired"
    assert [(one.url.host, "x-goog-api-key" in one.headers) for one in heard] == [
        ("elsewhere.example.org", False)
    ]
    assert "x-goog-api-key" in player.sent[0].headers


async def test_a_clip_is_fetched_by_another_machine_as_well(shop: Shop, tmp_path: Path) -> None:
    engine = shop.as_called()
    name = await engine.submit(asked("video"), call_key=KEY)
    other = shop.another(tmp_path / "another spool")
    fetched = await Handed(other, shop.vendors.google.key).fetch(name, tmp_path / "into")
    assert fetched.path.is_file()
    await other.aclose()


def test_the_host_is_the_one_of_the_sdk() -> None:
    assert HOST == "https://generativelanguage.googleapis.com"
