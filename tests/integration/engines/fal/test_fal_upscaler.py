"""A clip that fal makes larger: the clip goes along, and nothing is filmed with its model (S4-095)."""

import hashlib
from typing import Any

import pytest
from PIL import Image

from state.media import MediaRef
from state.order import VideoRequest
from tests.integration.engines.fal.fal_set import Set, a_clip
from tests.standins.job_vendors.clips import clip
from tools.engines.catalog import model_card, models_for, recommended
from tools.engines.files import files_needed
from tools.ffmpeg.probe import probe
from tools.orders.standing_in import stand_ins
from tools.orders.verifying import verify

UPSCALER = "fal-video-upscaler"


def a_small_clip(fal: Set, seconds: float = 2.0) -> MediaRef:
    content = clip(Image.new("RGB", (854, 480), (200, 80, 40)), seconds)
    digest = hashlib.sha256(content).hexdigest()
    media = MediaRef(
        key=f"video/ana/{digest}.mp4", mime="video/mp4", sha256=digest, size_bytes=len(content), width=854,
        height=480, duration_s=seconds,
    )  # fmt: skip
    fal.files[media.key] = fal.folder / f"{digest}.mp4"
    fal.files[media.key].write_bytes(content)
    return media


def larger(media: MediaRef | None, resolution: str = "1080p", **changes: Any) -> VideoRequest:
    told = {"resolution": resolution, "duration": 2}
    return a_clip(UPSCALER, **{"upscales": media, "duration_s": 2.0, "parameters": told, **changes})


@pytest.mark.parametrize(
    ("resolution", "size", "micro_usd"), [("1080p", (1920, 1080), 14_400), ("4k", (3840, 2160), 57_600)]
)
async def test_the_clip_comes_back_larger_as_long_as_it_was_and_at_its_price(
    fal: Set, resolution: str, size: tuple[int, int], micro_usd: int
) -> None:
    media = a_small_clip(fal)
    name = await fal.order(larger(media, resolution))
    assert (await fal.engine.wait(name)).state == "succeeded"
    job = fal.vendors.books.jobs[name.rpartition("/")[2]]
    address = job.given.pop("video_url")
    assert (job.given, job.ignored) == ({"target_resolution": resolution, "target_fps": "30fps"}, [])
    assert address.endswith(f"/{media.sha256}.mp4")
    fetched = await fal.engine.fetch(name, fal.folder / "out")
    facts = await probe(fetched.path)
    assert (abs((facts.width or 0) - size[0]) <= 2, facts.height) == (True, size[1])
    assert facts.duration_s == pytest.approx(2, abs=0.1)
    assert fal.vendors.books.micro_usd("fal") == micro_usd
    if resolution == "1080p":
        await verify(fetched.path, larger(media, resolution))


@pytest.mark.parametrize(
    ("request_of", "problem"),
    [
        (lambda fal: larger(None), "upscales: fal-video-upscaler makes given clips larger"),
        (lambda fal: larger(a_small_clip(fal), "720p"), "resolution: fal-video-upscaler does not offer"),
        (lambda fal: larger(a_small_clip(fal), parameters={"resolution": "4k", "duration": 121}),
         "duration: fal-video-upscaler cannot make 121 s"),
        (lambda fal: a_clip(upscales=a_small_clip(fal)), "upscales: kling-2.5-turbo takes none"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_told_and_nothing_leaves(fal: Set, request_of: Any, problem: str) -> None:
    error = await fal.refused(request_of(fal))
    assert problem in error.message
    assert fal.vendors.books.requests == []


def test_nobody_films_with_it() -> None:
    """It is no model of clips: none to choose, to recommend, to try, or to stand in."""
    card = model_card(UPSCALER)
    assert card.upscales
    assert card.tier == "final"
    assert UPSCALER not in [one.id for one in models_for("video")]
    assert recommended("video").id != UPSCALER
    for wanted in models_for("video"):
        for book in ("twins", "sisters", "director"):
            found = stand_ins(wanted, book=book, policy="any", tier="final", providers=("fal",))
            assert UPSCALER not in [one.id for one in found]


def test_the_clip_is_among_the_files_of_its_request(fal: Set) -> None:
    media = a_small_clip(fal, 1.0)
    assert files_needed(larger(media)) == [media]
