"""Where a whole film plays: said outright, by whose house it is for, by its title, else by nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language, SetKind
from tools.models.offline.brief.reading import text_of
from tools.models.offline.persons.teller import QUOTED, TELLS
from tools.models.offline.places.house_kept import KEPT
from tools.models.offline.places.lexicon import (
    DRIVEN,
    cues_in,
    happens_by_entering,
    happens_there,
    where,
)
from tools.models.offline.places.no_place import is_no_place, is_setting
from tools.models.offline.places.place_nouns import (
    is_meant,
    kind_in,
    kinds_of_nouns,
    nouns_at,
    nouns_in,
    singular_of,
    singulars,
)
from tools.models.offline.places.told_here import unquoted, without_asides
from tools.models.offline.places.trade_places import place_of_trade, trade_kinds_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

REACH = 90
"""Letters in which a place follows the words that announce it."""
WORDS = 4
"""So many words may stand between them."""
CARRIED: frozenset[SetKind] = frozenset(("car", "plane"))
"""What an advertisement is for may be driven, and is no set for that."""


@dataclass(frozen=True, kw_only=True)
class MainPlace:
    """The place of a film."""

    noun: str
    kind: SetKind
    sure: bool
    """It was said outright; else it is only the client's house, where the story may never go."""


def main_place(brief: NovelaBrief, asked: str) -> MainPlace | None:
    """The main place of a brief; `asked` is all its words, those to whoever makes the film among them."""
    if brief.places:
        return None
    told = without_asides(unquoted(asked), brief.language).strip()
    said = (*_set_in(told, brief), *_of_the_film(told, brief), *_headed(told, brief), *_titled(told, brief))
    found = (
        *said,
        *_pitched(told, brief),
        *_ours(told, brief),
        *_signed(told, brief),
        *_by_trade(told, brief),
    )
    return next(iter(found), None)


def whole_of(brief: NovelaBrief, asked: str = "") -> str:
    """All words that can settle what a noun means: title, description and what the people are."""
    roles = ". ".join(one.role for one in brief.characters)
    return f"{brief.title}. {text_of(brief)}\n{asked}\n{roles}"


def is_announced(text: str, language: Language) -> bool:
    """`Comercial da nossa ótica.`: the client speaks, and nobody is anywhere yet."""
    found = (_any_of(language, "our"), _film(language, "ads", "for"))
    return any(one.search(unquoted(text)) is not None for one in found)


def told_since(told: str, language: Language) -> str:
    """A text from where it says that its story begins: `It's about Ida, who ...`, `La idea: ...`."""
    begins = "|".join(map(re.escape, sorted(_table(language)["begins"], key=len, reverse=True)))
    found = [*re.finditer(rf"(?:^|[.!?\n]\s*)(?:{begins})(?::|(?<=about)|(?<=de)|(?<=sobre))", told, re.I)]
    return told[found[-1].end() :] if found else told


def sold_in(text: str, language: Language) -> str:
    """The noun of what the client sells: `nossa panela de pressão` is sold, and makes no kitchen."""
    found = _any_of(language, "our").search(unquoted(text))
    follow = re.match(r" ([^\W\d_]{4,})", unquoted(text)[found.end() :]) if found else None
    return follow.group(1) if follow and follow.group(1).islower() else ""


def _set_in(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`set in a multi-storey car park`, `se passa numa escola`."""
    for match in _any_of(brief.language, "setting").finditer(told):
        if (noun := _next_place(told, match.end(), brief, joints=False)) is not None:
            yield _meaning(noun, told, brief, sure=True)


def _of_the_film(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`a thriller at a petrol station`, `minissérie sobre uma escola noturna`."""
    for match in _film(brief.language, "films", "about").finditer(told):
        if (noun := _next_place(told, match.end(), brief)) is not None:
            yield _meaning(noun, told, brief, sure=True)


def _headed(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`Sunday lunch in a pub in Devon.`, `A small bakery, 3 a.m.`: a first sentence that only says where."""
    language = brief.language
    opening = re.split(r"(?<=[.!?])\s", told.strip())[0]
    if is_announced(opening, language):
        return
    for match in nouns_at(opening, language):
        placed = is_setting(told, match.start(), language) and _is_place(match.group().lower(), brief)
        named = match.group()[0].isupper() and not _begins(opening, match)
        if (
            not placed
            or named
            or _is_front(opening, match, language)
            or happens_by_entering(told, match.start(), language)
        ):
            continue
        here = happens_there(told, match.start(), language) or _is_head(opening, match, language)
        if here and not is_no_place(opening, match, language) and not _tells_which(opening, match, language):
            yield _meaning(match.group().lower(), told, brief, sure=True)


def _is_front(opening: str, match: re.Match[str], language: Language) -> bool:
    """`frente a una panadería cerrada`: the film opens in the street before it."""
    fronts = "|".join(map(re.escape, where(language)["front"]["words"]))
    return re.search(rf"(?<!\w)(?:{fronts})(?: \w+){{0,2}} $", opening[: match.start()], re.I) is not None


def _begins(opening: str, match: re.Match[str]) -> bool:
    """Whether only the sentence has that capital, and no name such as `Porto Alegre`."""
    return not opening[: match.start()].strip() and not re.match(r" [^\W\d_a-z]", opening[match.end() :])


def _is_head(opening: str, match: re.Match[str], language: Language) -> bool:
    """`León, una curtiduría vieja`: nothing before it in its phrase makes it hang on another noun."""
    before = re.split(r"[,:;]\s", opening[: match.start()])[-1].lower().split()
    joints = {*where(language)["prepositions"]["lead"], *bank(language)["main_place"]["stops"]}
    return len(before) <= WORDS and joints.isdisjoint(before)


def _titled(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`Farmacia de guardia`: the title names a place where one of the people works."""
    language = brief.language
    at_work = trade_kinds_in(". ".join([*(one.role for one in brief.characters), told]), language)
    own = {kind_in(noun, told, language): noun for noun in reversed(nouns_in(told, language))}
    for match in nouns_at(brief.title, language):
        noun = match.group().lower()
        if _is_place(noun, brief) and not is_no_place(brief.title, match, language):
            found = _meaning(noun, told, brief, sure=True)
            if found.kind in at_work and found.kind in own:
                yield _meaning(own[found.kind], told, brief, sure=True)


def _ours(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`our family dry cleaner's`, `somos una ferretería`, `a spot for a chain of pharmacies`."""
    starts = [one.end() for one in _any_of(brief.language, "our").finditer(told)]
    starts += [one.end() for one in _film(brief.language, "ads", "for").finditer(told)]
    for start in sorted(starts):
        if (noun := _next_place(told, start, brief)) is not None:
            found = _meaning(noun, told, brief, sure=False)
            if found.kind not in CARRIED:
                yield found


def _pitched(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`It's about Ida, who tunes the organ at a station`: the sentence is not told, and says where."""
    since, language = told_since(told, brief.language), brief.language
    opening = re.split(r"(?<=[.!?])\s", since.strip())[0] if since != told else ""
    if not opening or opening.casefold().strip(" .") in text_of(brief).casefold():
        return
    for match in [*nouns_at(opening, language)][::-1]:
        here = happens_there(opening, match.start(), language) and match.group().islower()
        if here and _is_place(match.group(), brief) and not is_no_place(opening, match, language):
            yield _meaning(match.group(), told, brief, sure=True)


def _signed(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`Jo here from Lowther's Bakery`: the film plays there when the story tells of such a house."""
    story = text_of(brief)
    near = {*cues_in(story, brief.language), *trade_kinds_in(story, brief.language)}
    for start in sorted(one.end() for one in _greets(brief.language).finditer(told)):
        if (noun := _next_place(told, start, brief)) is not None:
            found = _meaning(noun, told, brief, sure=False)
            if found.kind in KEPT and near & {found.kind, "shop"}:
                yield found


def _by_trade(told: str, brief: NovelaBrief) -> Iterator[MainPlace]:
    """`Soy la seño Inés`, and she says I in the story as well: it plays where she works."""
    language, story = brief.language, text_of(brief)
    if re.search(TELLS[language], QUOTED.sub("", story)) is None:
        return
    for match in _introduced(language).finditer(told):
        trade = place_of_trade(match["who"], language)
        if trade is not None:
            noun = trade.name.split(" ", 1)[-1]  # `La panadería` without its article
            yield MainPlace(noun=noun, kind=trade.kind, sure=True)


def _meaning(noun: str, told: str, brief: NovelaBrief, *, sure: bool) -> MainPlace:
    kind = kind_in(noun, whole_of(brief, told), brief.language)
    return MainPlace(noun=singular_of(noun, brief.language), kind=kind, sure=sure)


def _next_place(told: str, start: int, brief: NovelaBrief, *, joints: bool = True) -> str | None:
    """The noun of a place that comes next in the clause, if nothing parts it from there."""
    language, table = brief.language, bank(brief.language)["main_place"]
    clause = re.split(
        r"[.!?;\n(\u2014]" if not joints else r"[.,:!?;\n(\u2014]", told[start : start + REACH]
    )[0]
    for match in nouns_at(clause, language):
        between = _bare(clause[: match.start()], table["several"]).split()
        parted = any(word.lower().strip(",") in table["stops"] for word in between)
        if joints and (parted or len(between) > WORDS):
            return None
        whole = clause[: match.start()][-1:] == " " and _is_place(match.group().lower(), brief)
        if whole and not is_no_place(clause, match, language) and not _tells_which(clause, match, language):
            return match.group().lower()
        if joints:
            return None
    return None


def _tells_which(clause: str, match: re.Match[str], language: Language) -> bool:
    """`our car wash`, `our school bags`: in English the last noun counts."""
    follow = re.match(r" ([a-z][\w'\u2019-]*)", clause[match.end() :])
    if language != "en" or follow is None:
        return False
    free = {*where("en")["clear"]["words"], *where("en")["prepositions"]["lead"], "called", "near", "by"}
    return follow.group(1) not in free and not follow.group(1).endswith("ing")


def _is_place(noun: str, brief: NovelaBrief) -> bool:
    table, language = where(brief.language), brief.language
    if noun in table["regions"]["words"] or not is_meant(noun, whole_of(brief), language):
        return False
    kind = kinds_of_nouns(language)[noun]
    return kind in DRIVEN or not singulars(language)[noun] & {"house", "home", "casa", "hogar", "lar"}


def _bare(words: str, several: Collection[str]) -> str:
    joined = "|".join(map(re.escape, several))
    return re.sub(rf"(?<!\w)(?:{joined})(?!\w)", " ", words, flags=re.IGNORECASE)


@lru_cache(maxsize=16)
def _any_of(language: Language, table: str) -> re.Pattern[str]:
    phrases = sorted(_table(language)[table], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?=\s)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _introduced(language: Language) -> re.Pattern[str]:
    """A clause in which somebody says who they are."""
    said = "|".join(bank(language)["settings"]["asked"]["introduces"])
    return re.compile(rf"(?:^|[.!?,;:\n] ?)(?:{said}) (?P<who>[^.!?\n]{{0,{REACH}}})", re.IGNORECASE)


@lru_cache(maxsize=4)
def _greets(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_table(language)['signed'])})(?=\s)")


@lru_cache(maxsize=16)
def _film(language: Language, films: str, joints: str) -> re.Pattern[str]:
    """A word for a film, what kind of film it is, and the word before its place."""
    table = _table(language)
    first, then = (
        "|".join(map(re.escape, sorted(table[one], key=len, reverse=True))) for one in (films, joints)
    )
    return re.compile(rf"(?<!\w)(?:{first})(?: [\w-]+){{0,3}}? (?:{then})(?=\s)", re.IGNORECASE)


def _table(language: Language) -> Table:
    table: Table = bank(language)["main_place"]
    return table
