"""Reads the notes beside it: what we know about vendors, models and errors, each with its source."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

from state.script import Language
from tools.documentation.shelf import Passage

FOLDER = Path(__file__).parent / "notes"


class Note(BaseModel, frozen=True, extra="forbid"):
    """One note as it is written in a file; `text` has every language."""

    title: str
    source: str
    text: dict[Language, str]
    models: tuple[str, ...] = ()
    provider: str = ""
    kinds: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def notes() -> tuple[Passage, ...]:
    """Every note, by file and in the file's order."""
    found = [
        Note.model_validate(entry)
        for file in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(file.read_text("utf-8"))["note"]
    ]
    return tuple(Passage(**note.model_dump()) for note in found)
