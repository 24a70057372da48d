"""What words make a body do: its hands and its face, read off the verbs of a clause."""

from functools import lru_cache

from state.script import Expression, Gesture, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.deeds.in_the_present import in_the_present
from tools.models.offline.deeds.unreal import done_in
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import WORD, plain_word


def hands_in(text: str, language: Language) -> Gesture:
    """What a body does in these words, the last of it: `hears the noise and knocks on the door`."""
    free = _free(done_in(in_the_present(_undone(text, language), language), language), language)
    if any(gesture in ("leaving", "running") for _, _, gesture in free):
        # `se va caminando`: how they go is no other deed.
        free = [one for one in free if one[2] != "walking"]
    if any(gesture == "kneeling" for _, _, gesture in free):
        # `kneels and screws it in`: what is done on one's knees.
        free = [one for one in free if one[2] not in AT_WORK] or free
    # Who plays while they listen is seen playing.
    loud = [one for one in free if one[2] not in QUIET]
    return max(loud or free)[2] if free else "none"


def _undone(text: str, language: Language) -> str:
    """A text without what is only asked, called for or somebody's post: `asks who drives` has no wheel."""
    return _not_done(language).sub(" ", text)


@lru_cache(maxsize=4)
def _not_done(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(bank(language)['pictures']['acts']['not_done'])})", re.IGNORECASE
    )


def _free(text: str, language: Language) -> list[tuple[int, int, Gesture]]:
    """Where the words make a body do something, how long they are, and what: the longest says it best."""
    found = [
        (match.start(), len(match[0]), gesture if _takes_two(text, match, gesture, language) else "holding")
        for gesture, form in _hands(language)
        for match in form.finditer(text)
    ]
    return [
        (at, long, gesture)
        for at, long, gesture in found
        if not denied(text[:at], language) and not _is_a_noun(text[:at], language)
    ]


def _takes_two(text: str, match: re.Match[str], gesture: Gesture, language: Language) -> bool:
    """`abraçado a uma pasta`, `hugs the suitcase`: what is embraced is a thing, and nobody."""
    if gesture not in EMBRACING:
        return True
    after = [word.lower() for word in WORD.findall(re.split(r"[.,;:]", text[match.end() :])[0])]
    grammar = grammar_of(language)
    led = next((at for at, word in enumerate(after[:OBJECT]) if word in grammar.determiners), None)
    if led is None or after[led] not in after[:OBJECT] or after[:led] not in ([], ["a"], ["em"], ["on"]):
        return True
    behind = after[led + 1 :]
    own = text[match.end() :].lower().find(behind[0]) if behind else -1
    named = own >= 0 and text[match.end() + own].isupper()
    return not behind or named or bool({*behind[:OBJECT]} & person_words(bank(language)["reading"]))


def handed(text: str, gesture: Gesture, language: Language) -> list[str]:
    """The words that make a body do this, in their order."""
    forms = [form for one, form in _hands(language) if one == gesture]
    return [match[0] for form in forms for match in form.finditer(text)]


def _is_a_noun(before: str, language: Language) -> bool:
    """`points at the sign`: behind an article stands no verb; elsewhere that may be `la besa`."""
    last = WORD.findall(before.lower())[-1:]
    return language == "en" and before.endswith(" ") and bool({*last} & ARTICLES)


EMBRACING = frozenset(("hugging", "kissing"))
OBJECT = 3
"""Words in which it is said whom or what somebody embraces."""
QUIET = frozenset(("pondering", "listening"))
"""What is only seen where nothing else is done."""
AT_WORK = frozenset(("working", "stirring", "writing", "reading", "pulling", "pushing"))
ARTICLES = frozenset(("the", "a", "an", "his", "my", "your", "their", "its", "our"))


def face_in(text: str, language: Language) -> Expression | None:
    """The face that the words themselves give: `laughs`, `llora`; None when they give none."""
    text = done_in(in_the_present(text, language), language)
    for expression, form in _faces(language):
        match = form.search(text)
        if match and not denied(text[: match.start()], language):
            return expression
    return None


def denied(before: str, language: Language) -> bool:
    """Whether what follows these words is said not to happen."""
    words = [plain_word(word) for word in WORD.findall(re.split(r"[,;:]", before)[-1])][-2:]
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
