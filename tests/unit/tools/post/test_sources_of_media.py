"""Files are opened by their content, as local files of one forced kind."""

import pytest

from state.errors import FfmpegFailed, MediaMissing
from tools.post.sources import Source, demuxer_of

HEADS = {
    "mov": b"\x00\x00\x00\x18ftypisom",
    "matroska": b"\x1aE\xdf\xa3....",
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "webp_pipe": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "png_pipe": b"\x89PNG\r\n\x1a\n",
    "jpeg_pipe": b"\xff\xd8\xff\xe0",
    "mp3": b"ID3\x04",
    "ogg": b"OggS",
    "flac": b"fLaC",
}


@pytest.mark.parametrize("demuxer", HEADS)
def test_the_content_decides_and_the_name_does_not(tmp_path, demuxer):
    (tmp_path / "take.m3u8").write_bytes(HEADS[demuxer] + bytes(16))
    assert demuxer_of(tmp_path / "take.m3u8") == demuxer


@pytest.mark.parametrize(
    "head", [b"#EXTM3U\n", b"ffconcat version 1.0\n", b"<svg>", b"", b"RIFF\0\0\0\0AVI "]
)
def test_other_kinds_are_refused(tmp_path, head):
    (tmp_path / "take.mp4").write_bytes(head)
    with pytest.raises(FfmpegFailed, match=r"^take\.mp4 is of no kind that can be cut$"):
        demuxer_of(tmp_path / "take.mp4")


def test_a_folder_or_nothing_is_missing(tmp_path):
    for path in (tmp_path, tmp_path / "none.mp4"):
        with pytest.raises(MediaMissing):
            demuxer_of(path)


def test_ffmpeg_gets_the_kind_the_whitelist_and_a_whole_path(tmp_path):
    opening = Source(path=tmp_path / "a.mp4", demuxer="mov").arguments(seek_s=3)
    assert opening[opening.index("-f") + 1] == "mov"
    assert opening[opening.index("-protocol_whitelist") + 1] == "file,pipe"
    assert opening[opening.index("-ss") + 1] == "3"
    assert opening[-2:] == ["-i", str(tmp_path / "a.mp4")]
