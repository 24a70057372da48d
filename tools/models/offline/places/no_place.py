"""Nouns of places that mean no place where they stand: heaps, safes, errands, addresses."""

from collections.abc import Collection
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.places.listed_things import is_bare_plural, is_listed_thing
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, shared

REACH = 120
"""Letters before a noun in which what it lies beside stands."""
SENT_WORDS = 4
"""Words between `sends` and where to."""
DEFINITE: dict[Language, tuple[str, ...]] = {
    "en": ("the",),
    "es": ("el", "la", "los", "las"),
    "pt-BR": ("o", "a", "os", "as"),
}
"""`The Skerra lighthouse, empty eleven years` is spoken of; a setting has no such article."""
SITS = re.compile(r"(?<!\w)(?:se )?s(?:ient|ent)[ao]\w*(?!\w)[^.!?;]*$", re.IGNORECASE)
"""`senta ao lado dele no banco` is a bench, and no bank."""
FREE_OF_GREEN = frozenset(
    (" to", " and", " at", " in", " with", " before", " after", " where", " by", " while", " when", " for")
)
"""What may follow a village's green; behind the colour stands a noun."""
ADDRESS = re.compile(
    r"(?: [\w\u00b0\u00ba-]+)* (?:de|del|da|do|of|on|in|at|en|na|no)(?: (?:la|el|the|a|o))? ?"
)


def is_no_place(text: str, match: re.Match[str], language: Language) -> bool:
    """`a mountain of snow`, `la caja fuerte`, `tan fuerte`, `send her boy to school`."""
    before = text[: match.start()].lower()
    return (
        _is_heap(before, match.group().lower(), text[match.end() :].lower(), language)
        or _is_quality(before, match.group().lower(), language)
        or _loaded(language).search(before[-160:]) is not None
        or _sent(language).search(before[-120:]) is not None
        or _is_kind_of_house(text, match, language)
        or _is_deed(text, match, language)
        or _is_idiom(text, match, language)
        or is_listed_thing(text, match, language)
        or is_bare_plural(text, match, language)
        or _is_colour(text, match)
        or (match.group().lower() in ("banco", "bancos") and SITS.search(before) is not None)
        or (
            match.group()[0].isupper()
            and match.group().lower() in _towns()
            and re.match(r",? \(?\d{4}|,", text[match.end() :]) is not None
        )
    )


def _is_colour(text: str, match: re.Match[str]) -> bool:
    """`a green coat`, `dressed in green`: only `the green` is that of a village."""
    if match.group().lower() != "green":
        return False
    after = re.match(r" [a-z]+", text[match.end() :])
    free = after is None or after.group() in FREE_OF_GREEN
    return not (text[: match.start()].lower().endswith("the ") and free)


def is_beside(text: str, match: re.Match[str], language: Language, *, ridden: bool) -> bool:
    """`near the station`, `behind the church`: another place is meant, which lies there.

    Of what is `ridden`, neither a part nor what is seen in it puts anybody in there: `the horn of the car`.
    """
    before, near = text[max(0, match.start() - REACH) : match.start()], _near(language)
    if match.group().lower() not in bank(language)["settings"]["near"]["inside"] and near.search(before):
        return True
    if _shut(language).match(text, match.end()) or _is_lost(text, match, language):
        return True
    if not ridden or is_ridden(text, match, language):
        return False
    part = _part(language).search(before)
    inside = bank(language)["settings"]["near"]["inside_parts"]
    return (part is not None and part.group(1).lower() not in inside) or _seen(language).search(
        before
    ) is not None


def is_ridden(text: str, match: re.Match[str], language: Language) -> bool:
    """`buys the back row of a yellow bus`: who has a seat in it rides in it."""
    table, near = bank(language)["settings"]["near"], text[max(0, match.start() - REACH) : match.start()]
    of, seats = _listed(table["part_of"]), _listed(table["seats"])
    return re.search(rf"(?<!\w)(?:{seats}) (?:{of}) (?:\w+ ){{0,2}}$", near, re.IGNORECASE) is not None


def only_houses(text: str, at: int, language: Language) -> bool:
    """`from the back of the drugstore`: the house only tells where the room is."""
    table, which = bank(language)["settings"]["near"], bank(language)["where"]["determiners"]["words"]
    pattern = rf"(?<!\w)(?:{_listed(table['rooms'])}) (?:(?:{_listed(which)}) )?$"
    return re.search(pattern, text[max(0, at - REACH) : at], re.IGNORECASE) is not None


def _is_lost(text: str, match: re.Match[str], language: Language) -> bool:
    """`de un velero naufragado`, `a sunken ship`: nobody stands there any more."""
    lost = _listed(bank(language)["settings"]["near"]["lost"])
    before = re.search(rf"(?<!\w)(?:{lost}) $", text[: match.start()], re.IGNORECASE)
    return before is not None or re.match(rf" (?:{lost})(?!\w)", text[match.end() :]) is not None


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    """`Recife, 1938`: a town that is called after its reef."""
    return frozenset(one.strip() for one in shared("places_known")["cities"].split(";"))


@lru_cache(maxsize=4)
def _near(language: Language) -> re.Pattern[str]:
    table, which = bank(language)["settings"]["near"], bank(language)["where"]["determiners"]["words"]
    gone = "".join(rf"(?<!\b{re.escape(verb)} )" for verb in table["going"])
    phrases = _listed([one for one in table["phrases"] if one != "for"])
    phrases += rf"|{gone}for" if "for" in table["phrases"] else ""
    return re.compile(
        rf"(?<![\w-])(?:{phrases}) (?:(?:{_listed(which)}) )?(?:[\w'\u2019-]+ )?$", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _part(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(\w+) (?:{_listed(bank(language)['settings']['near']['part_of'])}) $", re.IGNORECASE)


@lru_cache(maxsize=4)
def _seen(language: Language) -> re.Pattern[str]:
    table, which = bank(language)["settings"]["near"], bank(language)["where"]["determiners"]["words"]
    return re.compile(
        rf"(?<!\w)(?:{_listed(table['seen'])})(?:,| [\w ]{{0,24}})? (?:{_listed(table['seen_in'])})"
        rf" (?:(?:{_listed(which)}) )?(?:[\w-]+ )?$", re.IGNORECASE,
    )  # fmt: skip


@lru_cache(maxsize=4)
def _shut(language: Language) -> re.Pattern[str]:
    """`the shops are shut`: nobody is there."""
    return re.compile(rf" (?:{_listed(bank(language)['settings']['near']['closed'])})(?!\w)")


def _listed(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _is_deed(text: str, match: re.Match[str], language: Language) -> bool:
    """`he lifts out a tin`, `Ana planta una rosa`: what somebody does, and no noun."""
    table = bank(language)["settings"]["near"]
    if match.group() not in table["deeds"]:
        return False
    before = re.search(r"([\w'\u2019-]+) $", text[: match.start()])
    if before is None:
        return False
    which = {
        *bank(language)["where"]["determiners"]["words"],
        *bank(language)["where"]["prepositions"]["lead"],
    }
    if before.group(1).lower() in which:
        return False
    goes_on = re.match(rf" (?:{_listed(table['objects'])})(?!\w)", text[match.end() :]) is not None
    return goes_on or before.group(1).lower() in table["doers"] or before.group(1)[0].isupper()


def _is_idiom(text: str, match: re.Match[str], language: Language) -> bool:
    """`un cuarto de hora`, `their golden wedding`: a noun of a place in a phrase that means none."""
    table = bank(language)["settings"]["near"]
    ended = text[max(0, match.start() - REACH) : match.end()].lower()
    starts = text[match.start() :].lower().startswith(tuple(table["idioms"]))
    return starts or ended.endswith(tuple(table["ended"]))


def _is_kind_of_house(text: str, match: re.Match[str], language: Language) -> bool:
    """`casa de cambio`, `casa de apostas`: a business that no table lists, nobody's home."""
    if language == "en" or match.group().lower() != "casa":
        return False
    after = re.match(r" de ([a-zà-ÿ]+)", text[match.end() :])
    table = bank(language)["where"]
    whose = {*table["determiners"]["words"], *table["owners"]["words"]}
    return after is not None and after.group(1) not in whose


def is_address(between: str) -> bool:
    """Whether a street only says where the place before it is: ` de talla en un tercer piso de la `."""
    return ADDRESS.fullmatch(between) is not None


def is_setting(text: str, at: int, language: Language) -> bool:
    """Whether the first sentence only tells where we are: `Bogotá, hoy, un taller`."""
    opening = re.split(r"(?<=[.!?])\s", text.strip())[0]
    if at >= len(opening) or opening.split(" ")[0].lower() in DEFINITE[language]:
        return False
    if len(opening[:at].rpartition(":")[0].split()) > SENT_WORDS:
        # `where they build coffins in any shape: a taxi, a Bible`
        return False
    finite = grammar_of(language).verbs.finite
    # Behind the name of a country, an article or `of` stands a noun; a relative clause only tells which.
    plain = re.sub(r"(?<!\w)((?:in|on|at) the [A-Z]\w+) [a-z]+", r"\1", opening)
    plain = re.sub(r" (?:que|who|which|that|where|onde|donde) [^,.!?]*", "", plain)
    plain = re.sub(r"(?<!\w)(?:una?|uma?|de|do|da|del|of) [^\W\d_]+", " ", plain, flags=re.IGNORECASE)
    plain = " , ".join(one for one in plain.split(",") if not _only_dates(one, language))
    verbs = [one for one in tokenise(plain) if one.lower in finite]
    several = re.search(r"(?<!\w)(?:and|two|three|four|five|many|they)(?!\w)", plain) is not None
    # `the honey show`: a bare form is a verb only where several people may do it.
    return not any(several or not (language == "en" and finite[one.lower].bare) for one in verbs)


def _only_dates(phrase: str, language: Language) -> bool:
    """`en plena cosecha`: so short a phrase behind a preposition has no room for a verb."""
    words = phrase.split()
    leads = bool(words) and words[0].lower() in bank(language)["where"]["prepositions"]["lead"]
    return leads and len(words) <= SENT_WORDS and all(one[0].islower() for one in words[1:])


def only_tells(text: str, match: re.Match[str], language: Language) -> bool:
    """`wedding shoes`, `zapatos de boda`: what the thing is for, no place and no feast."""
    apart = bank(language)["where"]["apart"]
    if match.group().lower() not in apart["only_tells"]:
        return False
    if language == "en":
        after = re.match(r" ([a-z]*(?:s|dress|ring|veil|gift|cake|suit|photo))(?!\w)", text[match.end() :])
        return after is not None and after.group(1) not in apart["tells_of"]
    before = re.search(r"(\w+) (?:de|para) $", text[: match.start()])
    return before is not None and before.group(1).lower() not in apart["tells_of"]


def _is_heap(before: str, noun: str, after: str, language: Language) -> bool:
    apart = bank(language)["where"]["apart"]
    one, of = (tuple(f"{word} " for word in apart[name]) for name in ("one", "of"))
    return noun in apart["heap"] and before.endswith(one) and after.startswith(tuple(f" {end}" for end in of))


def _is_quality(before: str, noun: str, language: Language) -> bool:
    """Whether a word that is both stands where only the quality can: not right behind an article."""
    apart = bank(language)["where"]["apart"]
    return noun in apart["qualities"] and not before.endswith(tuple(f"{one} " for one in apart["articles"]))


@lru_cache(maxsize=8)
def _loaded(language: Language) -> re.Pattern[str]:
    """`has a bride in the back of his car`: who has it stands outside."""
    apart = bank(language)["where"]["apart"]
    has, where = "|".join(apart["has"]), "|".join(map(re.escape, apart["loaded"]))
    return re.compile(rf"(?<!\w)(?:{has})(?: [^\s.;:!?]+){{1,8}} (?:{where})l?(?: [^\s.,;]+)? $")


@lru_cache(maxsize=8)
def _sent(language: Language) -> re.Pattern[str]:
    apart = bank(language)["where"]["apart"]
    verbs, to = "|".join(apart["send"]), "|".join(apart["to"])
    return re.compile(rf"(?<!\w)(?:{verbs})(?: [^\s.,;:!?]+){{0,{SENT_WORDS}}} (?:{to}) $")
