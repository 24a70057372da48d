"""Pictures without anybody new: the words say that nobody is there, or only go on with what is reported."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.ledger.absence import is_empty
from tools.models.offline.ledger.book import Stand
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re

OWNER = r"(?:(?<!\w){name}['\u2019]s(?!\w)|(?<!\w)(?:de|del|do|da|of) (?:\w+ )?{name}(?!\w))"
"""`Davo's truck`, `la camioneta de Rita`: whose it is."""
REPORTS = re.compile(r"\W*(?:(?:y|e|and) )?(?:que|that) ", re.IGNORECASE)
"""How a line begins that only goes on with what somebody says or fears."""


def is_vacant(told: Sequence[Spoken], stand: Stand, language: Language) -> bool:
    """Whether the words say that nobody is there, and name people only as owners of what is."""
    text = " ".join(one.text for one in told)
    empty = any(is_empty(one.text, language) for one in told)
    return empty and all(_only_owns(name, text) for name in stand.acting)


def shows_nobody_new(seen: Sequence[Spoken], stand: Stand, language: Language) -> bool:
    """Whether a picture needs nobody who is only named in its words."""
    told = [one for one in seen if one.fact is not None]
    return only_reports(seen) or (bool(told) and is_vacant(told, stand, language))


def _only_owns(name: str, text: str) -> bool:
    first = name.split()[0]
    called = len(re.findall(rf"(?<!\w){re.escape(first)}(?!\w)", text))
    return 0 < called == len(re.findall(OWNER.replace("{name}", re.escape(first)), text))


def only_reports(chunk: Sequence[Spoken]) -> bool:
    """`..., que su hijo está adentro`: the picture is still of who says so and who hears it."""
    first = next(iter(chunk), None)
    return (
        first is not None and first.told and REPORTS.match(first.text) is not None and first.text[0].islower()
    )
