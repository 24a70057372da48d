"""Which faults are played: all chosen by one seed before anything begins."""

import os
import random
from collections.abc import Iterable, Sequence

from tools.faults import POINTS, actions_at

DOOR_POINTS = ("after_accept", "in_projection")
"""What a process passes that only answers requests."""
WORK_POINTS = tuple(point for point in POINTS if point != "after_accept")
HITS = {
    "before_checkpoint": 8, "after_checkpoint": 8, "before_events": 8, "after_events": 8, "after_accept": 3,
    "before_hand_back": 1,
}  # fmt: skip
"""Where others than the first two hits mean something of their own; a process drains once."""


def seed_of_today() -> int:
    """The seed that `SOAK_SEED` names, else a new one."""
    return int(os.environ.get("SOAK_SEED") or random.SystemRandom().randrange(2**32))


class Deck:
    """Faults in the order in which they are drawn; which seat draws which is up to the processes."""

    def __init__(self, faults: Iterable[str]) -> None:
        self._left = list(reversed(list(faults)))

    def draw(self) -> str | None:
        return self._left.pop() if self._left else None

    def put_back(self, fault: str) -> None:
        """Nothing came of it: somebody else tries."""
        self._left.insert(0, fault)


def dealt(seed: int, points: Sequence[str], size: int, *, action: str) -> list[str]:
    """So many faults: every point as often as every other, in any order, each at any of its hits."""
    dice = random.Random(f"{seed} {action} {points}")  # noqa: S311  # not for secrets: to be repeated
    points = [point for point in points if action.partition(":")[0] in actions_at(point)]
    chosen: list[str] = []
    while len(chosen) < size:
        chosen += dice.sample(list(points), min(len(points), size - len(chosen)))
    return [f"{point}:{dice.randint(1, HITS.get(point, 2))}={action}" for point in chosen]
