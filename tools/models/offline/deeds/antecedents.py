"""What `it`, `lo` and `a` stand for in a direction, which is read without the sentence before it.

`y se la devuelve` is told as `le devuelve la tecla`; where nothing can be meant, nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.ledger.clause import words_of_class
from tools.models.offline.persons.people import person_words
from tools.models.offline.things.picturing import names_of
from tools.models.offline.things.things import is_prop
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import plain_word

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
LONGEST = 3
"""Words of an English thing behind its article."""
CLITIC: dict[Language, re.Pattern[str]] = {
    "es": re.compile(r"^(?P<to>(?:se|me|te|nos) )?(?P<it>lo|la|los|las) (?P<verb>\w+)(?P<rest>.*)$", re.I),
    "pt-BR": re.compile(r"^(?P<to>)(?P<it>o|a|os|as) (?P<verb>\w+)(?P<rest>.*)$", re.I),
}
ENGLISH = re.compile(r"(?<!\w)(?P<it>it|them|him|her)(?!\w)(?= (?P<next>\w+)|$|\W)")
ARTICLES = {
    "es": {"m": ("el", "los"), "f": ("la", "las")},
    "pt-BR": {"m": ("o", "os"), "f": ("a", "as")},
}
ONE_OF = {
    "el": "m", "un": "m", "la": "f", "una": "f", "los": "m", "unos": "m", "las": "f", "unas": "f",
    "o": "m", "um": "m", "a": "f", "uma": "f", "os": "m", "as": "f", "uns": "m", "umas": "f",
    "seu": "m", "sua": "f", "seus": "m", "suas": "f",
}  # fmt: skip


MELTED = {
    "al": "m", "del": "m", "no": "m", "na": "f", "nos": "m", "nas": "f", "do": "m", "da": "f",
    "dos": "m", "das": "f", "ao": "m", "à": "f",
}  # fmt: skip
"""Articles with a preposition in them."""
OWN = frozenset(("propio", "propia", "próprio", "própria", "own", "mero", "mera"))
"""What only qualifies whoever or whatever follows."""
SECOND = re.compile(r",? (?:and|y|e) (?:that|que) [^.!?;]*")
"""`notices that the map is old and that a line is gone`: the first of them is what the sentence is about."""
WOUNDED = re.compile(r"(?<!\w)(?:a (?P<one>un|una|la|el)|(?P<al>al)) (?P<noun>[a-záéíóúñ]+)(?!\w)")
"""`carga al herido`: in Spanish somebody without a name is led by `a`."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody whom a pronoun could mean."""

    name: str
    woman: bool
    seen: bool = True
    """In the picture, so that the direction names them anyway."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What was told before a deed, and who else there is, the latest first."""

    before: str
    people: Sequence[Known]
    language: Language


def told_plainly(deed: str, lemma: str, context: Context) -> str:
    """The deed with what its pronouns stand for; empty where one of them stands for nothing."""
    context = replace(context, before=SECOND.sub("", context.before))
    if context.language == "en":
        return _english(deed, lemma, context)
    found = CLITIC[context.language].match(deed)
    if found is None:
        return deed
    it = found["it"].lower()
    sex, many = ("f" if it.startswith("a") or "a" in it else "m"), it.endswith("s")
    whom = [] if many else [one for one in context.people if one.woman == (sex == "f")]
    before, language = context.before, context.language
    thing = last_thing(before, language, sex=sex, many=many) or last_thing(
        before, language, sex=sex, many=many, led=True
    )
    personal = lemma in words_of_class("personal", context.language)
    over = bool(found["to"])
    nameless = "" if many or over or language != "es" else _nameless(before, sex)
    if nameless:
        return f"{found['verb']} {nameless}{found['rest']}"
    if whom and not over and (personal or not thing):
        return deed if whom[0].seen else _of_person(found, whom[0].name, context.language)
    if many and not thing and len(context.people) > 1:
        return deed
    if not thing:
        return ""
    return _of_thing(found, thing, lemma, context.language)


def _nameless(before: str, sex: str) -> str:
    """Somebody without a name to whom something was just done; nobody who goes to a place."""
    found = [*WOUNDED.finditer(re.split(r"[.!?;]", before.rstrip(" .;!?"))[-1])]
    last = found[-1] if found else None
    if last is None or ONE_OF.get(last["one"] or "el") != sex or last["noun"] in names_of("es"):
        return ""
    motion = WORD.findall(before[: before.rfind(last[0])].lower())[-1:]
    people = person_words(bank("es")["reading"])
    grammar = grammar_of("es")
    form = grammar.verbs.finite.get("".join(motion))
    personal = form is not None and form.base in words_of_class("personal", "es")
    if not (personal or last["noun"] in people):
        return ""
    return f"al {last['noun']}" if sex == "m" else f"a la {last['noun']}"


def _of_person(found: re.Match[str], name: str, language: Language) -> str:
    led = f"a {name}" if language == "es" else name
    return f"{found['verb']} {led}{found['rest']}"


def _of_thing(found: re.Match[str], thing: str, lemma: str, language: Language) -> str:
    to = (found["to"] or "").strip().lower()
    if to == "se":
        own = lemma in words_of_class("upon_oneself", language) and not re.match(
            r" al? [A-ZÁÉÍÓÚ]", found["rest"]
        )
        to = "se" if own else "le"
    lead = f"{to} " if to else ""
    return f"{lead}{found['verb']} {thing}{found['rest']}"


def _english(deed: str, lemma: str, context: Context) -> str:
    found = ENGLISH.search(deed)
    if found is None:
        return deed
    it = found["it"]
    if it in ("him", "her"):
        owns = it == "her" and found["next"] is not None and found["next"] not in _after_her()
        whom = [one for one in context.people if one.woman == (it == "her")]
        if owns or (whom and whom[0].seen):
            return deed
        return ENGLISH.sub(whom[0].name, deed, count=1) if whom else ""
    if it == "them" and len(context.people) > 1 and lemma in words_of_class("personal", "en"):
        return deed
    thing = last_thing(context.before, "en", many=it == "them")
    purpose = deed[: found.start()].rpartition(" to ")[0]
    if len(purpose.split()) > 1:
        # `takes out the earbuds to hear it`: the deed without what it is for.
        return purpose
    if not thing:
        return deed if it == "them" and len(context.people) > 1 else ""
    return ENGLISH.sub(thing, deed, count=1)


def _after_her() -> frozenset[str]:
    grammar = grammar_of("en")
    return grammar.determiners | grammar.words["prepositions"] | grammar.words["adverbs"] | {"and", "up"}


def last_thing(text: str, language: Language, *, sex: str = "", many: bool = False, led: bool = False) -> str:
    """The last thing that a text tells of and a pronoun could stand for, with its article; may be empty.

    With `led` it may be what something is put into: `guarda a sanfona no baú e o tranca`.
    """
    grammar = grammar_of(language)
    spans = list(WORD.finditer(text))
    for at in range(len(spans) - 2, -1, -1):
        low = spans[at][0].lower()
        if low not in grammar.determiners and low not in ONE_OF and not (led and low in MELTED):
            continue
        if not led and _is_led(spans, at, text, grammar):
            continue
        if led and not _is_prop(spans[at + 1][0], language):
            continue
        thing = (
            _english_thing(spans, at, text, many)
            if language == "en"
            else _thing(spans, at, text, sex, many, grammar)
        )
        if thing:
            return thing
    return ""


def _is_prop(noun: str, language: Language) -> bool:
    """Whether it is a thing with a picture, no water and no street."""
    picture = names_of(language).get(plain_word(noun))
    return picture is not None and is_prop(picture)


def _is_led(spans: Sequence[re.Match[str]], at: int, text: str, grammar: Grammar) -> bool:
    """`del bolsillo`, `in the sand`: where it is, nothing that is handled."""
    before = spans[at - 1] if at else None
    apart = before is None or re.search(r"[,;:.!?]", text[before.end() : spans[at].start()]) is not None
    return not apart and before is not None and before[0].lower() in grammar.words["prepositions"]


def _thing(spans: Sequence[re.Match[str]], at: int, text: str, sex: str, many: bool, grammar: Grammar) -> str:
    article, noun = spans[at][0].lower(), spans[at + 1][0]
    language = grammar.language
    if text[spans[at].end() : spans[at + 1].start()] != " " or not _is_noun(noun, grammar):
        return ""
    plural = noun.endswith("s") and article.endswith("s")
    own = ONE_OF.get(article) or MELTED.get(article) or ("f" if noun.rstrip("s").endswith("a") else "m")
    if plural != many or own != sex:
        return ""
    after = spans[at + 2 : at + 4]
    more = ""
    if len(after) > 1 and after[0][0].lower() == "de" and _is_noun(after[1][0], grammar):
        joined = text[spans[at + 1].end() : after[1].start()] == " de "
        more = f" de {after[1][0]}" if joined and after[1][0].lower() not in grammar.determiners else ""
    return f"{ARTICLES[language][sex][many]} {noun}{more}"


def _is_noun(noun: str, grammar: Grammar) -> bool:
    """A thing that can be handled: nobody, no time, no verb behind a pronoun."""
    low = noun.lower()
    people = person_words(bank(grammar.language)["reading"])
    known = low in names_of(grammar.language)
    verb = low in grammar.verbs.finite and not known
    small = low in grammar.determiners or any(
        low in grammar.words[one] for one in ("prepositions", "adverbs")
    )
    small = small or low in words_of_class("before_nouns", grammar.language) | OWN
    return not (verb or small or low in people or low in grammar.words["time_words"] or noun[:1].isupper())


def _english_thing(spans: Sequence[re.Match[str]], at: int, text: str, many: bool) -> str:
    grammar = grammar_of("en")
    words: list[str] = []
    stop = (
        grammar.words["prepositions"] | grammar.words["relatives"] | grammar.pronouns | {"and", "or", "but"}
    )
    end = spans[at].end()
    for span in spans[at + 1 : at + 1 + LONGEST]:
        low = span[0].lower()
        if text[end : span.start()] != " " or low in stop or low in grammar.determiners:
            break
        if words and low in grammar.verbs.finite and low not in names_of("en"):
            break
        words.append(span[0])
        end = span.end()
    while words and words[-1].lower() in grammar.words["adverbs"]:
        words.pop()
    if words and words[-1].lower() in words_of_class("before_nouns", "en"):
        return ""
    if not words or not all(_is_noun(one, grammar) or n < len(words) - 1 for n, one in enumerate(words)):
        return ""
    if any(one[:1].isupper() or one.lower() in person_words(bank("en")["reading"]) for one in words):
        return ""
    head = words[-1].lower()
    plural = head.endswith("s") and not head.endswith("ss")
    return f"the {' '.join(words)}" if plural == many else ""
