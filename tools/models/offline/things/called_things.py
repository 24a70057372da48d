"""What a story calls its things: `the bar` for the gold bar, `his Harrow` for a bicycle of that name."""

from collections.abc import Collection, Mapping

from state.script import Language
from tools.models.offline.things.picturing import Found, found_in
from tools.models.offline.things.things import is_prop
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import WORD, plain_word

NAME = r"[A-ZÀ-Ý][a-zà-ÿ]{2,}"
SMALL = (
    "with|of|his|her|its|their|the|an?|and|or|but|in|on|at|to|by|for|from|as|while|when|who|that|holds?|has|"
    "mientras|cuando|con|de|del|y|o|en|a|para|por|que|sin|su|como|enquanto|quando|com|do|da|e|ou|em|no|na|sem"
)
BEFORE = re.compile(rf"(?<=\w )(?<![.!?] )({NAME}) (?:(?!(?:{SMALL}) )[a-z-]+ ){{0,2}}$")
"""In English the name comes first."""
CALLED = r"the|la|el|a|o|called|named|llamad[ao]|chamad[ao]"
AFTER = re.compile(rf"(?: (?!(?:{SMALL})(?![a-zà-ÿ-]))[a-zà-ÿ-]+)?,? (?:(?:{CALLED}) )?({NAME})(?=[,.;:])")


def named_things(text: str, language: Language, people: Collection[str]) -> dict[str, str]:
    """By name, the picture of the thing that has it; a name of somebody or of a place is none."""
    taken, found = {word for one in people for word in one.split()}, dict[str, str]()
    for one in found_in(text, language):
        led = _led_by(text, one.start) if language == "en" else None
        told = [match[1] for match in (led, AFTER.match(text, one.end)) if match is not None]
        for name in told:
            if name not in taken and is_prop(one.picture) and not _is_elsewhere(name, text):
                found.setdefault(name, one.picture)
    return found


def _led_by(text: str, start: int) -> re.Match[str] | None:
    """The name before a noun; of the spaces in between and before it only the last four count."""
    since = start
    for _ in range(4):
        since = text.rfind(" ", 0, max(since, 0))
    return BEFORE.search(text, since + 1, start)


def _is_elsewhere(name: str, text: str) -> bool:
    """Whether somebody or some place has that name."""
    led = r"in|en|em|at|de|do|da|Mrs?|Miss|Dr|Seu|Dona|Don|Doña|Sr|Sra"
    return re.search(rf"\b(?:{led})\.? {re.escape(name)}\b", text) is not None


SHORTEST = 2


def called_things(text: str, language: Language) -> dict[str, str]:
    """Short words for things that the story names in full, where the word alone would be nothing or else."""
    found: dict[str, str] = {}
    for one in found_in(text, language):
        words = [plain_word(word) for word in WORD.findall(one.noun)]
        head = words[-1] if language == "en" and "of" not in words else words[0]
        new = not re.search(rf"(?<!\w){re.escape(head)}(?!\w)", text[: one.start], re.IGNORECASE)
        if len(words) > 1 and len(head) > SHORTEST and new and is_prop(one.picture):
            found.setdefault(head, one.picture)
    return found


def called_in(
    text: str, language: Language, called: Mapping[str, str], named: Mapping[str, str],
    before: Mapping[int, Found],
) -> dict[int, Found]:  # fmt: skip
    """Things that a text calls by their short words or by their names, by where they stand in it."""
    the, found = "|".join(bank(language)["pictures"]["parts"]["the"]), dict[int, Found]()
    for head, picture in called.items():
        for match in re.finditer(rf"(?<!\w)(?:{the}) (?P<head>\w+)(?!\w)", text, re.IGNORECASE):
            at = match.start("head")
            there = before.get(at)
            if plain_word(match["head"]) == head and (there is None or there.noun == match["head"]):
                found[at] = Found(start=at, end=match.end("head"), noun=match["head"], picture=picture)
    for name, picture in named.items():
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            start = match.start()
            found.setdefault(start, Found(start=start, end=match.end(), noun=name, picture=picture))
    return found


def with_products_told(told: str, notes: str) -> str:
    """An English story that says at a product's first mention what it is: `his Harrow bike`."""
    for one in found_in(notes, "en"):
        led = _led_by(notes, one.start)
        if led is not None and is_prop(one.picture) and not _is_elsewhere(led[1], told):
            told = re.sub(
                rf"\b{re.escape(led[1])}\b(?! {re.escape(one.noun)})", f"{led[1]} {one.noun}", told, count=1
            )
    return told
