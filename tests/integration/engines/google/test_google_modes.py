"""The five modes of a clip, each with the one request that is right for it (S5-050)."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from state.media import MediaRef
from tests.integration.engines.google.ordering import FAST, VEO, Shop, a_picture, asked, in_base64, pictures

PLAIN: dict[str, Any] = {"durationSeconds": 8, "resolution": "720p", "aspectRatio": "16:9"}
BESIDE_WORDS = ("image", "lastFrame", "referenceImages", "video")


def instance(shop: Shop) -> dict[str, Any]:
    (sent,) = shop.sent["instances"]
    found: dict[str, Any] = sent
    return found


def conditions(shop: Shop) -> set[str]:
    """What the clip was told to keep to besides words."""
    return {name for name in BESIDE_WORDS if name in instance(shop)}


def picture(path: Path) -> dict[str, str]:
    return {"bytesBase64Encoded": in_base64(path), "mimeType": "image/png"}


@pytest.mark.parametrize("model", [VEO, pytest.param(FAST, marks=pytest.mark.nightly)])
async def test_each_mode_builds_its_request(shop: Shop, tmp_path: Path, model: str) -> None:
    """Text, image, FIRST_AND_LAST_FRAMES_2_VIDEO, ingredients, extend: no two alike."""
    (first, last, *looks), files = pictures(tmp_path, 5)
    seen = list[set[str]]()

    async def sent(**given: Any) -> dict[str, Any]:
        order = asked("video", model=model, prompt="Ana turns", duration_s=8, **given)
        assert (await shop.ends(order, files=files)).state == "succeeded"
        assert (instance(shop)["prompt"], shop.sent["parameters"]) == ("Ana turns", PLAIN)
        seen.append(conditions(shop))
        return instance(shop)

    assert await sent() == {"prompt": "Ana turns"}
    assert (await sent(first_frame=first))["image"] == picture(files[first.key])
    between = await sent(first_frame=first, last_frame=last)
    assert (between["image"], between["lastFrame"]) == (picture(files[first.key]), picture(files[last.key]))
    told = (await sent(references=looks))["referenceImages"]
    assert told == [{"image": picture(files[one.key]), "referenceType": "asset"} for one in looks]
    clip = await made_there(shop, tmp_path, model)
    assert [*(await sent(extends=clip))["video"]] == ["uri"]
    assert seen == [set(), {"image"}, {"image", "lastFrame"}, {"referenceImages"}, {"video"}]


async def made_there(shop: Shop, folder: Path, model: str) -> MediaRef:
    """A clip of the same model: no other can be made longer."""
    path = (await shop.gets(asked("video", model=model, duration_s=8), folder / "made")).path
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return MediaRef(
        key=f"video/local/{digest}.mp4", mime="video/mp4", sha256=digest, size_bytes=path.stat().st_size,
        duration_s=8.0, width=1280, height=720,
    )  # fmt: skip


async def test_three_ingredients_are_sent_and_the_fourth_is_not(shop: Shop, tmp_path: Path) -> None:
    looks, files = pictures(tmp_path, 4)
    await shop.ends(asked("video", references=looks[:3], duration_s=8), files=files)
    assert len(instance(shop)["referenceImages"]) == 3
    await shop.ends(asked("video", references=looks, duration_s=8), files=files)
    kept = [one["image"]["bytesBase64Encoded"] for one in instance(shop)["referenceImages"]]
    assert kept == [in_base64(files[one.key]) for one in looks[:3]]


async def test_one_picture_may_be_both_ends(shop: Shop, tmp_path: Path) -> None:
    """A loop is first and last frame, too, and not one of them dropped as a repetition."""
    frame, path = a_picture(tmp_path)
    await shop.ends(asked("video", first_frame=frame, last_frame=frame), files={frame.key: path})
    assert instance(shop)["image"] == instance(shop)["lastFrame"] == picture(path)
