"""What words make a body do: its hands and its face, read off the verbs of a clause."""

from functools import lru_cache

from state.script import Expression, Gesture, Language
from tools.models.offline import patterns as re
from tools.models.offline.bank import bank
from tools.models.offline.plain_words import WORD, plain_word


def hands_in(text: str, language: Language) -> Gesture:
    """What a body does in these words, the last of it: `hears the noise and knocks on the door`."""
    found = [(match.start(), gesture) for gesture, form in _hands(language) for match in form.finditer(text)]
    free = [
        (at, gesture)
        for at, gesture in found
        if not denied(text[:at], language) and not _is_a_noun(text[:at], language)
    ]
    if any(gesture in ("leaving", "running") for _, gesture in free):
        # `se va caminando`: how they go is no other deed.
        free = [one for one in free if one[1] != "walking"]
    if any(gesture == "kneeling" for _, gesture in free):
        # `kneels and screws it in`: what is done on one's knees.
        free = [one for one in free if one[1] not in AT_WORK] or free
    return max(free)[1] if free else "none"


def handed(text: str, gesture: Gesture, language: Language) -> list[str]:
    """The words that make a body do this, in their order."""
    forms = [form for one, form in _hands(language) if one == gesture]
    return [match[0] for form in forms for match in form.finditer(text)]


def _is_a_noun(before: str, language: Language) -> bool:
    """`points at the sign`: behind an article stands no verb; elsewhere that may be `la besa`."""
    last = WORD.findall(before.lower())[-1:]
    return language == "en" and before.endswith(" ") and bool({*last} & ARTICLES)


AT_WORK = frozenset(("working", "stirring", "writing", "reading", "pulling", "pushing"))
ARTICLES = frozenset(("the", "a", "an", "his", "my", "your", "their", "its", "our"))


def face_in(text: str, language: Language) -> Expression | None:
    """The face that the words themselves give: `laughs`, `llora`; None when they give none."""
    for expression, form in _faces(language):
        match = form.search(text)
        if match and not denied(text[: match.start()], language):
            return expression
    return None


def denied(before: str, language: Language) -> bool:
    """Whether what follows these words is said not to happen."""
    words = [plain_word(word) for word in WORD.findall(before)][-2:]
    return any(word in bank(language)["pictures"]["parts"]["denying"] for word in words)


@lru_cache(maxsize=4)
def _hands(language: Language) -> tuple[tuple[Gesture, re.Pattern[str]], ...]:
    table: dict[Gesture, list[str]] = bank(language)["pictures"]["acts"]["hands"]
    return tuple((gesture, form_of(tuple(forms))) for gesture, forms in table.items())


@lru_cache(maxsize=4)
def _faces(language: Language) -> tuple[tuple[Expression, re.Pattern[str]], ...]:
    table: dict[Expression, list[str]] = bank(language)["pictures"]["acts"]["faces"]
    return tuple((face, form_of(tuple(forms))) for face, forms in table.items())


@lru_cache(maxsize=64)
def form_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of these forms as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
