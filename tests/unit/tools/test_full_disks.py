"""A full disk is one error that names the place and says nothing of an order or a job."""

import errno
import os
from pathlib import Path

import pytest

from state.errors import FfmpegFailed, MediaMissing, StoreFull, WorkFolderFull
from tests.builders import a_request, an_order
from tools.engines.base import Fetched
from tools.engines.previz.engine import Previz
from tools.full_disks import FULL
from tools.orders.failures import failure_of
from tools.work_folder import work_folder


@pytest.mark.parametrize("number", FULL)
async def test_a_work_folder_without_room_is_named(tmp_path: Path, number: int):
    with pytest.raises(WorkFolderFull, match=str(tmp_path)):
        async with work_folder("test", inside=tmp_path) as folder:
            raise OSError(number, os.strerror(number), folder / "a.png")
    assert not os.listdir(tmp_path)


async def test_whatever_else_happens_there_stays_what_it_is(tmp_path: Path):
    """The control."""
    with pytest.raises(PermissionError):
        async with work_folder("test", inside=tmp_path):
            raise OSError(errno.EACCES, "no")


@pytest.mark.parametrize("error", [StoreFull(), WorkFolderFull()])
def test_a_full_disk_is_no_outcome_of_an_order(error: StoreFull | WorkFolderFull):
    """As one it would be a bad take, and another one would be bought."""
    with pytest.raises(type(error)):
        failure_of(error, an_order())


def test_a_picture_that_is_gone_is_one():
    """The control."""
    assert failure_of(MediaMissing(), an_order()).kind == "bad_output"


class Studio:
    """Renders an image once it has room."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error

    async def render(self, _: object, scratch: Path) -> Fetched:
        if self.error is not None:
            raise self.error
        (scratch / "a.png").write_bytes(b"png")
        return Fetched(path=scratch / "a.png")


@pytest.fixture
def request_of_an_image():
    return a_request("image", provider="previz")


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "full"), FfmpegFailed(f"code 1: {os.strerror(errno.ENOSPC)}")],
    ids=["system", "ffmpeg"],
)
async def test_a_job_that_finds_no_room_is_rendered_when_there_is_some(
    tmp_path: Path, request_of_an_image, error: Exception
):
    studio = Studio(error)
    engine = Previz(tmp_path, processes=1, renderers=lambda _: {"image": studio.render})
    job = await engine.submit(request_of_an_image, call_key="a:b:c:d")
    with pytest.raises(WorkFolderFull, match=str(tmp_path)):
        await engine.wait(job)
    studio.error = None
    assert (await engine.wait(job)).state == "succeeded"
    await engine.aclose()


async def test_a_job_that_fails_otherwise_has_failed(tmp_path: Path, request_of_an_image):
    """The control."""
    studio = Studio(FfmpegFailed("code 1: no such filter"))
    engine = Previz(tmp_path, processes=1, renderers=lambda _: {"image": studio.render})
    job = await engine.submit(request_of_an_image, call_key="a:b:c:d")
    assert (await engine.wait(job)).state == "failed"
    await engine.aclose()
