"""Deeds that are meant for somebody: what is said, asked, offered or shown takes two."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.deeds.happening import kinds_of
from tools.models.offline.deeds.poses import TOGETHER
from tools.models.offline.ledger.clause import verbs_in

SAID = frozenset(("tell", "ask", "question", "secret", "shout", "demand", "promise", "refuse"))
TO_ANOTHER = SAID | {"laugh", "smile", "give", "show"}
"""Kinds of deeds that are meant for somebody, though the words may not say for whom."""


def is_to_another(text: str, language: Language) -> bool:
    """Whether whoever is there beside whoever does it belongs in its picture."""
    return hands_in(text, language) in TOGETHER or bool(_kinds(text, language) & TO_ANOTHER)


def is_said(text: str, language: Language) -> bool:
    """Whether it is words for somebody: whom they are meant for is there, though nobody has told so."""
    return bool(_kinds(text, language) & SAID)


@lru_cache(maxsize=1024)
def _kinds(text: str, language: Language) -> frozenset[str]:
    return frozenset(kinds_of(language).get(verb.lemma, "") for verb in verbs_in(text, grammar_of(language)))
