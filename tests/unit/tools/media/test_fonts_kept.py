"""The store keeps fonts, told by their content, and nothing that only says it is one."""

from pathlib import Path

import pytest

from state.errors import UploadRejected
from tools.media.local import LocalMediaStore
from tools.post.fonts import FALLBACKS, TITLE


@pytest.mark.parametrize(
    ("font", "mime"), [(TITLE, "font/ttf"), (FALLBACKS[-1], "font/otf")], ids=["ttf", "otf"]
)
async def test_a_font_is_kept_as_what_it_is(tmp_path: Path, font, mime):
    store = LocalMediaStore(tmp_path, b"s", keep_free_bytes=0)
    kept = await store.put_bytes(font.path.read_bytes(), user_id="local")
    assert kept.mime == mime
    assert kept.key.endswith(mime.rpartition("/")[2])
    assert (await store.get(kept.key)).read_bytes() == font.path.read_bytes()


@pytest.mark.parametrize(
    "data",
    [TITLE.path.read_bytes()[:20_000], b"\x00\x01\x00\x00" + bytes(400), b"OTTO#EXTM3U\nhttp://127.0.0.1/x"],
    ids=["cut short", "empty", "a playlist"],
)
async def test_what_only_begins_like_a_font_is_not_kept(tmp_path: Path, data):
    store = LocalMediaStore(tmp_path, b"s", keep_free_bytes=0)
    with pytest.raises(UploadRejected, match="the font is damaged"):
        await store.put_bytes(data, user_id="local")
