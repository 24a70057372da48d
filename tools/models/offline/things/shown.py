"""What the words over a picture show: the thing they name, what hands do, and the face of it.

A thing that somebody acts on is shown. Where it is, what it is taken from, what something is like or
made like is only said: `from his coat` shows no coat, and a nose like a pepper no pepper.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from state.brief import NovelaBrief
from state.script import Character, Expression, Gesture, Language
from tools.models.offline.brief.reading import text_of
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.deeds.hands import denied, face_in, form_of, hands_in
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.absent import REACH, denial, is_absent, is_likened, is_quoted
from tools.models.offline.things.called_things import called_in, called_things, named_things
from tools.models.offline.things.implied import GARMENTS, implied_in, kinds_told
from tools.models.offline.things.picturing import Found, found_in, names_of
from tools.models.offline.things.their_time import in_their_time
from tools.models.offline.things.things import can_be_held, is_herd, is_prop, name_thing, new_words
from tools.models.offline.things.worn_in_words import only_worn
from tools.models.offline.things.written import written_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import WORD, plain_word
from tools.pictures.library import pictures

Part = Literal["acted_on", "used", "wanted", "place", "said"]
"""What a noun is in its sentence; `said` is in no picture."""
RANKS: tuple[Part, ...] = ("acted_on", "used", "place")
"""What is wanted is not there yet."""
BEFORE = 4
"""Words before a noun among which its preposition stands."""
LACKING = 2
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Words:
    """How a story speaks of its things."""

    language: Language
    outside: bool = True
    """Whether a bus or a horse could be shown where the scene plays."""
    mains: tuple[str, ...] = ()
    """What the story is about, which comes before anything else."""
    people: tuple[Character, ...] = ()
    """Who is in the scene."""
    old: bool = False
    """Whether it plays before telephones went into pockets."""
    story: str = ""
    """The whole of it, for words in writing that are cut off from what they stand on."""
    heavy: tuple[str, ...] = ()
    """What carries the story: it is seen where it is only named, too."""
    called: Mapping[str, str] = field(default_factory=dict)
    """Short words for what it has named in full: after `the gold bar` there is `the bar`."""
    titled: tuple[str, ...] = ()
    """What its title names."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Names of things: `our Harrow electric bike` makes a bicycle of `his dark green Harrow`."""


def names_another(text: str, language: Language) -> bool:
    """Whether something is done to what nobody can draw: `it` means that from now on."""
    grammar = grammar_of(language)
    words = [plain.lower() for plain in WORD.findall(text)]
    verbs = [at for at, word in enumerate(words) if word in grammar.verbs.finite]
    after = [words[at + 1 : at + PAST_VERB] for at in verbs]
    return any(
        len(one) > 1 and one[0] in grammar.determiners and one[1] not in grammar.verbs.finite for one in after
    )


PAST_VERB = 3
"""Where an object ends that stands right behind its verb: `saca el billete`."""


def as_shown(said: Spoken, words: Words, *, last: Found | None = None) -> Spoken:
    """What is told, with the thing, the hands and the face of just these words."""
    thing, part = _thing_and_part(said.text, words)
    written = written_in(said.text, words.language, story=words.story)
    if written is not None:
        thing, part = written.picture, "acted_on"
    if (
        (not thing or part in ("used", "place"))
        and last is not None
        and not names_another(said.text, words.language)
        and is_meant(said.text, last, words.language)
    ):
        thing, part = last.picture, "meant"
    meant = thing if part == "meant" else ""
    face = face_in(said.done or said.text, words.language) or _calm(said)
    hands = hands_of(said, thing, part, words) if said.done_by else "none"
    itself = part == "acted_on" and not any(_named_at(one, said.text, words.language) for one in words.people)
    return replace(said, thing=thing, gesture=hands, expression=face, itself=itself, meant=meant)


def _named_at(one: Character, text: str, language: Language) -> list[int]:
    """Where somebody is named, or called by their trade, as who does something."""
    role = one.role.split(",")[0].split()
    called = role[-1 if language == "en" else 0] if role else ""
    names = [re.escape(word) for word in (*one.name.split(), called) if len(word) > SHORTEST]
    if not names:
        return []
    found = re.finditer(rf"(?<!\w)(?:{'|'.join(names)})(?![\w'\u2019])", text, re.IGNORECASE)
    table = bank(language)["pictures"]["parts"]
    led = {*table["sources"], *table["of"], *table["with"], *table["places"]}
    return [
        match.start()
        for match in found
        if not led.intersection(WORD.findall(text[: match.start()].lower())[-1:])
    ]


def hands_of(said: Spoken, thing: str, part: str, words: Words) -> Gesture:
    """What the words say first; who handles a thing has it in hand; else what the verb does."""
    text, language = said.done or said.text, words.language
    hands = hands_in(text, language)
    grasped = thing and part == "acted_on" and can_be_held(thing)
    if grasped and (hands == "hugging" or (hands == "head_in_hands" and handles(text, part, language))):
        # `Yeni abraza la radio`, `llora y le da las llaves`: the face weeps.
        return "holding"
    if hands != "none":
        return hands
    if thing and part == "acted_on" and can_be_held(thing) and pictures()[thing].kind == "instruments":
        # Who plays has it in hand.
        return "holding"
    if thing and can_be_held(thing) and (part in ("used", "meant") or handles(text, part, language)):
        return "holding"
    # A shrug is seen where the words have one.
    idle = said.gesture == "shrug" or (said.gesture == "holding" and not thing)
    return "none" if idle else said.gesture


CALM: frozenset[Expression] = frozenset(("determined", "afraid", "angry", "suspicious"))
"""Faces that only words give to whoever is told of: a scowl that nothing explains is wrong."""


def _calm(said: Spoken) -> Expression:
    verbless = said.fact is None or not said.fact.verb
    return "neutral" if said.expression in CALM or verbless else said.expression


def is_meant(text: str, last: Found, language: Language) -> bool:
    """Whether a pronoun stands for a thing that was spoken of before: `hides it`, `la seca`."""
    form = re.compile(bank(language)["pictures"]["acts"]["meant"], re.IGNORECASE)
    return any(
        _verb_in(found, language) and _agrees(found["it"].lower(), last, language)
        for found in form.finditer(text)
    )


def _verb_in(found: re.Match[str], language: Language) -> bool:
    finite = grammar_of(language).verbs.finite
    word = (found["verb"] or "").lower()
    before = WORD.findall(found.string[: found.start("it")].lower())[-1:]
    parted_off = found.string[: found.start("it")].rstrip().endswith((",", ";", ":"))
    if (
        language == "es"
        and not parted_off
        and ("".join(before) in finite or _leads("".join(before), language))
    ):
        # `es la receta`, `con la llave`: an article, whatever its noun looks like.
        return False
    return word in finite and word not in names_of(language)


def _leads(word: str, language: Language) -> bool:
    table = bank(language)["pictures"]["parts"]
    return any(word in table[kind] for kind in ("sources", "of", "with", "places"))


def _agrees(pronoun: str, last: Found, language: Language) -> bool:
    """Number and gender of a pronoun against the noun that was last."""
    listed = {
        " ".join(plain_word(w) for w in WORD.findall(one)) for one in pictures()[last.picture].words[language]
    }
    ends = last.noun.split(" ")[-1 if language == "en" else 0].endswith("s")
    # `paraguas` is one or many.
    numbers = {ends, False} if plain_word(last.noun) in listed else {ends}
    if language == "en":
        return (pronoun == "them") in numbers
    feminine = name_thing(last.picture, language).gender == "f"
    return pronoun.endswith("s") in numbers and feminine == ("a" in pronoun)


def latest(text: str, words: Words) -> Found | None:
    """The last thing that a text acts on: what `it` means in the next one."""
    acted = [one for one, part in parted(text, words) if part == "acted_on" and is_prop(one.picture)]
    return acted[-1] if acted else None


def things_seen(text: str, words: Words) -> list[str]:
    """What of a text may stand about, in its order; a herd is not one that is here."""
    seen = [one for one, part in parted(text, words) if part in RANKS and is_prop(one.picture)
            and (part != "place" or can_be_held(one.picture))]  # fmt: skip
    return list(dict.fromkeys(one.picture for one in seen if not is_herd(one.noun, one.picture)))


def words_of(brief: NovelaBrief, *, outside: bool = True, people: tuple[Character, ...] = ()) -> Words:
    """How a brief speaks of its things."""
    kinds = kinds_told(text_of(brief), brief.language)
    return Words(
        language=brief.language,
        outside=outside,
        people=people,
        old=any(int(year) < POCKET_YEAR for year in YEAR.findall(f"{brief.title} {text_of(brief)}")),
        mains=main_things(brief),
        titled=tuple(dict.fromkeys(kinds.get(one, one) for _, one in found_title(brief) if is_prop(one))),
        called=called_things(f"{brief.title}. {text_of(brief)}", brief.language),
        named=named_things(text_of(brief), brief.language, tuple(one.name for one in brief.characters)),
        story=text_of(brief),
    )


def main_things(brief: NovelaBrief) -> tuple[str, ...]:
    """What the story is about: named in its title, or more than once, the most named first."""
    named = [picture for _, picture in parts_shown(text_of(brief), brief.language) if is_prop(picture)]
    titled = [picture for _, picture in found_title(brief) if is_prop(picture)]
    often = [one for one in dict.fromkeys([*titled, *named]) if one in titled or named.count(one) > 1]
    return tuple(sorted(often, key=lambda one: (one not in titled, -named.count(one))))


def found_title(brief: NovelaBrief) -> list[tuple[str, str]]:
    """What the title names."""
    return parts_shown(brief.title, brief.language)


SHORTEST = 2
NEW_WITHIN = 3
YEAR = re.compile(r"\b1[5-9]\d\d\b")
POCKET_YEAR = 1997
OLD = {"phone": "telephone", "laptop": "typewriter"}
"""What people had before."""


def thing_shown(text: str, words: Words) -> str:
    """The picture of what a text is about: what is acted on before what is used; may be empty."""
    return _thing_and_part(text, words)[0]


def _thing_and_part(text: str, words: Words) -> tuple[str, str]:
    ranked = [
        (
            RANKS.index(part),
            not (at == 0 and _is_animal(one)),
            one.picture not in CLUES,
            one.picture not in words.mains,
            not _is_new(one, text, words.language),
            # `switches off the machine and takes the umbrella`.
            not can_be_held(one.picture),
            at,
            one.picture,
        )
        for at, (one, part) in enumerate(parted(text, words))
        if part in RANKS and _is_shown(one, part, outside=words.outside)
    ]
    best = min(ranked) if ranked else None
    if best is None and (heavy := _heavy_in(text, words)):
        return heavy, RANKS[-1]
    if best is None and _is_bare(text, words.language):
        return "empty_shelf", RANKS[0]
    return (best[-1], RANKS[best[0]]) if best else ("", RANKS[0])


def _heavy_in(text: str, words: Words) -> str:
    """What carries the story and is only named here; nothing that is worn, quoted, denied or likened."""
    language = words.language
    table = bank(language)["pictures"]["parts"]
    for one, _ in parted(text, words):
        before = [plain_word(word) for word in WORD.findall(re.split(r"[.!?;:]", text[: one.start])[-1])]
        if one.picture not in words.heavy or pictures()[one.picture].kind in ("clothes", "vehicles"):
            continue
        apart = is_quoted(text[: one.start]) or is_absent(one, text, language) or is_likened(before, table)
        if not apart and not set(before[-LACKING:]) & set(table["lacking"]):
            return one.picture
    return ""


CLUES = frozenset((
    "token_towers", "upside_down_book", "empty_shelf", "bundle", "pebble", "prescription", "number_plate",
    "vial_shelf", "cut_wire", "lining",
))  # fmt: skip
"""Pictures of a thing in the state that matters, which come before the plain things beside them."""
JOINTS = ("and", "but", "y", "e", "pero", "mas")


def _is_bare(text: str, language: Language) -> bool:
    """Whether something is gone from its shelf: what is seen is the shelf."""
    shelf = denial(language, "shelf").search(text) is not None
    return shelf and any(is_absent(one, text, language) for one in found_in(text, language))


def _is_animal(found: Found) -> bool:
    """An animal that comes first is who does it: `a llama eats the hat`."""
    known = pictures().get(found.picture)
    return known is not None and known.kind in ("animals", "flyers")


def _is_new(found: Found, text: str, language: Language) -> bool:
    """Whether it is met here for the first time: `opens the box and finds a letter` shows the letter."""
    near = text[max(found.start - REACH, 0) : found.start]
    words = [plain_word(word) for word in WORD.findall(near)][-NEW_WITHIN:]
    return bool({*new_words(language), *bank(language)["pictures"]["looks"]["numbers"]} & set(words))


def parted(text: str, words: Words) -> list[tuple[Found, Part]]:
    """Every thing of a text with its part in it, in the text's order; nobody's name is one."""
    named = tuple(words.called.items()), tuple(words.named.items())
    names = {part for one in words.people for part in one.name.split() if part[:1].isupper()}
    found = _parted(text, words.language, words.story, words.old, *named)
    return [(one, part) for one, part in found if one.noun not in names]


@lru_cache(maxsize=2048)
def _parted(
    text: str, language: Language, story: str, old: bool, called: Names, named: Names
) -> tuple[tuple[Found, Part], ...]:
    found = {one.start: one for one in found_in(text, language, story=story)}
    found |= called_in(text, language, dict(called), dict(named), found)
    for one in implied_in(text, language, story):
        there = found.get(one.start)
        if there is None or there.end <= one.end:
            found[one.start] = one
    for means in (kinds_told(story, language), OLD if old else {}):
        found = {at: replace(one, picture=means.get(one.picture, one.picture)) for at, one in found.items()}
    found = in_their_time(found, story, language)
    return tuple((found[at], part_of(found[at], text, language)) for at in sorted(found))


def parts_shown(text: str, language: Language) -> list[tuple[str, str]]:
    """Nouns with pictures that may be seen at all, as they stand there: where things are counts too."""
    return [
        (one.noun, one.picture) for one in found_in(text, language) if part_of(one, text, language) != "said"
    ]


def _is_shown(found: Found, part: Part, *, outside: bool) -> bool:
    if part == "place":
        # `paints a seven on his helmet`; a table that something lies on is no news.
        return can_be_held(found.picture) and is_prop(found.picture, outside=outside)
    # A ladder that is carried is a thing; one that stands there belongs to its place.
    carried = part == "acted_on" and found.picture in ("ladder", "chair", "wheel")
    return carried or is_prop(found.picture, outside=outside)


def part_of(found: Found, text: str, language: Language) -> Part:
    """What a noun is in its sentence, by the words right before it."""
    table = bank(language)["pictures"]["parts"]
    if is_quoted(text[: found.start]) or is_absent(found, text, language) or only_worn(found, text, language):
        return "said"
    if _is_in_hand(text[found.end :], language):
        # `de prancheta na mão`, `with the keys in her hand`.
        return "used"
    clause = re.split(r"[.!?;:]", text[max(found.start - REACH, 0) : found.start])[-1]
    words = [_unmistaken(word, language) for word in WORD.findall(clause)]
    if is_likened(words, table) or set(words[-LACKING:]) & set(table["lacking"]):
        return "said"
    near, determined = _preposition(words, table, language)
    if near and _is_phrasal(words, near, table):
        # `takes off his hat`, `puts on the gloves`.
        return "acted_on"
    if near in table["of"] and (at := _part_at(words, table)):
        # `in the pocket of the jacket lies a letter`: the letter is what there is.
        return "place" if set(words[max(at - 2, 0) : at]) & set(table["places"]) else "acted_on"
    if near in table["sources"] or (near in table["of"] and not _measured(words, table, determined)):
        return "said"
    if _is_worn(found, language) and (near in table["worn"] or _worn_too(words, table, language)):
        return "said"
    if near in table["with"] or (near in table["places"] and found.picture == "money" and not determined):
        # `pays in cash` is paying with it.
        return (
            "said"
            if determined and _is_worn(found, language) and _is_past(text[found.end :], language)
            else "used"
        )
    if near in table["places"]:
        # `Under the cushion she finds a ring`: the verb comes after it.
        behind = WORD.findall(re.split(r"[.!?;:,]", text[found.end : found.end + REACH])[0].lower())
        return "place" if _acts([*words, *behind], language) else "said"
    return "wanted" if _is_wanted(words, table) else "acted_on"


def _is_in_hand(after: str, language: Language) -> bool:
    """Whether the words right behind a noun put it into a hand or under an arm."""
    return form_of((bank(language)["pictures"]["parts"]["in_hand"],)).match(after) is not None


@lru_cache(maxsize=8192)
def _unmistaken(word: str, language: Language) -> str:
    """A word without its accents, unless it is a verb with them: `dá` is no `da`."""
    small = word.casefold()
    return small if small in grammar_of(language).verbs.finite else plain_word(word)


def _is_phrasal(words: list[str], near: str, table: dict[str, list[str]]) -> bool:
    last = max((at for at, word in enumerate(words) if word == near), default=0)
    return last > 0 and f"{words[last - 1]} {near}" in table["phrasal"]


def _acts(words: list[str], language: Language) -> bool:
    return any(word in grammar_of(language).verbs.finite for word in words)


def _is_wanted(words: list[str], table: dict[str, list[str]]) -> bool:
    """`asks for a coffee`: it is not there yet."""
    near = f" {' '.join(words[-BEFORE:])} "
    return any(f" {one} " in near for one in table["wanting"])


def _preposition(words: list[str], table: dict[str, list[str]], language: Language) -> tuple[str, bool]:
    """The small word that leads to a noun, and whether an article stands between; empty when none does."""
    led = {*table["sources"], *table["of"], *table["with"], *table["places"]}
    determined = False
    for size in (2, 1):
        joined = " ".join(words[-size:])
        if joined in led:
            return joined, False
    for at in range(len(words) - 1, max(len(words) - BEFORE, 0) - 1, -1):
        word, pair = words[at], " ".join(words[max(at - 1, 0) : at + 1])
        if word in led:
            # `diante do mesmo retrato`: the two words lead to it together.
            return (pair if pair in led else word), determined
        if determined:
            break
        if word in table["determiners"]:
            determined = True
        elif word not in table["between"] and not _qualifies(word, language):
            break
    return "", determined


def _qualifies(word: str, language: Language) -> bool:
    """Whether a word before a noun can only tell which one: any adjective that is no verb."""
    return language == "en" and word not in grammar_of("en").verbs.finite and word not in ("and", "but", "or")


def _measured(words: list[str], table: dict[str, list[str]], determined: bool) -> bool:
    """`a pair of gloves`, `um saco de ouro`: what is measured is what there is."""
    at = max((place for place, word in enumerate(words) if word in table["of"]), default=0)
    return not determined and at > 0 and words[at - 1] in table["measures"]


def _is_worn(found: Found, language: Language) -> bool:
    """`locked out in her dressing gown`: who wears it is seen in it; a pocket is a place all the same."""
    noun = " ".join(plain_word(word) for word in WORD.findall(found.noun))
    return (found.picture in GARMENTS or found.picture in WORN) and noun in names_of(language)


WORN = frozenset((
    "pyjamas", "towel", "slippers", "hat", "shoes", "dress_shoes", "boot", "goggles", "woolly_hat", "cap",
    "helmet", "hung_apron", "life_jacket", "trainer",
))  # fmt: skip


def _worn_too(words: list[str], table: dict[str, list[str]], language: Language) -> bool:
    """`de robe e óculos de proteção`: the second of two things that somebody has on."""
    return (
        words[-1:] != []
        and words[-1] in JOINTS
        and _preposition(words[:-2], table, language)[0] in table["worn"]
    )


def _is_past(after: str, language: Language) -> bool:
    """`con los zapatos arruinados`, `with his boots soaked`: how somebody looks, not what is used."""
    word: str = (WORD.findall(re.split(r"[.!?;:,]", after)[0].lower()) or [""])[0]
    return word.endswith(
        "ed" if language == "en" else ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")
    )


def _part_at(words: list[str], table: dict[str, list[str]]) -> int:
    """Where a part is told: who lifts the lid of the pot sees the pot; 0 when it is none."""
    at = max((place for place, word in enumerate(words) if word in table["of"]), default=0) - 1
    return at if at > 0 and words[at] in table["part_of"] else 0


def handles(text: str, part: str, language: Language) -> bool:
    """Whether something is carried, taken, shown or held, or has anything else done to it by a hand."""
    match = _handling(language).search(text)
    if match is not None:
        return not denied(text[: match.start()], language)
    apart = form_of(tuple(bank(language)["pictures"]["acts"]["apart"])).search(text)
    return part == "acted_on" and apart is None


def _handling(language: Language) -> re.Pattern[str]:
    return form_of(tuple(bank(language)["pictures"]["acts"]["handling"]))


def is_denied_in(text: str, language: Language) -> bool:
    """Whether the verb of a clause is denied: `no toca el piano`."""
    words = [plain_word(word) for word in WORD.findall(text)]
    verbs = [at for at, word in enumerate(words) if word in grammar_of(language).verbs.finite]
    return bool(verbs) and denied(" ".join(words[: verbs[-1]]), language)
