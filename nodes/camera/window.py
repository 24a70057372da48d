"""How many takes are made at once: a place is free as soon as a job has ended, and the next shot gets it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext
from typing import TypeVar

from nodes.parallel import as_far_as_now
from state.context import RunContext
from state.errors import LeaseLost
from state.film import ShootingState
from state.script import Shot
from state.take import Take
from tools.orders.homeward import Homeward, Way, current_homeward, homeward

T = TypeVar("T")
R = TypeVar("R")


def on_their_way(state: ShootingState) -> list[str]:
    """The keys of the orders that somebody has and nobody has brought home."""
    return [take.ticket.call_key for take in state.takes.values() if take.ticket]


def free_places(state: ShootingState, context: RunContext) -> int:
    """How many more may be ordered now. After a restart all on their way count, until asked about."""
    keys, house = on_their_way(state), current_homeward.get()
    taken = len(keys) if house is None else house.places_taken(keys)
    return max(0, context.max_parallel_takes - taken)


def fresh_shots(state: ShootingState, context: RunContext) -> list[Shot]:
    """Those that nobody has ordered yet under their current cause, and that can be."""
    waiting = state.shots_to_order(chained=context.chain_shots)
    return [shot for shot in waiting if not state.is_ordered(shot)]


async def hand_in(
    shots: Iterable[Shot],
    order: Callable[[Shot], Awaitable[Take | None]],
    *,
    state: ShootingState,
    context: RunContext,
) -> dict[str, Take]:
    """The takes that are ordered now, by slate; None is one that nobody has approved.

    Raises:
        GreenlightError: one cannot be ordered now, and nobody is on the way who has to come home first.
    """
    takes = dict[str, Take]()

    async def one(shot: Shot) -> None:
        if (take := await order(shot)) is not None:
            takes[str(shot.slate)] = take

    _, blocked = await as_far_as_now(shots, one, at_once=context.max_parallel_takes)
    if blocked and not _others_come_home(takes, state):
        raise blocked
    return takes


def _others_come_home(handed_in: Mapping[str, Take], state: ShootingState) -> bool:
    """One cannot be ordered now: whether others are on their way, who come home before the run pauses.

    What a provider has made it keeps for an hour, and a person may take a day.
    """
    waited_for = bool(handed_in or on_their_way(state))
    if (house := current_homeward.get()) is not None:
        house.holds = waited_for
    return waited_for


@asynccontextmanager
async def window(context: RunContext) -> AsyncIterator[Homeward]:
    """What is on its way in this run.

    Where nobody drives it (Studio, a script) nothing outlives a step, and a step waits for all of its own.
    """
    house = current_homeward.get()
    async with homeward() if house is None else nullcontext(house) as found:
        found.at_once = context.max_parallel_takes
        found.holds = found.holds or house is None
        yield found
        found.holds = False


async def as_they_come(
    ways: Mapping[str, Way[T]],
    arrive: Callable[[str, Way[T]], Awaitable[R]],
    *,
    house: Homeward,
    is_enough: Callable[[Mapping[str, R]], bool],
) -> dict[str, R]:
    """Take in who comes home, in the order of their coming, until all are there or it is enough for now.

    Raises:
        GreenlightError: some cannot be brought home now, or a person has to say what becomes of them; all
            others were. They are found done next time.
        Exception: what else one of them stumbled over, a bug of ours among it; all others were, too.
        LeaseLost: another process has the production. Nobody is waited for.
    """
    waiting, home, blocked = dict(ways), dict[str, R](), list[Exception]()
    while waiting:
        moves = house.moves()
        for item in [item for item, way in waiting.items() if way.is_home]:
            # As a value, whatever it is: a bug that one meets must not cut off what the others were paid for.
            [came] = await asyncio.gather(arrive(item, waiting.pop(item)), return_exceptions=True)
            if not isinstance(came, BaseException):
                home[item] = came
            elif isinstance(came, LeaseLost) or not isinstance(came, Exception):
                raise came
            else:
                blocked.append(came)
        if waiting and not blocked and is_enough(home):
            return home
        if waiting:
            await moves.wait()
    if blocked:
        raise blocked[0]
    return home
