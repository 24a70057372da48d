"""Character sheets in a story: `Walt Lindgren, 58, grey moustache.` is cast and drawn, never told."""

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.ages import in_digits
from tools.models.offline.telling.looks_last import is_look
from tools.models.offline.words import patterns as re

SENTENCE = re.compile(
    r"(?:[^.!?\n()]|\([^()]*\)|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.)+(?:[.!?]+[\"\u201d\u00bb')]*|\n|$)\s*"
)
HEAD = re.compile(
    r"(?:[^\W\d_]+: )?(?P<name>(?:[^\W\d_a-z\u00e0-\u00ff][\w.'\u2019-]*|d[aeo]s?|del|la)"
    r"(?: (?:[^\W\d_a-z\u00e0-\u00ff][\w.'\u2019-]*|d[aeo]s?|del|la)){0,3})(?P<role> ?\([^()]*\))?"
    r"\s*(?:[,:(]| [\u2013\u2014-])\s*(?P<look>.+)"
)
AGED = re.compile(r"(?:\w+ ){0,3}\d{1,3}(?!\d)")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
PARTICIPLES = ("ed",)


def without_sheets(text: str, language: Language) -> str:
    """The text without sentences, and halves of sentences before a semicolon, that only list somebody."""
    return SENTENCE.sub(lambda found: _told(found.group(), language), text)


def is_sheet(text: str, language: Language) -> bool:
    """Whether words only say a name, an age and what somebody looks like."""
    found = HEAD.fullmatch(text.strip(" \n.;"))
    if found is None:
        return False
    parts = [one.strip() for one in re.split(r"[,;]", found["look"].rstrip(" )"))]
    aged = any(AGED.match(in_digits(one, language)) for one in parts[:2])
    # `Ina Mowat, 58, alone at the switchboard, gale outside.` is how a story begins.
    seen = any(is_look(one, language) for one in parts[1:])
    return aged and seen and not any(_does(one, language) for one in parts)


def _told(sentence: str, language: Language) -> str:
    halves = re.split(r"(?<=;)\s+", sentence)
    kept = [one for one in halves if not is_sheet(one, language)]
    if len(kept) == len(halves):
        return sentence
    if not kept:
        return ""
    name = HEAD.fullmatch(halves[0].strip(" \n.;"))
    told = " ".join(kept)
    if name is not None and halves[0] not in kept:
        they = "|".join(
            grammar_of(language).words["pronouns_she"] | grammar_of(language).words["pronouns_he"]
        )
        told = re.sub(rf"^(?:{they})(?!\w)", lambda _: name["name"], told, flags=re.IGNORECASE)
    return f"{told[:1].upper()}{told[1:]}"


def _does(part: str, language: Language) -> bool:
    """Whether a part of a list tells what somebody does: it begins with a verb, or holds its subject."""
    grammar = grammar_of(language)
    words = [one.lower() for one in WORD.findall(part)]
    if any(one in grammar.pronouns - grammar.determiners for one in words):
        return True
    begun = [one for one in words if one not in grammar.words["coordinators"]][:1]
    return any(
        one in grammar.verbs.finite and not grammar.verbs.finite[one].bare and not one.endswith(PARTICIPLES)
        for one in begun
    )
