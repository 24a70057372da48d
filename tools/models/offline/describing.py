"""Descriptions: who does what with what in a shot, as its staging shows it, never twice the same way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from state.script import Blocking, Character, Language, Staging
from tools.models.offline.acting import cue_of
from tools.models.offline.bank import Table, bank, structure
from tools.models.offline.coverage import OPENING, Setup
from tools.models.offline.dice import Dice
from tools.models.offline.fact import Fact
from tools.models.offline.grammar import Filling, fill
from tools.models.offline.sets import name_place
from tools.models.offline.things import name_thing, things_in

SLOT = re.compile(r"(?:\b(?:de|em|en|a|por) )?\{[a-z_]+\}|\[[a-z]:[^\[\]]*\]|\b[yY] |\ba ")
"""What may look different each time: slots, agreements, and the words that melt into them."""
SHORTEST_RUN, LONGEST_GAP = 4, 90
SOMEBODY_ELSE = re.compile(r"\{(?:other|b|act_b|saying_b)\}")
EPISODE_STEP = 5
"""How far on in every bank the next episode begins, so that it does not say the same again."""


@dataclass(kw_only=True)
class Phrases:
    """The banks of one scene's descriptions; remembers what was used so that it comes last."""

    language: Language
    dice: Dice
    """The series' dice: the order of a bank is the same in every episode, the start is not."""
    episode: int
    told: list[str] = field(default_factory=list)
    """Descriptions of the episode so far."""
    facts: tuple[Fact, ...] = ()
    """What the scene has to tell, in the brief's own words."""
    drafted: list[str] = field(default_factory=list)
    """What was chosen for the shot that is being described."""
    alone: bool = False
    """Whether nobody but the one in frame may be spoken of."""

    def choose(self, options: Sequence[str], filling: Filling, *purpose: object) -> str:
        """The filled phrase that the descriptions of the episode hold least often; of equals the first."""
        if self.alone:
            options = [one for one in options if not SOMEBODY_ELSE.search(one)]
        ordered = self.dice.order(options, *purpose)
        start = EPISODE_STEP * (self.episode - 1) % len(ordered)
        turned = ordered[start:] + ordered[:start]
        text = fill(min(turned, key=lambda one: self._uses(one, filling)), filling)
        self.drafted.append(text)
        return text

    def _uses(self, template: str, filling: Filling) -> int:
        """How often a phrase was told, and whether it would name a thing of the set twice."""
        parts = _fixed(template)
        text = fill(template, filling)
        values = [filling.slots.get(name, "\0") for name in ("first", "second", "b")]
        doubled = sum(text.count(value) > 1 for value in values)
        doubled += sum(value in text and any(value in one for one in self.drafted) for value in values)
        return 2 * sum(_holds(one.casefold(), parts) for one in [*self.told, *self.drafted]) + doubled

    def clause(self, options: Sequence[str], filling: Filling, *purpose: object) -> str:
        """A phrase as it stands inside a sentence."""
        text = self.choose(options, filling, *purpose)
        return text[:1].lower() + text[1:]

    def bank(self, file: str) -> Table:
        """One file of this language."""
        return bank(self.language)[file]


def describe(setup: Setup, staging: Staging, phrases: Phrases) -> str:
    """What the shot shows, in one to three sentences, as no other shot of the episode says it."""
    scenery = _scenery(staging, phrases)
    slots = _slots(setup, staging, scenery, phrases)
    table = phrases.bank("shots")["frames"][_frame(setup, staging)]
    genders = {"s": setup.on.look.presentation, "y": setup.other.look.presentation}
    filling = Filling(language=phrases.language, slots=slots, genders=genders)
    text = phrases.choose(table, filling, "frame", _frame(setup, staging))
    text = _with_others(text, setup, staging, scenery, phrases)
    text = _with_fact(text, setup, staging, phrases)
    phrases.told.append(text)
    phrases.drafted.clear()
    return text


def _with_others(text: str, setup: Setup, staging: Staging, scenery: dict[str, str], phrases: Phrases) -> str:
    """Whoever else is in the picture is told of too."""
    others = [one for one in staging.people if one.character not in (setup.on.name, setup.other.name)]
    for block in others:
        filling = Filling(
            language=phrases.language,
            slots={**scenery, "other": setup.on.name},
            genders={"s": block.look.presentation, "y": setup.on.look.presentation},
        )
        act = phrases.clause(phrases.bank("shots")["actions"][block.expression], filling, "act", "third")
        filling = Filling(language=phrases.language, slots={"c": block.character, "act_c": act})
        text = f"{text} {phrases.choose(phrases.bank('shots')['frames']['third'], filling, 'third')}"
    return text


def _with_fact(text: str, setup: Setup, staging: Staging, phrases: Phrases) -> str:
    """The picture and what it is about: a fact of the scene that no description has told yet."""
    told = " ".join(phrases.told).casefold()
    fresh = [one for one in phrases.facts if one.text and one.text.rstrip(".").casefold() not in told]
    if staging.size == "insert":
        fresh = [one for one in fresh if staging.subject in things_in(one.text, phrases.language)]
    elif not (setup.kind in OPENING or setup.kind in ("two", "turn")):
        return text
    elif setup.kind == "turn":
        fresh = [one for one in fresh if setup.on.name in (one.subject, *one.about)]
    if not fresh or phrases.alone:
        return text
    fact = fresh[0].text.strip().rstrip(".")
    filling = Filling(language=phrases.language, slots={"fact": fact[:1].upper() + fact[1:]})
    seen = fresh[0].subject in {one.character for one in staging.people}
    happens = seen and fresh[0].tense == "present" and fresh[0].kind in ("event", "situation")
    happens = happens or ":" in fact
    table = "of_thing" if staging.size == "insert" else "happens" if happens else "of_scene"
    return f"{text} {phrases.choose(phrases.bank('shots')['facts'][table], filling, 'fact')}"


def _frame(setup: Setup, staging: Staging) -> str:
    """The frames to choose from: by size, where the reason does not say more."""
    if staging.size == "wide" and len(staging.people) == 1:
        return "alone"
    if setup.kind in OPENING:
        return setup.kind
    speaks = any(said.speaker.name == setup.on.name for said in setup.spoken)
    by_size = {"two_shot": "two", "over_shoulder": "single", "medium": "medium", "insert": "insert"}
    if staging.size == "wide":
        return "again"
    return by_size.get(staging.size, "turn" if speaks else "react")


def _slots(setup: Setup, staging: Staging, scenery: dict[str, str], phrases: Phrases) -> dict[str, str]:
    names = {"a": setup.on.name, "b": setup.other.name}
    if staging.size == "insert":
        return {**scenery, **names, "lies": _lies(staging, scenery, phrases)}
    acting = {
        "act_a": _act(setup.on, setup.other, setup, staging, scenery, phrases),
        "act_b": _act(setup.other, setup.on, setup, staging, scenery, phrases),
        "face": _face(setup, staging, scenery, phrases),
        "saying": _saying(setup.on, setup.other, setup, scenery, phrases),
        "saying_b": _saying(setup.other, setup.on, setup, scenery, phrases),
    }
    return {**scenery, **names, **acting}


def _scenery(staging: Staging, phrases: Phrases) -> dict[str, str]:
    place, language = staging.place, phrases.language
    named = name_place(place, language)
    plain = Filling(language=language, slots={})
    sky = phrases.clause(_skies(staging, phrases), plain, "sky")
    detail = phrases.clause(phrases.bank("places")["details"][place.kind], plain, "detail", place.kind)
    return {
        "loc": named.loc, "first": named.first, "second": named.second,
        "sky": sky, "sky_cap": sky[:1].upper() + sky[1:],
        "detail": detail, "detail_cap": detail[:1].upper() + detail[1:],
        **name_thing(staging.subject, language).slots,
    }  # fmt: skip


def _skies(staging: Staging, phrases: Phrases) -> list[str]:
    shots, outside = phrases.bank("shots"), staging.place.kind in structure()["outdoors"]["kinds"]
    skies: dict[str, list[str]] = shots["skies"]
    if staging.weather == "clear":
        return skies[staging.time]
    return skies[staging.weather] if outside else list(shots["panes"][staging.weather])


def _lies(staging: Staging, scenery: dict[str, str], phrases: Phrases) -> str:
    table = phrases.bank("shots")["lies"]
    options = [*table.get(staging.subject, []), *([] if staging.subject in table else table["any"])]
    return phrases.clause(options, Filling(language=phrases.language, slots=scenery), "lies", staging.subject)


def _act(
    who: Character,
    other: Character,
    setup: Setup,
    staging: Staging,
    scenery: dict[str, str],
    phrases: Phrases,
) -> str:
    """What one person does with hands and body: the drawn gesture first, then the place, then the mood."""
    block = _block(who, staging)
    filling = Filling(
        language=phrases.language,
        slots={**scenery, "other": other.name},
        genders={"s": who.look.presentation, "y": other.look.presentation},
    )
    shots = phrases.bank("shots")
    if block is not None and block.gesture == "holding" and staging.subject:
        own = shots["hold"].get(staging.subject, [])
        return phrases.clause([*own, *shots["hold"]["any"]], filling, "hold", staging.subject)
    if block is not None and block.gesture in shots["gesture_acts"]:
        return phrases.clause(shots["gesture_acts"][block.gesture], filling, "gesture", block.gesture)
    busy = setup.kind in OPENING or (block is not None and block.expression == "neutral")
    silent = not any(said.speaker.name == who.name for said in setup.spoken)
    # In a car nobody walks up and down.
    if (busy and silent) or staging.place.kind == "car":
        options = phrases.bank("places")["business"][staging.place.kind]
        return phrases.clause(options, filling, "business", staging.place.kind)
    expression = block.expression if block is not None else "neutral"
    return phrases.clause(shots["actions"][expression], filling, "act", expression)


def _face(setup: Setup, staging: Staging, scenery: dict[str, str], phrases: Phrases) -> str:
    block = _block(setup.on, staging)
    expression = block.expression if block is not None else "neutral"
    filling = Filling(
        language=phrases.language,
        slots={**scenery, "other": setup.other.name},
        genders={"s": setup.on.look.presentation, "y": setup.other.look.presentation},
    )
    # The frame that takes it in often names the other one already.
    options = [one for one in phrases.bank("shots")["faces"][expression] if "{other}" not in one]
    return phrases.clause(options, filling, "face", expression)


def _saying(who: Character, other: Character, setup: Setup, scenery: dict[str, str], phrases: Phrases) -> str:
    heard = [setup.heard] if setup.heard else []
    own = [said for said in [*heard, *setup.spoken] if said.speaker.name == who.name]
    cue = cue_of(own[-1], phrases.language) if own else "silent"
    filling = Filling(
        language=phrases.language,
        slots={**scenery, "other": other.name},
        genders={"s": who.look.presentation, "y": other.look.presentation},
    )
    return phrases.clause(phrases.bank("shots")["sayings"][cue], filling, "saying", cue)


def _block(who: Character, staging: Staging) -> Blocking | None:
    return next((one for one in staging.people if one.character == who.name), None)


@lru_cache(maxsize=8192)
def _fixed(template: str) -> tuple[str, ...]:
    """The words of a phrase that are the same in every filling, longest run of them by run."""
    parts = (part.strip(" .:;,").casefold() for part in SLOT.split(template))
    return tuple(part for part in parts if len(part) >= SHORTEST_RUN)


def _holds(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a description has these words in this order, close together."""
    at, end = 0, len(text)
    for number, part in enumerate(parts):
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
        end = min(len(text), at + len(parts[min(number + 1, len(parts) - 1)]) + LONGEST_GAP)
    return bool(parts)
