"""S4-027: a signed address, and an upload that goes on where it was cut; in a folder and in a bucket."""

import asyncio
import base64
import hashlib
import tempfile
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from server.accounts.door import is_public
from server.library import sending
from server.library.sending import MOST_OPEN, Uploads
from tests import media_files
from tests.fakes import FakeClock
from tests.integration.api.conftest import Lot, open_lot
from tests.integration.media.corpus.building import film_with_sound
from tools.db.pool import Database
from tools.media.cache import MediaCache
from tools.media.local import LocalMediaStore
from tools.media.s3 import S3MediaStore
from tools.media.s3_bucket import S3Bucket
from tools.media.store import MediaStore
from tools.media_place import Bucket
from tools.settings import Settings

FILM = film_with_sound()
HERE, PIECE = "/api/assets/upload", {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture
async def folder(settings: Settings) -> LocalMediaStore:
    return await LocalMediaStore.open(settings)


@pytest.fixture
async def a_bucket(s3_caller: Any, s3_place: Bucket, tmp_path: Path) -> AsyncIterator[S3MediaStore]:
    cache = MediaCache(tmp_path / "copies", limit_bytes=10**8)
    store = S3MediaStore(S3Bucket(s3_caller, s3_place), cache, b"s", keep_free_bytes=0)
    yield store
    await store.close()


@pytest.fixture(params=["folder", "a_bucket"])
def kept_in(request: pytest.FixtureRequest) -> MediaStore:
    store: MediaStore = request.getfixturevalue(request.param)
    return store


@pytest.fixture
async def lot(database: Database, settings: Settings, limits: Any, kept_in: Any) -> AsyncIterator[Lot]:
    async with open_lot(database, settings, limits, store=kept_in) as opened:
        yield opened
        await database.execute("delete from uploads")


async def begun(lot: Lot, content: bytes = FILM, mime: str = "video/mp4", **more: Any) -> str:
    body = {"fileName": "Mi película.bin", "mimeType": mime, "sizeBytes": len(content), **more}
    answer = await lot.client.post(HERE, json=body)
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert (data["state"], data["receivedBytes"], data["sizeBytes"]) == ("receiving", 0, len(content))
    address: str = data["uploadUrl"]
    assert answer.headers["location"] == address
    return address


async def sent(lot: Lot, url: str, content: bytes, offset: int) -> httpx.Response:
    return await lot.client.patch(url, content=content, headers={**PIECE, "Upload-Offset": str(offset)})


async def offset_of(client: httpx.AsyncClient, url: str) -> int:
    answer = await client.head(url)
    assert answer.status_code == 200
    return int(answer.headers["upload-offset"])


async def pieces(lot: Lot) -> int:
    """Pieces that lie in the store, wherever it is."""
    if isinstance(lot.store, LocalMediaStore):
        return sum(path.is_file() for path in (lot.store._folder / ".pieces").rglob("*"))
    bucket: S3Bucket = lot.store._bucket
    return len(await asyncio.to_thread(lambda: list(bucket.objects(".pieces/"))))


async def test_an_upload_that_is_cut_goes_on_where_it_was(
    lot: Lot, served: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes that arrived are kept, the rest is sent, and the item is the one of a file sent whole."""
    url = await begun(lot, title="The film")
    half = len(FILM) // 2
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    await cut_off(served, url, FILM[:half], announced=len(FILM), at=tmp_path)
    async with asyncio.timeout(20):
        while (offset := await offset_of(served, url)) == 0:
            pass
    assert offset == half
    assert (await served.get("/api/media")).json()["data"] == []
    done = await sent(lot, url, FILM[offset:], offset)
    assert (done.status_code, done.headers["upload-offset"]) == (204, str(len(FILM)))
    told = (await served.get(url)).json()["data"]
    assert (told["state"], told["item"]["title"], told["item"]["mediaType"]) == (
        "stored",
        "The film",
        "video",
    )
    assert told["item"]["fileName"] == "Mi-pelicula.mp4"
    whole = await lot.client.post("/api/upload", files={"file": ("a.mp4", FILM, "video/mp4")})
    assert whole.json()["data"]["key"] == told["item"]["s3Key"]
    assert whole.json()["data"]["duplicate"], "its bytes are known"
    assert await pieces(lot) == 0
    picture = await lot.client.get(told["item"]["thumbnailUrl"].replace(str(lot.client.base_url), ""))
    assert picture.content[:3] == b"\xff\xd8\xff"


async def cut_off(client: httpx.AsyncClient, url: str, content: bytes, *, announced: int, at: Path) -> None:
    """Begin a request, send a part of its body, and hang up when it was read."""
    parts = urlsplit(str(client.base_url))
    heading = (
        f"PATCH {url} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: {PIECE['Content-Type']}\r\n"
        f"Upload-Offset: 0\r\nContent-Length: {announced}\r\n\r\n"
    )
    _, line = await asyncio.open_connection(parts.hostname, parts.port)
    line.write(heading.encode() + content)
    await line.drain()
    async with asyncio.timeout(20):
        while _arrived(at) != [len(content)]:
            await client.head(url)
    line.close()
    await line.wait_closed()


def _arrived(at: Path) -> list[int]:
    return [one.stat().st_size for one in at.glob("greenlight-piece-*/piece")]


async def test_many_pieces_are_one_file(lot: Lot) -> None:
    content = media_files.sound("wav")
    url, step = await begun(lot, content, "audio/wav"), len(content) // 6
    for offset in range(0, len(content), step):
        assert await offset_of(lot.client, url) == offset
        assert (await sent(lot, url, content[offset : offset + step], offset)).status_code == 204
    item = (await lot.client.get(url)).json()["data"]["item"]
    direct = await lot.client.post("/api/upload", files={"file": ("a.wav", content, "audio/wav")})
    assert item["s3Key"] == direct.json()["data"]["key"]


async def test_a_piece_goes_on_where_the_last_one_ended(lot: Lot) -> None:
    url = await begun(lot)
    assert (await sent(lot, url, FILM[:100], 0)).status_code == 204
    for offset in (0, 99, 101):
        answer = await sent(lot, url, FILM[offset:200], offset)
        assert (answer.status_code, answer.json()["error"]["details"]) == (409, {"offset": 100})
    both = await asyncio.gather(*[sent(lot, url, FILM[100:200], 100) for _ in range(2)])
    assert sorted(answer.status_code for answer in both) == [204, 409], "of two at once one is taken"
    assert await offset_of(lot.client, url) == 200
    over = await sent(lot, url, FILM[200:] + b"x", 200)
    assert (over.status_code, "announced" in over.json()["error"]["message"]) == (409, True)
    assert (await sent(lot, url, FILM[200:], 200)).status_code == 204
    again = await sent(lot, url, b"", len(FILM))
    assert (again.status_code, "over" in again.json()["error"]["message"]) == (409, True)


async def test_who_died_over_the_last_byte_is_followed_by_whoever_reads(lot: Lot) -> None:
    """All bytes are here and the row says that the file is not stored yet."""
    url = await begun(lot)
    uploads = Uploads(lot.database, lot.store)
    upload = await uploads.read(url.partition("?")[0].rpartition("/")[2])
    piece = lot.house.settings.data_dir / "piece"
    piece.write_bytes(FILM)
    await uploads._keep(upload, 0, piece, len(FILM))
    both = await asyncio.gather(*[lot.client.get(url) for _ in range(2)])
    assert {answer.json()["data"]["state"] for answer in both} == {"stored"}
    assert len((await lot.client.get("/api/media")).json()["data"]) == 1
    assert await pieces(lot) == 0


async def test_an_upload_is_ended_and_forgotten(lot: Lot) -> None:
    url = await begun(lot)
    await sent(lot, url, FILM[:1000], 0)
    assert await pieces(lot) == 1
    assert (await lot.client.delete(url)).status_code == 204
    assert await pieces(lot) == 0
    for method in ("HEAD", "GET", "DELETE"):
        assert (await lot.client.request(method, url)).status_code == 404
    assert (await sent(lot, url, FILM[1000:], 1000)).status_code == 404


async def test_after_a_day_nothing_is_left(lot: Lot) -> None:
    url = await begun(lot)
    await sent(lot, url, FILM[:1000], 0)
    clock = FakeClock()
    clock.started = clock.now() + timedelta(days=10_000)
    assert await Uploads(lot.database, lot.store, clock).sweep() == 1
    assert await pieces(lot) == 0
    assert (await lot.client.head(url)).status_code == 404


async def test_erasing_a_user_takes_the_pieces_along(lot: Lot) -> None:
    url = await begun(lot)
    await sent(lot, url, FILM[:1000], 0)
    await lot.store.erase(user_id="local")
    assert await pieces(lot) == 0


class TestInAFolder:
    """What does not depend on where the pieces lie."""

    @pytest.fixture
    def kept_in(self, folder: LocalMediaStore) -> LocalMediaStore:
        return folder

    @pytest.mark.parametrize(
        ("content", "mime", "words"),
        [
            (FILM[:-200], "video/mp4", "cut short"),
            (b"no clip at all, but as long as one" * 9, "video/mp4", "no picture, no clip and no sound"),
            (media_files.picture(), "image/jpeg", "which it is declared as"),
        ],
        ids=["cut short", "no media", "another type"],
    )
    async def test_what_is_not_taken_is_refused_with_the_last_byte(
        self, lot: Lot, content: bytes, mime: str, words: str
    ) -> None:
        url = await begun(lot, content, mime)
        answer = await sent(lot, url, content, 0)
        assert (answer.status_code, words in answer.json()["error"]["message"]) == (422, True), answer.text
        told = (await lot.client.get(url)).json()["data"]
        assert (told["state"], words in told["problem"], told["item"]) == ("refused", True, None)
        assert told["suggestion"].endswith(".")
        assert await pieces(lot) == 0
        assert (await lot.client.get("/api/media")).json()["data"] == []

    async def test_other_bytes_than_were_announced_are_refused(self, lot: Lot) -> None:
        digest = hashlib.sha256(FILM).hexdigest()
        right, wrong = await begun(lot, sha256=digest), await begun(lot, sha256="0" * 64)
        assert (await sent(lot, right, FILM, 0)).status_code == 204
        answer = await sent(lot, wrong, FILM, 0)
        assert (answer.status_code, "SHA-256" in answer.json()["error"]["message"]) == (422, True)

    async def test_tus_is_spoken(self, lot: Lot) -> None:
        told = (await lot.client.options(HERE)).headers
        assert (told["tus-version"], told["tus-extension"]) == ("1.0.0", "creation,expiration,termination")
        assert told["tus-max-size"] == str(512 << 20)
        name, kind = (base64.b64encode(one).decode() for one in ("Küche.png".encode(), b"image/png"))
        content = media_files.picture()
        headers = {
            "Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)),
            "Upload-Metadata": f"filename {name},filetype {kind}",
        }  # fmt: skip
        made = await lot.client.post(HERE, headers=headers)
        assert (made.status_code, made.headers["tus-resumable"]) == (201, "1.0.0")
        url = made.headers["location"]
        done = await sent(lot, url, content, 0)
        assert (done.status_code, "GMT" in done.headers["upload-expires"]) == (204, True)
        assert (await lot.client.head(url)).headers["upload-length"] == str(len(content))
        assert (await lot.client.get(url)).json()["data"]["item"]["fileName"] == "Kuche.png"
        for wrong, status in (({"Tus-Resumable": "0.2.2"}, 412), ({"Upload-Metadata": "filename %%%"}, 400)):
            assert (await lot.client.post(HERE, headers={**headers, **wrong})).status_code == status
        assert (await lot.client.head(url, headers={"Tus-Resumable": "2.0.0"})).status_code == 412

    async def test_forged_and_foreign_addresses_are_refused(self, lot: Lot) -> None:
        url, other = httpx.URL(await begun(lot)), httpx.URL(await begun(lot))
        forged = [
            url.copy_set_param("signature", "0" * 64), url.copy_set_param("expires", "99999999999"),
            other.copy_with(path=url.path), url.copy_with(path=f"{HERE}/{uuid.uuid4()}"),
        ]  # fmt: skip
        for wrong in forged:
            for method in ("HEAD", "GET", "PATCH", "DELETE"):
                answer = await lot.client.request(method, str(wrong), headers={**PIECE, "Upload-Offset": "0"})
                assert answer.status_code == 403, (method, wrong)
        link = httpx.URL(lot.store.link(f"video/local/{'a' * 64}.mp4"))
        assert (await lot.client.get(str(url.copy_with(query=link.query)))).status_code == 403

    async def test_only_the_signed_address_needs_no_login(self) -> None:
        assert is_public(f"{HERE}/{uuid.uuid4()}")
        assert not any(is_public(path) for path in (HERE, f"{HERE}/", f"{HERE}/a/b", f"{HERE}/../media"))

    async def test_what_is_too_large_or_of_no_type_is_not_begun(self, lot: Lot) -> None:
        limits = {"image/png": 20_000_000, "audio/mpeg": 200_000_000, "video/mp4": 512 << 20}
        for mime, most in limits.items():
            body = {"fileName": "a", "mimeType": mime}
            assert (await lot.client.post(HERE, json={**body, "sizeBytes": most})).status_code == 201
            over = await lot.client.post(HERE, json={**body, "sizeBytes": most + 1})
            assert (over.status_code, str(most) in over.json()["error"]["message"]) == (422, True)
        for wrong in (
            {"mimeType": "image/svg+xml"}, {"sizeBytes": 0}, {"fileName": ""}, {"fileName": "n" * 256},
            {"sha256": "no digest"}, {"title": "t" * 201}, {"more": 1},
        ):  # fmt: skip
            body = {"fileName": "a", "mimeType": "video/mp4", "sizeBytes": 9, **wrong}
            assert (await lot.client.post(HERE, json=body)).status_code == 422, wrong

    async def test_bytes_are_sent_as_what_they_are(self, lot: Lot) -> None:
        url = await begun(lot)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Upload-Offset": "0"}
        assert (await lot.client.patch(url, content=b"x", headers=headers)).status_code == 415
        assert (await lot.client.patch(url, content=b"x", headers=PIECE)).status_code == 422

    async def test_a_user_has_ten_that_are_not_whole(self, lot: Lot) -> None:
        urls = [await begun(lot) for _ in range(MOST_OPEN)]
        body = {"fileName": "a", "mimeType": "video/mp4", "sizeBytes": 9}
        assert (await lot.client.post(HERE, json=body)).status_code == 409
        await lot.client.delete(urls[0])
        assert (await lot.client.post(HERE, json=body)).status_code == 201

    async def test_a_file_comes_in_so_many_pieces_at_most(
        self, lot: Lot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "MOST_PIECES", 2)
        url = await begun(lot)
        answers = [await sent(lot, url, b"x", offset) for offset in range(3)]
        assert [answer.status_code for answer in answers] == [204, 204, 409]
