"""Who only sends others off: `the aunt sends the cousins to the fair`; what follows is of them."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.clauses.people import Person
from tools.models.offline.ledger.clause import called
from tools.models.offline.ledger.concerned import ledger_words
from tools.models.offline.words import patterns as re


def is_sent(one: Person, people: tuple[Person, ...], text: str, language: Language) -> bool:
    """Whether these words send somebody off; `sends Ben a letter` and `manda uma carta para Ben` do not."""
    pattern = str(ledger_words(language)["sending"]).replace("{name}", called(one, people, language))
    return re.search(rf"(?<!\w)(?:{pattern})", text, re.IGNORECASE) is not None


def sender_in(
    doers: Sequence[str], others: Sequence[str], people: tuple[Person, ...], text: str, language: Language
) -> str:
    """Who sends one of the others off; empty where nobody does."""
    if len(doers) != 1 or not re.could_fit(str(ledger_words(language)["sending"]), text, re.IGNORECASE):
        return ""
    known = [one for one in people if one.name in others]
    return doers[0] if any(is_sent(one, people, text, language) for one in known) else ""
