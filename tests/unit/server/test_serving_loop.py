"""The loop on which a server runs."""

import asyncio

import pytest

from server.serve import run_loop


def test_a_server_runs_on_the_fast_loop_where_there_is_one() -> None:
    """Uvicorn's own choice has no say: it is started inside a loop that is there already."""
    fast = pytest.importorskip("uvloop").Loop

    async def served() -> None:
        assert isinstance(asyncio.get_running_loop(), fast)

    run_loop(served())
