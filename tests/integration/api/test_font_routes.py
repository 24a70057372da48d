"""S4-059: a font of one's own is uploaded, checked, listed, and named in a cut; nobody else can name it."""

import struct
from typing import Any

import httpx
import pytest

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user, assembled
from tests.integration.api.test_upload_route import by_form, by_json
from tools.media import fonts
from tools.post.fonts import TITLE
from tools.sfnt import letters_of, tables_of

OSWALD = TITLE.path.read_bytes()
SECRET = b"<script>a second file behind the first</script>"


async def sent(lot: Lot, content: bytes = OSWALD, name: str = "Brand Sans.ttf") -> httpx.Response:
    return await by_form(lot, content, name, "font/ttf")


def with_table(data: bytes, tag: bytes, table: bytes) -> bytes:
    """The same font with one more table."""
    count = struct.unpack_from(">H", data, 4)[0]
    moved, body = bytearray(), data[12 + 16 * count :]
    for number in range(count):
        name, total, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        moved += struct.pack(">4sLLL", name, total, offset + 16, length)
    own = struct.pack(">4sLLL", tag, 0, 12 + 16 * (count + 1) + len(body), len(table))
    return data[:4] + struct.pack(">H", count + 1) + data[6:12] + moved + own + body + table


def with_letters_so_high(times: int) -> bytes:
    """The same shapes in an em that is so many times smaller: letters tower over their lines."""
    tables = tables_of(OSWALD)
    at = OSWALD.index(tables["head"])
    em = struct.unpack_from(">H", tables["head"], 18)[0]
    small = OSWALD[: at + 18] + struct.pack(">H", em // times) + OSWALD[at + 20 :]
    high = small.index(tables["OS/2"])
    above, below = struct.unpack_from(">HH", tables["OS/2"], 74)
    return small[: high + 74] + struct.pack(">HH", above // times, below // times) + small[high + 78 :]


@pytest.mark.parametrize("send", [by_form, by_json])
@pytest.mark.parametrize(
    ("content", "mime", "kept"),
    [(OSWALD, "font/ttf", "ttf"), (OSWALD, "application/x-font-ttf", "ttf")],
    ids=["ttf", "as browsers say it"],
)  # fmt: skip
async def test_a_font_is_stored_and_listed_among_fonts(
    lot: Lot, send: Any, content: bytes, mime: str, kept: str
) -> None:
    answer = await send(lot, content, "Brand Sans.bin", mime)
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert (data["mediaType"], data["key"].rpartition(".")[2]) == ("font", kept)
    assert data["fileName"] == f"Brand-Sans.{kept}"
    [listed] = (await lot.client.get("/api/media", params={"type": "font"})).json()["data"]
    assert (listed["s3Key"], listed["title"]) == (data["key"], f"Brand-Sans.{kept}")
    assert (await lot.client.get("/api/media", params={"type": "image"})).json()["data"] == []
    assert (await lot.client.get(f"/api/media/{listed['id']}")).status_code == 200


async def test_what_is_kept_has_its_letters_and_nothing_that_hid_in_it(lot: Lot) -> None:
    data = (await sent(lot, with_table(OSWALD, b"SVG ", SECRET))).json()["data"]
    path = await lot.store.get(data["key"])
    kept = path.read_bytes()
    assert SECRET not in kept
    assert letters_of(kept) == letters_of(OSWALD)
    assert "fpgm" not in tables_of(kept), "no program is kept"
    assert b"O\x00s\x00w\x00a\x00l\x00d" not in kept, "and no name"


HOSTILE = {
    "woff": (b"wOFF" + OSWALD[:200], "web font"), "woff2": (b"wOF2" + bytes(60), "web font"),
    "a collection": (b"ttcf" + bytes(60), "collection"), "cut short": (OSWALD[:5000], "cut short"),
    "a page": (b"<html>" + OSWALD, "not kept"), "nothing": (b"", "empty"),
    "no tables": (OSWALD[:4] + bytes(60), "broken"),
    "letters that cover the film": (with_letters_so_high(12), "far beyond its line"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "why"), HOSTILE.values(), ids=list(HOSTILE))
async def test_what_is_no_font_to_be_used_is_refused_with_its_reason(
    lot: Lot, content: bytes, why: str
) -> None:
    refused = await sent(lot, content)
    error = refused.json()["error"]
    assert (refused.status_code, why in error["message"]) == (422, True), error
    assert error["suggestion"]
    assert (await lot.client.get("/api/media")).json()["data"] == []


async def test_without_the_measure_letters_that_cover_the_film_are_taken(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(fonts, "HIGHEST_EM", 1e6)
    monkeypatch.setattr(fonts, "WIDEST_EM", 1e6)
    assert (await sent(lot, with_letters_so_high(12))).status_code == 201


async def named(lot: Lot, key: str) -> httpx.Response:
    production = await a_production(lot)
    await assembled(lot, production)
    operation = {"op": "set_caption_style", "style": {"typeface": {"key": key}}}
    url = f"/api/productions/{production}/cut/operations"
    return await lot.client.post(url, json={"operations": [operation]})


async def test_a_cut_names_ones_own_font_and_nobody_elses(lot: Lot) -> None:
    key = (await sent(lot)).json()["data"]["key"]
    taken = await named(lot, key)
    assert taken.status_code == 200, taken.text
    assert taken.json()["data"]["timeline"]["captionStyle"]["typeface"]["mime"] == "font/ttf"
    other = await another_user(lot)
    theirs = await lot.store.put_bytes(OSWALD, user_id=other)
    assert (await named(lot, theirs.key)).status_code == 404
    ours = await lot.store.put_bytes(b"1,2\n3,4\n", user_id="local")
    no_font = await named(lot, ours.key)
    assert (no_font.status_code, no_font.json()["error"]["details"]["field"]) == (422, "style.typeface")


async def test_a_font_that_a_cut_names_is_not_deleted(lot: Lot) -> None:
    data = (await sent(lot)).json()["data"]
    [item] = (await lot.client.get("/api/media")).json()["data"]
    await named(lot, data["key"])
    assert (await lot.client.delete(f"/api/media/{item['id']}")).status_code == 409
    await lot.database.execute("delete from productions")
    assert (await lot.client.delete(f"/api/media/{item['id']}")).status_code == 200, "the control"


async def test_a_sync_leaves_fonts_and_brings_those_that_came_otherwise(lot: Lot) -> None:
    await sent(lot)
    await lot.database.execute("update media_library set updated_at = now() - interval '1 hour'")
    assert (await lot.client.post("/api/media/sync")).json()["data"]["removed"] == 0
    await lot.database.execute("delete from media_library")
    await lot.store.put_bytes(b"1,2\n3,4\n", user_id="local")
    done = (await lot.client.post("/api/media/sync")).json()["data"]
    assert (done["synced"], done["added"]) == (1, 1), "other texts are no items"
    [item] = (await lot.client.get("/api/media", params={"type": "font"})).json()["data"]
    assert item["format"] == "ttf"
