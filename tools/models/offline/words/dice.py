"""Choices that always fall the same way: every one is a digest of the brief and of what it is for."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Dice:
    """Seeded choices without state, so that the order of asking changes nothing."""

    seed: str

    def number(self, *purpose: object) -> int:
        """A large number that depends on the seed and the purpose only."""
        text = "/".join((self.seed, *map(str, purpose)))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")

    def pick(self, items: Sequence[T], *purpose: object) -> T:
        """One of the items; there must be at least one."""
        return items[self.number(*purpose) % len(items)]

    def order(self, items: Sequence[T], *purpose: object) -> list[T]:
        """All items in an order of their own."""
        return [
            item
            for _, item in sorted(enumerate(items), key=lambda pair: self.number(*purpose, pair[0], "order"))
        ]

    def child(self, *purpose: object) -> "Dice":
        """Dice for a part of the work, independent of all other parts."""
        return Dice("/".join((self.seed, *map(str, purpose))))
