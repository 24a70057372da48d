"""Whoever writes a brief, and what their page is: `We are Tern Lane Bakery`, `Order of the Lace Museum`.

It stands around the story, at the head and at the end, and nobody tells it. Where such a sentence leads
to the story by a colon, the story's half stays. The words are under `envelope` in `makers.toml`.
"""

from collections.abc import Sequence
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
MARKS = ' \n"\u00a1\u00bf!?.*_#-\u2013\u2014'
QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb')
BEFORE_STOP = re.compile(r"[,:;(\u2014\u2013]")
HEAD = 4
"""Sentences at the head of a brief in which a client says who they are."""
MOST_LABEL, MOST_NAME = 14, 6
"""Words of a line that only says whose page it is; of a signature."""
OWN_STORY, OWN_SHARE = 3, 1 / 3
"""Sentences, and part of all, in which somebody goes on to speak of themselves: then it is their story."""
LEAST_HALF = 5


def around(sentences: Sequence[str], language: Language) -> frozenset[int]:
    """Which sentences are the client's envelope, by their place."""
    head = {at for at in range(min(HEAD, len(sentences))) if _is_client(at, sentences, language)}
    end = {at for at, one in enumerate(sentences) if is_closing(one, language)}
    end |= _asked(sentences, end, language)
    return frozenset(head | end | _signed(sentences, end, language))


@lru_cache(maxsize=1024)
def is_closing(sentence: str, language: Language) -> bool:
    """Whether somebody says goodbye, sends files, congratulates, or fades to black."""
    plain = QUOTED.sub(" \u2026 ", sentence).strip(MARKS)
    table = _table(language)
    return _starts(table["closes"], plain) or _has(table["anywhere"], plain)


def story_half(sentence: str, language: Language) -> str:
    """`We want a film about one lamp: Ines, a diver, finds it.` is what stands behind the colon."""
    _, colon, tail = sentence.partition(": ")
    mine = _has(_table(language)["me"], QUOTED.sub("", tail))
    tells = len(tail.split()) >= LEAST_HALF and acts(tail, language)
    if not colon or mine or not tells or _has(_table(language)["makes"], tail):
        return ""
    return f"{tail[:1].upper()}{tail[1:]}"


def speaks_of_oneself(sentence: str, language: Language) -> bool:
    """Whether somebody says `I`, `my` or `we` in words that are nobody's line."""
    return _has(_table(language)["me"], QUOTED.sub("", sentence))


def acts(text: str, language: Language) -> bool:
    """Whether a finite verb stands in words, but for those between an article and its noun."""
    grammar = grammar_of(language)
    nouns_follow = grammar.determiners | grammar.words["prepositions"]
    words = WORD.findall(text)
    return any(
        _is_verb(one, language) and (at == 0 or words[at - 1].lower() not in nouns_follow)
        for at, one in enumerate(words)
    )


def _is_verb(word: str, language: Language) -> bool:
    form = grammar_of(language).verbs.finite.get(word)
    return form is not None and not form.bare and word not in grammar_of(language).words["not_verbs"]


def _is_client(at: int, sentences: Sequence[str], language: Language) -> bool:
    """Whether one of the first sentences says who writes, from where, and for what."""
    table, plain = _table(language), QUOTED.sub(" \u2026 ", sentences[at]).strip(MARKS)
    if re.match("\u2026", plain):
        return False
    if _starts(table["greets"], plain) or _starts(table["purposes"], plain):
        return True
    if _is_whole(table["froms"], plain) or _is_whole(table["pages"], BEFORE_STOP.split(plain)[0]):
        return True
    if _starts(table["presents"], plain) and _has(table["orgs"], plain):
        return not _own_story(sentences[at + 1 :], language)
    return _is_label(at, plain, language)


def _is_label(at: int, plain: str, language: Language) -> bool:
    """`Arroyo & Sons, solicitors, Leeds`, `Order of the Lace Museum`: a verbless line of whose page it is."""
    table = _table(language)
    short = len(plain.split()) <= MOST_LABEL and not acts(plain, language)
    first = BEFORE_STOP.split(plain)[0]
    if at == 0 and _starts(table["orders"], plain) and not acts(first, language) and first != plain:
        # `Brief from the Parish Council, as agreed at the meeting of the 4th`.
        return True
    led = _starts(table["orders"], plain) or _starts(table["institutions"], plain)
    named = at == 0 and plain[:1].isupper() and _has(table["institutions"], plain)
    article = WORD.findall(plain.lower())[:1]
    named = named and not (article and article[0] in grammar_of(language).determiners)
    return short and (led or named) and not _has(table["hours"], plain)


def _own_story(rest: Sequence[str], language: Language) -> bool:
    """Whether whoever says who they are goes on to tell what they did."""
    mine = _table(language)["me"]
    told = [one for one in rest if _has(mine, QUOTED.sub("", one)) and not is_closing(one, language)]
    return len(told) >= max(OWN_STORY, OWN_SHARE * len(rest))


def _asked(sentences: Sequence[str], closing: set[int], language: Language) -> set[int]:
    """`Could it be upright, for phones?` at the very end, before the thanks and a name."""
    table, found = _table(language), set[int]()
    for at in range(len(sentences) - 1, 0, -1):
        one = sentences[at]
        plain, asks = one.strip(MARKS), one.rstrip().endswith("?") and not QUOTED.search(one)
        if asks and _starts(table["asks"], plain) and _has(table["formats"], plain):
            found.add(at)
        elif at not in closing and re.search(r"\w", one) and not _is_name(one, language):
            break
    return found


def _signed(sentences: Sequence[str], closing: set[int], language: Language) -> set[int]:
    """The lines of a signature at the very end: `Ada Pryce`, `Nelson, the treasurer`."""
    found: set[int] = set()
    for at in range(len(sentences) - 1, 0, -1):
        if at in closing:
            continue
        if not (_is_name(sentences[at], language) and sentences[at - 1].endswith("\n")):
            break
        found.add(at)
    return found


def _is_name(line: str, language: Language) -> bool:
    """Whether a line is a name, with what they are, and no sentence."""
    plain = line.strip(" \n.,-\u2013\u2014*")
    words = WORD.findall(plain)
    return 0 < len(words) <= MOST_NAME and plain[:1].isupper() and not acts(plain, language)


def _is_whole(words: str, text: str) -> bool:
    return re.fullmatch(rf"(?:{words})", text.strip(MARKS), re.IGNORECASE) is not None


def _starts(words: str, text: str) -> bool:
    return re.match(rf"(?:{words})", text, re.IGNORECASE) is not None


def _has(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) is not None


def _table(language: Language) -> Table:
    table: Table = bank(language)["makers"]["envelope"]
    return table
