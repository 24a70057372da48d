"""The word banks: what can be said and seen, as data beside the code, one folder per language."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from state.script import Language

FOLDER = Path(__file__).parents[1] / "banks"
Table = dict[str, Any]


@lru_cache(maxsize=8)
def bank(language: Language) -> dict[str, Table]:
    """All tables of one language by file name: `talk`, `plots`, `stage`, `words`, `reading`, ..."""
    return {path.stem: _read(path) for path in sorted((FOLDER / language).glob("*.toml"))}


@lru_cache(maxsize=1)
def structure() -> Table:
    """The bones of a story, in no language."""
    return _read(FOLDER / "structure.toml")


@lru_cache(maxsize=8)
def shared(name: str) -> Table:
    """A table that serves all languages: `failures`, `notes`."""
    return _read(FOLDER / f"{name}.toml")


def _read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))
