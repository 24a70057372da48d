"""Who a nameless one turns out to be: `Callum, her ex-husband`, `una mujer ... Es su hermana Marta`.

An apposition, a sentence that begins with `it is`, and a copula behind the phrase name somebody whom
the text has a name for: nobody else may be cast for such a phrase.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.anaphora import Known, sex_of_article, sex_of_words
from tools.models.offline.persons.people import WORD, person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import name_parts

CLAUSE_END = re.compile(r"[,.;:!?\u2014\u2013]|$")
SENTENCE = re.compile(r"[.!?\u2026]\s")
MOST_KINDS = 2
"""Words at most between an article and the noun: `her former fiancé`."""
MOST_BETWEEN = 4
"""Words at most between `it is` and the name: `Es su hermana menor Marta`."""
HONOURED = r"(?i:mrs?|ms|miss|dra?|sra?|srta|don|doña|dona|seu|señora?)\.?"
OWNED = r"(?!\w|['\u2019]s)"


@lru_cache(maxsize=128)
def identities(text: str, known: tuple[Known, ...], language: Language) -> dict[int, tuple[str, str]]:
    """By where a phrase for a person begins: who it is, and the noun of the phrase."""
    named = tuple(one for one in known if one.name)
    found: dict[int, tuple[str, str]] = {}
    phrases = list(_phrases(text, language))
    for phrase in phrases:
        who = _apposed(text, phrase, named, language) or _turns_out(text, phrase, named, language)
        who = who or _introduced(text, phrase, named, language)
        if who:
            found[phrase.start()] = (who, phrase.group(2).lower())
    for start, name in _recognised(text, named, language):
        before = [one for one in phrases if one.end() <= start and one.start() not in found]
        one = next(each for each in named if each.name == name)
        last = _last_of_sentence(text, before, start) or _somebody_before(text, before, start, one, language)
        if last is not None and _agrees(last, one, language):
            found[last.start()] = (name, last.group(2).lower())
    for phrase in phrases:
        who = _behind_colon(text, phrase, named, language)
        if who and phrase.start() not in found:
            found[phrase.start()] = (who, phrase.group(2).lower())
    return {**_the_same(phrases, found, language), **found}


def _phrases(text: str, language: Language) -> Iterator[re.Match[str]]:
    return _pattern(language).finditer(text)


@lru_cache(maxsize=4)
def _pattern(language: Language) -> re.Pattern[str]:
    """A determiner, up to two words of what kind, and a noun for a person."""
    reading = bank(language)["reading"]
    generic = bank(language)["people"]["generic"]
    nouns = person_words(reading) | {
        word for key in ("man", "woman", "boy", "girl") for word in generic[key].split()
    }
    said = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    determiners = "|".join([*reading["articles"], *reading["indefinite"]])
    kind = rf"(?:(?!(?:{'|'.join(_small(language))})(?![\w-]))[\w-]+ ){{0,{MOST_KINDS}}}?"
    return re.compile(rf"(?<!\w)({determiners}) {kind}({said})(?![\w-]|['\u2019]s)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _small(language: Language) -> frozenset[str]:
    """Words behind which another phrase begins."""
    words = grammar_of(language).words
    classes = ("prepositions", "coordinators", "relatives", "articles", "possessives", "opening", "leading")
    return frozenset().union(*(words[name] for name in classes))


def _apposed(text: str, phrase: re.Match[str], known: Sequence[Known], language: Language) -> str:
    """`promised to Callum, her ex-husband.`: what stands between two marks behind a name."""
    before = text[: phrase.start()]
    for one in known:
        called = any(re.search(rf"(?<!\w){re.escape(part)}, $", before) for part in _called(one))
        if called and _agrees(phrase, one, language) and ends_there(text[phrase.end() :], language):
            return one.name
    return ""


def _introduced(text: str, phrase: re.Match[str], known: Sequence[Known], language: Language) -> str:
    """`Chega um fiscal novo, o Valdomiro, todo engomado`: what they are, and then the name."""
    articles = "|".join(bank(language)["reading"]["articles"])
    kinds = rf"(?: (?!(?:{'|'.join(_small(language))})(?!\w))[a-zà-ÿ-]+){{0,{MOST_KINDS}}}"
    for one in known:
        names = "|".join(map(re.escape, _called(one)))
        found = re.match(
            rf"{kinds}, (?:(?:{articles}) )?(?:{HONOURED} )?(?:{names})(?=[,.;:!?)]|$)", text[phrase.end() :]
        )
        if found and _agrees(phrase, one, language) and not _acts(found[0], language):
            return one.name
    return ""


def _acts(words: str, language: Language) -> bool:
    """Whether a verb stands in words: `a boy sells, Ana` are two people."""
    grammar = grammar_of(language)
    forms = [grammar.verbs.finite.get(one) for one in re.findall(r"(?<!\w)[a-zà-ÿ]+", words)]
    return any(form is not None and not form.bare for form in forms)


def ends_there(after: str, language: Language) -> bool:
    """Whether a phrase ends before anything is done: `from Oban,`, `who left her.`, and no `enters`."""
    end = CLAUSE_END.search(after)
    words = [word.lower() for word in WORD.findall(after[: end.start() if end else len(after)])]
    grammar = grammar_of(language)
    if words and words[0] in grammar.words["coordinators"]:
        # `Ana, un policía y un perro` are three.
        return False
    forms = [grammar.verbs.finite.get(word) for word in words if word not in grammar.words["not_verbs"]]
    verbs = sum(form is not None and not form.bare for form in forms)
    return verbs <= int(bool(words) and words[0] in grammar.words["relatives"])


def _turns_out(text: str, phrase: re.Match[str], known: Sequence[Known], language: Language) -> str:
    """`The inspector turns out to be Grant`: who it is stands behind the verb."""
    table = _table(language)
    link = re.match(rf" (?:{table['turns_out']}) ", text[phrase.end() :])
    return _named_next(text[phrase.end() + link.end() :], known, language) if link else ""


def _behind_colon(text: str, phrase: re.Match[str], known: Sequence[Known], language: Language) -> str:
    """`The man at the machine wears the same vest: Geraint, her supervisor.`: he who opens the sentence."""
    if not re.search(r"(?:^|[.!?\u2026]\s+)$", text[: phrase.start()]):
        return ""
    behind = re.match(r"[^.!?:;]*: ", text[phrase.end() :])
    name = _named_next(text[phrase.end() + behind.end() :], known, language) if behind else ""
    one = next((each for each in known if each.name == name), None)
    return name if one is not None and _agrees(phrase, one, language) else ""


def _recognised(text: str, known: Sequence[Known], language: Language) -> Iterator[tuple[int, str]]:
    """Where a clause begins with `it is` and a name follows, and whose name it is."""
    opens = rf"(?:(?<=[.!?\u2026]\s)|(?<=[,;:]\s))(?:{_table(language)['it_is']}) "
    for found in re.finditer(opens, text, re.IGNORECASE):
        name = _named_next(text[found.end() :], known, language)
        if name:
            yield found.start(), name


def _named_next(after: str, known: Sequence[Known], language: Language) -> str:
    """The name that follows within a few words, and nothing that it only belongs to or is reported."""
    gap = (
        rf"(?:(?:(?!(?:{_table(language)['no_name_behind']})(?!\w))[a-zà-ÿ][\w-]*\.?,? ){{0,{MOST_BETWEEN}}})"
    )
    honour = r"(?:[A-Z]\w{0,3}\. )?"
    for one in known:
        names = "|".join(map(re.escape, _called(one)))
        found = re.match(
            rf"{gap}{honour}(?:{names}){OWNED}(?! (?:{_table(language)['cleft_behind']})(?!\w))", after
        )
        if found:
            return one.name
    return ""


def _called(one: Known) -> list[str]:
    return [one.name, *(part for part in name_parts(one.name) if part[0].isupper() and part != one.name)]


def _last_of_sentence(text: str, phrases: Sequence[re.Match[str]], start: int) -> re.Match[str] | None:
    """The last phrase of the sentence that ends before a place, or of its own up to there."""
    told = text[:start].rstrip()
    ends = [found.end() for found in SENTENCE.finditer(told)]
    begin = ends[-1] if ends else 0
    near = [one for one in phrases if one.start() >= begin]
    return near[-1] if near else None


def _somebody_before(
    text: str, phrases: Sequence[re.Match[str]], start: int, one: Known, language: Language
) -> re.Match[str] | None:
    """`Uma mulher deixa um relógio ... Ela é Noêmia`: the last one brought in whose name comes only now."""
    indefinite = bank(language)["reading"]["indefinite"]
    pronoun = re.match(r"(?:she|he|ella|él|ela|ele) ", text[start:], re.IGNORECASE)
    told = [part for part in _called(one) if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text[:start])]
    if pronoun is None or told:
        return None
    new = [each for each in phrases if each.group(1).lower() in indefinite and _agrees(each, one, language)]
    return new[-1] if new else None


def _agrees(phrase: re.Match[str], one: Known, language: Language) -> bool:
    """Whether the noun and its article may be said of a person of that sex."""
    noun, article = phrase.group(2).lower(), phrase.group(1).lower()
    told: Presentation | None = sex_of_words([noun], language)
    if language != "en":
        told = told or sex_of_article(f"{article} x") or _sex_of_indefinite(article, language)
    return None in (told, one.sex) or told == one.sex


def _sex_of_indefinite(article: str, language: Language) -> Presentation | None:
    mentions = bank(language)["people"]["mentions"]
    if article in mentions["feminine"].split():
        return "woman"
    return "man" if article in mentions["masculine"].split() else None


def _the_same(
    phrases: Sequence[re.Match[str]], found: dict[int, tuple[str, str]], language: Language
) -> dict[int, tuple[str, str]]:
    """`An inspector in a raincoat`, when `the inspector turns out to be Grant`: one of that calling."""
    indefinite = bank(language)["reading"]["indefinite"]
    generic = {word for words in bank(language)["people"]["generic"].values() for word in words.split()}
    names = {noun: {name for name, said in found.values() if said == noun} for _, noun in found.values()}
    same: dict[int, tuple[str, str]] = {}
    for noun, who in names.items():
        told = [one for one in phrases if one.group(2).lower() == noun]
        new = [one for one in told if one.group(1).lower() in indefinite]
        if len(who) == 1 and len(new) <= 1 and noun not in generic:
            same |= {one.start(): (next(iter(who)), noun) for one in told}
    return same


def _table(language: Language) -> Table:
    table: Table = bank(language)["people"]["identity"]
    return table
