"""Reading a brief: who is in it, where it plays, what it is about, in the brief's own words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language, SetKind
from tools.models.offline.bank import Table, bank, structure

WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
READ_AT_MOST = 6000
MAX_PEOPLE = 4
MAX_TOPIC = 34


@dataclass(frozen=True, kw_only=True)
class FoundPerson:
    """A person the description names."""

    name: str
    role: str = ""
    title: str = ""
    """`Mr`, `Doña`: what stands before the name; it tells the gender."""


@dataclass(frozen=True, kw_only=True)
class FoundPlace:
    """A place the description names, with the set that is nearest."""

    name: str
    kind: SetKind


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was found. Everything may be empty but the plot."""

    people: tuple[FoundPerson, ...]
    places: tuple[FoundPlace, ...]
    topics: tuple[str, ...]
    things: tuple[str, ...]
    plot: str


@lru_cache(maxsize=128)
def read_brief(brief: "HashableBrief") -> Reading:
    """Read title and description. Always finds a plot, everything else only when it is there."""
    words = bank(brief.language)["reading"]
    text = f"{brief.description[:READ_AT_MOST]}"
    people = _people(text, words, known=brief.known_names)
    return Reading(
        people=people,
        places=_places(text, words, known=tuple(one.name for one in people)),
        topics=_topics(text, words),
        things=_things(f"{brief.title}. {text}", words),
        plot=_plot(f"{brief.title}. {text}", words, brief),
    )


@dataclass(frozen=True)
class HashableBrief:
    """The part of a brief that is read, usable as a cache key."""

    title: str
    description: str
    genre: str
    language: Language
    known_names: tuple[str, ...]

    @classmethod
    def of(cls, brief: NovelaBrief) -> "HashableBrief":
        """The readable part of a brief."""
        return cls(
            brief.title, brief.description, brief.genre, brief.language,
            tuple(one.name for one in brief.characters),
        )  # fmt: skip


def sentences(text: str) -> list[str]:
    """The sentences of a text, without surrounding white space."""
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


def mentions(text: str, phrase: str) -> int:
    """How often a word or phrase occurs as a whole, in any case."""
    return len(re.findall(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE))


def _people(text: str, words: Table, *, known: tuple[str, ...]) -> tuple[FoundPerson, ...]:
    stop = set(words["stop"])
    counted: dict[str, int] = {}
    for sentence in sentences(text):
        for name, certain in _capitalised(sentence, stop, words):
            counted[name] = counted.get(name, 0) + (2 if certain else 1)
    taken = {part for name in known for part in name.split()}
    names = [name for name, weight in counted.items() if weight >= 2 and not taken & set(name.split())]
    names = [one for one in names if not any(one != two and one in two.split() for two in names)]
    names = [one for one in names if not _is_gone(one, text, words)]
    return tuple(
        FoundPerson(name=name, role=_role(name, text, words), title=_title(name, text, words))
        for name in names[:MAX_PEOPLE]
    )


def _is_gone(name: str, text: str, words: Table) -> bool:
    """Whether the text says that this person is dead or missing: talked about, not seen."""
    patterns = [pattern.format(name=re.escape(name)) for pattern in words["gone"]]
    return any(re.search(rf"(?<!\w){pattern}(?!\w)", text) for pattern in patterns)


def _capitalised(sentence: str, stop: set[str], words: Table) -> list[tuple[str, bool]]:
    """Names in a sentence; a capital at its start proves a name only with more signs."""
    tokens = list(WORD.finditer(sentence))
    found: list[tuple[str, bool]] = []
    index = 0
    while index < len(tokens):
        run = _run(tokens, index, sentence, stop)
        if not run:
            index += 1
            continue
        name = " ".join(run)
        before = tokens[index - 1].group().lower() if index else ""
        place = before in words["place_prepositions"] and not _given(run[0])
        if not place and name.lower() not in stop:
            found.append((name, _is_certain(tokens, index, run, before, words)))
        index += len(run)
    return found


def _run(tokens: list[re.Match[str]], index: int, sentence: str, stop: set[str]) -> list[str]:
    run: list[str] = []
    for at in range(index, min(index + 2, len(tokens))):
        word = tokens[at].group()
        joined = at == index or sentence[tokens[at - 1].end() : tokens[at].start()] == " "
        if not (word[0].isupper() and len(word) > 1 and word.lower() not in stop and joined):
            break
        if word.isupper() and len(word) > 3:
            break
        run.append(word.removesuffix("'s").removesuffix("\u2019s"))
    return run


def _is_certain(tokens: list[re.Match[str]], index: int, run: list[str], before: str, words: Table) -> bool:
    """A capital inside a sentence is a name, unless it may be a town after `to` or `de`."""
    if index == 0:
        return _starts_name(tokens, index, run)
    return before not in words["weak_prepositions"] or _given(run[0])


def _starts_name(tokens: list[re.Match[str]], index: int, run: list[str]) -> bool:
    if _given(run[0]) or len(run) > 1:
        return True
    follower = tokens[index + 1].group() if index + 1 < len(tokens) else ""
    verb = follower.islower() and follower[-1:] in ("s", "a", "e") and len(follower) > 2
    return verb and not run[0].lower().endswith("s")


def _given(name: str) -> bool:
    names = structure()["given_names"]
    return name.lower() in names["woman"] or name.lower() in names["man"]


def _role(name: str, text: str, words: Table) -> str:
    escaped = re.escape(name)
    after = re.search(rf"{escaped}, ({words['appositive']} [^,.;:!?]{{3,48}})[,.;:!?]", text)
    if after:
        return after.group(1).strip()
    titles = "|".join(words["titles"])
    alone = re.search(rf"(?<!\w)(\w+),? (?:(?:{titles})\.? )?{escaped}", text)
    word = alone.group(1).lower() if alone else ""
    if alone and word in _role_words(words) and word.removesuffix("s") not in _role_words(words) - {word}:
        return alone.group(1).lower()
    return ""


def _title(name: str, text: str, words: Table) -> str:
    titles = "|".join(words["titles"])
    found = re.search(rf"(?<!\w)({titles})\.? {re.escape(name)}", text)
    return str(found.group(1)) if found else ""


def _role_words(words: Table) -> set[str]:
    groups = ("women", "men", "elders", "youths", "children", "uniforms", "suits")
    pronouns = {"she", "he", "her", "his", "él", "ella", "ele", "ela", "old", "young", "joven", "jovem"}
    pronouns |= {"mr", "mrs", "ms", "don", "doña", "dona", "seu", "dra", "señor", "señora"}
    return {word for group in groups for word in words[group]["words"]} - pronouns


def _places(text: str, words: Table, *, known: tuple[str, ...]) -> tuple[FoundPlace, ...]:
    found: list[tuple[int, FoundPlace]] = []
    for kind, nouns in words["places"].items():
        for noun in nouns:
            match = re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", text, re.IGNORECASE)
            if match:
                found.append((match.start(), FoundPlace(name=noun[0].upper() + noun[1:], kind=kind)))
                break
    return tuple(place for _, place in sorted(found, key=lambda pair: pair[0])[:4])


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
        or noun.lower() in _role_words(words) | _seen_words(words)
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
    owned = ("shop", "garden", "living_room", "restaurant", "cafe")
    things = [noun for nouns in words["things"].values() for noun in nouns]
    return {
        *things,
        *(noun for kind, nouns in words["places"].items() if kind not in owned for noun in nouns),
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
    fitting: list[str] = structure()["genre_plots"][brief.genre]
    scores: dict[str, int] = {
        plot: sum(min(2, mentions(text, phrase)) for phrase in phrases) * 2 + (plot in fitting)
        for plot, phrases in words["plots"].items()
    }
    best = max(scores.values())
    if best >= 2:
        return max(scores, key=lambda plot: scores[plot])
    return fitting[sum(text.encode()) % len(fitting)]
