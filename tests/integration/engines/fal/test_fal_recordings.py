"""Every answer of fal's that others quoted is played to the adapter, or it is said why not."""

import json
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from state.errors import ProviderError
from tests.contracts.handed import Handed
from tests.integration.engines.fal.fal_set import CANARY, KEY, Nowhere, Time, a_panel
from tests.standins.cassette_player import CASSETTES, Exchange, Player, exchanges
from tools.engines.fal import Fal

FILE = "fal/quoted_queue_and_errors.json"
ACCEPTED = {
    "submit_shape": "764cabcf-b745-4b3e-ae38-1200304cf45b",
    "webhook_submit_ack": "024ca5b1-45d3-4afd-883e-ad3abe2a1c4d",
}
FAILED = ("request_level_error",)


@asynccontextmanager
async def told(answer: Exchange) -> AsyncIterator[Handed]:
    """The adapter at a fal that has this one answer to an order."""
    player = Player([answer])
    await player.server.start()
    time = Time()
    engine = Fal(player.url, elsewhere=Nowhere(), clock=time)
    try:
        yield Handed(engine, CANARY, pause=time.sleep)
    finally:
        await engine.aclose()
        await player.server.stop()
    assert player.missed == []


@pytest.mark.parametrize("name", ACCEPTED)
async def test_a_quoted_yes_names_the_job(name: str) -> None:
    """The address in it is fal's own and not where we ask: the endpoint says where the job is."""
    (answer,) = exchanges(FILE, name)
    async with told(answer) as engine:
        assert await engine.submit(a_panel(), call_key=KEY) == f"fal-ai/flux/requests/{ACCEPTED[name]}"


async def test_the_address_of_a_job_counts_where_the_queue_lies() -> None:
    """Another app than the endpoint's: only the address can have told it."""
    (answer,) = exchanges(FILE, "submit_shape")
    player = Player([])
    await player.server.start()
    body = answer.body.replace(b"https://queue.fal.run/fal-ai/flux/", f"{player.url}/fal-ai/other/".encode())
    player.left.append(replace(answer, body=body))
    engine = Fal(player.url, elsewhere=Nowhere(), clock=Time())
    try:
        name = await Handed(engine, CANARY).submit(a_panel(), call_key=KEY)
    finally:
        await engine.aclose()
        await player.server.stop()
    assert name == f"fal-ai/other/requests/{ACCEPTED['submit_shape']}"


@pytest.mark.parametrize("name", FAILED)
async def test_a_quoted_failure_leaves_open_whether_the_job_was_taken(name: str) -> None:
    async with told(exchanges(FILE, name)[0]) as engine:
        with pytest.raises(ProviderError, match="Request timed out") as caught:
            await engine.submit(a_panel(), call_key=KEY)
    assert caught.value.kind == "ambiguous"


def test_every_quotation_is_played_or_excused() -> None:
    there = {one["name"] for one in json.loads((CASSETTES / FILE).read_text())["responses"]}
    excused = tomllib.loads((CASSETTES / "not_used.toml").read_text())["fal"]
    assert there == {*ACCEPTED, *FAILED}
    assert {file.name for file in (CASSETTES / "fal").iterdir()} == {Path(FILE).name}
    assert not {file.name for file in (CASSETTES / "fal").iterdir()} & set(excused)
