"""Who is spoken of and is not there: dead, missing, sought, remembered, pictured, owned or on a wire."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.people import Person
from tools.models.offline.ledger.clause import called
from tools.models.offline.ledger.concerned import ledger_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

BOUND = re.compile(r" (?:who|that|which|of|with|in|de|del|do|da|que|com|con|quien|quem)(?!\w)")
"""Behind these a role speaks of something else."""
SINCE = "since|in|at|for|desde|hace|en|em|há|faz"


def is_gone(one: Person, people: tuple[Person, ...], text: str, language: Language) -> bool:
    """Whether these words make somebody dead, missing or sought: `since Ewan went missing`."""
    return _says(ledger_words(language)["gone"], one, people, text, language) > 0


def is_gone_by_role(role: str, language: Language) -> bool:
    """`Esposa muerta de Aurelio`, `Marta's missing brother`: they are not there from the start."""
    return is_dead_by_role(role, language) or _tells(role, ledger_words(language)["gone_roles"])


def is_dead_by_role(role: str, language: Language) -> bool:
    """Whether nobody but a memory can show them."""
    return _tells(role, ledger_words(language)["dead_roles"])


def _tells(role: str, words: str) -> bool:
    """Whether a role says it of whom it is about: no `widow of the late mayor`, no `nurse, dead tired`."""
    first, *further = role.split(",")
    head = BOUND.split(first)[0]
    if re.search(rf"(?<!\w)(?:{words})(?!\w)", head, re.IGNORECASE):
        return True
    alone = rf"\s*(?:{words})(?: (?:{SINCE})(?!\w).*)?$"
    return any(re.match(alone, part, re.IGNORECASE) for part in further)


def only_spoken_of(
    one: Person, people: tuple[Person, ...], text: str, language: Language, *, others: bool
) -> bool:
    """Whether every time these words call somebody they only speak of them; `others` do something."""
    name = called(one, people, language)
    # `su aprendiz Curro` calls him once.
    uses = len(re.findall(f"{name}(?: {name})?", text, re.IGNORECASE))
    table = bank(language)["people"]["presence"]
    owned = [table["owned"]] if others else []
    patterns = [*table["pictured"], *owned, *ledger_words(language)["spoken_of"]]
    return 0 < uses <= _says(patterns, one, people, text, language)


def only_reported(one: Person, people: tuple[Person, ...], text: str, language: Language) -> bool:
    """`tells her that Ewan sent him`: of whom somebody speaks."""
    reporting = _compiled(bank(language)["people"]["presence"]["reporting"]).search(text)
    places = [found.start() for found in re.finditer(called(one, people, language), text, re.IGNORECASE)]
    return bool(reporting and places) and all(at > reporting.start() for at in places if reporting)


def on_the_wire(people: tuple[Person, ...], text: str, doers: Sequence[str], language: Language) -> list[str]:
    """Whom these words reach only by telephone: `phones her partner, Greer`."""
    if not _compiled(ledger_words(language)["phoning"]).search(text):
        return []
    return [one.name for one in people if one.name not in doers and _is_called(one, people, text, language)]


def leaves(text: str, language: Language) -> bool:
    """Whether whoever does it goes away."""
    return _compiled(ledger_words(language)["leaving"]).search(text) is not None


def arrives(text: str, language: Language) -> bool:
    """Whether whoever does it comes to those who are there."""
    return _compiled(ledger_words(language)["arriving"]).search(text) is not None


def has_come(text: str, language: Language) -> bool:
    """`A neta chegou de Fortaleza`: told as past, and she is here for it; nothing of long ago."""
    words = ledger_words(language)
    came = _compiled(rf"(?:{words['came']})(?!\w)").search(text)
    return came is not None and _compiled(rf"(?:{words['ago']})(?!\w)").search(text) is None


def is_dying(text: str, language: Language) -> bool:
    """`Last month he died`: whoever does it, name or pronoun."""
    return _compiled(rf"(?:{ledger_words(language)['dying']})(?!\w)").search(text) is not None


def is_empty(text: str, language: Language) -> bool:
    """`El taller está vacío`: nobody is there."""
    return _compiled(ledger_words(language)["empty"]).search(text) is not None


def is_alone(text: str, language: Language) -> bool:
    """`Régis está sozinho`: nobody is beside whoever does it."""
    return _compiled(rf"(?:{ledger_words(language)['alone']})(?!\w)").search(text) is not None


def goes_on_alone(text: str, language: Language) -> bool:
    """`goes up with a torch`: who was beside them stays where they were."""
    return _compiled(ledger_words(language)["going"]).search(text) is not None


def is_on_screen(text: str, language: Language) -> bool:
    """`The driver in the picture has her cap`: he is only seen in a recording."""
    return _compiled(ledger_words(language)["on_screen"]).search(text) is not None


def is_opposite(text: str, language: Language) -> bool:
    """`en el coche de enfrente está la doctora`: seen from here, and not here."""
    return _compiled(ledger_words(language)["opposite"]).search(text) is not None


def is_watching(text: str, language: Language) -> bool:
    """`plays back the footage`: what follows is seen on it."""
    return _compiled(ledger_words(language)["watching"]).search(text) is not None


def comes_later(text: str, language: Language) -> bool:
    """Whether the words lead to another time: `On Friday`, `the next morning`."""
    told = text.lstrip(' "\u201c\u00ab')
    return re.match(ledger_words(language)["later"], told, re.IGNORECASE) is not None


def is_elsewhere(text: str, language: Language) -> bool:
    """`En la pulpería, Mr. Hodge abre ...`: who was seen before is not in it."""
    leads = bank(language)["people"]["presence"]["apart"]
    pattern = rf"^(?:{leads})[^,.;:!?]{{0,40}}(?:,| (?:una?|uma?|um|an?) )"
    return re.search(pattern, text.lstrip(' "\u201c\u00ab'), re.IGNORECASE) is not None


def is_behind(text: str, language: Language) -> bool:
    """Whether it is done behind somebody's back."""
    return _compiled(bank(language)["people"]["presence"]["behind"]).search(text) is not None


def does_not_come(text: str, language: Language) -> bool:
    """`la niña no viene`, `Eva never arrives`."""
    presence = bank(language)["people"]["presence"]
    found = _compiled(presence["absent"]).search(text)
    told = _compiled(presence["reporting"]).search(text)
    # `Nora says that Idris has gone`: Nora is there to say it.
    return found is not None and (told is None or told.start() > found.start())


def _says(
    patterns: Iterable[str], one: Person, people: tuple[Person, ...], text: str, language: Language
) -> int:
    name = called(one, people, language)
    said = f"(?:{name}(?: {name})?)"
    return max(
        (
            len(re.findall(pattern.replace("{name}", said), text, re.IGNORECASE))
            for pattern in patterns
            if re.could_fit(pattern, text, re.IGNORECASE)
        ),
        default=0,
    )


def _is_called(one: Person, people: tuple[Person, ...], text: str, language: Language) -> bool:
    return re.search(called(one, people, language), text, re.IGNORECASE) is not None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)
