"""What is no media, or none that can be decoded here, is refused in our own words."""

from pathlib import Path

import av
import pytest

from state.errors import UploadRejected
from tools.ffmpeg.probe import probe

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>'


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("drawing.svg", SVG, "nothing here decodes that"),
        ("words.txt", b"hello", "cannot be read as media"),
        ("head.gif", b"GIF89a", "cannot be read as media"),
        ("nothing.mp4", b"", "cannot be read as media"),
    ],
)
async def test_a_file_that_cannot_be_decoded_is_refused(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UploadRejected, match=f"{name} .*{why}"):
        await probe(tmp_path / name)


def test_the_library_opens_a_drawing_without_a_decoder(tmp_path: Path) -> None:
    """The control: it is this stream that has none."""
    (tmp_path / "drawing.svg").write_bytes(SVG)
    with av.open(str(tmp_path / "drawing.svg")) as container:
        assert [stream.codec_context for stream in container.streams.video] == [None]
