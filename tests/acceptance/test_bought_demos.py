"""`make demo`, as somebody with keys types it: through stand-ins of real engines, processes of their own."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.acceptance.test_bought_films import NEAR
from tests.standins.job_vendors.books import JobBooks
from tests.standins.job_vendors.fal_vendor import Fal
from tests.standins.job_vendors.pictures import colour_of
from tests.standins.job_vendors.process import VendorsProcess as Jobs
from tests.standins.job_vendors.replicate_vendor import Replicate
from tests.standins.media_vendors.looks import who_made
from tests.standins.media_vendors.process import VendorsProcess as Media

ROOT = Path(__file__).parents[2]
MICRO = json.loads((ROOT / "examples" / "micro.json").read_text())
Order = dict[str, Any]
FAL_AND_GOOGLE = ("VIDEO_MODEL=kling-2.5-turbo", "IMAGE_MODEL=google-nano-banana")


@dataclass(frozen=True)
class Shop:
    """The vendors, and a folder for a demo that buys there."""

    folder: Path
    jobs: Jobs
    media: Media
    env: dict[str, str]

    def books(self) -> JobBooks:
        return self.jobs.books()

    async def demo(self, *typed: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Type `make demo`; what `make setup` makes is the environment that these tests run in."""
        command = ["make", "demo", "STAMP=", f"BIN={Path(sys.executable).parent}", f"OUT={self.folder}"]
        return await asyncio.to_thread(
            subprocess.run, [*command, *typed], cwd=ROOT, env={**self.env, **env}, text=True,
            capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=1700,
        )  # fmt: skip

    def made(self) -> tuple[Path, list[Order]]:
        """The master, and what its ledger says was ordered elsewhere."""
        out = self.folder / "demo"
        rows = json.loads((out / "ledger.json").read_text())
        return out / "master.mp4", [row for row in rows if row["provider"] not in ("previz", "offline")]

    def micro(self) -> str:
        """The smallest brief that all of these models can make."""
        brief = self.folder / "brief.json"
        brief.write_text(json.dumps({**MICRO, "model_id": "wan-2.5-t2v-fast", "resolution": "480p"}))
        return f"BRIEF={brief}"


@pytest.fixture
def shop(database_url: str, tmp_path: Path, voice_models: Path) -> Iterator[Shop]:
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(voice_models)
    with Jobs(tmp_path / "jobs") as jobs, Media(tmp_path / "media") as media:
        env = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "GREENLIGHT_DATA_DIR": str(data),
            "GREENLIGHT_DATABASE_URL": database_url,
            "REPLICATE_API_TOKEN": Replicate.key, "REPLICATE_BASE_URL": jobs.urls["replicate"],
            "FAL_KEY": Fal.key, "FAL_BASE_URL": jobs.urls["fal"],
            "GOOGLE_API_KEY": media.urls["google_key"], "GOOGLE_GEMINI_BASE_URL": media.urls["google"],
        }  # fmt: skip
        yield Shop(tmp_path, jobs, media, env)


def pictures_of(master: Path) -> list[np.ndarray[Any, Any]]:
    """Every twelfth frame."""
    with av.open(str(master)) as film:
        return [
            frame.to_ndarray(format="rgb24")
            for number, frame in enumerate(film.decode(video=0))
            if number % 12 == 0
        ]


def is_seen(job: str, frames: list[np.ndarray[Any, Any]]) -> bool:
    """Whether the colour that this job alone has is at the left edge of a frame, where no words lie."""
    edges = [frame[frame.shape[0] * 2 // 5, 4].astype(int) for frame in frames]
    return any(int(np.abs(edge - np.array(colour_of(job))).sum()) < NEAR for edge in edges)


def drew_the_corner(frames: list[np.ndarray[Any, Any]]) -> set[str | None]:
    """Who made the picture that a clip was begun with: the stand-ins put it in the corner, right above."""
    return {who_made(frame[: frame.shape[0] // 5, frame.shape[1] * 4 // 5 :]) for frame in frames}


def ids(rows: list[Order], stage: str) -> set[str]:
    """The provider's own ids of what was ordered in this stage."""
    return {row["external_id"].rpartition("/")[2] for row in rows if row["stage"] == stage}


async def test_keys_alone_spend_nothing(shop: Shop) -> None:
    """The price is said; a ceiling in the environment is nobody's word."""
    run = await shop.demo(shop.micro(), CEILING="9.00")
    assert run.returncode != 0
    assert "9 calls for $0.76" in run.stdout
    assert "waits at approve_budget" in run.stderr
    assert "--ceiling" in run.stderr
    assert (shop.books().orders(), shop.media.book()["invoices"]) == ([], [])


async def through_replicate(shop: Shop, *typed: str) -> None:
    run = await shop.demo(*typed)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    master, rows = shop.made()
    taken = shop.books().orders("replicate")
    assert {job.id for job in taken} == ids(rows, "take") | ids(rows, "storyboard")
    assert len(taken) == len(rows), "each once"
    frames = pictures_of(master)
    assert all(is_seen(job, frames) for job in ids(rows, "take"))
    nothing_else_was_sold(shop, rows, {"replicate"})


async def through_fal_and_google(shop: Shop, *typed: str) -> None:
    run = await shop.demo(*FAL_AND_GOOGLE, *typed)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    master, rows = shop.made()
    takes = ids(rows, "take")
    assert {job.id for job in shop.books().orders("fal")} == takes
    assert {row["provider"] for row in rows if row["stage"] == "storyboard"} == {"google"}
    frames = pictures_of(master)
    assert all(is_seen(job, frames) for job in takes)
    assert "google" in drew_the_corner(frames)
    nothing_else_was_sold(shop, rows, {"fal", "google"})


def nothing_else_was_sold(shop: Shop, rows: list[Order], to: set[str]) -> None:
    """By any vendor; and what was booked is what was quoted."""
    book = shop.media.book()
    sold = [(job.vendor, job.id) for job in shop.books().orders()]
    sold += [(job["vendor"], job["id"]) for job in book["jobs"]]
    assert {vendor for vendor, _ in sold} == {row["provider"] for row in rows} == to
    assert len(sold) == len(rows)
    assert len(shop.books().invoices) + len(book["invoices"]) == len(rows)
    assert all(row["state"] == "done" and row["cost_actual"] == row["cost_quoted"] > 0 for row in rows)


@pytest.mark.timeout(600)
@pytest.mark.nightly
async def test_a_small_demo_goes_through_fal_and_google(shop: Shop) -> None:
    await through_fal_and_google(shop, shop.micro(), "CEILING=4.00")


@pytest.mark.nightly
@pytest.mark.timeout(1800)
async def test_the_demo_goes_through_replicate(shop: Shop) -> None:
    """The whole one of `examples/`, by the models that it names."""
    await through_replicate(shop, "CEILING=25.00")


@pytest.mark.nightly
@pytest.mark.timeout(1800)
async def test_the_demo_goes_through_fal_and_google(shop: Shop) -> None:
    await through_fal_and_google(shop, "CEILING=40.00")
