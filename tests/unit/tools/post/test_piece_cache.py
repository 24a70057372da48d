"""Rendered pieces that are kept: bounded, whole or not at all, and never a reason to fail."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tools.post.piece_cache import KEPT_S, PieceCache, forget_pieces, sweep_pieces

DIGESTS = [letter * 64 for letter in "abcd"]


def _file(folder: Path, content: bytes = b"x" * 100) -> Path:
    path = folder / f"made-{len(list(folder.iterdir()))}.mp4"
    path.write_bytes(content)
    return path


def _taken(cache: PieceCache, folder: Path) -> list[bool]:
    return [cache.take(digest, folder / f"taken-{number}") for number, digest in enumerate(DIGESTS)]


def test_what_is_kept_is_given_back(tmp_path):
    cache = PieceCache(tmp_path / "ana")
    cache.keep(DIGESTS[0], _file(tmp_path, b"a film"))
    assert _taken(cache, tmp_path) == [True, False, False, False]
    assert (tmp_path / "taken-0").read_bytes() == b"a film"


def test_the_least_recently_used_goes_first(tmp_path):
    clock = FakeClock()
    cache = PieceCache(tmp_path / "ana", limit_bytes=250, clock=clock)
    for number in (0, 1):
        cache.keep(DIGESTS[number], _file(tmp_path, bytes([number]) * 100))
        clock.passed_s += 1
    assert cache.take(DIGESTS[0], tmp_path / "used")
    clock.passed_s += 1
    cache.keep(DIGESTS[2], _file(tmp_path, b"2" * 100))
    assert _taken(cache, tmp_path) == [True, False, True, False]


def test_what_nobody_asked_for_in_a_day_goes(tmp_path):
    clock = FakeClock()
    cache = PieceCache(tmp_path / "ana", clock=clock)
    cache.keep(DIGESTS[0], _file(tmp_path))
    clock.passed_s += KEPT_S + 1
    cache.keep(DIGESTS[1], _file(tmp_path))
    assert _taken(cache, tmp_path) == [False, True, False, False]


def test_a_damaged_file_is_removed_and_not_given(tmp_path):
    cache = PieceCache(tmp_path / "ana")
    cache.keep(DIGESTS[0], _file(tmp_path))
    [kept] = (tmp_path / "ana").iterdir()
    kept.unlink()
    kept.write_bytes(b"y" * 100)
    assert not cache.take(DIGESTS[0], tmp_path / "taken")
    assert not (tmp_path / "taken").exists()
    assert list((tmp_path / "ana").iterdir()) == []


@pytest.mark.parametrize("place", ["a full disk", "no folder", "gone"])
def test_where_nothing_can_be_kept_nothing_fails(tmp_path, place):
    folder, free = tmp_path / "ana", 1 << 60 if place == "a full disk" else 0
    made = _file(tmp_path)
    if place == "no folder":
        folder.write_text("a file")
    if place == "gone":
        made.unlink()
    cache = PieceCache(folder, free_bytes=free)
    cache.keep(DIGESTS[0], made)
    assert not cache.take(DIGESTS[0], tmp_path / "taken")


def test_nobody_gets_what_another_kept(tmp_path):
    PieceCache(tmp_path / "ana").keep(DIGESTS[0], _file(tmp_path))
    assert not PieceCache(tmp_path / "ben").take(DIGESTS[0], tmp_path / "taken")


def test_forgetting_a_user_leaves_the_others(tmp_path):
    for user in ("ana", "ben"):
        PieceCache(tmp_path / "kept" / user).keep(DIGESTS[0], _file(tmp_path))
    for _ in range(2):
        forget_pieces(tmp_path / "kept", "ana")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["ben"]


def test_folders_of_users_who_stay_away_are_emptied(tmp_path):
    long_ago = FakeClock()
    long_ago.started = datetime(2020, 1, 1, tzinfo=UTC)
    PieceCache(tmp_path / "kept" / "ana", clock=long_ago).keep(DIGESTS[0], _file(tmp_path))
    PieceCache(tmp_path / "kept" / "ben").keep(DIGESTS[0], _file(tmp_path))
    sweep_pieces(tmp_path / "kept")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["ben"]
