"""Copies of a bucket's media: bounded, and never gone while somebody reads them."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tools.media import cache as copies
from tools.media.cache import IN_HAND_S, KEPT_S, MediaCache


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def opened(tmp_path: Path, clock: FakeClock) -> Iterator[Callable[[], MediaCache]]:
    """As one process after the other opens it; all of them end with the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(MediaCache.open(tmp_path, limit_bytes=100, clock=clock)))


@pytest.fixture
def cache(opened: Callable[[], MediaCache]) -> MediaCache:
    return opened()


def add(cache: MediaCache, name: str, size: int = 40) -> Path:
    fresh = cache.incoming / name
    fresh.write_bytes(b"x" * size)
    return cache.adopt(f"image/ana/{name}", fresh)


def kept(cache: MediaCache) -> set[str]:
    return {path.name for path in cache.folder.glob("image/ana/*")}


def later(clock: FakeClock, seconds: float = IN_HAND_S + 1) -> None:
    clock.passed_s += seconds


def test_the_least_recently_used_go_first(cache: MediaCache, clock: FakeClock):
    for name in ("a", "b"):
        add(cache, name)
        later(clock)
    cache.find("image/ana/a")
    later(clock)

    add(cache, "c")

    assert kept(cache) == {"a", "c"}


def test_a_path_that_somebody_holds_keeps_its_file(cache: MediaCache, clock: FakeClock):
    held = add(cache, "a")
    add(cache, "b")
    later(clock)

    add(cache, "c", size=90)

    assert kept(cache) == {"a", "c"}
    assert held.read_bytes() == b"x" * 40


def test_without_its_holder_the_same_file_goes(cache: MediaCache, clock: FakeClock):
    """The control of the one above."""
    add(cache, "a")
    add(cache, "b")
    later(clock)

    add(cache, "c", size=90)

    assert kept(cache) == {"c"}


def test_what_was_just_asked_for_stays_also_as_a_text(cache: MediaCache):
    for name in ("a", "b", "c"):
        add(cache, name)
    assert kept(cache) == {"a", "b", "c"}


def test_what_nobody_wants_for_a_day_goes_below_the_limit_too(cache: MediaCache, clock: FakeClock):
    add(cache, "a")
    later(clock, KEPT_S + 1)

    cache.sweep()

    assert kept(cache) == set()


def test_processes_have_folders_of_their_own_and_inherit_what_is_left(opened: Callable[[], MediaCache]):
    first, second = opened(), opened()
    add(first, "a")
    assert first.folder != second.folder

    first.close()
    third = opened()

    assert third.folder == first.folder
    assert third.find("image/ana/a") is not None


def test_a_folder_that_no_process_used_for_a_day_is_emptied(
    opened: Callable[[], MediaCache], clock: FakeClock
):
    first, second, third = opened(), opened(), opened()
    add(third, "a")
    second.close(), third.close()
    old = clock.now().timestamp() - KEPT_S - 1
    for number in ("1", "3"):
        os.utime(first.folder.with_name(f"{number}.lock"), (old, old))

    assert opened().folder == second.folder
    assert not third.folder.exists()
    assert first.folder.exists(), "it is held, however old its lock is"


def test_a_full_disk_takes_copies_away_first(
    cache: MediaCache, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    for name in ("a", "b"):
        add(cache, name)
        later(clock)
    free = iter([0, 0, 50])
    usage = type("Usage", (), {"free": property(lambda _: next(free))})
    monkeypatch.setattr(copies.shutil, "disk_usage", lambda _: usage())

    cache.make_room(50)

    assert kept(cache) == {"b"}
