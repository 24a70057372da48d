"""What an archive says of its knobs: this place's word holds where money is spent without asking."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from server.archives.terms import terms_here
from server.runs.asked import RunOptions
from tests.archives import changed_rows, members, rows
from tests.integration.archives.conftest import Server

LAVISH = {
    "review": "auto", "ceiling_usd": "25.000001", "preproduction_usd": "0.000001",
    "text_allowance_usd": "2.000001", "user_id": "somebody",
}  # fmt: skip
MODEST = {
    "review": "ask", "ceiling_usd": "25.00", "preproduction_usd": "0.00", "text_allowance_usd": "2.00",
    "user_id": "local",
}  # fmt: skip
LITTLE = {"review": "ask", "ceiling_usd": "3.00", "text_allowance_usd": "0.50", "substitution": "any"}


async def brought(here: Server, there: Server, context: dict[str, Any], micros: int) -> dict[str, Any]:
    production = await here.gated()
    said = {"context": context, "ceiling_micros": micros}
    archive = changed_rows(await here.export(production), "production", lambda kept: kept[0].update(said))
    await there.bring(archive)
    [row] = await there.sql("select context, ceiling_micros from productions")
    return row


async def test_it_asks_and_spends_no_more_than_is_usual_here(here: Server, there: Server):
    """To the micro-dollar."""
    row = await brought(here, there, LAVISH, 25_000_001)
    assert row == {"context": MODEST, "ceiling_micros": 25_000_000}


async def test_what_it_says_of_less_stays(here: Server, there: Server):
    row = await brought(here, there, LITTLE, 3_000_000)
    assert row == {"context": LITTLE | {"user_id": "local"}, "ceiling_micros": 3_000_000}
    assert terms_here(MODEST) == terms_here({}) == {}


@pytest.mark.parametrize("review", ["auto", "ask"])
async def test_a_replay_goes_the_way_that_its_runs_went(here: Server, there: Server, review: str):
    """It buys nothing; no other run goes by what these remember."""
    production = await here.gated()
    await here.sql("update productions set context = context || %s", [Jsonb({"review": review})])
    archive = await here.export(production)
    await there.bring(archive)
    [run] = await there.sql("select options from runs")
    told = RunOptions.model_validate(run["options"]).context
    assert told == ({"review": "auto"} if review == "auto" else {})
    again = await there.export(production)
    assert rows(again, "production")[0]["context"]["review"] == "ask"
    assert (members(again) == members(archive)) == (review == "ask")


async def test_a_number_is_spelled_as_it_is_here(here: Server, there: Server):
    row = await brought(here, there, {"words_per_minute": "160", "ceiling_usd": "3"}, 3_000_000)
    assert row["context"] == {"words_per_minute": 160, "ceiling_usd": "3.00", "user_id": "local"}
