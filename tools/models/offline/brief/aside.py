"""Words of a brief in which nobody is introduced: its first words on where and when, and what is quoted."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import UNKNOWN_ENDINGS, grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import SHORTENED, is_given_name

QUOTED = re.compile(
    r"\"([^\"\n]*)\"|\u201c([^\u201d\n]*)\u201d|«([^»\n]*)»|(?<!\w)\u2018([^\u2018\n]*?)\u2019(?!\w)"
)
ONLY_A_NAME = re.compile(r"\s*[\w\u2019'-]+(?: [\w\u2019'-]+)?\s*")
WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
HEADER_WORDS, HEADER_SENTENCES = 14, 3
"""So many words at most of a sentence, and sentences at most, that say where and when."""
HEADER = re.compile(rf"(?:[^.!?…\n:]|{SHORTENED})+[.!?…\n:]+\s*")
ENDS = re.compile(r"[.!?…\n:]")
"""Looked for first: without one, a header is sought from each letter of a page to its end."""
DATED = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")


@lru_cache(maxsize=512)
def quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Where something is said between quotation marks, marks included; a mere name is no speech."""
    return tuple(
        found.span()
        for found in QUOTED.finditer(text)
        if not ONLY_A_NAME.fullmatch(next(one for one in found.groups() if one is not None) or "x")
    )


def all_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotation marks stand round anything, were it a single word."""
    return tuple(found.span() for found in QUOTED.finditer(text))


def unquoted(text: str) -> str:
    """The text with blanks where somebody is quoted; the same length, and a sentence ends where it did."""
    letters = list(text)
    for start, end in quotes(text):
        ends = text[: end - 1].rstrip()[-1:]
        letters[start:end] = [" "] * (end - start)
        letters[start] = ends if ends in (".", "!", "?", "…") else ","
    return "".join(letters)


@lru_cache(maxsize=256)
def header_end(text: str, language: Language) -> int:
    """Where the first words end that only say where and when: `Leeds, March 1937.`; 0 without any."""
    end = 0
    for _ in range(HEADER_SENTENCES):
        found = HEADER.search(text, end) if ENDS.search(text, end) else None
        if found is None or not _is_header(found.group(), language):
            break
        end = found.end()
    return end


def is_dated(text: str, language: Language) -> bool:
    """Whether words say when: a year, a month, a day, an hour."""
    times = grammar_of(language).words["time_words"]
    return DATED.search(text) is not None or any(one.lower() in times for one in WORD.findall(text))


def _is_header(sentence: str, language: Language) -> bool:
    parts = [WORD.findall(part) for part in re.split(r"[,;]| [\u2013\u2014] ", sentence)]
    dated = len(parts) > 1 and is_dated(sentence, language)
    return sum(map(len, parts)) <= HEADER_WORDS and not any(
        _has_verb(part, language, dated=dated) for part in parts
    )


def _has_verb(part: list[str], language: Language, *, dated: bool = False) -> bool:
    """Whether words hold a finite verb; `noite de estreia` and `the first stop` do not.

    Where a date is told, `Campanha gaúcha` is a region and of what kind it is.
    """
    grammar = grammar_of(language)
    nouns_follow = grammar.words["prepositions"] | grammar.determiners | {"of", "de"}
    for at, word in enumerate(part):
        form = grammar.verbs.finite.get(word)
        before = part[at - 1] if at else ""
        after_name = before[:1].isupper()
        known = form is not None and (after_name or not form.bare) and word not in grammar.words["not_verbs"]
        # After a name any word may be a verb that no bank holds.
        guessed = after_name and word.islower() and word.endswith(UNKNOWN_ENDINGS[language])
        guessed = guessed and len(word) > 2 and word not in nouns_follow
        guessed = guessed and not (dated and at == len(part) - 1 and not is_given_name(before))
        if (known or guessed) and before.lower() not in nouns_follow:
            return True
    return False
