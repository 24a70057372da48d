"""Whose words those are that a brief quotes: of whoever the sentences around them are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.anaphora import Known, known_person, may_mean
from tools.models.offline.persons.people import person_words
from tools.models.offline.persons.teller import is_teller
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

SHORTEST_NAME = 3
SHORTEST_DEED = 6
"""Words up to which a sentence with `is` tells nothing that anybody does."""
SHE, HE = frozenset({"she", "ella", "ela"}), frozenset({"he", "él", "ele"})
NOUN = re.compile(
    r"(?<!\w)(?:the|her|his|their|el|la|su|al|del|o|a|seu|sua|ao|à|do|da"
    r"|(?!(?:it|he|she|that|there|here|who|what)\b)(?-i:[A-Z])[^\W\d_]+['\u2019]s) ([^\W\d_][\w-]*)",
    re.IGNORECASE,
)
"""`the clerk`, `Ana's clerk`"""
PERSON = re.compile(
    r"(?<!\w)(?:a|an|the|un|una|el|la|um|uma|o|another|otro|otra|outro|outra) ([^\W\d_]+)", re.IGNORECASE
)
INDEFINITE = re.compile(
    r"(?<!\w)(?:somebody|someone|alguien|alguém|(?:a|una|uma) (?:voice|voz)|one of (?:them|the)"
    r"|un[oa] de (?:ellos|ellas|los|las)|um(?:a)? d(?:eles|elas|os|as)"
    r"|(?:pregunta|dice|grita|pergunta|diz) (?:un[oa]|uma?)"
    r"|(?:pregunta|dice|grita) (?:otr[oa])|(?:pergunta|diz|grita) outr[oa]"
    r"|another (?:says|asks)|says another)(?!\w)",
    re.IGNORECASE,
)
FIRST = re.compile(r"(?<!\w)(?:an|un|una|um|uma) ([^\W\d_]+)|(?<!\w)(?-i:A) ([^\W\d_]+)", re.IGNORECASE)
GOVERNING = re.compile(
    r"(?<!\w)(?:to|from|of|with|for|at|by|on|in|about|behind|beside|before|like|than|a|de|con|para|por|sin|"
    r"entre|sobre|contra|hacia|com|sem|até|perto de)\s+$",
    re.IGNORECASE,
)
MELTED = ("al", "del", "ao", "à", "do", "da")
"""Articles with a preposition in them: what follows is no subject."""
INTRODUCED = re.compile(
    r"(?<!\w)(?:it is|it's|it was|es|era|é)\s+(?:[^\s.;:]+\s+){0,4}?,?\s*$", re.IGNORECASE
)
"""`Es su propia madre, doña Lucha`: whoever is behind it has just come in."""
JOINTS = {
    "en": frozenset(("and", "but", "when", "while", "until", "as", "because", "before", "after")),
    "es": frozenset(("y", "e", "pero", "cuando", "mientras", "hasta que", "porque", "que")),
    "pt-BR": frozenset(("e", "mas", "quando", "enquanto", "até que", "porque", "que")),
}
"""Words behind which somebody else may do something."""
OWNS = r"(?: [A-Z][^\W\d_]+)*['\u2019]s(?!\w)"
"""Behind a name, that the word after it means somebody or something of theirs: `Ana Ruiz's clerk`."""
NOT_BEFORE = re.compile(r"[,;:.!?\u2026\u2013\u2014]\s*$")


@dataclass(frozen=True)
class Mention:
    """Where a text speaks of somebody."""

    start: int
    end: int
    who: Character


def mentioned(text: str, cast: Sequence[Character], language: Language) -> list[Mention]:
    """Everybody a text names, or means by what they are, in its order."""
    found = [*_by_name(text, cast), *_by_noun(text, cast, language)]
    kept: list[Mention] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _by_name(text: str, cast: Sequence[Character]) -> list[Mention]:
    parts = [(part, one) for one in cast for part in (one.name, *one.name.split())]
    counted = [part for part, _ in parts]
    return [
        Mention(found.start(), found.end(), one)
        for part, one in parts
        if len(part) >= SHORTEST_NAME and part[0].isupper() and (part == one.name or counted.count(part) == 1)
        for found in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w|{OWNS})", text)
    ]


def _by_noun(text: str, cast: Sequence[Character], language: Language) -> list[Mention]:
    """`the old man`, `a inspetora`: where only one of the cast can be meant."""
    known = {one.name: one for one in cast}
    people: list[Known] = [
        known_person(one.name, one.role, language, sex=one.look.presentation) for one in cast
    ]
    found: list[Mention] = []
    for match in FIRST.finditer(text):
        # `Un guardia se acerca`: where somebody comes on who is nothing but that.
        noun = (match[1] or match[2]).lower()
        same = [one for one in cast if one.role.lower().split()[:1] == [noun] or _called_only(one) == noun]
        if not same and noun in bank(language)["reported"]["children"].split():
            # `Un niño llega`: the only child of the story that it can be.
            fitting = [known[one.name] for one in may_mean(noun, people, language)]
            same = [one for one in fitting if one.look.age == "child"]
        if len(same) == 1:
            found.append(Mention(match.start(), match.end(), same[0]))
    for match in NOUN.finditer(text):
        if language == "en" and match[0].lower().startswith("a "):
            # `a man` has just come in; the other languages' `a` is an article that knows him.
            continue
        if match[1].lower() in ("seu", "sua", "seus", "suas"):
            # `cada uma tem o seu tom` is no Seu Odilon.
            continue
        called = may_mean(match[1], people, language)
        if len(called) == 1:
            found.append(Mention(match.start(), match.end(), known[called[0].name]))
    return found


def _called_only(one: Character) -> str:
    """`atracador` of `El atracador`, who has no other name."""
    article, _, noun = one.name.partition(" ")
    return noun.lower() if article.lower() in ("the", "el", "la", "o", "a") else ""


def subject_of(
    text: str, cast: Sequence[Character], language: Language, *, before: Character | None = None
) -> Character | None:
    """Who does it: the first that no preposition governs; a pronoun means the only one it fits."""
    found = mentioned(text, cast, language)
    pronoun = _pronoun(text, cast, before)
    for one in found:
        melted = text[one.start : one.end].split()[0].lower() in MELTED
        if melted or GOVERNING.search(text[: one.start]):
            continue
        if pronoun is not None and pronoun[0] < one.start:
            return pronoun[1]
        return one.who
    return pronoun[1] if pronoun is not None else None


def nearest_clause(opening: str, cast: Sequence[Character], language: Language) -> str:
    """`Fausto threatens to go and Kátia locks the door:` from `Kátia` on: who does the last thing speaks."""
    grammar = grammar_of(language)
    joints = "|".join(sorted(grammar.words["coordinators"] | grammar.words["opening"] | JOINTS[language]))
    places = [found.end() for found in re.finditer(rf"(?i)(?:[;,:] |(?<!\w)(?:{joints}) )", opening)]
    for at in reversed(places):
        before, behind = opening[:at], opening[at:]
        if happens(before, language) and _opens_with_doer(behind, cast, language):
            return behind
    return opening


def _opens_with_doer(text: str, cast: Sequence[Character], language: Language) -> bool:
    """Whether somebody stands at the very beginning, and what one person does right behind."""
    found = [one for one in mentioned(text, cast, language) if one.start == 0]
    pronoun = re.match(r"\w+", text)
    end = found[0].end if found else 0
    if not end and pronoun and pronoun[0].lower() in SHE | HE:
        end = pronoun.end()
    grammar = grammar_of(language)
    small = grammar.words["clitics"] | grammar.words["adverbs"] | grammar.words["negations"]
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text[end:])]
    while words and words[0] in small:
        words = words[1:]
    form = grammar.verbs.finite.get(words[0]) if end and words else None
    return form is not None and not form.bare and not (form.plural and grammar.drops_subjects)


def introduced(text: str, cast: Sequence[Character], language: Language) -> Character | None:
    """Who has just been recognised: the last one behind `es`, `it is`."""
    for one in reversed(mentioned(text, cast, language)):
        if INTRODUCED.search(text[: one.start]):
            return one.who
    return None


def _pronoun(text: str, cast: Sequence[Character], before: Character | None) -> tuple[int, Character] | None:
    """The first `she` or `he` and whom it means."""
    for match in re.finditer(r"\w+", text):
        for words, sex in ((SHE, "woman"), (HE, "man")):
            if match[0].lower() not in words or GOVERNING.search(text[: match.start()]):
                continue
            fitting = [one for one in cast if one.look.presentation == sex and not is_teller(one.name)]
            if len(fitting) == 1:
                return match.start(), fitting[0]
            if before in fitting and before is not None:
                return match.start(), before
            return None
    return None


def names_a_stranger(text: str, cast: Sequence[Character], language: Language) -> bool:
    """Whether the first whom a text speaks of is nobody of the cast: `Llama un niño`, `a man's voice`."""
    if INDEFINITE.search(text):
        return True
    persons = person_words(bank(language)["reading"])
    known = [one.start for one in mentioned(text, cast, language)]
    for found in PERSON.finditer(text):
        if found[1].lower() in persons and not GOVERNING.search(text[: found.start()]):
            return not any(at <= found.start(1) for at in known)
    return False


def happens(text: str, language: Language) -> bool:
    """Whether a sentence has a verb of its own; `Motor morto, noite caindo` only sets the scene."""
    grammar = grammar_of(language)
    nouns_follow = grammar.determiners | grammar.words["prepositions"]
    words = re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", text)
    for at, word in enumerate(words):
        if language == "en" and re.fullmatch(r"(?:it|that|there|he|she)['\u2019]s", word.lower()):
            return True
        form = grammar.verbs.finite.get(word.lower())
        if form is None or word.lower() in grammar.words["not_verbs"]:
            continue
        if form.bare and at and words[at - 1].endswith("s") and words[at - 1].lower() not in nouns_follow:
            # `the two grooms meet`
            return True
        if not form.bare and (at == 0 or words[at - 1].lower() not in nouns_follow):
            return True
    return False


def only_is(text: str, language: Language) -> bool:
    """Whether a sentence only says what something is: `Remedios es una burra.`."""
    finite = grammar_of(language).verbs.finite
    found = [finite[word].base for word in re.findall(r"\w+", text.lower()) if word in finite]
    short = len(text.split()) <= SHORTEST_DEED
    return short and bool(found) and found[0] in ("be", "ser", "estar", "haber", "haver", "ter", "tener")


def begins_with_verb(text: str, language: Language) -> bool:
    """Whether whoever does it is left out: `Improvisa:`, `Después firma.`."""
    grammar = grammar_of(language)
    if not grammar.drops_subjects:
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())[:3]
    clitics = {"se", "le", "lo", "la", "les", "me", "no", "não", "lhe", "e", "y", "pero", "mas"}
    for word in words:
        if word in grammar.verbs.finite and word not in clitics:
            return True
        if word not in clitics and word not in grammar.words["adverbs"]:
            return False
    return False


def another_does(text: str, cast: Sequence[Character], language: Language) -> bool:
    """Whether the last one of whom a text tells that they do something is nobody of the cast.

    `He dozes when the parrot opens an eye and`: what follows is the parrot's.
    """
    doers = [*_nouns_that_do(text, language)]
    if not doers:
        return False
    known = [one.start for one in mentioned(text, cast, language)]
    pronouns = [found.start() for found in re.finditer(r"\w+", text) if found[0].lower() in SHE | HE]
    last, noun = doers[-1]
    return last not in known and not any(at > last for at in [*known, *pronouns]) and bool(noun)


def _nouns_that_do(text: str, language: Language) -> list[tuple[int, str]]:
    """Where a clause begins with `the parrot opens`: an article, its noun and a verb."""
    grammar = grammar_of(language)
    joints = "|".join(sorted(grammar.words["opening"] | JOINTS[language]))
    found = []
    for one in re.finditer(
        rf"(?i)(?:[,;:] |(?<!\w)(?:{joints}) )(?=([^\W\d_]+) ([^\W\d_]+)((?: [^\W\d_]+){{1,3}}))", text
    ):
        if one[1].lower() not in grammar.words["articles"] | grammar.words["possessives"]:
            continue
        if any(
            grammar.verbs.finite.get(word.lower()) and not grammar.verbs.finite[word.lower()].bare
            for word in one[3].split()[:2]
        ):
            found.append((one.end(), one[2]))
    return found


def is_written(opening: str, language: Language) -> bool:
    """Whether words are read off something: a note, a sign, a typed page."""
    words = set(re.findall(r"\w+", opening.lower()))
    return bool(words & set(bank(language)["reported"]["written"].split()))


def is_from_afar(opening: str, language: Language) -> bool:
    """Whether a voice comes out of a telephone or a radio."""
    words = set(re.findall(r"\w+", opening.lower()))
    return bool(words & set(bank(language)["reported"]["afar"].split()))


def brings_writing(text: str, language: Language) -> bool:
    """Whether somebody leaves, finds or opens something to read: what follows stands there."""
    words = set(re.findall(r"\w+", text.lower()))
    return is_written(text, language) and bool(words & set(bank(language)["reported"]["brought"].split()))
