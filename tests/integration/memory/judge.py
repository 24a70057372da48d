"""What has grown, told from one row of figures per minute."""

from collections.abc import Mapping, Sequence

EARLY, LATE = 8, 20
"""The minutes that are compared: by the first one all caches are full."""
MEMORY = 1.02
COUNTS_SLACK = 2
"""Pools and threads come and go by one or two; a leak of one in five minutes is more than that."""
OBJECTS_SLACK = 1000
"""After a collection Python's objects come and go by some hundreds."""
IN_MEMORY, SHOWN = "rss_mib", "pss_mib"
"""What is compared by ratio, and what is not compared: its share of a library grows when others end."""
Minute = Mapping[str, float]


def grown(minutes: Sequence[Minute], *, early: int = EARLY, late: int = LATE) -> list[str]:
    """What is more at the late minute than it may be, in words.

    Memory and objects are held against the early minute itself, a count against the most it was until then.
    """
    if len(minutes) < late:
        return [f"{len(minutes)} minutes of {late} were seen"]
    until_then, at_end = minutes[:early], minutes[late - 1]
    return [
        f"{name}: {at_end[name]:.1f} at minute {late}, at most {bound:.1f} is allowed"
        for name in at_end
        if name != SHOWN and at_end[name] > (bound := _bound(name, [minute[name] for minute in until_then]))
    ]


def _bound(name: str, seen: Sequence[float]) -> float:
    if name == IN_MEMORY:
        return seen[-1] * MEMORY
    return seen[-1] + OBJECTS_SLACK if name == "objects" else max(seen) + COUNTS_SLACK


def table(minutes: Sequence[Minute]) -> str:
    """A line per minute."""
    names = list(minutes[0])
    lines = ["minute " + " ".join(f"{name:>11}" for name in names)]
    for number, minute in enumerate(minutes, start=1):
        lines.append(f"{number:6} " + " ".join(f"{minute[name]:11.1f}" for name in names))
    return "\n".join(lines)
