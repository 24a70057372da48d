"""Making a told sentence shorter without breaking it: what somebody looks like goes first.

`Ruth is a cobbler, fifty, strong forearms, leather apron.` is drawn; told is that Ruth is a cobbler.
"""

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.ages import in_digits
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.timing import words_in

SENTENCE = re.compile(r"(?<=[.!?\u2026])\s+")
STRONG = re.compile(r"(?<=[;.!?\u2026])\s+")
QUOTES = re.compile('["\u201c\u201d\u00ab\u00bb()]')
WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
LACKING = frozenset(("without", "sin", "sem", "ni", "nem", "no", "not"))
SO: dict[Language, tuple[str, ...]] = {
    "en": ("so",), "es": ("as\u00ed que", "conque"), "pt-BR": ("ent\u00e3o", "por isso"),
}  # fmt: skip
SHORTEST_CLAUSE = 5
NEWCOMERS = frozenset(
    ("stranger", "figure", "silhouette", "viejo", "vieja", "desconocido", "desconocida", "forastero",
     "forastera", "silueta", "velho", "velha", "desconhecido", "desconhecida", "estranho", "estranha",
     "vulto", "silhueta")
)  # fmt: skip
"""Who comes on as nothing more than that."""
SHORTEST = 3
"""Words below which a sentence tells nothing."""
LEAST_LISTED = 2
"""Looks in a row that make a description."""
LONGEST_BARE = 3
LONGEST_TAIL = 8
"""Words of a phrase behind the last comma that only says how or where."""


def without_description(text: str, language: Language) -> str:
    """A text in which nobody's age, hair and clothes are listed; one garment in passing stays."""
    return " ".join(_sentence(one, language, always=False) for one in SENTENCE.split(text))


def within(text: str, most: int, language: Language) -> str:
    """A text of at most so many words, whole sentences all; empty where there is none.

    Looks go first, then what a last comma only adds, then whole sentences from the end.
    """
    text = softly_within(text, most, language)
    parts = STRONG.split(text)
    while parts and (words_in(" ".join(parts)) > most or _is_open(" ".join(parts))):
        room = most - words_in(" ".join(parts[:-1]))
        shorter = _first_clauses(parts[-1], room, language)
        parts = [*parts[:-1], shorter] if shorter else parts[:-1]
    return _ended(" ".join(parts))


def _first_clauses(sentence: str, room: int, language: Language) -> str:
    """As many whole clauses of a sentence as there is room for: better than none of it."""
    if QUOTES.search(sentence) or ": " in sentence:
        return ""
    joints = "|".join({*grammar_of(language).words["coordinators"], *SO[language]})
    for found in reversed([*re.finditer(rf", (?:{joints}) ", sentence)]):
        head, rest = sentence[: found.start()], sentence[found.end() :]
        behind = found[0].strip(", ") in SO[language] or _does(rest, language)
        whole = behind and _does(head, language)
        if whole and SHORTEST_CLAUSE <= words_in(head) <= room:
            return _ended(head)
    return ""


def _does(text: str, language: Language) -> bool:
    return _acts([one.lower() for one in WORD.findall(text)], language)


def _is_open(text: str) -> bool:
    """Whether somebody is still being quoted, or a bracket is open."""
    return text.count('"') % 2 == 1 or any(
        text.count(one) != text.count(two) for one, two in ("\u201c\u201d", "\u00ab\u00bb", "()")
    )


def softly_within(text: str, most: int, language: Language) -> str:
    """A text without looks and without what its last comma only adds, as far as `most` words ask for it."""
    for shorter in (_same, without_looks, _without_tail):
        text = shorter(text, language)
        if words_in(text) <= most:
            break
    return text


BRACKETS = re.compile(r"(?<=\w) \((?P<who>[^()]{2,60})\)(?P<after>[.,;:!?]?)")


def unbracketed(text: str, language: Language) -> str:
    """`Tess (the night nurse) brings tea` as it is read aloud: `Tess, the night nurse, brings tea`."""
    determiners, callings = grammar_of(language).determiners, person_words(bank(language)["reading"])

    def heard(found: re.Match[str]) -> str:
        first = found["who"].split()[0]
        if first.lower() not in determiners and first not in callings:
            return found[0]
        counted = language == "en" and first in callings
        article = ("an " if first[0] in "aeiou" else "a ") if counted else ""
        return f", {article}{found['who']}{found['after'] or ','}"

    return BRACKETS.sub(heard, text)


def gives_a_reason(text: str, language: Language) -> bool:
    """Whether a text says why, or what somebody says: no story can do without it."""
    return ": " in text or QUOTES.search(text) is not None or _has("reason", text, language)


def brings_on(text: str, language: Language) -> bool:
    """`On the stairs stands an old man`: where nobody tells of him, nobody knows whose the next words are."""
    reading = bank(language)["reading"]
    first = {"en": "an?", "es": "una?", "pt-BR": "uma?"}[language]
    found = re.finditer(rf"(?<!\w){first} (?:[^\W\d_]+ )?([^\W\d_]+)", text, re.IGNORECASE)
    known = person_words(reading) | NEWCOMERS
    return any({*one[0].lower().split()[1:]} & known for one in found)


def _same(text: str, language: Language) -> str:
    return text


def without_looks(text: str, language: Language) -> str:
    """The text without anything that somebody looks like."""
    return " ".join(_sentence(one, language, always=True) for one in SENTENCE.split(text))


def _without_tail(text: str, language: Language) -> str:
    """The text without a phrase behind its last comma that has no verb and begins with a preposition."""
    head, _, tail = text.rpartition(", ")
    words = [one.lower() for one in WORD.findall(tail)]
    led = words[:1] and words[0] in grammar_of(language).words["prepositions"] - LACKING
    if not led or len(words) > LONGEST_TAIL or QUOTES.search(text) or _acts(words, language):
        return text
    return _ended(head) if words_in(head) >= SHORTEST else text


def _acts(words: list[str], language: Language) -> bool:
    """Whether somebody does something in a phrase, or is asked to: `to hand over the bag`."""
    verbs = grammar_of(language).verbs
    infinitive = words[:1] == ["to"] or (language != "en" and any(one in verbs.bases for one in words))
    return infinitive or any(one in verbs.finite and not verbs.finite[one].bare for one in words)


def _sentence(text: str, language: Language, *, always: bool) -> str:
    if QUOTES.search(text):
        return text
    head, colon, tail = text.partition(": ")
    listed = _parts(tail)
    described = len(listed) >= LEAST_LISTED or _describes([*listed, *listed], language)
    if colon and listed and described and all(is_look(one, language) for one in listed):
        return _ended(_sentence(head, language, always=always).rstrip("."))
    parts = _parts(text)
    looks = _looks_of(parts, language)
    described = _describes([one for one, look in zip(parts, looks, strict=True) if look], language)
    if always and not described:
        # `She packs a dress, two shirts`: what is done to things is no description.
        looks = [look and _is_led(one, language) for one, look in zip(parts, looks, strict=True)]
    told = [one for one, look in zip(parts, looks, strict=True) if look]
    if not told or not (always or described):
        return text
    kept = _joined(parts, looks, language)
    return _ended(kept) if words_in(kept) >= SHORTEST else text


def _looks_of(parts: list[str], language: Language) -> list[bool]:
    """Which parts are looks; what only stands in their row is one too: `30, red curls, yellow oilskin`."""
    found: list[bool] = []
    for at, one in enumerate(parts):
        in_row = at > 1 and found[-1] and at + 1 < len(parts) and _is_bare(one, language)
        found.append(at > 0 and (in_row or is_look(one, language)))
    return found


def _is_bare(part: str, language: Language) -> bool:
    """Whether a part is two or three words with no verb, and nobody's."""
    grammar = grammar_of(language)
    words = WORD.findall(part)
    small = grammar.determiners | grammar.pronouns | grammar.words["coordinators"]
    small |= grammar.words["prepositions"] | grammar.words["adverbs"]
    plain = 1 < len(words) <= LONGEST_BARE and part.islower()
    return plain and words[0] not in small and not any(one in grammar.verbs.finite for one in words)


def _is_led(part: str, language: Language) -> bool:
    first = WORD.findall(part.lower())[:1]
    return bool(first) and first[0] in grammar_of(language).words["prepositions"]


def _parts(text: str) -> list[str]:
    return [one.strip() for one in text.rstrip(" .!").split(", ") if one.strip()]


def _describes(looks: list[str], language: Language) -> bool:
    """Whether looks are a description: two at least, and an age or a body among them."""
    body = any(_is_age(one, language) or _has("body", one, language) for one in looks)
    return len(looks) >= LEAST_LISTED and body


def _joined(parts: list[str], looks: list[bool], language: Language) -> str:
    """What is left, with commas where they still stand between two things."""
    told, cut, kept = "", False, 0
    for part, look in zip(parts, looks, strict=True):
        if look:
            cut = True
            continue
        # `Itzel, de catorce, no quiere`: behind what is cut the verb goes on without a comma.
        bare = cut and kept == 1
        joins = cut and part.split()[0].lower() in grammar_of(language).words["coordinators"]
        told = part if not told else f"{told}{' ' if bare or joins else ', '}{part}"
        cut, kept = False, kept + 1
    return re.sub(rf" (?:{_table(language)['aged']})(?=,|$| (?:and|y|e) )", "", told)


def is_look(part: str, language: Language) -> bool:
    """Whether a part of a sentence only says how old somebody is or what they look like."""
    words = [one.lower() for one in WORD.findall(part)]
    if words and words[0] in LACKING:
        # `without her glasses`, `ni un rasguño`: what is missing is news, and no look.
        return False
    verbs = grammar_of(language).verbs
    acts = any(
        one in verbs.finite and not verbs.finite[one].bare and one not in verbs.participles
        for one in words
        if not (_has("body", one, language) or _has("clothes", one, language))
    )
    if acts or any(one in grammar_of(language).pronouns for one in words):
        return False
    return _is_age(part, language) or _has("body", part, language) or _has("clothes", part, language)


def _is_age(part: str, language: Language) -> bool:
    """`69`, `de unos cuarenta`, `sixty-two years old`."""
    table, said = _table(language), in_digits(part.strip(" ."), language)
    age = rf"(?:(?:{table['about']}) )*\d{{1,3}}(?: (?:{table['years']}))?"
    return re.fullmatch(age, said, re.IGNORECASE) is not None


def _has(kind: str, part: str, language: Language) -> bool:
    return re.search(rf"(?<!\w)(?:{_table(language)[kind]})(?!\w)", part, re.IGNORECASE) is not None


def _table(language: Language) -> Table:
    table: Table = bank(language)["makers"]["looks"]
    return table


def _ended(text: str) -> str:
    plain = text.rstrip(" ,;:\u2013\u2014")
    return plain if not plain or plain[-1] in '.!?\u2026"\u201d\u00bb' else f"{plain}."
