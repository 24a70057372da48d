"""Design-facts 6.2: files that are lists of addresses are no pictures, and whoever reads them asks nobody."""

from contextlib import suppress
from pathlib import Path

import pytest

from state.errors import FfmpegFailed, UploadRejected
from tests.integration.fetching.conftest import Liar
from tools.engines.previz.raster import document
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.probe import probe
from tools.media.inspect import inspect

HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n"
KEY = '#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:{port}/k"\n'
MPD = '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S">'
LISTS = {
    "a list of pieces": HLS,
    "a list of lists": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://127.0.0.1:{port}/a.m3u8\n",
    "a list with a key": HLS.replace("#EXTINF", f"{KEY}#EXTINF"),
    "a list of ffmpeg's": "ffconcat version 1.0\nfile http://127.0.0.1:{port}/a.mp4\n",
    "a list of songs": "[playlist]\nFile1=http://127.0.0.1:{port}/a.mp3\nNumberOfEntries=1\n",
    "a broadcast": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nm=video {port} RTP/AVP 96\n",
    "a manifest": f'{MPD}<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">'
    "<BaseURL>http://127.0.0.1:{port}/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>",
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:{port}/a.png"/></svg>',
}  # fmt: skip


def written(liar: Liar, text: str) -> Path:
    path = liar.folder / "clip.mp4"
    path.write_text(text.replace("{port}", str(liar.world.canary.port)), encoding="utf-8")
    return path


@pytest.mark.parametrize("which", LISTS)
async def test_a_list_of_addresses_in_a_clips_name_asks_nobody(liar: Liar, which: str) -> None:
    path = written(liar, LISTS[which])
    with suppress(UploadRejected):
        assert (await inspect(path)).mime.startswith("text/"), "it is kept as words, and never opened"
    with pytest.raises(UploadRejected):
        await probe(path, demuxer="mov")
    with suppress(FfmpegFailed):  # a drawing it can read
        await run_ffmpeg([*local_input(path), "-f", "null", "-"], timeout_s=20)
    assert await liar.world.canary.counted() == 0


async def test_without_the_list_of_protocols_ffmpeg_goes_where_it_is_told(liar: Liar) -> None:
    """The control."""
    opening = local_input(written(liar, LISTS["a list of ffmpeg's"]), "-f", "concat", "-safe", "0")
    allowed = ["file,pipe,http,tcp" if one == "file,pipe" else one for one in opening]
    with pytest.raises(FfmpegFailed):
        await run_ffmpeg([*allowed, "-f", "null", "-"], timeout_s=20)
    assert await liar.world.canary.counted() > 0


async def test_a_drawing_is_painted_without_what_it_points_to(liar: Liar) -> None:
    import resvg_py

    picture = f'<image href="http://127.0.0.1:{liar.world.canary.port}/a.png" width="8" height="8"/>'
    drawn = document(picture, (0, 0, 8, 8), (8, 8))
    assert resvg_py.svg_to_bytes(svg_string=drawn)
    assert await liar.world.canary.counted() == 0
