"""On which side of a picture everybody stands."""

from collections.abc import Sequence


def sides_of(names: Sequence[str], order: Sequence[str], *, turned: bool) -> dict[str, int]:
    """Where those of a shot stand: 0 left, 1 right, 2 between; two never in one place."""
    taken: dict[int, str] = {}
    for name in sorted(names, key=order.index):
        side = min(order.index(name), 2)
        side = 1 - side if turned and side < 2 else side  # the third stands between
        free = side if side not in taken else next(at for at in (0, 1, 2) if at not in taken)
        taken[free] = name
    if len(taken) == 2 and 2 in taken:
        # Two have the two sides; the third keeps to one of them for the whole scene, across from the lead.
        other, lead = next(at for at in taken if at != 2), 1 if turned else 0
        if other == lead:
            taken[1 - other] = taken.pop(2)
    return {name: side for side, name in taken.items()}
