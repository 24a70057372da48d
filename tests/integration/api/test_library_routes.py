"""S1-61, S1-71, S1-72, S4-077 over HTTP: the library is compared, tagged, searched, described and cleared."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from server.library.removal import delete_item
from server.records import media_rows
from state.errors import RecordConflict
from tests import media_files
from tests.fakes import FakeClock
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user, assembled, done, mastered, tell
from tools.media.links import DAY_S


async def uploaded(lot: Lot, content: bytes, mime: str, title: str) -> dict[str, Any]:
    sent = {"file": (f"a.{mime.partition('/')[2]}", content, mime)}
    answer = await lot.client.post("/api/upload", files=sent, params={"title": title})
    assert answer.status_code == 201, answer.text
    [item] = [one for one in await listed(lot) if one["s3Key"] == answer.json()["data"]["key"]]
    return item


async def listed(lot: Lot, **query: Any) -> list[dict[str, Any]]:
    answer = await lot.client.get("/api/media", params={"limit": 100, **query})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    assert answer.json()["pagination"]["total"] == len(found)
    return found


async def titles(lot: Lot, **query: Any) -> set[str]:
    return {one["title"] for one in await listed(lot, **query)}


async def a_row(lot: Lot, title: str, *, tags: tuple[str, ...] = (), number: int = 0, **more: Any) -> str:
    row = await lot.database.fetch_one(
        "insert into media_library (user_id, s3_key, media_type, title, tags, description)"
        " values (%s, %s, 'image', %s, %s, %s) returning id",
        [
            more.get("user", "local"), f"image/local/{hash((title, number)) % 2**64:064x}.png", title,
            list(tags), more.get("description", ""),
        ],
    )  # fmt: skip
    assert row is not None
    return str(row["id"])


async def test_an_uploaded_clip_has_a_picture_of_its_own(lot: Lot) -> None:
    """S1-71, S2-132: made, stored, linked, and told beside the clip's own link."""
    item = await uploaded(lot, media_files.clip(), "video/mp4", "A clip")
    picture = await lot.client.get(item["thumbnailUrl"])
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.content[:3] == b"\xff\xd8\xff"
    assert item["thumbnailUrl"].partition("?")[0] != item["url"].partition("?")[0]
    assert len(await listed(lot)) == 1, "the picture is no item"


async def test_what_a_sync_brings_in_gets_its_facts_and_its_picture(lot: Lot) -> None:
    clip = await lot.store.put_bytes(media_files.clip(), user_id="local")
    done_ = (await lot.client.post("/api/media/sync")).json()["data"]
    assert done_ == {"synced": 1, "added": 1, "removed": 0}
    [item] = await listed(lot)
    assert (item["s3Key"], item["width"], item["height"]) == (clip.key, 64, 48)
    assert item["durationSeconds"] == pytest.approx(0.5, abs=0.05)
    assert (await lot.client.get(item["thumbnailUrl"])).status_code == 200
    again = (await lot.client.post("/api/media/sync")).json()["data"]
    assert again == {"synced": 2, "added": 0, "removed": 0}, "the picture lies there, too"


async def test_an_item_that_was_never_looked_at_is_when_it_is_read(lot: Lot) -> None:
    stored = await lot.store.put_bytes(media_files.picture(), user_id="local")
    await lot.database.execute(
        "insert into media_library (user_id, s3_key, media_type) values ('local', %s, 'image')", [stored.key]
    )
    [item] = await listed(lot)
    assert item["width"] is None
    read = (await lot.client.get(f"/api/media/{item['id']}")).json()["data"]
    assert (read["width"], read["height"]) == (stored.width, stored.height)


async def test_an_item_whose_file_cannot_be_read_is_looked_at_once(lot: Lot) -> None:
    stored = await lot.store.put_bytes(media_files.clip(), user_id="local")
    file = await lot.store.get(stored.key)
    file.chmod(0o640)
    file.write_bytes(b"no clip any more")
    assert (await lot.client.post("/api/media/sync")).json()["data"]["added"] == 1
    [item] = await listed(lot)
    assert (item["width"], item["thumbnailUrl"]) == (None, None)
    row = await lot.database.fetch_one("select looked_at from media_library")
    assert row is not None
    assert row["looked_at"] is not None


async def test_a_library_that_would_go_whole_is_asked_for(lot: Lot) -> None:
    await a_row(lot, "Gone")
    refused = await lot.client.post("/api/media/sync")
    assert (refused.status_code, len(await listed(lot))) == (409, 1)
    answer = await lot.client.post("/api/media/sync?emptied=true")
    assert answer.json()["data"] == {"synced": 0, "added": 0, "removed": 1}


SEARCHES = {
    "lucia": {"LUCÍA at the window"}, "LUCÍA": {"LUCÍA at the window"}, "wind lu": {"LUCÍA at the window"},
    "漢字": {"漢字の瓶"}, "字": {"漢字の瓶"}, "100%": {"100% cotton"}, "%": {"100% cotton"},
    "_": {"snake_case"}, "a_c": set(), "\\": {"back\\slash"}, "strasse": {"Große Straße"},
    "ΣΊΣΥΦΟΣ": {"Σίσυφος"}, "привет": {"ПРИВЕТ мир"}, "🎬": {"The end 🎬"}, "clay pot": {"The bottle"},
    "red": {"The bottle"}, "shelf": {"The bottle"}, "bottle snake": set(), "'": {"It's"}, "\u0301": None,
    "window\x00": {"LUCÍA at the window"}, "the red": {"The bottle"}, "ottl": {"The bottle"},
}  # fmt: skip
TITLES = (
    "LUCÍA at the window", "漢字の瓶", "100% cotton", "snake_case", "back\\slash", "Große Straße", "Σίσυφος",
    "ПРИВЕТ мир", "The end 🎬", "It's",
)  # fmt: skip


async def test_words_are_found_in_any_script_and_mean_nothing_else(lot: Lot) -> None:
    """S1-72: in titles, tags and descriptions; what LIKE would read as a wildcard is a character."""
    for title in TITLES:
        await a_row(lot, title)
    await a_row(lot, "The bottle", tags=("red", "clay pot"), description="On the shelf.")
    for text, expected in SEARCHES.items():
        found = await titles(lot, q=text)
        assert found == ({*TITLES, "The bottle"} if expected is None else expected), text
    assert (await lot.client.get("/api/media", params={"q": "x" * 201})).status_code == 422


async def test_a_search_is_answered_by_the_index(lot: Lot) -> None:
    await lot.database.execute(
        "insert into media_library (user_id, s3_key, media_type, title)"
        " select 'local', 'image/local/' || lpad(to_hex(n), 64, '0') || '.png', 'image', 'A ' || md5(n::text)"
        " from generate_series(1, 4000) n"
    )
    await a_row(lot, "A needle in it")
    folded = {"words": ["needle"], "pairs": ["ne", "ee", "ed", "dl", "le"]}
    asked = {"user": "local", "type": None, "novela": None, "production": None, "tags": None, **folded}
    async with lot.database.transaction() as connection:
        await connection.execute("analyze media_library")
        plan = await (await connection.execute(f"explain {media_rows.SQL['count']}", asked)).fetchall()
    assert "media_library_found" in str(plan)
    assert await titles(lot, q="NEEDLE") == {"A needle in it"}


async def test_tags_are_added_taken_away_and_filtered_by(lot: Lot) -> None:
    first, second = await a_row(lot, "One"), await a_row(lot, "Two", tags=("night",))
    body = {"ids": [first, second], "add": ["Night ", "CAF\u0045\u0301"], "remove": ["draft"]}
    assert (await lot.client.post("/api/media/tags", json=body)).json()["data"] == {"changed": 2}
    assert (await lot.client.post("/api/media/tags", json=body)).json()["data"] == {"changed": 0}
    assert [one["tags"] for one in await listed(lot)] == [["café", "night"]] * 2
    taken = {"ids": [first], "remove": ["NIGHT"]}
    assert (await lot.client.post("/api/media/tags", json=taken)).json()["data"] == {"changed": 1}
    assert await titles(lot, tag="Night") == {"Two"}
    assert await titles(lot, tag=["café", "night"]) == {"Two"}
    assert await titles(lot, tag=["café"], type="image", q="one") == {"One"}
    assert await titles(lot, tag="nigh") == set(), "a tag is whole"
    told = (await lot.client.get("/api/media/tags")).json()["data"]
    assert told == [{"tag": "café", "items": 2}, {"tag": "night", "items": 1}]


async def test_tags_are_for_all_of_the_items_or_none(lot: Lot) -> None:
    mine = await a_row(lot, "Mine")
    theirs = await a_row(lot, "Theirs", user=await another_user(lot))
    for ids in ([mine, theirs], [mine, "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"]):
        answer = await lot.client.post("/api/media/tags", json={"ids": ids, "add": ["x"]})
        assert answer.status_code == 404
    full = {"ids": [mine], "add": [f"tag {number}" for number in range(50)]}
    assert (await lot.client.post("/api/media/tags", json=full)).status_code == 200
    over = await lot.client.post("/api/media/tags", json={"ids": [mine], "add": ["one more"]})
    assert (over.status_code, "50 tags" in over.json()["error"]["message"]) == (422, True)
    for wrong in ({"add": [" "]}, {"add": ["x" * 51]}, {"ids": []}, {"ids": ["no id"]}, {"add": [7]}):
        answer = await lot.client.post("/api/media/tags", json={"ids": [mine], **wrong})
        assert answer.status_code == 422, wrong
    rows = await lot.database.fetch_all("select cardinality(tags) as tags from media_library order by 1")
    assert [row["tags"] for row in rows] == [0, 50]


async def test_a_title_is_changed_and_found(lot: Lot) -> None:
    item = await a_row(lot, "Before")
    body = {"title": "After\nthe rain", "description": "Wet\nstreets"}
    answer = (await lot.client.patch(f"/api/media/{item}", json=body)).json()["data"]
    assert (answer["title"], answer["description"]) == ("After the rain", "Wet\nstreets")
    assert await titles(lot, q="rain street") == {"After the rain"}
    assert await titles(lot, q="before") == set()
    kept = (await lot.client.patch(f"/api/media/{item}", json={"description": ""})).json()["data"]
    assert (kept["title"], kept["description"]) == ("After the rain", "")
    assert (await lot.client.patch(f"/api/media/{item}", json={"title": "x" * 201})).status_code == 422


async def test_a_link_for_a_day(lot: Lot) -> None:
    """S2-041: of one clip; the signature ends 86400 seconds from now, five minutes earlier at most."""
    item = await uploaded(lot, media_files.clip(), "video/mp4", "A clip")
    told = (await lot.client.get(f"/api/media/{item['id']}/download")).json()["data"]
    left = int(httpx.URL(told["url"]).params["expires"]) - time.time()
    assert DAY_S - 301 < left <= DAY_S
    assert datetime.fromisoformat(told["expiresAt"]) <= datetime.now(UTC) + timedelta(seconds=DAY_S)
    file = await lot.client.get(told["url"])
    assert (len(file.content), told["fileSizeBytes"]) == (item["fileSizeBytes"], item["fileSizeBytes"])
    await lot.store.delete(item["s3Key"])
    assert (await lot.client.get(f"/api/media/{item['id']}/download")).status_code == 404


async def test_a_delivered_film_has_a_link_of_a_day(lot: Lot) -> None:
    """S2-040: of the finished video; an ordinary link of the library works for an hour."""
    production = await a_production(lot)
    await tell(lot, production, done(), mastered())
    [file] = (await lot.client.get(f"/api/productions/{production}/files")).json()["data"]
    ends = [
        int(httpx.URL(one).params["expires"]) - time.time()
        for one in (file["url"], (await listed(lot))[0]["url"])
    ]
    assert 86_400 - 301 < ends[0] <= 86_400
    assert 3_600 - 301 < ends[1] <= 3_600


async def test_deleting_removes_the_row_the_file_and_the_picture(lot: Lot) -> None:
    """S1-72."""
    item = await uploaded(lot, media_files.clip(), "video/mp4", "A clip")
    other = await uploaded(lot, media_files.picture(), "image/png", "Another")
    for link in (item["url"], item["thumbnailUrl"]):
        assert (await lot.client.get(link)).status_code == 200
    answer = await lot.client.delete(f"/api/media/{item['id']}")
    assert answer.status_code == 200, answer.text
    for link in (item["url"], item["thumbnailUrl"]):
        assert (await lot.client.get(link)).status_code == 404
    assert await titles(lot) == {"Another"}
    assert (await lot.client.get(other["url"])).status_code == 200
    assert (await lot.client.delete(f"/api/media/{item['id']}")).status_code == 404
    sent = await uploaded(lot, media_files.clip(), "video/mp4", "Again")
    assert (await lot.client.get(sent["url"])).status_code == 200


async def test_what_a_production_uses_is_refused_and_stays(lot: Lot) -> None:
    """By its brief, its cut, its scenes, as the picture of another item, or inside a text that it names."""
    used = dict[str, str]()
    for number, kind in enumerate(("brief", "text", "picture")):
        image = media_files.picture(size=(64 + number, 48))
        used[kind] = (await uploaded(lot, image, "image/png", kind))["s3Key"]
    production = await a_production(lot)
    await lot.database.execute(
        "update productions set brief = jsonb_build_object('product', %s::text), title = 'The Last Letter'"
        " where production_id = %s",
        [used["brief"], production],
    )
    text = await lot.store.put_bytes(f'{{"clip": "{used["text"]}"}}'.encode(), user_id="local")
    await lot.database.execute(
        "update productions set context = jsonb_build_object('cut', %s::text) where production_id = %s",
        [text.key, production],
    )
    holder = await a_row(lot, "A clip")
    await lot.database.execute(
        "update media_library set thumbnail_s3_key = %s where id = %s", [used["picture"], holder]
    )
    for item in [one for one in await listed(lot) if one["s3Key"] in used.values()]:
        answer = await lot.client.delete(f"/api/media/{item['id']}")
        assert answer.status_code == 409, item["title"]
        if item["title"] == "brief":
            assert "“The Last Letter”" in answer.json()["error"]["message"]
            assert answer.json()["error"]["details"]["productions"] == [production]
        assert (await lot.client.get(item["url"])).status_code == 200
    await lot.database.execute("delete from productions")
    await lot.database.execute("update media_library set thumbnail_s3_key = null")
    for item in [one for one in await listed(lot) if one["s3Key"] in used.values()]:
        assert (await lot.client.delete(f"/api/media/{item['id']}")).status_code == 200


async def test_a_scene_s_clip_is_refused(lot: Lot) -> None:
    await tell(lot, await a_production(lot), done())
    for item in await listed(lot):
        assert (await lot.client.delete(f"/api/media/{item['id']}")).status_code == 409


async def test_what_was_named_while_rows_were_read_stays(lot: Lot) -> None:
    """A brief that names an upload renews it: the file is younger than the look at the rows then."""
    item = await uploaded(lot, media_files.picture(), "image/png", "A bottle")
    clock = FakeClock()
    clock.started = datetime.now(UTC) - timedelta(seconds=10)
    with pytest.raises(RecordConflict, match="in this moment"):
        await delete_item(lot.database, lot.store, item["id"], user_id="local", clock=clock)
    assert (await lot.client.get(item["url"])).status_code == 200
    assert await titles(lot) == {"A bottle"}


async def test_an_item_of_one_production_is_used_in_another(lot: Lot) -> None:
    """S4-077: found by its tag, put into the cut of the second one, and then it cannot be deleted."""
    first, second = await a_production(lot), await a_production(lot)
    await assembled(lot, second)
    stored = await lot.store.put_bytes(media_files.clip(), user_id="local")
    await lot.database.execute(
        "insert into media_library (user_id, s3_key, media_type, title, production_id)"
        " values ('local', %s, 'video', 'The bottle turns', %s)",
        [stored.key, first],
    )
    [item] = await listed(lot, productionId=first)
    await lot.client.post("/api/media/tags", json={"ids": [item["id"]], "add": ["bottle"]})
    [found] = await listed(lot, tag="bottle", q="turns")
    assert await listed(lot, productionId=second) == []
    shown = {"name": "The bottle", "media": {"key": found["s3Key"]}, "source": {"start": 0, "length": 6}}
    edit = {"op": "add_clip", "track": "picture", "clip": shown}
    done_ = await lot.client.post(f"/api/productions/{second}/cut/operations", json={"operations": [edit]})
    assert done_.status_code == 200, done_.text
    assert found["s3Key"] in done_.json()["data"]["links"]
    await lot.database.execute("delete from productions where production_id = %s", [first])
    refused = await lot.client.delete(f"/api/media/{item['id']}")
    assert refused.status_code == 409
