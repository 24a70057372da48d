"""S3-38, S3-41, S3-42, S4-045, S5-132: what may be sent, by which way, and under which name it is kept."""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest

from server.sent_files import MAX_FILE_BYTES, clean_name
from tests.integration.api.conftest import Lot
from tests.integration.media.corpus.building import film, film_with_sound
from tests.media_files import clip, picture, sound


async def by_form(lot: Lot, content: bytes, name: str = "a.png", mime: str = "image/png") -> httpx.Response:
    return await lot.client.post("/api/upload", files={"file": (name, content, mime)})


async def by_json(lot: Lot, content: bytes, name: str = "a.png", mime: str = "image/png") -> httpx.Response:
    data = base64.b64encode(content).decode()
    return await lot.client.post("/api/upload", json={"filename": name, "mimeType": mime, "data": data})


Send = Callable[..., Awaitable[httpx.Response]]
WAYS = pytest.mark.parametrize("send", [by_form, by_json])


@WAYS
@pytest.mark.parametrize(
    ("content", "mime", "kept"),
    [
        (picture("PNG"), "image/png", "image/png"),
        (picture("JPEG"), "image/jpeg", "image/jpeg"),
        (picture("WEBP"), "image/webp", "image/jpeg"),
        (film_with_sound(), "video/mp4", "video/mp4"),
        (film(container="mov"), "video/quicktime", "video/mp4"),
        (sound("mp3"), "audio/mpeg", "audio/mpeg"),
        (sound("wav"), "audio/wav", "audio/wav"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
async def test_what_is_taken_is_stored_and_listed(
    lot: Lot, send: Send, content: bytes, mime: str, kept: str
) -> None:
    answer = await send(lot, content, "Mi foto ñ.bin", mime)
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert data["mime"] == kept
    assert re.fullmatch(rf"{kept.split('/')[0]}/local/[0-9a-f]{{64}}\.\w+", data["key"])
    assert (data["durationSeconds"] is None) == kept.startswith("image")
    [row] = (await lot.client.get("/api/media")).json()["data"]
    assert (row["s3Key"], row["fileName"]) == (data["key"], data["fileName"])
    assert data["fileName"].startswith("Mi-foto-n.")
    served = await lot.client.get(data["url"])
    assert served.headers["content-type"] == kept
    assert served.headers["content-disposition"].startswith("attachment")
    assert served.headers["x-content-type-options"] == "nosniff"


@WAYS
@pytest.mark.parametrize(
    ("content", "mime", "why"),
    [
        (b"MZ\x90\0 a program", "application/x-msdownload", "which is not taken"),
        (picture("PNG"), "image/jpeg", "which it is declared as"),
        (sound("wav"), "image/webp", "which it is declared as"),
        (b"This is no music.\n" * 30, "audio/mpeg", "no picture, no clip and no sound"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "markup"),
        (b"%PDF-1.4\n", "application/pdf", "markup"),
        (clip()[:-20], "video/mp4", "cut short"),
    ],
)
async def test_what_is_not_taken_is_told_in_one_sentence(
    lot: Lot, send: Send, content: bytes, mime: str, why: str
) -> None:
    answer = await send(lot, content, "a.png", mime)
    error = answer.json()["error"]
    assert (answer.status_code, why in error["message"]) == (422, True), error
    assert error["suggestion"].endswith(".")
    assert (await lot.client.get("/api/media")).json()["data"] == []


@WAYS
async def test_a_file_has_one_byte_at_least_and_ten_megabytes_at_most(lot: Lot, send: Send) -> None:
    padded = picture("JPEG").ljust(MAX_FILE_BYTES, b"\0")
    assert (await send(lot, padded, "a.jpg", "image/jpeg")).status_code == 201
    over = await send(lot, padded + b"\0", "a.jpg", "image/jpeg")
    assert over.status_code == 422
    assert (await send(lot, b"")).status_code == 422
    assert (await send(lot, b"x")).json()["error"]["message"].startswith("the file is no")
    assert (await send(lot, b"x" * (MAX_FILE_BYTES * 2))).status_code == 413


@WAYS
async def test_a_name_has_1_to_255_characters(lot: Lot, send: Send) -> None:
    assert (await send(lot, picture(), "n" * 251 + ".png")).status_code == 201
    for name in ("n" * 252 + ".png", ""):
        assert (await send(lot, picture(), name)).status_code == 422


NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "a/../../b.png": "b.png",
    "/etc/shadow.png": "shadow.png",
    "\\\\server\\share\\x.png": "x.png",
    "a\0.png": "a.png",
    "evil\0.png.exe": "evil-png.exe",
    "%2e%2e%2fx.png": "2e-2e-2fx.png",
    "..%2fx.png": "2fx.png",
    "Lucía y Ñandú.PNG": "Lucia-y-Nandu.PNG",
    "漢字.png": "file.png",
    "....": "file",
    ".htaccess": "file.htaccess",
    'x";evil="1.png': "x-evil-1.png",
    "<script>.png": "script.png",
    "$(rm -rf).png": "rm-rf.png",
    "a\r\nSet-Cookie: b.png": "a-Set-Cookie-b.png",
    "\u202egnp.exe": "gnp.exe",
    "a b.tar.gz": "a-b-tar.gz",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_cleaned(name: str) -> None:
    assert clean_name(name) == NAMES[name]


@pytest.mark.parametrize("name", [name for name in NAMES if "\0" not in name])
async def test_no_name_leads_out_of_the_user_s_folder(lot: Lot, name: str) -> None:
    answer = await by_json(lot, picture(), name)
    data = answer.json()["data"]
    assert re.fullmatch(r"image/local/[0-9a-f]{64}\.png", data["key"])
    assert re.fullmatch(r"[A-Za-z0-9-]+\.png", data["fileName"])


@WAYS
async def test_the_same_bytes_are_made_once_and_again_when_they_are_gone(lot: Lot, send: Send) -> None:
    """S3-43: found by what was sent, not by what was made of it."""
    first = (await send(lot, film(), "one.mp4", "video/mp4")).json()["data"]
    made = await lot.store.get(first["key"])
    written = made.stat().st_mtime_ns
    second = (await by_json(lot, film(), "two.mp4", "video/mp4")).json()["data"]
    assert (first["duplicate"], second["duplicate"]) == (False, True)
    assert {**first, "duplicate": 0, "url": 0} == {**second, "duplicate": 0, "url": 0}
    assert first["fileHash"] == hashlib.sha256(film()).hexdigest() != made.stem
    assert made.stat().st_mtime_ns > written, "what is about to be named is young again"
    assert len((await lot.client.get("/api/media")).json()["data"]) == 1
    await lot.store.delete(first["key"])
    third = (await send(lot, film(), "three.mp4", "video/mp4")).json()["data"]
    assert (third["duplicate"], third["key"]) == (False, first["key"])
    assert await lot.store.size(third["key"]) > 0


async def test_a_product_is_shown_and_found_again_by_its_tag(lot: Lot) -> None:
    """S5-130, S5-132: pictures and clips only, as many bytes as any upload."""
    sent = {"file": ("Bottle.png", picture("PNG"), "image/png")}
    taken = await lot.client.post("/api/products/upload?title=Bottle", files=sent)
    assert taken.status_code == 201, taken.text
    found = (await lot.client.get("/api/media", params={"tag": "product"})).json()["data"]
    assert [(one["title"], one["s3Key"]) for one in found] == [("Bottle", taken.json()["data"]["key"])]
    again = await lot.client.post("/api/products/upload", files=sent)
    assert again.json()["data"]["duplicate"] is True
    heard = {"file": ("a.mp3", sound("mp3"), "audio/mpeg")}
    refused = await lot.client.post("/api/products/upload", files=heard)
    assert (refused.status_code, "image/*" in refused.text) == (422, True)
    assert (await lot.client.post("/api/upload", files=heard)).status_code == 201, "the control"
    large = {"file": ("a.png", picture("PNG") + bytes(MAX_FILE_BYTES), "image/png")}
    assert (await lot.client.post("/api/products/upload", files=large)).status_code == 422


async def test_the_bytes_of_somebody_else_are_no_duplicate(lot: Lot) -> None:
    first = (await by_form(lot, picture())).json()["data"]
    await lot.database.execute("insert into users (user_id, email) values ('ana', 'ana@example.org')")
    await lot.database.execute(
        "update media_library set user_id = 'ana', s3_key = replace(s3_key, '/local/', '/ana/')"
    )
    second = (await by_form(lot, picture())).json()["data"]
    assert (second["duplicate"], second["key"]) == (False, first["key"])


async def test_the_same_bytes_declared_as_something_else_are_still_refused(lot: Lot) -> None:
    assert (await by_form(lot, picture())).status_code == 201
    assert (await by_form(lot, picture(), "a.jpg", "image/jpeg")).status_code == 422


async def test_another_body_is_refused_in_words(lot: Lot) -> None:
    said = {
        "neither a form nor JSON": {"content": picture(), "headers": {"Content-Type": "image/png"}},
        "the form has no file": {"files": {"other": ("a.png", picture(), "image/png")}},
        "not base64": {"json": {"filename": "a.png", "mimeType": "image/png", "data": "###"}},
        "mimeType": {"json": {"filename": "a.png", "data": "aGk="}},
    }
    for words, body in said.items():
        answer = await lot.client.post("/api/upload", **body)
        assert (answer.status_code, words in answer.json()["error"]["message"]) == (422, True), answer.text
