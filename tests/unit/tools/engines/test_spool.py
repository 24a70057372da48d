"""Answers that hold their file are kept whatever else goes on in their folder."""

import os
import time
from pathlib import Path

import pytest

from tools.engines.live.spool import KEPT_S, Spool

AGO_S = time.time() - KEPT_S - 1


async def nobody(name: str) -> None:
    """Takes no note."""


async def keep(spool: Spool, number: int = 0) -> str:
    key, extra = f"key {number}", {"n": number}
    return await spool.keep(b"an answer", call_key=key, suffix=".png", extra=extra, noting=nobody)


async def test_what_another_answer_moves_away_meanwhile_is_passed_over(tmp_path: Path) -> None:
    """There when the folder was listed, gone when it is looked at: as a link to nowhere is."""
    (tmp_path / ".part").symlink_to(tmp_path / "gone")
    spool = Spool(tmp_path, "somebody")
    kept = await spool.here(await keep(spool))
    assert kept is not None
    assert (await kept.file()).read_bytes() == b"an answer"


@pytest.mark.parametrize("old", [True, False])
async def test_what_nobody_came_for_in_a_week_is_dropped(tmp_path: Path, old: bool) -> None:
    spool = Spool(tmp_path, "somebody")
    left = tmp_path / "left.png"
    left.write_bytes(b"x")
    if old:
        os.utime(left, (AGO_S, AGO_S))
    await keep(spool)
    assert left.exists() is not old


async def test_an_id_is_told_before_anything_lies_under_it(tmp_path: Path) -> None:
    spool, told = Spool(tmp_path / "spool", "somebody"), list[tuple[str, bool]]()

    async def noting(name: str) -> None:
        told.append((name, (tmp_path / "spool").exists()))

    name = await spool.keep(b"an answer", call_key="key", suffix=".png", extra={}, noting=noting)
    assert told == [(name, False)]
