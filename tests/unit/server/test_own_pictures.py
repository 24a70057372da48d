"""The pictures beside a brief: read before anything starts, or refused with the field that names them."""

from pathlib import Path
from typing import Any

import pytest

from server.cli.make import with_script_file
from server.own_pictures import pictures_of, read_pictures
from state.brief import NovelaBrief
from state.errors import BriefIncomplete
from tests.media_files import picture


def a_brief(product: str, panel: str = "") -> NovelaBrief:
    shots: list[dict[str, Any]] = [{"description": "x"}, {"description": "y", "panel": panel}]
    told = {
        "title": "t", "description": "d", "product": {"name": "Lamp", "picture": product},
        "scenes": [{"number": 1, "shots": shots}],
    }  # fmt: skip
    return NovelaBrief.model_validate(told)


def test_every_picture_has_its_field_and_each_file_is_read_once(tmp_path: Path):
    (tmp_path / "lamp.png").write_bytes(picture())
    brief = a_brief("lamp.png", "lamp.png")
    assert [field for field, _ in pictures_of(brief)] == [
        "brief.product.picture",
        "brief.scenes.0.shots.1.panel",
    ]
    assert read_pictures(brief, tmp_path) == {"lamp.png": picture()}


def test_the_key_of_an_upload_is_no_file(tmp_path: Path):
    assert read_pictures(a_brief(f"image/local/{'a' * 64}.png"), tmp_path) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is not a PNG, JPEG or WebP picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a PNG, JPEG or WebP picture"),
        (b"GIF89a" + b"0" * 100, "is not a PNG, JPEG or WebP picture"),
        (picture()[:-40], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 20_000_001, "larger than 20 MB"),
    ],
    ids=["missing", "empty", "markup", "moving", "cut short", "too large"],
)
def test_what_is_no_picture_names_its_field(tmp_path: Path, content: bytes | None, said: str):
    (tmp_path / "lamp.png").write_bytes(picture())
    if content is not None:
        (tmp_path / "panel.png").write_bytes(content)
    with pytest.raises(BriefIncomplete, match=said) as caught:
        read_pictures(a_brief("lamp.png", "panel.png"), tmp_path)
    assert caught.value.message.startswith("brief.scenes.0.shots.1.panel: panel.png")
    assert str(tmp_path) not in caught.value.message


def test_a_script_may_be_a_file_and_text_stays_text(tmp_path: Path):
    (tmp_path / "a.fountain").write_bytes(b"\xef\xbb\xbfINT. A - DAY\n\nX.")
    assert with_script_file({"script": "a.fountain"}, tmp_path)["script"].startswith("INT. A")
    for text in ("INT. A - DAY\n\nX.", "She leaves."):
        assert with_script_file({"script": text}, tmp_path) == {"script": text}
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00")
    for name in ("b.txt", "gone.fountain"):
        with pytest.raises(BriefIncomplete, match=f"brief.script: {name} cannot be read"):
            with_script_file({"script": name}, tmp_path)
