"""The loops of faults, at any size: what each of them plays, and what it says of it afterwards."""

from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import DOOR_POINTS, WORK_POINTS, Deck, dealt
from tests.acceptance.faults.incidents import percentiles, table


async def play(day: DaySet, seed: int, action: str, *, workers: int, doors: int, at_once: int = 4) -> str:
    """Play so many faults of one kind at named points: of two workers, a door, and a house that is both."""
    at_work = Deck(dealt(seed, WORK_POINTS, workers, action=action))
    at_doors = Deck(dealt(seed, DOOR_POINTS, doors, action=action))
    day.crew.dice.seed(seed)
    day.crew.seat("m0", "work", deck=at_work)
    # Of those who can stand still one always is awake: nobody else would go on.
    day.crew.seat("m1", "work", deck=None if action == "freeze" else at_work)
    # The house draws first: a fault of one that works, too, goes off soon; a mere door may wait for days.
    day.crew.seat("house", "serve", deck=at_doors)
    day.crew.seat("door", "serve", "--no-work", deck=at_doors)
    await day.days(until=lambda: len(day.incidents()) >= workers + doors, at_once=at_once)
    return await told(day, seed)


async def play_one(day: DaySet, fault: str) -> None:
    """One fault of one worker; another one is there to go on."""
    day.crew.seat("m0", "work", deck=Deck([fault]))
    day.crew.seat("m1", "work")
    day.crew.seat("door", "serve", "--no-work")
    await day.days(until=lambda: len(day.incidents()) >= 1, at_once=2)


async def told(day: DaySet, seed: int) -> str:
    """What happened, in words."""
    waited, incidents = await day.pauses(), day.incidents()
    p50, p95 = percentiles(waited)
    return (
        f"SOAK_SEED={seed}: {len(incidents)} faults, {len(day.made)} productions,"
        f" {day.posts().total()} orders, {day.failed.total()} failed runs {dict(day.failed)};"
        f" until what was hit moved again: {len(waited)} times,"
        f" p50 {p50:.2f} s, p95 {p95:.2f} s, longest {max(waited, default=0):.2f} s\n{table(incidents)}"
    )
