"""The sets: which places a story plays in, and how a sentence names them."""

import re
from dataclasses import dataclass

from state.brief import NovelaBrief, PlaceBrief
from state.script import Language, Place, SetKind
from tools.models.offline.bank import bank, structure
from tools.models.offline.reading import mentions, text_of
from tools.models.offline.story import Story

OUTSIDE: frozenset[SetKind] = frozenset(("street", "park", "beach", "rooftop", "garden", "station"))
MAX_PLACES = 4
ENOUGH, SURE = 2, 2
"""The brief's own places are the film's places; sets are added only when there are fewer than this."""
FEMININE = {
    "es": re.compile(r"(a|ión|dad|tud|calle|torre|cárcel)$", re.IGNORECASE),
    "pt-BR": re.compile(r"(a|ção|são|dade|ponte|laje|prisão|torre|estação)$", re.IGNORECASE),
}
ARTICLES = {"es": ("el", "la", "los", "las"), "pt-BR": ("o", "a", "os", "as")}


@dataclass(frozen=True, kw_only=True)
class Named:
    """How sentences speak of a place."""

    loc: str
    """`in the kitchen`."""
    first: str
    """Something that stands there, with its article."""
    second: str


def make_places(brief: NovelaBrief, story: Story) -> list[Place]:
    """The brief's places first, then those its description names, then sets that fit the plot."""
    places = [Place(name=one.name, kind=kind_of(one, story)) for one in brief.places]
    names = {one.name for one in places}
    for found in story.reading.places:
        if found.name not in names and found.kind not in {one.kind for one in places}:
            places.append(Place(name=found.name, kind=found.kind))
    for kind in _more_kinds(brief, story, places):
        places.append(Place(name=story.words["sets"][kind][0], kind=kind))
    return list({one.name: one for one in reversed(places)}.values())[::-1]


def _more_kinds(brief: NovelaBrief, story: Story, places: list[Place]) -> list[SetKind]:
    """Sets to make up for places the brief does not name: where its people work, and next door."""
    had = {one.kind for one in places}
    counts = told_settings(f"{brief.title}. {text_of(brief)}", story.language)
    # One word makes a story's first set; it takes more to send it somewhere else.
    told = [kind for kind, count in counts.items() if kind not in had and (count >= SURE or not places)]
    told = [kind for at, kind in enumerate(told) if at == 0 or counts[kind] >= SURE]
    more: list[SetKind] = told[: max(0, ENOUGH - len(places))]
    first = next(iter((*(one.kind for one in places), *more)), None)
    if first is None:
        least = min(MAX_PLACES, max(2, brief.scenes_per_episode))
        fitting: list[SetKind] = structure()["plot_sets"][story.plot]
        return fitting[:least]
    beside: SetKind = structure()["next_door"][first]
    return [*more, beside] if len(places) + len(more) < ENOUGH and beside not in {*had, *more} else more


def told_settings(text: str, language: Language) -> dict[SetKind, int]:
    """The sets that a text's roles and things belong to and how often, the most told first."""
    settings: dict[SetKind, list[str]] = bank(language)["reading"]["settings"]
    counts: dict[SetKind, int] = {
        kind: sum(mentions(text, word) > 0 for word in words) for kind, words in settings.items()
    }
    at = {
        kind: min((place for word in words if (place := _where(text, word)) >= 0), default=len(text))
        for kind, words in settings.items()
    }
    told = sorted((kind for kind in counts if counts[kind]), key=lambda kind: (-counts[kind], at[kind]))
    return {kind: counts[kind] for kind in told}


def _where(text: str, word: str) -> int:
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    return found.start() if found else -1


def kind_of(place: PlaceBrief, story: Story) -> SetKind:
    """The set kind that is nearest to a place of the brief."""
    nouns = bank(story.language)["reading"]["places"]
    for text in (place.name, place.description):
        for kind, listed in nouns.items():
            if any(mentions(text, noun) for noun in listed):
                return kind  # type: ignore[no-any-return]  # the banks' keys are set kinds; a test holds them to it
    fitting: list[SetKind] = structure()["plot_sets"][story.plot]
    return story.dice.pick(fitting, "kind", place.name)


def name_place(place: Place, language: Language) -> Named:
    """The phrases for one place."""
    title, loc, first, second = bank(language)["words"]["sets"][place.kind]
    if place.name != title:
        loc = _locative(place, language)
    return Named(loc=loc, first=first, second=second)


def _locative(place: Place, language: Language) -> str:
    common = place.name[0].upper() + place.name[1:] if _is_common(place, language) else None
    if language == "en":
        bare = re.sub(r"^[Tt]he ", "", place.name)
        if common or _is_common(place.model_copy(update={"name": bare}), language):
            return f"{_preposition(bare.lower())} the {bare[0].lower()}{bare[1:]}"
        return f"at the {bare}" if bare != place.name else f"at {place.name}"
    name = f"{place.name[0].lower()}{place.name[1:]}" if common else place.name
    article = _article(place.name, language)
    if language == "es":
        return f"en {article} {name}" if article else f"en {name}"
    return f"n{article} {name}" if article else f"em {name}"


def _preposition(noun: str) -> str:
    listed = bank("en")["reading"]["prepositions"]
    return next((word for word in ("on", "at") if noun in listed[word]), "in")


def _is_common(place: Place, language: Language) -> bool:
    """Whether the name is only a noun of the language, not a proper name."""
    return any(place.name.lower() == noun for noun in bank(language)["reading"]["places"][place.kind])


def _article(name: str, language: Language) -> str:
    """The article of a place whose first word is a noun of the language; empty for proper names."""
    first = name.split()[0]
    if first.lower() in ARTICLES[language]:
        return ""
    nouns = [noun for listed in bank(language)["reading"]["places"].values() for noun in listed]
    if first.lower() not in nouns and name.lower() not in nouns:
        return ""
    masculine, feminine = ARTICLES[language][:2]
    return feminine if FEMININE[language].search(first) else masculine
