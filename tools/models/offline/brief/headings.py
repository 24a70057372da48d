"""A sentence that only says which film this is, and where it plays or what it is for.

`Episode two of a thriller set in a car park in Cardiff.` is nobody's story, but the car park is: it stays
as the words over the first picture, `A car park in Cardiff.`
"""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import capitalise

PLAIN = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
MOST_BEFORE = 5
"""Words at most before the kind of film: `First episode of a light romance`."""
LEAST_TAIL = 2
"""Words that make a caption."""


@lru_cache(maxsize=256)
def caption_of(sentence: str, language: Language) -> str | None:
    """What is left to tell of a heading: where it plays; empty where nothing is; None if it is no heading."""
    plain = sentence.strip()
    if re.search('["\u201c\u00ab]', plain):
        return None
    told = _of_client(plain, language)
    if told is None:
        told = _of_film(plain, language)
    if told is None:
        return None
    told = re.sub(r"\s*\([^()]*\)", "", told)
    words = PLAIN.findall(told)
    if {one.lower() for one in words} & _kin(language):
        # `our parents`: whom it is for, and nobody's story
        return ""
    return f"{capitalise(told.strip(' ,;:.!'))}." if len(words) >= LEAST_TAIL else ""


@lru_cache(maxsize=4)
def _kin(language: Language) -> frozenset[str]:
    """Mothers, fathers and the like; a family's shop is a shop."""
    tables = bank(language)["people"]
    named = {word for words in tables["kin"].values() for word in words.split()}
    return frozenset(named | {"parents", "padres", "pais", "avós", "abuelos", "grandparents"})


def _of_client(sentence: str, language: Language) -> str | None:
    """`Somos una ferretería de Zaragoza y queremos un anuncio`: the shop, without its order."""
    table = _table(language)
    found = re.match(rf"(?:{table['client']})", sentence, re.IGNORECASE)
    whole = re.search(rf"(?:{table['all_in']}) ?(?P<place>[^,.;:]+)", sentence, re.IGNORECASE)
    return str(whole["place"] if whole else found["who"]) if found else None


def _of_film(sentence: str, language: Language) -> str | None:
    table = _table(language)
    found = re.match(rf"(?:{table['heading']})(?!\w)", sentence, re.IGNORECASE)
    if found is None or len(found.group().split()) > MOST_BEFORE + 1:
        return None
    rest = sentence[found.end() :]
    serial = re.search(rf"(?<!\w)(?:{table['serial']})(?!\w)", found.group(), re.IGNORECASE) is not None
    links = [*table["settings"], *(table["abouts"] if serial else [])]
    places = [one for link in links if (one := re.search(rf"(?:{link})", rest, re.IGNORECASE))]
    link = min(places, key=lambda one: one.start(), default=None)
    before = rest[: link.start()] if link else rest
    if _does(before, language) or re.search(rf"(?<!\w)(?:{table['about']})(?!\w)", before, re.IGNORECASE):
        return None
    if link is None:
        # A bare kind of film is a heading only where it counts the parts of a series.
        return "" if serial and not _does(sentence, language) else None
    return _anybodys(rest[link.end() :], language)


def _anybodys(tail: str, language: Language) -> str:
    """`our optician's` as anybody says it: `an optician's`."""
    swaps: dict[str, str] = _table(language)["ours"]
    for own, other in swaps.items():
        found = re.match(rf"{own} (?=\w)", tail.strip(), re.IGNORECASE)
        if found:
            rest = tail.strip()[found.end() :]
            return f"{_article(other, rest, language)}{rest}"
    return tail.strip()


def _article(article: str, noun: str, language: Language) -> str:
    head = PLAIN.findall(noun.split(",")[0])
    many = language == "en" and bool(head) and re.search(r"[^s]s$", head[-1]) and "'" not in noun
    if many:
        return ""
    if language == "en":
        return "an " if noun[:1].lower() in "aeiou" else "a "
    return f"{article} "


def _does(words: str, language: Language) -> bool:
    finite = grammar_of(language).verbs.finite
    small = grammar_of(language).words["prepositions"]
    return any(
        word in finite and not finite[word].bare and word not in small
        for word in PLAIN.findall(words.lower())
    )


def _table(language: Language) -> Table:
    table: Table = bank(language)["makers"]["headings"]
    return table
