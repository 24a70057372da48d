"""Who is in a scene, where and when it plays: read off the facts it dramatises."""

import re
from collections.abc import Sequence

from state.script import Character, Language, Place, SetKind, TimeOfDay
from tools.models.offline.bank import bank, structure
from tools.models.offline.clauses.people import Person, named_in
from tools.models.offline.dice import Dice
from tools.models.offline.fact import Fact
from tools.models.offline.reading import mentions

LATER: dict[TimeOfDay, int] = {"day": 0, "dusk": 1, "night": 2}
MOST_PEOPLE = 3
REACH = 26
"""Letters between a preposition and the place it leads to: `in the old kitchen of the house`."""


def people_of_scene(
    facts: Sequence[Fact],
    cast: Sequence[Character],
    seen: Sequence[str],
    *,
    scenes: int = 12,
    idle: Sequence[str] = (),
) -> list[Character]:
    """Those whom the facts are about, the one with the secret second; then whom nobody has seen yet."""
    told: list[str] = []
    for fact in facts:
        told += [name for name in _subjects(fact, cast) if name not in told]
    known = {one.name for one in cast}
    told = list(dict.fromkeys([*told, *(name for fact in facts for name in fact.about)]))
    # A fact may also be about somebody who is nobody's part.
    told = [name for name in told if name in known]
    hiding = next((fact.subject for fact in facts if fact.kind == "secret" and fact.subject in told), "")
    if not told:
        told = [cast[0].name]
    if len(told) == 1:
        told.append(_listener(told[0], cast, seen, idle))
    if hiding:
        asking = cast[0].name if cast[0].name in told and cast[0].name != hiding else ""
        asking = asking or next(name for name in told if name != hiding)
        told = [asking, hiding, *(name for name in told if name not in (asking, hiding))]
    if len(told) < MOST_PEOPLE < len(cast) and len(cast) > scenes + 2:
        # So many people are only seen when they come three at a time.
        told.append(_partner(told[0], [one for one in cast if one.name not in told[1:]], seen))
    by_name = {one.name: one for one in cast}
    return [by_name[name] for name in told if name in by_name][:MOST_PEOPLE]


def _subjects(fact: Fact, cast: Sequence[Character]) -> list[str]:
    """The people a subject names, one or several."""
    people = [Person(name=one.name, woman=False) for one in cast]
    return [one.name for one in named_in(fact.subject, people, owned=False)]


def _listener(name: str, cast: Sequence[Character], seen: Sequence[str], idle: Sequence[str]) -> str:
    """Who hears it: whom nothing else brings on, then the lead, then the one the lead met last."""
    waiting = [one.name for one in cast if one.name in idle and one.name not in (name, *seen)]
    if waiting:
        return waiting[0]
    if name != cast[0].name:
        return cast[0].name
    met = [one for one in reversed(seen) if one != name and one not in idle]
    return met[0] if met else _partner(name, cast, seen)


def _partner(name: str, cast: Sequence[Character], seen: Sequence[str]) -> str:
    """The one seen least so far; the lead and the opponent when nobody waits."""
    others = [one.name for one in cast if one.name != name]
    return min(others, key=lambda one: (seen.count(one), others.index(one)))


def place_of_scene(
    facts: Sequence[Fact], places: Sequence[Place], seen: Sequence[str], language: Language
) -> Place:
    """The place a fact leads to, else a home for who is at the door, else the one that was seen least."""
    text = " ".join(fact.text for fact in facts)
    for place in places:
        if any(_leads_to(text, noun, language) for noun in nouns_of(place, language)):
            return place
    words = bank(language)["reading"]["whereabouts"]
    # `Bell` is a name, a bell is not.
    if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words["door"]):
        homes: tuple[SetKind, ...] = ("living_room", "hallway", "kitchen", "bedroom")
        found = [place for place in places if place.kind in homes]
        if found:
            return found[0]
    order = [place.name for place in places]
    return min(places, key=lambda one: (seen.count(one.name), order.index(one.name)))


def nouns_of(place: Place, language: Language) -> list[str]:
    """What a text may call a place: its name, and the nouns of its kind that the name holds."""
    nouns: list[str] = bank(language)["reading"]["places"].get(place.kind, [])
    own = [noun for noun in nouns if mentions(place.name, noun)]
    bare = re.sub(r"^(?:the|el|la|los|las|o|a|os|as) ", "", place.name.lower())
    return [bare, *own] if own else [bare, *nouns]


def _leads_to(text: str, noun: str, language: Language) -> bool:
    """Whether something happens there: `in the kitchen` does, `sells the kitchen` does not."""
    words = "|".join(map(re.escape, bank(language)["reading"]["whereabouts"]["prepositions"]))
    pattern = rf"(?<!\w)(?:{words}) (?:[^\W\d]+ ){{0,2}}{re.escape(noun)}(?!\w)"
    return re.search(pattern, text, re.IGNORECASE) is not None


def time_said(facts: Sequence[Fact], language: Language) -> TimeOfDay | None:
    """The time of day that the facts name."""
    kinds = ("event", "threat", "desire", "question")
    happens = [fact for fact in facts if fact.lead or fact.kind in kinds or fact.source == "scene"]
    text = " ".join(fact.text for fact in happens)
    times = bank(language)["reading"]["hours"]
    order: tuple[TimeOfDay, ...] = ("night", "dusk", "day")
    for time in order:
        if any(mentions(text, phrase) for phrase in times[time]):
            return time
    return None


def times_of(scenes: Sequence[Sequence[Fact]], language: Language, dice: Dice) -> list[TimeOfDay]:
    """A time for every scene: what the facts say, and between them a day that goes by."""
    patterns: list[list[TimeOfDay]] = structure()["times"]["patterns"]
    pattern = dice.pick(patterns, "pattern")
    said = [time_said(facts, language) for facts in scenes]
    times: list[TimeOfDay] = []
    for at in range(len(scenes)):
        usual = pattern[min(len(pattern) - 1, at * len(pattern) // len(scenes))]
        ahead = [LATER[one] for one in said[at:] if one]
        latest = min(ahead) if ahead else 2
        floor = LATER[times[-1]] if times else 0
        wanted = LATER[said[at] or usual]
        level = max(floor, min(wanted, max(latest, floor)))
        times.append(next(time for time, number in LATER.items() if number == level))
    return times
