"""How far the words under a label reach: `Tone: cold.` is one line, and the story goes on below it.

Where a brief has no label for its story, it begins behind the blank line after the list, the logline or
the notes.
"""

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

BULLET = re.compile(r"(?m)^[^\S\n]*(?:[-*\u2022\u00b7\u25cf\u25aa\u2013\u2014>]+|\d{1,2}[.)])[^\S\n]+")
BLANK = re.compile(r"\n[^\S\n]*\n")
AGED = re.compile(r"[^,:(\n]{2,40}[,:(] ?\d{1,3}(?!\d)")
"""How a line of a list of people begins: `Mendes, 50`."""
HEADING = re.compile(r"[#*_\s]*[^\W\d_a-zà-ÿ]{3,}(?:[^\S\n]+[^\W\d_a-zà-ÿ]+){0,4}[*_:\s]*")
"""A line of capitals alone, whatever it says."""
STORY_WORDS = 12
"""With so many words a section tells the story."""
LONG_WORD, STEM = 4, 5
RETOLD = 0.25
"""From this share of its longer words on, a logline is told again by the story."""


def parted(kind: str, label: str, text: str, language: Language) -> tuple[str, str]:
    """What belongs to a label, and what of the words below it does not."""
    if kind in ("film", "notes"):
        end = _end_of_notes(kind, label, text, language)
    elif kind in ("people", "short"):
        end = _end_of_list(text, listed=kind == "people")
    else:
        end = len(text)
    return text[:end], text[end:]


def is_long(text: str) -> bool:
    """Whether so many words tell a story."""
    return len(text.split()) >= STORY_WORDS


def adds(logline: str, story: str, language: Language) -> bool:
    """Whether a logline tells what happens, and the story does not tell it again.

    `She has one night to find him` only promises; `she finds that a dead man signed` is told nowhere else.
    """
    table: Table = bank(language)["manuscript"]
    if re.search(rf"(?<!\w)(?:{table['promises']})(?!\w)", logline, re.IGNORECASE):
        return False
    finite = grammar_of(language).verbs.finite
    told = any(one in finite and not finite[one].bare for one in re.findall(r"\w+", logline.lower()))
    mine, theirs = _stems(logline), _stems(story)
    return told and bool(mine) and len(mine & theirs) < RETOLD * len(mine)


def _stems(text: str) -> set[str]:
    return {one[:STEM] for one in re.findall(r"[^\W\d_]+", text.lower()) if len(one) > LONG_WORD}


def without_titles(text: str, language: Language) -> str:
    """The text without titles of its parts: `THE NIGHT BEFORE` on a line above what happens then.

    A single word or a name in capitals above a line may be who says it.
    """
    grammar = grammar_of(language)
    small = grammar.determiners | grammar.words["prepositions"] | {"the", "of", "el", "la", "o", "a"}
    lines = text.split("\n")
    kept = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        words = re.findall(r"\w+", line.lower())
        heads = is_long(below) or ". " in below
        titled = HEADING.fullmatch(line) and len(words) > 1 and small & set(words) and heads
        if not titled:
            kept.append(line)
    return "\n".join(kept)


def _end_of_notes(kind: str, label: str, text: str, language: Language) -> int:
    """The line of a label that says one thing; a heading of notes goes on to the blank line or the end."""
    line = text.find("\n") if "\n" in text else len(text)
    if kind == "film" or (text[:line].strip() and not _gathers(label, language)):
        return line
    listed = BULLET.match(text.lstrip("\n")) is not None
    return _end_of_list(text, listed=True) if text[:line].strip() or listed else len(text)


def _gathers(label: str, language: Language) -> bool:
    """Whether all kinds of notes stand under a label: `Notes`, `Observaciones`."""
    table: Table = bank(language)["manuscript"]["labels"]
    return re.match(rf"(?:{table['gathers']})(?!\w)", label, re.IGNORECASE) is not None


def _end_of_list(text: str, *, listed: bool) -> int:
    """Where behind a blank line somebody tells a story: no bullet, nobody's age, and words enough."""
    for blank in BLANK.finditer(text):
        if not text[: blank.start()].strip():
            continue
        first = _first_line(text[blank.end() :])
        item = BULLET.match(first) or (listed and AGED.match(first))
        if not item and is_long(first):
            return blank.end()
    return len(text)


def _first_line(text: str) -> str:
    """The first line that is no heading."""
    lines = [line for line in text.split("\n") if line.strip()] or [""]
    return lines[1] if len(lines) > 1 and HEADING.fullmatch(lines[0]) else lines[0]
