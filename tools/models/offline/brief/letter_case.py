"""A brief typed all in small letters or all in capitals, written as anybody would print it.

Names and the first words of sentences are what the readers of a story go by.
"""

from collections.abc import Iterator
from functools import lru_cache

from state.script import Language
from tools.models.offline.brief.capitals import with_printed_names
from tools.models.offline.brief.small_names import names_beside
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.people import person_words
from tools.models.offline.persons.personhood import is_common
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, shared
from tools.models.offline.words.names import BEFORE_NAMES, is_given_name

SMALL, CAPITAL = 0.6, 0.75
"""From this share on of its sentences, or of its letters, a text is typed in one case."""
LEAST_SENTENCES = 3
LEAST_LETTERS = 60
FIRST = re.compile(
    r"(?:^|(?<=[.!?\u2026\n])\s+|(?<=[.!?]\)) +)[\"\u201c\u00ab\u00bf\u00a1(*\u2022 -]*([^\W\d_])"
)
OPENED = re.compile(r"(?:(?<=[\s(:])|^)[\"\u201c\u00ab][\u00bf\u00a1]?([^\W\d_])")
BRACKET = re.compile(
    r"(?P<before>[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.? )?(?P<name>[^\W\d_]+) ?\((?=\d{1,3}\b|[^()]*,)"
)
KEPT = frozenset(("tv", "dj", "usb", "gps", "dvd", "cd", "mc", "ufo", "ovni"))


@lru_cache(maxsize=64)
def printed(text: str, language: Language) -> str:
    """The text in ordinary letters; one that has them already is left as it is."""
    if _is_capital(text):
        return _with_names(_started(_lowered(text)), language)
    return _with_names(_started(text), language) if is_small(text) else with_printed_names(text)


def is_small(text: str) -> bool:
    """Whether hardly a sentence begins with a capital."""
    firsts = [found[1] for found in FIRST.finditer(text)]
    return len(firsts) >= LEAST_SENTENCES and sum(map(str.islower, firsts)) >= SMALL * len(firsts)


def _is_capital(text: str) -> bool:
    letters = [one for one in text if one.isalpha()]
    return len(letters) >= LEAST_LETTERS and sum(map(str.isupper, letters)) >= CAPITAL * len(letters)


def _lowered(text: str) -> str:
    return re.sub(
        r"[^\W\d_]+", lambda one: one[0].upper() if one[0].lower() in KEPT else one[0].lower(), text
    )


def _started(text: str) -> str:
    """The text with a capital at the head of each sentence, and of what is said in it."""
    for pattern in (FIRST, OPENED):
        text = pattern.sub(lambda found: found[0][:-1] + found[0][-1].upper(), text)
    return text


def _with_names(text: str, language: Language) -> str:
    for name in sorted(_names_in(text, language), key=len, reverse=True):
        text = re.sub(rf"(?<![\w'\u2019]){re.escape(name)}(?!\w)", name.title(), text)
    text = _with_places(text, language)
    return re.sub(r"(?<!\w)i(?=\W)(?!\.)", "I", text) if language == "en" else text


def _names_in(text: str, language: Language) -> set[str]:
    """Who stands before a bracket with an age, behind `called`, or has a first name and does something."""
    grammar, table = grammar_of(language), bank(language)["manuscript"]["case"]
    small = grammar.determiners | grammar.words["prepositions"]
    found: set[str] = set()
    for one in BRACKET.finditer(text):
        before, name = (one["before"] or "").strip().lower(), one["name"].lower()
        if before in small and not is_given_name(name) and before not in table["familiar"]:
            continue
        found.add(f"{before} {name}" if before.rstrip(".") in TITLES or is_given_name(before) else name)
    for one in re.finditer(rf"(?<!\w)(?:{table['called']}) (?P<name>[^\W\d_]+)", text, re.IGNORECASE):
        found.add(one["name"].lower())
    found |= set(_told_names(text, language))
    for one in re.finditer(r"(?P<before>[^\W\d_]+ )?(?P<name>[^\W\d_]+) (?P<verb>[^\W\d_]+)", text):
        does = one["verb"].lower() in grammar.verbs.finite
        bare = (one["before"] or "").strip().lower() not in grammar.determiners
        if does and bare and is_given_name(one["name"]) and one["name"].lower() not in grammar.verbs.finite:
            found.add(one["name"].lower())
    found |= set(names_beside(text, language))
    return {one for one in found if one not in small}


def _told_names(text: str, language: Language) -> Iterator[str]:
    """`ele acusa kaique, o entregador,`, `o delegado brandão`: a calling says that a word is a name."""
    grammar = grammar_of(language)
    callings = "|".join(sorted(person_words(bank(language)["reading"]), key=len, reverse=True))
    owned = "|".join(sorted({*grammar.determiners, "our", "my", "mi", "meu", "minha", "nosso", "nossa"}))
    told = rf"(?:{owned}) (?:[^\W\d_]+ )?(?:{callings})"
    apposed = rf"(?P<before>[^\W\d_]+ )?(?<![\w-])(?P<name>[^\W\d_]+), {told}(?!\w)"
    ranks = "|".join([*bank(language)["people"]["ranks"].split(), *CALLED_BY])
    titled = rf"(?P<before>(?<![\w-])(?:{ranks})\.? )(?P<name>[^\W\d_]+)(?![\w-])"
    for pattern in (apposed, titled):
        for one in re.finditer(pattern, text, re.IGNORECASE):
            before, name = (one["before"] or "").strip().lower(), one["name"].lower()
            if before not in grammar.determiners and _is_no_word(name, language):
                yield name


CALLED_BY = ("mr", "mrs", "ms", "miss", "dr", "dra", "sr", "sra", "dona", "don", "doña")


def _is_no_word(word: str, language: Language) -> bool:
    """Whether a word is in none of our banks, or a first name."""
    grammar = grammar_of(language)
    small = grammar.determiners | grammar.pronouns | grammar.words["prepositions"]
    if len(word) < LEAST_NAME or word in small or word in grammar.verbs.finite or word in grammar.verbs.bases:
        return False
    verbal = language == "en" and word.endswith(("s", "ed", "ing", "ly"))
    return is_given_name(word) or not (verbal or is_common(word, language))


LEAST_NAME = 2
TITLES = (BEFORE_NAMES | {"mr", "dr", "don", "san"}) - {"the", "los", "las"}


def _with_places(text: str, language: Language) -> str:
    """`in whitby`: towns and countries that we know, and in English the days."""
    table = bank(language)["manuscript"]["case"]
    known = sorted({mark for mark in marks() if mark.lower() in text.lower()}, key=len, reverse=True)
    for mark in known:
        near = rf"(?<!\w)((?:{table['near']}) |, ){re.escape(mark)}(?!\w)"
        text = re.sub(near, rf"\g<1>{mark}", text, flags=re.IGNORECASE)
    days = table["days"]
    return re.sub(rf"(?<!\w)(?:{days})(?=s?(?!\w))", lambda one: one[0].title(), text) if days else text


@lru_cache(maxsize=1)
def marks() -> frozenset[str]:
    """Towns and countries that we know."""
    known = shared("places_known")
    listed = [mark.strip() for one in shared("countries").values() for mark in one["marks"].split(";")]
    towns = [one.strip().title() for table in ("world", "cities") for one in known[table].split(";")]
    return frozenset(one for one in (*listed, *towns) if one[:1].isupper() and len(one) > len("Rio"))
