"""What somebody is seen to do, in the brief's own words: `counts the coins`."""

from state.script import Language
from tools.models.offline import patterns as re
from tools.models.offline.bank import bank
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.fact import Fact
from tools.models.offline.happening import is_denied, lemma_of

MOST, LEAST = 9, 2
"""Words in which a deed is told."""
AND = frozenset(("and", "but", "or", "y", "e", "pero", "o", "mas", "ou"))
AUXILIARIES = frozenset(
    (
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "ha",
        "han",
        "hay",
        "había",
        "tem",
        "têm",
        "tinha",
        "vai",
        "vão",
        "va",
        "van",
    )
)
"""Verbs that say what was, will be or may be done: nothing that is seen now."""
MARK = re.compile(r"[,;:.!?\u2026\u2013\u2014()\"\u201c\u00ab]")


def deed_of(fact: Fact, language: Language) -> str:
    """The deed of a fact that a picture could show, without whoever does it; empty when there is none."""
    shown = fact.agent and fact.verb and fact.tense == "present" and not fact.again
    if not shown or fact.kind in ("secret", "desire", "question", "backstory") or is_denied(fact, language):
        return ""
    grammar = grammar_of(language)
    if lemma_of(fact, language) in _unseen(language) or {*fact.verb.lower().split()} & (
        _spoken(language) | AUXILIARIES
    ):
        return ""
    words = MARK.split(f"{fact.verb} {fact.rest}")[0].split()
    if {*words} & {*fact.agent.split()}:
        # `The inspector turns out to be Grant`: what he is called is nothing that he does.
        return ""
    return " ".join(_whole(_until_joint(words, grammar), grammar))


def _unseen(language: Language) -> frozenset[str]:
    return frozenset(bank(language)["shots"]["deeds"]["unseen"].split())


def _spoken(language: Language) -> frozenset[str]:
    told = bank(language)["reported"]
    return frozenset(" ".join((told["says"], told["asks"], told["orders"])).split())


def _until_joint(words: list[str], grammar: Grammar) -> list[str]:
    """Up to the next clause: `puts on a dress and waits`, `opens the box that nobody wanted`."""
    for at, word in enumerate(words[1:], start=1):
        low = word.lower()
        opens = any(low in grammar.words[name] for name in ("opening", "relatives", "leading"))
        after = words[at + 1].lower() if at + 1 < len(words) else ""
        third = words[at + 2].lower() if at + 2 < len(words) else ""
        second = low in AND and (
            after in grammar.verbs.finite or after in grammar.pronouns or third in grammar.verbs.finite
        )
        if (opens and low not in grammar.words["prepositions"]) or second:
            return words[:at]
    return words


def _whole(words: list[str], grammar: Grammar) -> list[str]:
    """Short enough, and cut before a preposition rather than behind one; nothing when that leaves no deed."""
    closed = grammar.determiners | grammar.words["prepositions"]
    if len(words) > MOST:
        ends = [at for at in range(LEAST, MOST + 1) if words[at].lower() in grammar.words["prepositions"]]
        words = words[: ends[-1]] if ends else []
    while words and words[-1].lower() in AND:
        # `finds the bell and, tied to it, a rope`: what the mark cut off was joined to it.
        words = words[:-1]
    bare = len(words) < LEAST or words[-1].lower() in closed
    return [] if bare or words[-1].lower() in grammar.pronouns else words
