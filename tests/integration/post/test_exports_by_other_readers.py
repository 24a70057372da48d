"""MP4 and WebM are opened by a second reader, written from ISO 14496-12 and from RFC 8794 and 9559.

The program that writes them and PyAV, by which the other tests look at them, are the same library.
"""

import struct
from collections.abc import Iterator

import pytest

from tests.cut_media import SIZE, a_clip, a_timeline
from tools.post.encode import Encoding, FileForm, SoundEncoding

FRAMES = 36
WEBM = FileForm(
    picture=Encoding(
        coder=("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"), container="webm"
    ),
    sound=SoundEncoding(coder=("-c:a", "libopus", "-b:a", "96k"), container="webm", name="sound.webm"),
)
HOLDS_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
SEGMENT, INFO, TRACKS, ENTRY, VIDEO, AUDIO, CLUSTER, GROUP = (
    0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0xE1, 0x1F43B675, 0xA0,
)  # fmt: skip
HOLDS_ELEMENTS = {0x1A45DFA3, SEGMENT, INFO, TRACKS, ENTRY, VIDEO, AUDIO, CLUSTER, GROUP}


def boxes(data: bytes, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Every box of an MP4 with the names of those around it; its size is 32 or 64 bits."""
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[at + 8 : at + 16])[0], 16
        size = size or len(data) - at
        assert head <= size <= len(data) - at, "a box that reaches over its end"
        inside, where = data[at + head : at + size], f"{path}/{name.decode('latin-1')}"
        yield where, inside
        if name in HOLDS_BOXES:
            yield from boxes(inside, where)
        at += size
    assert at == len(data)


def number(data: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """An EBML number of one to eight bytes, with or without the bit that says how long it is; and its end."""
    length = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + length], "big")
    return value if marked else value & ((1 << 7 * length) - 1), at + length


def elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every element of an EBML file, those inside others too."""
    at = 0
    while at < len(data):
        name, at = number(data, at, marked=True)
        size, at = number(data, at, marked=False)
        assert size <= len(data) - at, "an element that reaches over its end"
        yield name, data[at : at + size]
        if name in HOLDS_ELEMENTS:
            yield from elements(data[at : at + size])
        at += size


def film():
    return a_timeline([a_clip("ramp.mp4", 20), a_clip("dark.mp4", 16)], voice=[a_clip("voice.wav", 24)])


async def test_an_mp4_has_its_frames_its_size_and_its_length(render) -> None:
    _, path = await render(film())
    found = list(boxes(path.read_bytes()))
    named = dict(found)
    scale, length = struct.unpack(">II", named["/moov/mvhd"][12:20])
    assert length / scale == pytest.approx(FRAMES / 24, abs=0.03)
    tracks = [inside for where, inside in found if where == "/moov/trak"]
    kinds = {dict(boxes(one))["/mdia/hdlr"][8:12]: dict(boxes(one)) for one in tracks}
    assert kinds.keys() == {b"vide", b"soun"}
    picture, sound = kinds[b"vide"], kinds[b"soun"]
    wide, high = struct.unpack(">II", picture["/tkhd"][-8:])
    assert (wide >> 16, high >> 16) == SIZE
    assert picture["/mdia/minf/stbl/stsd"][12:16] == b"avc1"
    assert sound["/mdia/minf/stbl/stsd"][12:16] == b"mp4a"
    runs = picture["/mdia/minf/stbl/stts"]
    assert [struct.unpack(">II", runs[at : at + 8])[0] for at in range(8, len(runs), 8)] == [FRAMES]
    assert struct.unpack(">I", picture["/mdia/minf/stbl/stsz"][8:12])[0] == FRAMES


async def test_a_webm_has_its_frames_its_size_and_its_length(render) -> None:
    _, path = await render(film(), form=WEBM)
    found = list(elements(path.read_bytes()))
    named = dict(reversed(found))  # the first of each name
    assert named[0x4282] == b"webm"
    scale_ns = int.from_bytes(named[0x2AD7B1], "big")
    length = struct.unpack(">d" if len(named[0x4489]) == 8 else ">f", named[0x4489])[0]
    assert length * scale_ns / 1e9 == pytest.approx(FRAMES / 24, abs=0.05)
    assert (int.from_bytes(named[0xB0], "big"), int.from_bytes(named[0xBA], "big")) == SIZE
    entries = [dict(elements(inside)) for name, inside in found if name == ENTRY]
    coders = {one[0x86]: int.from_bytes(one[0xD7], "big") for one in entries}
    assert coders.keys() == {b"V_VP9", b"A_OPUS"}
    blocks = [inside for name, inside in found if name in (0xA3, 0xA1)]
    assert [number(one, 0, marked=False)[0] for one in blocks].count(coders[b"V_VP9"]) == FRAMES
