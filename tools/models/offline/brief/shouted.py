"""`NADIA BRANDT (35) counts the crates`: a manuscript shouts whom it brings on, and calls her Nadia."""

from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import is_given_name

SHOUTED = re.compile(r"(?<![\w-])[^\W\d_a-zà-ÿ]{2,}\.?(?: [^\W\d_a-zà-ÿ]{2,}){0,2}(?![\w-])")
HEADING = re.compile(r"(?:INT|EXT|I/E|SC)\b|(?:[^\W_a-zà-ÿ]|[\W\d_])+$")
QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb')
SHORT = 3
WORD = re.compile(r"[^\W\d_]+")


def with_quiet_names(text: str) -> str:
    """The text with the capitals of a name where they name somebody by a first name, or by one used later."""
    return "\n".join(_quiet(line, text) for line in text.split("\n"))


def _quiet(line: str, text: str) -> str:
    """A line, unless it is one of capitals alone: a heading says where it is, and a cue who speaks."""
    if HEADING.match(line.strip()):
        return line
    # What is in quotation marks may stand on a sign.
    quoted = [one.span() for one in QUOTED.finditer(line)]

    def quiet(found: re.Match[str]) -> str:
        lettered = any(start <= found.start() < end for start, end in quoted)
        return found[0].title() if not lettered and _names(found[0], text) else found[0]

    return SHOUTED.sub(quiet, line)


def _names(run: str, text: str) -> bool:
    words = WORD.findall(run)
    # `RUT`, `SAM`: three letters alone are an acronym as well.
    known = len(words) > 1 or len(words[0]) > SHORT
    return any(
        (known and is_given_name(word)) or re.search(rf"(?<![\w-]){word.title()}(?![\w-])", text)
        for word in words
    )
