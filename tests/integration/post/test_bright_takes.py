"""HDR takes in a film of ordinary brightness: paper is as white as paper, and shades stay apart."""

import subprocess
from pathlib import Path

import pytest

from tests.cut_media import SIZE, a_clip, a_timeline, read_back
from tools.ffmpeg.command import ffmpeg_exe

PQ = (2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128)
"""The figures of SMPTE ST 2084."""


def pq_code(nits: float) -> int:
    """So much light as ten bits."""
    m1, m2, c1, c2, c3 = PQ
    power = (nits / 10_000) ** m1
    return round(64 + 876 * ((c1 + c2 * power) / (1 + c3 * power)) ** m2)


def write_flat(path: Path, code: int, transfer: str) -> None:
    source = f"color=gray:s={SIZE[0]}x{SIZE[1]}:r=24:d=0.25,format=yuv420p10le,lutyuv=y={code}:u=512:v=512"
    # What a frame says of its colours wins over what the coder is told.
    tagged = f"{source},setparams=range=tv:color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc"
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-y", str(path)]
    subprocess.run([ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", tagged, *coded], check=True)


async def lights(render, media: Path, codes: list[int], transfer: str) -> list[float]:
    """The luma of each of these codes, a clip each, in one film."""
    for number, code in enumerate(codes):
        write_flat(media / f"{transfer}{number}.mp4", code, transfer)
    clips = [a_clip(f"{transfer}{number}.mp4", 3) for number in range(len(codes))]
    shown = read_back((await render(a_timeline([*clips, a_clip("light.mp4", 3)])))[1])
    assert shown.luma(3 * len(codes) + 1) == pytest.approx(180, abs=3), "the next one is not touched"
    return [shown.luma(3 * number + 1) for number in range(len(codes))]


async def test_paper_is_white_and_what_is_brighter_is_no_less(render, media):
    """Shown as they are, their codes would be 141 for paper: grey."""
    shown = await lights(render, media, [pq_code(nits) for nits in (0.005, 50, 203, 1000)], "smpte2084")
    assert shown == sorted(shown)
    assert shown[0] == pytest.approx(16, abs=3)
    assert 120 < shown[1] < 160
    assert 205 < shown[2] < 230
    assert 230 < shown[3] <= 236


async def test_the_same_is_true_of_hlg(render, media):
    shown = await lights(render, media, [64 + round(876 * share) for share in (0.38, 0.75)], "arib-std-b67")
    assert 90 < shown[0] < 150
    assert 205 < shown[1] < 230
