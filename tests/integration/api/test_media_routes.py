"""S1-33, S1-60 (paging), signed files with ranges."""

import io

import httpx
import pytest
from PIL import Image

from state.media import MediaRef
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_novela, a_production, done, tell
from tests.media_files import picture

CAPTIONS = b"1\n00:00:00,000 --> 00:00:01,000\nHola\n"


@pytest.fixture
async def stored(lot: Lot) -> MediaRef:
    return await lot.store.put_bytes(picture(), user_id="local")


async def test_a_link_gives_the_file_to_save_and_never_to_run(lot: Lot, stored: MediaRef) -> None:
    answer = await lot.client.get(lot.store.link(stored.key))
    assert answer.content == picture()
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["accept-ranges"] == "bytes"
    head = await lot.client.head(lot.store.link(stored.key))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(stored.size_bytes)


async def test_pictures_may_be_shown_and_text_never(lot: Lot, stored: MediaRef) -> None:
    captions = await lot.store.put_bytes(CAPTIONS, user_id="local")
    shown = await lot.client.get(lot.store.link(stored.key) + "&inline=1")
    saved = await lot.client.get(lot.store.link(captions.key) + "&inline=1")
    assert shown.headers["content-disposition"].startswith("inline")
    assert saved.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=999999-", 416, None),
        ("chapters=1", 400, None),
    ],
)
async def test_ranges(lot: Lot, stored: MediaRef, asked: str, status: int, part: slice | None) -> None:
    answer = await lot.client.get(lot.store.link(stored.key), headers={"Range": asked})
    assert answer.status_code == status
    if part is not None:
        assert answer.content == picture()[part]
        assert answer.headers["content-range"].endswith(f"/{stored.size_bytes}")
    elif status == 416:
        assert answer.headers["content-range"] == f"bytes */{stored.size_bytes}"


async def test_what_the_client_has_is_not_sent_again(lot: Lot, stored: MediaRef) -> None:
    url = lot.store.link(stored.key)
    etag = (await lot.client.get(url)).headers["etag"]
    assert (await lot.client.get(url, headers={"If-None-Match": etag})).status_code == 304


async def test_forged_old_and_foreign_links_are_refused(lot: Lot, stored: MediaRef) -> None:
    url = httpx.URL(lot.store.link(stored.key))
    expired = lot.store.link(stored.key, ttl_s=-1)
    forged = [
        str(url.copy_set_param("expires", "99999999999")),
        str(url.copy_set_param("signature", "0" * 64)),
        str(url).replace(stored.sha256, "0" * 64),
        expired,
    ]
    for wrong in forged:
        answer = await lot.client.get(wrong)
        assert answer.status_code == 403
        assert set(answer.json()) == {"detail"}
    assert (await lot.client.get(url.path)).status_code == 422


async def test_a_key_that_climbs_is_refused(lot: Lot) -> None:
    for key in ("..%2f..%2fetc%2fpasswd", "video/local/%00.mp4", "link_secret"):
        answer = await lot.client.get(f"/media/{key}?expires=99999999999&signature=00")
        assert answer.status_code in (403, 404)


async def test_a_file_that_is_gone_is_404(lot: Lot, stored: MediaRef) -> None:
    await lot.store.delete(stored.key)
    assert (await lot.client.get(lot.store.link(stored.key))).status_code == 404


async def test_the_saved_name_is_ours_unless_it_is_harmless(lot: Lot, stored: MediaRef) -> None:
    url = lot.store.link(stored.key)
    named = await lot.client.get(url, params={**httpx.URL(url).params, "name": "contact sheet.png"})
    evil = await lot.client.get(url, params={**httpx.URL(url).params, "name": '../x";evil="1'})
    assert "contact%20sheet.png" in named.headers["content-disposition"]
    assert stored.sha256 in evil.headers["content-disposition"]


async def test_the_library_pages_filters_and_sorts(lot: Lot) -> None:
    """S1-60: 45 rows, each filter, each sort."""
    novela = await a_novela(lot.client)
    for number in range(45):
        await lot.database.execute(
            "insert into media_library (user_id, s3_key, media_type, file_name, file_size_bytes, novela_id,"
            " created_at) values ('local', %s, %s, %s, %s, %s, now() + make_interval(secs => %s))",
            [
                f"video/local/{number:064x}.mp4", "video" if number % 3 else "image", f"{44 - number:02}.mp4",
                number * 7 % 45, novela["id"] if number < 10 else None, number,
            ],
        )  # fmt: skip

    async def page(**query: str | int) -> dict[str, object]:
        answer: dict[str, object] = (await lot.client.get("/api/media", params=query)).json()
        return answer

    first = await page(limit=20)
    assert first["pagination"] == {
        "total": 45, "page": 1, "limit": 20, "pages": 3, "page_size": 20, "total_items": 45, "total_pages": 3,
    }  # fmt: skip
    last = await page(limit=20, page=3)
    assert len(last["data"]) == 5  # type: ignore[arg-type]

    async def names(**query: str | int) -> list[str]:
        return [item["fileName"] for item in (await page(limit=100, **query))["data"]]  # type: ignore[attr-defined]

    everything = await names()
    assert everything == sorted(everything)  # newest first, and the newest has the lowest name
    assert await names(sortBy="name") == sorted(everything)
    assert await names(sortBy="date") == everything
    sizes = [item["fileSizeBytes"] for item in (await page(limit=100, sortBy="size"))["data"]]  # type: ignore[attr-defined]
    assert sizes == sorted(sizes, reverse=True)
    assert len(await names(type="image")) == 15
    assert len(await names(novelaId=novela["id"])) == 10
    for wrong in ({"sortBy": "colour"}, {"type": "text"}, {"limit": 101}, {"page": 0}):
        assert (await lot.client.get("/api/media", params=wrong)).status_code == 422


async def test_a_finished_scene_is_in_the_library_with_its_facts_and_thumbnail(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    await tell(lot, await a_production(lot, novela_id=novela["id"]), done())
    items = (await lot.client.get("/api/media", params={"type": "video"})).json()["data"]
    [clip] = items
    assert (clip["durationSeconds"], clip["width"], clip["height"], clip["format"]) == (8.0, 320, 180, "mp4")
    assert (clip["fileSizeBytes"], clip["jobId"], clip["novelaId"]) == (1234, "job-1", novela["id"])
    assert "signature=" in clip["thumbnailUrl"]
    assert clip["videoId"]


async def test_a_small_copy_is_a_fraction_of_a_large_picture(lot: Lot) -> None:
    large = io.BytesIO()
    Image.effect_noise((1920, 1080), 60).convert("RGB").save(large, "PNG")
    stored = await lot.store.put_bytes(large.getvalue(), user_id="local")
    url = lot.store.link(stored.key)
    whole, small = await lot.client.get(url), await lot.client.get(f"{url}&small=true")
    with Image.open(io.BytesIO(small.content)) as copy:
        assert (copy.format, copy.size) == ("WEBP", (720, 405))
    assert len(small.content) * 10 < len(whole.content)
    assert whole.headers["etag"] != small.headers["etag"]
    assert small.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_small_picture_is_not_enlarged_and_other_files_have_no_small_copy(
    lot: Lot, stored: MediaRef
) -> None:
    copy = await lot.client.get(f"{lot.store.link(stored.key)}&small=true")
    with Image.open(io.BytesIO(copy.content)) as shown:
        assert shown.size == (stored.width, stored.height)
    captions = await lot.store.put_bytes(CAPTIONS, user_id="local")
    assert (await lot.client.get(f"{lot.store.link(captions.key)}&small=true")).content == CAPTIONS
    forged = f"{lot.store.link(stored.key)[:-1]}x&small=true"
    assert (await lot.client.get(forged)).status_code == 403
