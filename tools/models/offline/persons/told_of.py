"""Whom the picture of a sentence shows: who does it, whom it is done to, and to whom it is said."""

from state.script import Language
from tools.models.offline.ledger.absence import is_alone, is_behind
from tools.models.offline.ledger.addressed import is_to_another
from tools.models.offline.ledger.book import Stand


def concerned(stand: Stand, language: Language, *, lead: str) -> tuple[str, ...]:
    """Those of a clause; who only stands by is seen where they are spoken to.

    What a thing does is seen with one of them, the lead of the scene before anybody else.
    """
    if stand.memory:
        return stand.here
    if not stand.acting:
        if stand.stranger:
            return ()
        return tuple(sorted(stand.beside, key=lambda name: name != lead))[:1]
    if stand.doer and (is_alone(stand.text, language) or is_behind(stand.text, language)):
        return (stand.doer,)
    if len(stand.acting) > 1 or not is_to_another(stand.text, language):
        return stand.acting
    return (*stand.acting, *(stand.beside or (stand.partner,))[:1])
