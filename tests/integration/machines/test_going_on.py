"""What was made stays made: after a kill in the middle, and after a failure that somebody mended."""

import asyncio
import signal

from tests.integration.machines.conftest import PATIENCE_S, USER, Machines
from tests.integration.machines.test_cut_link import SHORT

FIVE = [f"storyboard:{number}A:first" for number in range(1, 6)]


def bought(machines: Machines, production: str) -> dict[str, int]:
    """How often each item was sent, by the provider's own book."""
    return {key.removeprefix(f"{production}:"): times for key, times in sorted(machines.posts().items())}


async def test_killed_after_clip_two_of_five_three_more_are_bought(machines: Machines) -> None:
    """S5-015: a kill -9 with two in the store, and another process for the rest."""
    production = await machines.shop(5)
    (machines.folder / "first").mkdir()
    (machines.folder / "first" / "faults.log").touch()
    first = machines.start("first", GREENLIGHT_FAULT="before_intent:3", **SHORT)
    assert await first.wait() == -signal.SIGKILL
    assert bought(machines, production) == dict.fromkeys(FIVE[:2], 1)

    second = machines.start("second", **SHORT)
    assert await machines.ended(production) == "completed"
    await machines.stop(second)
    assert bought(machines, production) == dict.fromkeys(FIVE, 1)


async def test_a_production_that_met_an_empty_account_goes_on_from_there(machines: Machines) -> None:
    """S4-099: it stands still, goes on when it is resumed, and what was made is not paid again."""
    trouble = machines.folder / "no-credit-for-3A"
    trouble.touch()
    production = await machines.shop(5)
    only = machines.start("only", **SHORT)
    await machines.paused(production)
    assert bought(machines, production) == dict.fromkeys(FIVE[:2], 1)

    trouble.unlink()
    position = (await machines.events.read(production, after=0))[1]["last_seq"]
    await machines.runs.resume(user_id=USER, production_id=production)
    async with asyncio.timeout(PATIENCE_S):
        ends = [one.ends async for one in machines.events.follow(production, after=position, until_end=True)]
    assert ends[-1] == "completed"
    await machines.stop(only)
    assert bought(machines, production) == dict.fromkeys(FIVE, 1)
