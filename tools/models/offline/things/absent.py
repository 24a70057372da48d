"""Things that a text only speaks of: in a quotation, denied, taken away, or what something else is like."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.things.picturing import Found
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import plain_word

LIKENED_WITHIN = 3
REACH = 400
"""Letters around a noun that can say what part it plays; a page may come without a full stop."""


def is_quoted(before: str) -> bool:
    """Whether a quotation is open: what somebody only speaks of is not there."""
    opened = before.count("«") + before.count("\u201c") - before.count("»") - before.count("\u201d")
    return opened > 0 or before.count('"') % 2 == 1


def is_absent(found: Found, text: str, language: Language) -> bool:
    """Whether the words deny a thing, take it away or only speak of it: `there is no whale`."""
    before, after = text[max(found.start - REACH, 0) : found.start], text[found.end : found.end + REACH]
    return _is_denied(before, after, language)


@lru_cache(maxsize=2048)
def _is_denied(led: str, after: str, language: Language) -> bool:
    words = re.split(r"[.!?;:]", led)[-1].split(" ")
    before = [
        " ".join(words[: len(words) - cut]) for cut in (1, 2, 3) if _only_qualifies(words[-cut:-1], language)
    ]
    return any(denial(language, "before").search(f"{one} ") for one in before) or bool(
        denial(language, "after").search(after)
    )


def _only_qualifies(words: list[str], language: Language) -> bool:
    """Whether between a denial and its noun stand adjectives alone."""
    table = bank(language)["pictures"]["parts"]
    led = {
        *table["sources"],
        *table["of"],
        *table["with"],
        *table["places"],
        "and",
        "but",
        "y",
        "e",
        "pero",
        "mas",
    }
    plain = [plain_word(word) for word in words]
    return not any(word in led or word in grammar_of(language).verbs.finite for word in plain)


@lru_cache(maxsize=16)
def denial(language: Language, key: str) -> re.Pattern[str]:
    """What leads to a thing that is not there, or follows it."""
    return re.compile(bank(language)["pictures"]["absent"][key], re.IGNORECASE)


def is_likened(words: list[str], table: dict[str, list[str]]) -> bool:
    """`like a drum`, `shaped as a heart`, `parece um tambor`."""
    near = words[-LIKENED_WITHIN:]
    phrase = f" {' '.join(near)} "
    return any(f" {one} " in phrase for one in table["likened"])
