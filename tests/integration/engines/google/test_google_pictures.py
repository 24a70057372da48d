"""What is sent for a picture of Gemini, and what comes of it."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from state.errors import ProviderMisconfigured
from tests.integration.engines.google.ordering import NANO, PRO, Shop, a_picture, asked, in_base64, pictures
from tests.standins.media_vendors.looks import who_made
from tools.engines.google import attached


def config(shop: Shop) -> dict[str, Any]:
    found: dict[str, Any] = shop.sent["generationConfig"]["imageConfig"]
    return found


def parts(shop: Shop) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shop.sent["contents"][0]["parts"]
    return found


async def test_the_picture_is_a_file_of_google_s_in_the_ratio_that_was_ordered(
    shop: Shop, tmp_path: Path
) -> None:
    fetched = await shop.gets(asked("image", width=720, height=1280), tmp_path / "into")
    assert (fetched.path.parent, fetched.path.suffix) == (tmp_path / "into", ".png")
    with Image.open(fetched.path) as picture:
        assert (picture.size, who_made(picture)) == ((768, 1344), "google")
    assert fetched.extra["usage"]["written_tokens"] == 1290, "as the recording counts a picture"
    assert (shop.job["aspect"], shop.posted) == ("9:16", 1)


async def test_the_prompt_and_what_must_not_be_seen_are_sent(shop: Shop) -> None:
    await shop.ends(asked("image", prompt="Ana laughs", negative_prompt="rain"))
    assert parts(shop) == [{"text": "Ana laughs\n\nThe picture must not show: rain."}]
    assert shop.sent["generationConfig"]["responseModalities"] == ["IMAGE"]


async def test_references_are_sent_in_their_order_and_the_rest_is_told(shop: Shop, tmp_path: Path) -> None:
    """Three of five, the first; and nothing is dropped in silence (S4-043)."""
    refs, files = pictures(tmp_path, 5)
    fetched = await shop.gets(asked("image", references=refs), tmp_path / "into", files=files)
    sent = [one["inlineData"] for one in parts(shop)[1:]]
    assert [one["data"] for one in sent] == [in_base64(files[one.key]) for one in refs[:3]]
    assert {one["mimeType"] for one in sent} == {"image/png"}
    assert fetched.extra["left_out"] == [one.key for one in refs[3:]]
    assert shop.job["inputs"] == 3


async def test_the_picture_to_be_changed_goes_first_and_counts(shop: Shop, tmp_path: Path) -> None:
    source, path = a_picture(tmp_path, 9)
    refs, files = pictures(tmp_path, 3)
    order = asked("image", source=source, references=refs)
    fetched = await shop.gets(order, tmp_path / "into", files={**files, source.key: path})
    assert parts(shop)[1]["inlineData"]["data"] == in_base64(path)
    assert (len(parts(shop)), fetched.extra["left_out"]) == (4, [refs[2].key])


async def test_all_were_sent_is_said_by_saying_nothing(shop: Shop, tmp_path: Path) -> None:
    refs, files = pictures(tmp_path, 3)
    fetched = await shop.gets(asked("image", references=refs), tmp_path / "into", files=files)
    assert "left_out" not in fetched.extra


@pytest.mark.parametrize(
    ("size", "parameters", "wanted"),
    [
        ((1024, 576), {}, "1K"),
        ((1920, 1080), {}, "2K"),
        ((3840, 2160), {}, "4K"),
        ((1920, 1080), {"resolution": "1K"}, "1K"),
    ],
)
async def test_the_larger_model_is_told_the_size(
    shop: Shop, size: tuple[int, int], parameters: dict[str, str], wanted: str
) -> None:
    """What was priced first, else the smallest that has the order's short side."""
    order = asked("image", model=PRO, width=size[0], height=size[1], parameters=parameters)
    assert (await shop.ends(order)).state == "succeeded"
    assert config(shop) == {"aspectRatio": "16:9", "imageSize": wanted}
    assert "gemini-3-pro-image-preview" in shop.vendors.books.posts()[-1].path


async def test_the_smaller_model_is_not_told_a_size_it_would_refuse(shop: Shop) -> None:
    await shop.ends(asked("image", model=NANO, width=1920, height=1080))
    assert config(shop) == {"aspectRatio": "16:9"}


async def test_a_ratio_that_was_priced_is_kept(shop: Shop) -> None:
    await shop.ends(asked("image", parameters={"aspect_ratio": "21:9"}))
    assert config(shop) == {"aspectRatio": "21:9"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parameters": {"aspect_ratio": "5:7"}}, "aspectRatio"),
        ({"parameters": {"resolution": "4K"}}, "imageSize"),
        ({"model": PRO, "parameters": {"resolution": "8K"}}, "imageSize"),
        ({"prompt": ""}, "text"),
        ({"model": "gemini-tts"}, "model"),
        ({"model": "sdxl"}, "model"),
        ({"model": "no-such-model"}, "model_id"),
    ],
)
async def test_what_the_model_does_not_take_is_named_and_never_sent(
    shop: Shop, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ProviderMisconfigured) as caught:
        await shop.ends(asked("image", **changes))
    assert (caught.value.kind, shop.posted) == ("invalid", 0)
    named = [one["field"] for one in caught.value.details.get("fields", [])]
    assert named == [field] if named else field in caught.value.message


async def test_a_reference_that_is_no_picture_is_never_sent(shop: Shop, tmp_path: Path) -> None:
    clip, path = a_picture(tmp_path, mime="video/mp4")
    with pytest.raises(ProviderMisconfigured, match=r"images\[0\]: video/mp4 is no picture"):
        await shop.ends(asked("image", references=[clip]), files={clip.key: path})
    assert shop.posted == 0


async def test_a_reference_that_is_not_at_hand_is_never_left_out_in_silence(
    shop: Shop, tmp_path: Path
) -> None:
    gone, _ = a_picture(tmp_path)
    with pytest.raises(ProviderMisconfigured, match="is not at hand"):
        await shop.ends(asked("image", references=[gone]))
    assert shop.posted == 0


async def test_a_request_never_becomes_larger_than_google_takes(shop: Shop, tmp_path: Path) -> None:
    """Of references as many as fit are sent; a picture that must be sent is refused instead."""
    (first, path), (heavy, other) = a_picture(tmp_path), a_picture(tmp_path, 1)
    heavy = heavy.model_copy(update={"size_bytes": attached.MOST_BYTES})
    files = {first.key: path, heavy.key: other}
    fetched = await shop.gets(asked("image", references=[first, heavy]), tmp_path / "into", files=files)
    assert (shop.job["inputs"], fetched.extra["left_out"]) == (1, [heavy.key])
    source = heavy.model_copy(update={"size_bytes": attached.MOST_BYTES + 1})
    with pytest.raises(ProviderMisconfigured, match="bytes of pictures are more than"):
        await shop.ends(asked("image", source=source), files=files)
