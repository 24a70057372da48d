"""The words we give to models: text files, strict fields, and a digest of what was said.

A field that a prompt names and nobody gives, or that somebody gives and no prompt
names, is an error: a prompt must never go out with a hole in it.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
FIELD = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
NAME = re.compile(r"^[a-z_]+(/[a-z_]+)+$")


class PromptError(ValueError):
    """The prompt does not exist, or its fields are not the fields that were given."""


@dataclass(frozen=True)
class Prompt:
    """One prompt file as it is stored."""

    name: str
    text: str
    digest: str
    """SHA-256 of the file's text, hexadecimal."""

    @property
    def fields(self) -> frozenset[str]:
        """The names that must be given to render it."""
        return frozenset(FIELD.findall(self.text))


@dataclass(frozen=True)
class RenderedPrompt:
    """What a model is told. The digest covers the system words and the task together."""

    text: str
    digest: str
    system: str = ""


@lru_cache(maxsize=256)
def load(name: str) -> Prompt:
    """Read the prompt `novela/script_writer_scene` and the like.

    Raises:
        PromptError: there is no prompt of this name.
    """
    path = FOLDER / f"{name}.md"
    if not NAME.match(name) or not path.is_file():
        raise PromptError(f"There is no prompt named {name!r}.")
    text = path.read_text(encoding="utf-8").strip()
    return Prompt(name=name, text=text, digest=_digest(text))


def render(name: str, *, system: str | None = None, **fields: str) -> RenderedPrompt:
    """Fill a prompt's fields. `system` names the prompt that says who the agent is.

    Raises:
        PromptError: unknown prompt, missing field, or a field that the prompt does not have.
    """
    prompt = load(name)
    _require_same(prompt, set(fields))
    text = FIELD.sub(lambda found: fields[found.group(1)], prompt.text)
    who = load(system).text if system else ""
    return RenderedPrompt(text=text, digest=_digest(f"{who}\n\n{text}" if who else text), system=who)


def _require_same(prompt: Prompt, given: set[str]) -> None:
    missing, unused = sorted(prompt.fields - given), sorted(given - prompt.fields)
    if missing or unused:
        raise PromptError(f"{prompt.name}: missing fields {missing}, unused fields {unused}.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
