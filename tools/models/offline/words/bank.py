"""The word banks: what can be said and seen, as data beside the code, one folder per language."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from state.script import Language

FOLDER = Path(__file__).parents[1] / "banks"
Table = dict[str, Any]


class Bank(dict[str, Table]):
    """The tables of one language by file name, each read when `[name]` asks for it first.

    All of them take half a second to read; whoever only starts needs one.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, name: str) -> Table:
        path = self._folder / f"{name}.toml"
        if not path.is_file():
            raise KeyError(name)
        return self.setdefault(name, _read(path))


@lru_cache(maxsize=8)
def bank(language: Language) -> Bank:
    """All tables of one language by file name: `talk`, `plots`, `stage`, `words`, `reading`, ..."""
    return Bank(FOLDER / language)


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
