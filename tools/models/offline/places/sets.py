"""The sets: which places a story plays in, and how a sentence names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from state.brief import NovelaBrief, PlaceBrief
from state.script import OUTDOORS, Language, Place, SetKind, TimeOfDay
from tools.models.offline.brief.reading import text_of
from tools.models.offline.brief.story import Story
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.places.articles import ARTICLES, article_of, with_article
from tools.models.offline.places.house_front import goes_in, kind_of_front, tells_of_a_front
from tools.models.offline.places.lexicon import (
    DRIVEN,
    PUBLIC,
    Mention,
    cues_in,
    happens_by_entering,
    mentions_in,
    where,
)
from tools.models.offline.places.main_place import MainPlace, is_announced, sold_in, told_since, whole_of
from tools.models.offline.places.outdoors import goes_on_outside
from tools.models.offline.places.passing import is_passing
from tools.models.offline.places.place_nouns import BOATS, kind_in, nouns_at, nouns_in
from tools.models.offline.places.signs import is_country, signs_of
from tools.models.offline.places.thing_of_place import told_by_things
from tools.models.offline.places.told_here import told_here, unquoted
from tools.models.offline.places.trade_places import place_of_trade, with_own_rooms
from tools.models.offline.places.treatment import Heading, headings_in, kind_of_heading
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure
from tools.models.offline.words.homeland import country_of
from tools.models.offline.words.phrases import says

MOST_PLACES = 9
MOST_PROPS = 6
ENOUGH = 2
"""So many places listed by the brief are all there are, but for those that somebody enters."""
OPENING = 4
"""Sentences in which a story says who it is about."""
HOMES: frozenset[SetKind] = frozenset(("living_room", "bedroom", "kitchen"))
ENTRANCES: frozenset[SetKind] = frozenset(
    ("hallway", "village", "street", "alley", "yard", "balcony", "snow")
)
"""Where the door of a house is seen."""
SLOPES: frozenset[SetKind] = frozenset(
    ("countryside", "mountain", "field", "desert", "forest", "beach", "snow", "cliff", "salt_flats", "lake")
)
"""What lies outside where the story names any of it."""
TOWN: frozenset[SetKind] = frozenset(("street", "village", "alley", "plaza"))
"""Where one goes from house to house."""
WITH_STAGES: frozenset[SetKind] = frozenset(
    ("bar", "ballroom", "restaurant", "fairground", "tent", "plaza", "cafe", "classroom", "village")
)
STAGES = frozenset(("stage", "escenario", "tablas", "palco"))
"""Nouns of a part of such a house, which by themselves would be a theatre's."""
AFLOAT: frozenset[SetKind] = frozenset(
    ("boat_deck", "boat_cabin", "river_boat", "river", "lake", "canal", "harbour", "beach")
)
"""What lies in a boat, under it and along its way."""
ABOARD: frozenset[SetKind] = frozenset(("boat_cabin", "airport"))
"""One word puts nobody there: a motor is in many things."""
STEP = 16
"""Letters behind a word of boarding in which what is boarded stands."""
HOME: frozenset[SetKind] = frozenset(("living_room", "office"))
"""Sets that whoever is in a story belongs to anyhow: others come before them."""
GOES_ON = re.compile(r"[^\s]+ \w+ndo\b")
"""`sigue trabajando`: nobody is followed."""
HEAD_ENDS = re.compile(r" (?:of|behind|at|above|below|under|beside|near|outside|by|opposite) ")
"""In English what follows only tells which one: `the courtyard of the hotel`."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """How sentences speak of a place."""

    loc: str
    """`in the kitchen`."""
    first: str
    """Something that stands there, with its article."""
    second: str


def make_places(brief: NovelaBrief, story: Story, main: MainPlace | None = None) -> list[Place]:
    """The brief's places first, then its `main` one and those its words put somebody in; none for variety.

    The parts of a place, such as a ferry's wheelhouse, come last: a scene goes there only when its words do.
    """
    language = story.language
    places = [place_of(one, story) for one in brief.places]
    names = [one.name for one in brief.characters] + [one.name for one in story.reading.people]
    people = {part for name in names for part in name.split() if not nouns_in(name, language)}
    text = told_here(text_of(brief), language)
    whole = whole_of(brief)
    if not places and (headed := _under_headings(brief, whole)):
        return [one.model_copy(update={"about": signs_of(one, brief)}) for one in headed]
    found = [one for one in mentions_in(text, language, people, story=whole) if not _is_listed(one, brief)]
    found = without_their_stages(told_by_things(text, with_own_rooms(text, found, language), language))
    settings = _settings(found, given=bool(places))
    if len(places) >= ENOUGH:
        settings = [one for one in settings if happens_by_entering(text, one.start, language)]
    if main is not None:
        settings = [one for one in settings if not is_passing(text, one, language)]
        places += _of_the_film(main, settings, story, brief)
    if settings and not places:
        places = _before_any(text, settings[0], story, brief)
    places = _with(places, settings, language)
    if main is not None:
        places = _with(places, [_mention_of(main, settings)], language)
    for kind in _followed(text, story):
        if kind not in {one.kind for one in places}:
            places.append(_own(kind, story))
    if not (places or tells_of_a_front(text, language)):
        places = _unnamed(brief, story, found)
    fronts = [] if brief.places else _fronts(text, places, story)
    boards = says(text, where(language)["moves"]["board"]) >= 0
    rides = [one for one in found if boards and one.kind in DRIVEN]
    places = _with(places, [] if brief.places else [*spoken_of(found), *rides], language)
    places = _afloat([*places, *fronts])
    places += [] if brief.places else _open_air(text, places, story, found)
    own = _with_corners([*{one.name: one for one in [*places, *places[::-1]]}.values()], language)
    return [one.model_copy(update={"about": signs_of(one, brief)}) for one in own]


def _under_headings(brief: NovelaBrief, whole: str) -> list[Place]:
    """The places of a treatment: those of its headings, and no others."""
    language = brief.language
    headings = headings_in(brief.description, language)
    made = {one.place.lower(): kind_of_heading(one, whole, language) for one in headings}
    return [Place(name=_headed_name(name, language), kind=kind) for name, kind in made.items()]


def place_of_heading(heading: Heading, places: Sequence[Place], language: Language) -> Place | None:
    """The place that a heading leads to."""
    name = _headed_name(heading.place.lower(), language)
    return next((one for one in places if one.name == name), None)


def _headed_name(words: str, language: Language) -> str:
    """What the script calls it: `Cabina, Bilbao` is the booth."""
    return with_article(words.split(",")[0], language)


def _with(places: Sequence[Place], found: Sequence[Mention], language: Language) -> list[Place]:
    """The places and those that are mentioned besides."""
    more = list(places)
    for mention in found:
        if not alike(mention.kind, more) and len(more) < MOST_PLACES:
            more.append(Place(name=name_of(mention, language), kind=mention.kind))
    return more


def _of_the_film(
    main: MainPlace, settings: Sequence[Mention], story: Story, brief: NovelaBrief
) -> list[Place]:
    """The place of the whole film; before a client's house the room of whom the story opens with."""
    own = _with([], [_mention_of(main, settings)], story.language)
    if main.sure:
        return own
    opening = " ".join(re.split(r"(?<=[.!?])\s+", unquoted(brief.description))[:OPENING])
    other = any(not alike(one.kind, own) for one in settings)
    trade = None if other else place_of_trade(opening, story.language)
    return [] if trade is None or alike(trade.kind, own) else _with([], [trade], story.language)


def _mention_of(main: MainPlace, found: Sequence[Mention] = ()) -> Mention:
    """It, by the name that the story has for it."""
    called = next((one for one in found if one.proper and one.kind == main.kind), None)
    return called or Mention(start=0, name=main.noun, kind=main.kind, strong=True, region=False)


def without_their_stages(found: Sequence[Mention]) -> list[Mention]:
    """The stage of a party or a karaoke bar is a part of it, and no theatre."""
    hosts = [one.start for one in found if one.strong and one.kind in WITH_STAGES and not one.region]

    def is_theirs(place: Mention) -> bool:
        return place.kind == "stage" and place.name in STAGES and any(at < place.start for at in hosts)

    return [one for one in found if not is_theirs(one)]


def _open_air(text: str, places: Sequence[Place], story: Story, found: Sequence[Mention]) -> list[Place]:
    """Somewhere outside for who goes out into the rain, when the story names nothing there."""
    if says(text, bank(story.language)["settings"]["outside"]["rounds"]) >= 0:
        way = next((one for one in places if one.kind in TOWN), None)
        return [] if way else [_own("village" if is_country(text, story.language) else "street", story)]
    goes = says(text, bank(story.language)["settings"]["weather"]["words"]) >= 0
    goes = goes or any(goes_on_outside(one, story.language) for one in sentences_of(text))
    if not goes or any(one.kind in OUTDOORS for one in places):
        return []
    if slope := next((one for one in found if one.kind in SLOPES), None):
        return [Place(name=name_of(slope, story.language), kind=slope.kind)]
    return [_own("village" if is_country(text, story.language) else "street", story)]


def _afloat(places: list[Place]) -> list[Place]:
    """Who is out on a river in a boat sees the river from it."""
    if all(one.kind != "river_boat" for one in places):
        return places
    return [one.model_copy(update={"kind": "river_boat"}) if one.kind == "river" else one for one in places]


def _fronts(text: str, places: Sequence[Place], story: Story) -> list[Place]:
    """The door of the house, when something happens there, and the room behind it for who is let in."""
    language = story.language
    front = Place(name=where(language)["entrance"]["name"], kind=kind_of_front(text, language))
    if tells_of_a_front(text, language):
        home = any(one.kind in HOMES for one in places) or not goes_in(text, language)
        room: SetKind = "kitchen" if "kitchen" in cues_in(text, language) else "living_room"
        return [front] if home else [front, _own(room, story)]
    indoors = any(one.kind in HOMES for one in places) and all(one.kind not in ENTRANCES for one in places)
    return [front] if indoors and says(text, where(language)["moves"]["entry"]) >= 0 else []


def _is_listed(mention: Mention, brief: NovelaBrief) -> bool:
    """Whether a place that the brief lists speaks of it: the channel that a sandbank lies in."""
    word = re.compile(rf"(?<!\w){re.escape(mention.name)}(?!\w)", re.IGNORECASE)
    return any(word.search(f"{one.name}. {one.description}") for one in brief.places)


def alike(kind: SetKind, places: Sequence[Place]) -> Place | None:
    """The place that a noun of a kind means: one of the kind, or the one it is a part of."""
    near = structure()["alike"].get(kind, [])
    own = [one for one in places if one.kind == kind]
    return next(iter([*own, *(one for one in places if one.kind in near)]), None)


def _settings(found: list[Mention], *, given: bool) -> list[Mention]:
    """Where people are put; else the first place that is spoken of at all."""
    strong = [one for one in found if one.strong and not one.region]
    if strong or given:
        return strong
    spoken = spoken_of(found)
    return ([one for one in spoken if one.kind not in DRIVEN] or spoken)[:1]


def spoken_of(found: Sequence[Mention]) -> list[Mention]:
    """Places that a text only speaks of; somebody may still go there."""
    return [one for one in found if not (one.strong or one.region or one.doubtful)]


def _before_any(text: str, first: Mention, story: Story, brief: NovelaBrief) -> list[Place]:
    """The set that whole sentences play in before a place is named: by their trade, else by their words."""
    told = re.match(r".*[.!?](?=\s)", told_since(text[: first.start], story.language), re.DOTALL)
    if told is None or (first.kind in PUBLIC and len(re.findall(r"[.!?](?=\s|$)", told.group())) < ENOUGH):
        return []
    if (boat := _boarded(text, first, story.language)) is not None:
        return [Place(name=name_of(boat, story.language), kind=boat.kind)]
    feast = says(text, where(story.language)["signs"]["festive"]) >= 0 and first.kind in OUTDOORS
    trade = (
        first.strong
        and not feast
        and place_of_trade(told.group(), story.language, mentions_in(told.group(), story.language))
    )
    if trade:
        return [Place(name=name_of(trade, story.language), kind=trade.kind)]
    if first.kind in PUBLIC:
        return []
    return [_own(kind, story) for kind in _told_before(text, told.group(), first, brief)]


def _boarded(text: str, first: Mention, language: Language) -> Mention | None:
    """The boat that somebody goes aboard of: what lies in and around it comes second."""
    at = says(text, where(language)["afloat"]["aboard"])
    near = [one.group().lower() for one in nouns_at(text[: at + STEP] if at >= 0 else "", language)]
    boats = [one for one in near if kind_in(one, text, language) in BOATS]
    if not boats or first.kind not in AFLOAT:
        return None
    kind = kind_in(boats[-1], text, language)
    return Mention(start=at, name=boats[-1], kind=kind, strong=True, region=False)


def _told_before(text: str, told: str, first: Mention, brief: NovelaBrief) -> list[SetKind]:
    """The set that whole sentences play in before a place is named: `A nurse finds ... In the cellar ...`.

    A noun of the title that the sentences speak of is that set before any other.
    """
    language = brief.language
    before, titled = mentions_in(told, language), nouns_in(brief.title, language)
    named = [one.kind for one in before if one.name in titled and one.kind not in DRIVEN]
    if named:
        return named[:1]
    spoken = [one.kind for one in spoken_of(before) if one.kind not in DRIVEN]
    if spoken and len(re.findall(r"[.!?](?=\s|$)", told)) >= ENOUGH:
        return spoken[:1]
    told = _without_the_client(told, language)
    things, counts = cues_in(told, language, trades=False), cues_in(told, language)
    # One trade alone says nothing, unless its owner goes somewhere from there; nurse, ward and patient do.
    way = says(text[len(told) : first.start], where(language)["moves"]["follow"]) >= 0
    kinds = [kind for kind, count in counts.items() if kind in things or way or count > 1]
    return [kind for kind in kinds if kind not in HOME][:1]


def _followed(text: str, story: Story) -> list[SetKind]:
    """The set where somebody is found who was followed, by what is done there."""
    at = says(text, where(story.language)["moves"]["follow"])
    if at < 0:
        return []
    rest = text[at:]
    if GOES_ON.match(rest):
        return []
    way = mentions_in(re.split(r"[.!?]", rest)[0], story.language)
    if any(one.strong for one in way):
        return []
    # Whoever is after a lorry does not find it inside.
    out = HOME | DRIVEN if any(one.kind in DRIVEN for one in way) else HOME
    return [kind for kind in cues_in(rest, story.language) if kind not in out][:1]


def _unnamed(brief: NovelaBrief, story: Story, found: list[Mention]) -> list[Place]:
    """Sets of a story that names none: what is in it, what it speaks of, where people work, what fits."""
    text, language = unquoted(f"{brief.title}. {text_of(brief)}"), story.language
    cues = cues_in(_without_the_client(text, language), language, trades=False)
    things = {kind: n for kind, n in cues.items() if kind not in HOME and (n >= ENOUGH or kind not in ABOARD)}
    roles = ". ".join(one.role for one in brief.characters)
    near = [one.kind for one in found if not (one.region or one.doubtful)]
    sure = [*(kind for kind, count in things.items() if count >= ENOUGH), *near][:1]
    opening = " ".join(re.split(r"(?<=[.!?])\s+", unquoted(text_of(brief)))[:ENOUGH])
    if not sure and (trade := place_of_trade(f"{opening} {roles}", language)) is not None:
        return [Place(name=name_of(trade, language), kind=trade.kind)]
    likely = [*sure, *things, *(one.kind for one in found if not one.region)]
    if not likely:
        counts = cues_in(f"{text} {roles}", language)
        counts = {kind: n for kind, n in counts.items() if n >= ENOUGH or kind not in ABOARD}
        likely = [kind for kind in counts if kind not in HOME] or list(counts)
    fitting: list[SetKind] = structure()["plot_sets"][story.plot]
    kinds = [*likely, *(one.kind for one in found)][:1] or fitting[:2]
    return [_called(kind, found, story) for kind in kinds]


def _without_the_client(text: str, language: Language) -> str:
    """A text without its first sentences as long as a client speaks: what is sold says not where."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    told = " ".join([one for one in sentences if not is_announced(one, language)] or sentences)
    sold = sold_in(text, language)
    return re.sub(rf"(?<!\w){re.escape(sold)}(?!\w)", "", told, flags=re.IGNORECASE) if sold else told


def _called(kind: SetKind, found: Sequence[Mention], story: Story) -> Place:
    """A set that cues lead to, by the noun that the brief has for it: `A última balsa sai às dez`."""
    near = [one for one in found if one.kind == kind and not one.region]
    return Place(name=name_of(near[0], story.language), kind=kind) if near else _own(kind, story)


def _own(kind: SetKind, story: Story) -> Place:
    """A set that the brief does not name, called by its kind."""
    title = story.words["sets"][kind][0]
    local: dict[str, str] = where(story.language)["regional"].get(country_of(story.told), {})
    title = local.get(kind, title)
    return Place(name=with_article(title, story.language), kind=kind)


def _with_corners(places: list[Place], language: Language) -> list[Place]:
    had = {one.kind for one in places}
    parts = [
        Place(name=name, kind=kind)
        for place in places
        for kind, name in where(language)["corners"].get(place.kind, {}).items()
        if kind not in had
    ]
    return [*places, *{one.kind: one for one in parts}.values()]


def place_of(place: PlaceBrief, story: Story) -> Place:
    """A place of the brief: its kind from its words, its props from what one sees there."""
    return Place(
        name=place.name, kind=kind_of(place, story), props=props_of(place.description, story.language)
    )


def props_of(description: str, language: Language) -> list[str]:
    """What a description says is there, one thing each, in its own words."""
    joints = {"en": "and|with", "es": "y|e|con", "pt-BR": "e|com"}[language]
    articles = {
        "en": "a|an|the|some",
        "es": "un|una|unos|unas|el|la|los|las",
        "pt-BR": "um|uma|uns|umas|o|a|os|as",
    }
    parts = re.split(rf"[,;.]| (?:{joints}) ", description)
    bare = [re.sub(rf"^(?:(?:{joints}) )?(?:{articles[language]}) ", "", part.strip()) for part in parts]
    return [part for part in bare if part][:MOST_PROPS]


def kind_of(place: PlaceBrief, story: Story) -> SetKind:
    """The set kind that is nearest to a place of the brief."""
    if place.kind is not None:
        return place.kind
    language = story.language
    named, seen = _nouns_of_name(place.name, language), nouns_in(place.description, language)
    words = f"{place.name}. {place.description}. {story.told}"
    generic = where(language)["generic"]["words"]
    order = (named if language != "en" else named[::-1], seen)
    for nouns in order:
        telling = [noun for noun in nouns if noun not in generic]
        if telling:
            return kind_in(telling[0], words, language)
    cued = list(cues_in(f"{place.name}. {place.description}", language))
    if cued:
        return cued[0]
    loose = [noun for nouns in order for noun in nouns]
    if loose:
        return kind_in(loose[0], words, language)
    fitting: list[SetKind] = structure()["plot_sets"][story.plot]
    return story.dice.pick(fitting, "kind", place.name)


def _nouns_of_name(name: str, language: Language) -> list[str]:
    """The nouns of a name; in English those before `of` when there are any."""
    nouns = nouns_in(name, language)
    if language != "en" or any(HEAD_ENDS.search(noun) for noun in nouns):
        return nouns
    return nouns_in(HEAD_ENDS.split(name)[0], language) or nouns


def name_of(mention: Mention, language: Language) -> str:
    """What the script calls a place that a text names: `The ferry`, `Cine Apolo`."""
    if mention.name in where(language)["afloat"]["adverbs"]:
        title: str = bank(language)["words"]["sets"][mention.kind][0]
        return with_article(title, language)
    return mention.name if mention.proper else with_article(mention.name, language)


def title_of_place(place: Place, time: TimeOfDay, language: Language) -> str:
    """The words over the picture that say where and when we are: `Freezer hall, night`."""
    bare = bare_name(place.name, language)
    return f"{bare[:1].upper()}{bare[1:]}, {where(language)['title'][time]}"


def bare_name(name: str, language: Language) -> str:
    """A name without its article."""
    return re.sub(rf"^(?:{'|'.join(ARTICLES[language])}) ", "", name, flags=re.IGNORECASE)


def name_place(place: Place, language: Language) -> Named:
    """The phrases for one place."""
    title, loc, first, second = bank(language)["words"]["sets"][place.kind]
    if bare_name(place.name, language).lower() != title.lower():
        loc = _locative(place, language)
    return Named(loc=loc, first=first, second=second)


def _locative(place: Place, language: Language) -> str:
    bare = bare_name(place.name, language)
    told = bare != place.name
    common = _is_common(bare, language) or (told and not _has_name(bare))
    inside = _lowered(bare) if common else bare
    if language == "en":
        the = "the " if told or common else ""
        return f"{_preposition(inside) if common else 'at'} {the}{inside}"
    article = place.name.split()[0].lower() if told else _article(bare, language)
    if language == "es":
        return f"en {article} {inside}" if article else f"en {inside}"
    return f"n{article} {inside}" if article else f"em {inside}"


def _lowered(name: str) -> str:
    """A common noun inside a sentence: only its own proper names stay capital."""
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _preposition(noun: str) -> str:
    """By the last words of an English noun phrase: `on the ferry deck`."""
    listed = where("en")["prepositions"]
    for word in ("on", "at"):
        if any(re.search(rf"(?:^| ){re.escape(one)}$", noun.lower()) for one in listed[word]):
            return word
    return "in"


def _is_common(name: str, language: Language) -> bool:
    """Whether a name is only a noun phrase of the language, not a proper name."""
    return not _has_name(name) and (bool(nouns_in(name, language)) or " " in name)


def _has_name(name: str) -> bool:
    """Whether a word after the first is capital: `Cine Apolo`."""
    return any(word[:1].isupper() for word in name.split()[1:])


def _article(name: str, language: Language) -> str:
    """The article of a place whose first word is a noun of the language; empty for proper names."""
    first = name.split()[0].lower()
    if first in ARTICLES[language]:
        return ""
    known = any(noun.split()[0] == first for noun in nouns_in(name, language))
    return article_of(name, language) if known or _is_common(name, language) else ""
