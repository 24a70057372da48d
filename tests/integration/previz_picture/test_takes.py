"""Takes as files: what was ordered, exactly."""

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import psutil
import pytest

from state.order import Speech, VideoRequest
from state.script import Blocking, Look
from tests.builders import a_staging, a_video_request, an_image_request
from tests.standins.farm_here import previz
from tools.engines.previz.engine import Previz
from tools.engines.previz.jobs import job_id
from tools.engines.previz.take import shoot_take
from tools.engines.previz.workers import RenderPool
from tools.ffmpeg.probe import probe, probe_now

KEY = "p:take:1A:first"
PUSH = {"size": "medium", "move": "push_in"}


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Previz]:
    made = previz(tmp_path / "jobs")
    yield made
    await made.aclose()


async def taken(engine: Previz, request: VideoRequest, into: Path, key: str = KEY) -> Path:
    external_id = await engine.submit(request, call_key=key)
    assert (await engine.wait(external_id)).state == "succeeded"
    return (await engine.fetch(external_id, into)).path


def frames(path: Path) -> list[np.ndarray]:  # type: ignore[type-arg]  # grey planes
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]


@pytest.mark.parametrize(
    ("size", "fps", "seconds", "count"),
    [
        ((320, 180), 24, 1.0, 24),
        ((180, 320), 30, 0.5, 15),
        ((240, 240), 25, 1.03, 26),
        ((321, 181), 24, 0.3, 7),
    ],
)
def test_a_take_has_exactly_the_frames_ordered(
    size: tuple[int, int], fps: int, seconds: float, count: int, tmp_path: Path
) -> None:
    target = tmp_path / "take.mp4"
    shoot_take(a_video_request(width=size[0], height=size[1], fps=fps, duration_s=seconds), target)
    facts = probe_now(target)
    assert facts.frame_count == count == len(frames(target))
    assert (facts.width, facts.height) == (size[0] + size[0] % 2, size[1] + size[1] % 2)
    assert (facts.video_codec, facts.pixel_format, facts.fps) == ("h264", "yuv420p", fps)
    assert facts.audio_codec is None


def test_colours_are_tagged_and_kept(tmp_path: Path) -> None:
    target = tmp_path / "take.mp4"
    shoot_take(a_video_request(duration_s=0.1), target)
    with av.open(str(target)) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (
            1,
            1,
            1,
            1,
        )


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    request = a_video_request(duration_s=0.3, staging=a_staging(**PUSH, weather="rain"))
    first, second = tmp_path / "a.mp4", tmp_path / "b.mp4"
    for target in (first, second):
        shoot_take(request, target)
    assert first.read_bytes() == second.read_bytes()


def test_the_picture_glides(tmp_path: Path) -> None:
    """A pan goes one way, and its speed changes as little from step to step as an ease does."""
    target = tmp_path / "take.mp4"
    staging = a_staging(size="wide", move="pan_right", people=[])
    shoot_take(a_video_request(width=480, height=270, duration_s=2.0, staging=staging), target)
    planes = [plane.astype(np.float32) for plane in frames(target)]
    window = cv2.createHanningWindow((480, 270), cv2.CV_32F)
    shifts = [cv2.phaseCorrelate(a, b, window)[0][0] for a, b in zip(planes[::6], planes[6::6], strict=False)]
    assert max(shifts) < 0
    assert np.abs(np.diff(shifts, 2)).max() < 0.6


def test_a_mouth_moves_only_while_it_speaks(tmp_path: Path) -> None:
    ana = Blocking(character="Ana", look=Look(presentation="woman"))
    staging = a_staging(size="close_up", people=[ana])
    speech = Speech(speaker="Ana", start_s=0.8, end_s=1.6)
    target = tmp_path / "take.mp4"
    shoot_take(a_video_request(duration_s=2.4, seed=5, staging=staging, speeches=[speech]), target)
    planes = [plane.astype(int) for plane in frames(target)]
    moved = [float(np.abs(b - a)[105:130, 130:190].mean()) for a, b in pairwise(planes)]
    before, during, after = moved[:16], moved[20:37], moved[48:]
    assert max(during) > 3 * max(*before, *after)


async def test_a_job_whose_process_died_is_rendered_by_the_next(engine: Previz, tmp_path: Path) -> None:
    external_id = await engine.submit(an_image_request(), call_key=KEY)
    await engine.aclose()
    other = previz(tmp_path / "jobs")
    assert (await other.wait(external_id)).state == "succeeded"
    await other.aclose()


async def test_two_processes_at_once_both_end_with_a_good_file(engine: Previz, tmp_path: Path) -> None:
    other = previz(tmp_path / "jobs")
    request = a_video_request(duration_s=0.5)
    paths = await asyncio.gather(
        taken(engine, request, tmp_path / "a"), taken(other, request, tmp_path / "b")
    )
    for path in paths:
        assert (await probe(path)).frame_count == 12
    assert not [p for p in (tmp_path / "jobs").iterdir() if p.name.startswith(".")]
    await other.aclose()


async def test_a_cancelled_take_stays_cancelled(engine: Previz) -> None:
    external_id = await engine.submit(a_video_request(duration_s=20), call_key=KEY)
    await engine.cancel(external_id)
    assert (await engine.wait(external_id)).state == "cancelled"


async def test_a_drawing_process_that_dies_is_replaced(tmp_path: Path) -> None:
    """Two takes were being drawn by it; both are drawn by its successor."""
    pool = RenderPool(1)
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    await pool.render(an_image_request(), folders[0])
    [old] = pool.pids
    psutil.Process(old).kill()
    made = await asyncio.gather(*(pool.render(an_image_request(), folder) for folder in folders))
    assert all(path.stat().st_size > 0 for path in made)
    assert old not in pool.pids
    pool.close()


async def test_what_a_dead_renderer_left_is_cleared(engine: Previz, tmp_path: Path) -> None:
    request = an_image_request()
    external_id = job_id(request, KEY)
    left = tmp_path / "jobs" / f".{external_id}.{socket.gethostname()}.999999999.abcd1234"
    left.mkdir(parents=True)
    await engine.submit(request, call_key=KEY)
    assert (await engine.wait(external_id)).state == "succeeded"
    assert not left.exists()


OWNER = """
import asyncio, sys
from pathlib import Path
from tests.builders import a_video_request
from tools.engines.previz.engine import Previz

async def main():
    engine = Previz(Path(sys.argv[1]), processes=1)
    await engine.wait(await engine.submit(a_video_request(duration_s=0.1), call_key="a"))
    await engine.submit(a_video_request(duration_s=60, width=1280, height=720), call_key="b")
    print("rendering", flush=True)
    await asyncio.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_drawing_processes_end_with_their_owner(tmp_path: Path) -> None:
    """Also when it is killed with -9, which nobody can catch."""
    script = tmp_path / "owner.py"
    script.write_text(OWNER)
    command = [sys.executable, str(script), str(tmp_path / "jobs")]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[3], env={"PYTHONPATH": "."}, stdout=subprocess.PIPE
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"rendering\n"
        children = psutil.Process(owner.pid).children(recursive=True)
        assert children
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
