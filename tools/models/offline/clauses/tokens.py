"""Words and marks of a sentence, each with its place in it."""

from dataclasses import dataclass
from functools import lru_cache

from tools.models.offline.words import patterns as re

TOKEN = re.compile(r"[^\W_]+(?:[\u2019'\u2010-][^\W_]+)*|[^\w\s]")
SENTENCE_END = re.compile(
    r"(?:(?<=[.!?\u2026])|(?<=[.!?\u2026][\"\u201d\u00bb)]))\s+(?=[\"\u201c\u00ab(\u00bf\u00a1]*[^\W\d_a-z\u00e0-\u00ff])"
    r"|(?<=[\u3002\uff01\uff1f])|\n+"
)
BULLET = re.compile(r"^(?:(?:[-*\u2022]|\d{1,2}[.)])\s+)+(?=\S)")
TAGGED = re.compile(
    r"(?:,[\"\u201d]|[\"\u201d\u00bb],?)\s+[^\W\d_A-Z\u00c0-\u00dd][^\"\u201c\u201d\u00ab\u00bb.!?:;,]*\.$|(?<=,[\"\u201d])\s+[^\"\u201c\u201d.!?:;,]{2,32}\.$"
)
"""A quotation that ends in who said it."""
QUOTATION = re.compile(r"[\"\u201c\u00ab][^\"\u201c\u201d\u00ab\u00bb]+[\"\u201d\u00bb]\.?")
TITLE = (
    "Mrs?|Ms|Messrs|Dra?|Sra?|Srta|D\u00f1a|St|Sta|Sto|Profa?|Rev|Fr|Pe|Mons|Capt?|Sgto?|Lt|Tte|Ten|Col|Cel|Gral|Gen"
    "|Insp|Supt|Lic|Licda|Ing|Eng|Arq|Exm[oa]|Hon"
)
TITLES = re.compile(rf"\b(?:{TITLE})\.$")


@dataclass(frozen=True)
class Token:
    """One word or mark."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In small letters, with a plain apostrophe."""
        return self.text.lower().replace("\u2019", "'")

    @property
    def is_word(self) -> bool:
        """Whether it is a word, not a mark."""
        return self.text[0].isalnum()


def tokenise(text: str) -> list[Token]:
    """All words and marks in order."""
    return list(_tokens(text))


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token(found.group(), found.start(), found.end()) for found in TOKEN.finditer(text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a full stop after `Mr` ends none."""
    found: list[str] = []
    for part in SENTENCE_END.split(text):
        part = BULLET.sub("", " ".join(part.split()))
        if found and (TITLES.search(found[-1]) or _is_open(found[-1]) or _goes_on(found[-1], part)):
            found[-1] = f"{found[-1]} {part}"
        elif any(char.isalnum() for char in part):
            found.append(part)
    return found


def _goes_on(before: str, part: str) -> bool:
    """Whether somebody says more: `"The fish is for him," he says. "The rest was for you."`."""
    return TAGGED.search(before) is not None and QUOTATION.fullmatch(part) is not None


def _is_open(text: str) -> bool:
    """Whether somebody is still being quoted at the end of a text."""
    opened = text.count("\u201c") > text.count("\u201d") or text.count("\u00ab") > text.count("\u00bb")
    return opened or text.count('"') % 2 == 1
