"""Long sentences as a narrator reads them: in parts that fit a shot, cut where a reader breathes."""

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.numbers import is_number
from tools.models.offline.clauses.tokens import TITLE, sentences_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.timing import words_in

JOINT = re.compile(r"[,;:] |\s[\u2013\u2014] |(?<=[.!?\u2026]) ")
SHORT = re.compile(rf"(?:^|\W)(?:[^\W\d_]|Av|{TITLE})\.$")
"""A full stop that ends no sentence: `Dr.`, `J.`."""
SHORTEST_CUT = 6
"""Words below which the beginning of a sentence tells nothing."""
SHORTEST_SIDE = 5
"""Words that stand on both sides of a comma at which a reader breathes."""
APPOSED = 3
"""Words between two commas that only say more of what stands before: `Peg Doyle, 34, whether`."""
SHORTEST_HEAD = 4
"""Words of the shortest part."""
MORE = 4.0
"""What one part more costs."""
JOINED, BEHIND_COMMA = 4.0, 12.0
"""Before an `and` with a verb behind it; and at a comma where the clause goes on, or before a purpose."""
NEVER = 200.0
"""Within a number, and between a title and its name."""
COORDINATED: dict[Language, tuple[str, ...]] = {
    "en": ("and", "but"), "es": ("y", "e", "pero"), "pt-BR": ("e", "mas"),
}  # fmt: skip
PURPOSE: dict[Language, tuple[str, ...]] = {"en": ("to",), "es": ("para",), "pt-BR": ("para",)}
MARKED, COMMA, OPENED, LED, ANYWHERE = 0.0, 2.0, 20.0, 30.0, 60.0
"""What it costs to breathe at a strong mark, at a comma between clauses, before a word that opens
a clause, before a preposition, and between any two words."""


def within(text: str, most: int) -> str:
    """A sentence of at most so many words: whole, else up to the last joint that fits; else empty."""
    if words_in(text) <= most:
        return text
    ends = [found.start() for found in JOINT.finditer(text) if not SHORT.search(text[: found.start()])]
    fits = [text[:end] for end in ends if SHORTEST_CUT <= words_in(text[:end]) <= most]
    return f"{fits[-1]}." if fits else ""


def halves(text: str) -> list[tuple[str, str]]:
    """A text as two, at each of its joints, the last one first."""
    ends = [found.end() for found in JOINT.finditer(text) if not SHORT.search(text[: found.start()])]
    return [(text[:end].rstrip(), text[end:].lstrip()) for end in reversed(ends)]


def in_breaths(text: str, most: int, language: Language, *, limit: int = 0) -> list[str]:
    """The text in parts of at most `most` words, together word for word the same.

    Sentences stay whole where they fit; a longer one is cut at its strongest joint. One without any
    joint may have up to `limit` words.
    """
    return [part for one in sentences_of(text) for part in _cut(one, most, language, limit)]


def _cut(text: str, most: int, language: Language, limit: int) -> list[str]:
    words = text.split()
    if len(words) <= most:
        return [text]
    fewest = -(-len(words) // most)
    # One part more is better than a breath in the middle of a phrase.
    found = [_best(words, most, fewest + more, language) for more in (0, 1)]
    price, end = min((one[0] + MORE * at, one[1]) for at, one in enumerate(found))
    if price >= BEHIND_COMMA and len(words) <= limit:
        return [text]
    return [" ".join(words[:end]), *_cut(" ".join(words[end:]), most, language, limit)]


def _best(words: list[str], most: int, parts: int, language: Language) -> tuple[float, int]:
    """What the best first cut into so many parts costs, and where it is."""
    target = len(words) / parts
    least = min(SHORTEST_HEAD, len(words) - 1)
    first = range(max(least, len(words) - most * (parts - 1)), min(most, len(words) - 1) + 1)
    priced = [(abs(at - target) / 4 + _price(words, at, language) + _stub(words, at), at) for at in first]
    return min(priced, default=(ANYWHERE, min(most, len(words) - 1)))


def _stub(words: list[str], at: int) -> float:
    """What it costs to leave only a word or two behind."""
    return ANYWHERE / 2 if len(words) - at < SHORTEST_HEAD else 0.0


def _price(words: list[str], at: int, language: Language) -> float:
    """How odd it would be to breathe before this word."""
    before, after = words[at - 1], words[at].strip("\"'\u201c\u00ab\u00bf\u00a1(").lower()
    if SHORT.search(before) or any(
        is_number(words[at - n : at - n + 3], language) for n in (1, 2) if at >= n
    ):
        return NEVER
    if before[-1] in ";:.!?\u2026\u2013\u2014)":
        return MARKED
    grammar = grammar_of(language)
    classes = grammar.words
    if before[-1] == ",":
        return _price_of_comma(words, at, language, after)
    if after in COORDINATED[language] and _does(words[at + 1 : at + 4], language):
        return JOINED
    if any(before.lower() in classes[name] for name in ("articles", "possessives", "prepositions")):
        return ANYWHERE
    if after in PURPOSE[language] and len(words) > at + 1 and words[at + 1].lower() in grammar.verbs.bases:
        return BEHIND_COMMA
    if any(after in classes[name] for name in ("leading", "opening")):
        # `until dawn` belongs to what stands before it, `until he comes` may stand alone.
        clause = after not in classes["prepositions"] or _does(words[at + 1 : at + 5], language)
        return OPENED if clause else ANYWHERE
    if after in classes["relatives"]:
        return LED
    return LED if after in classes["prepositions"] else ANYWHERE


def _price_of_comma(words: list[str], at: int, language: Language, after: str) -> float:
    """How odd it would be to breathe at this comma."""
    grammar = grammar_of(language)
    classes = grammar.words
    # `Peg, who has saved, / buys him`, `Peg Doyle, / 34, whether`: the clause goes on.
    sides = _comma_free(words, at)
    goes_on = after in grammar.verbs.finite and after not in classes["articles"]
    goes_on = goes_on and not (grammar.drops_subjects and _has_a_verb(words[:at], language))
    if after in COORDINATED[language] and _does(words[at + 1 : at + 4], language):
        return COMMA
    if at >= SHORTEST_HEAD and not goes_on and _is_lead(words[:at], language):
        return OPENED if after in classes["prepositions"] else COMMA
    if sides >= SHORTEST_SIDE and not goes_on and not after[:1].isdigit():
        return COMMA
    return BEHIND_COMMA if goes_on else OPENED


def _is_lead(words: list[str], language: Language) -> bool:
    """Whether a stretch only says when or where: `In a bakery in Recife, before dawn,`."""
    classes = grammar_of(language).words
    first = words[0].lower()
    led = any(first in classes[name] for name in ("leading", "opening", "prepositions"))
    named = len(words) > 1 and words[-2][-1] in ",;:"
    if named:
        # `In Albacete, Paqui, / the clerk`: a name and what it is belong together.
        return False
    once = not any(word[-1] in ",;:" for word in words[:-1])
    return not _does(words, language) or (led and once)


def _does(words: list[str], language: Language) -> bool:
    """Whether a verb stands among these words."""
    grammar = grammar_of(language)
    nouns_follow = grammar.determiners | grammar.words["prepositions"]
    low = [word.strip(",.;:").lower() for word in words]
    return any(
        word in grammar.verbs.finite and (at == 0 or low[at - 1] not in nouns_follow)
        for at, word in enumerate(low)
    )


def _has_a_verb(words: list[str], language: Language) -> bool:
    """Whether the stretch before a comma is a clause of its own: `se quita la gorra, confiesa`."""
    grammar = grammar_of(language)
    start = next((at + 1 for at in range(len(words) - 2, -1, -1) if words[at][-1] in ",;:.!?\u2026"), 0)
    stretch = [word.strip(",").lower() for word in words[start:]]
    led = stretch[:1] and any(
        stretch[0] in grammar.words[name] for name in ("leading", "opening", "relatives")
    )
    nouns_follow = grammar.determiners | grammar.words["prepositions"]
    verbs = [
        at for at, word in enumerate(stretch)
        if word in grammar.verbs.finite and (at == 0 or stretch[at - 1] not in nouns_follow)
    ]  # fmt: skip
    return bool(verbs) and not led


def _comma_free(words: list[str], at: int) -> int:
    """Words of the shorter stretch beside a comma, up to the next mark; an apposition counts as none."""
    left = next((n for n, word in enumerate(reversed(words[: at - 1])) if word[-1] in ",;:"), at - 1) + 1
    right = next((n + 1 for n, word in enumerate(words[at:]) if word[-1] in ",;:.!?\u2026"), len(words) - at)
    return min(at if left < APPOSED else left, right)
