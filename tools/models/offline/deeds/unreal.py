"""What a text tells and nobody does: conditions, what could be, what is wished, dreamed or said of others."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank


@lru_cache(maxsize=4096)
def done_in(text: str, language: Language) -> str:
    """The text with blanks where it tells what is not done: `unless he talks`, `he can confess`."""
    for pattern in _patterns(language):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def is_done(text: str, at: int, language: Language) -> bool:
    """Whether what stands there is told as done."""
    return not done_in(text, language)[at : at + 1].isspace()


def is_condition(text: str, language: Language) -> bool:
    """`if Ana drowns`, `unless he talks`: a clause of which nobody knows whether it comes true."""
    words: str = bank(language)["ledger"]["unreal"]["condition"]
    return (
        re.match(rf"\W*(?:(?:and|but|or|y|pero|o|e|mas|ou) )?(?:{words})(?!\w)", text, re.IGNORECASE)
        is not None
    )


@lru_cache(maxsize=4)
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    words = bank(language)["ledger"]["unreal"]
    condition, could, said = words["condition"], words["could"], words["said"]
    # Behind a mark the sentence goes on with what follows from it; what is said goes to its end.
    forms = (
        rf"(?<!\w)(?:{said})(?!\w)[^.;!?\u2026]*",
        rf"(?<!\w)(?:{condition})(?!\w)[^.,;:!?\u2026]*",
        rf"(?<!\w)(?:{could})(?!\w)[^.,;:!?\u2026]*",
    )
    return tuple(re.compile(one, re.IGNORECASE) for one in forms)
