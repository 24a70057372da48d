"""Who speaks with which voice: the catalogue of voices, and casting from it.

There are seven voices per presentation and language. Nobody in a cast shares one while
there is another; in a larger cast those have one together who are least heard together.
"""

import hashlib
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field

from state.errors import BriefRefused
from state.script import Age, Character, Expression, Language, Presentation
from tools.engines.heard import UNHEARD, Heard, fittest

CATALOGUE = Path(__file__).with_name("voices.toml")
NEAREST_AGES: dict[Age, tuple[Age, ...]] = {
    "child": ("child", "young", "adult", "elder"),
    "young": ("young", "adult", "elder", "child"),
    "adult": ("adult", "young", "elder", "child"),
    "elder": ("elder", "adult", "young", "child"),
}


class Voice(BaseModel, frozen=True):
    """One voice of the catalogue."""

    id: str
    language: Language
    presentation: Presentation
    age: Age
    accent: str
    """The language code of the pronunciation, such as `en-gb` or `es-419`."""
    description: str
    mix: dict[str, float]
    """Vendored voices and their weights."""
    pitch: float = Field(default=1.0, gt=0.5, lt=2)
    pace: float = Field(default=1.0, gt=0.5, lt=2)


class Acting(BaseModel, frozen=True):
    """How an expression moves a line."""

    pace: float
    pitch: float
    gain_db: float
    span: float = 1.0
    """How far the melody goes up and down: flat is sad, wide is agitated."""
    breath: float = 0.0
    """Share of breath in the tone: towards a whisper."""
    edge: float = 0.0
    """How much the voice presses: towards a shout."""


class _Catalogue(BaseModel, frozen=True):
    languages: dict[Language, dict[str, str]]
    expressions: dict[Expression, Acting]
    voices: list[Voice]


def voice(voice_id: str, language: Language) -> Voice:
    """A voice of the catalogue that speaks this language.

    Raises:
        BriefRefused: no such voice in this language; lists those there are.
    """
    found = next((one for one in _speakers(language) if one.id == voice_id), None)
    if found is None:
        raise _no_voice(f"There is no {_name(language)} voice {voice_id!r}", language)
    return found


def acting(expression: Expression) -> Acting:
    """How an expression moves a line."""
    return _catalogue().expressions[expression]


def voices_for(
    language: Language, presentation: Presentation | None = None, *, age: Age | None = None
) -> list[str]:
    """Ids of the voices of a language, the best fitting first; all ages, the nearest first.

    Raises:
        BriefRefused: a language we do not speak; lists those we do.
    """
    fitting = [one for one in _speakers(language) if presentation in (None, one.presentation)]
    ages = NEAREST_AGES[age or "adult"]
    return [one.id for one in sorted(fitting, key=lambda one: ages.index(one.age))]


def cast_voices(
    cast: Sequence[Character],
    language: Language,
    *,
    seed: int = 0,
    wished: Collection[str] = (),
    heard: Heard = UNHEARD,
) -> dict[str, str]:
    """A voice for every character, by name.

    A character that has a voice of this language keeps it; those for whom a person `wished` it come first.
    The others choose in cast order, so a character added at the end changes nobody's voice. Who finds none
    has somebody else's: as `fittest`, by what is `heard` of them.

    Raises:
        BriefRefused: two characters for whom the same voice was wished, or an unknown voice.
    """
    given = {who.name: who.voice_id for who in cast if _keeps(who, language)}
    chosen = {name: voice_id for name, voice_id in given.items() if name in wished}
    _none_shared(chosen)
    for name, voice_id in given.items():
        if name not in chosen and voice_id not in chosen.values():
            chosen[name] = voice_id
    for who in cast:
        if who.name not in chosen:
            kept = given.get(who.name, "")
            chosen[who.name] = _fitting(who, language, chosen, seed=seed, heard=heard, kept=kept)
    return {who.name: chosen[who.name] for who in cast}


@lru_cache(maxsize=1)
def _catalogue() -> _Catalogue:
    return _Catalogue.model_validate(tomllib.loads(CATALOGUE.read_text("utf-8")))


def _speakers(language: Language) -> list[Voice]:
    known = _catalogue().languages
    if language not in known:
        raise BriefRefused(
            f"No voice speaks {language!r}; known: {', '.join(known)}",
            user_action="Choose one of the known languages.",
            details={"languages": list(known)},
        )
    return [one for one in _catalogue().voices if one.language == language]


def _keeps(who: Character, language: Language) -> bool:
    """A voice of another language is cast anew: that is a dubbed version."""
    if not who.voice_id:
        return False
    known = {one.id: one.language for one in _catalogue().voices}
    if who.voice_id not in known:
        raise _no_voice(f"{who.name} was given the unknown voice {who.voice_id!r}", language)
    return known[who.voice_id] == language


def _none_shared(given: dict[str, str]) -> None:
    owners: dict[str, str] = {}
    for name, voice_id in given.items():
        if voice_id in owners:
            raise BriefRefused(
                f"{owners[voice_id]} and {name} were given the same voice {voice_id}",
                user_action="Give one of them another voice, or none to have it chosen.",
            )
        owners[voice_id] = name


def _fitting(
    who: Character, language: Language, chosen: Mapping[str, str], *, seed: int, heard: Heard, kept: str
) -> str:
    """The seed turns the order among voices of one age, so that not every lead sounds the same."""
    fitting = voices_for(language, who.look.presentation, age=who.look.age)
    ages = {one.id: NEAREST_AGES[who.look.age].index(one.age) for one in _speakers(language)}

    def unfit(voice_id: str) -> tuple[int, str]:
        return ages[voice_id], _draw(seed, who.name, voice_id)

    return fittest(who.name, fitting, owners=chosen, unfit=unfit, heard=heard, kept=kept)


def _draw(*parts: object) -> str:
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()


def _name(language: Language) -> str:
    return _catalogue().languages[language]["name"]


def _no_voice(message: str, language: Language) -> BriefRefused:
    ids: Iterable[str] = voices_for(language)
    return BriefRefused(
        f"{message}; known: {', '.join(ids)}",
        user_action="Choose one of the known voices, or none to have it chosen.",
        details={"voices": list(ids)},
    )
