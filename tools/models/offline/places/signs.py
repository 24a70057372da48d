"""How a set looks, as the story tells: in the country, long ago, after a drought or a flood."""

from state.brief import NovelaBrief
from state.script import Language, Place
from tools.models.offline.brief.reading import text_of
from tools.models.offline.places.lexicon import where
from tools.models.offline.places.outdoors import IN_WEATHER
from tools.models.offline.places.told_here import unquoted
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure
from tools.models.offline.words.homeland import country_of
from tools.models.offline.words.phrases import count_of, says

YEAR = re.compile(r"(?<![\w.,])(1[0-9]{3}|20\d\d)s?(?![\w]|[.,]\d)")
MODERN = 1970
"""Before this year no set has a screen, a fork-lift or a skyscraper behind it."""
OPENING = 260
"""Letters in which a story says when it plays."""
SEASONS = ("snow", "frost", "winter")
NORTHERN = (
    "spain", "portugal", "england", "scotland", "ireland", "netherlands", "germany", "france", "italy",
    "poland", "japan", "canada",
)  # fmt: skip
LAND = ("period", "rural_view", "arid", "seaside")
"""What the windows of every room show; the first is for the open air as well."""
OWN = ("fine_work", "backstage", "crane", "stream", "hall", "seats", "boats", "quarry")
"""Signs that belong to one place: another place of the story has nothing of them."""


def signs_of(place: Place, brief: NovelaBrief) -> list[str]:
    """What the words of a place and of its story say about its look, of what its kind can show."""
    told = unquoted(f"{brief.title}. {text_of(brief)}")
    own = " ".join([place.name, *(one.description for one in brief.places if one.name == place.name)])
    if place.kind == "workshop":
        own = " ".join([own, told, *(one.role for one in brief.characters)])
    language = brief.language
    own_signs: list[str] = structure()["signs"].get(place.kind, [])
    seen = place.kind not in IN_WEATHER or place.kind == "station"
    windows = LAND if seen else LAND[:1]
    listed = [*dict.fromkeys((*own_signs, *windows)), *season_of(told, language)]
    found = [one for one in listed if one in SEASONS or _shows(one, _words_for(one, own, told), language)]
    found = [one for one in found if one != "rural" or _is_rural(own, told, language)]
    return [one for one in found if one != "rural_view" or "rural" not in found]


def season_of(told: str, language: Language) -> list[str]:
    """What lies on the ground and in the windows all through the story: snow, frost, or a bare winter.

    A month is winter only where the story lies in a country that has one then.
    """
    signs = where(language)["signs"]
    lying = [one for one in ("snow", "frost") if says(told, signs[one]) >= 0][:1]
    if lying or says(told, signs["winter"]) >= 0:
        return lying or ["winter"]
    cold = says(told, signs["northern_winter"]) >= 0 > says(told, signs["warm"])
    return ["winter"] if cold and hemisphere_of(told, language) == "north" else []


def hemisphere_of(told: str, language: Language) -> str:
    """Where the story lies: in Spanish only a place in Spain is in the cold north."""
    if language == "en":
        return "north"
    return "north" if country_of(told) in NORTHERN else "south"


def _words_for(sign: str, own: str, told: str) -> str:
    """A tower of the sixties may stand in a story of today: only the story says when it plays."""
    return told if sign == "period" else own if sign in OWN else f"{own}. {told}"


def _shows(sign: str, text: str, language: Language) -> bool:
    if sign == "rural_view":
        return is_country(text, language)
    if sign == "period":
        return is_period(text, language)
    return says(text, where(language)["signs"][sign]) >= 0


def is_period(text: str, language: Language) -> bool:
    """Whether a story plays before the seventies: by the year it opens with, else by what it speaks of.

    A year that only turns up later is one of the past: `the book her mother lost in 1954`.
    """
    years = [int(one.group(1)) for one in YEAR.finditer(text) if one.start() < OPENING]
    if years:
        return max(years) < MODERN
    table = bank(language)["settings"]["period"]
    old = [*where(language)["signs"]["period"], *table["words"]]
    return says(text, old) >= 0 > says(text, table["modern"])


def _is_rural(own: str, told: str, language: Language) -> bool:
    """The place's own words go before the story's: a flat is in no village."""
    signs = where(language)["signs"]
    if says(own, signs["rural"]) >= 0:
        return True
    return says(own, signs["urban"]) < 0 and is_country(told, language)


def is_country(told: str, language: Language) -> bool:
    """Whether a story speaks more of the country than of a town."""
    signs = where(language)["signs"]
    return count_of(told, signs["rural"]) > count_of(told, signs["urban"])
