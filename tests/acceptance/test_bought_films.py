"""The micro-episode bought at the stand-ins of real engines: what is in the master is what they made."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from server.composition import Parts
from tests.acceptance.studio_lot import Walk, begin, house
from tests.standins.job_vendors import JobVendors, colour_of, job_vendors_here
from tests.standins.media_vendors.looks import who_made
from tests.standins.model_vendors import Vendors, model_vendors_here

AUTO: dict[str, Any] = {"review": "auto", "context": {"auto_approve_usd": "9.00"}}
NEAR = 50
"""Of three channels together: the master is encoded."""


class Lot:
    """A house whose engines ask the stand-ins, and the vendors behind them."""

    def __init__(self, parts: Parts, jobs: JobVendors, media: Vendors) -> None:
        self.parts, self.jobs, self.media = parts, jobs, media


async def lot(stack: AsyncExitStack, database_url: str, folder: Path, models: Path, *sold: str) -> Lot:
    """With the keys of these providers alone."""
    jobs = await stack.enter_async_context(job_vendors_here())
    media = await stack.enter_async_context(model_vendors_here())
    keys = {
        "replicate": {"replicate_api_token": jobs.replicate.key, "replicate_base_url": jobs.replicate.url},
        "fal": {"fal_key": jobs.fal.key, "fal_base_url": jobs.fal.url},
        "google": {"google_api_key": media.google.key, "google_base_url": media.google.url},
        "openai": {"openai_api_key": media.openai.key, "openai_base_url": f"{media.openai.url}/v1"},
    }
    chosen = {name: value for one in sold for name, value in keys[one].items()}
    opened = house(database_url, folder, models, remembers=True, cuts_anew=True, **chosen)
    parts = await stack.enter_async_context(opened)
    return Lot(parts, jobs, media)


async def made(walk: Walk) -> tuple[list[dict[str, Any]], Path]:
    """The paid orders, and the master."""
    state = await walk.to_end()
    files = (state.values or {})["deliverables"]
    path = await walk.parts.tools.media.get(files["master.mp4"]["key"])
    return [
        row for row in await walk.orders() if row["provider"] != "previz" and row["kind"] == "engine"
    ], path


def shown(master: Path) -> list[np.ndarray[Any, Any]]:
    """The colour at the left edge of every twelfth frame, where no words lie and nothing moves."""
    with av.open(str(master)) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    return [frame[frame.shape[0] * 2 // 5, 4].astype(int) for frame in frames[::12]]


def in_the_master(colour: tuple[int, int, int], master: Path) -> bool:
    return any(int(np.abs(one - np.array(colour)).sum()) < NEAR for one in shown(master))


async def test_replicate_draws_and_shoots_it(database_url: str, tmp_path: Path, voice_models: Path) -> None:
    async with AsyncExitStack() as stack:
        here = await lot(stack, database_url, tmp_path / "data", voice_models, "replicate")
        walk = await begin(
            here.parts, **AUTO, model_id="wan-2.5-t2v-fast", image_model="flux-schnell", resolution="480p"
        )
        rows, master = await made(walk)
        jobs = {job.id: job for job in here.jobs.books.orders("replicate")}
        assert {row["external_id"] for row in rows} == set(jobs)
        assert len(jobs) == 6, "three panels and three takes, each once"
        assert not any(job.ignored for job in jobs.values()), "nothing was sent that the models do not know"
        takes = [row["external_id"] for row in rows if row["stage"] == "take"]
        assert all(in_the_master(colour_of(job), master) for job in takes)
        assert not in_the_master((250, 20, 250), master), "a colour that no job has"
        assert all(row["cost_actual"] == row["cost_quoted"] > 0 for row in rows)


async def test_google_draws_it_and_fal_shoots_what_was_drawn(
    database_url: str, tmp_path: Path, voice_models: Path
) -> None:
    async with AsyncExitStack() as stack:
        here = await lot(stack, database_url, tmp_path / "data", voice_models, "fal", "google")
        walk = await begin(
            here.parts, **AUTO, model_id="kling-2.5-turbo", image_model="google-nano-banana",
            resolution="480p",
        )  # fmt: skip
        rows, master = await made(walk)
        takes = {row["external_id"].rpartition("/")[2] for row in rows if row["stage"] == "take"}
        assert takes == {job.id for job in here.jobs.books.orders("fal")}
        assert all(in_the_master(colour_of(job), master) for job in takes)
        drawn = [row for row in rows if row["stage"] == "storyboard"]
        assert {row["provider"] for row in drawn} == {"google"}
        assert all([await _googles(here, row) for row in drawn])
        begun = [row["request"]["first_frame"]["sha256"] for row in rows if row["stage"] == "take"]
        assert sorted(begun) == sorted(row["sha256"] for row in drawn), "each take begins with its panel"


@pytest.mark.parametrize("sold", [pytest.param((), marks=pytest.mark.nightly), ("fal", "google")])
async def test_without_the_key_of_its_provider_nobody_is_asked(
    database_url: str, tmp_path: Path, voice_models: Path, sold: tuple[str, ...]
) -> None:
    """It is drawn here, and said to be."""
    async with AsyncExitStack() as stack:
        here = await lot(stack, database_url, tmp_path / "data", voice_models, *sold)
        walk = await begin(here.parts, model_id="wan-2.5-t2v-fast", resolution="480p")
        gate = await walk.to_gate("approve_budget")
        assert {call["provider"] for call in gate["quote"]["calls"]} == {"previz"}
        assert "On wan-2.5-t2v-fast and flux-schnell it would cost" in gate["items"][0]["text"]
        assert (here.jobs.books.orders(), here.jobs.books.posts("replicate")) == ([], [])


async def _googles(here: Lot, row: dict[str, Any]) -> bool:
    from PIL import Image

    path = await here.parts.tools.media.get(row["media"]["key"])
    return who_made(Image.open(path)) == "google"
