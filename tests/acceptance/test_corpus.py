"""Productions that an earlier release left waiting, running or finished go on under this one.

`tests/corpus` holds one folder per release; `python -m tests.corpus.make` makes that of this version.
"""

import asyncio
import json
from pathlib import Path

import psycopg
import pytest

from graphs import GRAPHS
from tests.corpus.make import GATES, MADE_AGAIN
from tests.corpus.place import Kept, brought_back, opened, to_its_end, versions

BY_VERSION = pytest.mark.parametrize("version", versions(), ids=lambda folder: folder.name)


def test_there_is_a_corpus():
    assert versions()


@BY_VERSION
async def test_what_an_earlier_release_left_goes_on_to_its_end(version: Path, bare_url: str, tmp_path: Path):
    """Every gate answered, every film delivered, and nothing bought that was bought then."""
    async with brought_back(version, bare_url, tmp_path) as settings, opened(version, settings) as kept:
        wrong = {graph: await _all_ended(kept, cases) for graph, cases in kept.cases.items()}
        assert not any(wrong.values()), wrong
        assert kept.bought_again() == {}
        assert kept.bought_then.items() <= kept.farm.book.posts().items()
        assert len(kept.farm.book.posts()) > len(kept.bought_then), "they went on without buying anything"


async def _all_ended(kept: Kept, cases: dict[str, str]) -> dict[str, list[str]]:
    """What is wrong, by case; the gates are where they were before anything else is looked at."""
    for gate in GATES:
        await kept.walk(cases[gate]).to_gate(gate)
    assert (await kept.walk(cases["second_round"]).to_gate("review_storyboard"))["round"] == 2
    walks = {name: kept.walk(production_id) for name, production_id in cases.items()}
    ends = await asyncio.gather(*(to_its_end(walk) for name, walk in walks.items() if name != "finished"))
    names = (name for name in walks if name != "finished")
    await walks["finished"].to_end()
    return {name: wrong for name, wrong in zip(names, ends, strict=True) if wrong}


@pytest.mark.nightly
@BY_VERSION
async def test_a_renamed_field_of_the_state_is_noticed(version: Path, bare_url: str, tmp_path: Path):
    """The control: a release that calls the panels otherwise finds none, and draws or fails anew."""
    async with brought_back(version, bare_url, tmp_path) as settings:
        with psycopg.connect(bare_url) as connection:
            connection.execute("update checkpoint_blobs set channel = 'plates' where channel = 'panels'")
            connection.execute(
                "update checkpoints"
                " set checkpoint = replace(checkpoint::text, '\"panels\"', '\"plates\"')::jsonb"
            )
        async with opened(version, settings) as kept:
            wrong = await to_its_end(kept.walk(next(iter(kept.cases.values()))["review_scene"]))
            print("noticed:", wrong, kept.bought_again())
            assert wrong or kept.bought_again()


def test_the_newest_corpus_knows_every_graph():
    """Whoever adds a graph makes the corpus again; what asks nobody and buys nothing is started anew."""
    cases = json.loads((versions()[-1] / "cases.json").read_text())
    assert cases.keys() == GRAPHS.keys() - set(MADE_AGAIN)
