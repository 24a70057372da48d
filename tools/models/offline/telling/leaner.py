"""Sentences made leaner where there is no time for all: what only describes goes first, out of any of them.

`Se lo cuenta a Óscar, el botones, ese chaval alto, y suben con unas toallas.` loses the lad before anybody
is left out: every sentence of a story is told.
"""

from collections.abc import Iterator, Sequence

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.timing import words_in

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
CLOSED = re.compile('["\u201c\u201d\u00ab\u00bb():;?!]')
END = re.compile(r"[.!?\u2026]+$")
AGAIN, LED, PLAIN, BEHIND, APPOSED, LISTED, RELATIVE = 1.0, 1.5, 2.0, 2.5, 4.0, 6.0, 5.0
"""What a phrase costs a listener: what is said of somebody a second time, how and where, what it is like,
what a clause ends in, who somebody is, one thing of a list, and what a last `who` adds."""
OWNED = 7.0
"""What a noun is of, where nothing else is left to go."""
LAST = 3.0
"""How much more it costs at the end of the story."""
LEAST_HEAD, MOST_BEHIND = 3, 7
"""Words that are left before such a phrase, and that it has."""
LONGEST_LISTED = 5
"""Words of the last thing of a list, its `and` included."""
BEHINDS: dict[Language, frozenset[str]] = {
    "en": frozenset(("with", "without", "under", "behind", "beside", "between", "during", "among", "beyond")),
    "es": frozenset(("con", "sin", "bajo", "tras", "entre", "sobre", "durante", "desde")),
    "pt-BR": frozenset(("com", "sem", "sob", "entre", "sobre", "durante", "desde")),
}
"""Prepositions behind whose nouns a clause can end as well before them."""
OF: dict[Language, frozenset[str]] = {
    "en": frozenset(("of",)),
    "es": frozenset(("de", "del")),
    "pt-BR": frozenset(("de", "do", "da", "dos", "das")),
}
LACKING: dict[Language, frozenset[str]] = {
    "en": frozenset(("without", "no", "not", "never")),
    "es": frozenset(("sin", "ni", "no", "nunca")),
    "pt-BR": frozenset(("sem", "nem", "não", "nunca")),
}
"""What somebody comes without is told for a reason: `without her glasses`."""
STATES = frozenset(
    ("be", "stand", "sit", "appear", "return", "come", "remain", "estar", "ser", "aparecer", "volver",
     "quedar", "regresar", "salir", "voltar", "ficar", "sair", "surgir", "reaparecer")
)  # fmt: skip
TELLING = 3.0
REAL = frozenset(("verdad", "verdade", "veras", "mentira", "verdadera", "nobody", "nadie", "ninguém"))
"""`a letter of nobody`, `uma carta de verdade`: without these words it is another thing."""
Cut = tuple[float, int, str]
"""What it costs, how many words it saves, and the text that is left."""


def leanest(text: str, language: Language) -> int:
    """Words of a text from which everything is gone that can go."""
    return words_in(leaner_together([text], 0, language)[0])


def leaner_together(texts: Sequence[str], most: int, language: Language, *, ends: bool = False) -> list[str]:
    """The texts in about `most` words, as far as phrases can go; `ends`: the last one ends the story."""
    found = list(texts)
    while (over := sum(map(words_in, found)) - most) > 0:
        cuts = [
            (
                price + (LAST if ends and at == len(found) - 1 else 0.0),
                saved < over,
                abs(saved - over),
                at,
                rest,
            )
            for at, text in enumerate(found)
            for price, saved, rest in cuts_of(text, language)
        ]
        if not cuts:
            break
        *_, at, rest = min(cuts)
        found[at] = rest
    return found


def cuts_of(text: str, language: Language) -> list[Cut]:
    """Every single phrase that a text can do without."""
    sentences = sentences_of(text)
    found: list[Cut] = []
    for at, one in enumerate(sentences):
        for price, shorter in _of_sentence(one, grammar_of(language)):
            rest = " ".join([*sentences[:at], shorter, *sentences[at + 1 :]])
            found.append((price, words_in(text) - words_in(rest), rest))
    return [one for one in found if one[1] > 0]


def _of_sentence(sentence: str, grammar: Grammar) -> Iterator[tuple[float, str]]:
    end = END.search(sentence)
    stop = end.group() if end else ""
    parts = sentence[: len(sentence) - len(stop)].split(", ")
    head = _head_of_bare(parts, grammar)
    for at in (at for at in range(1, len(parts)) if at != head):
        price = _price(parts, at, grammar)
        if price is not None and _says_what_is_missing(parts, at, grammar):
            price += TELLING
        if price is not None and not CLOSED.search("".join(parts[:at]).rpartition(":")[2] + parts[at]):
            yield price, f"{_without(parts, at, grammar)}{stop}"
    for price, led in ((BEHIND, BEHINDS[grammar.language]), (OWNED, OF[grammar.language])):
        for one in _behind_any(parts, led, grammar):
            real = REAL & ({*_words(sentence)} - {*_words(one)})
            yield price + (TELLING if real else 0.0), f"{one}{stop}"


def _says_what_is_missing(parts: Sequence[str], at: int, grammar: Grammar) -> bool:
    """`Vera is at the desk, without her glasses`: how somebody is now, and not how they go about a thing."""
    if _words(parts[at])[0] not in LACKING[grammar.language]:
        return False
    finite = grammar.verbs.finite
    verbs = [finite[one].base for part in parts[:at] for one in _words(part) if _is_verb(one, grammar)]
    return bool(verbs) and verbs[-1] in STATES


def _head_of_bare(parts: Sequence[str], grammar: Grammar) -> int:
    """Which part of `Behind her, the open case, with a spade` is there; 0 where anything is done."""
    if not all(_is_phrase(one, grammar) for one in parts):
        return 0
    led = grammar.words["prepositions"] | grammar.words["leading"] | grammar.words["adverbs"]
    bare = (at for at, one in enumerate(parts) if _words(one) and _words(one)[0] not in led)
    return next(bare, 0)


def _behind_any(parts: Sequence[str], led: frozenset[str], grammar: Grammar) -> Iterator[str]:
    """The sentence without the phrase in which one of its clauses ends."""
    joined = "|".join(sorted(grammar.words["coordinators"]))
    for at, part in enumerate(parts):
        clauses = re.split(rf"( (?:{joined}) )", part)
        for place in range(0, len(clauses), 2):
            behind = _behind(clauses[place], led, grammar)
            after = "".join(clauses[place + 1 :]) or ("" if at + 1 == len(parts) else "x")
            # `with a scarf and a hat` is one phrase; `with a scarf and leaves` is not.
            whole = not clauses[place + 1 :] or not _is_phrase(clauses[place + 2], grammar)
            if behind and whole and after != "x":
                yield ", ".join([*parts[:at], "".join([*clauses[:place], behind, after]), *parts[at + 1 :]])


def _price(parts: Sequence[str], at: int, grammar: Grammar) -> float | None:
    """What a part between commas costs; None where the sentence needs it."""
    words, last = _words(parts[at]), at == len(parts) - 1
    if not words or words[0] in grammar.words["coordinators"]:
        return None
    if not _is_phrase(parts[at], grammar):
        relative = last and words[0] in grammar.words["relatives"]
        return RELATIVE if relative else None
    if not last and _words(parts[at + 1])[:1] and _lists(parts[at + 1], grammar):
        return None
    if set(words) & grammar.words["coordinators"] and last:
        somebody = set(words) & person_words(bank(grammar.language)["reading"])
        return LISTED + TELLING if somebody else LISTED
    if at > 1 and _is_phrase(parts[at - 1], grammar):
        return (
            AGAIN if words[0] in grammar.determiners or words[0] not in grammar.words["prepositions"] else LED
        )
    if words[0] in grammar.words["prepositions"]:
        return LED
    return APPOSED if words[0] in grammar.determiners or not last else PLAIN


def _lists(part: str, grammar: Grammar) -> bool:
    """Whether a part goes on with a list: `and a coat`."""
    short = len(_words(part)) <= LONGEST_LISTED
    return _words(part)[0] in grammar.words["coordinators"] and short and _is_phrase(part, grammar)


def _without(parts: Sequence[str], at: int, grammar: Grammar) -> str:
    """The sentence without a part; no comma stays between a bare subject and its verb."""
    before, after = ", ".join(parts[:at]), ", ".join(parts[at + 1 :])
    if not after:
        return before
    first = _words(parts[0])[:1]
    led = bool(first) and any(
        first[0] in grammar.words[one] for one in ("prepositions", "leading", "opening")
    )
    bare = at == 1 and _is_phrase(parts[0], grammar) and not led and not _is_phrase(parts[at + 1], grammar)
    joined = bare or _words(before)[-1] in grammar.words["coordinators"]
    return f"{before}{' ' if joined else ', '}{after}"


def _behind(clause: str, led: frozenset[str], grammar: Grammar) -> str:
    """A clause without the phrase in which it ends: `con una carpeta` of `llega Eva con una carpeta`."""
    words = clause.split(" ")
    for at in range(len(words) - 2, LEAST_HEAD - 1, -1):
        tail = " ".join(words[at:])
        if words[at].lower() in led:
            fits = len(words) - at <= MOST_BEHIND and _is_phrase(tail, grammar)
            own = _is_verb(words[at - 1], grammar) or words[at - 1].lower() in grammar.words["prepositions"]
            head = " ".join(words[:at])
            tells = not _is_phrase(head, grammar) and not CLOSED.search(clause)
            return head if fits and tells and not own else ""
    return ""


def _is_phrase(part: str, grammar: Grammar) -> bool:
    """Whether nothing is done in a part of a sentence."""
    words = WORD.findall(part)
    small = grammar.determiners | grammar.words["prepositions"]
    infinitive = grammar.language != "en" and any(one.lower() in grammar.verbs.bases for one in words)
    led = words[:1] == ["to"]
    return not (infinitive or led) and not any(
        _is_verb(one, grammar) and not (at and words[at - 1].lower() in small) for at, one in enumerate(words)
    )


def _is_verb(word: str, grammar: Grammar) -> bool:
    form = grammar.verbs.finite.get(word)
    return form is not None and not form.bare and word not in grammar.words["not_verbs"]


def _words(part: str) -> list[str]:
    return [one.lower() for one in WORD.findall(part)]
