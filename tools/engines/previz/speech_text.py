"""What is shown and what is said: a line's words, cleaned for a voice.

Captions show the writer's own words; the voice must say numbers, signs and titles,
and must not say emoji, markup or stage directions. The two stay paired word by word.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from state.script import Language
from tools.engines.previz.speech_scripts import reader_of

DIRECTIONS = re.compile(r"<[^>]+>|\[[^\]]*\]|\*[^*]*\*|^\s*\([^)]*\)")
"""`[sighs]`, `*sobs*` and a bracketed opening such as `(whispering)` are for the actor."""
LINK = re.compile(r"\b(?:https?://|www\.)\S+")
GAP = re.compile(r"[^\S\u00a0]+|(?<=[—–…])(?=\w)|(?<=--)(?=\w)|(?<=\w\.\.\.)(?=\w)")  # noqa: RUF001  # dashes part words
STRAIGHT = str.maketrans("“”«»‘’`–―", '""""\'\'\'——')  # noqa: RUF001  # the marks it mends
AMOUNT = re.compile(r"(?<=[$€£])\s+(?=\d)")
DASHES = "—–-"  # noqa: RUF001  # all that writers use
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")

Signs = dict[str, str]
SIGNS: dict[Language, Signs] = {
    "en": {"&": "and", "%": " percent", "@": " at ", "+": " plus ", "=": " equals ", "°": " degrees"},
    "es": {"&": "y", "%": " por ciento", "@": " arroba ", "+": " más ", "=": " igual a ", "°": " grados"},
    "pt-BR": {"&": "e", "%": " por cento", "@": " arroba ", "+": " mais ", "=": " igual a ", "°": " graus"},
}
CURRENCIES: dict[Language, Signs] = {
    "en": {"US$": "dollars", "R$": "reais", "$": "dollars", "€": "euros", "£": "pounds"},
    "es": {"US$": "dólares", "R$": "reales", "$": "pesos", "€": "euros", "£": "libras"},
    "pt-BR": {"US$": "dólares", "R$": "reais", "$": "dólares", "€": "euros", "£": "libras"},
}
TITLES: dict[Language, Signs] = {
    "en": {"dr.": "doctor", "mr.": "mister", "mrs.": "missus", "ms.": "miz", "st.": "saint", "p.m.": "pm",
           "a.m.": "am", "vs.": "versus"},
    "es": {"dr.": "doctor", "dra.": "doctora", "sr.": "señor", "sra.": "señora", "srta.": "señorita",
           "ud.": "usted", "uds.": "ustedes"},
    "pt-BR": {"dr.": "doutor", "dra.": "doutora", "sr.": "senhor", "sra.": "senhora", "srta.": "senhorita"},
}  # fmt: skip
DECIMAL: dict[Language, tuple[str, str, str]] = {
    "en": (",", ".", " point "),
    "es": (".", ",", " coma "),
    "pt-BR": (".", ",", " vírgula "),
}
"""Thousands mark, decimal mark, and how the decimal mark is said."""


@dataclass(frozen=True, kw_only=True)
class SpokenWord:
    """One word of a line."""

    shown: str
    """As written, with its punctuation."""
    said: str
    """As a voice should read it; may be several words."""


def spoken_words(text: str, language: Language) -> list[SpokenWord]:
    """The words of a line that can be said, in order. Empty when there is nothing to say.

    A plain sentence gives exactly `text.split()` as its shown words; a dash or an ellipsis
    between two words parts them, and a token without letter or digit is no word.
    """
    heard = LINK.sub(" ", DIRECTIONS.sub(" ", unicodedata.normalize("NFC", text)))
    # A no-break space keeps a currency's sign with its amount: together they are one thing said.
    heard = AMOUNT.sub("\N{NO-BREAK SPACE}", "".join(mark for mark in heard if _readable(mark)))
    tokens = [token for token in GAP.split(heard) if token]
    return _with_loose_marks([_word(token.replace("\N{NO-BREAK SPACE}", " "), language) for token in tokens])


def _readable(mark: str) -> bool:
    return unicodedata.category(mark)[0] in "LNMZP" or mark.isspace() or mark in "$€£%&@+=°"


def _word(token: str, language: Language) -> SpokenWord:
    return SpokenWord(shown=token, said=_said(_straight(token), language))


def _straight(token: str) -> str:
    """Quotes, dashes and dots in the one form the voice knows."""
    plain = token.translate(STRAIGHT)
    return re.sub(r"\.{2,}", "…", re.sub(r"-{2,}", "—", plain))


def _said(token: str, language: Language) -> str:
    word = TITLES[language].get(token.casefold().strip("\"'(¿¡"), token)
    word = _number(_money(CLOCK.sub(r"\1 \2", word), language), language)
    for sign, name in SIGNS[language].items():
        word = word.replace(sign, name)
    word = re.sub(r"[*_#~|<>\\^]", " ", word)
    return _calm(" ".join(word.split())) if any(map(_sayable, word)) else ""


def _sayable(mark: str) -> bool:
    """Letters of scripts that no rules read would be spelled out by name."""
    known = unicodedata.name(mark, "").startswith("LATIN") or reader_of(mark) is not None
    return mark.isdecimal() or known


def _number(word: str, language: Language) -> str:
    thousands, decimal, name = DECIMAL[language]
    word = re.sub(rf"(?<=\d){re.escape(thousands)}(?=\d{{3}}\b)", "", word)
    return re.sub(rf"(?<=\d){re.escape(decimal)}(?=\d)", name, word)


def _money(word: str, language: Language) -> str:
    for sign, name in CURRENCIES[language].items():
        word = re.sub(rf"{re.escape(sign)}\s?([\d.,]*\d)", rf"\1 {name}", word)
        word = re.sub(rf"(\d){re.escape(sign)}", rf"\1 {name}", word)
    return word


def _calm(word: str) -> str:
    """SHOUTED words are words; short ones and those without vowels stay letters (NBA, TV)."""
    letters = [mark for mark in word if mark.isalpha()]
    shouted = len(letters) > 3 and word.upper() == word
    return word.lower() if shouted and set(word.lower()) & set("aeiouáéíóúâêôãõà") else word


def _with_loose_marks(pairs: list[SpokenWord]) -> list[SpokenWord]:
    """What stands alone and cannot be said belongs to the word before it; lone quotes vanish."""
    words: list[SpokenWord] = []
    for pair in pairs:
        if pair.said:
            words.append(pair)
        elif words and pair.shown[0] in DASHES:
            words[-1] = replace(words[-1], said=f"{words[-1].said} —")
        elif words and pair.shown[0] in ".,;:!?…":
            words[-1] = SpokenWord(shown=words[-1].shown + pair.shown, said=words[-1].said + pair.shown)
        elif words and any(map(str.isalpha, pair.shown)):
            words[-1] = replace(words[-1], shown=f"{words[-1].shown} {pair.shown}")
    return words
