"""S1-04 is asserted by `make bench`: its bound can be broken, and silence is no first word."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from benchmarks.agents import FIRST_AT_ALL_MS, FIRST_MS, Table, heard_in_run


class Server:
    """Tells a run's stream."""

    def __init__(self, *told: bytes) -> None:
        self.told = told

    async def events(self, assistant: str, **asked: Any) -> AsyncIterator[tuple[float, bytes]]:
        for one in self.told:
            yield 0.0, one


@pytest.mark.parametrize(("late_ms", "good"), [(1000.0, True), (1000.1, False)])
def test_a_first_word_after_a_second_breaks_the_bench(late_ms: float, good: bool) -> None:
    assert (FIRST_MS, FIRST_AT_ALL_MS) == (20.0, 1000.0)
    table = Table()
    table.line("first words", None, late_ms, "ms", FIRST_AT_ALL_MS)
    table.line("what comes after", None, 0.0, "ms", FIRST_AT_ALL_MS)
    assert table.good is good


async def test_who_hears_no_word_has_not_heard_it_early() -> None:
    server: Any = Server(b'{"userMessage": "It is')
    assert await heard_in_run(server, "t", {}) > 0
    silent: Any = Server(b"{}")
    with pytest.raises(AssertionError, match="without a word"):
        await heard_in_run(silent, "t", {})
