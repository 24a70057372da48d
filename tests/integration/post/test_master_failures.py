"""A master is there completely or not at all, and nothing stays behind."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from state.errors import FfmpegFailed, MediaMissing, PostError
from tests.cut_media import a_clip, a_timeline, dissolve
from tools.post import master, master_sound


def _left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def test_a_missing_take_is_named(render, tmp_path):
    with pytest.raises(MediaMissing, match=r"^gone\.mp4 is not there$"):
        await render(a_timeline([a_clip("gone.mp4", 12)]))
    assert _left_behind(tmp_path) == []


async def test_a_missing_voice_is_named(render, tmp_path):
    with pytest.raises(MediaMissing, match=r"gone\.wav"):
        await render(a_timeline([a_clip("dark.mp4", 12)], voice=[a_clip("gone.wav", 12)]))
    assert _left_behind(tmp_path) == []


PLAYLIST = "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"
CONCAT = "ffconcat version 1.0\nfile secret.mp4\n"


@pytest.mark.parametrize("content", [PLAYLIST, CONCAT, "", "\x00\x00\x00\x18ftypmp42nothing more"])
async def test_what_only_pretends_to_be_a_take_is_refused(render, media, tmp_path, content):
    (media / "sham.mp4").write_text(content)
    with pytest.raises(FfmpegFailed, match=r"sham\.mp4"):
        await render(a_timeline([a_clip("sham.mp4", 12)]))
    assert _left_behind(tmp_path) == []


async def test_a_picture_without_sound_cannot_be_a_voice(render, tmp_path):
    with pytest.raises(FfmpegFailed, match="matches no streams"):
        await render(a_timeline([a_clip("dark.mp4", 12)], voice=[a_clip("dark.mp4", 12)]))
    assert _left_behind(tmp_path) == []


async def test_an_empty_timeline_is_refused(render):
    with pytest.raises(PostError, match="empty"):
        await render(a_timeline([]))


async def test_a_transition_that_does_not_fit_is_refused(render, tmp_path):
    with pytest.raises(PostError, match="longer than"):
        await render(a_timeline([a_clip("dark.mp4", 4), dissolve(6), a_clip("light.mp4", 12)]))
    assert _left_behind(tmp_path) == []


@pytest.mark.parametrize("waits", [True, False])
async def test_nobody_tidies_up_while_the_mix_still_writes(render, monkeypatch, waits):
    """Not waiting: the control."""
    mixing, may_end = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def mix(*_: object) -> None:
        loop.call_soon_threadsafe(mixing.set)
        may_end.wait(10)

    async def fails(*_: object) -> None:
        await mixing.wait()
        raise PostError("no picture")

    monkeypatch.setattr(master_sound, "_mix", mix)
    monkeypatch.setattr(master, "_render_picture", fails)
    if not waits:
        monkeypatch.setattr(master_sound, "to_its_end", lambda work: work)
    rendering = asyncio.create_task(render(a_timeline([a_clip("dark.mp4", 12)])))
    ended, _ = await asyncio.wait([rendering], timeout=0.5)
    may_end.set()
    with pytest.raises(PostError, match="no picture"):
        await rendering
    assert bool(ended) is not waits


async def test_an_older_master_survives_a_failure(render, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "master.mp4").write_bytes(b"the older one")
    with pytest.raises(MediaMissing):
        await render(a_timeline([a_clip("gone.mp4", 12)]))
    assert (tmp_path / "out" / "master.mp4").read_bytes() == b"the older one"


async def test_progress_rises_to_one(render):
    shares: list[float] = []
    await render(a_timeline([a_clip("dark.mp4", 48)] * 4), progress=shares.append)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def _encoders() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if "ffmpeg" in child.name()]


async def test_cancelling_ends_ffmpeg_and_leaves_nothing(render, tmp_path):
    encoding = asyncio.Event()
    timeline = a_timeline([a_clip("ramp.mp4", 48)] * 20, size=(1280, 720))
    rendering = asyncio.create_task(
        render(timeline, progress=lambda share: encoding.set() if 0.1 < share < 1 else None)
    )
    await encoding.wait()
    async with asyncio.timeout(20):
        while not _encoders():  # between two pieces
            await asyncio.sleep(0.01)
    rendering.cancel()
    done, _ = await asyncio.wait([rendering], timeout=5)
    assert done, "the encode went on after it was cancelled"
    assert rendering.cancelled()
    assert _encoders() == []
    assert _left_behind(tmp_path) == []


ENDLESS = """
import asyncio
from tools.ffmpeg.command import run_ffmpeg
asyncio.run(run_ffmpeg(["-f", "lavfi", "-re", "-i", "anullsrc", "-progress", "pipe:1", "-f", "null", "-"],
                       on_line=lambda line: print(line, flush=True)))
"""


@pytest.mark.skipif(
    not Path("/usr/bin/setpriv").exists(), reason="no tool here that ties a child to its parent"
)
def test_ffmpeg_dies_with_a_killed_caller():
    caller = subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE)
    assert caller.stdout
    caller.stdout.readline()
    [encoder] = [c for c in psutil.Process(caller.pid).children() if "ffmpeg" in c.name()]
    os.kill(caller.pid, signal.SIGKILL)
    caller.wait(10)
    caller.stdout.close()
    assert psutil.wait_procs([encoder], timeout=10)[1] == []
