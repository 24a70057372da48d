"""Whom a list gives a name, where the story only says what they are: `Octavio (el desconocido), 60`."""

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re

ROLE = re.compile(r"(?:\(|,|\b)?\s*(?:the|el|la|o|a) (?P<noun>[\w-]+)\)?,?\s*(?P<look>.*)", re.IGNORECASE)
ARTICLES = "the|an?|el|la|una?|o|a|uma?|um"
MOST_KINDS = 5
"""Words at most that say what kind of person it is: `un desconocido muy correcto`."""


def with_name(story: str, name: str, look: str, language: Language) -> str:
    """The story with the name, and the look in brackets, where it first speaks of the role."""
    role = ROLE.match(look)
    if role is None:
        return story
    called = re.compile(rf"(?<!\w)(?:{ARTICLES}) {re.escape(role['noun'])}(?!\w)", re.IGNORECASE)
    found = called.search(story)
    if found is None:
        return story
    kinds = _kinds(story[found.end() :], language)
    phrase = f"{found[0][:1].lower()}{found[0][1:]}{kinds}"
    rest = story[found.end() + len(kinds) :]
    brackets = role["look"].replace("(", ", ").replace(")", ", ")
    noted = f" ({brackets})" if brackets else ""
    stop = "" if rest[:1] in ",.;:!?" else ","
    return f"{story[: found.start()]}{name}{noted}, {phrase}{stop}{rest}"


def _kinds(after: str, language: Language) -> str:
    """What still belongs to the noun: the words before the verb, where one is near."""
    verbs = grammar_of(language).verbs.finite
    small = grammar_of(language).words["not_verbs"]
    kept = ""
    for found in list(re.finditer(r" ([^\W\d_]+)", after))[: MOST_KINDS + 1]:
        if found.start() != len(kept):
            return ""
        form = verbs.get(found[1].lower())
        clitic = found[1].lower() in grammar_of(language).words["clitics"]
        if clitic or (form is not None and not form.bare and found[1].lower() not in small):
            return kept
        kept += found[0]
    return ""
