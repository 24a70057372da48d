"""What a set always has: `furnished.toml` lists it, as it is drawn in `previz/sets`."""

import tomllib
from functools import lru_cache
from pathlib import Path

from state.script import SetKind, ShotSize

LIST = Path(__file__).parent / "furnished.toml"
WHOLE: tuple[ShotSize, ...] = ("wide", "two_shot")
"""Sizes in which a room's furniture is in the picture."""
CLOSE: tuple[ShotSize, ...] = ("close_up", "insert")


def furnished(kind: SetKind, size: ShotSize = "wide") -> tuple[str, ...]:
    """The library's names for what is seen of a set anyway in pictures of this size."""
    if size in CLOSE:
        return ()
    sets = _sets()
    around = sets["wide"].get(kind, ()) if size in WHOLE else ()
    return (*sets["inside"].get(kind, ()), *around)


@lru_cache(maxsize=1)
def _sets() -> dict[str, dict[str, tuple[str, ...]]]:
    tables = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {name: {kind: tuple(names) for kind, names in rows.items()} for name, rows in tables.items()}
