"""Reading a brief: who is in it and what it is about, in the brief's own words."""

from dataclasses import dataclass
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language, SetKind
from tools.models.offline.brief.casting_notes import without_looks
from tools.models.offline.persons.called_before import with_callings
from tools.models.offline.persons.groups import with_groups
from tools.models.offline.persons.kin_of_teller import kin_of_teller
from tools.models.offline.persons.people import FoundPerson, find_people, person_words
from tools.models.offline.persons.teller import sex_of_teller, teller_of
from tools.models.offline.persons.unnamed import find_unnamed
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank, structure
from tools.models.offline.words.names import is_given_name

READ_AT_MOST = 6000
MAX_TOPIC = 34
FEW_WORDS = 5
"""A description of so few words tells no story: the writer's own plot may be any."""
OWNED: tuple[SetKind, ...] = ("shop", "garden", "living_room", "restaurant", "cafe")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was found. Everything may be empty but the plot."""

    people: tuple[FoundPerson, ...]
    unnamed: tuple[FoundPerson, ...]
    """People the description speaks of without a name: `the stranger`, `su jefa`."""
    topics: tuple[str, ...]
    things: tuple[str, ...]
    plot: str


@lru_cache(maxsize=128)
def read_brief(brief: "HashableBrief") -> Reading:
    """Read title and description. Always finds a plot, everything else only when it is there."""
    words = bank(brief.language)["reading"]
    text = f"{brief.description[:READ_AT_MOST]}"
    # What is sold is nobody, whatever it is called: in small letters it is no name.
    unsold = text.replace(brief.product, brief.product.lower()) if brief.product else text
    named = _trusted(find_people(unsold, words, known=brief.known_names), brief)
    named = (*with_callings(named, text, words), *_teller(brief, text))
    people, of_groups = with_groups(text, words, named, known=brief.known_names)
    # `Yeison (19, red cap), the nephew` is one person, whatever stands between.
    story, known = without_looks(text), (*people, *of_groups)
    alone = find_unnamed(story, words, known, names=brief.known_names, roles=brief.known_roles)
    alone = (*kin_of_teller(story, words, known, names=brief.known_names), *alone)
    alone = tuple({one.role: one for one in reversed(alone)}.values())[::-1]
    grouped = {one.role for one in of_groups}
    return Reading(
        people=people,
        unnamed=(*of_groups, *(one for one in alone if one.role not in grouped)),
        topics=_topics(text, words),
        things=_things(f"{brief.title}. {text}", words),
        plot=_plot(f"{brief.title}. {text}", words, brief),
    )


def _teller(brief: "HashableBrief", text: str) -> tuple[FoundPerson, ...]:
    """Who says I in a story that lists nobody."""
    name = "" if brief.known_names else teller_of(text, brief.language)
    return (FoundPerson(name=name, sex=sex_of_teller(text, brief.language) or ""),) if name else ()


def _trusted(found: tuple[FoundPerson, ...], brief: "HashableBrief") -> tuple[FoundPerson, ...]:
    """Beside a list of people only a first name, or who is said to be somebody: no `Interstate` in Texas."""
    if not brief.known_names:
        return found
    return tuple(one for one in found if one.role or one.title or any(map(is_given_name, one.name.split())))


@dataclass(frozen=True)
class HashableBrief:
    """The part of a brief that is read, usable as a cache key."""

    title: str
    description: str
    genre: str
    language: Language
    known_names: tuple[str, ...]
    known_roles: tuple[str, ...] = ()
    product: str = ""

    @classmethod
    def of(cls, brief: NovelaBrief) -> "HashableBrief":
        """The readable part of a brief."""
        return cls(
            brief.title, text_of(brief), brief.genre, brief.language,
            tuple(one.name for one in brief.characters), tuple(one.role for one in brief.characters),
            product=brief.product.name if brief.product else "",
        )  # fmt: skip


def text_of(brief: NovelaBrief) -> str:
    """Everything that a brief tells: its description and the scenes it asks for."""
    return "\n".join([brief.description, *(scene.description for scene in brief.scenes)])


def owned_places(language: Language) -> frozenset[str]:
    """Nouns of places that people own and fight over."""
    places = bank(language)["reading"]["places"]
    return frozenset(noun for kind in OWNED for noun in places[kind])


def mentions(text: str, phrase: str) -> int:
    """How often a word or phrase occurs as a whole, in any case."""
    return len(re.findall(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE))


def _topics(text: str, words: Table) -> tuple[str, ...]:
    """Things the description talks about, each with its article, usable inside any sentence."""
    found: list[str] = []
    articles = "|".join(words["articles"])
    for match in re.finditer(rf"(?<!\w)({articles}) ((?:\w+ )?(?:\w+))", text, re.IGNORECASE):
        topic = _topic(match.group(1).lower(), match.group(2).split(), words)
        if topic and topic not in found and len(topic) <= MAX_TOPIC:
            found.append(topic)
    return tuple(found[:6])


def _topic(article: str, follow: list[str], words: Table) -> str:
    modifier = follow[0] if len(follow) > 1 and follow[0].lower() in words["adjectives"] else ""
    noun = follow[1] if modifier else follow[0]
    first: str = words["determiner"] or _definite(article, noun)
    unfit = (
        noun.lower() in words["not_topics"]
        or noun.lower() in words["stop"]
        or noun.lower() in words["adjectives"]
        or noun.lower() in person_words(words) | _seen_words(words)
        or re.search(words["verbs"], noun.lower())
        or noun[0].isupper()
        or len(noun) < 4
        or noun.isdigit()
    )
    if unfit or not _is_noun(noun.lower(), words):
        return ""
    return " ".join(part for part in (first, modifier, noun) if part)


def _definite(article: str, noun: str) -> str:
    """Whose it is would be wrong in another mouth: a possessive becomes an article."""
    feminine = noun.endswith(("a", "ión", "dad", "tud"))
    return {"su": "la" if feminine else "el", "seu": "o", "sua": "a"}.get(article, article)


def _seen_words(words: Table) -> set[str]:
    """Nouns that are a prop or a mere location: they have slots of their own."""
    things = [noun for nouns in words["things"].values() for noun in nouns]
    return {
        *things,
        *(noun for kind, nouns in words["places"].items() if kind not in OWNED for noun in nouns),
    }


def _is_noun(noun: str, words: Table) -> bool:
    """In English a word after an article may be an adjective; only the rest is taken for a noun."""
    if words["determiner"] != "the":
        return True
    return not noun.endswith(
        ("ed", "ing", "ous", "ful", "less", "ish", "ive", "able", "est", "ly", "ic", "al")
    )


def _things(text: str, words: Table) -> tuple[str, ...]:
    ranked = [
        (sum(mentions(text, noun) for noun in nouns), thing) for thing, nouns in words["things"].items()
    ]
    return tuple(thing for count, thing in sorted(ranked, key=lambda pair: -pair[0]) if count)


def _plot(text: str, words: Table, brief: HashableBrief) -> str:
    """The plot that fills what the brief leaves open: one that invents nothing, unless it tells no story."""
    scores = {
        plot: sum(mentions(text, phrase) > 0 for phrase in phrases)
        for plot, phrases in words["plots"].items()
    }
    fitting: list[str] = structure()["genre_plots"][brief.genre]
    best = max(fitting, key=lambda plot: scores[plot])
    if len(brief.description.split()) <= FEW_WORDS:
        return best if scores[best] else fitting[sum(text.encode()) % len(fitting)]
    plain: str = structure()["plain_plots"][brief.genre]
    return plain
