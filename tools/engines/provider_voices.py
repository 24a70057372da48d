"""Who speaks with which voice of a provider's model: the catalogue of those voices, and casting from it.

Nobody in a cast shares a voice while there is another, and whoever has one keeps it. Where a model has too
few, those share one who are heard least together. What it does not have is refused with the choices.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from state.errors import BriefRefused
from state.script import Age, Character, Presentation
from tools.engines.heard import UNHEARD, Heard, fittest

BOOKS = Path(__file__).with_suffix(".toml")
Told = Literal["rate", "pitch", "style"]
PaidBy = Literal["letters", "sound"]


class VoiceBook(BaseModel, frozen=True, extra="forbid"):
    """The voices of some models."""

    models: tuple[str, ...]
    provider: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    young: tuple[str, ...] = ()
    elder: tuple[str, ...] = ()
    told: tuple[Told, ...]
    """What these models can be told of how somebody sounds."""
    paid_by: PaidBy
    """What their makers charge for; of sound our price of a letter is what it takes at a usual rate."""
    called: dict[str, str] = Field(default_factory=dict)
    """Names that they do not have, and the voices that are nearest."""
    source: str
    read_on: date

    @property
    def names(self) -> tuple[str, ...]:
        """All that may be asked for, those of other names last."""
        return (*sorted((*self.women, *self.men), key=str.lower), *self.called)

    def of(self, presentation: Presentation) -> tuple[str, ...]:
        """The voices of women, or of men."""
        return self.women if presentation == "woman" else self.men

    def voice(self, name: str) -> str | None:
        """The voice that a name means, in whatever letters; None where there is none."""
        known = {one.lower(): one for one in (*self.women, *self.men)}
        known |= {one.lower(): voice for one, voice in self.called.items()}
        return known.get(name.strip().lower())


def voice_book(model_id: str) -> VoiceBook | None:
    """The voices of a provider's model; None for the offline engine's, and for what does not speak."""
    return next((book for book in _books() if model_id in book.models), None)


def cast_for_model(
    cast: Sequence[Character],
    model_id: str,
    *,
    wished: Mapping[str, str],
    seed: int = 0,
    heard: Heard = UNHEARD,
) -> dict[str, str]:
    """A voice of this model for every character, by name; empty for a model without a book.

    `wished` are the voices that a person named, by character; they come first. Who had a voice before keeps
    it. The others choose in cast order, so a character added at the end changes nobody's voice. Who finds
    none has somebody else's: as `fittest`, by what is `heard` of them.

    Raises:
        BriefRefused: an unknown voice, or one that was named for two people.
    """
    book = voice_book(model_id)
    if book is None:
        return {}
    chosen = _wished(cast, book, model_id, wished)
    for who in cast:
        kept = who.voices.get(model_id, "")
        if who.name not in chosen and kept in (*book.women, *book.men) and kept not in chosen.values():
            chosen[who.name] = kept
    for who in cast:
        if who.name not in chosen:
            kept = who.voices.get(model_id, "")
            chosen[who.name] = _fitting(who, book, chosen, seed=seed, heard=heard, kept=kept)
    return {who.name: chosen[who.name] for who in cast}


def _wished(
    cast: Sequence[Character], book: VoiceBook, model_id: str, wished: Mapping[str, str]
) -> dict[str, str]:
    owners = dict[str, str]()
    for who in cast:
        if not (name := wished.get(who.name, "")):
            continue
        voice = book.voice(name)
        if voice is None:
            raise _refused(f"{model_id} has no voice {name!r} for {who.name}", book, model_id)
        if voice in owners:
            raise _refused(
                f"{owners[voice]} and {who.name} were given the same voice {voice}", book, model_id
            )
        owners[voice] = who.name
    return {name: voice for voice, name in owners.items()}


def _fitting(
    who: Character, book: VoiceBook, chosen: Mapping[str, str], *, seed: int, heard: Heard, kept: str
) -> str:
    """One of the right age if there is one left; among equals the seed decides, so that leads differ."""

    def unfit(voice: str) -> tuple[int, str]:
        return _years_off(voice, who.look.age, book), _draw(seed, who.name, voice)

    offered = book.of(who.look.presentation)
    return fittest(who.name, offered, owners=chosen, unfit=unfit, heard=heard, kept=kept)


def _years_off(voice: str, age: Age, book: VoiceBook) -> int:
    """0 for the age, 1 for neither young nor old, 2 for the other end of life."""
    fits: dict[Age, tuple[str, ...]] = {"child": book.young, "young": book.young, "elder": book.elder}
    marked = (*book.young, *book.elder)
    if age == "adult":
        return int(voice in marked)
    return 0 if voice in fits[age] else 2 if voice in marked else 1


def _draw(*parts: object) -> str:
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()


def _refused(problem: str, book: VoiceBook, model_id: str) -> BriefRefused:
    return BriefRefused(
        f"{problem}; known: {', '.join(book.names)}",
        user_action="Choose one of the known voices, or none to have it chosen.",
        details={"model": model_id, "voices": list(book.names)},
    )


@lru_cache(maxsize=1)
def _books() -> tuple[VoiceBook, ...]:
    found = tomllib.loads(BOOKS.read_text("utf-8"))["book"]
    return tuple(VoiceBook.model_validate(book) for book in found)
