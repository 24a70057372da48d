"""Cuts edited by dice, in the books: however far somebody goes back and on, a version is what it was."""

import pytest

from tests.unit.tools.cuts.cutting import an_opened_cut, session
from tools.cuts.book import CutBook
from tools.cuts.history import digest_of
from tools.db.pool import Database

BEGUN = """
insert into productions (user_id, graph, title) values ('local', 'novela', 't') returning production_id::text
"""
BATCH = 10


async def goes_back_and_on(database: Database, seed: int) -> None:
    made, cuts, _ = session(seed)
    digests = [digest_of(one) for one in cuts]
    row = await database.fetch_one(BEGUN)
    assert row is not None
    book, cut = CutBook(database), row["production_id"]
    await book.open(cut, an_opened_cut(), made_of="k", user_id="local")
    for first in range(0, len(made), BATCH):
        edited = await book.edit(cut, made[first : first + BATCH], user_id="local")
    assert edited.digest == digests[-1], seed
    back = 1 + seed % len(made)
    for way, count, there in ((book.undo, back, -1 - back), (book.redo, back, -1), (book.undo, len(made), 0)):
        at = await way(cut, user_id="local", count=count)
        assert (at.digest, digest_of(at.timeline)) == (digests[there], digests[there]), seed


async def test_undone_and_done_again_each_version_has_its_digest(database: Database) -> None:
    for seed in range(5000, 5012):
        await goes_back_and_on(database, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(20))
async def test_two_thousand_of_them(block: int, database: Database) -> None:
    for seed in range(6000 + block * 100, 6100 + block * 100):
        await goes_back_and_on(database, seed)
