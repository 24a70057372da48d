"""How the words say that a thing looks: its colour, how many there are, and what state it is in.

A colour holds for the whole story: the green umbrella is green where it is only `the umbrella`. A
state holds until the thing is spoken of again, a light that is out until it is lit.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from state.script import Language, ThingColour, ThingLook, ThingShade, ThingState
from tools.models.offline.things.picturing import Found, found_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import WORD, plain_word
from tools.pictures.library import pictures

BEFORE, AFTER = 4, 7
"""Words before and after a noun among which its state is told."""
ADJECTIVES = 3
"""Words next to a noun among which its colour and number stand."""
LIGHTS = frozenset(("candle", "torch", "lamp", "flashlight", "bulb", "lantern", "lighthouse", "oil_lamp"))
"""What can go out, and burns without being lost."""
ALIVE = ("animals", "flyers")
SOME = 3
"""How many are drawn where only their plural is told."""
DAMAGE: frozenset[ThingState] = frozenset(("torn", "patched", "scorched", "stained", "chipped"))
"""What stays with a thing once it is told."""
OF_CLOTH = ("clothes", "papers")
CLOTHS = frozenset(("folded_cloth", "spread_cloth", "towel", "flag", "blanket", "pillow", "rug", "poster"))
CHIPPED_CM = 40
LED = 6
"""Words between a damage and the thing that has it: `a chip on the rim of every good cup`."""


def colours_in(text: str, language: Language, found: Sequence[Found] | None = None) -> dict[str, ThingLook]:
    """By picture, the colour that a story gives it first; of what is `found` there, else of every noun."""
    looks: dict[str, ThingLook] = {}
    for one in found_in(text, language) if found is None else found:
        colour = _colour(one, text, language)
        if colour and colour != _thread(text, language):
            looks.setdefault(one.picture, ThingLook(colour=colour, shade=_shade(one, text, language)))
    return looks


def looks_after(
    before: Mapping[str, ThingLook], found: Sequence[Found], text: str, language: Language
) -> dict[str, ThingLook]:
    """How everything looks after a sentence that names these things."""
    looks = dict(before)
    for one in found:
        was = looks.get(one.picture, ThingLook())
        thread = _thread(text, language)
        told = _colour(one, text, language)
        # A patch of red thread makes no red jacket.
        kept = told == thread or not told
        damage = _damage(one, found, text, language)
        state = damage or _state(one, text, language)
        worn = was.state if was.state in DAMAGE and not _is_clean(one, text, language) else ""
        worn = "out" if was.state == "out" and not _is_lit(one, text, language) else worn
        looks[one.picture] = ThingLook(
            colour="" if was.stripes else was.colour if kept else told,
            shade=was.shade if kept else _shade(one, text, language),
            count=_count(one, text, language),
            state=state or worn,
            stripes=was.stripes,
            thread=thread or was.thread,
            stain=_stain(text, language) or was.stain if damage == "stained" else was.stain,
        )
    return looks


def stripes_in(title: str, text: str, language: Language) -> tuple[ThingColour, ...]:
    """The colours of the story's flag in their order, where the title or its own sentence lists them."""
    sentences = [one for one in re.split(r"[.!?]", text) if _has_flag(one, language)]
    if not sentences:
        return ()
    return next((listed for one in (title, *sentences) if len(listed := _listed(one, language)) > 1), ())


def _has_flag(text: str, language: Language) -> bool:
    return any(found.picture == "flag" for found in found_in(text, language))


def _listed(text: str, language: Language) -> tuple[ThingColour, ...]:
    """Colours that follow on each other with nothing but commas and `and` between."""
    row: list[ThingColour] = []
    for word in (plain_word(one) for one in WORD.findall(text)):
        colour = next((name for name, forms in _colours(language) if forms.fullmatch(word)), None)
        if colour:
            row.append(colour)
        elif len(row) > 1:
            break
        elif word not in ("and", "y", "e"):
            row.clear()
    return tuple(row[:MOST_STRIPES]) if len(row) > 1 else ()


MOST_STRIPES = 7


def _damage(found: Found, others: Sequence[Found], text: str, language: Language) -> ThingState:
    """What has happened to a thing, told right before it or of it until another thing is spoken of."""
    before = _bare(re.split(r"[.!?;:,]", text[: found.start])[-1])
    later = [one.start for one in others if one.start > found.start and one.picture != found.picture]
    whole = _bare(re.split(r"[.!?;:]", text[found.end :])[0])
    after = whole[: min(later, default=len(text)) - found.end]
    for state, form in _damages(language):
        led = re.search(rf"\b(?:{form})(?: \w+){{0,{LED}}} $", before)
        # What it is stained with may be a thing itself: wine, coffee.
        said = whole if state == "stained" and not _next_owner(later, found, text) else after
        told = re.search(rf"\b(?:{form})\b", f"{_bare(found.noun)}{said}")
        if (led or told) and _can_have(found.picture, state):
            return state
    return ""


def _next_owner(later: Sequence[int], found: Found, text: str) -> bool:
    """Whether another thing that can be stained stands before the next comma."""
    return any("," not in text[found.end : at] and _AND.search(text[found.end : at]) for at in later)


_AND = re.compile(r"\b(?:and|y|e)\b")


def _bare(text: str) -> str:
    """Small letters without accents, as many of them as there were."""
    return "".join(unicodedata.normalize("NFKD", one)[0] for one in text.casefold())


def _stain(text: str, language: Language) -> ThingColour:
    """The colour of what something is stained with."""
    table: dict[ThingColour, str] = bank(language)["pictures"]["looks"]["stains"]
    said = _bare(text)
    return next((one for one, form in table.items() if re.search(rf"\b(?:{form})\b", said)), "")


def _is_clean(found: Found, text: str, language: Language) -> bool:
    """Whether it is told to be clean or whole again."""
    form: str = bank(language)["pictures"]["looks"]["clean"]
    return re.search(rf"\b(?:{form})\b", _bare(_around(found, text, language))) is not None


def _is_lit(found: Found, text: str, language: Language) -> bool:
    """Whether a light that was out is told to shine again."""
    form: str = bank(language)["pictures"]["looks"]["lit"]
    return re.search(rf"\b(?:{form})\b", _bare(_around(found, text, language))) is not None


def _can_have(picture: str, state: ThingState) -> bool:
    """Cloth and paper tear and burn, and what is chipped is small and hard."""
    known = pictures()[picture]
    soft = known.kind in OF_CLOTH or picture in CLOTHS
    if state == "chipped":
        return not soft and known.kind in ("house", "food") and known.cm <= CHIPPED_CM
    return soft


def _thread(text: str, language: Language) -> ThingColour:
    """The colour of the thread that a sentence tells of."""
    form = re.compile(bank(language)["pictures"]["looks"]["thread"])
    words = [plain_word(word) for word in WORD.findall(text)]
    threads = [at for at, word in enumerate(words) if form.fullmatch(word)]
    near = [word for at in threads for word in words[max(at - 1, 0) : at + 2]]
    return next((name for one in near for name, forms in _colours(language) if forms.fullmatch(one)), "")


def _colour(found: Found, text: str, language: Language) -> ThingColour:
    for word in _beside(found, text, language):
        for colour, forms in _colours(language):
            if forms.fullmatch(word):
                return colour
    return ""


def _shade(found: Found, text: str, language: Language) -> ThingShade:
    """How dark or light the colour beside a noun is said to be."""
    table: dict[ThingShade, str] = bank(language)["pictures"]["looks"]["shades"]
    words = _beside(found, text, language)
    return next((one for one, form in table.items() for word in words if re.fullmatch(form, word)), "")


def first_colour(text: str, language: Language) -> ThingColour:
    """The first colour that a text names: `glues it with gold`."""
    words = [plain_word(word) for word in WORD.findall(text)]
    return next((name for one in words for name, forms in _colours(language) if forms.fullmatch(one)), "")


def _beside(found: Found, text: str, language: Language) -> list[str]:
    """The words where adjectives of colour stand: before an English noun, after any other."""
    if language == "en":
        clause = re.split(r"[.!?;:,()]", text[: found.start])[-1]
        words = _halved(plain_word(word) for word in WORD.findall(clause)[-ADJECTIVES:])[-ADJECTIVES:]
        return [*_since(words, bank(language)["pictures"]["looks"]["breaks"]), *_predicate(found, text)]
    clause = re.split(r"[.!?;:,]", text[found.end :])[0]
    later = [one.start - found.end for one in found_in(text, language) if one.start > found.end]
    # `uma folha do caderno verde` is of a green notebook.
    clause = clause[: min(later, default=len(clause))]
    words = _halved(plain_word(word) for word in WORD.findall(clause)[:ADJECTIVES])[:ADJECTIVES]
    # `un acordeón rojo y una silla verde` has a green chair.
    return list(reversed(_since(list(reversed(words)), bank(language)["pictures"]["looks"]["breaks"])))


def _halved(words: Iterable[str]) -> list[str]:
    """`azul-marinho` is two words; `cor-de-rosa` is one."""
    return [half for word in words for half in (word.split("-") if word.count("-") == 1 else [word])]


def _predicate(found: Found, text: str) -> list[str]:
    """`the bicycle is dark green`, `a door painted blue`."""
    after = re.match(r" (?:is|was|are|were|painted|has been painted)((?: [\w-]+){1,3})", text[found.end :])
    return [plain_word(word) for word in WORD.findall(after[1])] if after else []


def _since(words: list[str], breaks: list[str]) -> list[str]:
    """The words after the last one that begins another phrase."""
    at = max((place for place, word in enumerate(words) if word in breaks), default=-1)
    return words[at + 1 :] if words else []


def _count(found: Found, text: str, language: Language) -> int:
    """Their number where the noun stands in a plural of which the drawing shows one."""
    noun = " ".join(plain_word(word) for word in WORD.findall(found.noun))
    listed = {
        " ".join(plain_word(w) for w in WORD.findall(one))
        for one in pictures()[found.picture].words[language]
    }
    plural = noun not in listed and noun.split(" ")[-1 if language == "en" else 0].endswith("s")
    if not plural:
        return 1
    table: dict[str, int] = bank(language)["pictures"]["looks"]["numbers"]
    clause = re.split(r"[.!?;:,]", text[: found.start])[-1]
    words = [plain_word(word) for word in WORD.findall(clause)][-ADJECTIVES:]
    # A herd that nobody counts is a word; one animal stands for it.
    alone = pictures()[found.picture].kind in ALIVE
    return next((table[word] for word in reversed(words) if word in table), 1 if alone else SOME)


def _state(found: Found, text: str, language: Language) -> ThingState:
    said = _around(found, text, language)
    for state, form in _states(language):
        if _can_be(found.picture, state) and any(
            not _does_it(one, said, found, language) for one in form.finditer(said)
        ):
            return state
    return ""


def _does_it(match: re.Match[str], said: str, found: Found, language: Language) -> bool:
    """Whether the thing does it to something else: `la campana rompe la superficie` leaves it whole."""
    behind = match.start() > said.rfind(found.noun)
    after = said[match.end() :].split()[:1]
    return behind and bool(after) and after[0] in bank(language)["pictures"]["parts"]["determiners"]


def _can_be(picture: str, state: ThingState) -> bool:
    """Only animals sleep, only lights go out, and what burns is no light."""
    alive = pictures()[picture].kind in ALIVE
    if state in ("asleep", "lying", "in_bed"):
        return alive
    return not alive and (picture in LIGHTS) == (state == "out")


def _around(found: Found, text: str, language: Language) -> str:
    """The words near a noun that can be about it: not those of the thing before or after."""
    before = re.split(r"[.!?;:,]", text[: found.start])[-1]
    after = re.split(r"[.!?;:]", text[found.end :])[0]
    words = [plain_word(word) for word in WORD.findall(before)]
    near = _since(words[-BEFORE:], bank(language)["pictures"]["looks"]["joints"])
    later = [plain_word(word) for word in WORD.findall(after)][:AFTER]
    joints = bank(language)["pictures"]["looks"]["joints"]
    end = next((at for at, word in enumerate(later) if word in joints), len(later))
    return f"{' '.join(near)} {found.noun} {' '.join(later[:end])}"


@lru_cache(maxsize=4)
def _colours(language: Language) -> tuple[tuple[ThingColour, re.Pattern[str]], ...]:
    table: dict[ThingColour, str] = bank(language)["pictures"]["looks"]["colours"]
    return tuple((colour, re.compile(forms)) for colour, forms in table.items())


@lru_cache(maxsize=4)
def _states(language: Language) -> tuple[tuple[ThingState, re.Pattern[str]], ...]:
    table: dict[ThingState, str] = bank(language)["pictures"]["looks"]["states"]
    return tuple((state, re.compile(rf"\b(?:{forms})\b")) for state, forms in table.items())


@lru_cache(maxsize=4)
def _damages(language: Language) -> tuple[tuple[ThingState, str], ...]:
    table: dict[ThingState, str] = bank(language)["pictures"]["looks"]["damage"]
    return tuple(table.items())
