"""What makes a capital somebody: an act, an age, a calling. `Dawn, car park.` has none of them."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.trades import trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.behind import first_behind
from tools.models.offline.words.tries import any_of

OPENS = re.compile(r"(?:^|[.!?\u2026:;\n\"\u201c\u201d«\u2014\u2013(¿¡])\s*$")
COMES = ("breaks", "comes", "falls", "rises", "arrives", "creeps", "is", "finds", "brings", "passes", "ends")
"""What an hour or a season does."""
SAID_OF = r",? \(?(?:\d|who(?!\w)|aged |of \d|de \d)"
AGED = re.compile(
    r"(?:,| \(|, \() ?\d{1,2}(?:[,)]| (?:years old|años|anos)"
    r"(?! (?:atrás|antes|despu|depois|más tarde|mais tarde)))"
)
"""An age right behind a name: `Bia (12, tranças)`, `Elián, 25,`."""
OPENING_FORMS: dict[Language, tuple[str, ...]] = {
    "en": ("ing", "ly"), "es": ("ando", "iendo", "mente"), "pt-BR": ("ando", "endo", "indo", "mente"),
}  # fmt: skip
"""How words end that open a sentence and are no name: `Lifting the insole, she`, `Finalmente`."""


def is_aged(name: str, text: str) -> bool:
    """Whether an age stands behind a name somewhere in a text."""
    return any(AGED.match(text, one.end()) for one in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))


@lru_cache(maxsize=512)
def is_apposed(name: str, text: str, language: Language) -> bool:
    """`Mo, our producer, panics`: whether what somebody is stands behind a word between two marks."""
    return first_behind(name, _apposition(language), text) is not None


@lru_cache(maxsize=4)
def _apposition(language: Language) -> re.Pattern[str]:
    own = (
        r"(?:our|my|the|an?|his|her|their|el|la|una?|su|mi|nuestr[oa]"
        r"|(?:[oa] )?(?:noss[oa]|meu|minha|seu|sua)|uma?|um|o|a)"
    )
    kinds = r"(?:[^\W\d_]+ ){0,2}?"
    return re.compile(
        rf"(?:, | \(){own} {kinds}{any_of(_people(language))}(?!\w)(?: [^,.;:!?()]{{1,40}})?[,.;:)]"
    )


def opens_a_clause(word: str, language: Language) -> bool:
    """Whether a word has the form of a participle or an adverb: no name ends so unless we know it."""
    return len(word) > len("mente") and word.lower().endswith(OPENING_FORMS[language])


@lru_cache(maxsize=512)
def is_only_a_heading(name: str, text: str, language: Language) -> bool:
    """`Dawn, car park.`, `Alba. Playa vacía.`: words that only open, and of which nothing human is told."""
    told = unquoted(text)
    uses = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", told))
    return bool(uses) and all(
        OPENS.search(told[: one.start()]) and _is_alone(name, told[one.end() :], language) for one in uses
    )


def _is_alone(name: str, after: str, language: Language) -> bool:
    """Whether nothing behind a name says that it is somebody."""
    # `Ana, Georgia and Ben bake`: a list of people.
    if re.match(SAID_OF, after) or re.match(r"(?:, [A-ZÀ-Ý][\w-]+)*,? (?:and|y|e) [A-ZÀ-Ý]", after):
        return False
    word = re.match(r" ([^\W\d_]+)", after)
    hour = name.lower() in bank(language)["people"]["not_names"].split()
    if word is not None:
        return hour and word[1].lower() in COMES
    if not re.match(r"[.,;]", after):
        return False
    words = re.findall(r"[^\W\d_]+", re.split(r"[.!?;\n]", after[1:])[0]) if after[0] == "," else []
    return not (set(map(str.lower, words)) & _people(language)) and not _acts(words, language)


def _acts(words: list[str], language: Language) -> bool:
    grammar = grammar_of(language)
    small = grammar.words["prepositions"] | grammar.determiners | grammar.words["not_verbs"]
    forms = [grammar.verbs.finite.get(word.lower()) for word in words if word.lower() not in small]
    return any(form is not None and not form.bare for form in forms)


@lru_cache(maxsize=4)
def _people(language: Language) -> frozenset[str]:
    tables = bank(language)["people"]
    told = {
        word for one in ("kin", "sexes", "ages") for text in tables[one].values() for word in text.split()
    }
    return frozenset(told | trade_nouns(language)) - grammar_of(language).determiners
