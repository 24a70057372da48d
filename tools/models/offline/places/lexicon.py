"""Nouns of places in a text: which sets they mean, and whether something happens there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from state.script import Language, SetKind
from tools.models.offline.persons.trades import trade_nouns
from tools.models.offline.places.house_kept import goes_home, is_at_home, is_kept
from tools.models.offline.places.no_place import (
    DEFINITE,
    is_address,
    is_beside,
    is_no_place,
    is_ridden,
    is_setting,
    only_houses,
    only_tells,
)
from tools.models.offline.places.only_spoken import (
    INSTITUTIONS,
    in_brackets,
    is_dodged,
    is_of_somebody,
    is_only_handled,
    is_only_spoken_of,
    is_only_told,
)
from tools.models.offline.places.place_nouns import (
    BOATS,
    is_meant,
    kind_in,
    kinds_of_nouns,
    noun_pattern,
    nouns_at,
    singulars,
)
from tools.models.offline.places.ridden import breaks_down, is_delivered_from
from tools.models.offline.places.site_parts import hangs_there, site_of_part
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.phrases import says

NATURE: frozenset[str] = frozenset(
    (
        "river", "mountain", "harbour", "countryside", "field", "forest", "lake", "beach", "desert",
        "salt_flats", "village", "bridge", "canal", "cliff", "snow", "garden", "yard", "street",
        "farmyard", "lighthouse", "living_room", "building_site", "mine", "cave", "snow", "vineyard",
    )
)  # fmt: skip
"""Nouns that towns and people are called after: in a proper name they mean no set."""
STOPS = frozenset(("para",))
"""At the head of a sentence `Para um caminhão` is a verb: it stops."""
OF = frozenset(("of", "de", "del", "do", "da", "dos", "das"))
DRIVEN: frozenset[str] = frozenset(("car", "bus", "train", "tram", "plane"))
"""What people come and go in."""
PUBLIC: frozenset[str] = frozenset(("bus", "train", "tram", "plane"))
"""Where one rides with others and looks out."""
PASSED: frozenset[str] = frozenset(
    (
        "bridge", "roadside", "station", "river", "countryside", "field", "mountain", "street", "forest",
        "desert", "waiting_room",
    )
)  # fmt: skip
"""What is seen from them on the way."""
OPENED = 60
"""Letters of a story, its title with them, after which it has begun."""
SAME = 30
"""Letters by which a sentence is found in its story."""
NEXT = 24
"""Letters after a noun in which its verb stands."""
SHUT: frozenset[str] = frozenset(("lift", "cell", "cellar", "cold_store"))
GAP = 3
REACH = 240
"""Letters before a noun in which its words of leaving, entering or leading stand."""
ENDS = '.!?:;\u2026\u00bb\u201d"'
IN = re.compile(r" (?:in|on|at|en|no|na|nos|nas|em|num|numa) (?:(?:the|an?|el|la|los|las|una?) )?(?:\w+ )?")
"""Between two nouns of places the second only tells where the first lies: `a workshop in the yard`."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A noun of a place where it stands in a text."""

    start: int
    name: str
    """The noun as the text has it, a proper name whole: `Cine Apolo`."""
    kind: SetKind
    strong: bool
    """Something happens there: `in the cellar`, `enters the cellar`."""
    region: bool
    """A town or a country: where the story lies, not where a scene plays."""
    doubtful: bool = False
    """The noun seldom means the place: only a strong mention counts."""
    proper: bool = False


@lru_cache(maxsize=8)
def where(language: Language) -> Table:
    """The table of places and hours of a language."""
    return bank(language)["where"]


def mentions_in(
    text: str, language: Language, names: Collection[str] = (), *, story: str = ""
) -> list[Mention]:
    """The places that a text speaks of; `names` are people, whom nobody takes for a place.

    What a noun means may hang on the whole `story`: a launch on a river is no ship.
    """
    return list(_all_mentions(text, language, frozenset(names), story or text))


@lru_cache(maxsize=1024)
def _all_mentions(text: str, language: Language, names: frozenset[str], story: str) -> tuple[Mention, ...]:
    found = _addressed(text, _rides(text, list(_mentions(text, language, names, story))))
    found = _on_the_cable(_in_the_house(text, found, language), story, language)
    return tuple(replace(one, strong=False) if _leads_on(text, one, found) else one for one in found)


def _rides(text: str, found: list[Mention]) -> list[Mention]:
    """`the train on the viaduct`: who tells of it is in the train, not on what it runs over."""
    riding = list(found)
    for at, (ride, way) in enumerate(pairwise(found)):
        between = text[ride.start + len(ride.name) : way.start]
        if ride.kind in PUBLIC and way.kind in PASSED and IN.fullmatch(between):
            riding[at] = replace(ride, strong=True, doubtful=False)
            riding[at + 1] = replace(way, strong=False)
    return riding


def _in_the_house(text: str, found: list[Mention], language: Language) -> list[Mention]:
    """`runs the exchange from the back of the drugstore`: she is in the exchange."""
    told = list(found)
    for at, house in enumerate(found):
        sentence = max((end.end() for end in re.finditer(r"[.!?]\s", text[: house.start])), default=0)
        room = any(sentence <= one.start and one.strong and not one.region for one in found[:at])
        if room and only_houses(text, house.start, language):
            told[at] = replace(house, strong=False)
    return told


def _on_the_cable(found: list[Mention], story: str, language: Language) -> list[Mention]:
    """Who works a funicular is in its car; the hill and the valley are what is seen from it."""
    if says(story, where(language)["signs"]["cableway"]) < 0:
        return found
    slopes = [replace(one, strong=False, doubtful=True) if one.kind in PASSED else one for one in found]
    return [replace(one, strong=True, doubtful=False) if one.kind == "tram" else one for one in slopes]


def _addressed(text: str, found: list[Mention]) -> list[Mention]:
    """`a workshop on the third floor of Jiménez Avenue`: the street only says where the workshop is."""
    told = list(found)
    for at, (place, street) in enumerate(pairwise(found)):
        between = text[place.start + len(place.name) : street.start]
        named = re.match(r" [A-ZÁÉÍÓÚ]", text[street.start + len(street.name) :])
        if (
            street.kind == "street"
            and (street.proper or named)
            and place.kind != "street"
            and is_address(between)
        ):
            told[at] = replace(place, strong=True)
            told[at + 1] = replace(street, strong=False)
    return told


def _leads_on(text: str, ride: Mention, found: list[Mention]) -> bool:
    """`drives out to the ranch in her car`: the sentence goes on to where the scene plays."""
    if ride.kind not in DRIVEN or not ride.strong or ride.proper:
        return False
    start = max((end.end() for end in re.finditer(r"[.!?:]\s", text[: ride.start])), default=0)
    stop = re.search(r"[.!?]", text[ride.start :])
    end = ride.start + stop.start() if stop else len(text)
    here = [one for one in found if start <= one.start < end and one.strong and not one.region]
    return here[0] is not ride and any(one.kind not in DRIVEN for one in here)


def _mentions(text: str, language: Language, names: Collection[str], story: str) -> Iterator[Mention]:
    table = where(language)
    last, told = 0, story.find(text[:SAME]) > OPENED
    for match in nouns_at(text, language):
        noun = match.group().lower()
        kind = _kind_there(text, match, story, language)
        away = noun == "home" and not is_at_home(text, match)
        if kind is None or away:
            continue
        whole = _proper(text, match)
        named = bool(whole) or (match.group()[0].isupper() and not _starts(text, match.start()))
        if named and not whole and (language != "en" or noun.endswith("s")):
            continue
        if is_no_place(text, match, language) or is_only_spoken_of(text, match, kind, language):
            continue
        if named and (
            (kind in NATURE and not (kind in ("bridge", "street") and _is_slug(text, match, language)))
            or any(part in names for part in whole.split())
        ):
            continue
        if (front := _front_of(text, match, kind, language)) is not None:
            name = _called(front, language)
            yield Mention(start=match.start(), name=name, kind=front, strong=True, region=False)
            continue
        if match.group() in names or _only_tells(text, match, language) or _left(text, match, language):
            continue
        if text[: match.end()].lower().endswith(tuple(table["beside"]["phrases"])):
            continue
        ridden = kind in DRIVEN or noun in table["rides"]["words"]
        if ridden and not named and _only_carries(text, match, language):
            continue
        strong = (
            bool(whole)
            or happens_there(text, match.start(), language)
            or _shut_in(text, match, language)
            or ((ridden or kind in BOATS) and breaks_down(text, match, language))
            or _is_slug(text, match, language)
            or _is_by_itself(text, match, kind, language)
            or (kind in PUBLIC and is_ridden(text, match, language))
            or (last == 0 and is_setting(text, match.start(), language))
            or (
                (kind in DRIVEN | BOATS or kind == "lift")
                and _before(language, "ride").search(_near(text, match.start())) is not None
            )
        )
        beside = _is_only_near(text, match, kind, language, told=told, ridden=ridden)
        tells = beside or (last > 0 and IN.fullmatch(text[last : match.start()]) is not None)
        last = match.end() if strong and not beside else 0
        told = told or last > 0
        yield Mention(
            start=match.start(),
            name=whole or noun,
            kind=kind,
            strong=strong and not tells,
            region=noun in table["regions"]["words"] and not whole,
            doubtful=beside
            or (not whole and bool(singulars(language)[noun] & set(table["doubtful"]["words"]))),
            proper=bool(whole),
        )


def _is_only_near(
    text: str, match: re.Match[str], kind: SetKind, language: Language, *, told: bool, ridden: bool
) -> bool:
    """Whether a place lies elsewhere, is only spoken of, handled or driven past."""
    return (
        is_beside(text, match, language, ridden=kind in DRIVEN)
        or is_only_told(text, match, language)
        or in_brackets(text, match)
        or (told and is_of_somebody(text, match, language))
        or (kind in DRIVEN | BOATS and is_only_handled(text, match, language))
        or (ridden and is_dodged(text, match, language))
    )


def _is_by_itself(text: str, match: re.Match[str], kind: SetKind, language: Language) -> bool:
    """`below deck`, `on the wall of the school`, `owns a grocery`, `she goes home`: somebody is there."""
    noun = match.group().lower()
    return (
        noun in where(language)["afloat"]["adverbs"]
        or hangs_there(text, match, language)
        or is_kept(text, match, kind, language)
        or (noun == "home" and goes_home(text, match))
    )


def _kind_there(text: str, match: re.Match[str], story: str, language: Language) -> SetKind | None:
    """The set that a noun means where it stands; None when it means no place in that story."""
    site, noun = site_of_part(text, match, story, language), match.group().lower()
    if site is not None:
        return site
    if hangs_there(text, match, language):
        return kinds_of_nouns(language)[noun]
    return kind_in(noun, story, language) if is_meant(noun, story, language) else None


def _is_outside(text: str, match: re.Match[str], kind: SetKind, language: Language) -> bool:
    """`in front of a closed bakery`, before anything else happened: the story opens in the street."""
    before = text[: match.start()]
    if re.search(r"[.!?]\s", before) or kind in NATURE or kind in DRIVEN:
        return False
    fronts = "|".join(map(re.escape, where(language)["front"]["words"]))
    nouns = noun_pattern(language).finditer(before)
    told = any(
        kind_in(one.group().lower(), text, language) not in {"street", *INSTITUTIONS, *DRIVEN}
        for one in nouns
    )
    room = match.group().lower().endswith("room")
    return (
        not (told or room)
        and re.search(rf"(?<!\w)(?:{fronts})(?: \w+){{0,2}} $", before, re.IGNORECASE) is not None
    )


def _front_of(text: str, match: re.Match[str], kind: SetKind, language: Language) -> SetKind | None:
    """What lies before a house where the words are about that, and not about its inside."""
    if _is_outside(text, match, kind, language):
        return "street"
    return "plaza" if kind == "church" and _is_at_its_front(text, match, language) else None


def _is_at_its_front(text: str, match: re.Match[str], language: Language) -> bool:
    """`on the steps of the church`: out in the square before it."""
    front = bank(language)["settings"]["church_front"]
    before = re.search(rf"(?<!\w){front['before']}", text[: match.start()], re.IGNORECASE)
    return before is not None or re.match(front["after"], text[match.end() :], re.IGNORECASE) is not None


def _called(kind: SetKind, language: Language) -> str:
    title: str = bank(language)["words"]["sets"][kind][0]
    return title.lower()


SLUG = 4
"""So many words name a setting at the head of a sentence, before its first comma: `Texas ranch, noon`."""


def _is_slug(text: str, match: re.Match[str], language: Language) -> bool:
    """Whether the noun is all that the head of a sentence says: `Radio studio, 3 a.m.`."""
    before = re.split(r"[.!?]\s", text[: match.start()])[-1]
    after = re.match(r"[^,.!?;:]*", text[match.end() :])
    tail = after.group() if after else ""
    closed = text[match.end() + len(tail) : match.end() + len(tail) + 1] == ","
    words = [*before.split(), *tail.split()]
    if noun_pattern(language).search(before) is not None:
        return False
    opening = not re.search(r"[.!?]\s", text[: match.start()])
    if opening and closed and not tail and before.endswith(", "):
        return True
    if before.split() and before.split()[0].lower() in DEFINITE[language]:
        return False
    return "," not in before and ":" not in before and closed and len(words) <= SLUG


def _only_carries(text: str, match: re.Match[str], language: Language) -> bool:
    """`comes by bus`, `arrives in a taxi`, `the ambulance comes`: nobody plays a scene in there."""
    before, moves = _near(text, match.start()).lower(), where(language)["moves"]
    if 0 <= says(text[match.end() : match.end() + NEXT], moves["comes"]) <= 1:
        return True
    if any(before.endswith(f" {word} ") for word in moves["bare"]):
        return True
    near = re.split(r"[.,;:!?]", before)[-1]
    return is_delivered_from(near, language) or any(
        re.search(rf"(?<!\w){re.escape(phrase)}(?: [^\s]+){{0,2}} $", near)
        for phrase in (*moves["arrive"], *moves["left_in"])
    )


def _shut_in(text: str, match: re.Match[str], language: Language) -> bool:
    """`the lift jams`: whoever is told of in that sentence is in it."""
    if kinds_of_nouns(language)[match.group().lower()] not in SHUT:
        return False
    after = re.split(r"[.!?]", text[match.end() :])[0]
    before = re.split(r"[.!?]", text[: match.start()])[-1]
    return says(f"{before} {after}", where(language)["moves"]["stuck"]) >= 0


def _proper(text: str, match: re.Match[str]) -> str:
    """The proper name that the noun is a part of: `Hotel Bahía`, `Rosario Hospital`; empty when none."""
    if not match.group()[0].isupper():
        return ""
    capital = r"[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ][\w'\u2019-]*"
    after = re.match(
        rf"(?: (?:(?:de|del|do|da|dos|das) (?:(?:la|los|las) )?)?{capital})+", text[match.end() :]
    )
    before = re.search(rf"((?:{capital} )+)$", text[: match.start()])
    begins = before is not None and _starts(text, before.start())
    head = "" if before is None or begins else before.group(1)
    if (head or after) and re.search(r"(?<!\w)the $", text[: match.start() - len(head)], re.IGNORECASE):
        head = f"The {head}"
    if head or after:
        return f"{head}{match.group()}{after.group() if after else ''}"
    return ""


def _starts(text: str, at: int) -> bool:
    """Whether a sentence begins there."""
    before = text[:at].rstrip()
    return not before or before[-1] in ENDS or "\n" in text[len(before) : at]


def _only_tells(text: str, match: re.Match[str], language: Language) -> bool:
    """`the bakery's owner`, `the village show`: the noun only says which one."""
    after = text[match.end() :]
    if re.match(r"['\u2019]s? ", after):
        return True
    follow = re.match(r" ([a-z][\w'\u2019-]*)", after)
    clear = where(language)["clear"]["words"]
    if not clear or follow is None:
        return False
    word = follow.group(1)
    free = word in clear or word in _leading(language)
    return not free and not word.endswith(("s", "ed", "ing", "ly"))


@lru_cache(maxsize=8)
def _before(language: Language, table: str) -> re.Pattern[str]:
    """Words of leaving or entering, and what may stand between them and the noun."""
    words = sorted(where(language)["moves"][table], key=len, reverse=True)
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})((?: [^\s.,;:!?]+){{0,{GAP}}}) $", re.IGNORECASE
    )


def _near(text: str, at: int) -> str:
    """The last words before a place: a page without a full stop is not read again for each of its nouns."""
    near = text[max(0, at - REACH) : at]
    return near if at <= REACH else near.partition(" ")[2]


def _left(text: str, match: re.Match[str], language: Language) -> bool:
    """`sells the house`, `turned into a garage`: nobody is there now."""
    found = _before(language, "leave").search(_near(text, match.start()))
    if found is None:
        return False
    entered = _before(language, "enter").search(_near(text, match.start()))
    if entered is not None and entered.start() > found.start():
        return False  # `veinte minutos para cerrar la farmacia`
    # A place named after the word of leaving is where one goes: `leaves her in the cellar`.
    return not any(word.lower() in _leading(language) - OF for word in found.group(1).split())


@lru_cache(maxsize=8)
def _leading(language: Language) -> frozenset[str]:
    return frozenset(where(language)["prepositions"]["lead"])


def happens_there(text: str, at: int, language: Language) -> bool:
    """Whether the words before a noun put somebody there."""
    before = _near(text, at)
    if not before.endswith(" "):
        return False
    if _before(language, "enter").search(before):
        return True
    words = re.split(r"[.,;:!?()\u2013\u2014]", before)[-1].lower().split()
    for gap in range(min(GAP, len(words) - 1) + 1):
        word = words[-1 - gap] if words else ""
        if word in _leading(language) and not (word in STOPS and not words[: -1 - gap] and gap):
            between = words[len(words) - gap :]
            if any(one in where(language)["joins"]["words"] for one in between):
                return False
            if word in OF:
                return len(words) > gap + 1 and words[-2 - gap] in where(language)["prepositions"]["doors"]
            free = not between or word in where(language)["prepositions"]["free"]
            whose = language == "en" and between and between[0].endswith(("'s", "\u2019s"))
            return bool(free or whose) or between[0] in where(language)["determiners"]["words"]
    return False


def happens_by_entering(text: str, at: int, language: Language) -> bool:
    """Whether a verb of going there stands right before a noun: `enters the church`."""
    return _before(language, "enter").search(text[max(0, at - REACH) : at]) is not None


FORMER = re.compile(
    r"(?<!\w)(?:retired|former|ex-|jubilad[oa]|retirad[oa]|antigu[oa]|exalcalde|aposentad[oa]|reformad[oa])",
    re.IGNORECASE,
)
"""Where somebody used to work says nothing about where they are."""


def looks_back(fact: Fact) -> bool:
    """Whether a fact tells of no scene: it was before the film, or it only asks.

    `A retired headmistress marches` sounds past and is not.
    """
    return fact.kind == "question" or (fact.kind == "backstory" and FORMER.search(fact.text) is None)


def cues_in(text: str, language: Language, *, trades: bool = True) -> dict[SetKind, int]:
    """The sets that people and things of a text belong to and how often, the most told first.

    Without `trades` what somebody is by trade counts for nothing: a judge may be anywhere.
    """
    found: dict[SetKind, list[int]] = {}
    for match in _cue_pattern(language).finditer(text):
        if not trades and match.group().lower() in trade_nouns(language):
            continue
        former = FORMER.search(text[max(0, match.start() - 14) : match.end() + 14])
        if former or only_tells(text, match, language):
            continue
        for kind in _kinds_of_cues(language)[match.group().lower()]:
            found.setdefault(kind, []).append(match.start())
    ranked = sorted(found, key=lambda kind: (-len(found[kind]), found[kind][0]))
    return {kind: len(found[kind]) for kind in ranked}


@lru_cache(maxsize=8)
def _kinds_of_cues(language: Language) -> dict[str, tuple[SetKind, ...]]:
    found: dict[str, tuple[SetKind, ...]] = {}
    for kind, words in where(language)["cues"].items():
        for word in words:
            found[word.lower()] = (*found.get(word.lower(), ()), kind)
    return found


@lru_cache(maxsize=8)
def _cue_pattern(language: Language) -> re.Pattern[str]:
    words = sorted(_kinds_of_cues(language), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)
