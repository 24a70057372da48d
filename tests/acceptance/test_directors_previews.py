"""Who draws the storyboard at fal: previews, remasters, and what the flag puts in their place."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from state.tier import Tier
from tests.acceptance.studio_lot import begin, house
from tests.standins.job_vendors import job_vendors_here

SCHNELL, DEV, IMAGEN = "fal-ai/flux/schnell", "fal-ai/flux/dev", "fal-ai/imagen3/fast"


@pytest.mark.parametrize(
    ("force_remaster", "imagen3", "tier", "endpoint"),
    [
        (None, False, "final", SCHNELL), (True, False, "final", DEV), (None, True, "final", IMAGEN),
        pytest.param(True, True, "final", DEV, marks=pytest.mark.nightly),
        pytest.param(True, False, "draft", SCHNELL, marks=pytest.mark.nightly),
    ],
)  # fmt: skip
async def test_what_draws_is_quoted_asked_and_booked_as_one(
    database_url: str, tmp_path: Path, voice_models: Path, force_remaster: bool | None, imagen3: bool,
    tier: Tier, endpoint: str,
) -> None:  # fmt: skip
    """S3-03, S3-04, S3-06: counted in the books of who sells."""
    async with AsyncExitStack() as stack:
        jobs = await stack.enter_async_context(job_vendors_here())
        parts = await stack.enter_async_context(
            house(
                database_url,
                tmp_path / "data",
                voice_models,
                remembers=True,
                fal_key=jobs.fal.key,
                fal_base_url=jobs.fal.url,
                enable_imagen3=imagen3,
            )
        )
        context = (
            {"tier": tier} if force_remaster is None else {"tier": tier, "force_remaster": force_remaster}
        )
        walk = await begin(parts, context=context, image_model="fal-flux-schnell")
        quote = (await walk.to_gate("approve_budget"))["quote"]
        await walk.answer()
        await walk.to_gate("review_storyboard")
        drawn = jobs.books.orders("fal")
        assert {job.model for job in drawn} == {endpoint}
        assert len(drawn) == 3, "one for each panel"
        assert not any(job.ignored for job in drawn)
        booked = [row for row in await walk.orders() if row["stage"] == "storyboard"]
        quoted = [call for call in quote["calls"] if call["stage"] == "storyboard"]
        assert {row["model"] for row in booked} == {call["model"] for call in quoted}
        assert all(row["cost_actual"] == row["cost_quoted"] > 0 for row in booked)
