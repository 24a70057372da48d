"""Whom the picture of a sentence shows: who does it, whom it is done to, and to whom it is said."""

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.deeds.happening import kinds_of
from tools.models.offline.deeds.poses import TOGETHER
from tools.models.offline.ledger.absence import is_alone, is_behind
from tools.models.offline.ledger.book import Stand
from tools.models.offline.ledger.clause import verbs_in

TO_ANOTHER = frozenset(("tell", "ask", "shout", "demand", "promise", "refuse", "laugh", "smile"))
"""Kinds of deeds that are meant for somebody, though the words may not say for whom."""


def concerned(stand: Stand, language: Language, *, lead: str) -> tuple[str, ...]:
    """Those of a clause; who only stands by is seen where they are spoken to.

    What a thing does is seen with one of them, the lead of the scene before anybody else.
    """
    if stand.memory:
        return stand.here
    if not stand.acting:
        return tuple(sorted(stand.beside, key=lambda name: name != lead))[:1]
    if stand.doer and (is_alone(stand.text, language) or is_behind(stand.text, language)):
        return (stand.doer,)
    if len(stand.acting) > 1 or not _is_to_another(stand.text, language):
        return stand.acting
    return (*stand.acting, *stand.beside[:1])


def _is_to_another(text: str, language: Language) -> bool:
    if hands_in(text, language) in TOGETHER:
        return True
    kinds = {kinds_of(language).get(verb.lemma, "") for verb in verbs_in(text, grammar_of(language))}
    return bool(kinds & TO_ANOTHER)
