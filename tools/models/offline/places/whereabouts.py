"""Where every scene plays: the story is followed through its facts, from place to place."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from state.brief import NovelaBrief
from state.script import OUTDOORS, Language, Place, SetKind
from tools.models.offline.brief.reading import text_of
from tools.models.offline.places.house_front import goes_in, is_before_a_house
from tools.models.offline.places.lexicon import (
    DRIVEN,
    PASSED,
    PUBLIC,
    Mention,
    cues_in,
    happens_there,
    looks_back,
    mentions_in,
    where,
)
from tools.models.offline.places.main_place import MainPlace, is_announced, whole_of
from tools.models.offline.places.outdoors import IN_WEATHER, goes_on_outside
from tools.models.offline.places.passing import is_passing, is_sailed
from tools.models.offline.places.sentence_hours import is_another_day
from tools.models.offline.places.sets import (
    SLOPES,
    TOWN,
    WITH_STAGES,
    alike,
    bare_name,
    name_of,
    place_of_heading,
    spoken_of,
)
from tools.models.offline.places.told_here import told_here
from tools.models.offline.places.trade_places import trade_kinds_in
from tools.models.offline.places.treatment import Heading, heading_over, headings_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.phrases import says

TELLING = ("description", "scene", "thread", "plot")
VEHICLES: frozenset[SetKind] = frozenset(
    ("bus", "train", "tram", "plane", "car", "boat_deck", "boat_cabin", "river_boat")
)
VESSELS: frozenset[SetKind] = frozenset(("boat_deck", "boat_cabin", "river_boat"))
SHUT: frozenset[SetKind] = frozenset(("lift", "cell"))
WAYS: frozenset[SetKind] = frozenset(("stairwell", "lift", "hallway", "bridge"))
"""Where people only pass: nobody goes on there with what they do elsewhere."""
HOMES: tuple[SetKind, ...] = ("living_room", "hallway", "kitchen", "bedroom")
HALTS: frozenset[SetKind] = frozenset(("station", "waiting_room"))
"""Where what one rides in stops."""
PARKING: frozenset[SetKind] = frozenset(("car_park", "garage", "street", "roadside", "booth"))
"""Where cars stand that nobody is in."""
WAYSIDE_ROOMS: frozenset[SetKind] = frozenset(
    ("lobby", "hotel_room", "bathroom", "office", "shop", "cafe", "restaurant", "laundry")
)
"""Rooms of a motel or a petrol station."""
HIGH: frozenset[SetKind] = frozenset(("rooftop", "mountain", "cliff"))
"""Nobody goes down to there."""
LATE = 0.6
"""A place that is named only after this share of a story is not where it began."""
SHORTEST_WORD = 4
QUOTED = re.compile('["\u201c\u201d\u00ab\u00bb]')
STEP = 16
"""Letters behind a word of boarding in which what is boarded stands."""


def places_of(
    scenes: Sequence[Sequence[Fact]],
    places: Sequence[Place],
    brief: NovelaBrief,
    main: MainPlace | None = None,
) -> list[Place]:
    """A place for every scene; the `main` one is where a film plays unless somebody goes elsewhere."""
    walk = _walk(scenes, places, brief, main)
    return walk.with_unseen([walk.through(facts) for facts in scenes], scenes)


def ways_through(
    scenes: Sequence[Sequence[Fact]],
    places: Sequence[Place],
    brief: NovelaBrief,
    main: MainPlace | None = None,
) -> list[list[tuple[str, Place]]]:
    """For every scene its sentences, each with the place where it happens."""
    walk = _walk(scenes, places, brief, main)
    return [walk.way(facts) for facts in scenes]


def _walk(
    scenes: Sequence[Sequence[Fact]], places: Sequence[Place], brief: NovelaBrief, main: MainPlace | None
) -> "Walk":
    """A walk that stands where the story begins."""
    found = spoken_of(mentions_in(told_here(text_of(brief), brief.language), brief.language))
    headings = () if brief.places else headings_in(brief.description, brief.language)
    walk = Walk(
        places=places,
        language=brief.language,
        story=whole_of(brief),
        main=None if main is None or headings else alike(main.kind, places),
        headings=headings,
        sure=main is not None and main.sure,
        given=[one.name for one in brief.places],
        spoken={name_of(one, brief.language) for one in found},
        opening=re.split(r"(?<=[.!?])\s", told_here(text_of(brief), brief.language).strip())[0],
    )
    walk.here = walk.first = walk.start(scenes)
    walk.opener = next((one.agent for facts in scenes for one in facts if one.agent), "")
    return walk


@dataclass
class Walk:
    """Following a story: where everybody is now."""

    places: Sequence[Place]
    language: Language
    given: Sequence[str]
    """Names of the places that the brief lists."""
    spoken: set[str]
    """Names of the places that it only speaks of."""
    story: str = ""
    """All words of the brief: what a noun means may hang on them."""
    main: Place | None = None
    """Where the whole film plays, if the brief says so."""
    sure: bool = False
    """It says so outright."""
    opening: str = ""
    """The first sentence."""
    first: Place | None = None
    """Where the story begins."""
    headings: tuple[Heading, ...] = ()
    """What the scenes of a treatment stand under."""
    opener: str = ""
    """Whom the story opens with."""
    here: Place = field(init=False)
    following: bool = False
    """Somebody was followed to a place that nobody has named yet."""
    seen: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Names of the places that some fact leads to."""

    def start(self, scenes: Sequence[Sequence[Fact]]) -> Place:
        """The first place that the story leads to."""
        self.here = self.places[0]
        led = [(at, place) for at, facts in enumerate(scenes) for fact in facts if (place := self._led(fact))]
        found = [place for _, place in led]
        self.told = {place.name for place in found}
        if self.main is not None and self.sure:
            return self.main
        if not found or self.given:
            return found[0] if found else self.places[0]
        late = led[0][0] >= len(scenes) * LATE
        # What the words spoke of before they led anywhere comes first: nobody is at the school yet.
        before = led[0][0] > 0 and self.places[0] != found[0]
        return self.places[0] if late or before else found[0]

    def through(self, facts: Sequence[Fact]) -> Place:
        """The place where most of a scene happens; of two the later one."""
        votes: dict[str, float] = {}
        led = False
        for at, told in enumerate([one for fact in facts for one in _sentences(fact)]):
            place = self._led(told)
            led = led or place is not None
            self.here = place or self.here
            votes[self.here.name] = votes.get(self.here.name, 0) + 1 + at / 10
        if not led and (waiting := self._waiting()):
            votes = {waiting.name: 1}
        chosen = max(votes, key=lambda name: votes[name]) if votes else self.here.name
        self.seen.append(chosen)
        return next(place for place in self.places if place.name == chosen)

    def way(self, facts: Sequence[Fact]) -> list[tuple[str, Place]]:
        """The sentences of a scene, each with the place that it leads to or goes on in."""
        steps: list[tuple[str, Place]] = []
        for told in (one for fact in facts for one in _sentences(fact)):
            # What somebody wants to do up on the roof takes nobody there.
            self.here = (None if told.kind == "desire" else self._led(told)) or self.here
            steps.append((told.text, self.here))
        self.seen += dict.fromkeys(place.name for _, place in steps)
        return steps

    def with_unseen(self, chosen: list[Place], scenes: Sequence[Sequence[Fact]]) -> list[Place]:
        """Every place that the brief lists gets the scene that shares most words with it, if any is free."""
        for place in self.places:
            used = [one.name for one in chosen]
            if place.name not in self.given or place.name in used:
                continue
            near = [self._fitting(" ".join(fact.text for fact in facts), place) for facts in scenes]
            free = [at for at, one in enumerate(chosen) if used.count(one.name) > 1 and near[at] > 0]
            if free:
                chosen[max(free, key=lambda at: near[at])] = place
        return chosen

    def _fitting(self, text: str, place: Place) -> int:
        """How well a scene suits a place: by the words they share; stairs suit who goes up or down."""
        goes = place.kind in WAYS and says(text, where(self.language)["moves"]["go"]) >= 0
        return _shared(text, place) + goes

    def _waiting(self) -> Place | None:
        """A place that the brief lists and no fact names gets the scenes that name none either."""
        quiet = [one for one in self.places if one.name in self.given and one.name not in self.told]
        unseen = [one for one in quiet if one.name not in self.seen and one.kind not in WAYS]
        return unseen[0] if unseen and self.seen else None

    def _led(self, fact: Fact) -> Place | None:
        """The place that a fact leads to, if any."""
        if self.headings:
            heading = heading_over(fact.text, self.headings)
            return place_of_heading(heading, self.places, self.language) if heading else None
        if fact.source not in TELLING or looks_back(fact):
            return None
        if self.main is not None and not self.sure and is_announced(fact.text, self.language):
            return None
        text = told_here(fact.text, self.language, self.story)
        if self.sure and text.strip() == self.opening:
            return self.main
        follows = says(text, where(self.language)["moves"]["follow"]) >= 0
        if self._is_held() and not self._gets_out(text):
            return self._named(text, only=self.here.kind)
        if (door := self._at_the_door(text)) is not None:
            return door
        cued = None if fact.kind == "desire" else self._cued(text)
        elsewhere = cued if self.following and cued is not self.here else None
        found = (
            elsewhere
            or self._named(text)
            or self._on_stage(text)
            or self._under_the_sky(text)
            or self._out_to(text)
            or cued
        )
        if found is None or found is self.here:
            found = (
                self._back(text)
                or self._to_the_client(text)
                or self._to_the_opening(fact)
                or self._on_another_day(text)
                or found
            )
        self.following = found is None and (follows or self.following)
        return None if found is not None and self._rides_past(text, found) else found

    def _back(self, text: str) -> Place | None:
        """Whoever comes back, and the words do not say to where, is where the film plays."""
        table = bank(self.language)["main_place"]
        other = "|".join(map(re.escape, sorted(table["back_unless"], key=len, reverse=True)))
        bare = re.sub(rf"(?<!\w)(?:{other})(?!\w)", "", text, flags=re.IGNORECASE)
        known = self.main is not None and (self.sure or self.main.name in self.seen)
        return self.main if known and says(bare, table["back"]) >= 0 else None

    def _to_the_client(self, text: str) -> Place | None:
        """`viene a preguntar`, `Rafael, o óptico, atende`: for the first time somebody is at the client's."""
        if self.main is None or self.sure or self.main.name in (self.here.name, *self.seen):
            return None
        table = bank(self.language)["main_place"]
        comes = says(text, [*table["comes"], *table["keepers"]]) >= 0
        return self.main if comes or self.main.kind in trade_kinds_in(text, self.language) else None

    def _to_the_opening(self, fact: Fact) -> Place | None:
        """Another day: whom the story opened with begins it where they work, not at the client's."""
        if self.main is None or self.sure or self.here != self.main or self.places[0] == self.main:
            return None
        table = where(self.language)
        another = says(fact.text, [*table["visits"]["words"], *table["next_day"]["words"]]) >= 0
        return self.places[0] if another and self.opener and self.opener in fact.text else None

    def _on_another_day(self, text: str) -> Place | None:
        """`Three months later`, `A la semana siguiente`: who went out for one day is back where it began."""
        home = self.main or self.first
        return home if self.here is not home and is_another_day(text, self.language) else None

    def _is_held(self) -> bool:
        """Whether nobody gets out of where we are; a lift holds people only in a story that says so."""
        if self.here.kind not in SHUT:
            return False
        return self.here.kind == "cell" or says(self.story, where(self.language)["moves"]["stuck"]) >= 0

    def _gets_out(self, text: str) -> bool:
        """Out of what is shut: the words let them out, or somebody is on the stairs or under the sky."""
        done = re.sub(where(self.language)["moves"]["purpose"], " ", text, flags=re.IGNORECASE)
        led = [one.kind for one in self._mentions(done) if one.strong and not one.region]
        outside = any(kind in OUTDOORS or kind in WAYS - SHUT for kind in led)
        return outside or says(text, where(self.language)["holds"]["out"]) >= 0

    def _rides_past(self, text: str, place: Place) -> bool:
        """Whoever rides stays in the bus when it halts somewhere, until the words let them out."""
        if self.here.kind not in PUBLIC or place.kind not in PASSED or place.name in self.given:
            return False
        table = where(self.language)
        text = re.sub(table["never"]["pattern"], "", text, flags=re.IGNORECASE)
        inside = place.kind not in HALTS or says(text, table["moves"]["halts"]) >= 0
        return inside and says(text, [*table["holds"]["out"], *table["moves"]["go"]]) < 0

    def _named(self, text: str, only: SetKind | None = None) -> Place | None:
        """By its name, by what is seen there, by its kind."""
        own = [place for place in self.places if only in (None, place.kind)]
        if self._boards(text):
            ride = next((place for place in own if place.kind in VEHICLES), None)
            if ride is not None:
                return ride
        called = [one for one in own if one.name in self.given and _is_called(text, one.name, self.language)]
        if called:
            return called[-1]
        for mention in reversed(self._mentions(text)):
            seen = [one for one in own if one.name in self.given and _has(one, mention.name)]
            if mention.strong and seen and not mention.region:
                return seen[-1]
            place = alike(mention.kind, own) or self._with_a_stage(mention)
            other = mention.proper and len(self.given) > 1 and place is not None and place.name in self.given
            region = mention.region and mention.kind not in SLOPES
            if mention.strong and place is not None and not region and not other:
                return place
        parts = [place for place in own if self._goes_to_part(text, place)]
        if parts:
            return parts[-1]
        if (front := self._front(text)) is not None:
            return front
        if self.here != self.main and says(text, bank(self.language)["reading"]["whereabouts"]["door"]) >= 0:
            homes = [self.here, *own] if self.here.kind in HOMES else own
            return None if self._indoors() else next((one for one in homes if one.kind in HOMES), None)
        return None

    def _mentions(self, text: str) -> list[Mention]:
        """What a sentence names; beside a main place nothing that is only seen or heard from where one is."""
        found = mentions_in(text, self.language, story=self.story)
        if self.here.kind in VESSELS:
            found = [one for one in found if not is_sailed(text, one, self.language)]
        if self.main is None:
            return found
        found = [one for one in found if not is_passing(text, one, self.language)]
        drives = self.main.kind not in PARKING or says(text, bank(self.language)["main_place"]["parked"]) >= 0
        return found if drives else [one for one in found if one.kind != "car"]

    def _with_a_stage(self, stage: Mention) -> Place | None:
        """`sobe ao palco` at a party: where we are, else where we were that has one."""
        if stage.kind != "stage":
            return None
        hosts = [one for one in self.places if one.kind in WITH_STAGES and one.name in self.told]
        return next((one for one in [self.here, *hosts] if one in hosts), None)

    def _on_stage(self, text: str) -> Place | None:
        """`Empieza el acto`, `the curtain goes up`: on the stage that the story speaks of."""
        begins = says(text, bank(self.language)["settings"]["outside"]["curtain"]) >= 0
        return next((one for one in self.places if begins and one.kind == "stage"), None)

    def _boards(self, text: str) -> bool:
        """`sube al colectivo`, and not `sube al techo`."""
        at = says(text, where(self.language)["moves"]["board"])
        onto = [one.kind for one in mentions_in(text, self.language) if at < one.start < at + STEP]
        return at >= 0 and (not onto or onto[0] in VEHICLES)

    def _at_the_door(self, text: str) -> Place | None:
        """The front of a house for who knocks or is shut out, and the room behind it for who goes in."""
        name = where(self.language)["entrance"]["name"]
        front = next((one for one in self.places if one.name == name), None)
        if front is None:
            return None
        elsewhere = self.here.kind not in HOMES and self.here != front
        if is_before_a_house(text, self.language, indoors=not elsewhere):
            return front
        if self.here != front or not goes_in(text, self.language):
            return None
        rooms = [one for one in self.places if one.kind in HOMES and one != front]
        return next(iter(sorted(rooms, key=lambda one: one.kind in WAYS)), None)

    def _under_the_sky(self, text: str) -> Place | None:
        """Somewhere outside for who goes out into the rain; who is outside stays there."""
        words = bank(self.language)["settings"]["weather"]["words"]
        if says(text, bank(self.language)["settings"]["outside"]["rounds"]) >= 0:
            return next((one for one in self.places if one.kind in TOWN), None)
        out = says(text, words) >= 0 or goes_on_outside(text, self.language)
        if self.here.kind in IN_WEATHER or not out:
            return None
        return next((one for one in self.places if one.kind in OUTDOORS), None)

    def _front(self, text: str) -> Place | None:
        """The front of the house, for what happens at its door."""
        table = where(self.language)
        if says(text, table["moves"]["entry"]) < 0:
            return None
        return next((one for one in self.places if one.name == table["entrance"]["name"]), None)

    def _indoors(self) -> bool:
        return self.here.kind in where(self.language)["holds"]["kinds"]

    def _out_to(self, text: str) -> Place | None:
        """Somebody goes out or down, the words do not say where: to a place only spoken of, but no car."""
        goes = self._goes(text)
        if goes and (hosts := self._out_from()):
            return hosts[0]
        stays = (self.sure and self.here == self.main) or self.here.kind in OUTDOORS
        if stays or not goes:
            return None
        if any(one.strong for one in mentions_in(text, self.language, story=self.story)):
            return None
        seen = {*self.seen, *self.given, self.here.name}
        barred = {*DRIVEN, *(HIGH if says(text, where(self.language)["moves"]["down"]) >= 0 else ())}
        near = (one for one in self.places if one.name in self.spoken - seen and one.kind not in barred)
        return next(near, None)

    def _goes(self, text: str) -> bool:
        """Whether somebody goes, and not the lights or the tide."""
        moves = where(self.language)["moves"]
        return says(re.sub(rf"(?<!\w)(?:{moves['things']})(?!\w)", " ", text, flags=re.I), moves["go"]) >= 0

    def _out_from(self) -> Sequence[Place]:
        """The main place by a road, for who goes out of a room of it; the hall, for who leaves its booth."""
        main, corners = self.main, where(self.language)["corners"]
        inside = main is not None and main.kind == "roadside" and self.here.kind in WAYSIDE_ROOMS
        halls = [
            one
            for one in self.places
            if one.name in self.seen and self.here.kind in corners.get(one.kind, {})
        ]
        return [main] if main is not None and inside and self.sure else halls

    def _goes_to_part(self, text: str, place: Place) -> bool:
        """Whether only the chief word of a name leads there: `up to the booth`."""
        words = bare_name(place.name, self.language).split()
        chief = words[-1] if self.language == "en" else words[0]
        loose = chief in where(self.language)["generic"]["words"] and not (self.sure and place == self.main)
        if len(words) == 1 or not chief[0].islower() or loose:
            return False
        found = re.search(rf"(?<![\w-]){re.escape(chief)}(?![\w-])", text)
        return found is not None and happens_there(text, found.start(), self.language)

    def _cued(self, text: str) -> Place | None:
        """By whom and what one meets there: more of it than belongs to the place where we are."""
        counts = cues_in(text, self.language)
        kinds = [place.kind for place in self.places]
        words = [(_shared(text, place), place) for place in self.places if place.name in self.given]
        best = max(words, key=lambda pair: pair[0], default=(0, None))
        if best[0] and sum(count == best[0] for count, _ in words) == 1:
            return best[1]
        fitting = [kind for kind in counts if kind in kinds]
        here = 0 if self.following else counts.get(self.here.kind, 0)
        apart = [kind for kind in fitting if counts[kind] > here and kind != self.here.kind]
        done = cues_in(text, self.language, trades=False)
        # `Curro is the projectionist` tells what he is, and not that he is up in his booth.
        free = self.following or bool(self.given) or self._corner([one for one in apart[:1] if one in done])
        if not apart or not free:
            return self.here if counts.get(self.here.kind) else None
        return next(place for place in self.places if place.kind == apart[0])

    def _corner(self, kinds: Sequence[SetKind]) -> bool:
        """Whether it is only another part of the place where we are."""
        corners = where(self.language)["corners"]
        own, host = corners.get(self.here.kind, {}), corners.get(kinds[0], {}) if kinds else {}
        return bool(kinds) and (kinds[0] in own or self.here.kind in host)


def _sentences(fact: Fact) -> list[Fact]:
    """A fact for each of its sentences: where somebody goes at the end, they were not before.

    What is quoted stays together, for its sentences are nobody's way.
    """
    if fact.source != "description" or QUOTED.search(fact.text):
        return [fact]
    return [replace(fact, text=one) for one in re.split(r"(?<=[.!?])\s+", fact.text)]


def _is_called(text: str, name: str, language: Language) -> bool:
    bare = bare_name(name, language)
    return re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text, re.IGNORECASE) is not None


def _has(place: Place, noun: str) -> bool:
    """Whether a noun is among what the brief says is at a place."""
    said = " ".join([place.name, *place.props])
    return re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", said, re.IGNORECASE) is not None


def _shared(text: str, place: Place) -> int:
    """How many words a text shares with what the brief says is there."""
    said = _words(text)
    seen = _words(" ".join([place.name, *place.props]))
    return len(said & seen)


def _words(text: str) -> set[str]:
    found = {word.lower().rstrip("s") for word in re.findall(r"[^\W\d_]+", text)}
    return {word for word in found if len(word) >= SHORTEST_WORD}
