"""A sentence in its clauses: who does something in each, whom it concerns, and with which verbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from state.script import Language
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.forms import Form
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.people import Person, aliases
from tools.models.offline.clauses.tokens import TITLES, Token, tokenise
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Tense

MARK = re.compile(r"[,;:.!?\u2026]+[\"\u201d\u00bb')]*\s+|\s[\u2013\u2014-]\s")
WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
"""A word with what a hyphen or an apostrophe joins to it."""
NEAR = 3
"""Words behind a joint among which its verb or its subject stands."""
LONG = 2
COUNTED = frozenset(("dos", "tres", "dois", "duas", "três"))
"""Numbers that stand for people, behind an article."""
MINE = "my|our|mis?|nuestr[oa]s?|meus?|minhas?|noss[oa]s?"
"""`my father`: called so by whoever tells it."""
APPOSED = 9
"""Words and marks within which a name and what it is end."""


@lru_cache(maxsize=64)
def words_of_class(name: str, language: Language) -> frozenset[str]:
    """A closed class of small words of the ledger's bank."""
    return frozenset(bank(language)["ledger"]["small"][name].split())


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb that says what happens, and where in the clause it stands."""

    lemma: str
    tense: Tense
    plural: bool
    start: int


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a sentence with one thing that happens, before anybody is looked for in it."""

    text: str
    start: int
    """Where it stands in its sentence."""
    sentence: int
    """The sentence of the fact that it belongs to."""
    verbs: tuple[Verb, ...]
    quoted: bool = False
    """Somebody is quoted right in it."""

    @property
    def end(self) -> int:
        """Where it ends in its fact."""
        return self.start + len(self.text)


def pieces_of(text: str, language: Language) -> list[Piece]:
    """The clauses of a fact in order; what has no verb belongs to the one before it."""
    plain, grammar = unquoted(text), grammar_of(language)
    joints = {*_joint_cuts(plain, grammar)}
    cuts = sorted({0, *_mark_cuts(plain), *joints, len(text)})
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        verbs = verbs_in(plain[start:end], grammar)
        before = found[-1] if found else None
        fresh = before is None or _ends_sentence(plain[:start])
        sentence = 0 if before is None else before.sentence + fresh
        quoted = plain[start:end] != text[start:end]
        alone = (
            before is not None
            and not before.verbs
            and not _turns_to(plain[before.start : start], plain[start:end], grammar)
        )
        # `while Dale, the driver, slips out`: what a joint has begun is not of the clause before it.
        begun = start in joints and before is not None and bool(before.verbs)
        if before is not None and not fresh and not begun and (not verbs or alone):
            # `El viajante Ordóñez, sentado en el banco, abraza su maleta` is one clause.
            whole = plain[before.start : end]
            found[-1] = Piece(text=whole, start=before.start, sentence=before.sentence,
                verbs=verbs_in(whole, grammar), quoted=quoted or before.quoted)  # fmt: skip
            continue
        found.append(Piece(text=plain[start:end], start=start, sentence=sentence, verbs=verbs, quoted=quoted))
    return found


def _turns_to(before: str, text: str, grammar: Grammar) -> bool:
    """`Rojas parte para la estación y ella lo sigue`: somebody else goes on, whatever the verb before."""
    words = tokenise(text)[:LONG]
    if len(words) < LONG or words[0].lower not in words_of_class("and", grammar.language):
        return False
    named = words[1].lower in grammar.pronouns or words[1].text[:1].isupper()
    return named and len(before.split()) > NEAR


def verbs_in(text: str, grammar: Grammar) -> tuple[Verb, ...]:
    """The finite verbs of a text, no nouns that look like them."""
    tokens = [one for one in tokenise(text) if one.is_word]
    found = []
    for at, token in enumerate(tokens):
        form = grammar.form(token)
        if form is None or _is_noun(tokens, at, grammar) or _only_tells_how(token, at, form, grammar):
            continue
        if at and _is_name(text, token):
            continue
        if form.bare and not _may_be_bare(tokens, at, grammar):
            continue
        found.append(Verb(lemma=form.base, tense=form.tense, plural=form.plural, start=token.start))
    return tuple(found)


def _is_name(text: str, token: Token) -> bool:
    """`Doña Lucha`, `mi tía, Mira`: a great letter inside of a sentence is no verb's."""
    before = text[: token.start].rstrip()[-1:]
    return token.text[:1].isupper() and not token.text.isupper() and (before.isalnum() or before == ",")


def _only_tells_how(token: Token, at: int, form: Form, grammar: Grammar) -> bool:
    """`knocks at the door, soaked`: a participle that opens a stretch says what somebody is like."""
    return at == 0 and form.tense == "past" and token.lower in grammar.verbs.participles


def _is_noun(tokens: Sequence[Token], at: int, grammar: Grammar) -> bool:
    """`the looks`, `de cartas`: what an article or a preposition leads to; `la besa` has its pronoun."""
    before = tokens[at - 1].lower if at else ""
    if before in grammar.words["clitics"] and before in grammar.words["articles"]:
        # `la abraza` and `la casa`: a verb where no noun's gender fits what nobody could tell apart.
        after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        opens = words_of_class("before_clitics", grammar.language) | grammar.pronouns
        led = at < LONG or tokens[at - 2].lower in opens
        named = not led and tokens[at - 2].text[:1].isupper() and grammar.form(tokens[at - 2]) is None
        # `Salas la alcanza.`: a name before it, and nothing that a noun would go on with.
        return not (led or (named and (not after or after in grammar.words["prepositions"])))
    if at >= LONG and before in COUNTED and tokens[at - 2].lower in grammar.words["articles"]:
        # `los dos pegan el billete`: those two do it.
        return False
    closed = grammar.determiners | grammar.words["prepositions"]
    if before in words_of_class("before_nouns", grammar.language) and at >= LONG:
        # `en la última casa espera`, `the last bites`: what such a word leads to is a noun.
        return tokens[at - 2].lower in closed
    return before in closed and before not in grammar.words["clitics"]


def _may_be_bare(tokens: Sequence[Token], at: int, grammar: Grammar) -> bool:
    """`they hide`, `Ana and Ben hide`: an English base form is finite only after several."""
    before = [one.lower for one in tokens[max(0, at - NEAR) : at]]
    return bool({*before} & words_of_class("several_before", grammar.language))


def _mark_cuts(text: str) -> list[int]:
    """Where a clause may begin behind a mark; the full stop of `Mr.` is none."""
    return [one.end() for one in MARK.finditer(text) if not TITLES.search(text[: one.end()].rstrip())]


def _joint_cuts(text: str, grammar: Grammar) -> list[int]:
    """Where a clause begins at a joint with a verb or a subject behind it."""
    tokens = tokenise(text)
    joints = words_of_class("joints", grammar.language)
    found = []
    for at, token in enumerate(tokens):
        after = [one for one in tokens[at + 1 : at + 1 + NEAR] if one.is_word]
        if token.lower in joints and after and _goes_on(tokens, at, grammar):
            # `com quem ela ia casar`: the preposition belongs to what it leads to.
            led = at > 0 and grammar.is_a(token, "relatives") and grammar.is_a(tokens[at - 1], "prepositions")
            found.append(tokens[at - 1].start if led else token.start)
    return found


def _goes_on(tokens: Sequence[Token], at: int, grammar: Grammar) -> bool:
    """Whether a joint leads to another thing that happens: `and hides it`, no `bread and wine`."""
    stretch = tokens[at + 1 : at + 1 + NEAR]
    if grammar.is_a(tokens[at], "prepositions") and [one.text for one in stretch[1:2]] == [","]:
        # `rema até ele, o puxa`: the joint leads to him, and to no clause.
        return False
    text = " ".join(one.text for one in stretch)
    if _is_several(text, grammar) and verbs_in(_after(tokens, at), grammar):
        # `Zulmira arregaça as mangas e as duas batem a massa`.
        return True
    if verbs_in(text, grammar) and not _opens_noun(stretch[0], grammar):
        return True
    past = _past_apposition(tokens, at + 1)
    later = " ".join(one.text for one in tokens[past : past + 2 * NEAR])
    led = stretch[0].lower in grammar.pronouns or stretch[0].lower in grammar.determiners
    if not (led or stretch[0].text[:1].isupper()) or not verbs_in(later, grammar):
        return False
    adds = tokens[at].lower in words_of_class("and", grammar.language)
    return not adds or _has_verb_before(tokens, at, grammar)


def _is_several(text: str, grammar: Grammar) -> bool:
    several = bank(grammar.language)["ledger"]["several"]
    return re.match(rf"(?:{several})(?!\w)", text, re.IGNORECASE) is not None


def _after(tokens: Sequence[Token], at: int) -> str:
    return " ".join(one.text for one in tokens[at + 1 : at + 1 + 2 * NEAR])


def _past_apposition(tokens: Sequence[Token], at: int) -> int:
    """`while Dale, the delivery driver, slips out`: the verb stands behind who he is."""
    marks = [n for n in range(at, min(at + APPOSED, len(tokens))) if tokens[n].text in ",.;:!?"]
    apposed = len(marks) > 1 and marks[0] - at < LONG and tokens[at].text[:1].isupper()
    return marks[1] + 1 if apposed and tokens[marks[0]].text == tokens[marks[1]].text == "," else at


def _opens_noun(token: Token, grammar: Grammar) -> bool:
    return token.lower in grammar.determiners and token.lower not in grammar.words["clitics"]


def _has_verb_before(tokens: Sequence[Token], at: int, grammar: Grammar) -> bool:
    """`Ana and Ben dance` has two who do it; `Ana sings and Ben dances` two things that happen."""
    marks = [n + 1 for n in range(at) if tokens[n].text in (".", "!", "?", ";", ":")]
    start = max(marks, default=0)
    return bool(verbs_in(" ".join(one.text for one in tokens[start:at]), grammar))


def _ends_sentence(before: str) -> bool:
    return before.rstrip(" \"\u201d\u00bb')")[-1:] in (".", "!", "?", "\u2026")


@lru_cache(maxsize=512)
def called(person: Person, people: tuple[Person, ...], language: Language) -> str:
    """The words by which a text calls somebody, as a pattern: names, and what only they are."""
    names = [
        re.escape(one)
        for one in aliases(person, people)
        if one.lower() not in grammar_of(language).words["articles"]
    ]
    nouns = person_words(bank(language)["reading"])
    own = {one for one in person.role_words if one in nouns} | set(person.also)
    if person.name.split()[0].lower() in grammar_of(language).determiners:
        # `El inspector` is `al inspector` too.
        own |= {person.name.split()[-1].lower()}
    others = {word for other in people if other is not person for word in other.role_words}
    roles = [re.escape(one) for one in sorted(own - others, key=len, reverse=True)]
    articles = "|".join(sorted(grammar_of(language).determiners | words_of_class("melted", language)))
    articles = f"{articles}|{MINE}"
    kept = [f"(?:(?<!\\w)(?:{articles}) (?:\\w+ )?(?:{'|'.join(roles)}))"] if roles else []
    # `the Harmon farm` is nobody of that name.
    free = "(?<!the )" if language == "en" else ""
    alone = [f"{free}(?:{'|'.join(names)})"] if names else []
    return f"(?<!\\w)(?:{'|'.join([*alone, *kept])})(?!\\w)"
