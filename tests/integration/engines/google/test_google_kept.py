"""What was paid for and answered survives the process that asked, and is found by its order (S5-056)."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from state.errors import ProviderFailed
from state.order import Medium
from tests.contracts.handed import Handed
from tests.fakes import Crash
from tests.integration.engines.google.ordering import KEY, Shop, asked
from tests.standins.media_vendors.faults import nothing_made
from tools.engines.base import CannotTell
from tools.engines.live.spool import Spool

BEFORE = datetime.now(UTC) - timedelta(minutes=2)


@pytest.mark.parametrize("medium", ["image", "voice"])
async def test_an_answer_whose_id_was_lost_is_found_by_its_order(
    shop: Shop, tmp_path: Path, medium: Medium
) -> None:
    """The process dies between the answer and storing its id; the next one finds the file, at no cost."""
    lost = await shop.as_called().submit(asked(medium), call_key=KEY)
    other = shop.another()
    handed = Handed(other, shop.vendors.google.key)
    (found,) = await handed.find(asked(medium), call_key=KEY, since=BEFORE)
    assert found == lost
    assert (await handed.fetch(found, tmp_path / "into")).path.stat().st_size > 0
    assert shop.posted == 1
    await other.aclose()


async def test_an_answer_that_was_kept_in_the_moment_of_a_kill_is_found(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noted after it was kept, nobody would find it."""
    keeps = Spool._keep

    def killed(spool: Spool, *answer: Any) -> None:
        keeps(spool, *answer)
        raise Crash

    monkeypatch.setattr(Spool, "_keep", killed)
    engine = shop.as_called()
    with pytest.raises(Crash):
        await engine.submit(asked("image"), call_key=KEY)
    (found,) = await engine.find(asked("image"), call_key=KEY, since=BEFORE)
    assert (await engine.status(found)).state == "succeeded"


async def test_what_failed_is_found_as_well(shop: Shop) -> None:
    shop.vendors.google.faults.append(nothing_made())
    engine = shop.as_called()
    await engine.submit(asked("image"), call_key=KEY)
    (found,) = await engine.find(asked("image"), call_key=KEY, since=BEFORE)
    assert (await engine.status(found)).kind == "bad_output"


@pytest.mark.parametrize("asked_by", ["status", "fetch"])
async def test_an_answer_that_was_asked_for_by_its_id_is_not_lost(
    shop: Shop, tmp_path: Path, asked_by: str
) -> None:
    """Otherwise a second attempt of the same order, lost on its way, would be taken for the first."""
    engine = shop.as_called()
    name = await engine.submit(asked("image"), call_key=KEY)
    if asked_by == "status":
        await engine.status(name)
    else:
        await engine.fetch(name, tmp_path)
    with pytest.raises(CannotTell):
        await engine.find(asked("image"), call_key=KEY, since=BEFORE)


async def test_only_answers_to_this_order_since_then_are_found(shop: Shop) -> None:
    engine = shop.as_called()
    await engine.submit(asked("image"), call_key=KEY)
    later = datetime.now(UTC) + timedelta(minutes=1)
    for key, since in ((f"{KEY}2", BEFORE), (KEY, later)):
        with pytest.raises(CannotTell):
            await engine.find(asked("image"), call_key=key, since=since)


async def test_another_machine_cannot_tell(shop: Shop, tmp_path: Path) -> None:
    name = await shop.as_called().submit(asked("image"), call_key=KEY)
    other = shop.another(tmp_path / "another spool")
    handed = Handed(other, shop.vendors.google.key)
    with pytest.raises(CannotTell):
        await handed.find(asked("image"), call_key=KEY, since=BEFORE)
    with pytest.raises(ProviderFailed) as caught:
        await handed.wait(name)
    assert caught.value.kind == "expired"
    await other.aclose()


async def test_two_fetches_at_once_are_two_whole_files(shop: Shop, tmp_path: Path) -> None:
    engine = shop.as_called()
    name = await engine.submit(asked("image"), call_key=KEY)
    folders = [tmp_path / str(number) for number in range(2)]
    one, two = await asyncio.gather(*(engine.fetch(name, folder) for folder in folders))
    assert one.path.read_bytes() == two.path.read_bytes() != b""


async def test_an_answer_that_cannot_be_noted_is_kept_all_the_same(shop: Shop, tmp_path: Path) -> None:
    shop.spool.mkdir(parents=True)
    (shop.spool / "unclaimed").write_text("a file where the folder should be")
    assert (await shop.gets(asked("image"), tmp_path / "into")).path.is_file()


async def test_a_clip_that_cannot_be_noted_is_fetched_all_the_same(shop: Shop, tmp_path: Path) -> None:
    """What is lost is that it can be extended, not the clip that was paid for."""
    shop.spool.mkdir(parents=True)
    (shop.spool / "clips").write_text("a file where the folder should be")
    assert (await shop.gets(asked("video"), tmp_path / "into")).path.is_file()
