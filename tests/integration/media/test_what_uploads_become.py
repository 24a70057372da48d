"""What is taken is kept right: the picture as it was meant, the first sound, and nothing that hid beside."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from tests.integration.media.corpus import good_clips
from tests.integration.media.corpus.building import film, made
from tests.integration.media.corpus.entry import Entry
from tests.integration.media.corpus.sounds import GOOD as SOUNDS
from tools.ffmpeg.command import ffmpeg_exe
from tools.media.clips import made_anew

CLIPS = {entry.name: entry for entry in good_clips.CLIPS}
HEARD = {entry.name: entry for entry in SOUNDS}
ENCODED = {"prores", "motion jpeg", "webm of a browser's camera"}
"""What is not copied: ProRes, Motion JPEG and VP8."""


async def kept(entry: Entry, folder: Path) -> Path:
    sent = folder / "sent"
    sent.write_bytes(entry.build())
    return await made_anew(sent, folder)


def shown(path: Path) -> tuple[int, int, int]:
    """How wide, how high and how many frames a viewer sees, turned as the file says."""
    command = [ffmpeg_exe(), "-v", "error", "-i", path, "-map", "0:V:0", "-f", "framehash", "-"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    size = next(line for line in lines if line.startswith("#dimensions"))
    width, height = size.rpartition(" ")[2].split("x")
    return int(width), int(height), sum(not line.startswith("#") for line in lines)


def streams(path: Path) -> list[str]:
    with av.open(str(path), metadata_errors="replace") as file:
        return [stream.type for stream in file.streams]


@pytest.mark.parametrize("name", CLIPS)
async def test_a_clip_keeps_its_frames_and_one_sound_and_no_other_stream(name: str, tmp_path: Path) -> None:
    fresh = await kept(CLIPS[name], tmp_path)
    found = streams(fresh)
    assert found in (["video"], ["video", "audio"])
    assert ("audio" in found) == ("audio" in streams(tmp_path / "sent"))
    before, after = shown(tmp_path / "sent"), shown(fresh)
    assert abs(before[2] - after[2]) <= 1
    assert before[:2] == after[:2]


@pytest.mark.parametrize(("name", "size"), [("turned by 90", (48, 64)), ("turned by 180", (64, 48))])
async def test_a_turn_is_kept(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    assert shown(await kept(CLIPS[name], tmp_path))[:2] == size


UNSAID, TRANSFERS = 2, {"ten bits, pq": 16, "ten bits, hlg": 18, "hevc of a phone, hlg": 18}
"""As libav counts them."""


def colours(path: Path) -> tuple[Any, ...]:
    with av.open(str(path), metadata_errors="replace") as file:
        codec = file.streams.video[0].codec_context
        return codec.pix_fmt, int(codec.color_trc), int(codec.color_primaries), int(codec.colorspace)


@pytest.mark.parametrize("name", ["ten bits, pq", "ten bits, hlg", "hevc of a phone, hlg", "full colour"])
async def test_depth_and_colours_are_kept(name: str, tmp_path: Path) -> None:
    fresh = await kept(CLIPS[name], tmp_path)
    assert colours(fresh) == colours(tmp_path / "sent")
    assert colours(fresh)[1] == TRANSFERS.get(name, UNSAID), (
        "the control: the file itself is what its name says"
    )


async def test_what_can_be_copied_is_and_the_rest_is_encoded_once(tmp_path: Path) -> None:
    for name in ("mov", "hevc of a phone, hlg", "webm, vp9 and opus", *ENCODED):
        fresh = await kept(CLIPS[name], tmp_path)
        with (
            av.open(str(tmp_path / "sent")) as before,
            av.open(str(fresh), metadata_errors="replace") as after,
        ):
            was, now = (file.streams.video[0].codec_context.name for file in (before, after))
            same = [bytes(one) for one in before.demux(video=0)] == [
                bytes(one) for one in after.demux(video=0)
            ]
        assert (now == "h264" and not same) if name in ENCODED else (now == was and same), name


HIDDEN: dict[str, tuple[Callable[[], bytes], bytes]] = {
    "a title": (CLIPS["a title in many scripts"].build, good_clips.CANARY.encode()),
    "a place": (CLIPS["a place"].build, b"loci"),
    "a subtitle": (CLIPS["captions inside"].build, b"Hola"),
    "a font": (CLIPS["mkv with a font"].build, b"x" * 50),
    "notes in xml": (CLIPS["free space behind it"].build, b"xmpmeta"),
    "a timecode": (CLIPS["a timecode track"].build, b"tmcd"),
    "a chapter": (
        lambda: made(
            "mp4", "-i", "in.mp4", "-i", "in.txt", "-map", "0", "-map_chapters", "1", "-c", "copy",
            given=(
                ("in.mp4", film()),
                ("in.txt", b";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/10\nSTART=0\nEND=4\ntitle=CANARY\n"),
            ),
        ),
        b"CANARY",
    ),
    "a song's title": (HEARD["mp3 with a title in many scripts"].build, "Canción".encode()),
    "a cover": (HEARD["m4a with a cover"].build, b"JFIF"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
async def test_what_hid_in_the_file_stays_behind(name: str, tmp_path: Path) -> None:
    build, canary = HIDDEN[name]
    sent = tmp_path / "sent"
    sent.write_bytes(build())
    assert canary in sent.read_bytes()
    assert canary not in (await made_anew(sent, tmp_path)).read_bytes()


@pytest.mark.parametrize("name", HEARD)
async def test_a_sound_keeps_its_length_channels_and_rate(name: str, tmp_path: Path) -> None:
    fresh = await kept(HEARD[name], tmp_path)
    assert streams(fresh) == ["audio"]
    assert heard(fresh) == pytest.approx(heard(tmp_path / "sent"), abs=0.06)


def heard(path: Path) -> tuple[float, float, float]:
    with av.open(str(path), metadata_errors="replace") as file:
        stream = file.streams.audio[0]
        count = sum(frame.samples for frame in file.decode(stream))
        return count / stream.rate, float(stream.rate), float(stream.codec_context.channels)
