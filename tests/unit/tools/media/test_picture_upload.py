"""Uploaded pictures are drawn anew, so nothing but pixels gets in."""

import io

import pytest
from PIL import Image

from state.errors import UploadRejected
from tests import media_files
from tools.media.local import LocalMediaStore
from tools.media.upload import redrawn, upload_image


def with_metadata(kind: str) -> bytes:
    """A sideways picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "CANARY in exif"
    return media_files.picture(kind, exif=exif.tobytes())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_metadata_is_dropped_and_the_picture_is_upright(kind: str):
    drawn = redrawn(with_metadata(kind))

    picture = Image.open(io.BytesIO(drawn))
    assert b"CANARY" in with_metadata(kind)
    assert b"CANARY" not in drawn
    assert picture.size == (30, 40)
    assert not picture.getexif()


def test_a_second_file_behind_the_picture_does_not_survive():
    assert b"CANARY" not in redrawn(media_files.picture("JPEG") + b"PK\x03\x04CANARY")


def test_text_chunks_do_not_survive():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", "CANARY")
    drawn = redrawn(media_files.picture("PNG", pnginfo=notes))

    assert b"CANARY" not in drawn


def test_transparency_is_kept():
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (1, 2, 3, 0)).save(out, "WEBP", lossless=True)

    assert Image.open(io.BytesIO(redrawn(out.getvalue()))).mode == "RGBA"


@pytest.mark.parametrize("side", [7_000, 12_000, 30_000])
def test_a_bomb_is_refused_by_its_heading(side: int):
    with pytest.raises(UploadRejected, match="too many pixels"):
        redrawn(media_files.huge_png(side))


@pytest.mark.parametrize("kind", [*media_files.REFUSED, "mp4", "txt", "json"])
def test_only_pictures_are_taken(kind: str):
    make = {**media_files.REFUSED, **{name: kept[0] for name, kept in media_files.ACCEPTED.items()}}[kind]

    with pytest.raises(UploadRejected):
        redrawn(make())


@pytest.mark.parametrize("size", [(10, 400), (8, 8), (4000, 100)])
def test_an_unusable_shape_is_refused(size: tuple[int, int]):
    with pytest.raises(UploadRejected, match="cannot be used"):
        redrawn(media_files.picture(size=size))


def test_a_moving_picture_is_refused():
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(UploadRejected, match="moves"):
        redrawn(out.getvalue())


def test_too_many_bytes_are_refused():
    with pytest.raises(UploadRejected, match="larger than 20 MB"):
        redrawn(media_files.picture() + b"x" * 20_000_000)


async def test_what_is_stored_is_the_fresh_drawing(tmp_path):
    store = LocalMediaStore(tmp_path, b"s", keep_free_bytes=0)

    kept = await upload_image(store, with_metadata("JPEG"), user_id="local")

    assert (kept.mime, kept.width, kept.height) == ("image/jpeg", 30, 40)
    assert b"CANARY" not in (await store.get(kept.key)).read_bytes()
