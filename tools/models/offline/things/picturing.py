"""From a noun phrase to a picture of the library: by its head noun, and never by a guess.

`the yellowed one-way ticket` is a ticket and `the ticket office` is none. A noun with two
meanings is only known with the words that decide between them.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.trades import trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.diminutives import diminutives
from tools.models.offline.words.first_words import first_words
from tools.models.offline.words.namesakes import is_a_figure, says_what_somebody_is, sense_in
from tools.models.offline.words.plain_words import WORD, plain_word
from tools.models.offline.words.plurals import plurals
from tools.models.offline.words.senses import fits_story, is_kind_known, is_meant, keeps_accent
from tools.models.offline.words.word_class import is_colour, is_doing, only_a_colour
from tools.pictures.library import pictures

FARTHEST = 80
"""Words around a noun that can say in which sense it is meant."""
SENTENCE = re.compile(r"[.!?;\n\u2026]")
OTHER_LETTERS = re.compile("[ñç]")
"""Letters that make another word of one."""
LONGEST = 6
"""Words in the longest phrase that names a picture."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A picture named in a text: where its words begin and end, and how they stand there."""

    start: int
    end: int
    noun: str
    picture: str


def picture_of(noun_phrase: str, language: Language) -> str | None:
    """The library's picture of what a noun phrase is about; none when its head noun has none."""
    words = [match[0] for match in WORD.finditer(noun_phrase)]
    plain = [plain_word(word) for word in _unnamed(words)]
    if _barred(plain, language) or _worn_as(plain, language):
        return None
    whole = _without_openers(plain, language)
    head = _before_joint(whole, language)
    at = len(head) - 1 if language == "en" else 0
    if not whole or not is_meant(whole, max(at, 0), 1, language):
        return None
    if head and not is_kind_known(head[at], tuple(head[:at][-2:]), tuple(whole[at + 1 : at + 4]), language):
        return _named(whole, head, language) if " ".join(head[-2:]) in names_of(language) else None
    found, said = _named(whole, head, language), _plain_text(noun_phrase)
    alone = found if " ".join(head) in names_of(language) and len(head) > 1 else None
    return alone or (found and sense_in(head[at], found, said, said, language)) or None


def pictures_in(text: str, language: Language) -> list[tuple[str, str]]:
    """Nouns of a text that have a picture, in the text's order: as they stand there, and the picture."""
    return [(found.noun, found.picture) for found in found_in(text, language)]


def found_in(text: str, language: Language, *, story: str = "") -> list[Found]:
    """Every picture that a text names, in its order, the longest phrase at each place.

    What the rest of its story tells may give a noun another sense.
    """
    return list(_fitting(text, story or text, language))


@lru_cache(maxsize=4096)
def _fitting(text: str, story: str, language: Language) -> tuple[Found, ...]:
    """Asked for each line by many readers of the same story."""
    fitting = [
        one
        for one in _found(text, language)
        if one.noun not in _names_in(story) and fits_story(plain_word(one.noun), story, language)
    ]
    meant = [(one, _meant(one, text, story, language)) for one in fitting]
    return tuple(replace(one, picture=picture) for one, picture in meant if picture)


@lru_cache(maxsize=64)
def _names_in(story: str) -> frozenset[str]:
    """Words with a capital within the story's sentences: `Basil` is no herb where he opens one."""
    small, names = {word[0] for word in WORD.finditer(story) if word[0][0].islower()}, set[str]()
    for sentence in SENTENCE.split(story):
        spans = list(WORD.finditer(sentence))
        names |= {spans[at][0] for at in _names_at(sentence, spans)}
    names |= first_words(story)
    return frozenset(name for name in names if name[0].isupper() and name.lower() not in small)


def _meant(found: Found, text: str, story: str, language: Language) -> str:
    """What a noun is in its story; empty where another sense is meant, or none of two is told."""
    noun = " ".join(plain_word(word) for word in WORD.findall(found.noun))
    if only_a_colour(noun, _plain_text(story), language) and not _is_one(found, text, language):
        return ""
    sentence = SENTENCE.split(text[: found.start])[-1] + SENTENCE.split(text[found.start :])[0]
    said = _plain_text(sentence)
    living = pictures()[found.picture].kind in FIGURED
    if is_a_figure(noun, said, language) or (living and says_what_somebody_is(noun, said, language)):
        return ""
    return sense_in(noun, found.picture, said, _plain_text(story), language)


FIGURED = ("animals", "flyers", "sky", "plants", "food")
"""What people are called, who are none: `he is a bear`."""


def _is_one(found: Found, text: str, language: Language) -> bool:
    """Whether an article of what is new stands before it: `uma laranja` is a fruit."""
    led = [plain_word(word) for word in WORD.findall(text[: found.start])][-1:]
    return bool(
        {*led} & {"a", "an", "one", "una", "un", "uma", "um"} - ({"a"} if language != "en" else set())
    )


@lru_cache(maxsize=1024)
def _plain_text(text: str) -> str:
    """The plain words of a text, with a stop where a phrase ends."""
    return re.sub(r"[^\w' .-]", " .", plain_word(text.replace("\n", " ")))


@lru_cache(maxsize=1024)
def _found(text: str, language: Language) -> tuple[Found, ...]:
    spans = list(WORD.finditer(text))
    plain = [plain_word(span[0]) for span in spans]
    barred, apart = _barred(plain, language) | _worn_as(plain, language), _names_at(text, spans)
    breaks = [one.start() for one in SENTENCE.finditer(text)]
    numbers = [bisect_left(breaks, span.start()) for span in spans]
    found: list[Found] = []
    at = 0
    while at < len(spans):
        size, picture = _longest_at(plain, at, language)
        start, end = spans[at].start(), spans[at + size - 1].end()
        stands = (
            picture and not barred.intersection(range(at, at + size)) and _free(plain, at, size, language)
        )
        if (
            stands
            and not apart.intersection(range(at, at + size))
            and _is_that(spans[at], numbers, plain, at, size, language)
            and _is_of_kind(spans, plain, at, size, language)
            and _is_thing(spans, numbers, plain, at, size, language)
            and not (
                _halves(text, end, plain[at + size : at + size + 1], language)
                or _is_shown(text, start, picture, language)
            )
        ):
            found.append(Found(start=start, end=end, noun=text[start:end], picture=picture))
        at += max(size, 1)
    return tuple(found)


def _is_that(
    span: re.Match[str], numbers: list[int], plain: list[str], at: int, size: int, language: Language
) -> bool:
    """Whether a noun means in its sentence what is drawn, and is written as that noun."""
    if size == 1 and not (keeps_accent(span[0], language) and _keeps_letters(span[0], language)):
        return False
    start = max(bisect_left(numbers, numbers[at]), at - FARTHEST)
    end = min(bisect_right(numbers, numbers[at]), at + FARTHEST)
    return is_meant(plain[start:end], at - start, size, language)


def _keeps_letters(noun: str, language: Language) -> bool:
    """Whether a noun has the letters of one that is listed: `moño` is no `mono`, and `caça` no `caca`."""
    own = OTHER_LETTERS.findall(noun.casefold())
    if not own:
        return True
    plain = plain_word(noun)
    picture = names_of(language).get(plain, "")
    known = _lettered(language).get(picture, ())
    return any(plain.startswith(stem) for letters, stem in known if letters == own)


@lru_cache(maxsize=4)
def _lettered(language: Language) -> dict[str, list[tuple[list[str], str]]]:
    """By picture, its nouns of one word: their own letters, and how they begin in plain ones."""
    return {
        name: [
            (OTHER_LETTERS.findall(word.casefold()), plain_word(word)[:-1])
            for word in one.words[language]
            if " " not in word
        ]
        for name, one in pictures().items()
    }


def _is_thing(
    spans: list[re.Match[str]], numbers: list[int], plain: list[str], at: int, size: int, language: Language
) -> bool:
    """Whether a word is a noun where it stands, and neither what somebody does nor a colour."""
    if size > 1 or not spans[at][0].islower():
        return True
    first = bisect_left(numbers, numbers[at])
    before = plain[max(first, at - FARTHEST) : at]
    end = spans[at].end()
    after = plain[at + 1] if spans[at].string[end : end + 1] == " " and at + 1 < len(plain) else ""
    led = plain[at - 1] if at and spans[at].string[spans[at - 1].end() : spans[at].start()].isspace() else ""
    return not is_doing(before, plain[at], after, language) and not is_colour(plain[at], led, language)


def _is_of_kind(spans: list[re.Match[str]], plain: list[str], at: int, size: int, language: Language) -> bool:
    """Whether the words right beside a noun leave it the kind that is drawn; a comma parts them."""
    if size > 1:
        return True
    text, start, end = spans[at].string, spans[at].start(), spans[at].end()
    near = max(at - 2, 0)
    led = [spans[one][0].casefold() for one in range(near, at)]
    apart = at > 0 and not text[spans[at - 1].end() : start].isspace()
    follows = text[end : end + 1] == " "
    return is_kind_known(
        plain[at],
        () if apart else tuple(led),
        tuple(plain[at + 1 : at + 4]) if follows else (),
        language,
    )


def _named(whole: list[str], head: list[str], language: Language) -> str | None:
    """English has the head noun last, the others have it first."""
    names = names_of(language)
    for size in range(min(len(whole), LONGEST), 0, -1):
        # A listed phrase may go on over a joint: `glass of wine`.
        if size > len(head) and language != "en" and " ".join(whole[:size]) in names:
            return names[" ".join(whole[:size])]
        if language == "en":
            for start in range(len(head)):
                piece = whole[start : start + size]
                if len(piece) == size and start + size > len(head) and " ".join(piece) in names:
                    return names[" ".join(piece)]
    return _named_by_head(head, language)


def _named_by_head(head: list[str], language: Language) -> str | None:
    names = names_of(language)
    for size in range(min(len(head), LONGEST), 0, -1):
        piece = head[-size:] if language == "en" else head[:size]
        if " ".join(piece) in names:
            return names[" ".join(piece)]
    return None


def _unnamed(words: list[str]) -> list[str]:
    """Without the name that follows a noun: `her parrot Gardel`."""
    end = next(
        (at for at, word in enumerate(words) if word[0].isupper() and at and words[at - 1][0].islower()),
        len(words),
    )
    return words[:end]


def _without_openers(plain: list[str], language: Language) -> list[str]:
    """The phrase from its first word that is no article, number, measure or adjective before the noun."""
    openers, measures = _words(language, "openers"), _words(language, "measures")
    start = 0
    while start < len(plain) - 1:
        if plain[start] in openers:
            start += 1
        elif plain[start] in measures and plain[start + 1] in ("of", "de") and start + 2 < len(plain):
            start += 2
        else:
            break
    return plain[start:]


def _before_joint(plain: list[str], language: Language) -> list[str]:
    """The words before the first `of`, `with`, `that`: what comes after tells of the head noun."""
    joints = _words(language, "joints")
    end = next((at for at, word in enumerate(plain) if word in joints), len(plain))
    return plain[:end]


def _longest_at(plain: list[str], at: int, language: Language) -> tuple[int, str]:
    names = names_of(language)
    for size in range(min(LONGEST, len(plain) - at), 0, -1):
        picture = names.get(" ".join(plain[at : at + size]))
        if picture:
            return size, picture
    return 1, ""


def _free(plain: list[str], at: int, size: int, language: Language) -> bool:
    """Whether the noun stands for itself: not as the first half of another noun, not as a verb."""
    before = plain[at - 1] if at else ""
    after = plain[at + size] if at + size < len(plain) else ""
    if before in _words(language, "never_after"):
        return False
    if before in OF and at > 1 and plain[at - 2] in _words(language, "mere_of"):
        return False
    if size == 1 and plain[at] in _verbs_too(language):
        if language == "en" and after in OBJECTS:
            # `the three of them watch it`.
            return False
        if not _is_opened(plain, at, language):
            return False
    return after not in _words(language, "halves") and not (
        size == 1 and before in _words(language, "verbal")
    )


@lru_cache(maxsize=4)
def _verbs_too(language: Language) -> frozenset[str]:
    """Nouns that are verbs too: those that are listed, and those that are a form in the bank of verbs."""
    forms = frozenset(one for one in names_of(language) if one in grammar_of(language).verbs.finite)
    plurals = frozenset(one for one in forms if language == "en" and one.endswith("s"))
    return _words(language, "verbs_too") | (forms - plurals)


def _is_opened(plain: list[str], at: int, language: Language) -> bool:
    """Whether an article or the like makes a noun of a word, with an adjective between or none."""
    before = plain[max(at - 3, 0) : at][::-1]
    finite = grammar_of(language).verbs.finite
    for place, word in enumerate(before):
        if word in _openers(language):
            return True
        if language != "en" or place == QUALIFIERS or word in finite or word in _words("en", "verbal"):
            return False
    return False


QUALIFIERS = 2
OBJECTS = ("it", "him", "them", "us", "me")
OF = ("of", "de", "del", "da", "do")


def _names_at(text: str, spans: list[re.Match[str]]) -> set[int]:
    """Places of capitals within a sentence: parts of names; a title has them everywhere."""
    capital = [span[0][0].isupper() for span in spans]
    if sum(capital) * 2 > len(spans) > 1 and not re.search(r"[.!?]\s", text):
        long = [span[0] for span in spans if len(span[0]) > LITTLE]
        if all(word[0].isupper() for word in long):
            return set()
    opening = {
        0,
        *(
            at
            for at in range(1, len(spans))
            if _opens(text[spans[at - 1].end() : spans[at].start()])
            and spans[at - 1][0].casefold() not in TITLES
        ),
    }
    inside = {at for at, big in enumerate(capital) if big and at not in opening and not _is_brand(spans, at)}
    # `León, Guanajuato, a tannery`: a town and what it lies in.
    towns = {at for at in opening if capital[at : at + 2] == [True, True] and _is_town(text, spans, at)}
    inside |= towns
    # `Senator` opens a sentence as the same mule that another sentence names in its middle.
    told = {spans[at][0] for at in inside}
    return inside | {at for at in opening if at < len(spans) and spans[at][0] in told}


def _is_town(text: str, spans: list[re.Match[str]], at: int) -> bool:
    """Whether nothing but a comma parts the first word of a text from another name."""
    return at == 0 and text[spans[0].end() : spans[1].start()] == ", "


TITLES = frozenset(("mr", "mrs", "ms", "dr", "dra", "sr", "sra", "srta", "prof", "profa", "st", "sta", "sto"))
"""Behind these, stop or none, stands a name: Mrs. Bell is no bell."""
LITTLE = 3
BRANDS = frozenset((
    "olivetti", "remington", "underwood", "leica", "kodak", "polaroid", "vespa", "harley", "steinway",
    "stradivarius", "rolex", "zippo", "singer", "kombi", "lambretta",
))  # fmt: skip
"""Makers whose name stands for what they make, after an article: `la Olivetti`."""
OWNED = frozenset((
    "a", "an", "the", "his", "her", "my", "your", "their", "old", "el", "la", "una", "un", "su", "mi", "tu",
    "vieja", "viejo", "o", "uma", "um", "sua", "seu", "minha", "meu", "velha", "velho", "na", "no", "da",
    "do",
))  # fmt: skip


def _is_brand(spans: list[re.Match[str]], at: int) -> bool:
    """`the Olivetti` is a typewriter, and `Olivetti` somebody."""
    return at > 0 and plain_word(spans[at][0]) in BRANDS and plain_word(spans[at - 1][0]) in OWNED


def _opens(between: str) -> bool:
    return re.search(r"[.!?:\n\u2026\u00bf\u00a1\"\u201c\u201d\u00ab\u2014(]", between) is not None


def _halves(text: str, end: int, after: list[str], language: Language) -> bool:
    """Whether an English noun only tells which kind the next noun is: `toy walkie-talkie`, `tea tent`."""
    if language != "en" or not after or not text[end:].startswith(" "):
        return False
    word = after[0]
    if not text[end + 1 :][:1].islower() or word in _words("en", "after_nouns") | _openers("en"):
        return False
    if word in _words("en", "joints") | _words("en", "verbal"):
        return False
    if word in _words("en", "verbs_too") and (
        word.endswith("s") or (text[:end].endswith("s") and not text[:end].endswith(("ss", "us")))
    ):
        return False
    known = word in names_of("en")
    return known or not (
        word in grammar_of("en").verbs.finite or re.search(r"(?:ly|ed|ing|[^s]s|n't)$", word) is not None
    )


def _is_shown(text: str, start: int, picture: str, language: Language) -> bool:
    """Whether an animal or the like is only the form of a jewel or a drawing: `an earring: a butterfly`."""
    if pictures()[picture].kind not in ("animals", "flyers", "sky", "plants"):
        return False
    said = {plain_word(word) for word in WORD.findall(re.split(r"[.!?;]", text[:start])[-1])}
    here = {plain_word(word) for word in WORD.findall(re.split(r"[.!?;]", text[start:])[0])[:SHOWN_AS]}
    return bool(_words(language, "adornments") & (said | here))


SHOWN_AS = 5
"""Words after an animal's name in which its material is told: `una mariposa de filigrana`."""


def _worn_as(plain: list[str], language: Language) -> set[int]:
    """Places of `vestido de portero`, `dressed as a nurse`: somebody in disguise, and no dress."""
    trades = _played(language)
    places: set[int] = set()
    for at in range(len(plain) - 2):
        after = [
            word
            for word in plain[at + 1 : at + 4]
            if word not in ("a", "an", "the", "un", "una", "um", "uma")
        ]
        worn = plain[at] in _words(language, "disguised") and len(after) > 1 and after[0] in ("as", "de")
        if worn and (after[1] in trades or language == "en"):
            places.update(range(at, min(at + 4, len(plain))))
    return places


@lru_cache(maxsize=4)
def _played(language: Language) -> frozenset[str]:
    """Whom somebody can be dressed as."""
    return frozenset({plain_word(word) for word in trade_nouns(language)} | _words(language, "disguises"))


def _barred(plain: list[str], language: Language) -> set[int]:
    """Places of words that belong to a phrase with another meaning: `free will`, `de sol a sol`."""
    places, phrases = set[int](), _phrases(language)
    for at, word in enumerate(plain):
        for phrase in phrases.get(word, ()):
            if tuple(plain[at : at + len(phrase)]) == phrase:
                places.update(range(at, at + len(phrase)))
    return places


@lru_cache(maxsize=4)
def names_of(language: Language) -> dict[str, str]:
    """Every noun and phrase that names a picture, plain, in the singular and in the plural."""
    names: dict[str, str] = {}
    listed = [
        (name, [plain_word(word) for word in WORD.findall(phrase)], phrase)
        for name, picture in pictures().items()
        for phrase in picture.words[language]
    ]
    for name, words, _ in listed:
        names.setdefault(" ".join(words), name)
    for name, words, phrase in listed:
        # `keys` is listed with the key ring and is no plural of `key`.
        for form in plurals(words, phrase, language):
            names.setdefault(" ".join(form), name)
    verbs = grammar_of(language).verbs.finite
    for name, words, phrase in listed:
        for little in diminutives(words[0], language) if len(words) == 1 else ():
            for form in ([little], *plurals([little], phrase, language)):
                if form[0] not in verbs:
                    names.setdefault(form[0], name)
    return names


@lru_cache(maxsize=32)
def _words(language: Language, table: str) -> frozenset[str]:
    listed: list[str] = bank(language)["pictures"].get(table, [])
    return frozenset(plain_word(word) for word in listed)


@lru_cache(maxsize=4)
def _openers(language: Language) -> frozenset[str]:
    """What makes a noun of the word after it: articles and the like, and prepositions."""
    return _words(language, "openers") | _words(language, "before_nouns") | _words(language, "measures")


@lru_cache(maxsize=4)
def _phrases(language: Language) -> dict[str, list[tuple[str, ...]]]:
    """Phrases that mean something else, by their first words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for listed in bank(language)["pictures"]["other_meanings"]:
        phrase = tuple(plain_word(word) for word in WORD.findall(listed))
        found.setdefault(phrase[0], []).append(phrase)
    return found
