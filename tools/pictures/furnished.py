"""What a set always has: `furnished.toml` lists it, as it is drawn in `previz/sets`."""

import tomllib
from functools import lru_cache
from pathlib import Path

from state.script import SetKind

LIST = Path(__file__).parent / "furnished.toml"


def furnished(kind: SetKind) -> tuple[str, ...]:
    """The library's names for what is always seen in a set, once the camera is not close."""
    return _sets().get(kind, ())


@lru_cache(maxsize=1)
def _sets() -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {kind: tuple(names) for kind, names in rows.items()}
